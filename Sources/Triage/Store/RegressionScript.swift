import Carriage
import WasmFormats

/// The text of `regression.wast`: each module with an assertion for each call, in the form of the specification's test suite, so that
/// another project can take it as it is.
enum RegressionScript {
    static func text(title: String, _ cases: [RegressionCase]) -> String {
        var text = comment(title)
        for regression in cases {
            text += "\n" + comment(regression.title)
            text += ScriptPrinter.text(of: script(of: regression))
        }
        return text
    }

    private static func comment(_ line: String) -> String { ";; \(line.inComment)\n" }

    /// Empty where no script can say what the case imports.
    private static func script(of regression: RegressionCase) -> Script {
        let carried = try? CarriedScript(
            regression.module,
            form: .text,
            invocations: regression.invocations,
            expected: regression.expected,
            companions: regression.companions,
            usesFreshInstances: regression.usesFreshInstances
        )
        return carried?.script ?? Script()
    }
}
