import WasmModel

/// Keeps only the last results of one function type at a time, by bisection to the exact number: `return` leaves what is below them.
///
/// Together with a cut at the end, one result in the middle can remain alone. Only types of functions that nothing in the module
/// calls, which earlier passes leave.
struct KeepLastResults: ReductionPass {
    let name = "first results"
    let walk = ReductionWalk.tail

    func listSizes(of subject: DecodedCase) -> [Int] {
        let calledTypes = subject.module.typesUsedByCode
        return subject.module.types.enumerated().map { position, type in
            calledTypes.contains(TypeIndex(position)) ? 0 : type.functionType?.results.count ?? 0
        }
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        guard var type = subject.module.types[list].functionType else { return nil }
        var result = subject
        type.results.removeFirst(type.results.count - range.lowerBound)
        result.module.types[list].composite = .function(type)
        for position in result.module.functions.indices
        where result.module.functions[position].type == TypeIndex(list) {
            var body = result.module.functions[position].body
            guard body.last?.opcode == .end else { return nil }
            if body.dropLast().last?.opcode != .return { body.insert(Instruction(.return), at: body.count - 1) }
            result.module.functions[position].body = body
        }
        return result
    }
}

extension Module {
    /// The types of the functions that instructions call or name, and of blocks.
    fileprivate var typesUsedByCode: Set<TypeIndex> {
        let types = functionTypeIndices
        var used: Set<TypeIndex> = []
        for instruction in functions.lazy.flatMap(\.body) {
            switch instruction.immediate {
            case .function(let callee): if callee.position < types.count { used.insert(types[callee.position]) }
            case .callIndirect(let type, _), .type(let type), .block(.type(let type)), .tryTable(.type(let type), _):
                used.insert(type)
            default: break
            }
        }
        return used
    }
}
