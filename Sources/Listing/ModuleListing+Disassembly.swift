import MachineCode
import SSA
import WasmModel

extension ModuleListing {
    /// The code as it runs, region by region: for each instruction its offset, its bytes, its text, and beside it where the code of a
    /// wasm instruction begins, where the code may trap, and where it goes on when a call throws.
    ///
    ///     main: function 0 main, 0x40..<0x9a, frame of 32 bytes
    ///       00000040  55                       pushq %rbp
    ///       00000044  85 c9                    testl %ecx, %ecx        ; wasm 0x2f; trap: integer divide by zero
    ///
    /// Offsets are in bytes from the start of the code; references between functions are filled in. The text comes region by region.
    /// - Parameters:
    ///   - function: the only one that is written, in its place among the others; one that is imported is its exit stub.
    ///   - hasLayouts: whether the layout of its calls and the map of its frame come before the code of each region.
    ///   - value: what the layout of its function names apart.
    public func writeDisassembly(
        of function: FunctionIndex? = nil,
        withLayouts hasLayouts: Bool = false,
        marking value: MarkedValue? = nil,
        to write: (String) throws -> Void
    ) throws {
        let compiled = try compiler.compile(module)
        let layouts = hasLayouts ? try layouts(marking: value) : [:]
        var text = "; \(compiler.backend.machine.name), \(compiled.code.count) bytes, "
        text += "results by \(compiler.configuration.selection.resultStrategy.rawValue)\n"
        var landings = compiled.exceptionLandings[...]
        for region in compiled.regions {
            if let function, !Self.isCode(region.kind, of: function) { continue }
            landings = landings.drop { $0.returnOffset <= region.range.lowerBound }
            text += "\n\(Self.title(of: region.kind, region.name)), \(Self.hexadecimal(region.range.lowerBound))..<"
            text += "\(Self.hexadecimal(region.range.upperBound)), frame of \(region.frameSize) bytes\n"
            text += layouts[region.kind] ?? ""
            append(region, of: compiled.code, &landings, to: &text)
            try write(text)
            text = ""
        }
    }

    private func append(
        _ region: CodeRegion,
        of code: [UInt8],
        _ landings: inout ArraySlice<ExceptionLanding>,
        to text: inout String
    ) {
        let start = region.range.lowerBound
        var data = region.dataRanges[...]
        var wasmOffsets = region.wasmOffsets[...]
        var trapSites = region.trapSites[...]
        var offset = start
        while offset < region.range.upperBound {
            var size: Int
            var line: String
            if let range = data.first, range.lowerBound + start <= offset {
                size = min(8, range.upperBound + start - offset)
                line = InstructionSet.data(code[offset..<offset + size])
                if offset + size == range.upperBound + start { data.removeFirst() }
            } else {
                let end = data.first.map { $0.lowerBound + start } ?? region.range.upperBound
                (size, line) = instructionSet.instruction(at: offset, in: code[start..<end])
            }
            var notes: [String] = []
            while let next = wasmOffsets.first, next.offset + start < offset + size {
                wasmOffsets.removeFirst()
                if wasmOffsets.first?.offset == next.offset { continue }
                if next.wasmOffset != .max { notes.append("wasm \(Self.hexadecimal(Int(next.wasmOffset)))") }
            }
            while let next = trapSites.first, next.offset + start < offset + size {
                trapSites.removeFirst()
                notes.append("trap: \(Self.trapName(next.code))")
            }
            while let next = landings.first, next.returnOffset <= offset + size {
                landings.removeFirst()
                notes.append("throws to \(Self.hexadecimal(next.landingOffset))")
            }
            let bytes = code[offset..<offset + size].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            var row = "  \(Self.padded(offset))  \(Self.filled(bytes.joined(separator: " "), to: 30))  "
            row += notes.isEmpty ? line : "\(Self.filled(line, to: 40))  ; \(notes.joined(separator: "; "))"
            text += row + "\n"
            offset += size
        }
    }

    private static func trapName(_ code: UInt32) -> String {
        if code == InstanceContextLayout.stackExhaustedCode { return "call stack exhausted" }
        if code == InstanceContextLayout.fuelExhaustedCode { return "fuel exhausted" }
        if let violation = AuditViolation(rawValue: code) { return violation.description }
        return Trap(code: code)?.rawValue ?? "code \(code)"
    }

    private static func hexadecimal(_ number: Int) -> String { "0x" + String(number, radix: 16) }

    private static func padded(_ offset: Int) -> String {
        let text = String(offset, radix: 16)
        return String(repeating: "0", count: max(0, 8 - text.utf8.count)) + text
    }

    private static func filled(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}
