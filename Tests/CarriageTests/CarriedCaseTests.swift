import Carriage
import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

/// What comes out of a carriage is what comes out of the case.
@Suite struct CarriedCaseTests {
    private func checkMemory(_ tested: TestedCase, _ name: String = "") throws {
        let carried = try CarriedCase.memory(tested.test, module: tested.module)
        #expect(try tested.outcome(of: carried) == tested.outcomeWithoutFunctions, "\(name)")
    }

    @Test func `each edge at each arity comes out of a memory`() throws {
        for recipe in GeneratedCases.recipes(arities: [0, 1, 2, 17, 40]) {
            try checkMemory(try TestedCase(GeneratedCases.test(recipe)), recipe.summary)
        }
    }

    @Test func `three hundred values come out of a memory`() throws {
        for recipe in GeneratedCases.recipes(arities: [300]) {
            try checkMemory(try TestedCase(GeneratedCases.test(recipe)), recipe.summary)
        }
    }

    @Test func `programs come out of a memory, with what their instances show`() throws {
        var count = 0
        for test in GeneratedCases.programs(count: 60) {
            let tested = try TestedCase(test)
            if tested.isExhausted { continue }
            try checkMemory(tested)
            count += 1
        }
        #expect(count > 50)
    }

    @Test func `state, tags, functions of the host, traps and objects come out of a memory`() throws {
        for (number, tested) in try HandWrittenCases.all().enumerated() { try checkMemory(tested, "\(number)") }
    }

