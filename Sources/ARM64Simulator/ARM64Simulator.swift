/// A set of registers, for poisoning.
public struct PoisonedRegisters: Hashable, Sendable {
    /// Bit n stands for xn; bit 31 means nothing.
    public var general: UInt32
    /// Bit n stands for vn.
    public var vector: UInt32

    public init(general: UInt32 = 0, vector: UInt32 = 0) {
        self.general = general
        self.vector = vector
    }

    public static let none = PoisonedRegisters()
}

/// A simulated A64 processor core that executes real encodings on the memory of its own process.
///
/// Addresses are host addresses. Code may touch memory that is inside a registered region alone; everything that a
/// correct compiler does not do (unallocated encodings, a misaligned stack pointer, accesses outside the regions, reads of
/// poisoned registers) ends the run with a ``SimulatorFault`` instead of an effect. Floating point is that of the
/// default FPCR; the cumulative exception bits of FPSR are not kept.
///
/// A run starts with arguments in the registers and ``returnAddress`` in x30. A simulator is not thread-safe; its registers
/// may be read and written whenever it is not running.
/// Arm ARM (DDI 0487), A64: the base instructions of Armv8.0-A, its floating point and advanced SIMD, and FEAT_DotProd.
public final class ARM64Simulator {
    /// The address that ends a run when control reaches it; callers put it into x30.
    public static let returnAddress: UInt64 = 0xffff_ffff_ffff_f000

    let core: Core
    private var regions = RegionTable()
    private var hostCalls: Set<UInt64> = []

    /// Makes a core with all registers zero and no regions.
    public init() {
        let x = UnsafeMutablePointer<UInt64>.allocate(capacity: RegisterIndex.count)
        x.initialize(repeating: 0, count: RegisterIndex.count)
        let v = UnsafeMutablePointer<Vector128>.allocate(capacity: 32)
        v.initialize(repeating: Vector128(low: 0), count: 32)
        let state = UnsafeMutablePointer<CoreState>.allocate(capacity: 1)
        state.initialize(to: CoreState(regions: regions.entries))
        core = Core(x: x, v: v, state: state, conditions: Core.conditionTable())
    }

    deinit {
        regions.deallocate()
        core.x.deallocate()
        core.v.deallocate()
        core.state.pointee.regionCache.deallocate()
        core.state.deallocate()
        core.conditions.deallocate()
    }

    // MARK: Registers

    /// The general registers x0 to x30 by number.
    public struct GeneralRegisters {
        /// Held so that the registers outlive a temporary reference to the simulator.
        let simulator: ARM64Simulator

        /// Register x`number`; numbers other than 0 to 30 are misuse and stop the process.
        public subscript(number: Int) -> UInt64 {
            get {
                precondition((0...30).contains(number), "general registers are x0 to x30")
                return withExtendedLifetime(simulator) { simulator.core.x[number] }
            }
            nonmutating set {
                precondition((0...30).contains(number), "general registers are x0 to x30")
                withExtendedLifetime(simulator) { simulator.core.x[number] = newValue }
            }
        }
    }

    /// The vector registers v0 to v31 by number.
    public struct VectorRegisters {
        /// Held so that the registers outlive a temporary reference to the simulator.
        let simulator: ARM64Simulator

        /// Register v`number`; numbers other than 0 to 31 are misuse and stop the process.
        public subscript(number: Int) -> Vector128 {
            get {
                precondition((0...31).contains(number), "vector registers are v0 to v31")
                return withExtendedLifetime(simulator) { simulator.core.v[number] }
            }
            nonmutating set {
                precondition((0...31).contains(number), "vector registers are v0 to v31")
                withExtendedLifetime(simulator) { simulator.core.v[number] = newValue }
            }
        }
    }

    /// The general registers.
    public var x: GeneralRegisters { GeneralRegisters(simulator: self) }
    /// The vector registers.
    public var v: VectorRegisters { VectorRegisters(simulator: self) }

    /// The stack pointer.
    public var sp: UInt64 {
        get { core.x[Int(RegisterIndex.stackPointer)] }
        set { core.x[Int(RegisterIndex.stackPointer)] = newValue }
    }

    /// The program counter: after a fault the address of the instruction that faulted.
    public var pc: UInt64 {
        get { core.state.pointee.pc }
        set { core.state.pointee.pc = newValue }
    }

    /// The condition flags N, Z, C, V in bits 3 to 0.
    public var nzcv: UInt8 {
        get { UInt8(truncatingIfNeeded: core.state.pointee.flags) }
        set { core.state.pointee.flags = UInt64(newValue & 15) }
    }

    /// The number of instructions that all runs have executed.
    public var executedInstructions: UInt64 { core.state.pointee.executedInstructions }

    // MARK: Poison

    /// The registers whose reading as an operand is a fault; a write to one takes it out of the set.
    ///
    /// The data operand of a store may be poisoned: saving a value that nobody will use is not a defect. An instruction that
    /// changes a part of its destination (movk, bfm, ins, bsl) reads it.
    public var poisonedRegisters: PoisonedRegisters {
        get {
            PoisonedRegisters(
                general: UInt32(truncatingIfNeeded: core.state.pointee.poisonedGeneral),
                vector: UInt32(truncatingIfNeeded: core.state.pointee.poisonedVector)
            )
        }
        set {
            core.state.pointee.poisonedGeneral = UInt64(newValue.general & 0x7fff_ffff)
            core.state.pointee.poisonedVector = UInt64(newValue.vector)
        }
    }

    /// The registers that every `bl` and `blr` adds to ``poisonedRegisters``, such as scratch registers; none at first.
    public var registersPoisonedByCalls: PoisonedRegisters {
        get { core.state.pointee.poisonedByCall }
        set { core.state.pointee.poisonedByCall = newValue }
    }

