/// What a value is that may be a NaN, or have lanes that may be.
public enum NaNShape: String, Hashable, Sendable {
    case f32, f64, f32x4, f64x2

    private static let operations: Set<Substring> = [
        "ceil", "floor", "trunc", "nearest", "sqrt", "add", "sub", "mul", "div", "min", "max", "demote_f64",
        "promote_f32", "demote_f64x2_zero", "promote_low_f32x4", "relaxed_madd", "relaxed_nmadd", "relaxed_min",
        "relaxed_max",
    ]

    /// By ``Opcode/position``.
    private static let results: [NaNShape?] = OpcodeTable.rows.map { row in
        let parts = row.name.split(separator: ".")
        guard parts.count == 2, operations.contains(parts[1]) else { return nil }
        return NaNShape(rawValue: String(parts[0]))
    }

    /// The shape of the result of an instruction that may compute a NaN, whose bits the specification leaves open; nil for one that
    /// computes none or moves it as it is. Relaxed minima and maxima are among them, which may do either.
    ///
    /// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation.
    public init?(computedBy opcode: Opcode) {
        guard let shape = Self.results[opcode.position] else { return nil }
        self = shape
    }
}
