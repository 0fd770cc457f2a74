import Differential
import Execution
import LibraryEngines
import Testing
import WasmGenerator
import WasmModel

/// Wasmtime, behind its own API, does what the interpreter does.
@Suite(.enabled(if: TestedLibrary.wasmtime.isHere, TestedLibrary.wasmtime.absence))
struct WasmtimeTests {
    private func observation(
        _ text: String,
        _ calls: [Invocation] = [Invocation(export: "f", arguments: [])]
    ) throws -> Observation? { try TestedLibrary.wasmtime.observation(text, calls) }

    @Test(
        arguments: [
            ["strategy": "cranelift", "opt-level": "speed"], ["opt-level": "none", "regalloc": "single-pass"],
            ["target": "pulley64"],
        ]
    )
    func `generated cases do the same`(options: [String: String]) throws {
        let engine = try TestedLibrary.wasmtime.engine(options)
        let tally = try LibraryTally(
            engine,
            profile: "everything",
            count: 250,
            maximumArity: 300,
            namesReferences: true
        )
        #expect(tally.differences == [])
        #expect(tally.agreements >= 140)
        // References to exceptions do not cross the edge, nor do exceptions of start functions, and more than 1000 values are above a limit.
        let known = ["exnref", "size is out of bounds", "an exception that leaves a start function"]
        let unknown = tally.refusals.filter { refusal in !known.contains { refusal.contains($0) } }
        #expect(unknown == [])
    }

    @Test func `generated cases do the same in Winch, where it has what they need`() throws {
        let engine = try TestedLibrary.wasmtime.engine(["strategy": "winch"])
        let tally = try LibraryTally(
            engine,
            profile: "everything",
            count: 600,
            maximumArity: 300,
            namesReferences: true
        )
        #expect(tally.differences == [])
        #expect(tally.agreements >= 60)
        #expect(!engine.boundary.values.contains("externref"))
    }

    @Test(arguments: [1, 17, 254, 1000])
    func `so many values of every type cross the edges to exports and to functions of the host`(arity: Int) throws {
        let mixes: [[ValueType]] = [
            [.i32], [.i64], [.f32], [.f64], [.v128], [.i32, .i64, .f32, .f64, .v128],
            [.functionReference, .externalReference, .i32, .v128],
        ]
        var cases: [Case] = []
        for (number, mix) in mixes.enumerated() {
            for edges in [[], [.hostImport], [.directCall, .hostImport]] as [[Edge]] {
                let types = (0..<arity).map { mix[$0 % mix.count] }
                let routing = RoutingPattern.allCases[(number + arity) % RoutingPattern.allCases.count]
                let recipe = CaseRecipe(
                    edges: edges,
                    parameters: types,
                    results: types.reversed(),
                    routing: routing,
                    constantsSeed: UInt64(number),
                    storesResults: number % 2 == 0
                )
                cases.append(try Case(recipe).namingReferences())
            }
        }
        let tally = LibraryTally(try TestedLibrary.wasmtime.engine(), cases)
        #expect(tally.differences == [] && tally.refusals == [])
        #expect(tally.agreements == cases.count)
    }

    @Test(
        arguments: [
            ("unreachable", Trap.unreachable), ("(drop (i32.div_u (i32.const 1) (i32.const 0)))", .integerDivideByZero),
            ("(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))", .integerOverflow),
            ("(drop (i32.trunc_f32_s (f32.const nan)))", .invalidConversionToInteger),
            ("(drop (i32.load (i32.const 65536)))", .outOfBoundsMemoryAccess),
            ("(call_indirect (param i32) (i32.const 0) (i32.const 0))", .indirectCallTypeMismatch),
            ("(call_indirect (i32.const 1))", .uninitializedElement),
            ("(drop (ref.cast (ref i31) (array.new_default $a (i32.const 1))))", .castFailure),
            ("(drop (array.get $a (array.new_default $a (i32.const 1)) (i32.const 1)))", .outOfBoundsArrayAccess),
            ("(call_indirect (i32.const 2))", .unnamed), ("(drop (table.get (i32.const 2)))", .unnamed),
            ("(ref.as_non_null (ref.null func)) (drop)", .unnamed),
        ]
    )
    func `traps are named where Wasmtime tells them apart`(body: String, trap: Trap) throws {
        let text = """
            (module (type $a (array i32)) (memory 1) (table 2 funcref) (elem (i32.const 0) func $f)
              (func $f (export "f") \(body)))
            """
        let test = TestCase(wasm: try wasm(text), invocations: [Invocation(export: "f", arguments: [])])
        let outcome = try TestedLibrary.wasmtime.engine().run(test, within: Budget())
        guard case .completed(let observation) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(observation.invocations == [.trapped(trap)])
    }