    /// The registers that every `ret` adds to ``poisonedRegisters``; none at first.
    public var registersPoisonedByReturns: PoisonedRegisters {
        get { core.state.pointee.poisonedByReturn }
        set { core.state.pointee.poisonedByReturn = newValue }
    }

    // MARK: Memory

    /// Lets code touch `sizeInBytes` bytes from `address`, which must stay valid as long as the region is registered.
    ///
    /// Instructions are decoded when control first comes to them or to what runs into them, and kept: after changing code from outside, call
    /// ``invalidateInstructions(inRegionAt:)``. An access must lie in one region, also where regions adjoin.
    /// - Throws: ``RegionError`` where the region is empty, overlaps another one, is writable code, or is misaligned code.
    public func addRegion(at address: UInt64, sizeInBytes: UInt64, permissions: RegionPermissions) throws(RegionError) {
        var region = MemoryRegion(base: address, size: sizeInBytes, permissions: permissions, instructions: nil)
        if permissions.contains(.execute) {
            guard !permissions.contains(.write) else { throw .writableCode(address: address) }
            guard address & 3 == 0, sizeInBytes & 3 == 0 else {
                throw .misalignedCode(address: address, sizeInBytes: sizeInBytes)
            }
        }
        for hostCall in hostCalls where region.contains(hostCall) {
            throw .hostCallAddressTaken(address: hostCall)
        }
        try regions.insert(region)
        if permissions.contains(.execute) {
            let instructions = UnsafeMutablePointer<DecodedInstruction>.allocate(capacity: region.wordCount)
            instructions.initialize(repeating: .undecoded, count: region.wordCount)
            region.instructions = instructions
            regions.setInstructions(instructions, ofRegionAt: address)
        }
        regionsChanged()
    }

    /// Registers the bytes of a buffer as ``addRegion(at:sizeInBytes:permissions:)`` does.
    public func addRegion(_ buffer: UnsafeRawBufferPointer, permissions: RegionPermissions) throws(RegionError) {
        try addRegion(
            at: UInt64(UInt(bitPattern: buffer.baseAddress)),
            sizeInBytes: UInt64(buffer.count),
            permissions: permissions
        )
    }

    /// Forgets the region that starts at `address`.
    /// - Throws: ``RegionError/unknownRegion(address:)`` where no region starts there.
    public func removeRegion(at address: UInt64) throws(RegionError) {
        try regions.remove(startingAt: address)
        regionsChanged()
    }

    /// Forgets what was decoded in the code region that starts at `address`.
    /// - Throws: ``RegionError/unknownRegion(address:)`` where no code region starts there.
    public func invalidateInstructions(inRegionAt address: UInt64) throws(RegionError) {
        guard let region = regions.region(containing: address), region.base == address,
            let instructions = region.instructions
        else { throw .unknownRegion(address: address) }
        instructions.update(repeating: .undecoded, count: region.wordCount)
    }

    private func regionsChanged() {
        core.state.pointee.regions = regions.entries
        core.state.pointee.regionCount = regions.count
        core.state.pointee.emptyRegionCache()
    }

    /// Makes `address`, where nothing need be mapped, stop the run with ``StopReason/hostCall(address:)`` when control
    /// reaches it.
    /// - Throws: ``RegionError/hostCallAddressTaken(address:)`` where the address is in a region or is ``returnAddress``.
    public func registerHostCall(_ address: UInt64) throws(RegionError) {
        guard address != Self.returnAddress, regions.region(containing: address) == nil else {
            throw .hostCallAddressTaken(address: address)
        }
        hostCalls.insert(address)
    }

    // MARK: Running

    /// Executes from `address` until control reaches the return address or a host call, the budget is used up, or a fault.
    /// - Parameter budget: the greatest number of instructions to execute.
    public func run(from address: UInt64, budget: UInt64) -> StopReason {
        var remaining = budget
        return run(from: address, remaining: &remaining)
    }

    /// Executes as ``run(from:budget:)`` does, and takes the number of executed instructions from `remaining`.
    public func run(from address: UInt64, remaining: inout UInt64) -> StopReason {
        let reason = go(from: address, remaining: &remaining)
        // An exception ends what exclusive loads have marked.
        if case .fault = reason { clearExclusiveMonitor() }
        return reason
    }

    /// Ends what an exclusive load has marked, as `clrex` does.
    public func clearExclusiveMonitor() { core.state.pointee.exclusiveMonitor = .open }

    private func go(from address: UInt64, remaining: inout UInt64) -> StopReason {
        pc = address
        core.state.pointee.fault = nil
        while true {
            let target = pc
            if target == Self.returnAddress { return .returned }
            if let region = regions.region(containing: target) {
                guard target & 3 == 0 else { return .fault(.misalignedProgramCounter(address: target)) }
                guard region.instructions != nil else {
                    return .fault(.accessNotPermitted(kind: .execute, address: target, size: 4, pc: target))
                }
                switch core.run(in: region, budget: &remaining) {
                case .leftRegion: continue
                case .budgetExhausted: return .budgetExhausted
                case .faulted:
                    // The loop sets a fault whenever it says so.
                    return .fault(core.state.pointee.fault ?? .executionOutsideRegions(address: pc))
                }
            }
            if hostCalls.contains(target) { return .hostCall(address: target) }
            return .fault(.executionOutsideRegions(address: target))
        }
    }

    /// Continues after a host call at the address in x30; the results have been put into the registers.
    public func resumeAfterHostCall(remaining: inout UInt64) -> StopReason {
        run(from: x[30], remaining: &remaining)
    }
}
