import SSA
import WasmFormats
import WasmModel

extension CompiledInstance {
    /// Gives globals their first values and copies the active segments, as instantiation does before the start function.
    ///
    /// Spec: core 3.0, section 4.5.4 "Instantiation".
    func initializeGlobalsAndSegments() throws(RuntimeFailure) {
        for (position, global) in module.module.globals.enumerated() {
            let bits = try evaluate(global.initializer)
            let cell = context + layout.globalCell(GlobalIndex(module.importCounts.globals + position))
            cell.storeBytes(of: bits.low, as: UInt64.self)
            cell.storeBytes(of: bits.high, toByteOffset: 8, as: UInt64.self)
        }
        for (position, table) in module.module.tables.enumerated() {
            guard let initializer = table.initializer else { continue }
            let bits = try evaluate(initializer).low
            let elements = tables[module.importCounts.tables + position].start
            for element in 0..<Int(table.type.limits.minimum) {
                elements.storeBytes(of: bits, toByteOffset: element * 8, as: UInt64.self)
            }
        }
        for segment in module.module.elements {
            guard case .active(let table, let offset) = segment.mode else { continue }
            try copy(segment, to: table, at: offset)
        }
        for segment in module.module.data {
            guard case .active(let memory, let offset) = segment.mode else { continue }
            let start = try address(offset, is64: module.memoryTypes[memory.position].addressType == .i64)
            let linear = memories[memory.position]
            guard start <= UInt64(linear.byteCount), UInt64(segment.bytes.count) <= UInt64(linear.byteCount) - start
            else {
                throw RuntimeFailure.trapped(.outOfBoundsMemoryAccess)
            }
            segment.bytes.withUnsafeBytes { bytes in
                guard let source = bytes.baseAddress else { return }
                (linear.pages.start + Int(start)).copyMemory(from: source, byteCount: bytes.count)
            }
        }
    }

    private func copy(_ segment: ElementSegment, to table: TableIndex, at offset: Expression) throws(RuntimeFailure) {
        let type = module.tableTypes[table.position]
        let start = try address(offset, is64: type.addressType == .i64)
        let count: Int
        switch segment.items {
        case .functions(let functions): count = functions.count
        case .expressions(let expressions): count = expressions.count
        }
        guard start <= type.limits.minimum, UInt64(count) <= type.limits.minimum - start else {
            throw RuntimeFailure.trapped(.outOfBoundsTableAccess)
        }
        let elements = tables[table.position].start + Int(start) * 8
        switch segment.items {
        case .functions(let functions):
            for (position, function) in functions.enumerated() {
                elements.storeBytes(of: reference(to: function), toByteOffset: position * 8, as: UInt64.self)
            }
        case .expressions(let expressions):
            for (position, expression) in expressions.enumerated() {
                elements.storeBytes(of: try evaluate(expression).low, toByteOffset: position * 8, as: UInt64.self)
            }
        }
    }

    private func address(_ expression: Expression, is64: Bool) throws(RuntimeFailure) -> UInt64 {
        let bits = try evaluate(expression).low
        return is64 ? bits : bits & 0xFFFF_FFFF
    }

    private func reference(to function: FunctionIndex) -> UInt64 {
        UInt64(UInt(bitPattern: functionRecords.start + function.position * InstanceContextLayout.FunctionRecord.size))
    }

    /// The value of a constant expression.
    private func evaluate(_ expression: Expression) throws(RuntimeFailure) -> V128 {
        var stack: [V128] = []
        func push(_ low: UInt64) { stack.append(V128(low: low, high: 0)) }
        for instruction in expression {
            switch (instruction.opcode, instruction.immediate) {
            case (.i32Const, .i32(let number)): push(UInt64(UInt32(bitPattern: number)))
            case (.i64Const, .i64(let number)): push(UInt64(bitPattern: number))
            case (.f32Const, .f32(let bits)): push(UInt64(bits))
            case (.f64Const, .f64(let bits)): push(bits)
            case (.v128Const, .v128(let vector)): stack.append(vector)
            case (.refNull, _): push(0)
            case (.refFunc, .function(let function)): push(reference(to: function))
            case (.globalGet, .global(let global)):
                let cell = context + layout.globalCell(global)
                stack.append(
                    V128(low: cell.load(as: UInt64.self), high: cell.load(fromByteOffset: 8, as: UInt64.self))
                )
            case (.i32Add, _), (.i32Sub, _), (.i32Mul, _), (.i64Add, _), (.i64Sub, _), (.i64Mul, _):
                let right = stack.removeLast().low
                let left = stack.removeLast().low
                switch instruction.opcode {
                case .i32Add: push((left &+ right) & 0xFFFF_FFFF)
                case .i32Sub: push((left &- right) & 0xFFFF_FFFF)
                case .i32Mul: push((left &* right) & 0xFFFF_FFFF)
                case .i64Add: push(left &+ right)
                case .i64Sub: push(left &- right)
                default: push(left &* right)
                }
            case (.end, _): break
            default: throw RuntimeFailure.unsupported("\(instruction.opcode.row.name) in a constant expression")
            }
        }
        return stack[0]
    }
}
