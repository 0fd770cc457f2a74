import WasmFormats
import WasmModel

extension CommandFile {
    /// An argument, or what a result may be.
    struct Value: Decodable {
        var type: String
        /// One number in decimal, or `null`, or `nan:canonical` or `nan:arithmetic`; lanes of vectors.
        var value: Literal?
        var laneType: String?
        var values: [Value]?

        enum CodingKeys: String, CodingKey {
            case type, value, values
            case laneType = "lane_type"
        }
    }

    enum Literal: Decodable {
        case single(String)
        case lanes([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .single(text)
            } else {
                self = .lanes(try container.decode([String].self))
            }
        }
    }
}

extension CommandFile.Value {
    /// The value as an argument.
    func argument() throws(CommandFileError) -> WasmValue {
        switch try pattern() {
        case .exactly(let value): return value
        case .reference(.null): return .reference(.null)
        case .f32, .f64, .vector, .reference, .either: throw mistake
        }
    }

    /// The value as what a result may be.
    func pattern() throws(CommandFileError) -> ResultPattern {
        switch (type, value) {
        case ("i32", .single(let text)): return .exactly(.i32(try bits(text)))
        case ("i64", .single(let text)): return .exactly(.i64(try bits(text)))
        case ("f32", .single(let text)):
            if let pattern = Self.notANumber(text) { return .f32(pattern) }
            return .exactly(.f32(try bits(text)))
        case ("f64", .single(let text)):
            if let pattern = Self.notANumber(text) { return .f64(pattern) }
            return .exactly(.f64(try bits(text)))
        case ("v128", .lanes(let lanes)): return try vector(lanes)
        case ("either", nil):
            var patterns: [ResultPattern] = []
            for choice in values ?? [] { patterns.append(try choice.pattern()) }
            return .either(patterns)
        case (_, .single("null")): return .reference(.null(nil))
        case ("externref", .single(let text)): return .exactly(.reference(.external(try bits(text))))
        case ("anyref", .single(let text)):
            return .exactly(.reference(.opaque("host \(try bits(text) as UInt32)")))
        case ("ref", nil): return .reference(.nonNull)
        case (_, nil):
            guard let kind = Self.kinds[type] else { throw mistake }
            return .reference(kind)
        case (_, _): throw mistake
        }
    }

    private static let kinds: [String: ReferencePattern] = [
        "funcref": .function, "externref": .external, "exnref": .exception, "anyref": .any, "eqref": .equatable,
        "i31ref": .i31, "structref": .structure, "arrayref": .array,
    ]

    private static func notANumber(_ text: String) -> FloatPattern? {
        switch text {
        case "nan:canonical": .canonicalNaN
        case "nan:arithmetic": .arithmeticNaN
        default: nil
        }
    }

    private func bits<Bits: FixedWidthInteger & UnsignedInteger>(_ text: String) throws(CommandFileError) -> Bits {
        guard let bits = Bits(text) else { throw mistake }
        return bits
    }

    private func vector(_ lanes: [String]) throws(CommandFileError) -> ResultPattern {
        let shapes: [String: VectorShape] = [
            "i8": .i8x16, "i16": .i16x8, "i32": .i32x4, "i64": .i64x2, "f32": .f32x4, "f64": .f64x2,
        ]
        guard let shape = laneType.flatMap({ shapes[$0] }), lanes.count == shape.laneCount else { throw mistake }
        let width = shape.laneWidth
        if shape == .f32x4 || shape == .f64x2, lanes.contains(where: { Self.notANumber($0) != nil }) {
            var patterns: [FloatPattern] = []
            for lane in lanes {
                if let pattern = Self.notANumber(lane) {
                    patterns.append(pattern)
                } else {
                    patterns.append(.bits(try bits(lane)))
                }
            }
            return .vector(shape, patterns)
        }
        var halves: (UInt64, UInt64) = (0, 0)
        for (position, lane) in lanes.enumerated() {
            let bits: UInt64 = try bits(lane)
            guard width == 64 || bits >> UInt64(width) == 0 else { throw mistake }
            let shift = UInt64(position * width)
            if shift < 64 { halves.0 |= bits << shift } else { halves.1 |= bits << (shift - 64) }
        }
        return .exactly(.v128(V128(low: halves.0, high: halves.1)))
    }

    private var mistake: CommandFileError { CommandFileError("no such value of type \(type)") }
}
