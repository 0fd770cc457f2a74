import FunctionNames
import FuzzDriver
import Invariants

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The main program of a fuzz target: libFuzzer where it is linked, otherwise a replay of the files that the command names.
public enum FuzzTarget {
    nonisolated(unsafe) private static var check: ([UInt8]) -> Void = { _ in }

    /// Whether libFuzzer is linked, which has a limit of its own for the time of an input.
    public static var isFuzzing: Bool { fuzz_driver_is_linked() }

    /// Whether the address space of this process says nothing of what it uses, as AddressSanitizer is linked.
    public static var hasShadowMemory: Bool { fuzz_driver_has_shadow_memory() }

    /// Runs the target with the arguments of the process and ends it.
    ///
    /// Where the variable FUZZ_SECONDS_PER_INPUT is set, an input that takes more seconds of processor time than it says stops the
    /// process as any failure does; unlike libFuzzer's own limit it does not depend on what else the machine is doing.
    public static func run(_ check: @escaping ([UInt8]) -> Void) -> Never {
        if let limit = getenv("FUZZ_SECONDS_PER_INPUT").flatMap({ Double(String(cString: $0)) }) {
            Self.check = { bytes in
                let start = processorSeconds()
                check(bytes)
                let seconds = processorSeconds() - start
                invariant(seconds <= limit, "\(bytes.count) bytes took \(seconds) s; the limit is \(limit) s")
            }
        } else {
            Self.check = check
        }
        if isFuzzing {
            InvariantFailure.willStop = tellCallers
            let status = fuzz_driver_run(CommandLine.argc, CommandLine.unsafeArgv) { data, size in
                FuzzTarget.check(Array(UnsafeBufferPointer(start: data, count: size)))
                return 0
            }
            exit(status)
        }
        for path in CommandLine.arguments.dropFirst() where !path.hasPrefix("-") {
            guard let bytes = contents(of: path) else {
                let message = Array("error: cannot read \(path)\n".utf8)
                _ = write(2, message, message.count)
                exit(2)
            }
            Self.check(bytes)
            print("\(path): no failure")
        }
        exit(0)
    }

    /// Writes who called what fails, in the form of sanitizers. Those name Swift's functions by their symbols or not at all, and what groups
    /// crashes takes the first frames that it reads.
    static func tellCallers() {
        var text = ""
        let callers = Callers.all().drop { !$0.name.contains("invariantFailed") }.dropFirst()
        for (number, caller) in callers.enumerated() {
            text += "    #\(number) 0x\(String(caller.address, radix: 16)) in \(caller.name)\n"
        }
        let bytes = Array(text.utf8)
        _ = write(2, bytes, bytes.count)
    }

    /// What the process has used so far.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func contents(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return ferror(file) == 0 ? bytes : nil }
            bytes.append(contentsOf: buffer[..<count])
        }
    }
}
