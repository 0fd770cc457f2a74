import ArgumentParser
import WasmFormats

/// Writes where the parts of a binary module are.
struct Objdump: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the sections of a binary module and the functions of its code, with offsets.",
        discussion: """
            Offsets are bytes from the start of the module, in hexadecimal, where messages of this program and of others count, too. What is \
            inside of sections need not be well-formed.

            Example: fuzz-multivalue objdump Crashes/0001-example/module.wasm
            """
    )

    @Argument(help: "A .wasm or .wat file, or - for standard input.")
    var file: String

    func run() throws {
        let wasm = try InputModule.binary(at: file).wasm
        let layout: BinaryLayout
        do {
            layout = try BinaryLayout(wasm)
        } catch {
            throw CommandFailure("\(file): \(error)")
        }
        let imported = (try? BinaryDecoder.decode(wasm))?.importedFunctionCount
        var lines = ["\(file): \(wasm.count) bytes"]
        for section in layout.sections {
            var line = "\(Self.text(section.range))  \(section.name)"
            if let name = section.customName { line += " \(name.debugDescription)" }
            if let count = section.itemCount { line += ", \(count)" }
            lines.append(line)
            guard section.name == "code" else { continue }
            for (position, body) in layout.bodies.enumerated() {
                let name = imported.map { "function \($0 + position)" } ?? "body \(position)"
                lines.append("\(Self.text(body))    \(name)")
            }
        }
        try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
    }

    /// Begin, end and length.
    private static func text(_ range: Range<Int>) -> String {
        func number(_ number: Int) -> String {
            let digits = String(number, radix: 16)
            return "0x" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        }
        let length = String(range.count)
        let padding = String(repeating: " ", count: max(0, 8 - length.count))
        return "\(number(range.lowerBound))..<\(number(range.upperBound)) \(padding)\(length)"
    }
}
