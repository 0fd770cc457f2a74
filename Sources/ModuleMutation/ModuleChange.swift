import WasmGenerator
import WasmModel

/// One change of a module. What comes out need not be valid, and nothing is changed where a method says that it did not.
struct ModuleChange {
    private(set) var module: Module
    var decisions: SplitMix64
    private let maximumArity: Int

    init(_ module: Module, _ decisions: SplitMix64, maximumArity: Int) {
        self.module = module
        self.decisions = decisions
        self.maximumArity = maximumArity
    }

    private mutating func choose<Element>(_ elements: [Element]) -> Element? {
        elements.randomElement(using: &decisions)
    }

    private mutating func chance() -> Bool { Bool.random(using: &decisions) }

    /// A function with a body, and a position in it that is not behind its end.
    private mutating func place() -> (function: Int, position: Int)? {
        let candidates = module.functions.indices.filter { !module.functions[$0].body.isEmpty }
        guard let function = choose(candidates) else { return nil }
        return (function, Int.random(in: 0..<module.functions[function].body.count, using: &decisions))
    }

    private mutating func insert(_ instructions: [Instruction], _ place: (function: Int, position: Int)) {
        module.functions[place.function].body.insert(contentsOf: instructions, at: place.position)
    }

    // MARK: Arity

    /// Puts a function with a longer or shorter list before an exported one.
    mutating func widenExport() -> Bool {
        guard let export = choose(module.functionExports),
            let arity = choose(ArityBoundary.upTo(min(maximumArity, ArityBoundary.usual)))
        else { return false }
        var type = export.type
        func scaled(_ list: [ValueType]) -> [ValueType] {
            let pattern = list.isEmpty ? [.i32] : list
            return (0..<arity).map { $0 < list.count ? list[$0] : pattern[$0 % pattern.count] }
        }
        let changesResults = chance()
        if changesResults { type.results = scaled(type.results) } else { type.parameters = scaled(type.parameters) }
        var body: [Instruction] = []
        for (position, wanted) in export.type.parameters.enumerated() {
            body.append(
                position < type.parameters.count
                    ? Instruction(.localGet, .local(LocalIndex(position))) : constant(position, wanted)
            )
        }
        body.append(Instruction(.call, .function(export.function)))
        let results = export.type.results
        if type.results.count < results.count {
            body += [Instruction](repeating: Instruction(.drop), count: results.count - type.results.count)
        }
        for position in results.count..<max(results.count, type.results.count) {
            body.append(constant(position, type.results[position]))
        }
        let wrapper = module.addFunction(type, body)
        module.exports[export.position].item = .function(wrapper)
        return true
    }

    private func constant(_ position: Int, _ type: ValueType) -> Instruction {
        .constant(TaggedValue.constant(position, type, seed: 0), type: type)
    }

    // MARK: Edges

    /// Makes a call another kind of call, or puts a block around it.
    mutating func swapEdge() -> Bool {
        var calls: [(function: Int, position: Int)] = []
        for (function, content) in module.functions.enumerated() {
            for (position, instruction) in content.body.enumerated() where instruction.opcode == .call {
                calls.append((function, position))
            }
        }
        guard let place = choose(calls) else { return false }
        let call = module.functions[place.function].body[place.position]
        guard case .function(let callee) = call.immediate, callee.position < module.functionTypeIndices.count else {
            return false
        }
        let type = module.functionTypeIndices[callee.position]
        let replacement: [Instruction]
        switch Int.random(in: 0..<6, using: &decisions) {
        case 0:
            declare(callee)
            replacement = [Instruction(.refFunc, .function(callee)), Instruction(.callRef, .type(type))]
        case 1:
            let table = addTable(of: callee)
            replacement = [Instruction(.i32Const, .i32(0)), Instruction(.callIndirect, .callIndirect(type, table))]
        case 2: replacement = [Instruction(.block, .block(.type(type))), call, Instruction(.end)]
        case 3: replacement = [Instruction(.loop, .block(.type(type))), call, Instruction(.end)]
        case 4: replacement = [Instruction(.tryTable, .tryTable(.type(type), [])), call, Instruction(.end)]
        default: replacement = [Instruction(.returnCall, .function(callee))]
        }
        module.functions[place.function].body.replaceSubrange(place.position...place.position, with: replacement)
        return true
    }

