import Differential
import Foundation
import WorkerIsolation

/// One of the places for workers: which process runs in it, and what it does.
struct WorkerSlot {
    /// What the workers of a slot do, some of these in this order.
    enum Stage: Hashable, Sendable {
        case sweep, fuzz
        /// Random cases that are chosen by where they are in the domain, beside workers that go by coverage.
        case steer
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
    /// Its share of the stream behind the sweep: its number, and of how many.
    private let share: (number: Int, count: Int)
    /// How many processes were started in the slot.
    var starts = 0
    /// The last lines of standard error.
    var lastOutput: [String] = []
    /// Its last status.
    var status: LibFuzzerStatus?

    /// - Parameter sweepers: how many workers sweep, the first ones; nil where no worker does, or all do.
    init(number: Int, program: WorkerProgram, stage: Stage, settings: WorkerSettings, sweepers: Int? = nil) {
        self.number = number
        self.program = program
        self.stage = stage
        self.settings = settings
        share = (settings.number, settings.count)
        if stage == .sweep, let sweepers { self.settings.count = sweepers }
    }

    /// How many cases of its part of the sweep come from a case on.
    func casesOfSweep(from origin: CurrentCase.Origin?) -> Int {
        let position = if case .sweep(let position) = origin { position } else { settings.firstCase }
        return max(0, (settings.sweep().count - settings.number + settings.count - 1) / settings.count - position)
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
        case .sweep(let position), .random(let position), .chosen(let position, _), .module(let position):
            settings.firstCase = position + 1
        case .input: break
        }
    }

    /// Moves to another stage, from its first case.
    mutating func enter(_ stage: Stage) {
        self.stage = stage
        settings.firstCase = 0
        (settings.number, settings.count) = share
        status = nil
    }
}

/// The program that is the workers.
struct WorkerProgram: Hashable, Sendable {
    var executable: String
    /// Before all other arguments.
    var arguments: [String]
    /// The checkout that it was built in with libFuzzer; nil for a program without.
    var checkout: String?

    /// Variables of its environment.
    var variables: [String: String] = [:]

    /// What finds programs, and what is known of engines.
    static var variablesOfDrivers: [String: String] {
        ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "XDG_CACHE_HOME"].contains($0.key) }
    }

    var isInstrumented: Bool { checkout != nil }

    func invocation(_ arguments: [String], _ settings: WorkerSettings) throws -> WorkerInvocation {
        WorkerInvocation(
            executable: executable,
            arguments: self.arguments + arguments,
            environment: try settings.environment().merging(variables) { $1 }
        )
    }
}
