import MachineCode
import Runtime
import Testing
import WasmFormats
import WasmModel

@testable import InTreeEngines

/// Code that counts its fuel, in every configuration of the compilers.
@Suite struct FuelTests {
    struct Configuration: Sendable, CustomTestStringConvertible {
        var target: CompilationTarget
        var level: OptimizationLevel
        var strategy: ResultStrategy

        var testDescription: String { "\(target.rawValue):\(level.rawValue):\(strategy.rawValue)" }

        var compiler: ModuleCompiler {
            var compiler = CompilerFactory(target).compiler(level, strategy)
            compiler.configuration.countsFuel = true
            return compiler
        }

        func makeRunner() -> any CodeRunner { target.isHost ? NativeRunner() : SimulatedRunner(fuel: 100_000_000) }
    }

    static let configurations = CompilationTarget.allCases.filter(\.canRun).flatMap { target in
        OptimizationLevel.allCases.flatMap { level in
            ResultStrategy.allCases.map { Configuration(target: target, level: level, strategy: $0) }
        }
    }

    static let endless: [(what: String, text: String)] = [
        ("a loop", "(module (func (export \"f\") (loop (br 0))))"),
        (
            "a loop with two ways around",
            """
            (module (func (export "f") (local i32)
              (loop $l (local.set 0 (i32.add (local.get 0) (i32.const 1)))
                (br_if $l (i32.and (local.get 0) (i32.const 1))) (br $l))))
            """
        ),
        (
            "a loop in a loop",
            """
            (module (func (export "f") (local i32)
              (loop $o (loop $i (br_if $i (i32.eqz (local.tee 0 (i32.eqz (local.get 0)))))) (br $o))))
            """
        ),
        (
            "a loop through a branch table",
            "(module (func (export \"f\") (local i32) (loop $a (loop $b (br_table $b $a $b (local.get 0))))))"
        ),
        (
            "a loop through a handler",
            """
            (module (tag $t) (func $throw (throw $t)) (func (export "f")
              (loop $l (block $h (try_table (catch $t $h) (call $throw))) (br $l))))
            """
        ),
        ("a tail call of itself", "(module (func $f (export \"f\") (return_call $f)))"),
        (
            "tail calls in a circle",
            """
            (module (func $f (export "f") (return_call $g (i32.const 1)))
              (func $g (param i32) (return_call $f)))
            """
        ),
        (
            "an indirect tail call of itself",
            """
            (module (table funcref (elem $f)) (type $t (func))
              (func $f (export "f") (return_call_indirect (type $t) (i32.const 0))))
            """
        ),
        (
            "a tail call of itself by a reference",
            """
            (module (type $t (func)) (elem declare func $f)
              (func $f (export "f") (type $t) (return_call_ref $t (ref.func $f))))
            """
        ),
        (
            "calls in a circle",
            "(module (func $f (export \"f\") (call $g)) (func $g (call $f)))"
        ),
    ]

    private func instance(
        _ configuration: Configuration,
        _ text: String,
        fuel: UInt64,
        isAudited: Bool = false
    ) throws -> CompiledInstance {
        var compiler = configuration.compiler
        compiler.configuration.isAudited = isAudited
        let module = try Validator.validate(TextParser.module(text))
        return try CompiledInstance(
            module,
            compiled: compiler.compile(module),
            runner: configuration.makeRunner(),
            limits: CompiledStore.Limits(fuel: fuel)
        )
    }

    @Test(arguments: configurations, endless)
    func `what would never end uses its fuel up`(
        configuration: Configuration,
        program: (what: String, text: String)
    ) throws {
        for isAudited in [false, true] {
            let instance = try instance(configuration, program.text, fuel: 5000, isAudited: isAudited)
            let export = try #require(instance.module.module.exports.first)
            guard case .function(let function) = export.item else { return }
            for _ in 0..<2 {
                let end = try instance.call(function, [])
                #expect(end == .exhausted(CompiledStore.fuelExhaustion), "\(program.what)")
                #expect(instance.store.remainingFuel == 0)
            }
        }
    }

    @Test(arguments: configurations)
    func `every loop and every call counts, and each call from outside has its fuel anew`(configuration: Configuration)
        throws
    {
        let text = """
            (module (func $g (param i32) (result i32) (i32.add (local.get 0) (i32.const 3)))
              (func (export "f") (param i32) (result i32) (local i32)
                (loop $l (local.set 1 (call $g (local.get 1)))
                  (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                (local.get 1)))
            """
        let instance = try instance(configuration, text, fuel: 300)
        for _ in 0..<2 {
            #expect(try instance.call(FunctionIndex(1), [.i32(100)]) == .returned([.i32(300)]))
            #expect((200...210).contains(300 - instance.store.remainingFuel))
        }
        #expect(try instance.call(FunctionIndex(1), [.i32(160)]) == .exhausted(CompiledStore.fuelExhaustion))
        #expect(try instance.call(FunctionIndex(1), [.i32(1)]) == .returned([.i32(3)]))
    }

    @Test(arguments: configurations)
    func `calls that the host makes use the fuel of the call from outside`(configuration: Configuration) throws {
        let compiler = configuration.compiler
        let text = """
            (module (import "m" "h" (func $h)) (func (export "loop") (loop (br 0)))
              (func (export "f") (call $h) (loop (br 0))))
            """
        let module = try Validator.validate(TextParser.module(text))
        let store = try CompiledStore(
            runner: configuration.makeRunner(),
            limits: CompiledStore.Limits(fuel: 1000)
        )
        var ends: [CallEnd] = []
        var left: [UInt64] = []
        var inner: CompiledInstance?
        let body: ReentrantHostBody = { _ in
            if let inner, let end = try? inner.call(FunctionIndex(1), []) { ends.append(end) }
            left.append(store.remainingFuel)
            return .answered(.returned([]))
        }
        let instance = try store.instantiate(
            module,
            compiled: compiler.compile(module),
            imports: [.reentrantBody(body)]
        )
        inner = instance
        ends.append(try instance.call(FunctionIndex(2), []))
        #expect(ends == [.exhausted(CompiledStore.fuelExhaustion), .exhausted(CompiledStore.fuelExhaustion)])
        #expect(left == [0])
    }
}