    private mutating func declare(_ function: FunctionIndex) {
        module.elements.append(
            ElementSegment(
                type: ReferenceType(isNullable: true, .function),
                items: .functions([function]),
                mode: .declarative
            )
        )
    }

    private mutating func addTable(of function: FunctionIndex) -> TableIndex {
        let imported = module.imports.count { if case .table = $0.type { true } else { false } }
        let table = TableIndex(imported + module.tables.count)
        let reference = ReferenceType(isNullable: true, .function)
        module.tables.append(Table(type: TableType(limits: Limits(minimum: 1, maximum: 1), element: reference)))
        module.elements.append(
            ElementSegment(
                type: reference,
                items: .functions([function]),
                mode: .active(table, offset: [Instruction(.i32Const, .i32(0)), Instruction(.end)])
            )
        )
        return table
    }

    /// Calls a function of the module where there was no call, with constants, and drops its results.
    mutating func insertCall() -> Bool {
        let types = module.functionTypeIndices
        guard let place = place(), let callee = choose(Array(types.indices)),
            let type = module.functionType(types[callee]), type.parameters.allSatisfy(\.isDefaultable)
        else { return false }
        var code = type.parameters.enumerated().map { constant($0.offset, $0.element) }
        code.append(Instruction(.call, .function(FunctionIndex(callee))))
        code += [Instruction](repeating: Instruction(.drop), count: type.results.count)
        insert(code, place)
        return true
    }

    // MARK: Values

    /// Drops the value on top of the stack for a constant, or has it twice for a while.
    mutating func replaceValue() -> Bool {
        let types: [ValueType] = [.i32, .i64, .f32, .f64, .v128]
        guard let place = place(), let type = choose(types) else { return false }
        if chance() {
            insert([Instruction(.drop), constant(place.position, type)], place)
            return true
        }
        let function = module.functions[place.function]
        let parameters = module.functionType(function.type)?.parameters.count ?? 0
        let local = LocalIndex(parameters + function.locals.reduce(0) { $0 + Int($1.count) })
        module.functions[place.function].locals.append(LocalRun(count: 1, type: type))
        insert(
            [
                Instruction(.localTee, .local(local)), Instruction(.localGet, .local(local)), Instruction(.drop),
                Instruction(.drop), Instruction(.localGet, .local(local)),
            ],
            place
        )
        return true
    }

    /// Copies a few instructions from anywhere in the module to another place.
    mutating func splice() -> Bool {
        guard let source = place(), let target = place() else { return false }
        let body = module.functions[source.function].body
        let count = Int.random(in: 1...8, using: &decisions)
        let end = min(source.position + count, body.count - 1)
        guard source.position < end else { return false }
        insert(Array(body[source.position..<end]), target)
        return true
    }

    /// Replaces an instruction by another one that takes and leaves values of the same types, or a constant by another.
    mutating func swapInstruction() -> Bool {
        guard let place = place() else { return false }
        let old = module.functions[place.function].body[place.position]
        let new: Instruction
        switch old.immediate {
        case .i32: new = Instruction(old.opcode, .i32(choose([0, 1, -1, .min, .max, 31, 255, 65_535]) ?? 0))
        case .i64: new = Instruction(old.opcode, .i64(choose([0, 1, -1, .min, .max, 63, 1 << 32]) ?? 0))
        case .none:
            let row = old.opcode.row
            guard let operands = row.operands, !operands.isEmpty, let results = row.results else { return false }
            let alike = OpcodeTable.rows.filter {
                $0.immediate == row.immediate && $0.operands == operands && $0.results == results
                    && $0.opcode != old.opcode
            }
            guard let chosen = choose(alike) else { return false }
            new = Instruction(chosen.opcode)
        default: return false
        }
        module.functions[place.function].body[place.position] = new
        return true
    }
}
