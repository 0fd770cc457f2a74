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
                limit("parameters", limits.parameters, ProbeModule.greatestArity),
                limit("results", limits.results, ProbeModule.greatestArity),
                limit("locals", limits.locals, ProbeModule.greatestLocals),
                limit("branch targets", limits.branchTargets, ProbeModule.greatestBranchTargets),
            ]
        )
    }

    /// A limit; where the search ended before there was one, that is said.
    private func limit(_ name: String, _ figure: Int, _ greatest: Int) -> EngineCapabilities.Limit {
        EngineCapabilities.Limit(figure >= greatest ? "\(name) or more" : name, UInt64(figure))
    }
}
