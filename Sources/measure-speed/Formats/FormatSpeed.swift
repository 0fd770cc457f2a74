import Foundation
import WasmFormats
import WasmModel

/// The speed of the binary format: MB/s of decoding, validating and encoding, growth, and `wasm-validate` beside it.
enum FormatSpeed {
    /// Prints a row for each sample whose name contains one of the words; all without words.
    static func print(words: [String]) throws {
        let validator = Wabt()
        Swift.print("Binary format: megabytes per second of processor time, best of runs; growth is the ratio of")
        Swift.print("the times of decoding and validating for twice the size (2 is linear). \(validator.title)")
        Swift.print("")
        Swift.print("| module | MB | decode | validate | both | encode | growth | wasm-validate | its growth | ratio |")
        Swift.print("|---|---|---|---|---|---|---|---|---|---|")
        for sample in FormatSample.all where words.isEmpty || words.contains(where: sample.name.contains) {
            let half = try measure(sample, scale: 1, validator)
            let whole = try measure(sample, scale: 2, validator)
            var cells = [sample.name, text(whole.megabytes)]
            for seconds in [whole.decoding, whole.validating, whole.both, whole.encoding] {
                cells.append(text(whole.megabytes / seconds))
            }
            cells.append(text(whole.both / half.both))
            if let theirs = whole.wabt.seconds, let theirHalf = half.wabt.seconds {
                cells.append(text(whole.megabytes / theirs))
                cells.append(text(theirs / theirHalf))
                cells.append(text(theirs / whole.both))
            } else {
                cells += [whole.wabt.text, "", ""]
            }
            Swift.print("| \(cells.joined(separator: " | ")) |")
        }
        Swift.print("")
        Swift.print("ratio: how many times faster decoding and validating is than the whole process of wasm-validate.")
        Swift.print("")
        refuseTooManyTypes()
    }

    private struct Times {
        var megabytes: Double
        /// In seconds, as the others.
        var decoding: Double
        var validating: Double
        var encoding: Double
        var wabt: Wabt.Answer
        var both: Double { decoding + validating }
    }

    private static func measure(_ sample: FormatSample, scale: Int, _ validator: Wabt) throws -> Times {
        let bytes = BinaryEncoder.encode(sample.build(scale))
        let answer = try validator.validate(bytes)
        var module = Module()
        let decoding = try best { module = try BinaryDecoder.decode(bytes) }
        let validating = try best { _ = try Validator.validate(module) }
        var encoded: [UInt8] = []
        let encoding = best { encoded = BinaryEncoder.encode(module) }
        precondition(encoded == bytes, "\(sample.name): encoding what was decoded gives the same bytes")
        return Times(
            megabytes: Double(bytes.count) / 1e6,
            decoding: decoding,
            validating: validating,
            encoding: encoding,
            wabt: answer
        )
    }

    /// One type more than the limit: the time until the refusal, and its text.
    private static func refuseTooManyTypes() {
        var module = Module()
        module.types = Array(repeating: SubType(.function(FunctionType())), count: ModuleLimits.types + 1)
        module.recursionGroups = module.types.indices.map { $0..<$0 + 1 }
        let bytes = BinaryEncoder.encode(module)
        var answer = "accepted"
        let seconds = best {
            do { _ = try BinaryDecoder.decode(bytes) } catch { answer = "\(error)" }
        }
        Swift.print("\(module.types.count) types: \(answer), after \(text(seconds * 1e6)) microseconds")
    }

    /// In seconds of processor time, which what else runs on the machine does not lengthen as it does time on the wall.
    private static func best(_ body: () throws -> Void) rethrows -> Double {
        var least = Double.infinity
        var spent = 0.0
        for _ in 0..<4 where spent < 2 {
            let start = seconds(of: RUSAGE_SELF)
            try body()
            let taken = seconds(of: RUSAGE_SELF) - start
            least = min(least, taken)
            spent += taken
        }
        return least
    }

    /// The processor time of this process, or of its children that ended.
    fileprivate static func seconds(of who: __rusage_who) -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(who.rawValue), &usage)
        let whole = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return Double(whole) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
    }

    private static func text(_ number: Double) -> String {
        String(format: number < 10 ? "%.2f" : "%.0f", number)
    }
}

/// The `wasm-validate` of wabt, where it is installed.
struct Wabt {
    enum Answer {
        case missing
        case refused(String)
        /// The whole process, from its start to its end.
        case valid(seconds: Double)

        var seconds: Double? {
            if case .valid(let seconds) = self { seconds } else { nil }
        }

        var text: String {
            switch self {
            case .missing: "-"
            case .refused(let reason): reason
            case .valid(let seconds): "\(seconds) s"
            }
        }
    }

    /// On the wall; some of the modules take it hours.
    private static let patienceInSeconds = 30
    private let executable: URL?

    init() {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        executable = folders.map { URL(fileURLWithPath: String($0) + "/wasm-validate") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// What the table says about the program.
    var title: String {
        guard executable != nil else { return "wasm-validate is not on PATH (Debian: apt-get install wabt)." }
        return "Beside it wasm-validate --enable-all \((try? run(["--version"]).output) ?? "") on the same files."
    }

    /// Validates bytes, three times.
    func validate(_ bytes: [UInt8]) throws -> Answer {
        guard executable != nil else { return .missing }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).wasm")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var least = Double.infinity
        var spent = 0.0
        for _ in 0..<3 where spent < 2 {
            let (status, output, seconds) = try run(["--enable-all", file.path])
            spent += seconds
            guard status == 0 else {
                let line = output.split(separator: "\n").first.map(String.init) ?? "status \(status)"
                return .refused(line.replacingOccurrences(of: file.path + ":", with: ""))
            }
            least = min(least, seconds)
        }
        return .valid(seconds: least)
    }

    private func run(_ arguments: [String]) throws -> (status: Int32, output: String, seconds: Double) {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        let start = FormatSpeed.seconds(of: RUSAGE_CHILDREN)
        try process.run()
        let deadline = ContinuousClock.now + .seconds(Self.patienceInSeconds)
        while process.isRunning && ContinuousClock.now < deadline { usleep(2000) }
        if process.isRunning {
            process.terminate()
            process.waitUntilExit()
            return (-1, "no end after \(Self.patienceInSeconds) s", 0)
        }
        let output = pipe.fileHandleForReading.availableData
        let seconds = FormatSpeed.seconds(of: RUSAGE_CHILDREN) - start
        let text = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return (process.terminationStatus, text, seconds)
    }
}
