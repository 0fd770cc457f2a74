/// What becomes of a program that sends itself a signal, none of which it can handle.
///
/// Source: WASI snapshot preview 1, `typenames.witx`, `$signal`.
enum SystemSignal {
    /// There is no such signal.
    case unknown
    case ignored
    /// Ends the program with a status.
    case terminates(status: UInt32)
    /// Would wait for somebody who continues the program, and there is nobody.
    case stops

    init(_ number: UInt32) {
        switch number {
        // Nothing, a pipe, a child, continuation, urgent data, and the size of a window.
        case 0, 13, 16, 17, 22, 27: self = .ignored
        // The system's, the terminal's, and terminal access from the background.
        case 18...21: self = .stops
        // As shells report the end by a signal.
        case 1...30: self = .terminates(status: 128 + number)
        case _: self = .unknown
        }
    }
}
