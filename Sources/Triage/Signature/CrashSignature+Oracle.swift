import Execution

extension CrashSignature {
    /// What tells that an engine is wrong.
    public enum Oracle: String, Hashable, Sendable, Codable, CaseIterable {
        /// The engine itself, by an assertion of its own.
        case assertion = "assertion"
        /// The processor, by a signal.
        case signal = "signal"
        /// The code that checks its stack pointer and its areas.
        case audit = "audit"
        /// The simulator of the processor, which knows whose memory is accessed.
        case simulator = "simulator"
        /// The interpreter, which comes to other values or another ending.
        case interpreter = "interpreter"
        /// The validator of the interpreter, which takes the module for valid, or for invalid.
        case validator = "validator"
        /// The clock, or the limit of memory.
        case limits = "limits"
        /// Measurements of alike modules, each twice as large as the one before.
        case growth = "growth"
    }

    /// What told of the failure.
    public var oracle: Oracle {
        guard let colon = description.range(of: ": ") else { return .assertion }
        let phase = description[..<colon.lowerBound].split(separator: " ").last.map(String.init)
        let cause = description[colon.upperBound...]
        if cause.contains("faster than the module") { return .growth }
        if cause == "no end" || cause == "memory exhausted" { return .limits }
        if cause.hasPrefix("audit: ") { return .audit }
        if cause.hasPrefix("simulator: ") { return .simulator }
        if cause.hasPrefix("SIG") { return .signal }
        if cause.hasPrefix("assertion failed: ") || cause.hasPrefix("runtime: ") { return .assertion }
        return switch phase.flatMap(Phase.init(rawValue:)) {
        case .decode, .validate: .validator
        case .execute, .instantiate: .interpreter
        case .compile, .none: .assertion
        }
    }
}
