import Execution
import Foundation

/// Does in place of a case what no compiled code should do, and tells what came of it as a refusal.
struct MisbehavingEngine: Engine {
    static let family = "misbehaving"

    /// What is done, by the option in the name of the engine.
    enum Deed: String, CaseIterable {
        case spin, allocate
        case mapThreeGibibytes = "map-3-gib"
        case openSocket = "socket"
        case writeFile = "write"
        case removeFile = "remove"
        case readFile = "read"
        case execute, fork
        case signalParent = "signal-parent"
        case startThread = "thread"
        case tellEnvironment = "environment"
    }

    let deed: Deed

    var name: EngineName { EngineName(family: Self.family, options: [deed.rawValue]) }

    /// The bytes of the module are the path of a file for deeds that need one.
    func run(_ test: TestCase, within budget: Budget) -> Outcome {
        PhaseTrace.enter(.execute, engine: name)
        return .refused(reason: result(path: String(decoding: test.wasm, as: UTF8.self)))
    }

    private func result(path: String) -> String {
        switch deed {
        case .spin: while true {}
        case .allocate:
            var blocks: [[UInt8]] = []
            while true { blocks.append([UInt8](repeating: 1, count: 1 << 24)) }
        case .mapThreeGibibytes:
            let address = mmap(nil, 3 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            return Self.text(address == MAP_FAILED ? -1 : 0)
        case .openSocket: return Self.text(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        case .writeFile: return Self.text(open(path, O_WRONLY | O_CREAT, 0o600))
        case .removeFile: return Self.text(unlink(path))
        case .readFile: return Self.text(open(path, O_RDONLY))
        case .execute:
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
            return Self.text(execv("/bin/true", &arguments))
        case .fork:
            var child: pid_t = 0
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
            return "\(String(cString: strerror(posix_spawn(&child, "/bin/true", nil, nil, &arguments, nil))))"
        case .signalParent: return Self.text(kill(getppid(), SIGWINCH))
        case .startThread:
            let semaphore = DispatchSemaphore(value: 0)
            Thread.detachNewThread { semaphore.signal() }
            semaphore.wait()
            return Self.text(0)
        case .tellEnvironment: return ProcessInfo.processInfo.environment.keys.sorted().joined(separator: " ")
        }
    }

    private static func text(_ result: Int32) -> String { result < 0 ? String(cString: strerror(errno)) : "done" }
}

struct MisbehavingFactory: EngineFactory {
    var family: String { MisbehavingEngine.family }
    var configurations: [EngineName] { MisbehavingEngine.Deed.allCases.map { MisbehavingEngine(deed: $0).name } }
    var capabilities: EngineCapabilities {
        EngineCapabilities(summary: "misbehaves", version: "1", machine: "this one", features: [])
    }
    var obstacle: String? { nil }

    func makeEngine(_ name: EngineName) -> any Engine {
        MisbehavingEngine(deed: name.options.first.flatMap(MisbehavingEngine.Deed.init) ?? .spin)
    }
}
