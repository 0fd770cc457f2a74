/// Tells an observer which phase of which engine begins, so that whoever watches a process that dies knows where it was.
public enum PhaseTrace {
    /// Called at the beginning of each phase; set once, before engines run.
    nonisolated(unsafe) public static var observer: (@Sendable (Phase, EngineName) -> Void)?

    public static func enter(_ phase: Phase, engine: EngineName) {
        if let observer { observer(phase, engine) }
    }
}
