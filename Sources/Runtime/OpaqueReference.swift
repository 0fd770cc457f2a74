/// References of the garbage collection proposal, as values that are only passed on and compared: numbers that no address and no number of
/// the host has.
enum OpaqueReference {
    /// What a reference points to; the raw value is its name outside.
    enum Kind: String {
        case structure = "struct"
        case array
        case integer = "i31"
    }

    private static let structureMark: UInt64 = 1 << 63
    private static let arrayMark: UInt64 = 1 << 62
    private static let integerMark: UInt64 = 1 << 61

    /// The reference to an object with a number that no other object has.
    static func object(_ kind: Kind, number: UInt64) -> UInt64 {
        switch kind {
        case .structure: structureMark | number << 1
        case .array: arrayMark | number << 1
        case .integer: integerMark | number << 1
        }
    }

    /// The reference that stands for the low 31 bits of a number.
    static func integer(_ number: UInt32) -> UInt64 { object(.integer, number: UInt64(number & 0x7FFF_FFFF)) }

    /// What kind a reference is of; nil for null, and for references to what exists in memory or in the host.
    static func kind(of reference: UInt64) -> Kind? {
        if reference & structureMark != 0 { return .structure }
        if reference & arrayMark != 0 { return .array }
        return reference & integerMark != 0 ? .integer : nil
    }
}
