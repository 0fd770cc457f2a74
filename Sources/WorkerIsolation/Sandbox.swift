import Foundation
import ProcessControl

/// What a worker drops before it runs code of a compiler's making, which may do anything: privileges, the network, other processes and
/// programs, and all files but those that it needs. What it has open stays open.
///
/// Everything here is of the kernel (seccomp and Landlock on Linux); where the kernel has less of it, less is dropped, and
/// ``sayOnceWhatIsLacking()`` says so.
public struct Sandbox: Hashable, Sendable {
    /// Files and folders that are read, besides ``systemFiles``.
    public var readable: [String]
    /// Files and folders that are read and changed; they have to exist when the sandbox is entered.
    public var writable: [String]

    /// Makes a sandbox, for a worker that needs no files unless some are named.
    public init(readable: [String] = [], writable: [String] = []) {
        self.readable = readable
        self.writable = writable
    }

    /// What the run-time libraries read of their own accord: the process itself, the time zone, the processors.
    private static let systemFiles = [
        "/proc/self", "/etc/localtime", "/usr/share/zoneinfo", "/sys/devices/system/cpu", "/dev/null", "/dev/urandom",
    ]

    /// Enters the sandbox for good. To be called before the first thread is started.
    public func enter() {
        // Each step helps without the others; what the kernel lacks, the process that started this one has said.
        _ = sandbox_renounce_privileges()
        let readable = (Self.systemFiles + readable).map { strdup($0) }
        let writable = writable.map { strdup($0) }
        defer { for path in readable + writable { free(path) } }
        _ = sandbox_restrict_files(
            readable.map { UnsafePointer($0) },
            readable.count,
            writable.map { UnsafePointer($0) },
            writable.count
        )
        _ = sandbox_deny_system_calls(writable.isEmpty ? 0 : 1)
    }

    /// What of a sandbox this kernel has not, by the names under which it is known; empty where it has all.
    public static var lacking: [String] {
        (sandbox_has_system_call_filter() == 0 ? ["seccomp"] : [])
            + (sandbox_has_file_restriction() == 0 ? ["Landlock"] : [])
    }

    /// One line on standard error, once in the life of this process, where the kernel lacks something.
    static func sayOnceWhatIsLacking() { _ = notice }

    private static let notice: Void = {
        if let line = notice(ofLacking: lacking) { FileDescriptorLine.write(line, to: 2) }
    }()

    /// What is said of a kernel without some of what a sandbox needs; nil for one with all.
    static func notice(ofLacking lacking: [String]) -> String? {
        guard !lacking.isEmpty else { return nil }
        return
            "note: this system has no \(lacking.joined(separator: " and no ")): workers run compiled code with more rights "
            + "than they need"
    }
}
