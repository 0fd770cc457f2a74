import Foundation
import InTreeEngines

/// Measures the in-tree compilers for x86_64 beside Wasmtime's, in one process and on the same modules: compile time,
/// the time of what they compiled, and memory.
///
///     swift run -c release measure-compilers [--wasmtime FILE] [--rounds N] [compile|execute|memory]... [KERNEL.wat...]
///     swift run -c release measure-compilers --repeat COMPILER results|chain|KERNEL.wat [N]
///
/// The second form compiles one module for five seconds, for a profiler; COMPILER is a name as in the tables.
///
/// Figures of one run can be compared with each other, not with those of another. Without Wasmtime's library it measures
/// the in-tree compilers alone, and says how to get the library.
@main
enum MeasureCompilers {
    static func main() {
        do {
            try run(Request(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("measure-compilers: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ request: Request) throws {
        // As in all runs of the in-tree compilers; Wasmtime allocates in the same way.
        AllocatorTuning.keepLargeBlocks()
        let library = try request.library.map { try WasmtimeLibrary(path: $0) }
        let engines = try Engines(library)
        if let single = request.single {
            guard let engine = engines.all.first(where: { $0.title == single.name }) else {
                throw ComparisonError("there is no compiler '\(single.name)'")
            }
            switch single.purpose {
            case .peakMemory: try PeakMemory.compileOnce(engine, arity: single.arity)
            case .profile("results"):
                try CompileTimes.compileRepeatedly(engine, ComparedModule.results.wasm(arity: single.arity))
            case .profile("chain"):
                try CompileTimes.compileRepeatedly(engine, ComparedModule.chain.wasm(arity: single.arity))
            case .profile(let path): try CompileTimes.compileRepeatedly(engine, try Kernel(path: path).wasm)
            }
            return
        }
        if library == nil {
            print(WasmtimeLibrary.origin)
            print("")
        }
        let kernels = try request.kernels.isEmpty ? Kernel.all() : request.kernels.map { try Kernel(path: $0) }
        if request.includes("compile") {
            let table = ComparisonTable(compilers: engines.compiling, reference: Engines.reference)
            let times = CompileTimes(table: table, rounds: request.rounds, own: engines.inTree, kernels: kernels)
            try times.print()
        }
        if request.includes("execute") {
            let table = ComparisonTable(compilers: engines.executing, reference: Engines.reference)
            try ExecutionTimes(table: table, rounds: request.rounds, kernels: kernels).print()
        }
        if request.includes("memory") {
            try PeakMemory.print(engines.compiling, passing: request.library.map { ["--wasmtime", $0] } ?? [])
        }
    }

    /// The compilers by their use.
    private struct Engines {
        static let reference = "Cranelift"
        let inTree: [ComparedCompiler] = [
            .inTree(.speed, isChecked: false), .inTree(.speed, isChecked: true),
            .inTree(.none, isChecked: false), .inTree(.none, isChecked: true),
        ]
        let wasmtime: [ComparedCompiler]
        let checkingAddresses: [ComparedCompiler]

        init(_ library: WasmtimeLibrary?) throws {
            guard let library else {
                (wasmtime, checkingAddresses) = ([], [])
                return
            }
            wasmtime = [
                .wasmtime(try WasmtimeEngine(library, .cranelift), Self.reference),
                .wasmtime(try WasmtimeEngine(library, .winch), "Winch"),
            ]
            checkingAddresses = [
                .wasmtime(
                    try WasmtimeEngine(library, .cranelift, checksAddresses: true),
                    "\(Self.reference), checked addresses"
                )
            ]
        }

        var compiling: [ComparedCompiler] { inTree + wasmtime }
        var executing: [ComparedCompiler] { [inTree[0], inTree[2]] + wasmtime + checkingAddresses }
        var all: [ComparedCompiler] { inTree + wasmtime + checkingAddresses }
    }
}

/// What the command line asks for.
private struct Request {
    struct Single {
        /// The name of a compiler.
        var name: String
        var arity: Int
        var purpose: Purpose
    }

    enum Purpose {
        case peakMemory
        /// Of a kind of module, or of a kernel at a path.
        case profile(String)
    }

    /// The path of Wasmtime's library.
    var library = ProcessInfo.processInfo.environment["WASMTIME_LIBRARY"]
    var rounds = 10
    var kernels: [String] = []
    /// In a process that does nothing but compile one module.
    var single: Single?
    private var parts: Set<String> = []

    init(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.popFirst() {
            switch argument {
            case "--wasmtime": library = rest.popFirst()
            case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
            case PeakMemory.argument:
                if let name = rest.popFirst(), let arity = rest.popFirst().flatMap({ Int($0) }) {
                    single = Single(name: name, arity: arity, purpose: .peakMemory)
                }
            case "--repeat":
                if let name = rest.popFirst(), let module = rest.popFirst() {
                    let arity = rest.popFirst().flatMap { Int($0) } ?? 1
                    single = Single(name: name, arity: arity, purpose: .profile(module))
                }
            case "compile", "execute", "memory": parts.insert(argument)
            default: kernels.append(argument)
            }
        }
    }

    /// Whether a part is asked for; all are where none is named.
    func includes(_ part: String) -> Bool { parts.isEmpty || parts.contains(part) }
}
