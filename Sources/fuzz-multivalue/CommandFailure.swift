/// Why a command cannot do what it was asked for: one line, and the exit status.
struct CommandFailure: Error, CustomStringConvertible {
    var description: String
    var status: ExitStatus

    /// Makes a failure; without another status it is one of misuse or bad input.
    init(_ description: String, status: ExitStatus = .misuse) {
        self.description = description
        self.status = status
    }
}
