import Foundation

/// An interpreter that is a program of its own.
struct InterpreterCommand {
    let name: String
    /// Nil where the program is not here.
    let executable: String?
    /// The arguments around the path of the module.
    let before: [String]
    let after: [String]
    /// Where to get the program.
    let origin: String

    /// The in-tree interpreter first.
    static let all = [
        InterpreterCommand(
            name: "in-tree",
            executable: Bundle.main.executablePath ?? CommandLine.arguments[0],
            before: ["--interpret"],
            after: [],
            origin: ""
        ),
        InterpreterCommand(
            name: "wasm-interp",
            executable: find("wasm-interp"),
            before: ["--enable-all", "--run-all-exports"],
            after: [],
            origin: "it is part of wabt, https://github.com/WebAssembly/wabt"
        ),
        InterpreterCommand(
            name: "wasmkit",
            executable: find("wasmkit"),
            before: ["run"],
            after: ["run"],
            origin: "it is part of the Swift toolchain, and https://github.com/swiftwasm/WasmKit"
        ),
    ]

    private static func find(_ program: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs the module and waits.
    /// - Returns: the last number that it prints, and the seconds of processor time that it took.
    func run(_ path: String) throws -> (result: String, seconds: Double) {
        guard let executable else { throw ComparisonError("\(name) is not here") }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = before + [path] + after
        process.standardOutput = output
        let start = Self.secondsOfChildren()
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ComparisonError("\(name) failed with status \(process.terminationStatus): \(text)")
        }
        let numbers = text.split { !$0.isNumber }
        return (numbers.last.map(String.init) ?? "", Self.secondsOfChildren() - start)
    }

    /// The processor time of all children that have ended.
    private static func secondsOfChildren() -> Double {
        var usage = rusage()
        // RUSAGE_CHILDREN, whose type differs between systems.
        getrusage(-1, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }
}
