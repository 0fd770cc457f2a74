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
        var commands: [ScriptCommand] = []
        guard let hosts = HostModule.modules(for: regression.module) else { return [] }
        for host in hosts {
            commands.append(ScriptCommand(.module(ScriptModule(.text(host.module)))))
            commands.append(ScriptCommand(.register(as: host.name, instance: nil)))
        }
        commands.append(ScriptCommand(.module(ScriptModule(.text(regression.module)))))
        for (invocation, ending) in zip(regression.invocations, regression.expected) {
            // A script has no way to write them, and what follows may depend on the call.
            guard !invocation.arguments.contains(where: \.pointsToFunction) else { return commands }
            let action = ScriptAction.invoke(
                instance: nil,
                export: invocation.export,
                arguments: invocation.arguments
            )
            switch ending {
            case .returned(let values):
                commands.append(ScriptCommand(.assertReturn(action, values.map(pattern))))
            case .trapped(let trap): commands.append(ScriptCommand(.assertTrap(action, trap.rawValue)))
            case .threw: commands.append(ScriptCommand(.assertException(action)))
            // How far a program gets within a budget is nothing that a script can assert.
            case .exhausted, .exited: return commands
            }
        }
        return commands
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
