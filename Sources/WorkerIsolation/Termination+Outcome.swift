import Execution
import Foundation
import FunctionNames

extension Termination {
    /// The outcome that a worker's end stands for: a crash, or memory that was used up.
    /// - Parameters:
    ///   - log: what the worker wrote to standard error since the request.
    ///   - phase: how far it had come; nil for what the log says.
    ///   - executable: the worker's file, for the names of its functions.
    func outcome(in log: WorkerLog, phase: Phase? = nil, executable: String) -> Outcome {
        let phase = phase ?? log.phase
        let errorLines = log.lines
        let signal: Int32?
        let name: String
        switch self {
        case .exited(let status):
            signal = nil
            name = "exit status \(status)"
        case .signalled(let number):
            signal = number
            name = Self.name(ofSignal: number)
        }
        if let line = errorLines.first(where: { $0.contains("assertion failed: ") }) {
            let start = line.range(of: "assertion failed: ")?.lowerBound ?? line.startIndex
            return .crashed(Crash(phase: phase, message: String(line[start...]), signal: signal))
        }
        if errorLines.contains(where: Self.tellsOfMemory) { return .memoryExhausted(phase) }
        if let line = errorLines.first(where: { $0.contains("Fatal error") }) {
            let start = line.range(of: "Fatal error")?.lowerBound ?? line.startIndex
            return .crashed(Crash(phase: phase, message: String(line[start...]), signal: signal))
        }
        if let panic = PanicText(errorLines) {
            return .crashed(Crash(phase: phase, message: panic.message, signal: signal))
        }
        if let location = errorLines.lazy.compactMap(TrapLocation.init).first,
            let function = FunctionSymbols(path: executable).flatMap(location.function)
        {
            return .crashed(Crash(phase: phase, message: "\(name) in \(function)", signal: signal))
        }
        return .crashed(Crash(phase: phase, message: name, signal: signal))
    }

    /// Whether a line is one by which programs say that they get no memory.
    private static func tellsOfMemory(_ line: String) -> Bool {
        ["llocation failed", "out of memory", "Could not allocate", "failed to allocate", "bad_alloc"]
            .contains { line.contains($0) }
            // Rust: `memory allocation of 4096 bytes failed`.
            || (line.contains("memory allocation of ") && line.hasSuffix(" failed"))
    }

    /// `SIGSEGV` for 11, and so on; `signal 77` for others.
    public static func name(ofSignal number: Int32) -> String {
        switch number {
        case SIGILL: "SIGILL"
        case SIGTRAP: "SIGTRAP"
        case SIGABRT: "SIGABRT"
        case SIGBUS: "SIGBUS"
        case SIGFPE: "SIGFPE"
        case SIGKILL: "SIGKILL"
        case SIGSEGV: "SIGSEGV"
        case SIGALRM: "SIGALRM"
        case SIGSYS: "SIGSYS"
        case SIGXFSZ: "SIGXFSZ"
        case SIGTERM: "SIGTERM"
        default: "signal \(number)"
        }
    }
}
