import Execution
import WasmFormats
import WasmModel

/// Runs specification scripts in an engine.
///
/// A module that must be rejected, a link that must fail and a trap must be so for the stated reason: the message begins with the
/// text of the script, or ``ReasonDifference/all`` lists the difference.
///
/// Spec: the interpreter's README of the specification repository, section "Scripts".
public struct ScriptRunner {
    let engine: any StoreEngine
    let store: any Store
    let features: FeatureSet
    private var report = ScriptReport()
    var host = SpectestModule()
    var names = ScriptNames()
    var sharedState = SharedState()
    /// The names of the scripts so far.
    private var scriptNames: Set<String> = []
    /// The file that the command at hand stands in, where an input command named it.
    private var file: String?
    /// How many commands were begun.
    private var begun = 0
    /// The numbers of the commands that are left out.
    private let undecided: Set<Int>
    /// The instances that the command at hand uses.
    var used: [InstanceNumber] = []

    /// Runs a script from its first command to its last.
    /// - Parameters:
    ///   - features: what modules may use; a module beyond that is skipped.
    ///   - budget: of each call.
    ///   - undecided: the numbers of the commands that are left out, as ``ScriptReport/Undecided`` has them: those that another engine did not
    ///     come to the end of.
    ///   - progress: is told the number of commands that are done, after each.
    public static func run(
        _ script: Script,
        on engine: any StoreEngine,
        features: FeatureSet = .wasm3,
        within budget: Budget = ScriptRunner.standardBudget,
        leavingOut undecided: Set<Int> = [],
        progress: (Int) -> Void = { _ in }
    ) -> ScriptReport {
        let store: any Store
        do {
            store = try engine.makeStore(within: budget)
        } catch {
            var report = ScriptReport()
            let obstacle = ScriptObstacle(error)
            for (number, command) in script.commands.enumerated() {
                report.add(obstacle, number: number, line: command.line)
            }
            return report
        }
        var runner = ScriptRunner(engine: engine, store: store, features: features, leavingOut: undecided)
        for (position, command) in script.commands.enumerated() {
            runner.run(command)
            progress(position + 1)
        }
        return runner.report
    }

    /// What a call of a script may spend: far more than a sane one needs, so that every script ends. The stack is small, as scripts that
    /// use it up would take long in a simulator.
    public static let standardBudget = Budget(
        fuel: 1_000_000_000,
        callDepth: 20_000,
        stackBytes: 1 << 20,
        memoryPages: 65_536,
        seconds: 60,
        // Address space for the greatest size of every memory and table is reserved, and little of it used.
        processBytes: 1 << 42
    )

    private init(
        engine: any StoreEngine,
        store: any Store,
        features: FeatureSet,
        leavingOut undecided: Set<Int>
    ) {
        self.undecided = undecided
        self.engine = engine
        self.store = store
        self.features = features
    }

    private mutating func run(_ command: ScriptCommand) {
        let number = begun
        begun += 1
        if case .script(let name, let file, let script) = command.kind {
            let enclosing = self.file
            self.file = file ?? enclosing
            for command in script.commands { run(command) }
            self.file = enclosing
            if let name { scriptNames.insert(name) }
        }
        used = []
        do throws(ScriptObstacle) {
            if undecided.contains(number) {
                leaveOut(command.kind)
                throw .undecided("the oracle has no fuel for it")
            }
            try carryOut(command.kind)
            report.passed += 1
        } catch {
            // The refused module, or the call without an end, could have made the difference.
            let isUnknown = used.contains(where: sharedState.isIncomplete)
            if isUnknown || error.leavesOpen { markMissing(command.kind) }
            switch error {
            case .failure where isUnknown: report.skipped += 1
            case .undecided:
                sharedState.markIncomplete(used)
                report.add(error, number: number, line: command.line, file: file)
            case .failure, .refusal: report.add(error, number: number, line: command.line, file: file)
            }
        }
    }

