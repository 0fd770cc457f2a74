/// A value that the host of a test case makes: for a result of an imported function, an imported global, the elements of an
/// imported table.
public enum HostValue: Hashable, Sendable {
    /// A number, a vector, null, or a number of the host behind `extern`.
    case value(WasmValue)
    /// A number of the host, converted to `any`.
    case converted(UInt32)
    /// A reference to an integer of 31 bits.
    case integer(UInt32)
    /// A reference to an imported function, by its index in the module that imports.
    case function(FunctionIndex)

    /// The value as it is seen from outside, by the kind of its reference.
    public var seen: WasmValue {
        switch self {
        case .value(let value): value
        case .converted(let number): .reference(.opaque("host \(number)"))
        case .integer: .reference(.opaque("i31"))
        case .function(let index): .reference(.function(index))
        }
    }

    /// What a value stands for, which its number names.
    public struct Place: Hashable, Sendable {
        /// No other place has the number.
        public let number: UInt32
        /// Whether a reference that may be null is null here.
        let prefersNull: Bool

        /// A result of an imported function.
        /// - Parameters:
        ///   - ordinal: the position among the imported functions.
        ///   - position: that of the result.
        public init(import ordinal: Int, result position: Int) {
            number = UInt32(truncatingIfNeeded: 0x0800_0000 + ordinal << 20 + position)
            prefersNull = (ordinal + position) % 2 == 1
        }

        /// An imported global, by its position among the imported globals.
        public init(global ordinal: Int) { self.init(import: ordinal, result: 1 << 19) }

        /// The elements of an imported table, by its position among the imported tables.
        public init(table ordinal: Int) { self.init(import: ordinal, result: 3 << 18) }
    }

    /// The value of a type at a place; nil where there is none that a host can make.
    ///
    /// Numbers, and those behind `extern` and `any`, name the place; none is a NaN. References that may be null are null at every
    /// second place. Structures, arrays and exceptions are not made, and nothing is of the bottom types: there null is the only value.
    /// - Parameters:
    ///   - anyFunction: the imported function that stands for `func`; nil where there is none.
    ///   - functionOfType: the imported function that is of a defined type of the module; nil where none is.
    public static func made(
        for type: ValueType,
        _ place: Place,
        anyFunction: FunctionIndex?,
        functionOfType: (TypeIndex) -> FunctionIndex?
    ) -> HostValue? {
        let number = place.number
        switch type {
        case .i32: return .value(.i32(number))
        case .i64: return .value(.i64(UInt64(number) << 32 | UInt64(~number)))
        case .f32: return .value(.f32(Float(number & 0xFF_FFFF).bitPattern))
        case .f64: return .value(.f64(Double(number).bitPattern))
        case .v128: return .value(.v128(V128(low: UInt64(number) << 32 | UInt64(number), high: UInt64(~number))))
        case .reference(let type):
            if type.isNullable, place.prefersNull { return .value(.reference(.null)) }
            let object: HostValue? =
                switch type.heapType {
                case .external: .value(.reference(.external(number)))
                case .any: .converted(number)
                case .equatable, .i31: .integer(number & 0x3FFF_FFFF)
                case .function: anyFunction.map(HostValue.function)
                case .defined(let index): functionOfType(index).map(HostValue.function)
                case .structure, .array, .exception, .none, .noFunction, .noExternal, .noException: nil
                }
            return object ?? (type.isNullable ? .value(.reference(.null)) : nil)
        }
    }
}
