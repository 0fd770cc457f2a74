import Execution
import WasmModel
import WasmScripts

/// A script in the oracle, and then in engines, which are not asked for what the oracle does not come to the end of.
public struct ScriptTrial {
    /// Is told which command begins in which engine, from 1, and of how many.
    public typealias Progress = (EngineName, _ number: Int, _ count: Int) -> Void

    private let path: String
    private let runner: IsolatedScriptRunner
    private let features: FeatureSet
    private let budget: Budget
    private let oracle: EngineName
    private let expected: ScriptReport
    private let progress: Progress

    /// Runs the script in the oracle.
    public init(
        _ path: String,
        _ runner: IsolatedScriptRunner,
        oracle: EngineName,
        features: FeatureSet = .wasm3,
        within budget: Budget = ScriptRunner.standardBudget,
        progress: @escaping Progress = { _, _, _ in }
    ) throws(IsolatedScriptRunner.Failure) {
        self.path = path
        self.runner = runner
        self.features = features
        self.budget = budget
        self.oracle = oracle
        self.progress = progress
        expected = try runner.run(path, on: oracle, features: features, within: budget) { progress(oracle, $0, $1) }
            .report
    }

    /// What becomes of the script in an engine outside of this program, which runs its parts.
    public func report(
        ofExternal engine: any Engine,
        interruption: Interruption? = nil
    ) throws(IsolatedScriptRunner.Failure) -> ScriptReport {
        let content: ScriptFile.Content
        do { content = try ScriptFile(path: path).content() } catch { throw .unreadable(reason: error.description) }
        var budget = budget
        budget.processBytes = min(budget.processBytes, Self.greatestExternalBytes)
        let report = ScriptCaseRunner.run(
            content.script,
            on: engine,
            within: budget,
            leavingOut: Set(expected.undecided.map(\.number))
        ) { number, count in
            progress(engine.name, number, count)
            return interruption?.isRequested != true
        }
        if interruption?.isRequested == true { throw .interrupted }
        return report
    }

    /// What the process of an engine may have in memory.
    private static let greatestExternalBytes: UInt64 = 6 << 30

    /// What becomes of the script in an engine. What ends in the oracle, and in the engine not with ten times the fuel either, has failed.
    public func report(
        of engine: EngineName,
        specimen: String? = nil
    ) throws(IsolatedScriptRunner.Failure) -> ScriptReport {
        if engine == oracle { return expected }
        let leftOut = Set(expected.undecided.map(\.number))
        func report(within budget: Budget) throws(IsolatedScriptRunner.Failure) -> ScriptReport {
            try runner.run(
                path,
                on: engine,
                specimen: specimen,
                features: features,
                within: budget,
                leavingOut: leftOut
            ) { progress(engine, $0, $1) }.report
        }
        let first = try report(within: budget)
        if first.undecided.allSatisfy({ leftOut.contains($0.number) }) { return first }
        var confirmed = try report(within: budget.extended(by: Budget.confirmationFactor, withFuel: true))
        for command in confirmed.undecided where !leftOut.contains(command.number) {
            confirmed.failures.append(
                ScriptReport.Failure(file: command.file, line: command.line, expected: "an end", got: command.reason)
            )
        }
        confirmed.undecided.removeAll { !leftOut.contains($0.number) }
        return confirmed
    }
}
