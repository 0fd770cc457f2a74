import ArgumentParser
import Differential
import Execution
import WasmModel

/// Runs one module in every engine.
struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Runs a module in every engine and compares them with the interpreter.",
        discussion: """
            Without --invoke every exported function is called once, in order, with arguments that name their positions; so is the \
            function of --invoke where values are left out. Each call is made on an instance of its own. Every engine runs in a process \
            of its own: crashes, endless runs and exhausted memory are outcomes. What the module \
            imports is made as it asks: the system interface of WASI snapshot 1 in a small form that is the same in every run, and stubs, \
            which log their calls and answer in closed form.

            \(InvocationOptions.valueHelp)

            Exit status 0 where something was compared and nothing differs, 1 where something differs, 3 where nothing was compared.

            Example: fuzz-multivalue run add.wasm --invoke add -5 7 --engines x86_64,arm64:loads
            """
    )

    @Argument(help: "A .wasm or .wat file, or - for standard input.")
    var file: String

    @OptionGroup
    var invocation: InvocationOptions

    @Option(
        parsing: .unconditional,
        help: "How often to call, then on one instance; each call's arguments have the next seed."
    )
    var calls = 1

    @Flag(help: "Make all calls on one instance, so that each finds what those before it left.")
    var sameInstance = false

    @OptionGroup
    var selection: EngineOptions

    @OptionGroup
    var release: FeatureOptions

    @Flag(help: "Print JSON.")
    var json = false

    /// How many arguments and results the calls of one run have at most, each call counted as one more, where it calls repeatedly: all of
    /// them are kept to be compared.
    private static let mostValues = 4_000_000
    /// Each of which is printed once an engine.
    private static let mostValuesInJSON = 400_000

    func validate() throws {
        guard (1...Self.mostValues).contains(calls) else {
            throw ValidationError("--calls is a number from 1 to \(Self.mostValues)")
        }
    }

    func run() throws {
        let input = try InputModule(path: file, features: release.features)
        let list = InvocationList(module: input.module)
        let words = invocation.words
        let mostValues = json ? Self.mostValuesInJSON : Self.mostValues
        let mostCalls = max(mostValues / max(list.valueCount(words), 1), 1)
        guard calls <= mostCalls else {
            throw CommandFailure(
                "--calls: \(mostCalls) at most with the parameters and results that are here"
                    + (words.isEmpty ? ", or name one export with --invoke" : "")
            )
        }
        let invocations = try list.invocations(words, seed: invocation.seed ?? 0, calls: calls)
        let test = TestCase(wasm: input.wasm, invocations: invocations, usesFreshInstances: !sameInstance && calls == 1)
        let progress = ProgressLine(isQuiet: selection.quiet)
        var report = RunReport(Case(test), file: file, try selection.selection(), progress)
        if words.isEmpty { report.uncalled = list.uncalled }
        if let host = try? HostImports(input.module) {
            report.stubs = host.stubs
            report.writers = host.writers
        }
        progress.clear()
        try StandardStream.output.write(json ? try report.json() : report.text)
        try report.status.end()
    }
}
