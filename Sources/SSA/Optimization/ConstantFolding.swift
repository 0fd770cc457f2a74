/// What operations on known numbers give.
///
/// A number is its bits, those of 32-bit types sign-extended, as in the immediate of ``Operation/constant``. What would be a NaN is not
/// folded, as its bits are the machine's choice.
///
/// Spec: core 3.0, section 4.3 "Numerics".
enum ConstantFolding {
    /// The result of an operation with one operand; nil where it has no single result, or is not folded.
    /// - Parameters:
    ///   - type: the type in the record.
    ///   - operandType: that of the operand.
    static func unary(_ operation: Operation, _ type: IRType, _ operandType: IRType, _ operand: Int64) -> Int64? {
        switch operation {
        case .countLeadingZeros:
            type == .i32 ? Int64(word(operand).leadingZeroBitCount) : Int64(operand.leadingZeroBitCount)
        case .countTrailingZeros:
            type == .i32 ? Int64(word(operand).trailingZeroBitCount) : Int64(operand.trailingZeroBitCount)
        case .populationCount:
            type == .i32 ? Int64(word(operand).nonzeroBitCount) : Int64(operand.nonzeroBitCount)
        case .signExtend8: Int64(Int8(truncatingIfNeeded: operand))
        case .signExtend16: Int64(Int16(truncatingIfNeeded: operand))
        case .signExtend32, .extendSigned, .wrap: Int64(Int32(truncatingIfNeeded: operand))
        case .extendUnsigned: Int64(word(operand))
        case .reinterpret: operand
        case .floatAbsolute, .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest:
            type == .f32
                ? bits(float(operation, single(operand))) : bits(float(operation, double(operand)))
        case .demote: bits(Float(double(operand)))
        case .promote: bits(Double(single(operand)))
        case .convertSigned:
            type == .f32 ? bits(Float(operand)) : bits(Double(operand))
        case .convertUnsigned:
            operandType == .i32
                ? (type == .f32 ? bits(Float(word(operand))) : bits(Double(word(operand))))
                : (type == .f32
                    ? bits(Float(UInt64(bitPattern: operand))) : bits(Double(UInt64(bitPattern: operand))))
        default: nil
        }
    }

    /// The result of an operation with two operands; nil where it is not folded.
    static func binary(_ operation: Operation, _ type: IRType, _ left: Int64, _ right: Int64) -> Int64? {
        let isWord = type == .i32
        let result: Int64?
        switch operation {
        case .add: result = left &+ right
        case .subtract: result = left &- right
        case .multiply: result = left &* right
        case .and: result = left & right
        case .or: result = left | right
        case .exclusiveOr: result = left ^ right
        case .divideSigned:
            result = right == 0 || right == -1 ? nil : left / right
        case .remainderSigned:
            result = right == 0 ? nil : right == -1 ? 0 : left % right
        case .divideUnsigned:
            result = right == 0 ? nil : Int64(bitPattern: unsigned(left, isWord) / unsigned(right, isWord))
        case .remainderUnsigned:
            result = right == 0 ? nil : Int64(bitPattern: unsigned(left, isWord) % unsigned(right, isWord))
        case .shiftLeft: result = left &<< (right & (isWord ? 31 : 63))
        case .shiftRightSigned: result = left &>> (right & (isWord ? 31 : 63))
        case .shiftRightUnsigned:
            result = Int64(bitPattern: unsigned(left, isWord) &>> UInt64(right & (isWord ? 31 : 63)))
        case .rotateLeft: result = rotated(left, by: right, isWord)
        case .rotateRight: result = rotated(left, by: 0 &- right, isWord)
        case .compare(let condition): return holds(condition, left, right, isWord) ? 1 : 0
        case .floatCompare(let condition):
            let isTrue =
                type == .f32
                ? holds(condition, single(left), single(right)) : holds(condition, double(left), double(right))
            return isTrue ? 1 : 0
        case .floatAdd, .floatSubtract, .floatMultiply, .floatDivide:
            return type == .f32
                ? bits(arithmetic(operation, single(left), single(right)))
                : bits(arithmetic(operation, double(left), double(right)))
        default: return nil
        }
        return result.map { isWord ? Int64(Int32(truncatingIfNeeded: $0)) : $0 }
    }

    // MARK: Integers

    private static func word(_ bits: Int64) -> UInt32 { UInt32(truncatingIfNeeded: bits) }

    private static func unsigned(_ bits: Int64, _ isWord: Bool) -> UInt64 {
        isWord ? UInt64(word(bits)) : UInt64(bitPattern: bits)
    }

    private static func rotated(_ bits: Int64, by amount: Int64, _ isWord: Bool) -> Int64 {
        if isWord {
            let amount = UInt32(truncatingIfNeeded: amount) & 31
            return Int64(word(bits) << amount | word(bits) >> ((32 - amount) & 31))
        }
        let amount = UInt64(truncatingIfNeeded: amount) & 63
        let value = UInt64(bitPattern: bits)
        return Int64(bitPattern: value << amount | value >> ((64 - amount) & 63))
    }

    private static func holds(_ condition: IntegerCondition, _ left: Int64, _ right: Int64, _ isWord: Bool) -> Bool {
        let unsignedLeft = unsigned(left, isWord)
        let unsignedRight = unsigned(right, isWord)
        return switch condition {
        case .equal: left == right
        case .notEqual: left != right
        case .lessSigned: left < right
        case .greaterSigned: left > right
        case .lessOrEqualSigned: left <= right
        case .greaterOrEqualSigned: left >= right
        case .lessUnsigned: unsignedLeft < unsignedRight
        case .greaterUnsigned: unsignedLeft > unsignedRight
        case .lessOrEqualUnsigned: unsignedLeft <= unsignedRight
        case .greaterOrEqualUnsigned: unsignedLeft >= unsignedRight
        }
    }

    // MARK: Floats

    private static func single(_ bits: Int64) -> Float { Float(bitPattern: word(bits)) }
    private static func double(_ bits: Int64) -> Double { Double(bitPattern: UInt64(bitPattern: bits)) }

    private static func bits(_ number: Float) -> Int64? {
        number.isNaN ? nil : Int64(Int32(bitPattern: number.bitPattern))
    }

    private static func bits(_ number: Double) -> Int64? {
        number.isNaN ? nil : Int64(bitPattern: number.bitPattern)
    }

    private static func float<F: BinaryFloatingPoint>(_ operation: Operation, _ number: F) -> F {
        switch operation {
        case .floatAbsolute: number.magnitude
        case .floatNegate: -number
        case .floatSquareRoot: number.squareRoot()
        case .floatCeiling: number.rounded(.up)
        case .floatFloor: number.rounded(.down)
        case .floatTruncate: number.rounded(.towardZero)
        case .floatNearest: number.rounded(.toNearestOrEven)
        default: F.nan
        }
    }

    private static func arithmetic<F: BinaryFloatingPoint>(_ operation: Operation, _ left: F, _ right: F) -> F {
        switch operation {
        case .floatAdd: left + right
        case .floatSubtract: left - right
        case .floatMultiply: left * right
        case .floatDivide: left / right
        default: F.nan
        }
    }

    private static func holds<F: BinaryFloatingPoint>(_ condition: FloatCondition, _ left: F, _ right: F) -> Bool {
        switch condition {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .greater: left > right
        case .lessOrEqual: left <= right
        case .greaterOrEqual: left >= right
        }
    }
}
