import ARM64Simulator

/// Makes sequences of instructions together with what the simulator says they do.
///
/// The memory at the addresses of ``ThirdPartyLayout`` must be mapped.
final class SequenceGenerator {
    private let simulator = ARM64Simulator()
    private var random: SplitMix64
    private let classes: [EncodingClass]
    private let exclusions: [Exclusion]
    private let acceptsIllegal: Bool
    /// How often an instruction of a class was executed, or found unallocated.
    private(set) var executed = 0
    /// The word that must come next: the second of a pair.
    private var following: UInt32?
    private(set) var illegal = 0

    static let length = 24
    private static let nop: UInt32 = 0xd503_201f
    private static let clearExclusive: UInt32 = 0xd503_3f5f

    /// - Parameter acceptsIllegal: whether sequences contain what the simulator holds to be unallocated.
    init(seed: UInt64, exclusions: [Exclusion], acceptsIllegal: Bool) throws {
        random = SplitMix64(seed: seed)
        self.exclusions = exclusions
        self.acceptsIllegal = acceptsIllegal
        classes = EncodingClass.all
        try simulator.addRegion(
            at: ThirdPartyLayout.scratchAddress,
            sizeInBytes: UInt64(ThirdPartyLayout.scratchSize),
            permissions: [.read, .write]
        )
    }

    // MARK: Start values

    /// Singles at the limits of integers and of half precision, ties included.
    private static let limits32: [UInt32] = [
        0x4eff_ffff, 0x4f00_0000, 0x4f00_0001, 0x4f7f_ffff, 0x4f80_0000, 0x5eff_ffff, 0x5f00_0000, 0x5f7f_ffff,
        0x5f80_0000, 0x3f00_0000, 0x3f7f_ffff, 0x3fc0_0000, 0x4020_0000, 0x4b00_0001, 0x477f_e000, 0x477f_efff,
        0x477f_f000, 0x477f_ffff, 0x3300_0000, 0x3300_0001, 0x387f_e000, 0x387f_f000, 0x3880_1000, 0x3880_3000,
    ]

    private func interesting32() -> UInt32 {
        let bits = UInt32(truncatingIfNeeded: random.next())
        switch random.below(14) {
        case 10: return Self.limits32[Int(bits >> 1) % Self.limits32.count] | bits << 31
        case 11: return (0x3280_0000 &+ bits % 0x1580_0000) & 0xffff_f000 | bits << 31
        case 0: return bits & 0x8000_0000
        case 1: return 0x7f80_0000 | bits & 0x8000_0000
        case 2: return 0x7f80_0000 | bits & 0x807f_ffff
        case 3: return bits & 0x807f_ffff
        case 4: return bits & 0x803f_ffff | 0x3f80_0000
        case 5: return 0x4b00_0000 &+ bits & 0x07ff_ffff | bits & 0x8000_0000
        case 6: return Float(Int32(truncatingIfNeeded: bits % 64) - 32).bitPattern
        case 7: return 0x8000_0000 &- bits & 3
        case 8: return bits & 0x7f7f_7f7f
        case 9: return bits & 0x8080_8080 | 0x7fff_7f80
        default: return bits
        }
    }

    /// Doubles at the limits of integers and of single precision, ties included.
    private static let limits64: [UInt64] = [
        0x41df_ffff_ffc0_0000, 0x41df_ffff_ffe0_0000, 0x41e0_0000_0000_0000, 0x41e0_0000_0010_0000,
        0x41ef_ffff_ffe0_0000, 0x41ef_ffff_fff0_0000, 0x41f0_0000_0000_0000, 0x43df_ffff_ffff_ffff,
        0x43e0_0000_0000_0000, 0x43e0_0000_0000_0001, 0x43ef_ffff_ffff_ffff, 0x43f0_0000_0000_0000,
        0x47ef_ffff_e000_0000, 0x47ef_ffff_efff_ffff, 0x47ef_ffff_f000_0000, 0x47f0_0000_0000_0000,
        0x3690_0000_0000_0000, 0x3690_0000_0000_0001, 0x380f_ffff_ffff_ffff, 0x3ff0_0000_1000_0000,
        0x3ff0_0000_3000_0000, 0x3fe0_0000_0000_0000, 0x4004_0000_0000_0000, 0x40ef_fe00_0000_0000,
    ]

