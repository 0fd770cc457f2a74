import Foundation

extension WorkerProcess {
    struct Child: Sendable {
        var identifier: pid_t
        var input: Int32
        var output: Int32
        var errors: Int32
    }

    /// Starts a program with three pipes, whose ends here do not block; the caller holds the lock.
    ///
    /// Source: POSIX.1-2017, `posix_spawn`.
    static func spawn(_ arguments: [String], environment: [String]) -> Result<Child, WorkerError> {
        var pipes: [[Int32]] = []
        func closeAll() { for pair in pipes { for end in pair { close(end) } } }
        for _ in 0..<3 {
            var pair: [Int32] = [-1, -1]
            guard pipe(&pair) == 0 else {
                closeAll()
                return .failure(WorkerError("cannot make a pipe: \(String(cString: strerror(errno)))"))
            }
            for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            pipes.append(pair)
        }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0)
        posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2)
        // A group of its own: Ctrl-C is for the supervisor, which ends its workers in order.
        posix_spawnattr_setpgroup(&attributes, 0)
        // The threads of concurrency block signals, which a worker would inherit, and with them clocks that never ring.
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        var reset = sigset_t()
        sigemptyset(&reset)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGALRM] { sigaddset(&reset, number) }
        posix_spawnattr_setsigdefault(&attributes, &reset)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        )

        var argumentPointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var environmentPointers: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer {
            for pointer in argumentPointers + environmentPointers { free(pointer) }
        }
        var identifier: pid_t = 0
        let status = posix_spawn(
            &identifier,
            arguments[0],
            &actions,
            &attributes,
            &argumentPointers,
            &environmentPointers
        )
        guard status == 0 else {
            closeAll()
            return .failure(WorkerError("cannot start \(arguments[0]): \(String(cString: strerror(status)))"))
        }
        for end in [pipes[0][0], pipes[1][1], pipes[2][1]] { close(end) }
        let child = Child(identifier: identifier, input: pipes[0][1], output: pipes[1][0], errors: pipes[2][0])
        for end in [child.input, child.output, child.errors] {
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        }
        return .success(child)
    }
}
