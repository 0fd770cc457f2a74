/// A folder that is taken for a checkout, with a script in the place of `swift` which builds an instrumented worker.
struct StandInCheckout {
    let tool: CommandLineTool
    /// What a shell says before the program is started in it.
    private let preparation: String

    /// - Parameter build: what the script does; the worker belongs into `$worker`.
    init(_ build: String) throws {
        tool = try CommandLineTool()
        _ = try tool.write("let package = Package(name: \"fuzz-multivalue\")", to: "Package.swift")
        let script = "#!/bin/sh\nworker=.build/libfuzzer/release/fuzz-differential\n\(build)\n"
        _ = try tool.write(script, to: "swift.text")
        // A file that this process has written may be open in a child that another test starts, and then cannot be executed.
        preparation = """
            mkdir -p tools .build/libfuzzer/release && cp swift.text tools/swift && chmod 755 tools/swift
            PATH="$PWD/tools:$PATH"; export PATH
            """
    }

    func run(
        _ arguments: [String],
        signal: (number: Int32, onceSaid: String)? = nil
    ) throws -> CommandLineTool.Ending {
        try tool.run(arguments, limit: preparation, signal: signal)
    }
}
