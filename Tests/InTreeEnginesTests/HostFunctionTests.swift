import MachineCode
import Runtime
import Testing
import WasmFormats
import WasmModel

@testable import InTreeEngines

/// Functions of the host that call back into the store, on every machine that runs here.
@Suite struct HostFunctionTests {
    static let targets = CompilationTarget.allCases.filter(\.canRun)

    private let module: ValidatedModule

    init() throws {
        module = try Validator.validate(
            TextParser.module(
                """
                (module
                  (import "host" "f" (func $f (param i32 f64) (result i32)))
                  (tag $e (param i64))
                  (func (export "call") (param i32) (result i32)
                    (i32.add (call $f (local.get 0) (f64.const 1.5)) (i32.const 1)))
                  (func (export "divide") (param i32) (result i32) (i32.div_u (i32.const 100) (local.get 0)))
                  (func (export "throw") (param i64) (throw $e (local.get 0)))
                  (func (export "catch") (param i32) (result i64)
                    (block $caught (result i64)
                      (try_table (catch $e $caught) (drop (call $f (local.get 0) (f64.const 0))))
                      (i64.const -1)))
                  (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1))))
                """
            )
        )
    }

    /// An instance, and how its host function can reach it.
    private final class Host {
        var instance: CompiledInstance?
        var answer: (Host, [WasmValue]) -> ReentrantHostAnswer = { _, _ in
            .answered(.trapped(.unreachable))
        }

        private static func function(_ name: String, of instance: CompiledInstance) -> FunctionIndex? {
            for export in instance.module.module.exports where export.name == name {
                if case .function(let index) = export.item { return index }
            }
            return nil
        }

        func call(_ name: String, _ arguments: [WasmValue]) -> CallEnd {
            guard let instance, let function = Self.function(name, of: instance) else {
                return .fault("no function \(name)")
            }
            do {
                return try instance.call(function, arguments)
            } catch {
                return .fault(error.description)
            }
        }
    }

    private func host(_ target: CompilationTarget) throws -> Host {
        let compiler = CompilerFactory(target).compiler(.none, .loads)
        let runner: any CodeRunner = target.isHost ? NativeRunner() : SimulatedRunner(fuel: 1_000_000_000)
        let store = try CompiledStore(runner: runner, limits: CompiledStore.Limits(stackBytes: 1 << 20))
        let host = Host()
        host.instance = try store.instantiate(
            module,
            compiled: compiler.compile(module),
            imports: [.reentrantBody { [unowned host] in host.answer(host, $0) }]
        )
        return host
    }

    @Test(arguments: targets)
    func `a function of the host answers with values or a trap`(target: CompilationTarget) throws {
        let host = try host(target)
        host.answer = { _, arguments in
            arguments == [.i32(7), .f64((1.5).bitPattern)]
                ? .answered(.returned([.i32(40)])) : .answered(.trapped(.castFailure))
        }
        #expect(host.call("call", [.i32(7)]) == .returned([.i32(41)]))
        #expect(host.call("call", [.i32(8)]) == .trapped(.castFailure))
    }

    @Test(arguments: targets)
    func `calls nest through the host, and the outer one goes on after any end of the inner one`(
        target: CompilationTarget
    ) throws {
        let host = try host(target)
        var ends: [CallEnd] = []
        host.answer = { host, arguments in
            guard case .i32(let number) = arguments[0] else { return .answered(.trapped(.unreachable)) }
            if number > 2 {
                // Two levels more: the answer is one more than that of the inner call.
                guard case .returned(let values) = host.call("call", [.i32(number - 2)]) else {
                    return .answered(.trapped(.unreachable))
                }
                return .answered(.returned(values))
            }
            ends = [
                host.call("divide", [.i32(0)]), host.call("divide", [.i32(4)]), host.call("throw", [.i64(9)]),
                host.call("deep", []),
            ]
            return .answered(.returned([.i32(10)]))
        }
        #expect(host.call("call", [.i32(8)]) == .returned([.i32(14)]))
        let exception = ThrownException(tag: 0, payload: [.i64(9)])
        #expect(
            ends == [
                .trapped(.integerDivideByZero), .returned([.i32(25)]), .threw(exception),
                .exhausted("call stack exhausted"),
            ]
        )
    }

    @Test(arguments: targets)
    func `an exception that an inner call did not catch can be thrown again in the outer one`(
        target: CompilationTarget
    ) throws {
        let host = try host(target)
        host.answer = { host, _ in
            if case .threw = host.call("throw", [.i64(77)]) { .threwAgain } else { .answered(.trapped(.unreachable)) }
        }
        #expect(host.call("catch", [.i32(1)]) == .returned([.i64(77)]))
        #expect(host.call("call", [.i32(1)]) == .threw(ThrownException(tag: 0, payload: [.i64(77)])))
    }
}
