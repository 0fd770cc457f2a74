import WasmModel

/// Leaves functions nothing but their end.
struct EmptyFunctions: ReductionPass {
    /// How they end.
    enum Ending {
        /// Takes the fewest bytes whatever the results are: a failure to compile another function stays.
        case trap
        /// With a zero for each result.
        case zeros
    }

    let ending: Ending
    let name: String
    let walk = ReductionWalk.anywhere

    init(_ ending: Ending) {
        self.ending = ending
        name = ending == .trap ? "whole functions" : "function bodies"
    }

    /// A body for a function type.
    private func body(_ type: FunctionType) -> [Instruction] {
        let instructions =
            switch ending {
            case .trap: [Instruction(.unreachable)]
            case .zeros: type.results.map(Instruction.zero(of:))
            }
        return instructions + [Instruction(.end)]
    }

    private func positions(_ module: Module) -> [Int] {
        module.functions.indices.filter { position in
            let function = module.functions[position]
            guard let type = module.functionType(at: function.type) else { return false }
            switch ending {
            case .trap: return function.body.count > 2 || !function.locals.isEmpty
            case .zeros: return function.body.count != type.results.count + 1 || function.body != body(type)
            }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [positions(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for position in positions(subject.module)[range] {
            let index = subject.module.functions[position].type
            guard let type = subject.module.functionType(at: index) else { return nil }
            simpler.module.functions[position] = Function(type: index, body: body(type))
        }
        return simpler
    }
}
