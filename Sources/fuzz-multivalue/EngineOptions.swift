import ArgumentParser
import BugZoo
import Differential
import Engines
import Foundation
import WasmModel

/// The options by which commands choose engines.
struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Engines, separated by commas: interpreter, x86_64, arm64, with :definitions or :loads; all by default.",
            valueName: "names"
        )
    )
    var engines: String?

    @Option(
        help: ArgumentHelp("Put the mechanism of a known bug into the compilers; see zoo.", valueName: "specimen"),
        transform: NamedChoice.specimen
    )
    var inject: Specimen?

    /// The chosen engines, each in a worker process.
    func selection() throws -> EngineSelection { try EngineSelection(names: engines, specimen: inject) }
}

/// The oracle and the engines to compare with it; all run in worker processes, so that a crash, a hang or exhausted memory is an outcome.
struct EngineSelection {
    let oracle: any Engine
    /// Without the oracle.
    let engines: [any Engine]
    /// The deliberate bug that the compilers have.
    let specimen: String?

    /// - Parameter names: separated by commas; nil for every compiler.
    init(names: String?, specimen: Specimen?) throws {
        let catalog = EngineCatalog()
        var selected = names == nil ? catalog.allCompilers.map(\.name) : []
        for name in names?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
            do {
                for engine in try catalog.engines(named: String(name))
                where engine.name != catalog.oracle.name && !selected.contains(engine.name) {
                    selected.append(engine.name)
                }
            } catch {
                throw CommandFailure("--engines: \(error)")
            }
        }
        // The oracle has a process of its own, which the crashes of the others leave alone.
        let oracle = try Self.isolated([catalog.oracle.name], specimen: nil)
        self.oracle = oracle[0]
        engines = try Self.isolated(selected, specimen: specimen?.identifier)
        self.specimen = specimen?.identifier
    }

    /// Engines of one worker, which is this program again and has been started.
    private static func isolated(_ names: [String], specimen: String?) throws -> [any Engine] {
        guard let executable = Bundle.main.executablePath else {
            throw CommandFailure("cannot find the program itself to start workers", status: 1)
        }
        let worker = ServingWorker(WorkerInvocation(executable: executable, arguments: Worker.arguments))
        let engines = names.map { IsolatedEngine(name: $0, specimen: specimen, worker: worker) }
        let emptyModule = TestCase(wasm: [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], invocations: [])
        if let engine = engines.first, case .refused(let reason) = engine.run(emptyModule, within: Budget()) {
            throw CommandFailure(reason, status: 1)
        }
        return engines
    }
}
