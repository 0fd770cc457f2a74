import Execution
import WasmFormats
import WasmModel

/// A case as a script that asserts what is expected, in the form of the specification's test suite.
public struct CarriedScript: Sendable {
    /// What a command is about.
    public enum Subject: Hashable, Sendable {
        /// It makes the instances on which the calls are made.
        case preparation
        /// It asserts how a call ends.
        case call(Int)
        /// It asserts what the instance shows, after a call or after all of them.
        case state(afterCall: Int?)
    }

    /// A command with what it is about.
    public struct Step: Hashable, Sendable {
        public var command: ScriptCommand
        public var subject: Subject
    }

    public private(set) var steps: [Step] = []

    public var script: Script { Script(commands: steps.map(\.command)) }

    /// The calls that are asserted.
    public var assertedCalls: Set<Int> {
        Set(steps.compactMap { if case .call(let number) = $0.subject { number } else { nil } })
    }

    /// How modules are written.
    public enum ModuleForm: Hashable, Sendable {
        case text
        case binary

        fileprivate func source(_ module: Module) -> ScriptModule.Source {
            switch self {
            case .text: .text(module)
            case .binary: .binary(BinaryEncoder.encode(module))
            }
        }
    }

    private mutating func append(_ command: ScriptCommand.Kind, _ subject: Subject) {
        steps.append(Step(command: ScriptCommand(command), subject: subject))
    }
}

// MARK: The calls as they are

extension CarriedScript {
    /// Makes the script of a case, with a module behind each name that its module imports from.
    ///
    /// Of quiet NaNs the class is asserted: computations leave payload and sign open. An exception is asserted without its payload.
    /// - Parameters:
    ///   - source: the module once more, as it is to be written; nil for the form of the other modules.
    ///   - expected: how the calls end; fewer than calls where it is not known.
    ///   - companions: modules that are instantiated first; see ``Execution/TestCase/companions``.
    /// - Throws: where no module can be what is imported.
    public init(
        _ module: Module,
        source: ScriptModule.Source? = nil,
        form: ModuleForm,
        invocations: [Invocation],
        expected: [InvocationOutcome],
        companions: [Module] = [],
        usesFreshInstances: Bool
    ) throws(CarriageObstacle) {
        var instantiation: [ScriptCommand.Kind] = []
        for (number, companion) in companions.enumerated() {
            instantiation += try Self.hosts(of: companion, form, companions: number)
            instantiation.append(.module(ScriptModule(form.source(companion))))
            instantiation.append(.register(as: TestCase.companionName(number), instance: nil))
        }
        instantiation += try Self.hosts(of: module, form, companions: companions.count)
        instantiation.append(.module(ScriptModule(source ?? form.source(module))))
        for command in instantiation { append(command, .preparation) }
        for (number, (invocation, ending)) in zip(invocations, expected).enumerated() {
            if usesFreshInstances, number > 0 { for command in instantiation { append(command, .preparation) } }
            guard let assertion = Self.assertion(invocation, ending) else {
                // What follows on the same instance may depend on the call.
                if usesFreshInstances { continue }
                return
            }
            append(assertion, .call(number))
        }
    }

    /// Makes what stands behind the imports of a module, but for those from companions before it.
    private static func hosts(
        of module: Module,
        _ form: ModuleForm,
        companions: Int
    ) throws(CarriageObstacle) -> [ScriptCommand.Kind] {
        guard let hosts = HostModule.modules(for: module) else {
            throw CarriageObstacle("what is imported is nothing that another module can be")
        }
        let names = (0..<companions).map(TestCase.companionName)
        return hosts.filter { !names.contains($0.name) }.flatMap { host -> [ScriptCommand.Kind] in
            [.module(ScriptModule(form.source(host.module))), .register(as: host.name, instance: nil)]
        }
    }

    /// Nil where a script has no way to say it.
    private static func assertion(_ invocation: Invocation, _ ending: InvocationOutcome) -> ScriptCommand.Kind? {
        guard !invocation.arguments.contains(where: \.pointsToFunction) else { return nil }
        let action = ScriptAction.invoke(instance: nil, export: invocation.export, arguments: invocation.arguments)
        switch ending {
        case .returned(let values): return .assertReturn(action, values.map(pattern))
        case .trapped(let trap): return .assertTrap(action, trap.rawValue)
        case .threw: return .assertException(action)
        // How far a program gets within a budget is nothing that a script can assert.
        case .exhausted, .exited, .mismatched, .unseen: return nil
        }
    }

    /// The value, or for a quiet NaN its class: computations leave payload and sign open.
    private static func pattern(_ value: WasmValue) -> ResultPattern {
        switch value {
        case .f32(let bits) where bits & 0x7FC0_0000 == 0x7FC0_0000: .f32(.arithmeticNaN)
        case .f64(let bits) where bits & 0x7FF8_0000_0000_0000 == 0x7FF8_0000_0000_0000: .f64(.arithmeticNaN)
        case .i32, .i64, .f32, .f64, .v128, .reference: .exactly(value)
        }
    }
}

// MARK: Modules that check themselves

extension CarriedScript {
    /// Makes the script of modules that check themselves: each check gives -1, or traps where its call has to.
    public init(_ check: SelfCheck) {
        for part in check.parts {
            append(.module(ScriptModule(.binary(part.test.wasm))), .preparation)
            for (position, invocation) in part.test.invocations.enumerated() {
                let action = ScriptAction.invoke(instance: nil, export: invocation.export, arguments: [])
                let number = part.calls.lowerBound + position
                guard part.calls.contains(number) else {
                    append(Self.right(action), .state(afterCall: part.isOneOfMany ? part.calls.lowerBound : nil))
                    continue
                }
                if let trap = check.trap(ofCall: number) {
                    append(
                        .assertTrap(action, trap == .noHostValue ? Trap.unreachable.rawValue : trap.rawValue),
                        .call(number)
                    )
                } else {
                    append(Self.right(action), .call(number))
                }
            }
        }
    }

    private static func right(_ action: ScriptAction) -> ScriptCommand.Kind {
        .assertReturn(action, [.exactly(.i32(SelfCheckWriter.right))])
    }
}

extension WasmValue {
    /// Whether the value is a reference to a function.
    fileprivate var pointsToFunction: Bool {
        switch self {
        case .reference(.function): true
        case .i32, .i64, .f32, .f64, .v128, .reference(.null), .reference(.external), .reference(.opaque): false
        }
    }
}
