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
    /// An instance with what its exports mean.
    private struct Instance {
        var handle: InstanceNumber
        var module: ValidatedModule
        /// By the code units of the names, as strings of Swift are equal by canonical equivalence.
        var exports: [[UInt8]: ExternalIndex]
    }

    /// Why a command is not carried out.
    enum Obstacle: Error {
        case failure(expected: String, got: String)
        /// The engine refuses; the name is nil where it was counted before.
        case refusal(String?)

        init(_ failure: EngineFailure) {
            switch failure {
            case .refused(let what): self = .refusal(what)
            case .crashed(let text): self = .failure(expected: "no crash", got: "crash: \(text)")
            }
        }
    }

    private let engine: any StoreEngine
    private let store: any Store
    private let features: FeatureSet
    private var report = ScriptReport()
    private var host = SpectestModule()
    private var definitions: [String: ValidatedModule] = [:]
    private var lastDefinition: ValidatedModule?
    private var isLastDefinitionRefused = false
    private var current: Instance?
    private var instances: [String: Instance] = [:]
    private var registered: [[UInt8]: Instance] = [:]
    /// The definitions, instances and registered modules that are missing because the engine refused a module.
    private var refusedNames: Set<String> = []
    private var isCurrentRefused = false
    private var sharedState = SharedState()
    /// The names of the scripts so far.
    private var scriptNames: Set<String> = []
    /// The file that the command at hand stands in, where an input command named it.
    private var file: String?
    /// The instances that the command at hand uses.
    private var used: [InstanceNumber] = []

    /// Runs a script from its first command to its last.
    /// - Parameters:
    ///   - features: what modules may use; a module beyond that is skipped.
    ///   - budget: of each call.
    ///   - progress: is told the number of commands that are done, after each.
    public static func run(
        _ script: Script,
        on engine: any StoreEngine,
        features: FeatureSet = .wasm3,
        within budget: Budget = ScriptRunner.standardBudget,
        progress: (Int) -> Void = { _ in }
    ) -> ScriptReport {
        let store: any Store
        do {
            store = try engine.makeStore(within: budget)
        } catch {
            var report = ScriptReport()
            let obstacle = Obstacle(error)
            for command in script.commands { report.add(obstacle, line: command.line) }
            return report
        }
        var runner = ScriptRunner(engine: engine, store: store, features: features)
        for (position, command) in script.commands.enumerated() {
            runner.run(command)
            progress(position + 1)
        }
        return runner.report
    }

    /// What a call of a script may spend: far more than a sane one needs, so that every script ends. The stack is small, as scripts that
    /// use it up would take long in a simulator.
    public static let standardBudget = Budget(
        fuel: 20_000_000_000,
        callDepth: 20_000,
        stackBytes: 1 << 20,
        memoryPages: 65_536,
        seconds: 60,
        // Address space for the greatest size of every memory and table is reserved, and little of it used.
        processBytes: 1 << 42
    )

    private init(engine: any StoreEngine, store: any Store, features: FeatureSet) {
        self.engine = engine
        self.store = store
        self.features = features
    }

    private mutating func run(_ command: ScriptCommand) {
        if case .script(let name, let file, let script) = command.kind {
            let enclosing = self.file
            self.file = file ?? enclosing
            for command in script.commands { run(command) }
            self.file = enclosing
            if let name { scriptNames.insert(name) }
        }
        used = []
        do throws(Obstacle) {
            try carryOut(command.kind)
            report.passed += 1
        } catch {
            switch error {
            case .failure where used.contains(where: sharedState.isIncomplete):
                // The refused module could have made the difference.
                report.skipped += 1
            case .failure, .refusal: report.add(error, line: command.line, file: file)
            }
        }
    }

    private mutating func carryOut(_ kind: ScriptCommand.Kind) throws(Obstacle) {
        switch kind {
        case .module(let module): try instantiate(module)
        case .definition(let module): try define(module)
        case .instance(let name, let definition): try instantiate(definition: definition, name: name)
        case .register(let module, let name): try register(as: module, instance: name)
        case .action(let action):
            let outcome = try perform(action)
            guard case .returned = outcome else { throw .failure(expected: "a return", got: Self.text(of: outcome)) }
        case .assertReturn(let action, let patterns):
            let outcome = try perform(action)
            guard case .returned(let values) = outcome, values.count == patterns.count,
                zip(patterns, values).allSatisfy({ $0.matches($1) })
            else { throw .failure(expected: Self.text(of: patterns), got: Self.text(of: outcome)) }
        case .assertTrap(let action, let text):
            let outcome = try perform(action)
            guard case .trapped(let trap) = outcome, isReason(trap.rawValue, text) else {
                throw .failure(expected: "trap: \(text)", got: Self.text(of: outcome))
            }
        case .assertExhaustion(let action, let text):
            let outcome = try perform(action)
            guard case .exhausted(reason: let limit) = outcome, isReason(limit, text) else {
                throw .failure(expected: "exhaustion: \(text)", got: Self.text(of: outcome))
            }
        case .assertException(let action):
            let outcome = try perform(action)
            guard case .threw = outcome else { throw .failure(expected: "an exception", got: Self.text(of: outcome)) }
        case .assertInstantiationTrap(let module, let text): try assertNoInstance(module, "trap: \(text)", text)
        case .assertUnlinkable(let module, let text): try assertNoInstance(module, "unlinkable: \(text)", text)
        case .assertInstanceTrap(_, let name, let text):
            try assertNoInstance(of: try definition(name), "trap: \(text)", text)
        case .assertInstanceUnlinkable(_, let name, let text):
            try assertNoInstance(of: try definition(name), "unlinkable: \(text)", text)
        case .assertMalformedCustom(let module, let text): try assertMalformed(module, text)
        case .assertInvalidCustom(let module, let text): try assertInvalidAnnotation(module, text)
        case .script: break
        case .input(_, let path):
            throw .failure(expected: "the file \"\(path)\"", got: "a script that is not in a file")
        case .output(let name, _): try findOutput(name)
        case .unreadable(let error, let isModule):
            if isModule { forget(nil) }
            if error.proposal != nil || error.isLimit {
                if isModule { markRefused(nil) }
                throw .refusal(error.reason)
            }
            throw .failure(expected: "a command", got: "\(error)")
        case .assertInvalid(let module, let text): try assertInvalid(module, text)
        case .assertMalformed(let module, let text): try assertMalformed(module, text)
        }
    }

    /// Whether a message is the one that the script states, or one that is listed in its place.
    private mutating func isReason(_ message: String, _ text: String) -> Bool {
        if message.hasPrefix(text) { return true }
        guard let position = ReasonDifference.position(suite: text, message: message) else { return false }
        report.differences[position, default: 0] += 1
        return true
    }

    // MARK: Modules

    /// - Parameter features: those whose encodings are read; with all of them the validator can name what is missing.
    private func parse(_ module: ScriptModule, features: FeatureSet = .wasm3) throws(ModuleRejection) -> Module {
        do {
            switch module.source {
            case .text(let module): return module
            case .binary(let bytes): return try BinaryDecoder.decode(bytes, features: features)
            case .quoted(let source): return try TextParser.module(source)
            }
        } catch let error as DecodingError {
            throw ModuleRejection(message: error.description, isRefusal: error.proposal != nil || error.isLimit)
        } catch let error as TextError {
            let isRefusal = error.proposal != nil || error.isLimit
            throw ModuleRejection(message: error.reason, place: "\(error)", isRefusal: isRefusal)
        } catch {
            throw ModuleRejection(message: "\(error)")
        }
    }

    private mutating func validate(_ module: ScriptModule) throws(Obstacle) -> ValidatedModule {
        let parsed: Module
        do {
            parsed = try parse(module)
        } catch {
            if error.isRefusal { throw .refusal(error.message) }
            throw .failure(expected: "a module", got: "malformed: \(error)")
        }
        do {
            let validated = try Validator.validate(parsed, features: features)
            try checkEncoding(module)
            return validated
        } catch let error as Obstacle {
            markIncomplete(parsed)
            throw error
        } catch let error as ValidationError {
            if let refusal = Self.refusal(error) {
                markIncomplete(parsed)
                throw refusal
            }
            throw .failure(expected: "a module", got: "invalid: \(error)")
        } catch {
            throw .failure(expected: "a module", got: "\(error)")
        }
    }

    /// Refuses bytes that only a later release gives the meaning of a module that the release has, too.
    private func checkEncoding(_ module: ScriptModule) throws(Obstacle) {
        guard features != .wasm3, case .binary = module.source else { return }
        do {
            _ = try parse(module, features: features)
        } catch {
            throw .refusal("encoding requires feature of a later release: \(error.message)")
        }
    }

    /// The refusal of a module that is not invalid but beyond the features or the limits; nil for any other error.
    private static func refusal(_ error: ValidationError) -> Obstacle? {
        error.missingFeatures.isEmpty && !error.isLimit ? nil : .refusal(error.reason)
    }

    private mutating func assertInvalid(_ module: ScriptModule, _ text: String) throws(Obstacle) {
        let parsed: Module
        do {
            parsed = try parse(module)
        } catch {
            if error.isRefusal { throw .refusal(error.message) }
            throw .failure(expected: "invalid: \(text)", got: "malformed: \(error)")
        }
        do {
            _ = try Validator.validate(parsed, features: features)
        } catch {
            if isReason(error.description, text) { return }
            if let refusal = Self.refusal(error) { throw refusal }
            throw .failure(expected: "invalid: \(text)", got: "invalid: \(error)")
        }
        throw .failure(expected: "invalid: \(text)", got: "a valid module")
    }

    private mutating func assertMalformed(_ module: ScriptModule, _ text: String) throws(Obstacle) {
        var got = "a well-formed module"
        var refusal: String?
        // An encoding that a later release allows is malformed in the scripts of an earlier one.
        for features in [FeatureSet.wasm3, features] {
            do {
                _ = try parse(module, features: features)
            } catch {
                if isReason(error.message, text) { return }
                if error.isRefusal { refusal = refusal ?? error.message }
                got = "malformed: \(error)"
            }
        }
        if let refusal { throw .refusal(refusal) }
        throw .failure(expected: "malformed: \(text)", got: got)
    }

    private mutating func assertInvalidAnnotation(_ module: ScriptModule, _ text: String) throws(Obstacle) {
        var got = "a module whose annotations are valid"
        if case .quoted(let source) = module.source {
            do {
                if let violation = try TextParser.invalidAnnotation(in: source) {
                    if isReason(violation.reason, text) { return }
                    got = "invalid: \(violation)"
                }
            } catch {
                got = "malformed: \(error)"
            }
        }
        throw .failure(expected: "invalid: \(text)", got: got)
    }

    /// Finds what would be written. Nothing is: a script that is tested does not change files.
    private func findOutput(_ name: String?) throws(Obstacle) {
        guard let name, !scriptNames.contains(name), instances[name] == nil, definitions[name] == nil else { return }
        if refusedNames.contains("instance \(name)") || refusedNames.contains("definition \(name)") {
            throw .refusal(nil)
        }
        throw .failure(expected: "a module or a script \(name)", got: "none")
    }

    private mutating func define(_ module: ScriptModule) throws(Obstacle) {
        lastDefinition = nil
        if let name = module.name { definitions[name] = nil }
        isLastDefinitionRefused = false
        let validated: ValidatedModule
        do {
            validated = try validate(module)
        } catch {
            if case .refusal = error {
                isLastDefinitionRefused = true
                if let name = module.name { refusedNames.insert("definition \(name)") }
            }
            throw error
        }
        lastDefinition = validated
        if let name = module.name { definitions[name] = validated }
    }

    private mutating func instantiate(_ module: ScriptModule) throws(Obstacle) {
        // A module that fails leaves no instance, not the one before it.
        forget(module.name)
        do {
            try instantiate(try validate(module), name: module.name)
        } catch {
            if case .refusal = error { markRefused(module.name) }
            throw error
        }
    }

    private mutating func instantiate(definition: String?, name: String?) throws(Obstacle) {
        forget(name)
        do throws(Obstacle) {
            try instantiate(try self.definition(definition), name: name)
        } catch {
            if case .refusal = error { markRefused(name) }
            throw error
        }
    }

    /// A defined module, the last one where none is named.
    private func definition(_ name: String?) throws(Obstacle) -> ValidatedModule {
        if let module = name.map({ definitions[$0] }) ?? lastDefinition { return module }
        let isRefused = name.map { refusedNames.contains("definition \($0)") } ?? isLastDefinitionRefused
        throw isRefused ? .refusal(nil) : .failure(expected: "a module definition \(name ?? "")", got: "none")
    }

    private mutating func instantiate(_ module: ValidatedModule, name: String?) throws(Obstacle) {
        do throws(LinkFailure) {
            let instance = try link(module)
            current = instance
            if let name { instances[name] = instance }
        } catch {
            guard case .refused(let reason) = error else {
                throw .failure(expected: "an instance", got: error.description)
            }
            throw .refusal(reason)
        }
    }

    private mutating func markRefused(_ name: String?) {
        isCurrentRefused = true
        if let name { refusedNames.insert("instance \(name)") }
    }

    private mutating func forget(_ name: String?) {
        current = nil
        isCurrentRefused = false
        if let name {
            instances[name] = nil
            refusedNames.remove("instance \(name)")
        }
    }

    private mutating func assertNoInstance(
        _ module: ScriptModule,
        _ expected: String,
        _ text: String
    ) throws(Obstacle) {
        try assertNoInstance(of: try validate(module), expected, text)
    }

    /// The latest instance stays the latest.
    private mutating func assertNoInstance(
        of validated: ValidatedModule,
        _ expected: String,
        _ text: String
    ) throws(Obstacle) {
        do throws(LinkFailure) {
            _ = try link(validated)
        } catch {
            if case .refused(let reason) = error { throw .refusal(reason) }
            if isReason(error.description, text) { return }
            throw .failure(expected: expected, got: error.description)
        }
        throw .failure(expected: expected, got: "an instance")
    }

    /// Finds a module's imports by their names and instantiates it.
    private mutating func link(_ module: ValidatedModule) throws(LinkFailure) -> Instance {
        var imports: [ImportedItem] = []
        imports.reserveCapacity(module.module.imports.count)
        for item in module.module.imports { imports.append(try value(of: item, in: module)) }
        let exporters = Set(imports.compactMap(\.exporter)).sorted { $0.position < $1.position }
        used += exporters
        do throws(InstantiationFailure) {
            let prepared: any PreparedModule
            do { prepared = try engine.prepare(module) } catch { throw .engine(error) }
            let handle = try store.instantiate(prepared, imports: imports)
            sharedState.join(handle, to: exporters)
            let exports = module.module.exports.map { (Array($0.name.utf8), $0.item) }
            return Instance(handle: handle, module: module, exports: Dictionary(exports) { first, _ in first })
        } catch {
            if case .engine(.refused) = error { sharedState.markIncomplete(exporters) }
            throw .init(error, of: module)
        }
    }

    /// What an import names.
    private mutating func value(of item: Import, in module: ValidatedModule) throws(LinkFailure) -> ImportedItem {
        if let instance = registered[Array(item.module.utf8)] {
            guard let index = instance.exports[Array(item.name.utf8)] else { throw .unknownImport(item) }
            return .item(index, of: instance.handle)
        }
        if refusedNames.contains("import \(item.module)") { throw .refused(nil) }
        guard item.module == SpectestModule.name else { throw .unknownImport(item) }
        do {
            if let value = try host.item(item.name, of: engine, in: store) { return value }
        } catch {
            throw .init(error, of: module)
        }
        throw .unknownImport(item)
    }

    /// Notes that a module could not be validated with the features, and so changed nothing in the instances that it imports from.
    private mutating func markIncomplete(_ module: Module) {
        sharedState.markIncomplete(module.imports.compactMap { registered[Array($0.module.utf8)]?.handle })
    }

    // MARK: Actions

    private mutating func register(as module: String, instance name: String?) throws(Obstacle) {
        let instance: Instance
        do {
            instance = try self.instance(name)
        } catch {
            if case .refusal = error { refusedNames.insert("import \(module)") }
            throw error
        }
        registered[Array(module.utf8)] = instance
        refusedNames.remove("import \(module)")
    }

    private func instance(_ name: String?) throws(Obstacle) -> Instance {
        if let instance = name.map({ instances[$0] }) ?? current { return instance }
        let isRefused = name.map { refusedNames.contains("instance \($0)") } ?? isCurrentRefused
        throw isRefused ? .refusal(nil) : .failure(expected: "an instance \(name ?? "")", got: "none")
    }

    private mutating func perform(_ action: ScriptAction) throws(Obstacle) -> InvocationOutcome {
        switch action {
        case .invoke(let name, let export, let arguments):
            let instance = try instance(name)
            guard case .function(let index) = instance.exports[Array(export.utf8)] else {
                throw .failure(expected: "a function \"\(export)\"", got: "none")
            }
            used = [instance.handle]
            let parameters = instance.module.functionType(of: index).parameters
            guard arguments.count == parameters.count, zip(arguments, parameters).allSatisfy({ $0.fits($1) }) else {
                throw .failure(
                    expected: "arguments of the types \(ValueType.text(of: parameters))",
                    got: arguments.map(ScriptPrinter.text(of:)).joined(separator: " ")
                )
            }
            do {
                return try store.invoke(index, of: instance.handle, arguments)
            } catch {
                throw Obstacle(error)
            }
        case .get(let name, let export):
            let instance = try instance(name)
            guard case .global(let index) = instance.exports[Array(export.utf8)] else {
                throw .failure(expected: "a global \"\(export)\"", got: "none")
            }
            used = [instance.handle]
            do {
                return .returned([try store.value(of: index, in: instance.handle)])
            } catch {
                throw Obstacle(error)
            }
        }
    }

    // MARK: Texts

    private static func text(of outcome: InvocationOutcome) -> String {
        switch outcome {
        case .returned(let values):
            values.isEmpty ? "a return" : values.map(ScriptPrinter.text(of:)).joined(separator: " ")
        case .trapped(let trap): "trap: \(trap.rawValue)"
        case .threw: "an exception"
        case .exhausted(let limit): "exhaustion: \(limit)"
        case .exited(let status): "an exit with status \(status)"
        }
    }

    private static func text(of patterns: [ResultPattern]) -> String {
        patterns.isEmpty ? "a return" : patterns.map(ScriptPrinter.text(of:)).joined(separator: " ")
    }
}

extension ScriptReport {
    /// Counts a command that was not carried out.
    fileprivate mutating func add(_ obstacle: ScriptRunner.Obstacle, line: Int, file: String? = nil) {
        switch obstacle {
        case .failure(let expected, let got):
            failures.append(Failure(file: file, line: line, expected: expected, got: got))
        case .refusal(let name):
            skipped += 1
            if let name { refused.insert(name) }
        }
    }
}
