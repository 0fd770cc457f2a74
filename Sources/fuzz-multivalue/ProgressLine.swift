import Foundation
import Synchronization

/// How far a command is, on standard error: one line that is written over on a terminal, a line now and then elsewhere.
///
/// Written by a thread of its own, so that it is there as well while one thing takes long.
final class ProgressLine: Sendable {
    private struct State {
        /// What has not been written yet.
        var text: String?
        /// Whether there is a line to be removed from the terminal.
        var isShown = false
    }

    private let state = Mutex(State())
    private let isQuiet: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1

    /// Nothing is written before the first interval is over, and nothing at all where it is to be quiet.
    init(isQuiet: Bool = false) {
        self.isQuiet = isQuiet
        guard !isQuiet else { return }
        let interval: useconds_t = isTerminal ? 100_000 : 2_000_000
        Thread.detachNewThread { [weak self] in
            repeat { usleep(interval) } while self?.write() != nil
        }
    }

    /// Shows a text, which may be replaced by the next one before anybody sees it.
    func show(_ text: @autoclosure () -> String) {
        guard !isQuiet else { return }
        let text = text()
        state.withLock { $0.text = text }
    }

    /// Removes the line from a terminal, and what has not been shown.
    func clear() {
        state.withLock { state in
            state.text = nil
            guard state.isShown else { return }
            state.isShown = false
            _ = writeAll(Array(Self.erasure.utf8), to: STDERR_FILENO)
        }
    }

    private func write() {
        state.withLock { state in
            guard let text = state.text?.displayed else { return }
            state.text = nil
            state.isShown = isTerminal
            let line = isTerminal ? "\(Self.erasure)\(text.prefix(Self.width))" : "\(text)\n"
            _ = writeAll(Array(line.utf8), to: STDERR_FILENO)
        }
    }

    private static let erasure = "\r\u{1B}[2K"
    /// A longer line would wrap, and stay.
    private static let width = 79
}
