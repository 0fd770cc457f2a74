#if arch(x86_64)
    import SSA
    import Testing
    import WasmFormats
    import WasmInterpreter
    import WasmModel

    @testable import X64Backend

    /// Runs what the back end emits for every vector instruction on this host, and compares it with the interpreter.
    @Suite struct VectorOperationTests {
        /// The vector instructions that neither access memory nor are constants.
        static let opcodes: [Opcode] = OpcodeTable.rows.filter { row in
            (row.feature == .simd || row.feature == .relaxedSIMD) && row.operands?.contains(.address) == false
                && row.immediate != .v128
        }.map(\.opcode)

        @Test func `every vector instruction has a row, and no other one`() {
            let covered = Set(X64VectorTable.shared.programs.map(\.opcode))
            #expect(Self.opcodes.filter { !covered.contains($0) } == [])
            #expect(covered.count == Self.opcodes.count)
            #expect(Self.opcodes.count == 233)
        }

        @Test(arguments: NativeOperation.Placement.all)
        func `every vector instruction answers what the interpreter answers`(
            _ placement: NativeOperation.Placement
        ) throws {
            let cases = Self.opcodes.flatMap(VectorCase.all)
            let oracle = try VectorOracle(cases)
            for (number, vectorCase) in cases.enumerated() {
                if placement.isOneValue && Set(vectorCase.operands).count > 1 { continue }
                let native = try vectorCase.compiled(placement)
                let memory = ExecutableMemory(native.bytes)
                var samples = VectorSamples(seed: UInt64(number))
                for _ in 0..<40 {
                    var arguments = vectorCase.operands.map { _ in samples.next() }
                    if placement.isOneValue { arguments = arguments.map { _ in arguments[0] } }
                    let expected = oracle.result(number, arguments)
                    let used = placement.isOneValue ? [arguments[0]] : arguments
                    let (result, changed) = native.run(vectors: used, in: memory)
                    if vectorCase.agree(result, expected, arguments) && changed.isEmpty { continue }
                    Issue.record(
                        """
                        \(vectorCase.text) of \(arguments.map(\.hexadecimal)): \(result.hexadecimal) instead of \
                        \(expected.hexadecimal); registers that changed: \(changed.map(\.number))
                        """
                    )
                    break
                }
            }
        }
    }

    /// A vector instruction with its immediate.
    struct VectorCase {
        var opcode: Opcode
        /// The immediate in the text format.
        var immediate = ""
        var lane: Int64 = 0
        /// Of a shuffle.
        var mask: V128?

        /// The instruction with several immediates, where it has one.
        static func all(_ opcode: Opcode) -> [VectorCase] {
            switch opcode.row.immediate {
            case .lane:
                let counts = ["i8x16": 16, "i16x8": 8, "i32x4": 4, "f32x4": 4]
                let count = counts[String(opcode.row.name.prefix(5))] ?? 2
                return Set([0, 1, count / 2, count - 1]).sorted().map {
                    VectorCase(opcode: opcode, immediate: "\($0)", lane: Int64($0))
                }
            case .lanes:
                var samples = VectorSamples(seed: 7)
                return (0..<8).map { _ in
                    let mask = V128(
                        low: samples.bits() & 0x1F1F_1F1F_1F1F_1F1F,
                        high: samples.bits() & 0x1F1F_1F1F_1F1F_1F1F
                    )
                    let lanes = mask.bytes.map { "\($0)" }.joined(separator: " ")
                    return VectorCase(opcode: opcode, immediate: lanes, mask: mask)
                }
            default: return [VectorCase(opcode: opcode)]
            }
        }

        var operands: [ValueType] { types(opcode.row.operands) }
        var result: ValueType { types(opcode.row.results)[0] }
        var text: String { immediate.isEmpty ? opcode.row.name : opcode.row.name + " " + immediate }

        private func types(_ operands: [OperandType]?) -> [ValueType] {
            operands!.map { if case .value(let type) = $0 { type } else { preconditionFailure("no address") } }
        }

        func compiled(_ placement: NativeOperation.Placement) throws -> NativeOperation {
            try NativeOperation(
                .vector(opcode),
                IRType(result),
                operands: operands.map { IRType($0) },
                immediate: lane,
                vectorConstants: mask.map { [$0] } ?? [],
                placement
            )
        }

        // MARK: Comparison

        /// The instructions whose results may be any NaN of a class, where they are NaNs.
        private static let arithmetic = [
            "add", "sub", "mul", "div", "sqrt", "min", "max", "ceil", "floor", "trunc", "nearest", "relaxed_madd",
            "relaxed_nmadd", "relaxed_min", "relaxed_max", "demote_f64x2_zero", "promote_low_f32x4",
        ]

        /// Whether a result is one that the specification allows beside the interpreter's.
        func agree(_ result: V128, _ expected: V128, _ arguments: [V128]) -> Bool {
            switch self.result {
            case .i32: return UInt32(truncatingIfNeeded: result.low) == UInt32(truncatingIfNeeded: expected.low)
            case .f32: return UInt32(truncatingIfNeeded: result.low) == UInt32(truncatingIfNeeded: expected.low)
            case .i64, .f64: return result.low == expected.low
            case .v128, .reference: break
            }
            if result == expected { return true }
            let name = opcode.row.name.split(separator: ".")
            guard name[0].first == "f", Self.arithmetic.contains(String(name[1])) else { return false }
            return name[0] == "f32x4" ? agree32(result, expected) : agree64(result, expected)
        }

        private func agree32(_ result: V128, _ expected: V128) -> Bool {
            zip(result.words, expected.words).allSatisfy {
                $0 == $1 || (Float(bitPattern: $1).isNaN && $0 & 0x7FC0_0000 == 0x7FC0_0000)
            }
        }

        private func agree64(_ result: V128, _ expected: V128) -> Bool {
            let quiet: UInt64 = 0x7FF8_0000_0000_0000
            return [(result.low, expected.low), (result.high, expected.high)].allSatisfy {
                $0 == $1 || (Double(bitPattern: $1).isNaN && $0 & quiet == quiet)
            }
        }
    }

    /// The interpreter with one function for each case.
    struct VectorOracle {
        private let store = Store()
        private let instance: ModuleInstance
        private let cases: [VectorCase]

        init(_ cases: [VectorCase]) throws {
            self.cases = cases
            let functions = cases.map { vectorCase in
                let operands = vectorCase.operands.indices.map { "(local.get \($0))" }.joined(separator: " ")
                let parameters = vectorCase.operands.map { "\($0)" }.joined(separator: " ")
                return "(func (param \(parameters)) (result \(vectorCase.result)) (\(vectorCase.text) \(operands)))"
            }
            let module = try TextParser.module("(module \(functions.joined(separator: "\n")))")
            // What the back end chose among the behaviours that are allowed.
            store.relaxed.minimum = .right
            store.relaxed.maximum = .right
            store.relaxed.dot = .unsigned
            store.relaxed.fraction = .wrapped
            store.relaxed.signedTruncation = .least
            store.relaxed.swizzle = .modulo
            instance = try store.instantiate(Validator.validate(module))
        }

        func result(_ number: Int, _ arguments: [V128]) -> V128 {
            let values = zip(cases[number].operands, arguments).map { WasmValue(rawBits: $1, numberOf: $0)! }
            guard case .returned(let results) = store.invoke(instance.functions[number], values) else {
                preconditionFailure("vector instructions return")
            }
            return results[0].rawBits
        }
    }

    /// Vectors of lanes at the corners of every shape, and random ones.
    struct VectorSamples {
        private var state: UInt64

        init(seed: UInt64) { state = seed &* 0x1234_5678_9ABC_DEF1 }

        /// SplitMix64.
        mutating func bits() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        private mutating func pick(_ values: [UInt64]) -> UInt64 { values[Int(bits() % UInt64(values.count))] }

        mutating func next() -> V128 { V128(low: half(), high: half()) }

        private mutating func half() -> UInt64 {
            let (values, width): ([UInt64], UInt64)
            switch bits() % 8 {
            case 0: return bits()
            case 1: (values, width) = (Self.bytes, 8)
            case 2: (values, width) = (Self.halfwords, 16)
            case 3: (values, width) = (Self.integers32, 32)
            case 4: return pick(Self.integers64)
            case 5, 6: (values, width) = (Self.floats32, 32)
            default: return pick(Self.floats64)
            }
            return stride(from: 0, to: 64, by: UInt64.Stride(width)).reduce(0) { $0 | pick(values) << UInt64($1) }
        }

        private static let bytes: [UInt64] = [0, 1, 7, 8, 15, 16, 31, 0x70, 0x7F, 0x80, 0x81, 0xF0, 0xFE, 0xFF]
        private static let halfwords: [UInt64] = [
            0, 1, 15, 16, 0x7F, 0x80, 0xFF, 0x100, 0x7FFE, 0x7FFF, 0x8000, 0x8001, 0xFF7F, 0xFF80, 0xFFFE, 0xFFFF,
        ]
        private static let integers32: [UInt64] = [
            0, 1, 31, 32, 33, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_7FFF,
            0xFFFF_8000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0001, 0xFFFF_0000, 16_777_217, 0x8000_0080, 0xFF_FFFF,
        ]
        private static let integers64: [UInt64] = [
            0, 1, 63, 64, 65, 0xFFFF_FFFF, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 63) + 1, .max - 1, .max,
            0x8000_0000_0000_00FF, 0x7FFF_FFFF_8000_0000,
        ]
        private static let numbers: [Double] = [
            0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 3.5, 100.7, 2_147_483_520, 2_147_483_647, 2_147_483_648, 2_147_483_649.5,
            4_294_967_040, 4_294_967_295, 4_294_967_295.5, 4_294_967_296, 0x1p52, 0x1p63, 1e30, 1e-30, .infinity,
            8_388_609,
        ]
        private static let floats64: [UInt64] =
            numbers.flatMap { [$0.bitPattern, (-$0).bitPattern] } + [
                1, Double.greatestFiniteMagnitude.bitPattern, 0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000,
                0x7FF4_0000_0000_0001, 0xFFFF_1234_5678_9ABC, 0x8000_0000_0000_0000, 0,
            ]
        private static let floats32: [UInt64] =
            numbers.flatMap { [UInt64(Float($0).bitPattern), UInt64(Float(-$0).bitPattern)] } + [
                1, 0x7F7F_FFFF, 0x7FC0_0000, 0xFFC0_0000, 0x7FA0_0001, 0xFFFF_1234, 0x8000_0000, 0,
            ]
    }

    extension V128 {
        /// The 16 bytes, highest first.
        var hexadecimal: String {
            "0x" + bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }

        var bytes: [UInt8] {
            (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? low : high) >> UInt64(8 * ($0 & 7))) }
        }

        var words: [UInt32] {
            [low, low >> 32, high, high >> 32].map { UInt32(truncatingIfNeeded: $0) }
        }
    }
#endif
