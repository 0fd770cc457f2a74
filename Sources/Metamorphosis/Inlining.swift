import WasmModel

extension ModuleRewriting {
    /// Puts the body of a function in the place of a call of it.
    ///
    /// An invocation makes a frame whose locals are the arguments and zeros, and runs the body in a label with the results of the function; here
    /// the locals stand behind those of the caller, and are set each time, as the call may be in a loop. A `return` is a branch to the
    /// label of the body. What the body throws reaches the same handlers. A body that ends in tail calls is left alone, as a call that
    /// leaves its frame is none that returns to it.
    ///
    /// Spec: core 3.0, sections 4.6.10 "Function Calls" and 4.6.4 "Control Instructions".
    mutating func inlineCall() -> String? {
        let calls = directCalls.filter { call in
            let callee = module.functions[call.callee]
            return callee.body.count <= Self.longestInlined
                && original.definedFunctions[call.callee].localCount <= 2_000
                && !callee.body.contains { $0.opcode.isTailCall }
        }
        guard let call = choose(calls) else { return nil }
        let callee = module.functions[call.callee]
        let type = type(ofDefined: call.callee)
        let localTypes = localTypes(ofDefined: call.callee)
        let first = addLocals(localTypes, toDefined: call.caller).position
        var code = [Instruction].setLocals(from: LocalIndex(first), count: type.parameters.count)
        for (local, type) in localTypes.enumerated().dropFirst(type.parameters.count) where type.isDefaultable {
            code.append(.zero(of: type))
            code.append(Instruction(.localSet, .local(LocalIndex(first + local))))
        }
        code.append(Instruction(.block, .block(module.blockType([], type.results))))
        code += callee.body.dropLast().asBlock.map { $0.mapLocal { LocalIndex(first + $0.position) } }
        code.append(Instruction(.end))
        module.functions[call.caller].body.replaceSubrange(call.position...call.position, with: code)
        return "inlining the call of function \(index(ofDefined: call.callee)) "
            + "at instruction \(call.position) of function \(index(ofDefined: call.caller))"
    }

    private static let longestInlined = 4_000
}
