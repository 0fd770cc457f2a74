import WasmModel

/// Makes parameters and results of function types i32, where what comes across is made by one instruction each, as constants are.
struct RetypeSignatures: ReductionPass {
    let name = "types"
    let walk = ReductionWalk.anywhere

    /// For each type, the positions of other types among its parameters, and then its results.
    private func lists(_ module: Module) -> [[Int]] {
        module.types.flatMap { type -> [[Int]] in
            guard let type = type.functionType else { return [[], []] }
            return [type.parameters, type.results].map { list in list.indices.filter { list[$0] != .i32 } }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { lists(subject.module).map(\.count) }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let positions = Set(lists(subject.module)[list][range])
        let retyping = Retyping(
            module: subject.module,
            type: TypeIndex(list / 2),
            isOfResults: list % 2 == 1,
            positions: positions
        )
        var simpler = subject
        guard let module = retyping.retyped() else { return nil }
        simpler.module = module
        guard !retyping.isOfResults else { return simpler }
        let types = subject.module.functionTypeIndices
        let exported = subject.module.exportedFunctions
        for number in simpler.invocations.indices {
            guard let function = exported[simpler.invocations[number].export], function.position < types.count,
                types[function.position] == retyping.type
            else { continue }
            for position in positions where position < simpler.invocations[number].arguments.count {
                simpler.invocations[number].arguments[position] = .i32(UInt32(position + 1))
            }
        }
        return simpler
    }
}

/// One list of one function type with i32 at some positions, and the code that makes and takes its values.
private struct Retyping {
    let module: Module
    let type: TypeIndex
    let isOfResults: Bool
    let positions: Set<Int>

    /// - Returns: nil where a parameter that is retyped is written.
    func retyped() -> Module? {
        guard var function = module.functionType(at: type) else { return nil }
        let types = isOfResults ? function.results : function.parameters
        for position in positions {
            if isOfResults { function.results[position] = .i32 } else { function.parameters[position] = .i32 }
        }
        var result = module
        result.types[type.position].composite = .function(function)
        let functionTypes = module.functionTypeIndices
        let tagTypes = module.tagTypeIndices
        for number in module.functions.indices {
            let isOwn = module.functions[number].type == type
            var body: [Instruction] = []
            for (position, instruction) in module.functions[number].body.enumerated() {
                if isOwn, !isOfResults, case .local(let local) = instruction.immediate,
                    positions.contains(local.position)
                {
                    guard instruction.opcode == .localGet else { return nil }
                    body.append(.zero(of: types[local.position]))
                    continue
                }
                let isLast = position + 1 == module.functions[number].body.count
                switch (instruction.opcode, instruction.immediate) {
                case (.end, _) where isOwn && isOfResults && isLast, (.return, _) where isOwn && isOfResults:
                    replaceProducers(in: &body, types.count)
                case (.call, .function(let callee)), (.returnCall, .function(let callee)):
                    if callee.position < functionTypes.count, functionTypes[callee.position] == type, !isOfResults {
                        replaceProducers(in: &body, types.count)
                    }
                case (.throw, .tag(let tag)):
                    if tag.position < tagTypes.count, tagTypes[tag.position] == type, !isOfResults {
                        replaceProducers(in: &body, types.count)
                    }
                default: break
                }
                body.append(instruction)
            }
            result.functions[number].body = body
        }
        return result
    }

    /// Puts constants in place of the instructions at the end that push the values, where each is pushed by one.
    private func replaceProducers(in body: inout [Instruction], _ count: Int) {
        let first = body.count - count
        guard first >= 0, body[first...].allSatisfy({ $0.operandCountIfRemovable == 0 }) else { return }
        for position in positions {
            body[first + position] = Instruction(.i32Const, .i32(Int32(position % 63 + 1)))
        }
    }
}
