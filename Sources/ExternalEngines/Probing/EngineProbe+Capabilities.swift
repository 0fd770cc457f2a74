import Execution
import WasmModel

extension EngineProbe {
    /// What was found, as engines say it of themselves.
    /// - Parameter machine: where the code is executed.
    func capabilities(machine: String) -> EngineCapabilities {
        EngineCapabilities(
            summary: host.name,
            version: host.release,
            machine: machine,
            features: featureSet,
            refusals: crashes.isEmpty ? "" : "dies of \(crashes.joined(separator: ", of "))",
            limits: [
                limit(.parameters, limits.parameters),
                limit(.results, limits.results),
                limit(.locals, limits.locals),
                limit(.branchTargets, limits.branchTargets),
            ]
        )
    }

    /// A limit; where the search ended before there was one, that is said.
    private func limit(_ size: ProbeModule.Size, _ figure: Int) -> EngineCapabilities.Limit {
        let name = size.rawValue
        return EngineCapabilities.Limit(figure >= size.greatest ? "\(name) or more" : name, UInt64(figure))
    }
}
