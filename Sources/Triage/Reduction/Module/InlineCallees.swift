import WasmModel

/// Puts the body of a function in the place of the only reference to it, a call, and removes the function with its type.
///
/// Only bodies that end at their end: a `return` would need a block. Locals that are not written keep what an earlier run of the code left in
/// them, as the case need not do the same.
struct InlineCallees: ReductionPass {
    let name = "inlined calls"
    let walk = ReductionWalk.anywhere

    private struct Site {
        var caller: Int
        var position: Int
        /// Among the functions that the module defines.
        var callee: Int
    }

    private func sites(_ module: Module) -> [Site] {
        var uses = [Int](repeating: 0, count: module.count(of: .functions))
        var visitor = ReferenceMap { space, position in
            if space == .functions, uses.indices.contains(position) { uses[position] += 1 }
            return position
        }
        visitor.visit(module)
        let imported = module.importedFunctionCount
        return module.functions.indices.flatMap { caller in
            module.functions[caller].body.enumerated().compactMap { position, instruction -> Site? in
                guard instruction.opcode == .call, case .function(let index) = instruction.immediate,
                    uses.indices.contains(index.position), uses[index.position] == 1
                else { return nil }
                let callee = index.position - imported
                guard module.functions.indices.contains(callee), callee != caller,
                    !module.functions[callee].body.dropLast().isLeft
                else { return nil }
                return Site(caller: caller, position: position, callee: callee)
            }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [sites(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        guard range.count == 1 else { return nil }
        let site = sites(subject.module)[range.lowerBound]
        var module = subject.module
        let callee = module.functions[site.callee]
        guard let parameters = module.functionType(at: callee.type)?.parameters,
            let first = module.functionType(at: module.functions[site.caller].type)?.parameters.count
        else { return nil }
        let offset = first + module.functions[site.caller].localCount
        let arguments = parameters.indices.reversed().map {
            Instruction(.localSet, .local(LocalIndex(offset + $0)))
        }
        let body = callee.body.dropLast().map { $0.mapLocal { LocalIndex(offset + $0.position) } }
        module.functions[site.caller].locals += LocalRun.runs(parameters) + callee.locals
        module.functions[site.caller].body.replaceSubrange(site.position...site.position, with: arguments + body)
        let removed = [module.importedFunctionCount + site.callee]
        module = ItemRemoval(module, space: .functions, removed: removed).result
        let unused = UnusedItems(module).lists[ItemSpace.types.rawValue]
        var simpler = subject
        simpler.module = ItemRemoval(module, space: .types, removed: unused).result
        return simpler
    }
}
