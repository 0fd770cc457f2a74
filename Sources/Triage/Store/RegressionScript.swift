import Execution
import WasmFormats
import WasmModel

/// The text of `regression.wast`: each module with an assertion for each call, in the form of the specification's test suite, so that
/// another project can take it as it is.
enum RegressionScript {
    static func text(title: String, _ cases: [RegressionCase]) -> String {
        var text = comment(title)
        for regression in cases {
            text += "\n" + comment(regression.title)
            text += ScriptPrinter.text(of: Script(commands: commands(of: regression)))
        }
        return text
    }

    private static func comment(_ line: String) -> String { ";; \(line.inComment)\n" }

    private static func commands(of regression: RegressionCase) -> [ScriptCommand] {
        guard let hosts = HostModule.modules(for: regression.module) else { return [] }
        var instantiation: [ScriptCommand] = []
        for host in hosts {
            instantiation.append(ScriptCommand(.module(ScriptModule(.text(host.module)))))
            instantiation.append(ScriptCommand(.register(as: host.name, instance: nil)))
        }
        instantiation.append(ScriptCommand(.module(ScriptModule(.text(regression.module)))))
        var commands = instantiation
        for (number, (invocation, ending)) in zip(regression.invocations, regression.expected).enumerated() {
            if regression.usesFreshInstances, number > 0 { commands += instantiation }
            guard let assertion = assertion(invocation, ending) else {
                // What follows on the same instance may depend on the call.
                if regression.usesFreshInstances { continue }
                return commands
            }
            commands.append(ScriptCommand(assertion))
        }
        return commands
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
        case .exhausted, .exited: return nil
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

extension WasmValue {
    /// Whether the value is a reference to a function.
    fileprivate var pointsToFunction: Bool {
        switch self {
        case .reference(.function): true
        case .i32, .i64, .f32, .f64, .v128, .reference(.null), .reference(.external), .reference(.opaque): false
        }
    }
}
