import WasmModel

/// Makes functions return zeros and do nothing else.
struct EmptyFunctions: ReductionPass {
    let name = "function bodies"
    let walk = ReductionWalk.anywhere

    /// A body for a function type.
    private func emptyBody(_ type: FunctionType) -> [Instruction] {
        type.results.map(Instruction.zero(of:)) + [Instruction(.end)]
    }

    private func positions(_ module: Module) -> [Int] {
        module.functions.indices.filter { position in
            let function = module.functions[position]
            guard let type = module.functionType(at: function.type) else { return false }
            return function.body.count != type.results.count + 1 || function.body != emptyBody(type)
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [positions(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for position in positions(subject.module)[range] {
            let index = subject.module.functions[position].type
            guard let type = subject.module.functionType(at: index) else { return nil }
            simpler.module.functions[position] = Function(type: index, body: emptyBody(type))
        }
        return simpler
    }
}
