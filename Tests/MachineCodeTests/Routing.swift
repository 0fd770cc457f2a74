import MachineCode
import SSA

/// Values whose way through a chain of functions is known in closed form.
struct Routing: Sendable {
    static let cycle: [IRType] = [.i32, .f64, .v128, .i64, .f32, .i64, .reference]

    /// So many types; the offset makes lists that differ.
    static func types(_ count: Int, offset: Int = 0) -> [IRType] {
        (0..<count).map { cycle[($0 + offset) % cycle.count] }
    }

    /// Where a wanted value comes from: a position among those that there are, of the same type, or nowhere. Neighbours
    /// come from different places.
    static func source(_ position: Int, of wanted: [IRType], from available: [IRType]) -> Int? {
        for attempt in 0..<cycle.count * 2 where !available.isEmpty {
            let candidate = (available.count - 1 + position * 5 + attempt) % available.count
            if available[candidate] == wanted[position] { return candidate }
        }
        return nil
    }

    /// What a function passes for a value that comes from nowhere.
    static func constant(_ position: Int, _ tag: UInt64) -> UInt64 { 0x4000_0000 + tag << 20 + UInt64(position) }

    /// Builds the wanted values out of those that there are.
    static func route(
        _ wanted: [IRType],
        from available: [SSA.Value],
        _ types: [IRType],
        tag: UInt64,
        _ builder: inout FunctionBuilder
    ) -> [SSA.Value] {
        wanted.indices.map { position in
            if let source = source(position, of: wanted, from: types) { return available[source] }
            let bits = constant(position, tag)
            return wanted[position] == .v128
                ? builder.constantVector(low: bits, high: ~bits) : builder.constant(wanted[position], Int64(bits))
        }
    }

    /// What ``route(_:from:_:tag:_:)`` gives.
    static func route(_ wanted: [IRType], from available: [RawValue], _ types: [IRType], tag: UInt64) -> [RawValue] {
        wanted.indices.map { position in
            if let source = source(position, of: wanted, from: types) { return available[source] }
            return raw(constant(position, tag), wanted[position])
        }
    }

    /// A number as a value of a type.
    static func raw(_ bits: UInt64, _ type: IRType) -> RawValue {
        switch type {
        case .i32, .f32: RawValue(bits & 0xFFFF_FFFF, 0)
        case .i64, .f64, .reference: RawValue(bits, 0)
        case .v128: RawValue(bits, ~bits)
        }
    }

    /// Distinct values of the types.
    static func values(_ types: [IRType]) -> [RawValue] {
        types.enumerated().map { raw(0x1_2345_0000 + UInt64($0.offset), $0.element) }
    }

    /// The bits of values that their types define.
    static func significant(_ values: [RawValue], _ types: [IRType]) -> [RawValue] {
        zip(values, types).map { value, type in
            switch type {
            case .i32, .f32: RawValue(value.x & 0xFFFF_FFFF, 0)
            case .i64, .f64, .reference: RawValue(value.x, 0)
            case .v128: value
            }
        }
    }
}
