import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import Runtime

/// What compiled code does at the end of the stack.
struct StackLimitTests {
    /// Functions that call themselves without end, with few values alive and with many, with long lists and in handlers.
    private static let texts = [
        "(module (func $f (export \"f\") call $f call $f))",
        """
        (module (func $f (export "f") (param \(list("i64", 60))) (result \(list("f64", 90)))
          \((0..<60).map { "local.get \($0) i64.const \($0) i64.add" }.joined(separator: " ")) call $f
          \((0..<90).map { _ in "drop" }.joined(separator: " ")) \((0..<90).map { "f64.const \($0)" }.joined(separator: " "))))
        """,
        """
        (module (tag $t) (func $f (export "f") (param v128 i32) (result v128)
          (block (try_table (catch $t 0) (drop (call $f (local.get 0) (i32.add (local.get 1) (i32.const 1))))))
          (call $f (local.get 0) (i32.const 3))))
        """,
    ]

    private static func list(_ type: String, _ count: Int) -> String {
        [String](repeating: type, count: count).joined(separator: " ")
    }

    @Test(arguments: TestedEngines.compilerNames, texts)
    func `a call that uses up the stack ends, and writes nothing below the limit`(_ name: EngineName, _ text: String)
        throws
    {
        let module = try TextParser.module(text)
        let type = try #require(module.types[module.functions[0].type.position].functionType)
        let test = TestCase(
            wasm: BinaryEncoder.encode(module),
            invocations: [Invocation(export: "f", arguments: type.parameters.map(WasmValue.zero))]
        )
        let plain = try TestedEngines.registry.engine(named: name)
        for engine in [plain, try #require(TestedEngines.registry.auditedEngine(name))] {
            let outcome = engine.run(test, within: Budget(stackBytes: 128 << 10))
            guard case .completed(let observation) = outcome else {
                Issue.record("\(engine.name): \(outcome)")
                continue
            }
            #expect(observation.isExhausted, "\(engine.name): \(observation)")
        }
    }

    @Test func `what is written below the limit is seen, whatever it is`() {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 8192, alignment: 16)
        defer { bytes.deallocate() }
        let sentinel = StackSentinel(below: bytes + StackSentinel.size)
        sentinel.fill()
        bytes.storeBytes(of: 0, toByteOffset: StackSentinel.size, as: UInt64.self)
        #expect(sentinel.depthOfChange() == nil, "the first byte above is no part of it")
        for depth in [1, 8, 4000, StackSentinel.size] {
            sentinel.fill()
            bytes.storeBytes(of: 0, toByteOffset: StackSentinel.size - depth, as: UInt8.self)
            #expect(sentinel.depthOfChange() == depth)
        }
    }
}
