import Foundation

/// How much this process may map, which a worker sets for each request.
public enum AddressSpaceLimit {
    /// Address space beside what a process may have of its own, for the memories of modules that begin with gigabytes and touch little:
    /// two of 4 GiB and a page, twice, as an instance is there until the next one is; in bytes.
    private static let room: UInt64 = 18 << 30

    /// Limits what is mapped from now on, together with what is mapped already: what the process has of its own, and with
    /// ``room`` its address space.
    /// - Throws: where the process was started with less (`ulimit -v`), so that a case could fail for that reason alone.
    public static func set(toBytes bytes: UInt64) throws(WorkerError) {
        let most = limit(RLIMIT_AS).rlim_max
        guard most >= rlim_t(clamping: bytes) else {
            throw WorkerError("workers may map \(most) bytes only (ulimit -v), not the \(bytes) of the budget")
        }
        let (withRoom, isTooMuch) = bytes.addingReportingOverflow(room)
        try set(RLIMIT_AS, to: isTooMuch ? bytes : withRoom, of: bytes)
        try set(RLIMIT_DATA, to: bytes, of: bytes)
    }

    /// Sets a limit, or the greatest one that the process may have where that is less.
    private static func set(_ resource: Resource, to wanted: UInt64, of bytes: UInt64) throws(WorkerError) {
        var limit = limit(resource)
        let wanted = min(rlim_t(clamping: wanted), limit.rlim_max)
        guard limit.rlim_cur != wanted else { return }
        // The upper limit stays, so that a later request can have more.
        limit.rlim_cur = wanted
        #if canImport(Darwin)
            let result = setrlimit(resource, &limit)
        #else
            let result = setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        #endif
        guard result == 0 else {
            throw WorkerError("cannot limit the memory to \(bytes) bytes: \(String(cString: strerror(errno)))")
        }
    }

    private static func limit(_ resource: Resource) -> rlimit {
        var limit = rlimit()
        #if canImport(Darwin)
            _ = getrlimit(resource, &limit)
        #else
            _ = getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        #endif
        return limit
    }

    #if canImport(Darwin)
        private typealias Resource = Int32
    #else
        private typealias Resource = __rlimit_resource
    #endif
}
