import Execution
import WasmModel

/// How an observation of a direct carriage becomes that of the case.
struct DirectReading: Sendable {
    /// The memory for calls of functions of the host, where these are in the module.
    let log: MemoryPlan?
    let functionTable: String?
    /// Whether one instance stands for all.
    let isStateless: Bool

    /// The observation without what was added.
    func observation(of observed: [Observation]) throws(CarriageFailure) -> Observation {
        guard var result = observed.first else { throw .unseen("an observation") }
        for position in result.instances.indices {
            if let functionTable {
                result.instances[position].tables.removeAll { $0.name.utf8.elementsEqual(functionTable.utf8) }
            }
            guard let log else { continue }
            let memories = result.instances[position].memories
            guard let place = memories.firstIndex(where: { $0.name.utf8.elementsEqual(log.name.utf8) }) else {
                throw .unseen("the memory '\(log.name)'")
            }
            let stored = try StoragePlan.memory(log).open(result.instances[position])
            result.instances[position].hostCalls = try stored.hostCalls(isStateStored: false)
            result.instances[position].memories.remove(at: place)
        }
        if isStateless, let last = result.instances.last { result.instances = [last] }
        return result
    }
}