    private func interesting64() -> UInt64 {
        let bits = random.next()
        switch random.below(13) {
        case 10: return Self.limits64[Int(bits >> 1) % Self.limits64.count] | bits << 63
        case 0: return bits & 0x8000_0000_0000_0000
        case 1: return 0x7ff0_0000_0000_0000 | bits & 0x8000_0000_0000_0000
        case 2: return 0x7ff0_0000_0000_0000 | bits & 0x800f_ffff_ffff_ffff
        case 3: return bits & 0x800f_ffff_ffff_ffff
        case 4: return bits & 0x8007_ffff_ffff_ffff | 0x3ff0_0000_0000_0000
        case 5: return 0x4330_0000_0000_0000 &+ bits & 0x07ff_ffff_ffff_ffff | bits & 0x8000_0000_0000_0000
        case 6: return Double(Float(bitPattern: interesting32())).bitPattern
        case 7: return 0x8000_0000_0000_0000 &- bits & 3
        case 8: return UInt64(bitPattern: Int64(bits % 256) - 128)
        case 9: return 0x3690_0000_0000_0000 &+ bits & 0x01ff_ffff_ffff_ffff
        default: return bits
        }
    }

    private func interestingVector() -> Vector128 {
        func half() -> UInt64 {
            random.below(2) == 0 ? interesting64() : UInt64(interesting32()) << 32 | UInt64(interesting32())
        }
        return Vector128(low: half(), high: half())
    }

    private func pointer() -> UInt64 {
        let offset = UInt64(random.below(12)) * 16 + 16
        return ThirdPartyLayout.scratchAddress + offset + (random.below(3) == 0 ? UInt64(random.below(16)) : 0)
    }

    private func start() -> MachineSnapshot {
        var snapshot = MachineSnapshot()
        for number in 0..<31 {
            switch random.below(4) {
            case 0: snapshot.x[number] = pointer()
            case 1: snapshot.x[number] = UInt64(random.below(40))
            case 2: snapshot.x[number] = interesting64()
            default: snapshot.x[number] = random.next() >> UInt64(random.below(64))
            }
        }
        snapshot.sp = ThirdPartyLayout.scratchAddress + 128
        snapshot.nzcv = UInt8(random.below(16))
        for number in 0..<32 { snapshot.v[number] = interestingVector() }
        for index in 0..<snapshot.scratch.count { snapshot.scratch[index] = UInt8(random.below(256)) }
        return snapshot
    }

    // MARK: Sequences

    struct Sequence {
        var words: [UInt32]
        var before: MachineSnapshot
        /// What the simulator says.
        var after: MachineSnapshot
    }

    /// A sequence of ``length`` words for `address`.
    func sequence(at address: UInt64) throws -> Sequence {
        let before = start()
        before.apply(to: simulator)
        let code = UnsafeMutablePointer<UInt32>(bitPattern: UInt(address))!
        code.update(repeating: Self.nop, count: Self.length)
        try simulator.addRegion(at: address, sizeInBytes: UInt64(4 * Self.length), permissions: [.read, .execute])
        defer { try? simulator.removeRegion(at: address) }
        following = nil
        var pc = address
        let end = address + UInt64(4 * Self.length)
        var isMarked = false
        while pc < end {
            let index = Int(pc - address) / 4
            // After many words in vain the slot stays empty.
            for _ in 0..<32 {
                guard let word = candidate(isLast: pc + 4 == end) else { continue }
                code[index] = word
                try simulator.invalidateInstructions(inRegionAt: address)
                if step(from: pc) {
                    isMarked = EncodingClass.exclusiveStore(after: word, status: 0) != nil
                    break
                }
                code[index] = Self.nop
                // The fault has ended the mark here, and will not be there when the sequence runs.
                if isMarked { following = Self.clearExclusive }
                isMarked = false
            }
            if code[index] == Self.nop {
                pc += 4
            } else {
                pc = simulator.pc
            }
        }
        try simulator.invalidateInstructions(inRegionAt: address)
        let words = Array(UnsafeBufferPointer(start: code, count: Self.length))
        return Sequence(words: words, before: before, after: run(from: before, at: address, end: end))
    }

