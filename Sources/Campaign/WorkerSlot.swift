import Differential
import Foundation
import WorkerIsolation

/// One of the places for workers: which process runs in it, and what it does.
struct WorkerSlot {
    /// What the workers of a slot do, some of these in this order.
    enum Stage: Hashable, Sendable {
        /// The sweep by itself, where nothing else is asked for.
        case sweep
        /// Random cases, chosen by where they are in the domain, with those of the sweep among them.
        case stream
        /// What coverage leads to.
        case fuzz
        case modules, done
    }

    let number: Int
    let program: WorkerProgram
    /// Whether it drives an engine outside of this program.
    var isDriver = false
    var stage: Stage
    var process: WorkerProcess?
    /// What the current or last process was told.
    var settings: WorkerSettings
    /// How many cases its workers are to run; nil for as many as there are.
    var share: Int?
    /// How many they have run.
    var cases = 0
    /// What they reported.
    var tally = WorkerTally()
    /// How many processes were started in the slot.
    var starts = 0
    /// The last lines of standard error.
    var lastOutput: [String] = []
    /// Its last status.
    var status: LibFuzzerStatus?

    init(number: Int, program: WorkerProgram, stage: Stage, settings: WorkerSettings) {
        self.number = number
        self.program = program
        self.stage = stage
        self.settings = settings
    }

    /// Of so many workers, how many go through the stream while coverage leads the others.
    static func streams(among count: Int) -> Int { (count + 1) / 2 }

    /// Whether a worker that ended in something did not come to the end of a case there: what is measured behind a case is none.
    static func isCase(_ origin: CurrentCase.Origin) -> Bool {
        switch origin {
        case .sweep, .random, .swept, .chosen, .aimed, .module, .input: true
        case .growth: false
        }
    }

    /// Whether a case is of the sweep.
    static func isSwept(_ origin: CurrentCase.Origin) -> Bool {
        switch origin {
        case .sweep, .swept: true
        case .random, .chosen, .aimed, .module, .input, .growth: false
        }
    }

    /// Notes a line of standard error.
    mutating func hear(_ line: String) {
        if let status = LibFuzzerStatus(line: line) {
            self.status = status
        } else {
            lastOutput.append(line)
            // The first assertion matters, and a register dump can be long.
            if lastOutput.count > 200 { lastOutput.remove(at: 100) }
        }
    }

    /// Moves to the case after the one in which a worker died.
    mutating func step(past origin: CurrentCase.Origin) {
        switch origin {
        case .sweep(let position), .random(let position), .chosen(let position, _), .aimed(let position, _, _),
            .module(let position):
            settings.firstCase = position + 1
        case .swept(let position, let number):
            settings.firstCase = position + 1
            settings.firstSwept = number + 1
        case .growth(_, let origin): step(past: origin)
        case .input: break
        }
    }

    /// Moves to another stage, from its first case.
    mutating func enter(_ stage: Stage) {
        self.stage = stage
        settings.firstCase = 0
        status = nil
    }
}

extension [WorkerSlot] {
    /// The position of a worker in the stream that coverage could lead, where it leads none and no other one is there to do so.
    var onlyStream: Int? {
        let streams = indices.filter { self[$0].stage == .stream && self[$0].program.isInstrumented }
        return streams.count == 1 && !contains { $0.stage == .fuzz } ? streams[0] : nil
    }
}

/// The program that is the workers.
struct WorkerProgram: Hashable, Sendable {
    var executable: String
    /// Before all other arguments.
    var arguments: [String]
    /// Whether libFuzzer is in it.
    var isInstrumented = false
    /// The folder with its corpora, where no other one is named; nil where they last as long as the campaign.
    var corpora: String?

    /// Variables of its environment.
    var variables: [String: String] = [:]

    /// What finds programs, and what is known of engines.
    static var variablesOfDrivers: [String: String] {
        ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "XDG_CACHE_HOME"].contains($0.key) }
    }

    /// The processor time that its workers give a case. A thousand values in eight compilers take seconds in a debug build. An instrumented one is
    /// optimised: there the largest cases take one.
    var secondsPerCase: Int { isInstrumented ? 8 : 20 }

    func invocation(_ arguments: [String], _ settings: WorkerSettings) throws -> WorkerInvocation {
        WorkerInvocation(
            executable: executable,
            arguments: self.arguments + arguments,
            environment: try settings.environment().merging(variables) { $1 }
        )
    }
}
