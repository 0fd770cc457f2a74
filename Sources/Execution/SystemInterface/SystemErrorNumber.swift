/// What a function of the system answers, apart from what it writes to the memory.
///
/// Source: WASI snapshot preview 1, `typenames.witx`, `$errno`.
enum SystemErrorNumber: UInt16 {
    case success = 0
    case badDescriptor = 8
    case fault = 21
    case invalid = 28
    case notDirectory = 54
    case notSocket = 57
    case notSupported = 58
    case notSeekable = 70
    case notCapable = 76
}
