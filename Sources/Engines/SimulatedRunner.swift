import ARM64Simulator
import Runtime
import SSA

/// Runs ARM64 code in the simulator, on the memory of the instance.
final class SimulatedRunner: CodeRunner {
    private let simulator = ARM64Simulator()
    private var remaining: UInt64
    private var knownRegions: [UnsafeMutableRawBufferPointer] = []
    private var hasCode = false

    init(budget: Budget) { remaining = budget.fuel }

    func call(
        stub: UnsafeRawPointer,
        callee: UnsafeRawPointer,
        values: UnsafeMutableRawBufferPointer,
        in instance: CompiledInstance
    ) -> RunEnd {
        do {
            try prepare(instance)
        } catch {
            return .fault("simulator: \(error)")
        }
        simulator.x[0] = UInt64(UInt(bitPattern: instance.context))
        simulator.x[1] = UInt64(UInt(bitPattern: callee))
        simulator.x[2] = UInt64(UInt(bitPattern: values.baseAddress))
        simulator.x[30] = ARM64Simulator.returnAddress
        simulator.sp = UInt64(UInt(bitPattern: instance.stackTop))
        var stop = simulator.run(from: UInt64(UInt(bitPattern: stub)), remaining: &remaining)
        while true {
            switch stop {
            case .returned: return .code(UInt32(truncatingIfNeeded: simulator.x[0]))
            case .budgetExhausted: return .exhausted("fuel exhausted")
            case .fault(let fault): return .fault("simulator: \(fault.description)")
            case .hostCall:
                performHostCall()
                do {
                    try updateRegions(of: instance)
                } catch {
                    return .fault("simulator: \(error)")
                }
                stop = simulator.resumeAfterHostCall(remaining: &remaining)
            }
        }
    }

    private func performHostCall() {
        guard let context = UnsafeMutableRawPointer(bitPattern: UInt(simulator.x[0])),
            let values = UnsafeMutableRawPointer(bitPattern: UInt(simulator.x[2]))
        else {
            simulator.x[0] = UInt64(InstanceContextLayout.stackExhaustedCode) + 1
            return
        }
        let code = CompiledInstance.performHostCall(
            context: context,
            callee: UInt32(truncatingIfNeeded: simulator.x[1]),
            values: values
        )
        simulator.x[0] = UInt64(code)
    }

    private func prepare(_ instance: CompiledInstance) throws(RegionError) {
        if !hasCode {
            let code = UnsafeRawBufferPointer(start: instance.code.start, count: instance.code.size)
            try simulator.addRegion(code, permissions: [.read, .execute])
            try simulator.registerHostCall(UInt64(UInt(bitPattern: CompiledInstance.hostGateAddress)))
            hasCode = true
        }
        try updateRegions(of: instance)
    }

    /// Memories grow, and the array of values is replaced by a longer one.
    private func updateRegions(of instance: CompiledInstance) throws(RegionError) {
        let regions = instance.dataRegions.filter { !$0.isEmpty }
        func isSame(_ left: UnsafeMutableRawBufferPointer, _ right: UnsafeMutableRawBufferPointer) -> Bool {
            left.baseAddress == right.baseAddress && left.count == right.count
        }
        if regions.count == knownRegions.count, zip(regions, knownRegions).allSatisfy(isSame) { return }
        for region in knownRegions { try simulator.removeRegion(at: UInt64(UInt(bitPattern: region.baseAddress))) }
        for region in regions { try simulator.addRegion(UnsafeRawBufferPointer(region), permissions: [.read, .write]) }
        knownRegions = regions
    }
}
