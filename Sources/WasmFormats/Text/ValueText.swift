import WasmModel

/// Values as people read and write them, beside ``WasmModel/WasmValue/description``, which is what is stored.
///
/// What ``text(of:)`` gives, ``value(_:of:)`` reads back.
public enum ValueText {
    // MARK: Writing

    /// The type and the value: integers in decimal, floats in decimal with their bits behind, vectors as four lanes of bits.
    ///
    ///     i32:-5   f32:1.5 (0x3fc00000)   f64:nan:0x1 (0x7ff0000000000001)   i32x4:0x1,0x2,0x3,0x4   ref:null
    public static func text(of value: WasmValue) -> String {
        switch value {
        case .i32, .i64, .reference: return value.description
        case .f32(let bits): return text(UInt64(bits), .single, value)
        case .f64(let bits): return text(bits, .double, value)
        case .v128(let vector):
            let shape = VectorShape.i32x4
            let lanes = (0..<shape.laneCount).map {
                "0x" + String(vector.lane($0, width: shape.laneWidth), radix: 16)
            }
            return "\(shape.rawValue):\(lanes.joined(separator: ","))"
        }
    }

    private static func text(_ bits: UInt64, _ format: FloatFormat, _ value: WasmValue) -> String {
        let stored = value.description
        let type = stored.prefix(4)
        return "\(type)\(NumberText.decimalFloat(bits, format: format)) (\(stored.dropFirst(type.count)))"
    }

    /// A text with the values in it, each written as ``WasmModel/WasmValue/description`` does, as ``text(of:)`` writes them.
    public static func displayed(_ text: String) -> String {
        guard storedForms.contains(where: { text.contains($0) }) else { return text }
        var result = ""
        var rest = text[...]
        while !rest.isEmpty {
            let word = rest.prefix { !" ,()".contains($0) }
            if storedForms.contains(where: { word.hasPrefix($0) }), let value = WasmValue(text: word) {
                result += self.text(of: value)
            } else {
                result += word
            }
            rest = rest[word.endIndex...]
            if let separator = rest.popFirst() { result.append(separator) }
        }
        return result
    }

    /// How those values begin that are written in another way.
    private static let storedForms = ["f32:0x", "f64:0x", "v128:0x"]

    // MARK: Reading

