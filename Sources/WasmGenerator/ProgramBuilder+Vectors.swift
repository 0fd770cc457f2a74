import WasmModel

/// Lanes of vectors: out of them and into them, in registers and in memory, and from one place to another.
extension ProgramBuilder {
    mutating func lanes() {
        guard features.contains(.simd) else { return }
        switch decisions.choose(6) {
        case 0, 1: shuffle()
        case 2: extract()
        case 3: replace()
        case 4: loadLane()
        default: storeLane()
        }
    }

    // MARK: Registers

    private typealias Lane = (opcode: Opcode, type: ValueType, count: Int)

    private static let extractions: [Lane] = [
        (.i8x16ExtractLaneS, .i32, 16), (.i8x16ExtractLaneU, .i32, 16), (.i16x8ExtractLaneS, .i32, 8),
        (.i16x8ExtractLaneU, .i32, 8), (.i32x4ExtractLane, .i32, 4), (.i64x2ExtractLane, .i64, 2),
        (.f32x4ExtractLane, .f32, 4), (.f64x2ExtractLane, .f64, 2),
    ]
    private static let replacements: [Lane] = [
        (.i8x16ReplaceLane, .i32, 16), (.i16x8ReplaceLane, .i32, 8), (.i32x4ReplaceLane, .i32, 4),
        (.i64x2ReplaceLane, .i64, 2), (.f32x4ReplaceLane, .f32, 4), (.f64x2ReplaceLane, .f64, 2),
    ]

    private mutating func extract() {
        let lane = decisions.choose(from: Self.extractions)
        apply(lane.opcode, .lane(UInt8(decisions.choose(lane.count))), [.v128], [lane.type])
    }

    private mutating func replace() {
        let lane = decisions.choose(from: Self.replacements)
        apply(lane.opcode, .lane(UInt8(decisions.choose(lane.count))), [.v128, lane.type], [.v128])
    }

    /// Moves bytes, halfwords, words or doublewords of two vectors, or of one, in any order or in one that machines have instructions for.
    private mutating func shuffle() {
        let width = decisions.choose(from: [1, 1, 2, 4, 4, 8])
        let count = 16 / width
        let sources = decisions.oneIn(3) ? 2 * count : count
        let first = sources == count && decisions.oneIn(2) ? count : 0
        let start = decisions.choose(sources)
        let chosen: [Int] =
            switch decisions.choose(6) {
            // Neighbours from one on, turned round, one everywhere, and every second one.
            case 0: (0..<count).map { (start + $0) % sources }
            case 1: (0..<count).reversed()
            case 2: Array(repeating: start, count: count)
            case 3: (0..<count).map { (start + 2 * $0) % sources }
            default: (0..<count).map { _ in decisions.choose(sources) }
            }
        let bytes = chosen.flatMap { lane in (0..<width).map { UInt64((first + lane) * width + $0) } }
        func half(_ bytes: ArraySlice<UInt64>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | $1 } }
        apply(
            .i8x16Shuffle,
            .lanes(V128(low: half(bytes[..<8]), high: half(bytes[8...]))),
            [.v128, .v128],
            [.v128]
        )
    }

    // MARK: Memory

    private static let loadedLanes: [Opcode] = [.v128Load8Lane, .v128Load16Lane, .v128Load32Lane, .v128Load64Lane]
    private static let storedLanes: [Opcode] = [.v128Store8Lane, .v128Store16Lane, .v128Store32Lane, .v128Store64Lane]

    private mutating func loadLane() { access(Self.loadedLanes, results: [.v128]) }

    private mutating func storeLane() { access(Self.storedLanes, results: []) }

    private mutating func access(_ opcodes: [Opcode], results: [ValueType]) {
        let exponent = decisions.choose(opcodes.count)
        let lane = UInt8(decisions.choose(16 >> exponent))
        let (argument, address) = memory(UInt8(exponent))
        require([address])
        mask(address, Self.addressMask)
        push(.v128)
        emit(opcodes[exponent], .memoryArgumentAndLane(argument, lane))
        stack.removeLast(2)
        stack += results
    }

    // MARK: Constants

    /// A vector whose lanes are all the same, or of a pattern that a machine's instructions hold.
    mutating func patternedVector() -> V128 {
        let number = UInt64(bitPattern: decisions.choose(from: SpecialValue.integers))
        let word: UInt64 =
            switch decisions.choose(6) {
            case 0: (number & 0xFF) &* 0x0101_0101_0101_0101
            case 1: (number & 0xFFFF) &* 0x0001_0001_0001_0001
            case 2: (number & 0xFF) << (8 * UInt64(decisions.choose(2))) &* 0x0001_0001_0001_0001
            case 3: UInt64(decisions.choose(from: SpecialValue.narrowFloats)) &* 0x1_0000_0001
            case 4: decisions.choose(from: SpecialValue.floats).bitPattern
            default: (number & 0xFFFF_FFFF) &* 0x1_0000_0001
            }
        return V128(low: word, high: decisions.oneIn(4) ? ~word : word)
    }
}
