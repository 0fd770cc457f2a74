import Invariants
import WasmModel

extension FunctionTranslator {
    /// Translates a division or a remainder with its checks: a divisor of zero, then a quotient that overflows.
    ///
    /// Spec: core 3.0, section 4.3.2 "Integer Operations" (`idiv`, `irem`).
    mutating func translateDivision(_ operation: Operation, _ type: IRType) {
        let divisor = pop()
        let dividend = pop()
        if type == .i32 {
            trap(.integerDivideByZero, unless: divisor)
        } else {
            let isZero = builder.emit(.compare(.equal), type, divisor, builder.constant(type, 0))
            trap(.integerDivideByZero, if: isZero)
        }
        if operation == .divideSigned {
            let smallest = builder.constant(type, type == .i32 ? Int64(Int32.min) : Int64.min)
            let isSmallest = builder.emit(.compare(.equal), type, dividend, smallest)
            let isMinusOne = builder.emit(.compare(.equal), type, divisor, builder.constant(type, -1))
            trap(.integerOverflow, if: builder.emit(.and, .i32, isSmallest, isMinusOne))
        }
        push(builder.emit(operation, type, dividend, divisor))
    }

    /// Translates the truncation of a float to an integer with its checks: a NaN, then a number out of range.
    ///
    /// Spec: core 3.0, section 4.3.4 "Conversions" (`trunc_u`, `trunc_s`).
    mutating func translateTruncation(_ operation: Operation, _ type: IRType, from source: IRType) {
        let operand = pop()
        trap(.invalidConversionToInteger, if: builder.emit(.floatCompare(.notEqual), source, operand, operand))
        let range = TruncationRange(isSigned: operation == .truncateSigned, type, from: source)
        let lower = builder.constant(source, range.lowerBits)
        let isAbove: Operation = .floatCompare(range.includesLower ? .greaterOrEqual : .greater)
        trap(.integerOverflow, unless: builder.emit(isAbove, source, operand, lower))
        let upper = builder.constant(source, range.upperBits)
        trap(.integerOverflow, unless: builder.emit(.floatCompare(.less), source, operand, upper))
        push(builder.emit(operation, type, operand))
    }
}

/// The floats whose truncation is an integer of some type, by bounds that the float type represents exactly.
struct TruncationRange: Hashable, Sendable {
    /// The lower bound: the least float in range, or the greatest below it.
    var lower: Double
    /// Whether the lower bound is in range itself.
    var includesLower: Bool
    /// The least float above the range, a power of two.
    var upper: Double
    private var isSingle: Bool

    /// The range for truncation to an integer type from a float type.
    init(isSigned: Bool, _ type: IRType, from source: IRType) {
        invariant(type == .i32 || type == .i64, "truncation gives an integer")
        isSingle = source == .f32
        let is32 = type == .i32
        if isSigned {
            upper = is32 ? 0x1p31 : 0x1p63
            // -2^31 - 1 is a double, but no single; neither type has a number between -2^63 - 1 and -2^63.
            let hasFractionsBelow = is32 && !isSingle
            lower = hasFractionsBelow ? -0x1p31 - 1 : -upper
            includesLower = !hasFractionsBelow
        } else {
            upper = is32 ? 0x1p32 : 0x1p64
            lower = -1
            includesLower = false
        }
    }

    var lowerBits: Int64 { bits(lower) }
    var upperBits: Int64 { bits(upper) }

    private func bits(_ number: Double) -> Int64 {
        isSingle ? Int64(Float(number).bitPattern) : Int64(bitPattern: number.bitPattern)
    }
}
