import SSA
import WasmFormats
import WasmModel

extension InstanceState {
    /// Gives globals and tables their first values and copies the active segments, as instantiation does before the start function.
    ///
    /// Spec: core 3.0, section 4.7.2 "Instantiation".
    func initialize() throws(RuntimeFailure) {
        for (position, global) in module.module.globals.enumerated() {
            let bits = try evaluate(global.initializer)
            let cell = globals[module.importCounts.globals + position].address
            cell.storeBytes(of: bits.low, as: UInt64.self)
            cell.storeBytes(of: bits.high, toByteOffset: 8, as: UInt64.self)
        }
        for (position, table) in module.module.tables.enumerated() {
            guard let initializer = table.initializer else { continue }
            let bits = try evaluate(initializer).low
            tables[module.importCounts.tables + position].elements.update(repeating: bits)
        }
        for segment in module.module.elements { elementSegments.append(try references(of: segment.items)) }
        dataSegments = module.module.data.map(\.bytes)
        for (position, segment) in module.module.elements.enumerated() {
            switch segment.mode {
            case .passive: continue
            case .declarative: break
            case .active(let table, let offset):
                let target = try evaluate(offset).low
                let count = UInt64(elementSegments[position].count)
                if let trap = initializeTable(table.position, target, position, 0, count) { throw .trapped(trap) }
            }
            elementSegments[position] = []
        }
        for (position, segment) in module.module.data.enumerated() {
            guard case .active(let memory, let offset) = segment.mode else { continue }
            let target = try evaluate(offset).low
            let count = UInt64(segment.bytes.count)
            if let trap = initializeMemory(memory.position, target, position, 0, count) { throw .trapped(trap) }
            dataSegments[position] = []
        }
    }

    private func references(of items: ElementItems) throws(RuntimeFailure) -> [UInt64] {
        switch items {
        case .functions(let functions): return functions.map { reference(to: $0) }
        case .expressions(let expressions):
            var references: [UInt64] = []
            references.reserveCapacity(expressions.count)
            for expression in expressions { references.append(try evaluate(expression).low) }
            return references
        }
    }

    /// The value of a constant expression.
    ///
    /// Structures and arrays have an identity and nothing else, as compiled code cannot look into them.
    ///
    /// Spec: core 3.0, section 3.4.14.2 "Constant Expressions".
    private func evaluate(_ expression: Expression) throws(RuntimeFailure) -> V128 {
        var stack: [V128] = []
        func push(_ low: UInt64) { stack.append(V128(low: low, high: 0)) }
        func combine(_ body: (UInt64, UInt64) -> UInt64) {
            let right = stack.removeLast().low
            let left = stack.removeLast().low
            push(body(left, right))
        }
        for instruction in expression {
            switch (instruction.opcode, instruction.immediate) {
            case (.end, _), (.nop, _): break
            case (_, .i32(let number)): push(UInt64(UInt32(bitPattern: number)))
            case (_, .i64(let number)): push(UInt64(bitPattern: number))
            case (_, .f32(let bits)): push(UInt64(bits))
            case (_, .f64(let bits)): push(bits)
            case (_, .v128(let vector)): stack.append(vector)
            case (.refNull, _): push(0)
            case (.refFunc, .function(let function)): push(reference(to: function))
            case (.globalGet, .global(let global)):
                let cell = globals[global.position].address
                stack.append(
                    V128(low: cell.load(as: UInt64.self), high: cell.load(fromByteOffset: 8, as: UInt64.self))
                )
            case (.i32Add, _): combine { ($0 &+ $1) & 0xFFFF_FFFF }
            case (.i32Sub, _): combine { ($0 &- $1) & 0xFFFF_FFFF }
            case (.i32Mul, _): combine { ($0 &* $1) & 0xFFFF_FFFF }
            case (.i64Add, _): combine { $0 &+ $1 }
            case (.i64Sub, _): combine { $0 &- $1 }
            case (.i64Mul, _): combine { $0 &* $1 }
            case (.refI31, _):
                let number = UInt32(truncatingIfNeeded: stack.removeLast().low)
                push(OpaqueReference.integer(number))
            case (.structNewDefault, _): push(store.makeOpaqueReference(.structure))
            case (.structNew, .type(let type)):
                if case .structure(let fields) = module.module.types[type.position].composite {
                    stack.removeLast(fields.count)
                }
                push(store.makeOpaqueReference(.structure))
            case (.arrayNewDefault, _):
                stack.removeLast()
                push(store.makeOpaqueReference(.array))
            case (.arrayNew, _):
                stack.removeLast(2)
                push(store.makeOpaqueReference(.array))
            case (.arrayNewFixed, .typeAndLength(_, let count)):
                stack.removeLast(Int(count))
                push(store.makeOpaqueReference(.array))
            case (_, _): throw .unsupported(instruction.opcode.row.name)
            }
        }
        return stack[stack.count - 1]
    }
}
