import ArgumentParser
import Execution

/// The options by which commands bound what a run may spend.
struct LimitOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Work of each call, the same on every machine: 50 million units by default, of a script a billion.",
            valueName: "units"
        )
    )
    var fuel: UInt64?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Processor time of an engine and a case, 10 by default, of a script's command 60, in a campaign 3; what does not end is tried again with ten times as much.",
            valueName: "seconds"
        )
    )
    var timeout: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What an engine's process may map, 2048 by default, in a script much more; likewise.",
            valueName: "MiB"
        )
    )
    var memory: UInt64?

    /// The longest time that an option takes: a year.
    static let longestSeconds = 31_536_000.0

    func validate() throws {
        if let fuel, fuel == 0 || fuel > UInt64(Int64.max) {
            throw ValidationError("--fuel is a number from 1 to \(Int64.max)")
        }
        if let timeout { try Self.validate(seconds: timeout, "--timeout") }
        if let memory, !(64...1 << 24).contains(memory) {
            throw ValidationError("--memory is a number of MiB from 64 to \(1 << 24)")
        }
    }

    /// Refuses what is no sensible time.
    static func validate(seconds: Double, _ option: String) throws {
        guard seconds > 0, seconds <= longestSeconds else {
            throw ValidationError("\(option) is a number of seconds above 0, \(Int(longestSeconds)) at most")
        }
    }

    /// A budget with what was chosen.
    func budget(_ standard: Budget = Budget()) -> Budget {
        var budget = standard
        if let fuel { budget.fuel = fuel }
        if let timeout { budget.seconds = timeout }
        if let memory { budget.processBytes = memory << 20 }
        return budget
    }
}
