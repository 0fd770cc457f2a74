import ArgumentParser
import Execution
import WasmFormats
import WasmGenerator
import WasmModel

/// Writes one generated module.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a generated module.",
        discussion: """
            Without --edge, --params, --results and --routing the seed decides; with any of them, what is left out is empty, or as \
            --profile and the seed have it. The same options always give the same module. Standard error shows how to run it.

            Example: fuzz-multivalue generate --edge direct-call --params 9*f32 --results '300*i32' -o many.wasm
            Edges: \(Edge.allCases.map(\.rawValue).joined(separator: ", "))
            Routings: \(RoutingPattern.allCases.map(\.rawValue).joined(separator: ", "))
            Profiles:
            \(Profile.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
            """
    )

    @Option(parsing: .unconditional, help: "Decides what the other options leave open.")
    var seed: UInt64 = 0

    @Option(help: "The bias of what the seed decides.", transform: NamedChoice.profile)
    var profile: Profile?

    @Option(help: "An edge that the values cross; may be repeated, outermost first.", transform: NamedChoice.edge)
    var edge: [Edge] = []

    @Option(
        help: ArgumentHelp("The parameter types, such as 9*f32,i64.", valueName: "types"),
        transform: NamedChoice.types
    )
    var params: [ValueType]?

    @Option(
        help: ArgumentHelp("The result types, such as 300*i32.", valueName: "types"),
        transform: NamedChoice.types
    )
    var results: [ValueType]?

    @Option(help: "Which value each result is.", transform: NamedChoice.routing)
    var routing: RoutingPattern?

    @Option(parsing: .unconditional, help: "The greatest number of parameters and of results that the seed decides on.")
    var maxArity = 1000

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("A .wasm or .wat file; text to standard output without.", valueName: "file")
    )
    var output: String?

    func validate() throws {
        guard (0...50_000).contains(maxArity) else {
            throw ArgumentParser.ValidationError("--max-arity is a number from 0 to 50000")
        }
        guard let output, output != "-" else { return }
        guard output.hasSuffix(".wasm") || output.hasSuffix(".wat") || output.hasPrefix("/dev/") else {
            throw ArgumentParser.ValidationError("-o '\(output)' ends neither in .wasm nor in .wat")
        }
    }

    func run() throws {
        if let profile, !namesParts {
            var decisions = DecisionSource(seed: seed)
            switch profile.decidedCase(from: &decisions, maximumArity: maxArity) {
            case .recipe(let recipe): try write(recipe)
            case .program(let program):
                try write(program.module)
                try StandardStream.error.write("a program\nfuzz-multivalue run \((output ?? "-").displayed)\n")
            }
        } else {
            try write(recipe)
        }
    }

    private func write(_ recipe: CaseRecipe) throws {
        let generated = recipe.generate()
        try write(generated.module)
        var command = "fuzz-multivalue run \((output ?? "-").displayed) --invoke \(CaseRecipe.exportName)"
        if recipe.constantsSeed != 0 { command += " --seed \(recipe.constantsSeed)" }
        if generated.invocations.count > 1 { command += " --calls \(generated.invocations.count)" }
        try StandardStream.error.write("\(recipe.summary)\n\(command)\n")
    }

    private func write(_ module: Module) throws {
        let isBinary = output?.hasSuffix(".wasm") ?? false
        let bytes = isBinary ? BinaryEncoder.encode(module) : Array(TextPrinter.text(of: module).utf8)
        try OutputFile.write(bytes, to: output)
    }

    private var namesParts: Bool { !edge.isEmpty || params != nil || results != nil || routing != nil }

    private var recipe: CaseRecipe {
        var recipe = CaseRecipe(edges: [], parameters: [], results: [], seed: seed)
        if !namesParts || profile != nil {
            var decisions = DecisionSource(seed: seed)
            recipe = (profile ?? Profile.all[0]).recipe(from: &decisions, maximumArity: maxArity)
        }
        if !edge.isEmpty { recipe.edges = edge }
        if let params { recipe.parameters = params }
        if let results { recipe.results = results }
        if let routing { recipe.routing = routing }
        return recipe
    }
}
