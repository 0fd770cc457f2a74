import WorkerIsolation

/// Progress on standard error: one line that changes on a terminal, a line every five seconds elsewhere.
struct StatusLine {
    private let isTerminal: Bool
    private let isQuiet: Bool
    private var last: ContinuousClock.Instant?
    private var isOpen = false

    init(isTerminal: Bool, isQuiet: Bool) {
        self.isTerminal = isTerminal
        self.isQuiet = isQuiet
    }

    /// Shows the state if it is time to.
    mutating func update(_ text: @autoclosure () -> String, now: ContinuousClock.Instant = .now) {
        guard !isQuiet else { return }
        if let last, now - last < (isTerminal ? .milliseconds(200) : .seconds(5)) { return }
        last = now
        if isTerminal {
            write("\r\u{1B}[K" + text().prefix(118))
            isOpen = true
        } else {
            write(text() + "\n")
        }
    }

    /// Shows a line that stays.
    mutating func say(_ text: String) {
        guard !isQuiet else { return }
        close()
        write(text + "\n")
    }

    /// Clears the changing line.
    mutating func close() {
        if isOpen { write("\r\u{1B}[K") }
        isOpen = false
    }

    private func write(_ text: some StringProtocol) { FileDescriptorLine.writeText(String(text), to: 2) }
}
