import MachineCode
import SSA
import Testing
import WasmFormats
import WasmModel

/// Whole modules in the text format through the pipeline, on both machines.
@Suite struct ModuleExecutionTests {
    static let pipelines = TestPipeline.all + TestPipeline.all.map(\.audited)

    private func instance(_ text: String, _ pipeline: TestPipeline, in store: CodeStore) throws -> CodeInstance {
        try store.instantiate(Validator.validate(TextParser.module(text)), pipeline.configuration)
    }

    /// The low 32 bits of each of the low halves.
    private func words(_ values: [RawValue]) -> [UInt32] { values.map { UInt32(truncatingIfNeeded: $0.x) } }

    @Test(arguments: pipelines)
    func `loops, branch tables and block parameters`(_ pipeline: TestPipeline) throws {
        let store = try CodeStore(pipeline.machine)
        let instance = try instance(
            """
            (module
              (func (export "factorial") (param i64) (result i64) (local i64)
                (local.set 1 (i64.const 1))
                (block (loop
                  (br_if 1 (i64.eqz (local.get 0)))
                  (local.set 1 (i64.mul (local.get 0) (local.get 1)))
                  (local.set 0 (i64.sub (local.get 0) (i64.const 1)))
                  (br 0)))
                (local.get 1))
              (func (export "swap") (param i32 f64) (result f64 i32)
                (local.get 1) (local.get 0))
              (func (export "switch") (param i32) (result i32)
                (block (block (block (br_table 0 1 2 (local.get 0)))
                  (return (i32.const 10))) (return (i32.const 11)))
                (i32.const 12)))
            """,
            pipeline,
            in: store
        )
        let factorial = try instance.call(0, [RawValue(20, 0)], results: 1)
        #expect(factorial.code == 0 && factorial.results == [RawValue(2_432_902_008_176_640_000, 0)])
        let swapped = try instance.call(1, [RawValue(7, 0), RawValue(0x4000_0000_0000_0000, 0)], results: 2)
        #expect(swapped.results[0].x == 0x4000_0000_0000_0000 && words(swapped.results)[1] == 7)
        for (index, expected) in [(0, 10), (1, 11), (2, 12), (3, 12), (UInt64(UInt32.max), 12)] {
            let end = try instance.call(2, [RawValue(index, 0)], results: 1)
            #expect(end.code == 0 && words(end.results) == [UInt32(expected)])
        }
    }

    @Test(arguments: pipelines)
    func `traps and the stack limit leave through the entry stub`(_ pipeline: TestPipeline) throws {
        let store = try CodeStore(pipeline.machine, stackSize: 256 << 10)
        let instance = try instance(
            """
            (module
              (func $divide (export "divide") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
              (func (export "nested") (param i64 i64) (result i64)
                (i64.add (i64.const 1) (call $divide (local.get 0) (local.get 1))))
              (func $recurse (export "recurse") (param i64) (result i64)
                (i64.add (i64.const 1) (call $recurse (local.get 0)))))
            """,
            pipeline,
            in: store
        )
        func call(_ function: Int, _ arguments: UInt64...) throws -> (code: UInt32, results: [RawValue]) {
            try instance.call(function, arguments.map { RawValue($0, 0) }, results: 1)
        }
        #expect(try call(1, 1, 0).code == Trap.integerDivideByZero.code)
        #expect(try call(0, 1 << 63, .max).code == Trap.integerOverflow.code)
        #expect(try call(2, 1).code == InstanceContextLayout.stackExhaustedCode)
        #expect(try call(1, 20, 6) == (0, [RawValue(4, 0)]))
    }

    @Test(arguments: pipelines)
    func `imports are called through exit stubs, and their trap codes leave`(_ pipeline: TestPipeline) throws {
        let types = Array(repeating: ["i64", "f64"], count: 10).joined()
        let list = types.joined(separator: " ")
        let store = try CodeStore(pipeline.machine)
        let instance = try instance(
            """
            (module
              (import "host" "f" (func $f (param \(list)) (result \(types.reversed().joined(separator: " ")))))
              (func (export "call") (param \(list)) (result \(types.reversed().joined(separator: " ")))
                \((0..<20).map { "(local.get \($0))" }.joined(separator: " ")) (call $f)))
            """,
            pipeline,
            in: store
        )
        var calls: [(callee: UInt32, arguments: [UInt64])] = []
        var answer: UInt32 = 0
        store.host = { callee, values in
            let arguments = (0..<20).map { values[$0].x }
            calls.append((callee, arguments))
            for (position, argument) in arguments.reversed().enumerated() { values[position].x = argument }
            return answer
        }
        let arguments = (0..<20).map { RawValue(UInt64($0) * 0x0101_0101_0101 + 1, 0) }
        let end = try instance.call(1, arguments, results: 20)
        #expect(end.code == 0 && end.results.map(\.x) == arguments.reversed().map(\.x))
        #expect(calls.map(\.callee) == [0] && calls.map(\.arguments) == [arguments.map(\.x)])
        answer = 77
        #expect(try instance.call(1, arguments, results: 0).code == 77)
    }

    @Test(arguments: pipelines, [1, 9, 17, 257])
    func `parameters come back in reverse order`(_ pipeline: TestPipeline, _ count: Int) throws {
        let types = ["i64", "f64", "i32", "f32", "i64"]
        let list = (0..<count).map { types[$0 % types.count] }
        let gets = (0..<count).map { "(local.get \($0))" }
        let reversed = list.reversed().joined(separator: " ")
        let store = try CodeStore(pipeline.machine)
        let instance = try instance(
            """
            (module
              (func $reverse (param \(list.joined(separator: " "))) (result \(reversed))
                \(gets.reversed().joined(separator: " ")))
              (func (export "f") (param \(list.joined(separator: " "))) (result \(reversed))
                \(gets.joined(separator: " ")) (call $reverse)))
            """,
            pipeline,
            in: store
        )
        let arguments = (0..<count).map { RawValue(UInt64($0) + 0x1000, 0) }
        let end = try instance.call(1, arguments, results: count)
        #expect(end.code == 0)
        #expect(words(end.results) == words(arguments.reversed()))
    }

    @Test(arguments: pipelines)
    func `tail calls and handlers of modules in the text format`(_ pipeline: TestPipeline) throws {
        let parameters = String(repeating: "i64 ", count: 30)
        let gets = (1..<30).map { "(local.get \($0))" }.joined(separator: " ")
        let store = try CodeStore(pipeline.machine)
        let instance = try instance(
            """
            (module
              (tag $t (param i64))
              (func $count (export "count") (param \(parameters)) (result i64)
                (if (result i64) (i64.eqz (local.get 0))
                  (then (local.get 29))
                  (else (return_call $count (i64.sub (local.get 0) (i64.const 1)) \(gets)))))
              (func $throw (param \(parameters)) (result i64)
                (throw $t (i64.add (local.get 0) (local.get 29))))
              (func (export "catch") (param \(parameters)) (result i64)
                (block $caught (result i64)
                  (return (i64.add (i64.const 1000)
                    (try_table (result i64) (catch $t $caught) (local.get 0) \(gets) (call $throw)))))))
            """,
            pipeline,
            in: store
        )
        let arguments = (0..<30).map { RawValue($0 == 0 ? 3000 : UInt64($0), 0) }
        let counted = try instance.call(0, arguments, results: 1)
        #expect(counted.code == 0 && counted.results == [RawValue(29, 0)])
        let caught = try instance.call(2, arguments, results: 1)
        #expect(caught.code == 0 && caught.results == [RawValue(3029, 0)])
    }
}
