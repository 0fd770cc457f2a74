import Execution
import Foundation
import TestedEngines

/// Engines outside of the program as far as a campaign sees them: `foreign:good`, `foreign:old`, which cannot be used, and `foreign:slow`,
/// which takes five seconds to be tried.
struct ForeignEngines: EngineFactory {
    /// Beside the engines in the tree.
    static let registry = EngineRegistry(
        oracle: TestedEngines.registry.oracle,
        factories: TestedEngines.registry.factories + [ForeignEngines()]
    )

    var family: String { "foreign" }
    var configurations: [EngineName] { ["foreign:good", "foreign:old", "foreign:slow"] }
    var obstacle: String? { nil }
    var isExternal: Bool { true }

    func makeEngine(_ name: EngineName) -> any Engine { ForeignEngine(name: name) }
}

private struct ForeignEngine: Engine {
    let name: EngineName

    var capabilities: EngineCapabilities {
        if name == "foreign:slow" { sleep(5) }
        return .unstated
    }

    var obstacle: String? { name == "foreign:old" ? "bad option" : nil }

    func run(_ test: TestCase, within budget: Budget) -> Outcome { .notRun(reason: obstacle ?? "it is only a name") }
}