    /// Why a text is no value of a type.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// What goes on from the text, e.g. `is out of the range of i32, which is -2147483648 to 4294967295`.
        public var description: String
    }

    /// Reads a value. The type may stand in front of it, with a colon.
    ///
    /// Numbers are those of the text format: signs, `0x`, underscores, `1.5e3`, `0x1.8p3`, `inf`, `nan`, `nan:0x200000`. A float that is
    /// written in hexadecimal without a point or an exponent is the bits, as in `f32:0x3fc00000`. Vectors are lanes of any shape,
    /// `i8x16:1,2,...` or `f64x2:1.5,-inf`, or one number of 128 bits, `v128:0x1`.
    public static func value(_ text: some StringProtocol, of type: ValueType) throws(Malformed) -> WasmValue {
        let (prefix, number) = parts(of: Array(text.utf8)[...])
        let name = type.isReference ? "ref" : TypeList.name(of: type)
        let shape = type == .v128 ? prefix.flatMap(VectorShape.init) : nil
        if let prefix, prefix != name, shape == nil { throw otherType(type) }
        switch type {
        case .i32: return .i32(UInt32(try integer(number, width: 32, name, type)))
        case .i64: return .i64(try integer(number, width: 64, name, type))
        case .f32: return .f32(UInt32(try float(number, .single, name, type)))
        case .f64: return .f64(try float(number, .double, name, type))
        case .v128:
            guard let shape else { return .v128(try vector(number)) }
            return .v128(try lanes(number, shape))
        case .reference(let reference):
            guard let value = WasmValue(text: "ref:\(String(decoding: number, as: UTF8.self))") else {
                throw otherType(type)
            }
            guard value != .reference(.null) || reference.isNullable else {
                throw Malformed(description: "is null, which is no value of \(reference)")
            }
            return value
        }
    }

    /// Whether a text is a number in any of the forms, without a type.
    public static func isNumber(_ text: some StringProtocol) -> Bool {
        NumberSyntax.isNumber(Array(text.utf8)[...]) || text == "-nan:canonical"
    }

    /// The type, where one is named, and what follows it.
    private static func parts(of text: ArraySlice<UInt8>) -> (prefix: String?, number: ArraySlice<UInt8>) {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return (nil, text) }
        let prefix = String(decoding: text[..<colon], as: UTF8.self)
        // The colon of a NaN with its payload.
        return NumberSyntax.isNumber(text[..<colon]) ? (nil, text) : (prefix, text[(colon + 1)...])
    }

    private static func otherType(_ type: ValueType) -> Malformed {
        Malformed(description: "is not of type \(TypeList.name(of: type)) (write \(WasmValue.zero(of: type)))")
    }

    // MARK: Numbers

    private static func integer(
        _ text: ArraySlice<UInt8>,
        width: Int,
        _ name: String,
        _ type: ValueType
    ) throws(Malformed) -> UInt64 {
        guard let number = NumberSyntax.integer(text) else { throw otherType(type) }
        guard let bits = NumberSyntax.bits(of: number, width: width) else { throw outOfRange(of: name, width: width) }
        return bits
    }

    private static func outOfRange(of name: String, width: Int) -> Malformed {
        let largest = UInt64.max >> UInt64(64 - width)
        return Malformed(
            description: "is out of the range of \(name), which is \(Int64.min >> Int64(64 - width)) to \(largest)"
        )
    }

    private static func float(
        _ text: ArraySlice<UInt8>,
        _ format: FloatFormat,
        _ name: String,
        _ type: ValueType
    ) throws(Malformed) -> UInt64 {
        let width = Int(format.width)
        // What is printed has the bits in parentheses behind it.
        if text.last == UInt8(ascii: ")"), let opening = text.firstIndex(of: UInt8(ascii: "(")),
            text[..<opening].last == UInt8(ascii: " ")
        {
            let number = try float(text[..<opening].dropLast(), format, name, type)
            guard bits(text[(opening + 1)...].dropLast(), width: width) == number else {
                throw Malformed(description: "names bits that are not those of the number")
            }
            return number
        }
        if let integer = NumberSyntax.integer(text), text.contains(UInt8(ascii: "x")) {
            guard !integer.hasSign else {
                throw Malformed(
                    description: "is the bits of the float, which have no sign; write a point or an exponent such as p0"
                )
            }
            guard let bits = NumberSyntax.bits(of: integer, width: width) else {
                throw Malformed(description: "has more than the \(width) bits of \(name)")
            }
            return bits
        }
        let isNegative = text.first == UInt8(ascii: "-")
        let unsigned = text.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        if text.count <= unsigned.count + 1, unsigned.elementsEqual("nan:canonical".utf8) {
            return format.canonicalNaN | (isNegative ? format.signBit : 0)
        }
        switch NumberSyntax.float(text, format: format) {
        case .bits(let bits): return bits
        case .notANumber: throw otherType(type)
        case .outOfRange:
            if unsigned.starts(with: "nan:".utf8) {
                let largest = String((UInt64(1) << format.fractionBits) - 1, radix: 16)
                throw Malformed(description: "has no payload of a NaN of \(name), which is 0x1 to 0x\(largest)")
            }
            throw Malformed(description: "is out of the range of \(name)")
        }
    }

    /// Reads a hexadecimal number without a sign.
    private static func bits(_ text: ArraySlice<UInt8>, width: Int) -> UInt64? {
        guard text.starts(with: "0x".utf8), let number = NumberSyntax.integer(text) else { return nil }
        return NumberSyntax.bits(of: number, width: width)
    }

    // MARK: Vectors

    /// Reads the lanes of a vector, separated by commas.
    private static func lanes(_ text: ArraySlice<UInt8>, _ shape: VectorShape) throws(Malformed) -> V128 {
        let words = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard words.count == shape.laneCount else {
            throw Malformed(
                description: "has \(words.count.counted("lane")), and \(shape.rawValue) has \(shape.laneCount)"
            )
        }
        var vector = V128(low: 0, high: 0)
        for (lane, word) in words.enumerated() {
            let bits: UInt64
            do throws(Malformed) {
                switch shape {
                case .i8x16: bits = try integer(word, width: 8, "i8", .i32)
                case .i16x8: bits = try integer(word, width: 16, "i16", .i32)
                case .i32x4: bits = try integer(word, width: 32, "i32", .i32)
                case .i64x2: bits = try integer(word, width: 64, "i64", .i64)
                case .f32x4: bits = try float(word, .single, "f32", .f32)
                case .f64x2: bits = try float(word, .double, "f64", .f64)
                }
            } catch {
                let shown = String(decoding: word.prefix(longestWord), as: UTF8.self)
                throw Malformed(description: "has lane \(lane), '\(shown)', which \(error)")
            }
            vector.insert(bits, lane: lane, width: shape.laneWidth)
        }
        return vector
    }

    private static let longestWord = 60

    /// Reads a vector as one hexadecimal number.
    private static func vector(_ text: ArraySlice<UInt8>) throws(Malformed) -> V128 {
        guard text.starts(with: "0x".utf8), NumberSyntax.integer(text) != nil else {
            throw Malformed(description: "is not of type v128 (write i32x4:0,0,0,0 or another shape, or v128:0x0)")
        }
        let digits = text.dropFirst(2).filter { $0 != UInt8(ascii: "_") }.drop { $0 == UInt8(ascii: "0") }
        let text = String(decoding: digits, as: UTF8.self)
        guard text.count <= 32 else { throw Malformed(description: "has more than the 128 bits of v128") }
        return V128(low: UInt64(text.suffix(16), radix: 16) ?? 0, high: UInt64(text.dropLast(16), radix: 16) ?? 0)
    }
}
