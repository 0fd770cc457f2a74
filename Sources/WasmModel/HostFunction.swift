/// What an imported function does in a test case: it answers with values in closed form, so that every engine can be given the
/// same host, and so that an expectation can be computed without running anything.
///
/// Result `j` is parameter `k`, where `k` is the first position at or after `j` (wrapping round) whose type is the result's type;
/// where no parameter has the type, it is ``tag(import:result:type:)``.
public struct HostFunction: Hashable, Sendable {
    /// Which of the module's imported functions this is, counted from zero.
    public var importOrdinal: Int
    public var type: FunctionType
    /// For each result the position of the parameter that it repeats; nil where it is a tag.
    public let sources: [Int?]

    /// Makes the host function of an import.
    ///
    /// Costs time linear in the number of parameters and results.
    public init(importOrdinal: Int, type: FunctionType) {
        self.importOrdinal = importOrdinal
        self.type = type
        // For each type, the next position at or after i, found by walking backwards twice round.
        var next: [ValueType: Int] = [:]
        let parameterCount = type.parameters.count
        var nearest = [Int?](repeating: nil, count: type.results.count)
        if parameterCount > 0 {
            for position in (0..<parameterCount).reversed() { next[type.parameters[position]] = position }
            for position in (0..<Swift.max(parameterCount, type.results.count)).reversed() {
                if position < parameterCount { next[type.parameters[position]] = position }
                if position < type.results.count { nearest[position] = next[type.results[position]] }
            }
        }
        self.sources = nearest
    }

    /// The answer to a call.
    /// - Parameter arguments: as many as the type has parameters.
    public func results(for arguments: [WasmValue]) -> [WasmValue] {
        type.results.indices.map { position in
            if let source = sources[position] {
                arguments[source]
            } else {
                Self.tag(import: importOrdinal, result: position, type: type.results[position])
            }
        }
    }

    /// A value that names the import and the result that it stands for; never a NaN. References are null.
    public static func tag(import ordinal: Int, result position: Int, type: ValueType) -> WasmValue {
        let number = UInt32(truncatingIfNeeded: 0x0800_0000 + ordinal << 20 + position)
        switch type {
        case .i32: return .i32(number)
        case .i64: return .i64(UInt64(number) << 32 | UInt64(~number))
        case .f32: return .f32(Float(number & 0xFF_FFFF).bitPattern)
        case .f64: return .f64(Double(number).bitPattern)
        case .v128: return .v128(V128(low: UInt64(number) << 32 | UInt64(number), high: UInt64(~number)))
        case .reference: return .reference(.null)
        }
    }
}
