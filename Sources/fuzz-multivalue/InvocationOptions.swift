import ArgumentParser
import WasmFormats

/// The options by which commands choose the calls of a module.
struct InvocationOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Behind the file: the exported function to call, and all of its arguments or none.",
            valueName: "export values"
        )
    )
    var invoke: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Decides the arguments that are not given; 0 without.", valueName: "seed")
    )
    var seed: UInt64?

    /// How values are written, for the help of commands.
    static let valueHelp = """
        Values of --invoke are written 5, -1, 0xff, 1.5, 0x1.8p3, -inf, nan, nan:0x200000, null, with a type or without: i32:5, f64:1.5, f32:0x3fc00000 \
        (the bits of the float), i8x16:1,2,... and the other shapes, v128:0x1.
        """

    /// The export and the values of `--invoke`; empty without it.
    var words: [String] {
        invoke.prefix(1) + invoke.dropFirst().map { $0.hasPrefix(Self.valueMark) ? String($0.dropFirst()) : $0 }
    }

    /// The option that was given, by its name; nil where none was.
    var given: String? { !invoke.isEmpty ? "--invoke" : seed != nil ? "--seed" : nil }

    // MARK: Negative numbers

    /// Stands in front of a value that would be taken for an option.
    private static let valueMark = ":"

    /// The arguments of the program with a mark in front of every negative number among the values of `--invoke`.
    static func markingNegativeValues(_ arguments: [String]) -> [String] {
        var isValue = false
        var isFirst = false
        return arguments.map { argument in
            defer { isFirst = argument == "--invoke" }
            if argument == "--invoke" || argument.hasPrefix("--invoke=") {
                isValue = true
            } else if argument.hasPrefix("-"), argument != "-" {
                if isValue, !isFirst, ValueText.isNumber(argument) { return valueMark + argument }
                isValue = false
            }
            return argument
        }
    }
}
