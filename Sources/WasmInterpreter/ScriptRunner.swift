import WasmFormats
import WasmModel

/// What became of the commands of a script.
public struct ScriptReport: Hashable, Sendable {
    /// A command that did not do what it says.
    public struct Failure: Hashable, Sendable, CustomStringConvertible {
        /// The line of the command.
        public var line: Int
        public var reason: String

        /// The line and the reason.
        public var description: String { "line \(line): \(reason)" }
    }

    /// The number of assertions and modules that were as the script says.
    public var passed = 0
    public var failures: [Failure] = []
    /// The number of commands that need what the interpreter does not support.
    public var skipped = 0
    /// The names of the instructions that are not supported.
    public var unsupported: Set<String> = []

    /// Makes an empty report.
    public init() {}
}

/// Runs specification scripts with the interpreter.
///
/// Error messages of traps and of linking are compared with those of the script by their beginnings; those of the decoder,
/// the parser and the validator are not: there it counts that the right stage objects.
///
/// Spec: the interpreter's README of the specification repository, section "Scripts".
public struct ScriptRunner {
    private var session: ScriptSession
    private var report = ScriptReport()
    private var definitions: [String: ValidatedModule] = [:]
    private var lastDefinition: ValidatedModule?
    /// The instances and registered modules that could not be made for want of support.
    private var unavailable: Set<String> = []
    private var isCurrentUnavailable = false

    /// Runs a script from its first command to its last.
    /// - Parameter relaxed: what relaxed instructions do.
    public static func run(
        _ script: Script,
        limits: ExecutionLimits = ExecutionLimits(),
        relaxed: RelaxedParameters = RelaxedParameters()
    ) throws(InstantiationError) -> ScriptReport {
        var runner = ScriptRunner(session: try ScriptSession(limits: limits))
        runner.session.store.relaxed = relaxed
        for command in script.commands { runner.run(command) }
        return runner.report
    }

    private init(session: ScriptSession) { self.session = session }

    /// Why a command is not carried out.
    private enum Obstacle: Error {
        case failure(String)
        case unsupported(String?)
    }

    private mutating func run(_ command: ScriptCommand) {
        do throws(Obstacle) {
            try carryOut(command.kind)
            report.passed += 1
        } catch {
            switch error {
            case .failure(let reason):
                report.failures.append(ScriptReport.Failure(line: command.line, reason: reason))
            case .unsupported(let name):
                report.skipped += 1
                if let name { report.unsupported.insert(name) }
            }
        }
    }

    private mutating func carryOut(_ kind: ScriptCommand.Kind) throws(Obstacle) {
        switch kind {
        case .module(let module):
            try instantiate(try validate(module), name: module.name)
        case .definition(let module):
            let validated = try validate(module)
            lastDefinition = validated
            if let name = module.name { definitions[name] = validated }
        case .instance(let name, let definition):
            guard let module = definition.map({ definitions[$0] }) ?? lastDefinition else {
                throw .failure("no module definition \(definition ?? "")")
            }
            try instantiate(module, name: name)
        case .register(let module, let name):
            if isUnavailable(name) {
                unavailable.insert("import \(module)")
                throw .unsupported(nil)
            }
            guard session.register(as: module, name: name) else { throw .failure("no instance \(name ?? "")") }
        case .action(let action):
            guard case .returned = try perform(action) else { throw .failure("the action did not return") }
        case .assertReturn(let action, let patterns):
            let outcome = try perform(action)
            guard case .returned(let values) = outcome, values.count == patterns.count,
                zip(patterns, values).allSatisfy({ $0.matches($1) })
            else { throw .failure("\(outcome) instead of \(patterns)") }
        case .assertTrap(let action, let text):
            let outcome = try perform(action)
            guard case .trapped(let trap) = outcome, text.hasPrefix(trap.rawValue) else {
                throw .failure("\(outcome) instead of the trap \(text)")
            }
        case .assertExhaustion(let action, let text):
            let outcome = try perform(action)
            guard case .exhausted(let limit) = outcome, limit.rawValue == text else {
                throw .failure("\(outcome) instead of \(text)")
            }
        case .assertException(let action):
            let outcome = try perform(action)
            guard case .threw = outcome else { throw .failure("\(outcome) instead of an exception") }
        case .assertInstantiationTrap(let module, let text), .assertUnlinkable(let module, let text):
            try assertRefused(module, text)
        case .assertInvalid(let module, let text):
            let parsed = try parse(module)
            do { _ = try Validator.validate(parsed) } catch { return }
            throw .failure("valid instead of \(text)")
        case .assertMalformed(let module, let text):
            do { _ = try parse(module) } catch { return }
            throw .failure("well formed instead of \(text)")
        }
    }

    // MARK: Modules

    private func parse(_ module: ScriptModule) throws(Obstacle) -> Module {
        do {
            switch module.source {
            case .text(let module): return module
            case .binary(let bytes): return try BinaryDecoder.decode(bytes)
            case .quoted(let source): return try TextParser.module(source)
            }
        } catch {
            throw .failure("\(error)")
        }
    }

    private func validate(_ module: ScriptModule) throws(Obstacle) -> ValidatedModule {
        let parsed = try parse(module)
        do { return try Validator.validate(parsed) } catch { throw .failure("\(error)") }
    }

    private mutating func instantiate(_ module: ValidatedModule, name: String?) throws(Obstacle) {
        if module.module.imports.contains(where: { unavailable.contains("import \($0.module)") }) {
            markUnavailable(name)
            throw .unsupported(nil)
        }
        do {
            try session.instantiate(module, name: name)
            isCurrentUnavailable = false
        } catch {
            markUnavailable(name)
            if case .unsupported(let instruction) = error { throw .unsupported(instruction) }
            throw .failure("\(error)")
        }
    }

    private mutating func assertRefused(_ module: ScriptModule, _ text: String) throws(Obstacle) {
        let validated = try validate(module)
        // The latest instance stays the latest.
        var attempt = session
        do {
            try attempt.instantiate(validated)
        } catch {
            if case .unsupported(let instruction) = error { throw .unsupported(instruction) }
            if "\(error)".hasPrefix(text) { return }
            if case .trapped(let trap) = error, text.hasPrefix(trap.rawValue) { return }
            throw .failure("\(error) instead of \(text)")
        }
        throw .failure("instantiated instead of \(text)")
    }

    private mutating func markUnavailable(_ name: String?) {
        isCurrentUnavailable = true
        if let name { unavailable.insert("instance \(name)") }
    }

    private func isUnavailable(_ instance: String?) -> Bool {
        instance.map { unavailable.contains("instance \($0)") } ?? isCurrentUnavailable
    }

    // MARK: Actions

    private func perform(_ action: ScriptAction) throws(Obstacle) -> InvocationOutcome {
        switch action {
        case .invoke(let instance, let export, let arguments):
            if isUnavailable(instance) { throw .unsupported(nil) }
            guard let outcome = session.invoke(export, arguments, in: instance) else {
                throw .failure("no function \(export)")
            }
            return outcome
        case .get(let instance, let export):
            if isUnavailable(instance) { throw .unsupported(nil) }
            guard let value = session.value(ofGlobal: export, in: instance) else {
                throw .failure("no global \(export)")
            }
            return .returned([value])
        }
    }
}
