/// Why execution trapped; the raw value is the text that the specification's test suite uses.
///
/// Spec: core 3.0, section 4.6 "Instructions", and the assertions of the test suite.
public enum Trap: String, Hashable, Sendable, CaseIterable, Codable {
    case unreachable = "unreachable"
    case integerDivideByZero = "integer divide by zero"
    case integerOverflow = "integer overflow"
    case invalidConversionToInteger = "invalid conversion to integer"
    case outOfBoundsMemoryAccess = "out of bounds memory access"
    case outOfBoundsTableAccess = "out of bounds table access"
    case undefinedElement = "undefined element"
    case uninitializedElement = "uninitialized element"
    case indirectCallTypeMismatch = "indirect call type mismatch"
    case nullFunctionReference = "null function reference"
    case nullReference = "null reference"
    case nullExceptionReference = "null exception reference"
    case nullStructureReference = "null structure reference"
    case nullArrayReference = "null array reference"
    case nullI31Reference = "null i31 reference"
    case outOfBoundsArrayAccess = "out of bounds array access"
    case castFailure = "cast failure"
    /// A function of a test case's host has a result of a type of which no host can make a value; see ``HostFunction``.
    case noHostValue = "no host value"
    /// The trap of an engine that does not say which it is.
    case unnamed = "trap"

    /// A number for compiled code; zero is kept for "no trap".
    public var code: UInt32 { UInt32(Self.allCases.firstIndex(of: self)!) + 1 }

    /// The trap with a code that ``code`` gave.
    public init?(code: UInt32) {
        guard code >= 1, code <= UInt32(Self.allCases.count) else { return nil }
        self = Self.allCases[Int(code) - 1]
    }
}
