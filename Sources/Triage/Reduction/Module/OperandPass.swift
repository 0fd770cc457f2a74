import WasmModel

/// A pass that takes instructions away with what makes their operands.
protocol OperandPass: ReductionPass where Subject == DecodedCase {
    /// How a node of a body may go.
    /// - Parameters:
    ///   - number: of the node.
    ///   - head: its instruction, or the one that opens its block.
    ///   - module: the module that the body is of.
    func items(
        _ node: OperandTrees.Node,
        _ number: Int,
        _ head: Instruction,
        in module: OperandTrees.Context
    ) -> [OperandRemoval.Item]
}

extension OperandPass {
    var walk: ReductionWalk { .anywhere }

    func listSizes(of subject: DecodedCase) -> [Int] {
        [bodies(subject.module).reduce(0) { $0 + $1.items.count }]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let bodies = bodies(subject.module)
        var simpler = subject
        for (number, chosen) in bodies.map(\.items).selection(range) {
            let function = subject.module.functions[number]
            var removal = OperandRemoval(bodies[number].trees, of: function.body)
            for item in chosen.reversed() { removal.remove(item) }
            simpler.module.functions[number] = Function(
                type: function.type,
                locals: function.locals,
                body: removal.applied(to: function.body)
            )
        }
        return simpler
    }

    /// By function, what may go, in rising order of the nodes.
    private func bodies(_ module: Module) -> [(trees: OperandTrees, items: [OperandRemoval.Item])] {
        let context = OperandTrees.Context(module)
        return module.functions.map { function in
            let trees = OperandTrees(function, context.effects)
            let items = trees.nodes.enumerated().flatMap { number, node in
                self.items(node, number, function.body[node.instructions.lowerBound], in: context)
            }
            return (trees, items)
        }
    }
}
