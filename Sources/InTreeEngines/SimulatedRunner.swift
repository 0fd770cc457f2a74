import ARM64Simulator
import Execution
import Runtime
import SSA

/// Runs ARM64 code in the simulator, on the memory of the store.
///
/// Scratch registers are poisoned at calls and returns, as no code may expect anything of them there; at the end the stack pointer and the
/// registers that belong to the host have to be as they were.
///
/// Spec: Procedure Call Standard for the Arm 64-bit Architecture, section 6 "The Base Procedure Call Standard".
final class SimulatedRunner: CodeRunner {
    private let simulator = ARM64Simulator()
    private let fuelOfCall: UInt64
    private var remaining: UInt64
    private var knownVersion: Int?
    /// By address.
    private var knownRegions: [UInt: CodeMemoryRegion] = [:]
    private var depth = 0

    init(fuel: UInt64) {
        fuelOfCall = fuel
        remaining = fuel
        simulator.registersPoisonedByCalls = PoisonedRegisters(general: 1 << 16 | 1 << 17, vector: 3 << 30)
        simulator.registersPoisonedByReturns = simulator.registersPoisonedByCalls
    }

    /// What belongs to the host across calls.
    private struct HostRegisters: Equatable {
        /// x19 to x29.
        var general: [UInt64]
        /// The low halves of v8 to v15.
        var vector: [UInt64]
        var stackPointer: UInt64

        init(of simulator: ARM64Simulator) {
            general = (19...29).map { simulator.x[$0] }
            vector = (8...15).map { simulator.v[$0].low }
            stackPointer = simulator.sp
        }

        func restore(in simulator: ARM64Simulator) {
            for (position, value) in general.enumerated() { simulator.x[19 + position] = value }
            for (position, value) in vector.enumerated() { simulator.v[8 + position].low = value }
            simulator.sp = stackPointer
        }
    }

    func call(_ entry: EntryCall, in store: CompiledStore) -> RunEnd {
        var top = UInt64(UInt(bitPattern: store.stackTop))
        if depth == 0 {
            remaining = fuelOfCall
            // Values that no code makes by accident.
            for number in 19...29 { simulator.x[number] = 0x5AFE_0000 + UInt64(number) }
            for number in 8...15 { simulator.v[number] = Vector128(low: 0x5AFE_1000 + UInt64(number)) }
        } else {
            top = simulator.sp
        }
        let link = simulator.x[30]
        simulator.sp = top
        let registers = HostRegisters(of: simulator)
        depth += 1
        defer {
            depth -= 1
            registers.restore(in: simulator)
            simulator.x[30] = link
        }
        simulator.x[0] = UInt64(UInt(bitPattern: entry.context))
        simulator.x[1] = UInt64(UInt(bitPattern: entry.callee))
        simulator.x[2] = UInt64(UInt(bitPattern: entry.values))
        simulator.x[30] = ARM64Simulator.returnAddress
        do {
            try prepare(store)
        } catch {
            return .fault("simulator: \(error)")
        }
        let end = run(from: UInt64(UInt(bitPattern: entry.stub)), in: store)
        if case .code = end, HostRegisters(of: simulator) != registers {
            return .fault("simulator: a register of the host has changed")
        }
        return end
    }

    private func run(from address: UInt64, in store: CompiledStore) -> RunEnd {
        var stop = simulator.run(from: address, remaining: &remaining)
        while true {
            switch stop {
            case .returned: return .code(UInt32(truncatingIfNeeded: simulator.x[0]))
            case .budgetExhausted: return .exhausted(InvocationOutcome.fuelExhaustion)
            case .fault(let fault): return .fault("simulator: \(fault.description)")
            case .hostCall:
                guard performHostCall() else { return .fault("simulator: a host call with impossible arguments") }
                do {
                    try updateRegions(of: store)
                } catch {
                    return .fault("simulator: \(error)")
                }
                stop = simulator.resumeAfterHostCall(remaining: &remaining)
            }
        }
    }

    private func performHostCall() -> Bool {
        guard let context = pointer(0), let values = pointer(2), let frame = pointer(3), simulator.sp % 16 == 0 else {
            return false
        }
        let code = CompiledStore.performHostCall(
            context: context,
            callee: UInt32(truncatingIfNeeded: simulator.x[1]),
            values: values,
            frame: frame
        )
        // What the host may change, it changes.
        for number in 1...18 { simulator.x[number] = 0xDEAD_0000 + UInt64(number) }
        simulator.x[0] = UInt64(code)
        return true
    }

    private func pointer(_ register: Int) -> UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: UInt(simulator.x[register]))
    }

    private func prepare(_ store: CompiledStore) throws(RegionError) {
        if knownVersion == nil {
            try simulator.registerHostCall(UInt64(UInt(bitPattern: CompiledStore.hostGateAddress)))
        }
        try updateRegions(of: store)
    }

    /// Memories and tables grow, instances come, and arrays of values are replaced by longer ones.
    private func updateRegions(of store: CompiledStore) throws(RegionError) {
        if store.regionsVersion == knownVersion { return }
        knownVersion = store.regionsVersion
        let regions = store.regions
        let current = Dictionary(regions.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
        for (address, region) in knownRegions where current[address] != region {
            try simulator.removeRegion(at: UInt64(address))
        }
        for region in regions where knownRegions[region.address] != region {
            let permissions: RegionPermissions =
                switch region.access {
                case .readOnly: [.read]
                case .readWrite: [.read, .write]
                case .execute: [.read, .execute]
                }
            try simulator.addRegion(
                at: UInt64(region.address),
                sizeInBytes: UInt64(region.byteCount),
                permissions: permissions
            )
        }
        knownRegions = current
    }
}
