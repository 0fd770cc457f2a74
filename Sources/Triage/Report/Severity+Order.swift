extension Severity: Comparable {
    /// Greater for what matters more.
    private var rank: Int {
        switch self {
        case .resources: 0
        case .compileTime: 1
        case .refusal: 2
        case .acceptance: 3
        case .hang: 4
        case .compileCrash: 5
        case .runTimeCrash: 6
        case .miscompilation: 7
        case .memorySafety: 8
        }
    }

    /// Whether one matters less than another.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

extension CrashReport {
    /// What the crash means for those who use its engine, whether the engine is in this program or not.
    public var severity: Severity { account?.severity ?? Severity(divergence) }
}
