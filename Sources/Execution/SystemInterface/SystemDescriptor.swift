/// Standard input, output or error: a character device at its end, or that takes what is written.
///
/// Source: WASI snapshot preview 1, `typenames.witx`, `$fdstat` and `$filestat`.
struct SystemDescriptor {
    enum Stream: UInt64 {
        case input, output, error
    }

    /// What a descriptor may be used for, as bits.
    struct Rights: OptionSet {
        let rawValue: UInt64
        static let read = Rights(rawValue: 1 << 1)
        static let setFlags = Rights(rawValue: 1 << 3)
        static let write = Rights(rawValue: 1 << 6)
        static let fileStatus = Rights(rawValue: 1 << 21)
        static let poll = Rights(rawValue: 1 << 27)
    }

    let stream: Stream
    private(set) var rights: Rights
    private(set) var flags: UInt64 = 0

    init(_ stream: Stream) {
        self.stream = stream
        rights = [stream == .input ? .read : .write, .setFlags, .fileStatus, .poll]
    }

    private static let characterDevice: UInt64 = 2
    /// The greatest set of flags: append, dsync, nonblock, rsync and sync.
    private static let allFlags: UInt64 = 0x1F

    /// The type and the flags, the rights, and the rights of what would be opened through it.
    var status: [UInt64] { [Self.characterDevice | flags << 16, rights.rawValue, 0] }

    /// Device, serial number, type, links, size, and the times of the last access, modification and change.
    var fileStatus: [UInt64] { [0, stream.rawValue, Self.characterDevice, 1, 0, 0, 0, 0] }

    mutating func setFlags(_ new: UInt64) -> SystemErrorNumber {
        guard rights.contains(.setFlags) else { return .notCapable }
        guard new <= Self.allFlags else { return .invalid }
        flags = new
        return .success
    }

    /// Takes rights away; none can be added.
    mutating func setRights(_ new: UInt64, inheriting: UInt64) -> SystemErrorNumber {
        guard rights.isSuperset(of: Rights(rawValue: new)), inheriting == 0 else { return .notCapable }
        rights = Rights(rawValue: new)
        return .success
    }
}