    /// A word that may follow; nil for one that would do no good.
    private func candidate(isLast: Bool) -> UInt32? {
        if let word = following {
            following = nil
            return word
        }
        let word: UInt32
        switch random.below(32) {
        case 0 where !isLast:
            let register = random.below(31)
            following = EncodingClass.registerBranches[Int(random.below(3))] | register << 5
            word = 0x1000_0040 | register  // adr, two words on
        case 1 where !isLast:
            word = EncodingClass.branches[Int(random.below(UInt32(EncodingClass.branches.count)))].word(
                &random,
                pointers: [],
                indices: []
            )
        case 2...5:
            word = UInt32(truncatingIfNeeded: random.next())
            // System registers are not simulated; the sequence does not hold all that literals name.
            if word >> 24 == 0xd5 || word & 0x3b80_0000 == 0x1800_0000 { return nil }
        default:
            var (pointers, indices): ([UInt32], [UInt32]) = ([], [31])
            for number: UInt32 in 0..<31 {
                let value = simulator.x[Int(number)]
                if value &- ThirdPartyLayout.scratchAddress < UInt64(ThirdPartyLayout.scratchSize) {
                    pointers.append(number)
                }
                if value < 64 { indices.append(number) }
            }
            if simulator.sp &- ThirdPartyLayout.scratchAddress < UInt64(ThirdPartyLayout.scratchSize) {
                pointers.append(31)
            }
            let choice = classes[Int(random.below(UInt32(classes.count)))]
            word = choice.word(&random, pointers: pointers, indices: indices)
        }
        // A store that succeeds follows where the load is possible.
        if let store = EncodingClass.exclusiveStore(after: word, status: random.below(31)) {
            if isLast { return nil }
            following = store
        }
        return exclusions.contains { $0.matches(word) } ? nil : word
    }

    /// Executes one word; false where it may not stay.
    private func step(from pc: UInt64) -> Bool {
        let link = simulator.x[30]
        switch simulator.run(from: pc, budget: 1) {
        case .budgetExhausted, .fault(.executionOutsideRegions):
            // Control goes on with one of the next two words.
            guard simulator.pc == pc + 4 || simulator.pc == pc + 8 else {
                simulator.x[30] = link
                return false
            }
            executed += 1
            return true
        case .fault(.unallocatedEncoding), .fault(.permanentlyUndefined):
            // Signals take long; not every one is worth it.
            guard acceptsIllegal, random.below(4) == 0 else { return false }
            simulator.pc = pc + 4
            illegal += 1
            return true
        default:
            return false
        }
    }

    /// Runs words that are in place, skipping what is illegal.
    private func run(from before: MachineSnapshot, at address: UInt64, end: UInt64) -> MachineSnapshot {
        before.apply(to: simulator)
        var signals: UInt64 = 0
        var pc = address
        while pc != end {
            switch simulator.run(from: pc, budget: 10_000) {
            case .fault(.unallocatedEncoding), .fault(.permanentlyUndefined):
                signals += MachineSnapshot.illegalSignal
                pc = simulator.pc + 4
            case .fault(.executionOutsideRegions):
                pc = simulator.pc
                if pc != end { return MachineSnapshot(simulator, signals: .max) }
            default:
                return MachineSnapshot(simulator, signals: .max)
            }
        }
        return MachineSnapshot(simulator, signals: signals)
    }

    // MARK: The culprit

    /// The words of a sequence one by one, each a sequence of its own from the simulator's state before it.
    func steps(of sequence: Sequence, at address: UInt64, next: (UInt32, MachineSnapshot) throws -> UInt64) throws
        -> [Sequence]
    {
        let code = UnsafeMutablePointer<UInt32>(bitPattern: UInt(address))!
        for (index, word) in sequence.words.enumerated() { code[index] = word }
        try simulator.addRegion(at: address, sizeInBytes: UInt64(4 * Self.length), permissions: [.read, .execute])
        sequence.before.apply(to: simulator)
        var states: [(UInt32, MachineSnapshot)] = []
        var pc = address
        while pc < address + UInt64(4 * sequence.words.count) {
            let word = code[Int(pc - address) / 4]
            // A branch does not end behind itself, but it cannot change much either.
            let isBranch = word >> 26 & 7 == 0b101 && word >> 24 != 0xd5
            if !isBranch { states.append((word, MachineSnapshot(simulator, signals: 0))) }
            if case .fault(let fault) = simulator.run(from: pc, budget: 1), simulator.pc == pc {
                if case .executionOutsideRegions = fault { break }
                pc += 4
            } else {
                pc = simulator.pc
            }
        }
        try simulator.removeRegion(at: address)
        return try states.map { word, before in
            let place = try next(word, before)
            UnsafeMutablePointer<UInt32>(bitPattern: UInt(place))!.pointee = word
            try simulator.addRegion(at: place, sizeInBytes: 4, permissions: [.read, .execute])
            defer { try? simulator.removeRegion(at: place) }
            before.apply(to: simulator)
            let after = run(from: before, at: place, end: place + 4)
            return Sequence(words: [word], before: before, after: after)
        }
    }
}
