extension CompilationDetail {
    /// The code as text: for each machine instruction its wasm offset where that changes, its text with locations, and
    /// its bytes.
    ///
    ///     ; wasm 0x2a
    ///     ; %11:i3 = add64 %9:i3, %10:i0
    ///     0000001c  48 01 c3
    ///
    /// Bytes before the first instruction are the prologue; moves of the allocator stand with the instruction before
    /// them, and trap stubs and constants with the last. Offsets are counted from the start of the function; references
    /// to symbols are not filled in.
    /// - Parameter backend: the one that made the code.
    public func listing(for backend: any MachineBackend) -> String {
        let writer = MachineFunctionWriter(function: machineFunction, backend: backend, allocation: allocation)
        let starts = compiled.instructionOffsets.map(Int.init)
        var output = "function \(compiled.name)\n"
        output += "; prologue, frame of \(compiled.frame.size) bytes\n"
        appendBytes(0..<(starts.first ?? compiled.bytes.count), to: &output)
        var wasmOffset = UInt32.max
        for (number, block) in machineFunction.problem.blocks.enumerated() {
            output += "; block \(number)\n"
            for position in block.instructions {
                let instruction = machineFunction.instructions[position]
                if instruction.wasmOffset != wasmOffset {
                    wasmOffset = instruction.wasmOffset
                    if wasmOffset != .max { output += "; wasm 0x\(String(wasmOffset, radix: 16))\n" }
                }
                let isLast = position == block.instructions.upperBound - 1
                output += "; \(writer.line(of: position, isLast: isLast, block))\n"
                let end = position + 1 < starts.count ? starts[position + 1] : compiled.bytes.count
                appendBytes(starts[position]..<end, to: &output)
            }
        }
        return output
    }

    private func appendBytes(_ range: Range<Int>, to output: inout String) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
            let offset = String(start, radix: 16)
            output += String(repeating: "0", count: max(0, 8 - offset.count)) + offset + " "
            for byte in compiled.bytes[start..<min(start + 16, range.upperBound)] {
                output += byte < 16 ? " 0" : " "
                output += String(byte, radix: 16)
            }
            output += "\n"
        }
    }
}
