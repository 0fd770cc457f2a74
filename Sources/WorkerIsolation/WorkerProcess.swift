import Foundation
import Synchronization

/// How to start a worker.
public struct WorkerInvocation: Hashable, Sendable {
    /// The path of the program.
    public var executable: String
    public var arguments: [String]
    /// Added to this process's environment.
    public var environment: [String: String]

    /// Makes an invocation.
    public init(executable: String, arguments: [String], environment: [String: String] = [:]) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
    }
}

/// How a process ended.
public enum Termination: Hashable, Sendable {
    case exited(status: Int32)
    case signalled(Int32)
}

/// A worker could not be started or spoken to.
public struct WorkerError: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String

    /// Makes an error.
    public init(_ description: String) { self.description = description }
}

/// A child process in a process group of its own, with pipes that never block the reader.
///
/// For one thread at a time. The child is killed when the object goes.
public final class WorkerProcess {
    /// The process's number.
    public let identifier: pid_t
    private var input: Int32
    private var output: Int32
    private var errors: Int32
    private var outputLines = LineBuffer()
    private var errorLines = LineBuffer()
    private var termination: Termination?

    /// Two pipes that are opened while another child is started would be inherited by it, and then never end.
    private static let spawning = Mutex(())

    /// Starts a worker; Swift's own crash handler is off, which is slow and hides the signal from libFuzzer.
    public init(_ invocation: WorkerInvocation) throws(WorkerError) {
        signal(SIGPIPE, SIG_IGN)
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        environment.merge(invocation.environment) { _, new in new }
        let pairs = environment.map { "\($0.key)=\($0.value)" }
        let started = Self.spawning.withLock { _ in
            Self.spawn([invocation.executable] + invocation.arguments, environment: pairs)
        }
        switch started {
        case .failure(let error): throw error
        case .success(let child):
            identifier = child.identifier
            input = child.input
            output = child.output
            errors = child.errors
        }
    }

    deinit {
        if termination == nil {
            kill(identifier, SIGKILL)
            var status: Int32 = 0
            while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        }
        for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    }

    // MARK: Speaking

    /// Writes all of the bytes, reading meanwhile what the worker says, so that neither waits for the other.
    /// - Returns: false where the worker has closed its input, or the deadline has passed.
    public func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Bool {
        var offset = 0
        while offset < bytes.count {
            guard ContinuousClock.now < deadline else { return false }
            var descriptors = pollDescriptors()
            descriptors.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
            _ = poll(&descriptors, nfds_t(descriptors.count), 100)
            drain()
            let written = bytes.withUnsafeBytes { systemWrite(input, $0.baseAddress! + offset, $0.count - offset) }
            if written > 0 { offset += written }
            if written < 0, errno != EAGAIN, errno != EINTR { return false }
        }
        return true
    }

    /// Closes the worker's standard input.
    public func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// The next complete lines of standard output and of standard error, waiting for at most so many milliseconds for some.
    public func lines(waitingMilliseconds: Int32) -> (output: [String], errors: [String]) {
        drain()
        var taken = (outputLines.take(), errorLines.take())
        if taken.0.isEmpty, taken.1.isEmpty, !isClosed {
            var descriptors = pollDescriptors()
            _ = poll(&descriptors, nfds_t(descriptors.count), waitingMilliseconds)
            drain()
            taken = (outputLines.take(), errorLines.take())
        }
        return taken
    }

    /// Whether the worker has closed both of its outputs, as a dead one has.
    public var isClosed: Bool { output < 0 && errors < 0 }

    /// The descriptors to wait for, to be used with several workers.
    public func pollDescriptors() -> [pollfd] {
        [output, errors].filter { $0 >= 0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    private func drain() {
        Self.drain(&output, into: &outputLines)
        Self.drain(&errors, into: &errorLines)
    }

    private static func drain(_ descriptor: inout Int32, into lines: inout LineBuffer) {
        guard descriptor >= 0 else { return }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                lines.append(chunk[..<count])
            } else if count < 0, errno == EINTR {
                continue
            } else if count < 0, errno == EAGAIN {
                return
            } else {
                close(descriptor)
                descriptor = -1
                lines.finish()
                return
            }
        }
    }

    // MARK: Ending

    /// Sends a signal to the worker.
    public func send(_ signal: Int32) {
        if termination == nil { kill(identifier, signal) }
    }

    /// How the worker ended; nil while it runs.
    public func terminationIfEnded() -> Termination? { wait(options: WNOHANG) }

    /// Waits for the end.
    @discardableResult
    public func wait() -> Termination { wait(options: 0) ?? .exited(status: 0) }

    private func wait(options: Int32) -> Termination? {
        if let termination { return termination }
        var status: Int32 = 0
        var result: pid_t
        repeat { result = waitpid(identifier, &status, options) } while result < 0 && errno == EINTR
        guard result == identifier else { return nil }
        let signal = status & 0x7f
        termination = signal == 0 ? .exited(status: status >> 8 & 0xff) : .signalled(signal)
        return termination
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
