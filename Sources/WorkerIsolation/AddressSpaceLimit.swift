import Foundation

/// How much this process may map, which a worker sets for each request.
public enum AddressSpaceLimit {
    /// Limits what is mapped from now on, together with what is mapped already.
    /// - Throws: where the process was started with less (`ulimit -v`), so that a case could fail for that reason alone.
    public static func set(toBytes bytes: UInt64) throws(WorkerError) {
        var limit = current
        let wanted = rlim_t(clamping: bytes)
        guard limit.rlim_max >= wanted else {
            throw WorkerError(
                "workers may map \(limit.rlim_max) bytes only (ulimit -v), not the \(bytes) of the budget"
            )
        }
        guard limit.rlim_cur != wanted else { return }
        // The upper limit stays, so that a later request can have more.
        limit.rlim_cur = wanted
        #if canImport(Darwin)
            let result = setrlimit(RLIMIT_AS, &limit)
        #else
            let result = setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        #endif
        guard result == 0 else {
            throw WorkerError("cannot limit the memory to \(bytes) bytes: \(String(cString: strerror(errno)))")
        }
    }

    private static var current: rlimit {
        var limit = rlimit()
        #if canImport(Darwin)
            _ = getrlimit(RLIMIT_AS, &limit)
        #else
            _ = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        #endif
        return limit
    }
}
