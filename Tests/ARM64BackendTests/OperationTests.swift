import SSA
import Testing

@testable import ARM64Backend

/// Runs what the back end emits for single operations in the simulator, and compares it with Swift's arithmetic.
@Suite struct OperationTests {
    typealias Placement = SimulatedOperation.Placement

    /// One operation with its meaning in 64-bit patterns; arguments of 32-bit types come with garbage above.
    struct Case: CustomTestStringConvertible, Sendable {
        var operation: SSA.Operation
        var type: IRType
        var operands: [IRType]
        var result: IRType
        var meaning: @Sendable ([UInt64]) -> UInt64
        var accepts: @Sendable ([UInt64]) -> Bool = { _ in true }

        var testDescription: String { "\(operation) \(type) of \(operands)" }
    }

    @Test(arguments: integerCases + floatCases + conversionCases)
    func `an operation computes what its meaning says, wherever its operands are`(_ operation: Case) throws {
        for placement in Placement.allCases {
            let simulated = try SimulatedOperation(
                operation.operation,
                operation.type,
                operands: operation.operands,
                placement
            )
            let code = try simulated.load()
            let all = combinations(operation.operands, same: simulated.argumentCount == 1).filter(operation.accepts)
            // Values by one placement, places by all: a step that is no multiple of the number of samples.
            let step = placement == .separate ? 1 : 7
            for position in stride(from: 0, to: all.count, by: step) {
                let arguments = all[position]
                let given = zip(arguments, operation.operands).map { $1.size == 4 ? $0 | 0xDEAD_BEEF << 32 : $0 }
                let bits: UInt64
                var changed: [UInt8] = []
                if position == 0 {
                    (bits, changed) = try simulated.run(given, in: code)
                } else {
                    bits = try simulated.result(given, in: code)
                }
                let expected = operation.meaning(arguments)
                if !agree(bits, expected, operation.result) || !changed.isEmpty {
                    Issue.record(
                        """
                        \(operation.operation) of \(arguments.map { String($0, radix: 16) }) as \(simulated.name), \(placement): \
                        \(String(bits, radix: 16)) instead of \(String(expected, radix: 16)); changed \(changed)
                        """
                    )
                    return
                }
            }
        }
    }

    private func combinations(_ operands: [IRType], same: Bool) -> [[UInt64]] {
        let first = samples(operands[0])
        if same { return first.map { value in operands.map { _ in value } } }
        return first.flatMap { a in
            samples(operands[1]).flatMap { b in
                operands.count < 3 ? [[a, b]] : [0, 1, 1 << 31].map { [a, b, $0] }
            }
        }
    }

    /// NaNs agree by class.
    private func agree(_ bits: UInt64, _ expected: UInt64, _ type: IRType) -> Bool {
        switch type {
        case .i32: UInt32(truncatingIfNeeded: bits) == UInt32(truncatingIfNeeded: expected)
        case .i64, .reference, .v128: bits == expected
        case .f32: (float(bits).isNaN && float(expected).isNaN) || float(bits).bitPattern == float(expected).bitPattern
        case .f64: (double(bits).isNaN && double(expected).isNaN) || bits == expected
        }
    }

    private func samples(_ type: IRType) -> [UInt64] {
        switch type {
        case .i32: [0, 1, 2, 31, 32, 33, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x8080_8080, 0x1234_5678]
        case .i64, .reference:
            [
                0, 1, 2, 31, 63, 64, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 32, 1 << 63, .max, .max >> 1,
                0x8080_8080_8080_8080, 0x1234_5678_9ABC_DEF0,
            ]
        case .f32:
            [
                0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 16_777_216, 2_147_483_520, 2_147_483_648, -2_147_483_648,
                4_294_967_040, 4_294_967_296, 9.2e18, -9.3e18, 1.9e19, .leastNonzeroMagnitude, .infinity, -.infinity,
                .nan,
            ].map { (value: Float) in UInt64(value.bitPattern) } + [0x7F80_0001, 0xFFC0_0000]
        case .f64, .v128:
            [
                0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 2_147_483_647.5, 2_147_483_648, -2_147_483_648.5,
                -2_147_483_649, 4_294_967_295.5, 4_294_967_296, 9.2e18, 9.3e18, -9.3e18, 1.8e19, 1.9e19, 1e300,
                .leastNonzeroMagnitude,
                .infinity, -.infinity, .nan,
            ].map { (value: Double) in value.bitPattern } + [0x7FF0_0000_0000_0001, 0xFFF8_0000_0000_0000]
        }
    }

    // MARK: Integers

