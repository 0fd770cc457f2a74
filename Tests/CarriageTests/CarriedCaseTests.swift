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
        for test in GeneratedCases.programs(count: 60) {
            let tested = try TestedCase(test)
            if !tested.isExhausted { try checkMemory(tested) }
        }
    }

    @Test func `state, tags, functions of the host, traps and objects come out of a memory`() throws {
        for (number, tested) in try HandWrittenCases.all().enumerated() { try checkMemory(tested, "\(number)") }
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
    fileprivate var changed: WasmValue {
        switch self {
        case .i32(let bits): .i32(bits ^ 1)
        case .i64(let bits): .i64(bits ^ 1)
        case .f32(let bits): .f32(bits ^ 1)
        case .f64(let bits): .f64(bits ^ 1)
        case .v128(let vector): .v128(V128(low: vector.low, high: vector.high ^ 1))
        case .reference(.external(let number)): .reference(.external(number ^ 1))
        case .reference: .reference(.null)
        }
    }

    fileprivate var unnamed: WasmValue {
        if case .reference(.function) = self { .reference(.opaque("func")) } else { self }
    }
}
