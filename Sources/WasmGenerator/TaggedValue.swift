import WasmModel

/// Values that say where they came from, so that a wrong result can be explained.
public enum TaggedValue {
    /// References to functions are to those of the first indices; every generated module that needs them has so many functions.
    static let functionCount = 3

    private static func tag(_ kind: UInt32, _ position: Int, _ type: ValueType, seed: UInt64) -> WasmValue {
        let number = kind << 20 | UInt32(truncatingIfNeeded: position) & 0xF_FFFF
        switch type {
        case .i32: return .i32(number ^ UInt32(truncatingIfNeeded: seed) << 28)
        case .i64: return .i64(UInt64(~number) << 32 | UInt64(number))
        case .f32: return .f32(Float(number & 0xFF_FFFF).bitPattern)
        case .f64: return .f64((Double(number) + 0.5).bitPattern)
        case .v128:
            // Each lane of 32 bits has its own number, and none is a NaN.
            func lanes(_ first: UInt32) -> UInt64 {
                UInt64(number | (first + 1) << 28) << 32 | UInt64(number | first << 28)
            }
            return .v128(V128(low: lanes(0), high: lanes(2)))
        case .reference(let reference): return .reference(self.reference(kind, position, reference, number))
        }
    }

    /// Functions in turn, every fourth position null; references of the host only as arguments, as no instruction makes them.
    private static func reference(
        _ kind: UInt32,
        _ position: Int,
        _ type: ReferenceType,
        _ number: UInt32
    ) -> WasmReference {
        switch type.heapType {
        case .function:
            let choice = (position + Int(kind)) % (functionCount + 1)
            return choice == functionCount ? .null : .function(FunctionIndex(choice))
        case .external: return kind == argumentKind ? .external(number) : .null
        case .noFunction, .noExternal, .any, .equatable, .i31, .structure, .array, .none, .exception, .noException,
            .defined:
            return .null
        }
    }

    private static let argumentKind: UInt32 = 3

    /// The argument for a parameter: differs from that of every other parameter, in both halves where it has two.
    ///
    /// References to functions have few values, and those to exceptions one.
    public static func argument(_ position: Int, _ type: ValueType, seed: UInt64) -> WasmValue {
        tag(argumentKind, position, type, seed: seed)
    }

    /// The constant that a routing body has for a result.
    public static func constant(_ position: Int, _ type: ValueType, seed: UInt64) -> WasmValue {
        tag(5, position, type, seed: seed)
    }

    /// The constant that marks the arm or target that was taken.
    static func mark(_ position: Int, _ type: ValueType, seed: UInt64) -> WasmValue {
        tag(9, position, type, seed: seed)
    }
}
