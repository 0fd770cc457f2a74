import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import Differential

/// Cases of several instances.
struct CompanionTests {
    @Test func `functions are named by the indices of the module that is called, whoever defines what it exports`()
        throws
    {
        let companion = """
            (module (func (export "pass") (param funcref) (result funcref) (local.get 0)))
            """
        let module = """
            (module
              (import "\(TestCase.companionName(0))" "pass" (func $pass (param funcref) (result funcref)))
              (func $own)
              (elem declare func $own)
              (export "pass" (func $pass)))
            """
        let own = WasmValue.reference(.function(1))
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(module)),
            invocations: [Invocation(export: "pass", arguments: [own])],
            companions: [BinaryEncoder.encode(try TextParser.module(companion))]
        )
        for engine in [TestedEngines.oracle] + TestedEngines.compilers {
            guard case .completed(let observation) = engine.run(test, within: Budget()) else {
                Issue.record("\(engine.name) completes the case")
                continue
            }
            #expect(observation.invocations == [.returned([own])], "\(engine.name)")
        }
    }
}
