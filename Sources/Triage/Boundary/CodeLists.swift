import WasmModel

/// The lists in the code of a module, and in its segments, that can be cut, as the lists of signatures can.
enum CodeLists {
    /// The length of the longest list of the kind; zero for those of signatures.
    static func count(of module: Module, _ variable: Boundary.Variable) -> Int {
        switch variable {
        case .results, .parameters, .blockValues, .tagValues: 0
        case .locals: module.functions.map(\.localCount).max() ?? 0
        case .labels: longest(module, .brTable)
        case .handlers: longest(module, .tryTable)
        case .elements: module.elements.filter(\.isOfTable).map(\.items.count).max() ?? 0
        case .fields: FieldTruncation.mostFields(of: module)
        case .arrayOperands: FieldTruncation.mostArrayOperands(of: module)
        case .nestedBlocks: module.functions.map { BlockNesting.depth(of: $0.body) }.max() ?? 0
        }
    }

    private static func longest(_ module: Module, _ opcode: Opcode) -> Int {
        module.functions.lazy.flatMap(\.body).filter { $0.opcode == opcode }.compactMap(\.labelListCount).max() ?? 0
    }

    /// The case with no list of the kind longer than a count: a local that is cut is zero where it is read, and what is written to it is dropped.
    static func cut(_ subject: DecodedCase, _ variable: Boundary.Variable, to count: Int) -> DecodedCase {
        var result = subject
        switch variable {
        case .elements:
            for number in subject.module.elements.indices where subject.module.elements[number].isOfTable {
                result.module.elements[number].items.keep(count)
            }
        case .fields: result.module = FieldTruncation(subject.module, fields: count).truncated
        case .arrayOperands: result.module = FieldTruncation(subject.module, arrayOperands: count).truncated
        default: break
        }
        for number in subject.module.functions.indices {
            switch variable {
            case .locals: result.module.functions[number] = withoutLocals(subject, number, from: count)
            case .labels: cut(.brTable, to: count, in: &result.module.functions[number].body)
            case .handlers: cut(.tryTable, to: count, in: &result.module.functions[number].body)
            case .nestedBlocks:
                let function = subject.module.functions[number]
                let parameterCount = subject.module.parameterCount(of: function)
                result.module.functions[number] =
                    BlockNesting.cut(function, to: count, parameterCount: parameterCount)
            default: break
            }
        }
        return result
    }

    private static func cut(_ opcode: Opcode, to count: Int, in body: inout [Instruction]) {
        for position in body.indices where body[position].opcode == opcode { body[position].cutLabelList(to: count) }
    }

    private static func withoutLocals(_ subject: DecodedCase, _ number: Int, from count: Int) -> Function {
        let function = subject.module.functions[number]
        let parameterCount = subject.module.parameterCount(of: function)
        let types = LocalTypeLookup(function, in: subject.module)
        var kept = count
        let runs = function.locals.compactMap { run -> LocalRun? in
            let length = min(Int(run.count), kept)
            kept -= length
            return length > 0 ? LocalRun(count: UInt32(length), type: run.type) : nil
        }
        let body = function.body.flatMap { instruction -> [Instruction] in
            guard case .local(let index) = instruction.immediate, index.position >= parameterCount + count,
                let type = types[index]
            else { return [instruction] }
            switch instruction.opcode {
            case .localGet: return [.zero(of: type)]
            case .localSet: return [Instruction(.drop)]
            default: return []
            }
        }
        return Function(type: function.type, locals: runs, body: body)
    }
}

extension ElementSegment {
    /// Whether it is for tables, and does not only name functions that code refers to.
    var isOfTable: Bool { mode != .declarative }
}
