import WasmModel

extension ValueType {
    /// Types in brackets as the text format writes them; of long lists the first ones.
    public static func text(of types: [ValueType]) -> String { PackedType.text(of: types.map { PackedType($0) }[...]) }
}

extension PackedType: CustomStringConvertible {
    /// The type as the text format writes it.
    var description: String {
        if isReference { return isNullable ? "(ref null \(heapType))" : "(ref \(heapType))" }
        let names = ["bot", "i32", "i64", "f32", "f64", "v128"]
        return Int(rawValue) < names.count ? names[Int(rawValue)] : "address"
    }

    /// Types in brackets; of long lists the first ones.
    static func text(of types: ArraySlice<PackedType>) -> String {
        let shown = types.prefix(10).map(\.description).joined(separator: " ")
        return types.count > 10 ? "[\(shown) ... (\(types.count) types)]" : "[\(shown)]"
    }
}

extension PackedHeapType: CustomStringConvertible {
    /// The heap type as the text format writes it.
    var description: String {
        if let definedPosition { return "\(definedPosition)" }
        return HeapType.abstractTypes.first { PackedHeapType($0) == self }?.description ?? "bot"
    }
}
