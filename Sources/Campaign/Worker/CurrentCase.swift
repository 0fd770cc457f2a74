import Differential
import Foundation
import WasmGenerator
import WorkerIsolation

/// The file that says which case a worker runs at the moment.
final class CurrentCase {
    private let descriptor: Int32

    /// A case by what makes it.
    indirect enum Origin: Hashable, Sendable {
        /// A position in the worker's own part of the sweep.
        case sweep(Int)
        /// A position in the worker's own part of the random stream.
        case random(Int)
        /// A position in the worker's own part of the random stream, and the number of the case of the sweep that is there, in the worker's own
        /// part of it.
        case swept(Int, number: Int)
        /// A position in the worker's own part of the random stream, and the seed of the candidate that was chosen there.
        case chosen(Int, seed: UInt64)
        /// A position in the worker's own part of the random stream, and the place of the domain that the case was made for.
        case aimed(Int, attempt: Int, DomainPlace)
        /// A position in the worker's own part of the stream of modules.
        case module(Int)
        /// Bytes of libFuzzer.
        case input([UInt8])
        /// A recipe at the greatest arity at which it is measured what compilers need for it, behind the case that it comes from.
        case growth(CaseRecipe, after: Origin)

        /// A line without its line feed.
        var text: String {
            switch self {
            case .sweep(let position): "sweep \(position)"
            case .random(let position): "random \(position)"
            case .swept(let position, let number): "swept \(position) \(number)"
            case .chosen(let position, let seed): "chosen \(position) \(seed)"
            case .aimed(let position, let attempt, let place): "aimed \(position) \(attempt) \(place.text)"
            case .module(let position): "module \(position)"
            case .input(let bytes):
                "input \(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())"
            case .growth(let recipe, let origin):
                "growth \(((try? JSONEncoder().encode(recipe)) ?? Data()).base64EncodedString()) \(origin.text)"
            }
        }

        /// Reads what ``text`` gives.
        init?(text: some StringProtocol) {
            let parts = text.split(separator: " ", omittingEmptySubsequences: false)
            if parts.count > 2, parts[0] == "growth" {
                guard let data = Data(base64Encoded: String(parts[1])),
                    let recipe = try? JSONDecoder().decode(CaseRecipe.self, from: data),
                    let origin = Origin(text: parts[2...].joined(separator: " "))
                else { return nil }
                self = .growth(recipe, after: origin)
                return
            }
            let count =
                switch parts.first {
                case "chosen", "swept": 3
                case "aimed": 9
                default: 2
                }
            guard parts.count == count else { return nil }
            switch parts[0] {
            case "aimed":
                let place = DomainPlace(text: parts[3...].joined(separator: " "))
                guard let position = Int(parts[1]), let attempt = Int(parts[2]), let place else { return nil }
                self = .aimed(position, attempt: attempt, place)
            case "chosen":
                guard let position = Int(parts[1]), let seed = UInt64(parts[2]) else { return nil }
                self = .chosen(position, seed: seed)
            case "swept":
                guard let position = Int(parts[1]), let number = Int(parts[2]) else { return nil }
                self = .swept(position, number: number)
            case "sweep":
                guard let position = Int(parts[1]) else { return nil }
                self = .sweep(position)
            case "random":
                guard let position = Int(parts[1]) else { return nil }
                self = .random(position)
            case "module":
                guard let position = Int(parts[1]) else { return nil }
                self = .module(position)
            case "input":
                let digits = Array(parts[1].utf8)
                guard digits.count % 2 == 0 else { return nil }
                var bytes: [UInt8] = []
                for start in stride(from: 0, to: digits.count, by: 2) {
                    guard let byte = UInt8(String(decoding: digits[start..<start + 2], as: UTF8.self), radix: 16) else {
                        return nil
                    }
                    bytes.append(byte)
                }
                self = .input(bytes)
            default: return nil
            }
        }

        /// The case that the settings' worker made of it.
        func subject(_ settings: WorkerSettings) -> Case? {
            switch self {
            case .sweep(let position):
                let cases = settings.sweep()
                let index = settings.number + position * settings.count
                return cases.indices.contains(index) ? cases[index].subject : nil
            case .random(let position):
                return settings.subject(ofRandomCase: settings.index(of: position))
            case .swept(_, let number):
                return settings.subject(ofSweptCase: settings.index(of: number))
            case .chosen(let position, let seed):
                let decided = settings.decidedCase(ofSeed: seed)
                return settings.subject(decided, ofRandomCase: settings.index(of: position))
            case .aimed(let position, let attempt, let place):
                return settings.subject(at: place, ofRandomCase: settings.index(of: position), attempt: attempt)
            case .module(let position):
                guard let modules = try? settings.moduleFolder() else { return nil }
                return settings.stream(of: modules).subject(settings.index(of: position))
            case .input(let bytes):
                return settings.subject(of: bytes)
            case .growth(let recipe, _):
                return Case(recipe)
            }
        }
    }

    init(writingTo path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw WorkerError("\(path): cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    /// Replaces the content; what an earlier, longer line left is behind the line feed.
    func write(_ origin: Origin) {
        let bytes = Array((origin.text + "\n").utf8)
        bytes.withUnsafeBytes { _ = pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    /// The case of a file; nil where none was begun.
    static func read(_ path: String) -> Origin? {
        guard let data = FileManager.default.contents(atPath: path), let end = data.firstIndex(of: UInt8(ascii: "\n"))
        else {
            return nil
        }
        return Origin(text: String(decoding: data[..<end], as: UTF8.self))
    }
}
