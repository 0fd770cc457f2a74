import WasmModel

/// Removes writes of a local or a global at whose value the next instruction reads it again: it stays on the stack.
struct RemoveTransfers: ReductionPass {
    let name = "transfers"
    let walk = ReductionWalk.anywhere

    /// By function, the writes with their reads.
    private func transfers(_ module: Module) -> [[Range<Int>]] {
        module.functions.map { function in
            function.body.indices.dropLast().filter { position in
                let (write, read) = (function.body[position], function.body[position + 1])
                return write.immediate == read.immediate
                    && (write.opcode == .localSet && read.opcode == .localGet
                        || write.opcode == .globalSet && read.opcode == .globalGet)
            }.map { $0..<$0 + 2 }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [transfers(subject.module).reduce(0) { $0 + $1.count }] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for (number, chosen) in transfers(subject.module).selection(range) {
            simpler.module.functions[number] = subject.module.functions[number].removing(chosen)
        }
        return simpler
    }
}
