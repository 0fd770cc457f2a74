import ArgumentParser
import BugZoo
import InTreeEngines
import Listing
import MachineCode
import SSA

/// Compiles one module and shows a stage of it.
struct Compile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compiles a module and writes what a stage of the compiler made of it.",
        discussion: """
            --emit ssa: the functions after translation and, at level speed, optimisation. machine: machine instructions over virtual registers, call layouts, then \
            locations and moves after register allocation and the map of the frame. listing: offsets, bytes and instructions. \
            binary: the bytes alone. --layouts puts the layout of its calls and the map of its frame before the code of each function and stub of a listing. --function shows one function alone; of an imported one, machine and listing have the stub by which it \
            is called.

            Example: fuzz-multivalue compile many.wasm --target arm64 --results loads --emit listing
                     fuzz-multivalue compile many.wasm --target x86_64 --function main --emit ssa
            """
    )

    /// Which stage to show.
    enum Stage: String, CaseIterable {
        case ssa, machine, listing, binary
    }

    @Argument(help: "A .wasm or .wat file, or - for standard input.")
    var file: String

    @Option(help: "x86_64 or arm64.", transform: NamedChoice.target)
    var target: CompilationTarget

    @Option(
        help: "The optimisation level: none or speed.",
        transform: { try NamedChoice.choice($0, of: "optimisation level") }
    )
    var optimize = OptimizationLevel.none

    @Option(
        help: "How calls give results in memory: definitions (of the call) or loads (behind it).",
        transform: NamedChoice.resultStrategy
    )
    var results = ResultStrategy.definitions

    @Option(help: "ssa, machine, listing or binary.", transform: { try NamedChoice.choice($0, of: "stage") })
    var emit = Stage.listing

    @Option(
        help: ArgumentHelp(
            "One function alone, by its index (from 0, imports first), export or name.",
            valueName: "index|name"
        )
    )
    var function: String?

    @Option(
        help: ArgumentHelp("A deliberate bug that the compiler has; zoo lists them.", valueName: "specimen"),
        transform: NamedChoice.specimen
    )
    var inject: Specimen?

    @Flag(help: "Have the layouts of calls and frames in a listing.")
    var layouts = false

    @Option(
        help: ArgumentHelp(
            "A value that --layouts names apart, e.g. 3:results:1 for result 1 of function 3, or 3:parameters:0.",
            valueName: "value"
        )
    )
    var mark: String?

    @OptionGroup
    var release: FeatureOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("A file; standard output without.", valueName: "file"))
    var output: String?

    func validate() throws {
        if function != nil, emit == .binary {
            throw ValidationError("--function has no use beside --emit binary, which is the code of the whole module")
        }
        if layouts, emit != .listing {
            throw ValidationError("--layouts has no use beside --emit \(emit.rawValue)")
        }
        if mark != nil, !layouts { throw ValidationError("--mark has no use without --layouts") }
    }

    func run() throws {
        let input = try InputModule(path: file, features: release.features)
        let function = try function.map { text throws(CommandFailure) in
            try FunctionChoice(text, in: input.module).index
        }
        if let function, emit == .ssa, input.module.definedPosition(of: function) == nil {
            throw CommandFailure(
                "--function: function \(function) is imported, and has no ssa; machine and listing have its stub"
            )
        }
        let value = try mark.map { text throws(CommandFailure) in
            do throws(MarkedValue.Missing) { return try MarkedValue(text, in: input.module) } catch {
                throw CommandFailure("--mark: \(error)")
            }
        }
        let compiler = CompilerFactory(target, change: inject?.breakPipeline).compiler(optimize, results)
        let listing = ModuleListing(input.module, compiler, instructionSet: target.instructionSet)
        do {
            switch emit {
            case .ssa: try OutputFile.write(to: output) { try listing.writeSSA(of: function, to: $0) }
            case .machine: try OutputFile.write(to: output) { try listing.writeMachine(of: function, to: $0) }
            case .listing:
                try OutputFile.write(to: output) {
                    try listing.writeDisassembly(of: function, withLayouts: layouts, marking: value, to: $0)
                }
            case .binary: try OutputFile.write(compiler.compile(input.module).code, to: output)
            }
        } catch let error as CompilationError {
            if case .brokenInvariant = error.reason { throw CommandFailure("\(file): \(error)", status: .difference) }
            throw CommandFailure("\(file): \(error)")
        }
    }
}

extension CompilationTarget {
    /// The instructions that listings for the target show.
    fileprivate var instructionSet: InstructionSet {
        switch self {
        case .x86_64: .x86_64
        case .arm64: .arm64
        }
    }
}
