extension AllocationProblem {
    /// The problem as text, one line an operand list, with the locations and edits of a solution where one is given:
    /// for reports of errors.
    public func text(with allocation: Allocation? = nil) -> String {
        var lines: [String] = []
        var nextEdit = 0
        let edits = allocation?.edits ?? []
        func appendEdits(at point: ProgramPoint) {
            while nextEdit < edits.count && edits[nextEdit].point <= point {
                let edit = edits[nextEdit]
                lines.append("        move \(edit.source) -> \(edit.destination) (\(edit.kind))")
                nextEdit += 1
            }
        }
        for (number, block) in blocks.enumerated() {
            let names = block.parameters.map { blockParameters[$0].description }.joined(separator: ", ")
            lines.append("block \(number)(\(names)):")
            for instruction in block.instructions {
                appendEdits(at: .before(instruction))
                lines.append("    \(instruction): " + text(of: instruction, allocation))
                appendEdits(at: .after(instruction))
            }
            for edge in block.successors {
                let names = edges[edge].arguments.map { edgeArguments[$0].description }.joined(separator: ", ")
                let arrow = edges[edge].isExceptional ? "-> exceptionally" : "->"
                lines.append("    \(arrow) block \(edges[edge].target)(\(names))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func text(of instruction: Int, _ allocation: Allocation?) -> String {
        var parts: [String] = []
        for position in instructions[instruction].operands {
            let operand = operands[position]
            let role = operand.role == .use ? "use" : "define"
            var part = "\(role) \(operand.register) \(operand.constraint)"
            let usual: OperandPosition = operand.role == .use ? .early : .late
            if operand.position != usual { part += " \(operand.position)" }
            if let allocation, position < allocation.locations.count { part += " = \(allocation.locations[position])" }
            parts.append(part)
        }
        var rest = instructions[instruction].clobbers
        var clobbered: [String] = []
        while let register = rest.first {
            rest.remove(register)
            clobbered.append(register.description)
        }
        if !clobbered.isEmpty { parts.append("clobbers " + clobbered.joined(separator: " ")) }
        return parts.isEmpty ? "no operands" : parts.joined(separator: ", ")
    }
}

extension OperandConstraint: CustomStringConvertible {
    /// `any`, `register`, `fixed i3`, `stack` or `reuse 0`.
    public var description: String {
        switch self {
        case .any: "any"
        case .register: "register"
        case .fixed(let register): "fixed \(register)"
        case .stack: "stack"
        case .reuse(let operand): "reuse \(operand)"
        }
    }
}
