import ArgumentParser
import WasmFormats

/// Writes a module as text.
struct Print: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a module in the text format.",
        discussion: """
            The module need not be valid, only decodable. Numbers count from 0; floats are hexadecimal, with every bit. What is written reads back \
            as the same module.

            Example: fuzz-multivalue print Crashes/0001-example/module.wasm
            """
    )

    @Argument(help: "A .wasm or .wat file, or - for standard input.")
    var file: String

    @Option(name: .shortAndLong, help: ArgumentHelp("A file; standard output without.", valueName: "file"))
    var output: String?

    func run() throws {
        let module = try InputModule.decoded(try InputModule.binary(at: file).wasm, file)
        try OutputFile.write(TextPrinter.text(of: module), to: output)
    }
}