    @Test func `each edge at each arity comes out of globals`() throws {
        var count = 0
        for recipe in GeneratedCases.recipes(arities: [0, 1, 17, 40]) {
            let tested = try TestedCase(GeneratedCases.test(recipe))
            if recipe.edges == [.hostImport] {
                #expect(throws: CarriageObstacle.self) {
                    try CarriedCase.globals(tested.test, module: tested.module)
                }
                continue
            }
            let carried = try CarriedCase.globals(tested.test, module: tested.module)
            #expect(try tested.outcome(of: carried) == tested.outcomeWithoutFunctions, "\(recipe.summary)")
            count += 1
        }
        #expect(count > 80)
    }

    @Test func `state and tags come out of globals where no function is imported and no table exported`() throws {
        var count = 0
        for tested in try HandWrittenCases.all() {
            guard let carried = try? CarriedCase.globals(tested.test, module: tested.module) else { continue }
            #expect(try tested.outcome(of: carried) == tested.outcomeWithoutFunctions)
            count += 1
        }
        #expect(count >= 4)
    }

    @Test func `storage that does not hold what it has to is no outcome of the case`() throws {
        let tested = try HandWrittenCases.traps
        let carried = try CarriedCase.memory(tested.test, module: tested.module)
        var observed = carried.tests.map { TestedEngines.oracle.run($0, within: TestedCase.budget) }
        guard case .completed(var observation) = observed[0] else { return }
        let place = observation.instances[0].memories.count - 1
        let intact = observation
        observation.instances[0].memories[place].bytes = [UInt8](repeating: 0, count: 65_536)
        observed[0] = .completed(observation)
        guard case .crashed = carried.outcome(of: observed) else {
            Issue.record("zeros are taken for an outcome")
            return
        }
        observation = intact
        observation.instances[0].memories = []
        #expect(
            carried.outcome(of: [.completed(observation)])
                == .refused(reason: "the host does not show the memory 'carriage'")
        )
        observation = intact
        observation.instances[0].memories[place].bytes[12] = 1
        guard case .refused = carried.outcome(of: [.completed(observation)]) else {
            Issue.record("a log that is not whole is taken for one")
            return
        }
        #expect(carried.outcome(of: [.rejected(reason: "x")]) == .rejected(reason: "x"))
    }

    @Test func `a log of many calls makes its memory grow`() throws {
        try checkMemory(
            try TestedCase(
                """
                (module (import "env" "f" (func $f (param i64 i32)))
                  (func (export "a") (param i32)
                    (loop (call $f (i64.const 7) (local.get 0))
                      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
                """,
                [Invocation("a", .i32(30_000))]
            )
        )
    }

    @Test func `an exported import is called like any other function`() throws {
        let tested = try TestedCase(
            """
            (module (func (export "f") (import "env" "f") (param i32) (result i64 i32)))
            """,
            [Invocation("f", .i32(5)), Invocation("f", .i32(6))]
        )
        try checkMemory(tested)
        for providesFunctions in [false, true] {
            let boundary = BoundaryCapabilities(providesFunctions: providesFunctions)
            let carried = try CarriedCase.direct(tested.test, module: tested.module, boundary: boundary)
            #expect(try tested.outcome(of: carried) == tested.outcome)
        }
    }

    @Test
    func `a call that reaches the budget ends the observation, and a trap of the start function is one of the case`()
        throws
    {
        let endless = try TestedCase(
            #"(module (func (export "a") (loop (br 0))) (func (export "b") (result i32) (i32.const 1)))"#,
            ["b", "a", "b"].map { Invocation($0) }
        )
        for carried in [
            try CarriedCase.memory(endless.test, module: endless.module),
            try CarriedCase.globals(endless.test, module: endless.module),
        ] {
            #expect(try endless.outcome(of: carried) == endless.outcome)
        }
        try checkMemory(
            try TestedCase(
                #"(module (func $s unreachable) (start $s) (func (export "a")))"#,
                [Invocation("a")]
            )
        )
    }

    @Test func `values come out of compiled code, too`() throws {
        guard let engine = TestedEngines.oneCompilerPerTarget.first else { return }
        var count = 0
        for recipe in GeneratedCases.recipes(arities: [1, 17]) {
            let tested = try TestedCase(GeneratedCases.test(recipe))
            let carried = try CarriedCase.memory(
                tested.test,
                module: tested.module,
                features: engine.capabilities.features
            )
            let outcome = carried.outcome { engine.run($0, within: TestedCase.budget) }
            if case .refused = outcome { continue }
            #expect(outcome == tested.outcomeWithoutFunctions, "\(recipe.summary)")
            count += 1
        }
        #expect(count > 20)
    }

    @Test func `features that are missing are said`() throws {
        func obstacle(_ text: String, _ features: FeatureSet, _ calls: Invocation...) throws -> String? {
            let tested = try TestedCase(text, calls)
            do throws(CarriageObstacle) {
                _ = try CarriedCase.memory(tested.test, module: tested.module, features: features)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            try obstacle("(module (memory 1))", .wasm2)
                == "the module has a memory, and a second one needs multi-memory"
        )
        #expect(try obstacle("(module)", .mvp) == nil)
        #expect(
            try obstacle(
                #"(module (func (export "f") (param externref)))"#,
                .wasm2,
                Invocation("f", .reference(.external(1)))
            ) == "a reference of the host is made, and that needs garbage collection"
        )
        #expect(
            try obstacle(
                #"(module (func (export "f") (param externref)))"#,
                .wasm3,
                Invocation("f", .reference(.external(1 << 30)))
            ) == "wasm has nothing for the reference of the host with the number 1073741824"
        )
    }

    @Test func `a wrong constant is seen`() throws {
        for recipe in GeneratedCases.recipes(arities: [17]) {
            let tested = try TestedCase(GeneratedCases.test(recipe))
            let carried = try CarriedCase.memory(tested.test, module: tested.module)
            var other = tested.test
            guard let first = other.invocations[0].arguments.firstIndex(where: { $0 != .reference(.null) }) else {
                continue
            }
            other.invocations[0].arguments[first] = tested.test.invocations[0].arguments[first].changed
            let wrong = try TestedCase(other)
            if wrong.outcome == tested.outcome { continue }
            #expect(try tested.outcome(of: carried) != wrong.outcomeWithoutFunctions, "\(recipe.summary)")
        }
    }

    @Test func `a direct carriage leaves alone what needs no change`() throws {
        for recipe in GeneratedCases.recipes(arities: [0, 1, 17]) {
            let tested = try TestedCase(GeneratedCases.test(recipe))
            let carried = try CarriedCase.direct(tested.test, module: tested.module, boundary: BoundaryCapabilities())
            let isSame = carried.tests == [tested.test]
            #expect(isSame == (carried.functionTable == nil && carried.tagNames.isEmpty), "\(recipe.summary)")
            #expect(try tested.outcome(of: carried) == tested.outcome, "\(recipe.summary)")
        }
    }

    @Test func `without functions of the host a direct carriage keeps their log in a memory`() throws {
        let boundary = BoundaryCapabilities(providesFunctions: false)
        for recipe in GeneratedCases.recipes(arities: [0, 1, 17]) {
            let tested = try TestedCase(GeneratedCases.test(recipe))
            guard let carried = try? CarriedCase.direct(tested.test, module: tested.module, boundary: boundary) else {
                continue
            }
            #expect(carried.importedFunctions.isEmpty)
            #expect(
                try tested.outcome(of: carried).mapValues { $0.unnamed } == tested.outcome.mapValues { $0.unnamed },
                "\(recipe.summary)"
            )
        }
    }

    @Test func `imports become definitions of a direct carriage`() throws {
        let cases = try HandWrittenCases.all()
        let count = cases.count - (try HandWrittenCases.notDirect().count)
        for (number, tested) in cases.prefix(count).enumerated() {
            let carried = try CarriedCase.direct(tested.test, module: tested.module, boundary: BoundaryCapabilities())
            #expect(try tested.outcome(of: carried) == tested.outcome, "\(number)")
        }
    }

    @Test func `what a host cannot carry is said`() throws {
        let numbers = BoundaryCapabilities(values: [.i32, .i64, .f32, .f64], hasExactNaNs: false, showsTables: false)
        func obstacle(_ text: String, _ calls: Invocation...) throws -> String? {
            let tested = try TestedCase(text, calls)
            do throws(CarriageObstacle) {
                _ = try CarriedCase.direct(tested.test, module: tested.module, boundary: numbers)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            try obstacle(#"(module (func (export "f") (result v128) (v128.const i64x2 0 0)))"#, Invocation("f"))
                == "a result is of a type that the host does not carry: v128"
        )
        #expect(try obstacle(#"(module (func (export "f") (result v128) (v128.const i64x2 0 0)))"#) == nil)
        #expect(
            try obstacle(#"(module (func (export "f") (param f32)))"#, Invocation("f", .f32(0x7FC0_0000)))
                == "an argument is a NaN, and the host does not keep its bits"
        )
        #expect(try obstacle(#"(module (table (export "t") 1 funcref))"#) == "the host does not show tables")
        #expect(
            try obstacle(
                """
                (module (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))))
                """
            ) == "'proc_exit' is a function of the system interface"
        )
    }
}

extension WasmValue {
    /// Another value of the type.
    var changed: WasmValue {
        switch self {
        case .i32(let bits): .i32(bits ^ 1)
        case .i64(let bits): .i64(bits ^ 1)
        case .f32(let bits): .f32(bits ^ 1)
        case .f64(let bits): .f64(bits ^ 1)
        case .v128(let vector): .v128(V128(low: vector.low, high: vector.high ^ 1))
        case .reference(.external(let number)): .reference(.external(number ^ 1))
        case .reference(.null): .reference(.function(0))
        case .reference: .reference(.null)
        }
    }

    fileprivate var unnamed: WasmValue {
        if case .reference(.function) = self { .reference(.opaque("func")) } else { self }
    }
}
