import ArgumentParser
import Differential
import Execution
import Foundation
import WasmFormats
import WasmGenerator
import WasmModel

/// Writes a generated module, or many.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a generated module.",
        discussion: """
            Without --edge, --params, --results and --routing the seed decides; with any of them, what is left out is empty, or as \
            --profile and the seed have it. The same options always give the same module. Standard error shows how to run it.

            Example: fuzz-multivalue generate --edge direct-call --params 9*f32 --results '300*i32' -o many.wasm
            Example: fuzz-multivalue generate --profile everything --count 20000 -o folder
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
        parsing: .unconditional,
        help: "Write so many modules, of the seed and those behind it, into the folder of --output."
    )
    var count: Int?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "A .wasm or .wat file, or with --count a folder; text to standard output without.",
            valueName: "file"
        )
    )
    var output: String?

    func validate() throws {
        guard (0...50_000).contains(maxArity) else {
            throw ArgumentParser.ValidationError("--max-arity is a number from 0 to 50000")
        }
        if let count {
            guard count > 0 else { throw ArgumentParser.ValidationError("--count is a number from 1 on") }
            guard profile != nil, !namesParts else {
                throw ArgumentParser.ValidationError("--count needs --profile, and no part of a case")
            }
            guard output != nil, output != "-" else { throw ArgumentParser.ValidationError("--count needs --output") }
            return
        }
        guard let output, output != "-" else { return }
        guard output.hasSuffix(".wasm") || output.hasSuffix(".wat") || output.hasPrefix("/dev/") else {
            throw ArgumentParser.ValidationError("-o '\(output)' ends neither in .wasm nor in .wat")
        }
    }

    func run() throws {
        if let count, let output, let profile {
            try writeFolder(output, count, profile)
        } else if let profile, !namesParts {
            switch decidedCase(of: profile, seed) {
            case .recipe(let recipe): try write(recipe)
            case .program(let program):
                try write(program.module)
                try StandardStream.error.write("a program\nfuzz-multivalue run \((output ?? "-").displayed)\n")
            }
        } else {
            try write(recipe)
        }
    }

    private func decidedCase(of profile: Profile, _ seed: UInt64) -> DecidedCase {
        var decisions = DecisionSource(seed: seed)
        return profile.decidedCase(from: &decisions, maximumArity: maxArity)
    }

    /// Writes the modules of several seeds as `<seed>.wasm`.
    private func writeFolder(_ folder: String, _ count: Int, _ profile: Profile) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), !isFolder.boolValue {
            throw CommandFailure("\(folder.displayed): is no folder")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("\(folder.displayed): cannot be made: \(error.oneLine)")
        }
        let progress = ProgressLine()
        defer { progress.clear() }
        for number in 0..<count {
            progress.show("\(number) of \(count) modules")
            let seed = seed &+ UInt64(number)
            let subject = Case(decidedCase(of: profile, seed).inOneInstance)
            try OutputFile.write(subject.test.wasm, to: "\(folder)/\(seed).wasm")
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
