/// The calls of imported functions in order: the first ones whole, of the rest the number and digests.
///
/// What it keeps is bounded, so that a program may call as often as it likes, and two logs are still equal only where (but for
/// collisions of 64-bit digests) all calls are.
public struct HostCallLog: Hashable, Sendable {
    /// A call is kept whole while the calls before it and their arguments are fewer than this together.
    public static let keptValues = 100_000

    /// The calls that are kept whole.
    public private(set) var first: [HostCall] = []
    /// The number of all calls.
    public private(set) var count = 0
    /// A digest of the calls that are not in ``first``: of their ordinals and the bits of their arguments.
    public private(set) var restDigest: UInt64 = 0
    /// The same with all NaNs taken for one, for comparison of what may differ in nothing but NaNs.
    public private(set) var restDigestWithoutNaNs: UInt64 = 0
    private var keptCount = 0

    /// Makes an empty log.
    public init() {}

    /// Makes a log of calls.
    public init(_ calls: some Sequence<HostCall>) {
        for call in calls { append(call) }
    }

    /// Makes a log of its parts.
    public init(first: [HostCall], count: Int, restDigest: UInt64, restDigestWithoutNaNs: UInt64) {
        self.first = first
        self.count = count
        self.restDigest = restDigest
        self.restDigestWithoutNaNs = restDigestWithoutNaNs
        keptCount = first.reduce(0) { $0 + 1 + $1.arguments.count }
    }

    /// Whether all calls are kept whole.
    public var isWhole: Bool { first.count == count }
    public var isEmpty: Bool { count == 0 }

    /// Adds a call.
    public mutating func append(_ call: HostCall) {
        count += 1
        if isWholeSoFar, keptCount < Self.keptValues {
            first.append(call)
            keptCount += 1 + call.arguments.count
            return
        }
        Self.mix(UInt64(call.importOrdinal), into: &restDigest)
        Self.mix(UInt64(call.importOrdinal), into: &restDigestWithoutNaNs)
        for argument in call.arguments {
            Self.mix(argument, into: &restDigest)
            Self.mix(argument.withoutNaNs, into: &restDigestWithoutNaNs)
        }
    }

    private var isWholeSoFar: Bool { first.count == count - 1 }

    private static func mix(_ value: WasmValue, into digest: inout UInt64) {
        switch value {
        case .i32(let bits), .f32(let bits): mix(UInt64(bits), into: &digest)
        case .i64(let bits), .f64(let bits): mix(bits, into: &digest)
        case .v128(let vector):
            mix(vector.low, into: &digest)
            mix(vector.high, into: &digest)
        case .reference(.opaque(let kind)): for byte in kind.utf8 { mix(UInt64(byte), into: &digest) }
        case .reference(.null), .reference(.external), .reference(.function): mix(value.rawBits.low, into: &digest)
        }
    }

    /// The function of FNV-1a on 64-bit words, with its upper bits folded down.
    ///
    /// Source: Fowler, Noll and Vo, "The FNV Non-Cryptographic Hash Algorithm".
    private static func mix(_ word: UInt64, into digest: inout UInt64) {
        digest = (digest ^ word ^ 0xCBF2_9CE4_8422_2325) &* 0x100_0000_01B3
        digest ^= digest >> 29
    }
}

extension WasmValue {
    /// The value with the canonical NaN for every NaN; of a vector for all of its lanes that are NaNs as either type.
    fileprivate var withoutNaNs: WasmValue {
        switch self {
        case .f32(let bits): .f32(Float(bitPattern: bits).isNaN ? 0x7FC0_0000 : bits)
        case .f64(let bits): .f64(Double(bitPattern: bits).isNaN ? 0x7FF8_0000_0000_0000 : bits)
        case .v128(let vector): .v128(V128(low: Self.withoutNaNs(vector.low), high: Self.withoutNaNs(vector.high)))
        case .i32, .i64, .reference: self
        }
    }

    private static func withoutNaNs(_ lane: UInt64) -> UInt64 {
        if Double(bitPattern: lane).isNaN { return 0x7FF8_0000_0000_0000 }
        func half(_ bits: UInt32) -> UInt64 { UInt64(Float(bitPattern: bits).isNaN ? 0x7FC0_0000 : bits) }
        return half(UInt32(truncatingIfNeeded: lane)) | half(UInt32(truncatingIfNeeded: lane >> 32)) << 32
    }
}
