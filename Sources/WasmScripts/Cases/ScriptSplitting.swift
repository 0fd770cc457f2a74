import Execution
import WasmFormats
import WasmModel

/// Takes a script apart into parts that run by themselves, for engines that run modules and calls, but no scripts.
///
/// What links modules with each other is left out, and so is what follows on an instance from which another module has imported. Assertions
/// about the text format need no engine, and are not there.
struct ScriptSplitting {
    private(set) var cases: [ScriptCase] = []
    private let undecided: Set<Int>
    private var begun = 0
    private var file: String?
    private var current = Subject.none
    private var named: [[UInt8]: Subject] = [:]
    /// The case of an instance by the name under which it can be imported from.
    private var registered: [[UInt8]: Int] = [:]
    /// The cases on whose instances nothing can be said any more.
    private var linked: Set<Int> = []

    /// What calls are made on.
    private enum Subject {
        /// The instance of a case.
        case part(Int)
        /// An instance that is left out, and why.
        case leftOut(String)
        case none
    }

    static let linksModules = "links modules"

    /// - Parameter undecided: the numbers of commands that are left out.
    init(_ script: Script, leavingOut undecided: Set<Int>) {
        self.undecided = undecided
        for command in script.commands { add(command) }
    }

    private mutating func add(_ command: ScriptCommand) {
        let place = ScriptCase.Place(number: begun, file: file, line: command.line)
        begun += 1
        if case .script(_, let file, let script) = command.kind {
            let enclosing = self.file
            self.file = file ?? enclosing
            for command in script.commands { add(command) }
            self.file = enclosing
            return
        }
        if undecided.contains(place.number) {
            append(place, .undecided)
            if case .module(let module) = command.kind {
                setCurrent(.leftOut("the oracle has no fuel for the module"), module.name)
            }
            return
        }
        add(command.kind, place)
    }

    private mutating func append(_ place: ScriptCase.Place, _ kind: ScriptCase.Kind) {
        cases.append(ScriptCase(place: place, kind: kind))
    }

    private mutating func setCurrent(_ subject: Subject, _ name: String?) {
        current = subject
        if let name { named[Array(name.utf8)] = subject }
    }

    private mutating func add(_ kind: ScriptCommand.Kind, _ place: ScriptCase.Place) {
        switch kind {
        case .module(let module): add(module, place)
        case .instance(let name, _):
            append(place, .skipped("instantiates a definition"))
            setCurrent(.leftOut("instantiates a definition"), name)
        case .definition: append(place, .skipped("defines a module"))
        case .register(let name, let instance):
            append(place, .skipped(Self.linksModules))
            if case .part(let position) = subject(instance) { registered[Array(name.utf8)] = position }
        case .action(let action): add(action, .returns(nil), place)
        case .assertReturn(let action, let patterns): add(action, .returns(patterns), place)
        case .assertTrap(let action, let text): add(action, .traps(text), place)
        case .assertExhaustion(let action, let text): add(action, .exhausts(text), place)
        case .assertException(let action): add(action, .throwsException, place)
        case .assertInstantiationTrap(let module, let text):
            noteLinks(of: module)
            switch bound(module) {
            case .success(let validated): append(place, .trapsAtStart(validated, text))
            case .failure(let reason): append(place, reason.kind)
            }
        case .assertInvalid(let module, let text):
            switch module.source {
            case .binary(let bytes): append(place, .rejected(bytes, "invalid: \(text)"))
            case .text, .quoted:
                // What has no form in the binary format cannot be given to an engine.
                guard let parsed = try? module.parsed() else { return }
                append(place, .rejected(BinaryEncoder.encode(parsed), "invalid: \(text)"))
            }
        case .assertMalformed(let module, let text):
            if case .binary(let bytes) = module.source { append(place, .rejected(bytes, "malformed: \(text)")) }
        case .assertUnlinkable(let module, _):
            noteLinks(of: module)
            append(place, .skipped(Self.linksModules))
        case .assertInstanceTrap, .assertInstanceUnlinkable:
            append(place, .skipped(Self.linksModules))
        case .unreadable(let error, let isModule):
            if isModule { current = .leftOut(error.reason) }
            append(place, error.isRefusal ? .skipped(error.reason) : .failed(expected: "a command", got: "\(error)"))
        case .assertMalformedCustom, .assertInvalidCustom, .script, .input, .output: break
        }
    }

    // MARK: Modules

    /// Why a module is no case.
    private struct Obstacle: Error {
        var kind: ScriptCase.Kind

        /// What becomes of the calls on its instance.
        var leavesOut: Subject {
            if case .skipped(let reason) = kind { .leftOut(reason) } else { .leftOut("the module is none") }
        }
    }

