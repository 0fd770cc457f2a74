import WasmModel

extension ModuleRewriting {
    /// Negates the condition of an `if`, and swaps its branches.
    ///
    /// An `if` takes its first branch where the condition is not zero; `i32.eqz` is zero just then. A missing branch is an empty one.
    ///
    /// Spec: core 3.0, section 4.6.4 "Control Instructions".
    mutating func invertBranch() -> String? {
        var conditions: [(function: Int, position: Int)] = []
        for function in changeable {
            for (position, instruction) in module.functions[function].body.enumerated()
            where instruction.opcode == .if {
                conditions.append((function, position))
            }
        }
        guard let (function, start) = choose(conditions) else { return nil }
        let body = module.functions[function].body
        guard let (middle, end) = body.ends(ofBlockAt: start) else { return nil }
        let first = body[start + 1..<(middle ?? end)]
        let second = middle.map { body[$0 + 1..<end] } ?? []
        let code =
            [Instruction(.i32Eqz), body[start]] + second + [Instruction(.else)] + first + [Instruction(.end)]
        module.functions[function].body.replaceSubrange(start...end, with: code)
        return "inverting the if at instruction \(start) of function \(index(ofDefined: function))"
    }
}
