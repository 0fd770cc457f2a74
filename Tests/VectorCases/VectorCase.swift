import WasmModel

/// A vector instruction with its immediate.
public struct VectorCase {
    /// The vector instructions that neither access memory nor are constants.
    public static let opcodes: [Opcode] = OpcodeTable.rows.filter { row in
        (row.feature == .simd || row.feature == .relaxedSIMD) && row.operands?.contains(.address) == false
            && row.immediate != .v128
    }.map(\.opcode)

    public var opcode: Opcode
    /// The immediate in the text format.
    public var immediate = ""
    /// The lane that the immediate says.
    public var lane: Int64 = 0
    /// Of a shuffle.
    public var mask: V128?

    /// The instruction with several immediates, where it has one.
    public static func all(_ opcode: Opcode) -> [VectorCase] {
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

    /// The types of the operands.
    public var operands: [ValueType] { types(opcode.row.operands) }
    /// The type of the result.
    public var result: ValueType { types(opcode.row.results)[0] }
    /// The instruction in the text format.
    public var text: String { immediate.isEmpty ? opcode.row.name : opcode.row.name + " " + immediate }

    private func types(_ operands: [OperandType]?) -> [ValueType] {
        operands!.map { if case .value(let type) = $0 { type } else { preconditionFailure("no address") } }
    }

    // MARK: Comparison

    /// The instructions whose results may be any NaN of a class, where they are NaNs.
    private static let arithmetic = [
        "add", "sub", "mul", "div", "sqrt", "min", "max", "ceil", "floor", "trunc", "nearest", "relaxed_madd",
        "relaxed_nmadd", "relaxed_min", "relaxed_max", "demote_f64x2_zero", "promote_low_f32x4",
    ]

    /// Whether a result is one that the specification allows beside the interpreter's.
    public func agree(_ result: V128, _ expected: V128, _ arguments: [V128]) -> Bool {
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