    private func bound(_ module: ScriptModule) -> Result<ScriptCase.TestedModule, Obstacle> {
        do {
            let parsed = try module.parsed()
            // A mistake of the module is told by the oracle.
            let validated = try Validator.validate(parsed)
            guard parsed.imports.isEmpty else {
                return .success(ScriptCase.TestedModule(try Validator.validate(try SpectestModule.bound(parsed))))
            }
            let bytes: [UInt8]? = if case .binary(let bytes) = module.source { bytes } else { nil }
            return .success(ScriptCase.TestedModule(validated, wasm: bytes))
        } catch let obstacle as SpectestModule.Obstacle {
            switch obstacle {
            case .links: return .failure(Obstacle(kind: .skipped(Self.linksModules)))
            case .importedTwice: return .failure(Obstacle(kind: .skipped("imports the same memory or table twice")))
            case .unknown(let item):
                return .failure(Obstacle(kind: .skipped("imports '\(item.name)', which no module here has")))
            }
        } catch let error as ValidationError {
            return .failure(
                Obstacle(
                    kind: error.isRefusal
                        ? .skipped(error.reason) : .failed(expected: "a module", got: "invalid: \(error)")
                )
            )
        } catch {
            let isRefusal = (error as? ModuleRejection)?.isRefusal ?? false
            return .failure(
                Obstacle(
                    kind: isRefusal ? .skipped("\(error)") : .failed(expected: "a module", got: "malformed: \(error)")
                )
            )
        }
    }

    /// Notes the instances that the instantiation of a module may change, whether it comes to its end or not.
    private mutating func noteLinks(of module: ScriptModule) {
        guard let parsed = try? module.parsed() else { return }
        for item in parsed.imports {
            if let exporter = registered[Array(item.module.utf8)] { linked.insert(exporter) }
        }
    }

    private mutating func add(_ module: ScriptModule, _ place: ScriptCase.Place) {
        noteLinks(of: module)
        switch bound(module) {
        case .success(let validated):
            append(place, .instance(validated, []))
            setCurrent(.part(cases.count - 1), module.name)
        case .failure(let obstacle):
            append(place, obstacle.kind)
            setCurrent(obstacle.leavesOut, module.name)
        }
    }

    // MARK: Calls

    /// What an instance is, the latest where none is named.
    private func subject(_ name: String?) -> Subject {
        name.map { named[Array($0.utf8)] ?? .none } ?? current
    }

    private mutating func add(_ action: ScriptAction, _ expectation: ScriptCase.Expectation, _ place: ScriptCase.Place)
    {
        let (name, export): (String?, String)
        switch action {
        case .invoke(let instance, let field, _), .get(let instance, let field): (name, export) = (instance, field)
        }
        let position: Int
        switch subject(name) {
        case .part(let known): position = known
        case .leftOut(let reason):
            append(place, .skipped(reason))
            return
        case .none:
            append(place, .failed(expected: "an instance \(name ?? "")", got: "none"))
            return
        }
        guard case .instance(var module, var calls) = cases[position].kind else { return }
        if linked.contains(position) {
            cases[position].skippedCalls.append((place, Self.linksModules))
            return
        }
        let invocation: Invocation
        switch (action, module.validated.module.exports.first { $0.name.utf8.elementsEqual(export.utf8) }?.item) {
        case (.invoke(_, _, let arguments), .function(let index)):
            invocation = Invocation(export: export, arguments: arguments)
            if let mismatch = invocation.mismatch(with: module.validated.functionType(of: index)) {
                append(place, .failed(expected: "arguments of the right types", got: mismatch))
                return
            }
        case (.get, .global(let index)):
            guard let (reading, name) = Self.reading(index, of: module.validated) else {
                append(place, .skipped("reads a global of a type that has no function"))
                return
            }
            if let reading { module = ScriptCase.TestedModule(reading) }
            invocation = Invocation(export: name, arguments: [])
        case (.invoke, _), (.get, _):
            append(place, .failed(expected: "an export \"\(export)\"", got: "none"))
            return
        }
        calls.append(ScriptCase.Call(place: place, invocation: invocation, expectation: expectation))
        cases[position].kind = .instance(module, calls)
    }

    /// A module with a function that reads a global, nil where it has one already, and the name of its export.
    private static func reading(_ global: GlobalIndex, of module: ValidatedModule) -> (ValidatedModule?, String)? {
        let name = "get global \(global.position)"
        if module.module.exports.contains(where: { $0.name == name }) { return (nil, name) }
        var changed = module.module
        let type = changed.addType(FunctionType(results: [module.globalTypes[global.position].valueType]))
        changed.functions.append(
            Function(type: type, body: [Instruction(.globalGet, .global(global)), Instruction(.end)])
        )
        let index = module.functionTypeIndices.count
        changed.exports.append(Export(name: name, item: .function(FunctionIndex(index))))
        return (try? Validator.validate(changed)).map { ($0, name) }
    }
}
