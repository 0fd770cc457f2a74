#if arch(x86_64)
    import SSA
    import Testing

    @testable import X64Backend

    /// Runs what the back end emits for single operations on this host, and compares it with Swift's arithmetic.
    @Suite struct NativeOperationTests {
        typealias Placement = NativeOperation.Placement

        /// Compares an operation with its meaning for all pairs of samples.
        private func check(
            _ operation: SSA.Operation,
            _ type: IRType,
            operands: [IRType],
            result: IRType,
            _ placement: Placement,
            accepts: (UInt64, UInt64) -> Bool = { _, _ in true },
            _ meaning: (UInt64, UInt64) -> UInt64
        ) throws {
            let native = try NativeOperation(operation, type, operands: operands, placement)
            let memory = ExecutableMemory(native.bytes)
            let isOneValue = placement.isOneValue || operands.count == 1
            // The bits above a type's width are not specified.
            func upperBits(_ type: IRType) -> UInt64 { type.size == 4 ? 0xDEAD_BEEF << 32 : 0 }
            let unspecified = (upperBits(operands[0]), upperBits(operands[operands.count - 1]))
            for first in Samples.of(operands[0]) {
                for second in isOneValue ? [first] : Samples.of(operands[1]) where accepts(first, second) {
                    let arguments = [first | unspecified.0, second | unspecified.1]
                    let (bits, changed) = native.run(arguments, in: memory)
                    let expected = meaning(first, second)
                    // Not `#expect`: it costs more than all else here.
                    if !Samples.agree(bits, expected, result) || !changed.isEmpty {
                        Issue.record(
                            """
                            \(operation) \(type) of \(hex(first)), \(hex(second)) as \(native.name): \(hex(bits)) \
                            instead of \(hex(expected)); registers that changed: \(changed.map(\.number))
                            """
                        )
                        return
                    }
                }
            }
        }

        private func hex(_ bits: UInt64) -> String { "0x" + String(bits, radix: 16) }

        private func checkIntegers(
            _ operation: SSA.Operation,
            _ placement: Placement,
            accepts32: (UInt32, UInt32) -> Bool = { _, _ in true },
            accepts64: (UInt64, UInt64) -> Bool = { _, _ in true },
            count: Int = 2,
            result: IRType? = nil,
            _ meaning32: (UInt32, UInt32) -> UInt32,
            _ meaning64: (UInt64, UInt64) -> UInt64
        ) throws {
            try check(
                operation,
                .i32,
                operands: Array(repeating: .i32, count: count),
                result: result ?? .i32,
                placement,
                accepts: { accepts32(UInt32($0), UInt32($1)) },
                { UInt64(meaning32(UInt32($0), UInt32($1))) }
            )
            try check(
                operation,
                .i64,
                operands: Array(repeating: .i64, count: count),
                result: result ?? .i64,
                placement,
                accepts: accepts64,
                meaning64
            )
        }

        @Test(arguments: Placement.all)
        func `integer arithmetic is modulo the width`(_ placement: Placement) throws {
            try checkIntegers(.add, placement, { $0 &+ $1 }, { $0 &+ $1 })
            try checkIntegers(.subtract, placement, { $0 &- $1 }, { $0 &- $1 })
            try checkIntegers(.multiply, placement, { $0 &* $1 }, { $0 &* $1 })
            try checkIntegers(.and, placement, { $0 & $1 }, { $0 & $1 })
            try checkIntegers(.or, placement, { $0 | $1 }, { $0 | $1 })
            try checkIntegers(.exclusiveOr, placement, { $0 ^ $1 }, { $0 ^ $1 })
        }

        @Test(arguments: Placement.all)
        func `shifts and rotations take the amount modulo the width`(_ placement: Placement) throws {
            try checkIntegers(.shiftLeft, placement, { $0 &<< $1 }, { $0 &<< $1 })
            try checkIntegers(.shiftRightUnsigned, placement, { $0 &>> $1 }, { $0 &>> $1 })
            try checkIntegers(
                .shiftRightSigned,
                placement,
                { UInt32(bitPattern: Int32(bitPattern: $0) &>> Int32(bitPattern: $1)) },
                { UInt64(bitPattern: Int64(bitPattern: $0) &>> Int64(bitPattern: $1)) }
            )
            try checkIntegers(
                .rotateLeft,
                placement,
                { ($0 &<< $1) | ($0 &>> (32 &- $1)) },
                { ($0 &<< $1) | ($0 &>> (64 &- $1)) }
            )
            try checkIntegers(
                .rotateRight,
                placement,
                { ($0 &>> $1) | ($0 &<< (32 &- $1)) },
                { ($0 &>> $1) | ($0 &<< (64 &- $1)) }
            )
        }

        @Test(arguments: Placement.all)
        func `division keeps to its fixed registers`(_ placement: Placement) throws {
            try checkIntegers(
                .divideUnsigned,
                placement,
                accepts32: { $1 != 0 },
                accepts64: { $1 != 0 },
                { $0 / $1 },
                { $0 / $1 }
            )
            try checkIntegers(
                .remainderUnsigned,
                placement,
                accepts32: { $1 != 0 },
                accepts64: { $1 != 0 },
                { $0 % $1 },
                { $0 % $1 }
            )
            try checkIntegers(
                .divideSigned,
                placement,
                accepts32: { $1 != 0 && !($0 == 1 << 31 && $1 == .max) },
                accepts64: { $1 != 0 && !($0 == 1 << 63 && $1 == .max) },
                { UInt32(bitPattern: Int32(bitPattern: $0) / Int32(bitPattern: $1)) },
                { UInt64(bitPattern: Int64(bitPattern: $0) / Int64(bitPattern: $1)) }
            )
            try checkIntegers(
                .remainderSigned,
                placement,
                accepts32: { $1 != 0 },
                accepts64: { $1 != 0 },
                { $1 == .max ? 0 : UInt32(bitPattern: Int32(bitPattern: $0) % Int32(bitPattern: $1)) },
                { $1 == .max ? 0 : UInt64(bitPattern: Int64(bitPattern: $0) % Int64(bitPattern: $1)) }
            )
        }

        @Test(arguments: Placement.all)
        func `bit counts and sign extensions`(_ placement: Placement) throws {
            try checkIntegers(
                .countLeadingZeros,
                placement,
                count: 1,
                { first, _ in UInt32(first.leadingZeroBitCount) },
                { first, _ in UInt64(first.leadingZeroBitCount) }
            )
            try checkIntegers(
                .countTrailingZeros,
                placement,
                count: 1,
                { first, _ in UInt32(first.trailingZeroBitCount) },
                { first, _ in UInt64(first.trailingZeroBitCount) }
            )
            try checkIntegers(
                .populationCount,
                placement,
                count: 1,
                { first, _ in UInt32(first.nonzeroBitCount) },
                { first, _ in UInt64(first.nonzeroBitCount) }
            )
            try checkIntegers(
                .signExtend8,
                placement,
                count: 1,
                { first, _ in UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: first))) },
                { first, _ in UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: first))) }
            )
            try checkIntegers(
                .signExtend16,
                placement,
                count: 1,
                { first, _ in UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: first))) },
                { first, _ in UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: first))) }
            )
            let signed: (UInt64, UInt64) -> UInt64 = { first, _ in
                UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: first)))
            }
            try check(.signExtend32, .i64, operands: [.i64], result: .i64, placement, signed)
            try check(.extendSigned, .i32, operands: [.i32], result: .i64, placement, signed)
            try check(.extendUnsigned, .i32, operands: [.i32], result: .i64, placement) { first, _ in first }
            try check(.wrap, .i64, operands: [.i64], result: .i32, placement) { first, _ in first & 0xFFFF_FFFF }
        }

        @Test(arguments: Placement.all)
        func `comparisons of integers answer one or zero`(_ placement: Placement) throws {
            for condition in IntegerCondition.allCases {
                try checkIntegers(
                    .compare(condition),
                    placement,
                    result: .i64,
                    {
                        compare(
                            condition,
                            (Int64(Int32(bitPattern: $0)), Int64(Int32(bitPattern: $1))),
                            (UInt64($0), UInt64($1))
                        )
                            ? 1 : 0
                    },
                    { compare(condition, (Int64(bitPattern: $0), Int64(bitPattern: $1)), ($0, $1)) ? 1 : 0 }
                )
            }
        }

        private func compare(_ condition: IntegerCondition, _ signed: (Int64, Int64), _ unsigned: (UInt64, UInt64))
            -> Bool
        {
            switch condition {
            case .equal: signed.0 == signed.1
            case .notEqual: signed.0 != signed.1
            case .lessSigned: signed.0 < signed.1
            case .lessUnsigned: unsigned.0 < unsigned.1
            case .greaterSigned: signed.0 > signed.1
            case .greaterUnsigned: unsigned.0 > unsigned.1
            case .lessOrEqualSigned: signed.0 <= signed.1
            case .lessOrEqualUnsigned: unsigned.0 <= unsigned.1
            case .greaterOrEqualSigned: signed.0 >= signed.1
            case .greaterOrEqualUnsigned: unsigned.0 >= unsigned.1
            }
        }

        // MARK: Floats

        private func checkFloats(
            _ operation: SSA.Operation,
            _ placement: Placement,
            count: Int = 2,
            _ meaning32: (Float, Float) -> Float,
            _ meaning64: (Double, Double) -> Double
        ) throws {
            try check(operation, .f32, operands: Array(repeating: .f32, count: count), result: .f32, placement) {
                UInt64(meaning32(Float(bits: $0), Float(bits: $1)).bitPattern)
            }
            try check(operation, .f64, operands: Array(repeating: .f64, count: count), result: .f64, placement) {
                meaning64(Double(bitPattern: $0), Double(bitPattern: $1)).bitPattern
            }
        }

        @Test(arguments: Placement.all)
        func `float arithmetic`(_ placement: Placement) throws {
            try checkFloats(.floatAdd, placement, { $0 + $1 }, { $0 + $1 })
            try checkFloats(.floatSubtract, placement, { $0 - $1 }, { $0 - $1 })
            try checkFloats(.floatMultiply, placement, { $0 * $1 }, { $0 * $1 })
            try checkFloats(.floatDivide, placement, { $0 / $1 }, { $0 / $1 })
            try checkFloats(
                .floatSquareRoot,
                placement,
                count: 1,
                { a, _ in a.squareRoot() },
                { a, _ in a.squareRoot() }
            )
        }

        @Test(arguments: Placement.all)
        func `float minimum and maximum know NaN and the sign of zero`(_ placement: Placement) throws {
            try checkFloats(.floatMinimum, placement, minimum, minimum)
            try checkFloats(.floatMaximum, placement, maximum, maximum)
        }

        private func minimum<F: FloatingPoint>(_ a: F, _ b: F) -> F {
            if a.isNaN || b.isNaN { return .nan }
            if a == b { return a.sign == .minus ? a : b }
            return a < b ? a : b
        }

        private func maximum<F: FloatingPoint>(_ a: F, _ b: F) -> F {
            if a.isNaN || b.isNaN { return .nan }
            if a == b { return a.sign == .plus ? a : b }
            return a > b ? a : b
        }

        @Test(arguments: Placement.all)
        func `float rounding`(_ placement: Placement) throws {
            try checkFloats(.floatCeiling, placement, count: 1, { a, _ in a.rounded(.up) }, { a, _ in a.rounded(.up) })
            try checkFloats(
                .floatFloor,
                placement,
                count: 1,
                { a, _ in a.rounded(.down) },
                { a, _ in a.rounded(.down) }
            )
            try checkFloats(
                .floatTruncate,
                placement,
                count: 1,
                { a, _ in a.rounded(.towardZero) },
                { a, _ in a.rounded(.towardZero) }
            )
            try checkFloats(
                .floatNearest,
                placement,
                count: 1,
                { a, _ in a.rounded(.toNearestOrEven) },
                { a, _ in a.rounded(.toNearestOrEven) }
            )
        }

        @Test(arguments: Placement.all)
        func `operations on the sign keep all other bits, those of a NaN too`(_ placement: Placement) throws {
            let sign32: UInt64 = 1 << 31
            let sign64: UInt64 = 1 << 63
            // The results are compared as integers, since NaNs must agree bit by bit.
            for (type, sign) in [(IRType.f32, sign32), (.f64, sign64)] {
                let exact: IRType = type == .f32 ? .i32 : .i64
                try check(.floatAbsolute, type, operands: [type], result: exact, placement) { a, _ in a & ~sign }
                try check(.floatNegate, type, operands: [type], result: exact, placement) { a, _ in a ^ sign }
                try check(.floatCopySign, type, operands: [type, type], result: exact, placement) {
                    ($0 & ~sign) | ($1 & sign)
                }
            }
        }

        @Test(arguments: Placement.all)
        func `comparisons of floats are false for NaN but for inequality`(_ placement: Placement) throws {
            for condition in FloatCondition.allCases {
                try check(.floatCompare(condition), .f32, operands: [.f32, .f32], result: .i64, placement) {
                    compare(condition, Double(Float(bits: $0)), Double(Float(bits: $1))) ? 1 : 0
                }
                try check(.floatCompare(condition), .f64, operands: [.f64, .f64], result: .i64, placement) {
                    compare(condition, Double(bitPattern: $0), Double(bitPattern: $1)) ? 1 : 0
                }
            }
        }

        private func compare(_ condition: FloatCondition, _ a: Double, _ b: Double) -> Bool {
            switch condition {
            case .equal: a == b
            case .notEqual: a != b
            case .less: a < b
            case .greater: a > b
            case .lessOrEqual: a <= b
            case .greaterOrEqual: a >= b
            }
        }

        // MARK: Conversions

        @Test(arguments: Placement.all)
        func `conversions between floats`(_ placement: Placement) throws {
            try check(.promote, .f32, operands: [.f32], result: .f64, placement) { a, _ in
                Double(Float(bits: a)).bitPattern
            }
            try check(.demote, .f64, operands: [.f64], result: .f32, placement) { a, _ in
                UInt64(Float(Double(bitPattern: a)).bitPattern)
            }
        }

        @Test(arguments: Placement.all)
        func `reinterpretation keeps the bits`(_ placement: Placement) throws {
            for (from, to) in [(IRType.i32, IRType.f32), (.f32, .i32), (.i64, .f64), (.f64, .i64)] {
                let exact: IRType = to.size == 4 ? .i32 : .i64
                try check(.reinterpret, to, operands: [from], result: exact, placement) { a, _ in a }
            }
        }

        @Test(arguments: Placement.all)
        func `integers become the nearest float`(_ placement: Placement) throws {
            try check(.convertSigned, .f32, operands: [.i32], result: .f32, placement) { a, _ in
                UInt64(Float(Int32(truncatingIfNeeded: a)).bitPattern)
            }
            try check(.convertSigned, .f64, operands: [.i32], result: .f64, placement) { a, _ in
                Double(Int32(truncatingIfNeeded: a)).bitPattern
            }
            try check(.convertSigned, .f32, operands: [.i64], result: .f32, placement) { a, _ in
                UInt64(Float(Int64(bitPattern: a)).bitPattern)
            }
            try check(.convertSigned, .f64, operands: [.i64], result: .f64, placement) { a, _ in
                Double(Int64(bitPattern: a)).bitPattern
            }
            try check(.convertUnsigned, .f32, operands: [.i32], result: .f32, placement) { a, _ in
                UInt64(Float(a).bitPattern)
            }
            try check(.convertUnsigned, .f64, operands: [.i32], result: .f64, placement) { a, _ in Double(a).bitPattern
            }
            try check(.convertUnsigned, .f32, operands: [.i64], result: .f32, placement) { a, _ in
                UInt64(Float(a).bitPattern)
            }
            try check(.convertUnsigned, .f64, operands: [.i64], result: .f64, placement) { a, _ in Double(a).bitPattern
            }
        }

        @Test(arguments: Placement.all)
        func `truncations agree where the float is in range, and saturate beyond`(_ placement: Placement) throws {
            for source in [IRType.f32, .f64] {
                func value(_ bits: UInt64) -> Double {
                    source == .f32 ? Double(Float(bits: bits)) : Double(bitPattern: bits)
                }
                try checkTruncation(source, .i32, true, placement, value) {
                    Int32(exactly: $0).map { UInt64(UInt32(bitPattern: $0)) }
                }
                try checkTruncation(source, .i32, false, placement, value) { UInt32(exactly: $0).map { UInt64($0) } }
                try checkTruncation(source, .i64, true, placement, value) {
                    Int64(exactly: $0).map { UInt64(bitPattern: $0) }
                }
                try checkTruncation(source, .i64, false, placement, value) { UInt64(exactly: $0) }
            }
        }

        private func checkTruncation(
            _ source: IRType,
            _ type: IRType,
            _ isSigned: Bool,
            _ placement: Placement,
            _ value: (UInt64) -> Double,
            _ exactly: (Double) -> UInt64?
        ) throws {
            let bits = UInt64(type.size * 8)
            let largest: UInt64 = isSigned ? (1 << (bits - 1)) - 1 : UInt64.max >> (64 - bits)
            let smallest: UInt64 = isSigned ? 1 << (bits - 1) : 0
            func truncated(_ bits: UInt64) -> UInt64? { exactly(value(bits).rounded(.towardZero)) }
            try check(
                isSigned ? .truncateSigned : .truncateUnsigned,
                type,
                operands: [source],
                result: type,
                placement,
                accepts: { first, _ in truncated(first) != nil },
                { first, _ in truncated(first)! }
            )
            try check(
                isSigned ? .truncateSaturatingSigned : .truncateSaturatingUnsigned,
                type,
                operands: [source],
                result: type,
                placement
            ) { first, _ in
                let number = value(first)
                return number.isNaN ? 0 : truncated(first) ?? (number < 0 ? smallest : largest)
            }
        }

        // MARK: The rest

        @Test(arguments: Placement.all)
        func `select answers the first value where the condition is not zero`(_ placement: Placement) throws {
            for type in [IRType.i32, .i64, .f32, .f64, .reference] {
                if placement.isOneValue && !type.isInteger { continue }
                let native = try NativeOperation(.select, type, operands: [type, type, .i32], placement)
                let memory = ExecutableMemory(native.bytes)
                for condition: UInt64 in [0, 1, 0x8000_0000, 0xFFFF_FFFF] {
                    let arguments = placement.isOneValue ? [condition] : [111, 222, condition | 7 << 32]
                    let (result, changed) = native.run(arguments, in: memory)
                    let expected: UInt64 = placement.isOneValue ? condition : condition != 0 ? 111 : 222
                    #expect(Samples.agree(result, expected, type))
                    #expect(changed.map(\.number) == [])
                }
            }
        }

        @Test(arguments: Placement.all)
        func `float constants keep their bits`(_ placement: Placement) throws {
            for (type, exact) in [(IRType.f32, IRType.i32), (.f64, .i64)] {
                for bits in Samples.of(type) {
                    let immediate = Int64(bitPattern: bits)
                    let native = try NativeOperation(.constant, type, operands: [], immediate: immediate, placement)
                    let (result, changed) = native.run([], in: ExecutableMemory(native.bytes))
                    #expect(Samples.agree(result, bits, exact))
                    #expect(changed.map(\.number) == [])
                }
            }
        }

        @Test(arguments: Placement.all.filter { !$0.isOneValue })
        func `loads and stores move the bytes of their width at any offset`(_ placement: Placement) throws {
            let content: UInt64 = 0x8091_A2B3_C4D5_E6F7
            let cases: [(MemoryWidth, IRType, UInt64)] = [
                (.full, .i32, 0xC4D5_E6F7), (.full, .i64, content), (.full, .f32, 0xC4D5_E6F7), (.full, .f64, content),
                (.signed8, .i32, 0xFFFF_FFF7), (.unsigned8, .i32, 0xF7), (.signed16, .i32, 0xFFFF_E6F7),
                (.unsigned16, .i32, 0xE6F7), (.signed8, .i64, 0xFFFF_FFFF_FFFF_FFF7), (.unsigned8, .i64, 0xF7),
                (.signed16, .i64, 0xFFFF_FFFF_FFFF_E6F7), (.unsigned16, .i64, 0xE6F7),
                (.signed32, .i64, 0xFFFF_FFFF_C4D5_E6F7), (.unsigned32, .i64, 0xC4D5_E6F7),
            ]
            for (width, type, expected) in cases {
                for offset: Int64 in [0, 8, -129, 0x7FFF_FFFF, 0xFFFF_FFF8, -0x1_0000_0000] {
                    var cell: [UInt64] = [content, 0]
                    let exact: IRType = type.size == 4 ? .i32 : .i64
                    let (load, store) = (
                        try NativeOperation(.load(width), type, operands: [.i64], immediate: offset, placement),
                        try NativeOperation(.store(width), type, operands: [.i64, type], immediate: offset, placement)
                    )
                    cell.withUnsafeMutableBufferPointer { cells in
                        let address = UInt64(UInt(bitPattern: cells.baseAddress!)) &- UInt64(bitPattern: offset)
                        let (loaded, changed) = load.run([address], in: ExecutableMemory(load.bytes))
                        #expect(Samples.agree(loaded, expected, exact), "load \(width) \(type) at \(offset)")
                        #expect(changed.map(\.number) == [])
                        cells[0] = 0x5555_5555_5555_5555
                        let (_, changedByStore) = store.run([address, content], in: ExecutableMemory(store.bytes))
                        let size =
                            [MemoryWidth.signed8, .unsigned8].contains(width)
                            ? 8
                            : [.signed16, .unsigned16].contains(width) ? 16 : width == .full ? type.size * 8 : 32
                        let mask = UInt64.max >> UInt64(64 - size)
                        #expect(
                            cells[0] == (content & mask) | (0x5555_5555_5555_5555 & ~mask),
                            "store \(width) \(type)"
                        )
                        #expect(changedByStore.map(\.number) == [])
                    }
                }
            }
        }
    }

    extension Float {
        fileprivate init(bits: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: bits)) }
    }

    /// Numbers at the corners of each type.
    private enum Samples {
        static func of(_ type: IRType) -> [UInt64] {
            switch type {
            case .i32: integers32
            case .i64, .reference: integers64
            case .f32: floats32
            case .f64, .v128: floats64
            }
        }

        private static let integers32: [UInt64] = [
            0, 1, 2, 7, 31, 32, 33, 127, 128, 255, 0x7FFF, 0x8000, 0xFF80, 0x12_3456, 0x7FFF_FFFF, 0x8000_0000,
            0x8000_0001, 0xFFFF_FFFE, 0xFFFF_FFFF,
        ]
        private static let integers64: [UInt64] =
            integers32 + [
                1 << 32, 1 << 53, (1 << 53) + 1, 0x7FFF_FFFF_FFFF_FFFF, 1 << 63, (1 << 63) + 1, (1 << 63) + 1024,
                (1 << 63) + 1025, 0xFFFF_FFFF_0000_0000, 0xFFFF_FFFF_7FFF_FFFF, .max - 1, .max,
            ]
        private static let numbers: [Double] = [
            0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 3.5, 100.7, 2_147_483_520, 2_147_483_647, 2_147_483_648, 2_147_483_649.5,
            4_294_967_040, 4_294_967_295, 4_294_967_295.5, 4_294_967_296, 0x1p52, 0x1p62, 0x1.fffffffffffffp62, 0x1p63,
            0x1.fffffffffffffp63, 0x1p64, 1e30, 1e-30, .infinity,
        ]
        private static let floats64: [UInt64] =
            numbers.flatMap { [$0.bitPattern, (-$0).bitPattern] } + [
                Double.leastNonzeroMagnitude.bitPattern, Double.greatestFiniteMagnitude.bitPattern,
                0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000, 0x7FF4_0000_0000_0001, 0xFFFF_1234_5678_9ABC,
            ]
        private static let floats32: [UInt64] =
            numbers.flatMap { [UInt64(Float($0).bitPattern), UInt64(Float(-$0).bitPattern)] } + [
                1, 0x7F7F_FFFF, 0x7FC0_0000, 0xFFC0_0000, 0x7FA0_0001, 0xFFFF_1234,
            ]

        /// Whether two results of a type agree: bit by bit within its width, any quiet NaN with any other.
        static func agree(_ bits: UInt64, _ expected: UInt64, _ type: IRType) -> Bool {
            switch type {
            case .i32: UInt32(truncatingIfNeeded: bits) == UInt32(truncatingIfNeeded: expected)
            case .i64, .reference: bits == expected
            case .f32:
                Float(bits: expected).isNaN
                    ? Float(bits: bits).isNaN && !Float(bits: bits).isSignalingNaN
                    : UInt32(truncatingIfNeeded: bits) == UInt32(truncatingIfNeeded: expected)
            case .f64, .v128:
                Double(bitPattern: expected).isNaN
                    ? Double(bitPattern: bits).isNaN && !Double(bitPattern: bits).isSignalingNaN : bits == expected
            }
        }
    }
#endif
