import Execution
import InTreeEngines
import WasmModel
import WasmScripts
import WorkerIsolation

/// A script in the oracle, and then in engines, which are not asked for what the oracle does not come to the end of.
struct ScriptTrial {
    private let path: String
    private let runner: IsolatedScriptRunner
    private let features: FeatureSet
    private let budget: Budget
    private let oracle: EngineName
    private let expected: ScriptAnswer
    private let progress: (EngineName, _ number: Int, _ count: Int) -> Void

    /// Runs the script in the oracle.
    /// - Parameter progress: is told which command begins in which engine, from 1, and of how many.
    init(
        _ path: String,
        _ runner: IsolatedScriptRunner,
        features: FeatureSet = .wasm3,
        _ limits: LimitOptions,
        progress: @escaping (EngineName, _ number: Int, _ count: Int) -> Void
    ) throws(IsolatedScriptRunner.Failure) {
        self.path = path
        self.runner = runner
        self.features = features
        self.progress = progress
        let oracle = InTreeEngines.registry().oracle.name
        self.oracle = oracle
        budget = limits.budget(ScriptRunner.standardBudget)
        expected = try runner.run(path, on: oracle, features: features, within: budget) { progress(oracle, $0, $1) }
    }

    /// What becomes of the script in an engine.
    func report(of engine: EngineName, specimen: String? = nil) throws(IsolatedScriptRunner.Failure) -> ScriptReport {
        if engine == oracle { return expected.report }
        let leftOut = Set(expected.report.undecided.map(\.number))
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
        // What ends in the oracle has no end here, if ten times the fuel is not enough either.
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