    static let integerCases: [Case] =
        [
            both(.add, { $0 &+ $1 }, { $0 &+ $1 }),
            both(.subtract, { $0 &- $1 }, { $0 &- $1 }),
            both(.multiply, { $0 &* $1 }, { $0 &* $1 }),
            both(.and, { $0 & $1 }, { $0 & $1 }),
            both(.or, { $0 | $1 }, { $0 | $1 }),
            both(.exclusiveOr, { $0 ^ $1 }, { $0 ^ $1 }),
            both(.shiftLeft, { $0 &<< $1 }, { $0 &<< $1 }),
            both(.shiftRightUnsigned, { $0 &>> $1 }, { $0 &>> $1 }),
            both(
                .shiftRightSigned,
                { UInt32(bitPattern: Int32(bitPattern: $0) &>> Int32(bitPattern: $1)) },
                { UInt64(bitPattern: Int64(bitPattern: $0) &>> Int64(bitPattern: $1)) }
            ),
            both(.rotateLeft, { $0 &<< $1 | $0 &>> (0 &- $1) }, { $0 &<< $1 | $0 &>> (0 &- $1) }),
            both(.rotateRight, { $0 &>> $1 | $0 &<< (0 &- $1) }, { $0 &>> $1 | $0 &<< (0 &- $1) }),
            dividing(both(.divideUnsigned, { $0 / $1 }, { $0 / $1 })),
            dividing(both(.remainderUnsigned, { $0 % $1 }, { $0 % $1 })),
            dividing(
                both(
                    .divideSigned,
                    { UInt32(bitPattern: Int32(bitPattern: $0).dividedReportingOverflow(by: Int32(bitPattern: $1)).0) },
                    { UInt64(bitPattern: Int64(bitPattern: $0).dividedReportingOverflow(by: Int64(bitPattern: $1)).0) }
                )
            ),
            dividing(
                both(
                    .remainderSigned,
                    { $1 == .max ? 0 : UInt32(bitPattern: Int32(bitPattern: $0) % Int32(bitPattern: $1)) },
                    { $1 == .max ? 0 : UInt64(bitPattern: Int64(bitPattern: $0) % Int64(bitPattern: $1)) }
                )
            ),
            one(.countLeadingZeros, { UInt32($0.leadingZeroBitCount) }, { UInt64($0.leadingZeroBitCount) }),
            one(.countTrailingZeros, { UInt32($0.trailingZeroBitCount) }, { UInt64($0.trailingZeroBitCount) }),
            one(.populationCount, { UInt32($0.nonzeroBitCount) }, { UInt64($0.nonzeroBitCount) }),
            one(
                .signExtend8,
                { UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: $0))) },
                { UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: $0))) }
            ),
            one(
                .signExtend16,
                { UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: $0))) },
                { UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: $0))) }
            ),
        ].flatMap { $0 } + IntegerCondition.allCases.flatMap(comparison)

    private static func both(
        _ operation: SSA.Operation,
        _ narrow: @escaping @Sendable (UInt32, UInt32) -> UInt32,
        _ wide: @escaping @Sendable (UInt64, UInt64) -> UInt64
    ) -> [Case] {
        [
            Case(operation: operation, type: .i32, operands: [.i32, .i32], result: .i32) {
                UInt64(narrow(UInt32($0[0]), UInt32($0[1])))
            },
            Case(operation: operation, type: .i64, operands: [.i64, .i64], result: .i64) { wide($0[0], $0[1]) },
        ]
    }

    private static func one(
        _ operation: SSA.Operation,
        _ narrow: @escaping @Sendable (UInt32) -> UInt32,
        _ wide: @escaping @Sendable (UInt64) -> UInt64
    ) -> [Case] {
        [
            Case(operation: operation, type: .i32, operands: [.i32], result: .i32) { UInt64(narrow(UInt32($0[0]))) },
            Case(operation: operation, type: .i64, operands: [.i64], result: .i64) { wide($0[0]) },
        ]
    }

    private static func dividing(_ cases: [Case]) -> [Case] {
        cases.map { original in
            var restricted = original
            restricted.accepts = { $0[1] != 0 }
            return restricted
        }
    }

    private static func comparison(_ condition: IntegerCondition) -> [Case] {
        @Sendable func holds<S: Comparable & Sendable, U: Comparable & Sendable>(_ a: (S, U), _ b: (S, U)) -> Bool {
            switch condition {
            case .equal: a.1 == b.1
            case .notEqual: a.1 != b.1
            case .lessSigned: a.0 < b.0
            case .lessUnsigned: a.1 < b.1
            case .greaterSigned: a.0 > b.0
            case .greaterUnsigned: a.1 > b.1
            case .lessOrEqualSigned: a.0 <= b.0
            case .lessOrEqualUnsigned: a.1 <= b.1
            case .greaterOrEqualSigned: a.0 >= b.0
            case .greaterOrEqualUnsigned: a.1 >= b.1
            }
        }
        return [
            Case(operation: .compare(condition), type: .i32, operands: [.i32, .i32], result: .i32) {
                let (a, b) = (UInt32($0[0]), UInt32($0[1]))
                return holds((Int32(bitPattern: a), a), (Int32(bitPattern: b), b)) ? 1 : 0
            },
            Case(operation: .compare(condition), type: .i64, operands: [.i64, .i64], result: .i32) {
                holds((Int64(bitPattern: $0[0]), $0[0]), (Int64(bitPattern: $0[1]), $0[1])) ? 1 : 0
            },
        ]
    }

    // MARK: Floats

    static let floatCases: [Case] =
        [
            floats(.floatAdd, { $0 + $1 }, { $0 + $1 }),
            floats(.floatSubtract, { $0 - $1 }, { $0 - $1 }),
            floats(.floatMultiply, { $0 * $1 }, { $0 * $1 }),
            floats(.floatDivide, { $0 / $1 }, { $0 / $1 }),
            floats(.floatMinimum, { minimum($0, $1) }, { minimum($0, $1) }),
            floats(.floatMaximum, { -minimum(-$0, -$1) }, { -minimum(-$0, -$1) }),
            floats(.floatSquareRoot, count: 1, { a, _ in a.squareRoot() }, { a, _ in a.squareRoot() }),
            floats(.floatCeiling, count: 1, { a, _ in a.rounded(.up) }, { a, _ in a.rounded(.up) }),
            floats(.floatFloor, count: 1, { a, _ in a.rounded(.down) }, { a, _ in a.rounded(.down) }),
            floats(.floatTruncate, count: 1, { a, _ in a.rounded(.towardZero) }, { a, _ in a.rounded(.towardZero) }),
            floats(
                .floatNearest,
                count: 1,
                { a, _ in a.rounded(.toNearestOrEven) },
                { a, _ in a.rounded(.toNearestOrEven) }
            ),
            signs(.floatAbsolute, count: 1) { bits, _, sign in bits & ~sign },
            signs(.floatNegate, count: 1) { bits, _, sign in bits ^ sign },
            signs(.floatCopySign, count: 2) { bits, other, sign in bits & ~sign | other & sign },
        ].flatMap { $0 } + FloatCondition.allCases.flatMap(comparison)

    private static func minimum<F: FloatingPoint>(_ a: F, _ b: F) -> F {
        if a.isNaN || b.isNaN { return .nan }
        if a == b { return a.sign == .minus ? a : b }
        return a < b ? a : b
    }

    private static func floats(
        _ operation: SSA.Operation,
        count: Int = 2,
        _ narrow: @escaping @Sendable (Float, Float) -> Float,
        _ wide: @escaping @Sendable (Double, Double) -> Double
    ) -> [Case] {
        [
            Case(operation: operation, type: .f32, operands: Array(repeating: .f32, count: count), result: .f32) {
                UInt64(narrow(float($0[0]), float($0[$0.count - 1])).bitPattern)
            },
            Case(operation: operation, type: .f64, operands: Array(repeating: .f64, count: count), result: .f64) {
                wide(double($0[0]), double($0[$0.count - 1])).bitPattern
            },
        ]
    }

    /// The results are compared bit by bit, those that are NaNs too.
    private static func signs(
        _ operation: SSA.Operation,
        count: Int,
        _ meaning: @escaping @Sendable (UInt64, UInt64, UInt64) -> UInt64
    ) -> [Case] {
        [(IRType.f32, IRType.i32, UInt64(1) << 31), (.f64, .i64, 1 << 63)].map { type, exact, sign in
            Case(operation: operation, type: type, operands: Array(repeating: type, count: count), result: exact) {
                meaning($0[0], $0[$0.count - 1], sign)
            }
        }
    }

    private static func comparison(_ condition: FloatCondition) -> [Case] {
        @Sendable func holds(_ a: Double, _ b: Double) -> UInt64 {
            let isTrue =
                switch condition {
                case .equal: a == b
                case .notEqual: a != b
                case .less: a < b
                case .greater: a > b
                case .lessOrEqual: a <= b
                case .greaterOrEqual: a >= b
                }
            return isTrue ? 1 : 0
        }
        return [
            Case(operation: .floatCompare(condition), type: .f32, operands: [.f32, .f32], result: .i32) {
                holds(Double(float($0[0])), Double(float($0[1])))
            },
            Case(operation: .floatCompare(condition), type: .f64, operands: [.f64, .f64], result: .i32) {
                holds(double($0[0]), double($0[1]))
            },
        ]
    }

    // MARK: Conversions and selection

    static let conversionCases: [Case] =
        [
            Case(operation: .signExtend32, type: .i64, operands: [.i64], result: .i64) { signExtended($0[0]) },
            Case(operation: .extendSigned, type: .i64, operands: [.i32], result: .i64) { signExtended($0[0]) },
            Case(operation: .extendUnsigned, type: .i64, operands: [.i32], result: .i64) { $0[0] },
            Case(operation: .wrap, type: .i32, operands: [.i64], result: .i32) { $0[0] },
            Case(operation: .promote, type: .f64, operands: [.f32], result: .f64) { Double(float($0[0])).bitPattern },
            Case(operation: .demote, type: .f32, operands: [.f64], result: .f32) {
                UInt64(Float(double($0[0])).bitPattern)
            },
            Case(operation: .reinterpret, type: .i32, operands: [.f32], result: .i32) { $0[0] },
            Case(operation: .reinterpret, type: .f32, operands: [.i32], result: .i32) { $0[0] },
            Case(operation: .reinterpret, type: .i64, operands: [.f64], result: .i64) { $0[0] },
            Case(operation: .reinterpret, type: .f64, operands: [.i64], result: .i64) { $0[0] },
            Case(operation: .convertSigned, type: .f32, operands: [.i32], result: .f32) {
                UInt64(Float(Int32(truncatingIfNeeded: $0[0])).bitPattern)
            },
            Case(operation: .convertSigned, type: .f64, operands: [.i32], result: .f64) {
                Double(Int32(truncatingIfNeeded: $0[0])).bitPattern
            },
            Case(operation: .convertSigned, type: .f32, operands: [.i64], result: .f32) {
                UInt64(Float(Int64(bitPattern: $0[0])).bitPattern)
            },
            Case(operation: .convertSigned, type: .f64, operands: [.i64], result: .f64) {
                Double(Int64(bitPattern: $0[0])).bitPattern
            },
            Case(operation: .convertUnsigned, type: .f32, operands: [.i32], result: .f32) {
                UInt64(Float($0[0]).bitPattern)
            },
            Case(operation: .convertUnsigned, type: .f64, operands: [.i32], result: .f64) { Double($0[0]).bitPattern },
            Case(operation: .convertUnsigned, type: .f32, operands: [.i64], result: .f32) {
                UInt64(Float($0[0]).bitPattern)
            },
            Case(operation: .convertUnsigned, type: .f64, operands: [.i64], result: .f64) { Double($0[0]).bitPattern },
        ] + [IRType.f32, .f64].flatMap(truncations)
        + [IRType.i32, .i64, .f32, .f64].map { type in
            Case(
                operation: .select,
                type: type,
                operands: [type, type, .i32],
                result: type.size == 4 ? .i32 : .i64
            ) { $0[2] != 0 ? $0[0] : $0[1] }
        }

    private static func signExtended(_ bits: UInt64) -> UInt64 {
        UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: bits)))
    }

    private static func truncations(_ source: IRType) -> [Case] {
        @Sendable func value(_ bits: UInt64) -> Double { source == .f32 ? Double(float(bits)) : double(bits) }
        @Sendable func saturated<I: FixedWidthInteger & Sendable>(_ bits: UInt64, _ type: I.Type) -> I {
            let value = value(bits)
            if value.isNaN { return 0 }
            return I(exactly: value.rounded(.towardZero)) ?? (value < 0 ? I.min : I.max)
        }
        @Sendable func isInRange<I: FixedWidthInteger & Sendable>(_ bits: UInt64, _ type: I.Type) -> Bool {
            I(exactly: value(bits).rounded(.towardZero)) != nil
        }
        let cases = [
            Case(operation: .truncateSaturatingSigned, type: .i32, operands: [source], result: .i32) {
                UInt64(UInt32(bitPattern: saturated($0[0], Int32.self)))
            },
            Case(operation: .truncateSaturatingUnsigned, type: .i32, operands: [source], result: .i32) {
                UInt64(saturated($0[0], UInt32.self))
            },
            Case(operation: .truncateSaturatingSigned, type: .i64, operands: [source], result: .i64) {
                UInt64(bitPattern: saturated($0[0], Int64.self))
            },
            Case(operation: .truncateSaturatingUnsigned, type: .i64, operands: [source], result: .i64) {
                saturated($0[0], UInt64.self)
            },
        ]
        let partial = cases.enumerated().map { position, original in
            var restricted = original
            restricted.operation = position % 2 == 0 ? .truncateSigned : .truncateUnsigned
            restricted.accepts = { arguments in
                switch position {
                case 0: isInRange(arguments[0], Int32.self)
                case 1: isInRange(arguments[0], UInt32.self)
                case 2: isInRange(arguments[0], Int64.self)
                default: isInRange(arguments[0], UInt64.self)
                }
            }
            return restricted
        }
        return cases + partial
    }

    // MARK: Constants and memory

    @Test func `float constants keep their bits`() throws {
        for (type, mask) in [(IRType.f32, UInt64(UInt32.max)), (.f64, .max)] {
            for bits in samples(type) {
                let simulated = try SimulatedOperation(
                    .constant,
                    type,
                    operands: [],
                    immediate: Int64(bitPattern: bits)
                )
                let (result, changed) = try simulated.run([], in: simulated.load())
                #expect(result & mask == bits)
                #expect(changed == [])
            }
        }
    }

    @Test(arguments: [0, 8, -129, 255, 256, 257, 4095, 32760, 32768, 65536, 0x7FFF_FFFF, 0xFFFF_FFF8, -0x1_0000_0000])
    func `loads and stores move the bytes of their width at any offset`(_ offset: Int64) throws {
        let content: UInt64 = 0x8091_A2B3_C4D5_E6F7
        let cases: [(MemoryWidth, IRType, UInt64, Int)] = [
            (.full, .i32, 0xC4D5_E6F7, 4), (.full, .i64, content, 8), (.full, .f32, 0xC4D5_E6F7, 4),
            (.full, .f64, content, 8), (.full, .reference, content, 8), (.signed8, .i32, 0xFFFF_FFF7, 1),
            (.unsigned8, .i32, 0xF7, 1), (.signed16, .i32, 0xFFFF_E6F7, 2), (.unsigned16, .i32, 0xE6F7, 2),
            (.signed8, .i64, 0xFFFF_FFFF_FFFF_FFF7, 1), (.unsigned8, .i64, 0xF7, 1),
            (.signed16, .i64, 0xFFFF_FFFF_FFFF_E6F7, 2), (.unsigned16, .i64, 0xE6F7, 2),
            (.signed32, .i64, 0xFFFF_FFFF_C4D5_E6F7, 4), (.unsigned32, .i64, 0xC4D5_E6F7, 4),
        ]
        for (width, type, expected, size) in cases {
            let load = try SimulatedOperation(.load(width), type, operands: [.i64], immediate: offset)
            let store = try SimulatedOperation(.store(width), type, operands: [.i64, type], immediate: offset)
            let loading = try load.load()
            let memory = try loading.addMemory(size: 16)
            memory.storeBytes(of: content, as: UInt64.self)
            let (loaded, changed) = try load.run([memory.address &- UInt64(bitPattern: offset)], in: loading)
            let mask = UInt64.max >> UInt64(type.size == 4 ? 32 : 0)
            #expect(loaded & mask == expected, "load \(width) \(type) at \(offset)")
            #expect(changed == [])

            let storing = try store.load()
            let cell = try storing.addMemory(size: 16)
            cell.storeBytes(of: 0x5555_5555_5555_5555, as: UInt64.self)
            let (_, changedByStore) = try store.run([cell.address &- UInt64(bitPattern: offset), content], in: storing)
            let written = UInt64.max >> UInt64(64 - size * 8)
            #expect(cell.load(as: UInt64.self) == content & written | 0x5555_5555_5555_5555 & ~written)
            #expect(changedByStore == [])
        }
    }

    @Test func `a vector is selected wherever the definition is`() throws {
        let placements: [Placement] = [.separate, .definitionInFirst, .definitionInSecond, .high]
        for placement in placements {
            let select = try SimulatedOperation(.select, .v128, operands: [.v128, .v128, .i32], placement)
            let code = try select.load()
            for condition: UInt64 in [0, 1, 1 << 31] {
                let (low, changed) = try select.run([11, 22, condition | 1 << 40], in: code)
                #expect(low == (condition == 0 ? 22 : 11))
                #expect(changed == [])
            }
        }
    }
}

private func float(_ bits: UInt64) -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: bits)) }
private func double(_ bits: UInt64) -> Double { Double(bitPattern: bits) }
