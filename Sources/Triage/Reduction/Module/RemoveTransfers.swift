import WasmModel

/// Removes writes of a local or a global at whose value the next instruction reads it again: it stays on the stack.
struct RemoveTransfers: ReductionPass {
    let name = "transfers"
    let walk = ReductionWalk.anywhere

    /// By function, the positions of the writes.
    private func positions(_ module: Module) -> [[Int]] {
        module.functions.map { function in
            function.body.indices.dropLast().filter { position in
                let (write, read) = (function.body[position], function.body[position + 1])
                return write.immediate == read.immediate
                    && (write.opcode == .localSet && read.opcode == .localGet
                        || write.opcode == .globalSet && read.opcode == .globalGet)
            }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [positions(subject.module).reduce(0) { $0 + $1.count }] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for (number, chosen) in positions(subject.module).selection(range) {
            let function = subject.module.functions[number]
            var body: [Instruction] = []
            body.reserveCapacity(function.body.count)
            var kept = 0
            for position in chosen {
                body += function.body[kept..<position]
                kept = position + 2
            }
            body += function.body[kept...]
            simpler.module.functions[number] = Function(type: function.type, locals: function.locals, body: body)
        }
        return simpler
    }
}
