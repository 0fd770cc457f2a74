/// What an imported function does in a test case: it answers with values in closed form, so that every engine can be given the
/// same host, and so that an expectation can be computed without running anything.
///
/// Result `j` is parameter `k`, where `k` is the first position at or after `j` (wrapping round) whose type is the result's type;
/// where no parameter has the type, it is a ``HostValue`` that names the import and the result. Where a result has no value, a call
/// traps with ``Trap/noHostValue``, after it was logged.
public struct HostFunction: Hashable, Sendable {
    /// What a result is.
    public enum Answer: Hashable, Sendable {
        /// The argument at a position, whatever it is.
        case parameter(Int)
        /// A value that the host makes.
        case made(HostValue)
        /// The type has no value that a host can make.
        case missing
    }

    /// Which of the module's imported functions this is, counted from zero.
    public let importOrdinal: Int
    public let type: FunctionType
    /// What every result is.
    public let answers: [Answer]

    /// Makes the host function of an import.
    ///
    /// Costs time linear in the number of parameters and results.
    /// - Parameters:
    ///   - functionOfType: the imported function that is of a defined type of the module; nil where none is. It decides about
    ///     results that are references to defined types.
    public init(
        importOrdinal: Int,
        type: FunctionType,
        functionOfType: (TypeIndex) -> FunctionIndex? = { _ in nil }
    ) {
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
        let itself = FunctionIndex(importOrdinal)
        answers = nearest.enumerated().map { position, source in
            if let source { return .parameter(source) }
            let value = HostValue.made(
                for: type.results[position],
                HostValue.Place(import: importOrdinal, result: position),
                anyFunction: itself,
                functionOfType: functionOfType
            )
            return value.map(Answer.made) ?? .missing
        }
    }

    /// Whether a call returns: every result has a value.
    public var canReturn: Bool { !answers.contains(.missing) }

    /// The results of a call, as they are seen from outside; null stands for a result that has no value, where no call returns.
    /// - Parameter arguments: as many as the type has parameters.
    public func results(for arguments: [WasmValue]) -> [WasmValue] {
        answers.map { answer in
            switch answer {
            case .parameter(let position): arguments[position]
            case .made(let value): value.seen
            case .missing: .reference(.null)
            }
        }
    }
}
