import Foundation
import NativeEntry

/// Measures the in-tree compilers for x86_64 beside Wasmtime's, in one process and on the same modules: compile time,
/// the time of what they compiled, and memory.
///
///     swift run -c release measure-compilers [--wasmtime FILE] [--rounds N] [compile|execute|memory]... [KERNEL.wat...]
///
/// Figures of one run can be compared with each other, not with those of another. Without Wasmtime's library it measures
/// the in-tree compilers alone, and says how to get the library.
@main
enum MeasureCompilers {
    static func main() throws {
        // As in all runs of the in-tree compilers; Wasmtime allocates in the same way.
        allocator_keep_large_blocks()
        var request = Request(CommandLine.arguments.dropFirst())
        let library = try request.library.map { try WasmtimeLibrary(path: $0) }
        let engines = try Engines(library)
        if let (name, arity) = request.single {
            guard let engine = engines.all.first(where: { $0.name == name }) else {
                throw ComparisonError("there is no compiler '\(name)'")
            }
            try PeakMemory.compileOnce(engine, arity: arity)
            return
        }
        if library == nil {
            print(WasmtimeLibrary.origin)
            print("")
        }
        if request.kernels.isEmpty {
            let folder = "ci/compiler-comparison"
            request.kernels = try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".wat") }.sorted().map { "\(folder)/\($0)" }
        }
        if request.includes("compile") {
            let times = CompileTimes(
                engines: engines.compiling,
                rounds: request.rounds,
                reference: Engines.reference,
                own: engines.inTree
            )
            try times.print()
        }
        if request.includes("execute") {
            let times = ExecutionTimes(
                engines: engines.executing,
                rounds: request.rounds,
                reference: Engines.reference,
                kernels: request.kernels
            )
            try times.print()
        }
        if request.includes("memory") {
            try PeakMemory.print(engines.compiling, passing: request.library.map { ["--wasmtime", $0] } ?? [])
        }
    }

    /// The compilers by their use.
    private struct Engines {
        static let reference = "Cranelift"
        let inTree: [any ComparedEngine] = [
            InTreeEngine(.speed, isChecked: false), InTreeEngine(.speed, isChecked: true),
            InTreeEngine(.none, isChecked: false), InTreeEngine(.none, isChecked: true),
        ]
        let wasmtime: [any ComparedEngine]
        let checkingAddresses: [any ComparedEngine]

        init(_ library: WasmtimeLibrary?) throws {
            wasmtime = try library.map { [try WasmtimeEngine($0, .cranelift), try WasmtimeEngine($0, .winch)] } ?? []
            checkingAddresses = try library.map { [try WasmtimeEngine($0, .cranelift, checksAddresses: true)] } ?? []
        }

        var compiling: [any ComparedEngine] { inTree + wasmtime }
        var executing: [any ComparedEngine] { [inTree[0], inTree[2]] + wasmtime + checkingAddresses }
        var all: [any ComparedEngine] { inTree + wasmtime + checkingAddresses }
    }
}

/// What the command line asks for.
private struct Request {
    /// The path of Wasmtime's library.
    var library = ProcessInfo.processInfo.environment["WASMTIME_LIBRARY"]
    var rounds = 10
    var kernels: [String] = []
    /// A compiler and an arity, in a process that compiles once.
    var single: (name: String, arity: Int)?
    private var parts: Set<String> = []

    init(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.popFirst() {
            switch argument {
            case "--wasmtime": library = rest.popFirst()
            case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
            case PeakMemory.argument:
                if let name = rest.popFirst(), let arity = rest.popFirst().flatMap({ Int($0) }) {
                    single = (name, arity)
                }
            case "compile", "execute", "memory": parts.insert(argument)
            default: kernels.append(argument)
            }
        }
    }

    /// Whether a part is asked for; all are where none is named.
    func includes(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
}
