import Foundation
import WorkerIsolation

/// A file that is locked while the worker that passes it is to wait. A lock goes with the process that holds it.
///
/// Source: flock(2).
final class Gate {
    private let descriptor: Int32
    /// Whether this process has closed it.
    private(set) var isClosed = false

    /// Opens the file, which is made where it is missing.
    init(_ path: String) throws(WorkerError) {
        descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw WorkerError("\(path): cannot be opened: \(String(cString: strerror(errno)))")
        }
    }

    deinit { Foundation.close(descriptor) }

    /// Has others wait that are to pass. One that passes just now keeps it open until this is called again.
    func close() {
        if !isClosed { isClosed = flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
    }

    func open() {
        flock(descriptor, LOCK_UN)
        isClosed = false
    }

    /// Passes, or waits until it is open.
    /// - Parameter willWait: called before.
    func pass(willWait: () -> Void) {
        if flock(descriptor, LOCK_SH | LOCK_NB) != 0 {
            willWait()
            while flock(descriptor, LOCK_SH) != 0, errno == EINTR {}
        }
        flock(descriptor, LOCK_UN)
    }
}
