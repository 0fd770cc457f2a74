import ControlFlow
import SSA

/// The additional code of functions that count fuel; see ``PipelineConfiguration/countsFuel``. Nothing here is emitted for others.
extension EmissionDriver {
    /// Takes one from the fuel of the store, or leaves where there is none. Overwrites the scratch register.
    mutating func emitCountOfFuel() {
        let label = emission.trapLabel(InstanceContextLayout.fuelExhaustedCode)
        let state = emitStoreStateAddress()
        backend.emitCountDown(
            base: state,
            offset: InstanceContextLayout.StoreState.fuel,
            failing: label,
            into: &emission
        )
    }

    /// By block, whether a count stands at its start, so that every cycle has one; nil where nothing is counted.
    func countedBlocks() -> [Bool]? {
        guard emission.function.countsFuel else { return nil }
        var isCounted = emission.function.problem.flowGraph.cycleHeaders()
        // Where a header is left out, all that goes through it goes on where it jumps.
        for block in isCounted.indices where isCounted[block] { isCounted[emission.threading.target(block)] = true }
        return isCounted
    }
}
