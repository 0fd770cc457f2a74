import Differential
import Execution
import WasmFormats
import WasmGenerator
import WasmInterpreter
import WasmModel

@testable import Triage

/// Crashes to store.
enum SampleCrash {
    static let recipe = CaseRecipe(edges: [.hostImport], parameters: [.i32, .f64], results: [.i32, .f64, .f32])

    static func finding(message: String = "assertion failed: register is real") -> Finding {
        Finding(
            Case(recipe),
            engine: "x86_64:none:definitions",
            divergence: Divergence(observable: .crash(.compile), expected: "returned 3 values", observed: message)
        )
    }

    static func record(message: String = "assertion failed: register is real") -> CrashRecord {
        let finding = finding(message: message)
        let test = finding.subject.test
        let boundary = Boundary(variable: .results, lastGood: 2, firstBad: 3)
        return CrashRecord(
            report: CrashReport(
                title: "three results",
                signature: finding.signature,
                engine: finding.engine,
                engines: ["interpreter", finding.engine],
                test: test,
                divergence: finding.divergence,
                boundary: boundary,
                recipe: recipe,
                originalSize: test.wasm.count
            ),
            wasm: test.wasm,
            original: test.wasm,
            regressions: RegressionCase.atBoundary(boundary, of: recipe, judge: Judge(oracle: InterpreterEngine()))
        )
    }
}
