import Execution

/// How far the build of the instrumented worker is, as one line.
struct WorkerBuildProgress: Hashable, Sendable {
    /// Since its beginning.
    var seconds = 0.0
    /// What the build said last: a step such as `[123/456] Compiling Runtime`, before its first step anything.
    private(set) var step = ""
    private var hasStep = false

    /// Whether there is something to say: a build that has nothing to do is soon over.
    var isWorthTelling: Bool { seconds >= Self.longestSilence }

    /// In seconds.
    private static let longestSilence = 1.0

    var text: String {
        "building the instrumented worker, \(Int(seconds)) s" + (step.isEmpty ? "" : ": \(step.displayed)")
    }

    /// Notes a line of the build.
    mutating func hear(_ line: String) {
        let isStep = line.starts(with: #/\[\d+/\d+\] /#)
        guard isStep || !hasStep, line.contains(where: { !$0.isWhitespace }) else { return }
        step = line
        hasStep = isStep
    }
}