    /// Notes that the instance that a command was to make is missing for no mistake of the script.
    private mutating func markMissing(_ kind: ScriptCommand.Kind) {
        switch kind {
        case .module(let module): names.markInstanceRefused(module.name)
        case .instance(let name, _): names.markInstanceRefused(name)
        case .definition, .register, .action, .assertReturn, .assertTrap, .assertInstantiationTrap, .assertExhaustion,
            .assertException, .assertMalformed, .assertInvalid, .assertUnlinkable, .assertMalformedCustom,
            .assertInvalidCustom, .assertInstanceTrap, .assertInstanceUnlinkable, .script, .input, .output, .unreadable:
            break
        }
    }

    private mutating func carryOut(_ kind: ScriptCommand.Kind) throws(ScriptObstacle) {
        switch kind {
        case .module(let module): try instantiate(module)
        case .definition(let module): try define(module)
        case .instance(let name, let definition): try instantiate(definition: definition, name: name)
        case .register(let module, let name): try names.register(name, as: module)
        case .action(let action):
            let outcome = try ending(of: action)
            guard case .returned = outcome else { throw .failure(expected: "a return", got: Self.text(of: outcome)) }
        case .assertReturn(let action, let patterns):
            let outcome = try ending(of: action)
            guard case .returned(let values) = outcome, values.count == patterns.count,
                zip(patterns, values).allSatisfy({ $0.matches($1) })
            else { throw .failure(expected: Self.text(of: patterns), got: Self.text(of: outcome)) }
        case .assertTrap(let action, let text):
            let outcome = try ending(of: action)
            guard case .trapped(let trap) = outcome, isReason(trap.rawValue, text) else {
                throw .failure(expected: "trap: \(text)", got: Self.text(of: outcome))
            }
        case .assertExhaustion(let action, let text):
            let outcome = try perform(action)
            guard case .exhausted(reason: let limit) = outcome, isReason(limit, text) else {
                try checkFuel(outcome)
                throw .failure(expected: "exhaustion: \(text)", got: Self.text(of: outcome))
            }
        case .assertException(let action):
            let outcome = try ending(of: action)
            guard case .threw = outcome else { throw .failure(expected: "an exception", got: Self.text(of: outcome)) }
        case .assertInstantiationTrap(let module, let text):
            try assertNoInstance(of: try validate(module), "trap: \(text)", text)
        case .assertUnlinkable(let module, let text):
            try assertNoInstance(of: try validate(module), "unlinkable: \(text)", text)
        case .assertInstanceTrap(_, let name, let text):
            try assertNoInstance(of: try names.definition(name), "trap: \(text)", text)
        case .assertInstanceUnlinkable(_, let name, let text):
            try assertNoInstance(of: try names.definition(name), "unlinkable: \(text)", text)
        case .assertMalformedCustom(let module, let text): try assertMalformed(module, text)
        case .assertInvalidCustom(let module, let text): try assertInvalidAnnotation(module, text)
        case .script: break
        case .input(_, let path):
            throw .failure(expected: "the file \"\(path)\"", got: "a script that is not in a file")
        case .output(let name, _): try findOutput(name)
        case .unreadable(let error, let isModule):
            if isModule { names.forgetInstance(nil) }
            if error.isRefusal {
                if isModule { names.markInstanceRefused(nil) }
                throw .refusal(error.reason)
            }
            throw .failure(expected: "a command", got: "\(error)")
        case .assertInvalid(let module, let text): try assertInvalid(module, text)
        case .assertMalformed(let module, let text): try assertMalformed(module, text)
        }
    }

    /// Whether a message is the one that the script states, or one that is listed in its place.
    mutating func isReason(_ message: String, _ text: String) -> Bool {
        if message.hasPrefix(text) { return true }
        guard let position = ReasonDifference.position(suite: text, message: message) else { return false }
        report.differences[position, default: 0] += 1
        return true
    }

    /// Finds what would be written. Nothing is: a script that is tested does not change files.
    private func findOutput(_ name: String?) throws(ScriptObstacle) {
        guard let name, !scriptNames.contains(name), !names.holds(name) else { return }
        if names.isRefused(name) { throw .refusal(nil) }
        throw .failure(expected: "a module or a script \(name)", got: "none")
    }
}
