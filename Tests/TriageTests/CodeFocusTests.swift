import Differential
import Testing
import WasmFormats
import WasmModel

@testable import Triage

/// Which functions of a crash are looked at, and which value of them is marked.
struct CodeFocusTests {
    private func focus(
        _ observable: Observable,
        calling exports: [String] = ["f"],
        culprits: [Int] = [],
        imports: String = "(import \"e\" \"log\" (func (param i32 f64)))"
    ) throws -> CodeFocus {
        let text = """
            (module \(imports) (func $g) (func (export "f") (result i32 i64) (i32.const 1) (i64.const 2)))
            """
        let wasm = BinaryEncoder.encode(try TextParser.module(text))
        var report = SampleCrash.record().report
        report.invocations = exports.map { Invocation(export: $0, arguments: []) }
        report.divergence.observable = observable
        report.culprit = CulpritStage(stages: ["folding"], functions: culprits, failsOnOtherMachine: nil)
        return CodeFocus(report, wasm: wasm)
    }

    @Test func `functions at fault come first, then the one with the value that differs`() throws {
        let focus = try focus(.result(invocation: 0, index: 1), culprits: [1])
        #expect(focus.culprits == [1] && focus.functions == [1, 2])
        #expect(focus.value == CodeFocus.Value(function: 2, list: .results, index: 1))
    }

    @Test func `an argument of a host call is a parameter of the import, where only one has so many`() throws {
        let alone = try focus(.hostCallArgument(call: 7, index: 1))
        #expect(alone.value == CodeFocus.Value(function: 0, list: .parameters, index: 1))
        #expect(alone.functions == [0, 2])
        let two = "(import \"e\" \"a\" (func (param i32))) (import \"e\" \"b\" (func (param i32 i32)))"
        #expect(try focus(.hostCallArgument(call: 0, index: 0), imports: two).value == nil)
        #expect(try focus(.hostCallArgument(call: 0, index: 1), imports: two).value?.function == 1)
    }

    @Test func `a wrong ending has no value, and neither has what is not in the module`() throws {
        #expect(try focus(.ending(invocation: 0)).value == nil)
        #expect(try focus(.ending(invocation: 0)).functions == [2])
        for (invocation, index) in [(0, 2), (0, -1), (1, 0), (-1, 0), (.max, .max)] {
            #expect(try focus(.result(invocation: invocation, index: index)).value == nil)
        }
        #expect(try focus(.hostCallArgument(call: 0, index: .min)).value == nil)
        #expect(try focus(.result(invocation: 0, index: 0), calling: ["missing"]).functions == [])
        let hostile = try focus(.result(invocation: 0, index: 0), culprits: [-1, 3, .max, .min])
        #expect(hostile.culprits == [] && hostile.functions == [2])
    }

    @Test func `of what is no module nothing is looked at`() {
        let focus = CodeFocus(SampleCrash.record().report, wasm: [0, 1])
        #expect(focus.functions == [] && focus.value == nil)
    }
}
