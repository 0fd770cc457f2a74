/// A value at the edge of an engine: an argument, a result, the content of a global.
///
/// Numbers are kept as bits, so that equality is bit equality; comparison of floats by class is the business of
/// whoever compares outcomes.
public enum WasmValue: Hashable, Sendable {
    case i32(UInt32)
    case i64(UInt64)
    case f32(UInt32)
    case f64(UInt64)
    case v128(V128)
    case reference(WasmReference)

    /// The sixteen bytes that compiled code and host functions exchange: the number in the low bits, the rest zero;
    /// a reference by ``WasmReference/rawBits``.
    public var rawBits: V128 {
        switch self {
        case .i32(let bits), .f32(let bits): V128(low: UInt64(bits), high: 0)
        case .i64(let bits), .f64(let bits): V128(low: bits, high: 0)
        case .v128(let vector): vector
        case .reference(let reference): V128(low: reference.rawBits, high: 0)
        }
    }

    /// Reads a number or a vector from its raw bits; nil for references, whose meaning is the engine's own.
    public init?(rawBits: V128, numberOf type: ValueType) {
        switch type {
        case .i32: self = .i32(UInt32(truncatingIfNeeded: rawBits.low))
        case .i64: self = .i64(rawBits.low)
        case .f32: self = .f32(UInt32(truncatingIfNeeded: rawBits.low))
        case .f64: self = .f64(rawBits.low)
        case .v128: self = .v128(rawBits)
        case .reference: return nil
        }
    }

    /// The default value of a type that has one: zero or null.
    public static func zero(of type: ValueType) -> WasmValue {
        switch type {
        case .i32: .i32(0)
        case .i64: .i64(0)
        case .f32: .f32(0)
        case .f64: .f64(0)
        case .v128: .v128(V128(low: 0, high: 0))
        case .reference: .reference(.null)
        }
    }
}

/// A reference as an engine shows it to the outside.
public enum WasmReference: Hashable, Sendable {
    case null
    /// A number that the host chose.
    case external(UInt32)
    /// A function, by its index in the module under test.
    case function(FunctionIndex)
    /// Any other object, which has no identity outside its engine; the text names its kind.
    case opaque(String)

    /// A number that tells references of one engine's run apart; zero is null.
    public var rawBits: UInt64 {
        switch self {
        case .null: 0
        case .external(let number): UInt64(number) << 1 | 1
        case .function(let index): UInt64(index.rawValue) << 1 | 1
        case .opaque: .max
        }
    }
}
