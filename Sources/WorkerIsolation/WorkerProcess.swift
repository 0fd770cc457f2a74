import Foundation
import ProcessControl

/// How to start a worker.
public struct WorkerInvocation: Hashable, Sendable {
    /// The path of the program.
    public var executable: String
    public var arguments: [String]
    /// Variables of its environment.
    public var environment: [String: String]
    /// Whether it gets all other variables of this process, too; without, it gets only those that no program starts without.
    public var inheritsEnvironment: Bool

    /// Makes an invocation.
    public init(
        executable: String,
        arguments: [String],
        environment: [String: String] = [:],
        inheritsEnvironment: Bool = false
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.inheritsEnvironment = inheritsEnvironment
    }

    /// How a worker is kept within the memory of a budget.
    public enum MemoryLimit: Hashable, Sendable {
        /// It limits what it maps itself.
        case own
        /// It is stopped where it has more in memory than the budget's bytes: what it maps says nothing of engines that reserve
        /// addresses.
        case resident
    }

    public var memory = MemoryLimit.own
    /// Whether it has the lowest priority, with all that it starts.
    public var givesWay = false
    /// The greatest size of a file that it may write, in bytes; nil for no limit.
    public var fileBytes: UInt64?

    /// Files and folders that a serving worker reads, as scripts are; others cannot be opened in it.
    public var readablePaths: [String] = []

    /// The variable that tells a worker what it may read.
    private static let readableVariable = "FUZZ_MULTIVALUE_READABLE"

    /// What this process may read, if it is a worker.
    static func readablePathsOfEnvironment() -> [String] {
        guard let text = ProcessInfo.processInfo.environment[readableVariable] else { return [] }
        return (try? JSONLine.decode([String].self, text)) ?? []
    }

    /// Where libraries and temporary files are.
    private static let inheritedNames: Set<String> = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR"]

    /// All of its environment; Swift's own crash handler is off, which is slow and hides the signal from libFuzzer.
    var completeEnvironment: [String: String] {
        var complete = ProcessInfo.processInfo.environment
        if !inheritsEnvironment { complete = complete.filter { Self.inheritedNames.contains($0.key) } }
        complete["SWIFT_BACKTRACE"] = "enable=no"
        if !readablePaths.isEmpty, let line = try? JSONLine.encode(readablePaths) {
            complete[Self.readableVariable] = String(decoding: line.dropLast(), as: UTF8.self)
        }
        return complete.merging(environment) { _, new in new }
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
/// For one thread at a time. The child ends with all that it started when the object goes, when it ends itself, and when this process ends,
/// in whatever way.
public final class WorkerProcess {
    /// The process's number.
    public let identifier: pid_t
    /// By which what it starts is known.
    private let mark: UInt64
    private var input: Int32
    private var output: Int32
    private var errors: Int32
    private var outputLines = LineBuffer()
    private var errorLines = LineBuffer()
    private var termination: Termination?
    /// Where pipes are read into; as large as a pipe usually is.
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    /// Starts a worker.
    public init(_ invocation: WorkerInvocation) throws(WorkerError) {
        signal(SIGPIPE, SIG_IGN)
        // Who gets all of the environment is no worker, but a tool that is trusted.
        if !invocation.inheritsEnvironment { Sandbox.sayOnceWhatIsLacking() }
        let child = try ChildSpawning.spawn(invocation)
        identifier = child.identifier
        mark = child.mark
        if let bytes = invocation.fileBytes { process_limit_files(child.identifier, bytes) }
        if invocation.givesWay { process_give_way(child.identifier) }
        input = child.input
        output = child.output
        errors = child.errors
    }

    deinit {
        if termination == nil { process_group_end(identifier, mark) }
        for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
        chunk.deallocate()
    }

    // MARK: Speaking

    /// Writes all of the bytes, reading meanwhile what the worker says, so that neither waits for the other.
    /// - Returns: false where the worker has closed its input, or the deadline has passed.
    public func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Bool {
        var offset = 0
        while offset < bytes.count {
            guard ContinuousClock.now < deadline else { return false }
            let written = bytes.withUnsafeBytes { systemWrite(input, $0.baseAddress! + offset, $0.count - offset) }
            if written > 0 { offset += written }
            if written < 0, errno != EAGAIN, errno != EINTR { return false }
            guard offset < bytes.count else { break }
            var descriptors = pollDescriptors()
            descriptors.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0))
            _ = poll(&descriptors, nfds_t(descriptors.count), 100)
            drain()
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

    /// Waits a little for standard output alone, as an answer is often soon there, and what is said meanwhile can be read with it.
    func awaitAnswer() {
        var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        if output >= 0 { _ = poll(&descriptor, 1, Self.millisecondsOfQuickAnswer) }
    }

    private static let millisecondsOfQuickAnswer: Int32 = 3

    /// Whether the worker has closed both of its outputs, as a dead one has.
    public var isClosed: Bool { output < 0 && errors < 0 }
    /// Whether no answer can come any more.
    var isSilent: Bool { output < 0 }

    /// The size of what it has written of lines that have no end yet, in bytes.
    var unfinishedBytes: Int { outputLines.unfinishedBytes + errorLines.unfinishedBytes }

    /// The descriptors to wait for, to be used with several workers.
    public func pollDescriptors() -> [pollfd] {
        [output, errors].filter { $0 >= 0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    private func drain() {
        Self.drain(&output, into: &outputLines, chunk)
        Self.drain(&errors, into: &errorLines, chunk)
    }

    /// How often a pipe is read before something else is done.
    private static let greatestChunkCount = 64

    private static func drain(
        _ descriptor: inout Int32,
        into lines: inout LineBuffer,
        _ chunk: UnsafeMutableRawBufferPointer
    ) {
        guard descriptor >= 0 else { return }
        // Who writes as fast as this reads gets no end of it.
        for _ in 0..<greatestChunkCount {
            let count = read(descriptor, chunk.baseAddress, chunk.count)
            if count > 0 {
                lines.append(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
                // The pipe had no more than that.
                if count < chunk.count { return }
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

    /// What it has in memory, in bytes; 0 where that cannot be had.
    public var residentBytes: UInt64 { process_resident_bytes(identifier) }

    // MARK: Ending

    /// Sends a signal to the worker and to all that it started.
    public func send(_ signal: Int32) {
        if termination == nil { kill(-identifier, signal) }
    }

    /// How the worker ended; nil while it runs.
    public func terminationIfEnded() -> Termination? { wait(isWaiting: false) }

    /// Waits for the end.
    @discardableResult
    public func wait() -> Termination { wait(isWaiting: true) ?? .exited(status: 0) }

    /// Waits for the end; nil where that does not come in time.
    func termination(withinSeconds seconds: Double) -> Termination? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if let termination = terminationIfEnded() { return termination }
            usleep(1_000)
        }
        return terminationIfEnded()
    }

    private func wait(isWaiting: Bool) -> Termination? {
        if let termination { return termination }
        var status: Int32 = 0
        guard process_group_wait(identifier, mark, isWaiting ? 1 : 0, &status) == 1 else { return nil }
        let signal = status & 0x7f
        termination = signal == 0 ? .exited(status: status >> 8 & 0xff) : .signalled(signal)
        return termination
    }
}
