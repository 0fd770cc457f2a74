import WasmModel

/// Makes functions trap and do nothing else, which takes the fewest bytes whatever their results: a failure to compile another one stays.
struct TrapFunctions: ReductionPass {
    let name = "whole functions"
    let walk = ReductionWalk.anywhere

    private static let body = [Instruction(.unreachable), Instruction(.end)]

    private func positions(_ module: Module) -> [Int] {
        module.functions.indices.filter { position in
            let function = module.functions[position]
            return function.body.count > Self.body.count || !function.locals.isEmpty
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [positions(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for position in positions(subject.module)[range] {
            simpler.module.functions[position] = Function(
                type: subject.module.functions[position].type,
                body: Self.body
            )
        }
        return simpler
    }
}
