import Foundation
import ProcessControl
import Synchronization

/// Starts children with three pipes, one at a time.
///
/// Source: POSIX.1-2017, `posix_spawn`.
enum ChildSpawning {
    /// A process with this process's ends of its pipes, which do not block.
    struct Child: Sendable {
        var identifier: pid_t
        /// In the environment of the child and of what it starts.
        var mark: UInt64
        var input: Int32
        var output: Int32
        var errors: Int32
    }

    /// Two pipes that are opened while another child is started would be inherited by it, and then never end.
    private static let lock = Mutex(())

    /// Whether something ends the children if this process is killed; without, only those end that look for themselves.
    private static let isGuarded = process_group_guard_start() == 0

    static func spawn(_ invocation: WorkerInvocation) throws(WorkerError) -> Child {
        let result = lock.withLock { _ -> Result<Child, WorkerError> in
            do throws(WorkerError) {
                let child = try started(invocation)
                if isGuarded { process_group_guard_add(child.identifier, child.mark) }
                return .success(child)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private static func started(_ invocation: WorkerInvocation) throws(WorkerError) -> Child {
        let pipes = try ChildPipes()
        var identifier: pid_t = 0
        let arguments = [invocation.executable] + invocation.arguments
        let mark = UInt64.random(in: .min ... .max)
        var variables = invocation.completeEnvironment
        let digits = String(mark, radix: 16)
        variables[PROCESS_MARK_VARIABLE] = String(repeating: "0", count: 16 - digits.count) + digits
        let environment = variables.map { "\($0.key)=\($0.value)" }
        var argumentPointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var environmentPointers: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        let status = withSpawnSettings(pipes) { actions, attributes in
            posix_spawn(
                &identifier,
                invocation.executable,
                actions,
                attributes,
                &argumentPointers,
                &environmentPointers
            )
        }
        guard status == 0 else {
            pipes.closeAll()
            throw WorkerError("cannot start \(invocation.executable): \(String(cString: strerror(status)))")
        }
        return pipes.child(identifier, mark)
    }

    #if canImport(Darwin)
        private typealias Actions = posix_spawn_file_actions_t?
        private typealias Attributes = posix_spawnattr_t?
    #else
        private typealias Actions = posix_spawn_file_actions_t
        private typealias Attributes = posix_spawnattr_t
    #endif

    /// What is other in a child than here: its three descriptors, its group and its signals.
    private static func withSpawnSettings(
        _ pipes: ChildPipes,
        _ body: (UnsafePointer<Actions>, UnsafePointer<Attributes>) -> Int32
    ) -> Int32 {
        #if canImport(Darwin)
            var actions: Actions = nil
            var attributes: Attributes = nil
        #else
            var actions = Actions()
            var attributes = Attributes()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, end) in pipes.childEnds.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, end, Int32(number))
        }
        // A session of its own, which is a group as well: Ctrl-C is for the supervisor, which ends its workers in order.
        #if canImport(Darwin)
            let newSession = POSIX_SPAWN_SETSID
        #else
            // Not in the headers without _GNU_SOURCE.
            let newSession: Int32 = 0x80
        #endif
        // The threads of concurrency block signals, which a worker would inherit, and with them clocks that never ring.
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        var reset = sigset_t()
        sigemptyset(&reset)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGALRM, SIGXFSZ] { sigaddset(&reset, number) }
        posix_spawnattr_setsigdefault(&attributes, &reset)
        posix_spawnattr_setflags(
            &attributes,
            Int16(newSession) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        )
        return body(&actions, &attributes)
    }
}

/// The pipes of a child: standard input, output and error, each with its end for reading before that for writing.
private struct ChildPipes {
    private var pairs: [[Int32]] = []

    init() throws(WorkerError) {
        for _ in 0..<3 {
            var pair: [Int32] = [-1, -1]
            guard pipe(&pair) == 0 else {
                let reason = String(cString: strerror(errno))
                closeAll()
                throw WorkerError("cannot make a pipe: \(reason)")
            }
            for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            pairs.append(pair)
        }
    }

    /// What the child reads from and writes to.
    var childEnds: [Int32] { [pairs[0][0], pairs[1][1], pairs[2][1]] }

    func closeAll() { for end in pairs.joined() { close(end) } }

    /// Leaves the ends of this process, which do not block.
    func child(_ identifier: pid_t, _ mark: UInt64) -> ChildSpawning.Child {
        for end in childEnds { close(end) }
        let child = ChildSpawning.Child(
            identifier: identifier,
            mark: mark,
            input: pairs[0][1],
            output: pairs[1][0],
            errors: pairs[2][0]
        )
        for end in [child.input, child.output, child.errors] {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        }
        return child
    }
}
