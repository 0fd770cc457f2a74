import Execution
import Foundation
import WasmFormats
import WasmInterpreter

/// The interpreter, but for modules with an export `crash`, which take the process with them, and `spin`, which take for ever.
struct FragileEngine: StoreEngine {
    static let family = "fragile"
    var name: EngineName { EngineName(family: Self.family) }

    private let interpreter = InterpreterEngine()

    func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        for export in module.module.exports {
            if export.name == "crash" { raise(SIGSEGV) }
            if export.name == "spin" { while true {} }
        }
        return try interpreter.prepare(module)
    }

    func makeStore(within budget: Budget) throws(EngineFailure) -> any Store {
        try interpreter.makeStore(within: budget)
    }
}

struct FragileFactory: EngineFactory {
    var family: String { FragileEngine.family }
    var configurations: [EngineName] { [FragileEngine().name] }
    var capabilities: EngineCapabilities {
        EngineCapabilities(summary: "breaks", version: "1", machine: "this one", features: .wasm3)
    }
    var obstacle: String? { nil }

    func makeEngine(_ name: EngineName) -> any Engine { FragileEngine() }
}
