import Foundation
import WasmFormats
import WasmInterpreter
import WasmModel

/// Measures the interpreter beside those of wabt and of the Swift toolchain, in one run and on the same modules.
///
///     swift run -c release measure-interpreters [ROUNDS [MODULE.wat...]]
///     swift run -c release measure-interpreters --interpret MODULE.wasm
///
/// Every interpreter, the in-tree one included, is a process that calls the export `run` once; the figure is the least
/// processor time of some rounds, in which the interpreters take turns. Figures of one run can be compared with each
/// other, not with those of another.
@main
enum MeasureInterpreters {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "--interpret", let path = arguments.dropFirst().first {
            try interpret(path)
            return
        }
        let rounds = arguments.first.flatMap { Int($0) } ?? 3
        var modules = Array(arguments.dropFirst())
        if modules.isEmpty {
            let folder = "ci/interpreter-comparison"
            modules = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".wat") }
                .sorted()
                .map { "\(folder)/\($0)" }
        }
        try compare(modules, rounds: rounds)
    }

    /// Calls the export `run` and prints its result.
    private static func interpret(_ path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let store = InterpreterStore()
        let instance = try store.instantiate(try Validator.validate(try BinaryDecoder.decode(bytes)))
        guard let function = instance.exportedFunction("run") else {
            throw ComparisonError("no export 'run' in \(path)")
        }
        guard case .returned(let values) = store.invoke(function), case .i64(let bits)? = values.first else {
            throw ComparisonError("'run' of \(path) did not return an i64")
        }
        print(bits)
    }

    private static func compare(_ paths: [String], rounds: Int) throws {
        let interpreters = InterpreterCommand.all
        for interpreter in interpreters where interpreter.executable == nil {
            print("\(interpreter.name) is not here: \(interpreter.origin)")
        }
        let present = interpreters.filter { $0.executable != nil }
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("measure-interpreters-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        print("Seconds of processor time, the least of \(rounds); in parentheses relative to the in-tree interpreter")
        print("")
        print("| module | \(present.map(\.name).joined(separator: " | ")) |")
        print("|---|\(present.map { _ in "---|" }.joined())")
        for path in paths {
            let source = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            let binary = folder.appendingPathComponent("\(name).wasm")
            try Data(BinaryEncoder.encode(try TextParser.module(source))).write(to: binary)
            let times = try leastTimes(of: present, on: binary.path, rounds: rounds)
            let cells = times.map { "\(rounded($0)) (\(rounded($0 / times[0])))" }
            print("| \(name) | \(cells.joined(separator: " | ")) |")
        }
    }

    /// The least processor time of each interpreter, in seconds.
    private static func leastTimes(
        of interpreters: [InterpreterCommand],
        on path: String,
        rounds: Int
    ) throws -> [Double] {
        var times = [Double](repeating: .infinity, count: interpreters.count)
        var expected: String?
        for _ in 0..<max(1, rounds) {
            for (position, interpreter) in interpreters.enumerated() {
                let (result, seconds) = try interpreter.run(path)
                guard result == expected ?? result else {
                    throw ComparisonError("\(interpreter.name) answers \(result), not \(expected ?? "")")
                }
                expected = result
                times[position] = min(times[position], seconds)
            }
        }
        return times
    }

    private static func rounded(_ number: Double) -> String { String(format: "%.2f", number) }
}

/// Why a comparison could not be made.
struct ComparisonError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
