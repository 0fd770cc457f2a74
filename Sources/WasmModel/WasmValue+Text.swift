extension WasmValue: CustomStringConvertible, Codable {
    /// The type and the bits, e.g. `i32:7`, `f64:0x7ff8000000000000`, `v128:0x…`, `ref:null`; ``init(text:)`` reads it back.
    public var description: String {
        switch self {
        case .i32(let bits): return "i32:\(Int32(bitPattern: bits))"
        case .i64(let bits): return "i64:\(Int64(bitPattern: bits))"
        case .f32(let bits): return "f32:0x\(Self.hexadecimal(UInt64(bits), digits: 8))"
        case .f64(let bits): return "f64:0x\(Self.hexadecimal(bits, digits: 16))"
        case .v128(let vector):
            return "v128:0x\(Self.hexadecimal(vector.high, digits: 16))\(Self.hexadecimal(vector.low, digits: 16))"
        case .reference(.null): return "ref:null"
        case .reference(.external(let number)): return "ref:extern-\(number)"
        case .reference(.function(let index)): return "ref:func-\(index)"
        case .reference(.opaque(let kind)): return "ref:opaque-\(kind)"
        }
    }

    /// Reads what ``description`` gives; numbers may also be written in decimal with a sign, or in hexadecimal with `0x`, and floats also as
    /// decimal numbers such as `f32:1.5`. Nil where the text is none of these.
    public init?(text: some StringProtocol) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let digits = String(text[text.index(after: colon)...])
        func bits<Bits: FixedWidthInteger & UnsignedInteger>(_: Bits.Type) -> Bits? {
            if digits.hasPrefix("0x") { return Bits(digits.dropFirst(2), radix: 16) }
            if let unsigned = Bits(digits) { return unsigned }
            guard let signed = Int64(digits), signed < 0, signed >= Int64.min >> Int64(64 - Bits.bitWidth) else {
                return nil
            }
            return Bits(truncatingIfNeeded: signed)
        }
        switch text[..<colon] {
        case "i32":
            guard let number = bits(UInt32.self) else { return nil }
            self = .i32(number)
        case "i64":
            guard let number = bits(UInt64.self) else { return nil }
            self = .i64(number)
        case "f32":
            if digits.hasPrefix("0x"), let number = bits(UInt32.self) {
                self = .f32(number)
            } else if let number = Float(digits) {
                self = .f32(number.bitPattern)
            } else {
                return nil
            }
        case "f64":
            if digits.hasPrefix("0x"), let number = bits(UInt64.self) {
                self = .f64(number)
            } else if let number = Double(digits) {
                self = .f64(number.bitPattern)
            } else {
                return nil
            }
        case "v128":
            guard digits.hasPrefix("0x"), digits.count == 34,
                let high = UInt64(digits.dropFirst(2).prefix(16), radix: 16),
                let low = UInt64(digits.suffix(16), radix: 16)
            else { return nil }
            self = .v128(V128(low: low, high: high))
        case "ref":
            if digits == "null" {
                self = .reference(.null)
            } else if digits.hasPrefix("extern-"), let number = UInt32(digits.dropFirst(7)) {
                self = .reference(.external(number))
            } else if digits.hasPrefix("func-"), let number = UInt32(digits.dropFirst(5)) {
                self = .reference(.function(FunctionIndex(number)))
            } else if digits.hasPrefix("opaque-") {
                self = .reference(.opaque(String(digits.dropFirst(7))))
            } else {
                return nil
            }
        default: return nil
        }
    }

    private static func hexadecimal(_ bits: UInt64, digits: Int) -> String {
        let text = String(bits, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = WasmValue(text: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a value: \(text)")
        }
        self = value
    }
}