    @Test func `an exception that no code catches is shown with its tag and its values`() throws {
        let text = """
            (module (tag $a) (tag $b (export "b") (param i32 f64 v128 externref))
              (func (export "f") (param externref)
                (throw $b (i32.const 7) (f64.const nan:0x4000000000001) (v128.const i64x2 1 2) (local.get 0)))
              (func (export "g") (throw $a)))
            """
        let calls = [
            Invocation(export: "f", arguments: [.reference(.external(12))]), Invocation(export: "g", arguments: []),
        ]
        let observation = try #require(try observation(text, calls))
        #expect(observation.invocations.count == 2)
        #expect(observation.invocations.last == .threw(tag: 0, payload: []))
    }

    @Test func `globals, memories and tables are shown at the end`() throws {
        let text = """
            (module (memory (export "m") 1) (memory (export "n") 0) (data (i32.const 3) "abc")
              (global (export "a") (mut v128) (v128.const i64x2 3 4)) (global (export "b") f32 (f32.const nan:0x200001))
              (global $c (export "c") (mut externref) (ref.null extern)) (global (export "d") funcref (ref.func $f))
              (table (export "functions") funcref (elem $f $g)) (table $t (export "t") 3 externref)
              (func $f (export "f") (param externref)
                (global.set $c (local.get 0)) (table.set $t (i32.const 1) (local.get 0))
                (drop (memory.grow (i32.const 1))))
              (func $g))
            """
        let observation = try #require(
            try observation(text, [Invocation(export: "f", arguments: [.reference(.external(0xFFFF_FFFF))])])
        )
        #expect(observation.instances.first?.globals.count == 4)
    }

    @Test func `references to functions are known by their place in the table of functions`() throws {
        let text = """
            (module (import "host" "h" (func $h (param funcref) (result funcref)))
              (table (export "functions") funcref (elem $h $f $g))
              (func $f (export "f") (param funcref) (result funcref funcref funcref funcref)
                (ref.func $f) (local.get 0) (call $h (ref.func $g)) (ref.func $h))
              (func $g))
            """
        let calls = [WasmReference.function(2), .function(0), .null].map {
            Invocation(export: "f", arguments: [.reference($0)])
        }
        _ = try observation(text, calls)
    }

    @Test func `what a start function does, and that it may trap, is seen`() throws {
        _ = try observation(
            #"(module (import "host" "h" (func $h (param i32) (result i64))) (start $s) (func (export "f"))"#
                + #" (func $s (drop (call $h (i32.const 5)))))"#
        )
        let trapped = try #require(
            try observation("(module (func $s unreachable) (start $s) (func (export \"f\")))")
        )
        #expect(trapped.instantiation == .trapped(.unreachable))
        _ = try observation(#"(module (memory 0) (data (i32.const 1) "a") (func (export "f")))"#)
    }

    @Test func `a call without end ends with the stack, and a memory has the size of the budget at most`() throws {
        let text = """
            (module (memory 1) (func $f (export "f") (call $f))
              (func (export "g") (result i32) (memory.grow (i32.const 2000))))
            """
        let engine = try TestedLibrary.wasmtime.engine()
        let calls = ["g", "f"].map { Invocation(export: $0, arguments: []) }
        let outcome = engine.run(TestCase(wasm: try wasm(text), invocations: calls), within: Budget())
        guard case .completed(let observation) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(observation.invocations.first == .returned([.i32(.max)]))
        #expect(observation.isExhausted)
    }

    @Test func `a module that it does not take is rejected in one line of its own`() throws {
        let engine = try TestedLibrary.wasmtime.engine()
        let invalid = TestCase(wasm: try wasm("(module (func (result i32)))"), invocations: [])
        guard case .rejected(let reason) = engine.run(invalid, within: Budget()) else {
            Issue.record("an invalid module is taken")
            return
        }
        #expect(reason.contains("type mismatch") && !reason.contains("\n"))
        // A section that only our own decoder does not know.
        let outcome = engine.run(TestCase(wasm: [0, 0x61, 0x73, 0x6D, 2, 0, 0, 0], invocations: []), within: Budget())
        guard case .rejected = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test(
        arguments: [
            (["strategy": "rubbish"], "option 'strategy' has no value 'rubbish' (choose from auto, cranelift, winch)"),
            (["max-stack": "-1"], "option 'max-stack' has no value '-1' (choose from whole numbers of bytes)"),
            (["wasm-rubbish": "true"], "option 'wasm-rubbish': this release of Wasmtime has no such option"),
            (["target": "riscv64"], "option 'target' has no value 'riscv64' (choose from pulley64)"),
        ]
    )
    func `a wrong option is told in one line`(options: [String: String], text: String) throws {
        do throws(LibraryEngineError) {
            _ = try LibraryEngine(library: TestedLibrary.wasmtime.path, options: options, name: "engine")
            Issue.record("the option is taken")
        } catch {
            #expect(error.description == text)
        }
    }

    @Test func `the version is told`() throws {
        let version = try TestedLibrary.wasmtime.engine().capabilities.version
        #expect(try #require(Int(version)) >= 9)
    }
}
