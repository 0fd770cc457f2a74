/// Why a command cannot do what it was asked for: one line, and the exit status.
struct CommandFailure: Error, CustomStringConvertible {
    var description: String
    /// 2 for misuse and bad input, 1 for a failure of what is being tested.
    var status: Int32

    /// Makes a failure.
    init(_ description: String, status: Int32 = 2) {
        self.description = description
        self.status = status
    }
}
