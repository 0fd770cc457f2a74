import Foundation

/// How far a command is, on standard error: one line that is written over on a terminal, a line now and then elsewhere.
final class ProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant
    private var isShown = false

    private let isQuiet: Bool

    /// Nothing is written before the first interval is over, and nothing at all where it is to be quiet.
    init(isQuiet: Bool = false) {
        self.isQuiet = isQuiet
        last = ContinuousClock.now
    }

    /// Shows a text, unless something was shown just before.
    func show(_ text: @autoclosure () -> String) {
        let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(2)
        guard !isQuiet, clock.now - last >= interval else { return }
        last = clock.now
        if isTerminal {
            isShown = true
            _ = writeAll(Array("\r\u{1B}[2K\(text().displayed.prefix(Self.width))".utf8), to: STDERR_FILENO)
        } else {
            _ = writeAll(Array("\(text().displayed)\n".utf8), to: STDERR_FILENO)
        }
    }

    /// Removes the line from a terminal.
    func clear() {
        guard isShown else { return }
        isShown = false
        _ = writeAll(Array("\r\u{1B}[2K".utf8), to: STDERR_FILENO)
    }

    /// A longer line would wrap, and stay.
    private static let width = 79
}
