import WasmModel

/// Ends the body of one function at a time by a trap, as early as the failure stays, by bisection: what comes behind is left out, and the
/// blocks that are open there are closed.
struct CutBodies: ReductionPass {
    let name = "ends of bodies"
    let walk = ReductionWalk.tail

    /// One for each instruction but the last `end`, of bodies that this can make shorter.
    func listSizes(of subject: DecodedCase) -> [Int] {
        subject.module.functions.map { $0.body.count > 3 ? $0.body.count - 1 : 0 }
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let body = subject.module.functions[list].body
        var cut = Array(body[..<range.lowerBound])
        for opener in Self.open(in: cut).reversed() {
            cut.append(Instruction(.unreachable))
            // An `if` whose results differ from its parameters needs the other arm.
            if opener == .if { cut += [Instruction(.else), Instruction(.unreachable)] }
            cut.append(Instruction(.end))
        }
        cut += [Instruction(.unreachable), Instruction(.end)]
        guard cut.count < body.count else { return nil }
        var simpler = subject
        simpler.module.functions[list].body = cut
        return simpler
    }

    /// What opened the blocks that are open behind some instructions, outermost first; `else` for an `if` that is in its other arm.
    private static func open(in body: [Instruction]) -> [Opcode] {
        var open: [Opcode] = []
        for instruction in body {
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable: open.append(instruction.opcode)
            case .else: if !open.isEmpty { open[open.count - 1] = .else }
            case .end: _ = open.popLast()
            default: break
            }
        }
        return open
    }
}
