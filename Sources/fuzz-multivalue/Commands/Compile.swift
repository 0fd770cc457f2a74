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
            binary: the bytes alone.

            Example: fuzz-multivalue compile many.wasm --target arm64 --results loads --emit listing
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
        help: ArgumentHelp("A deliberate bug to compile with; 'zoo' lists them.", valueName: "specimen"),
        transform: NamedChoice.specimen
    )
    var inject: Specimen?

    @OptionGroup
    var release: FeatureOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("A file; standard output without.", valueName: "file"))
    var output: String?

    func run() throws {
        let input = try InputModule(path: file, features: release.features)
        let compiler = CompilerFactory(target, change: inject?.breakPipeline).compiler(optimize, results)
        let listing = ModuleListing(input.module, compiler, instructionSet: target.instructionSet)
        do {
            switch emit {
            case .ssa: try OutputFile.write(to: output) { try listing.writeSSA(to: $0) }
            case .machine: try OutputFile.write(to: output) { try listing.writeMachine(to: $0) }
            case .listing: try OutputFile.write(to: output) { try listing.writeDisassembly(to: $0) }
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
