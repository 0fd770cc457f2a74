import MachineCode
import Runtime
import Testing
import WasmFormats
import WasmModel

@testable import InTreeEngines

/// Exceptions that nothing refers to cost compiled code nothing, and the others stay what they are, on every machine that runs here.
@Suite struct ExceptionGarbageTests {
    struct Variant: CustomTestStringConvertible {
        let target: CompilationTarget
        let optimization: OptimizationLevel
        var testDescription: String { "\(target) \(optimization)" }
    }

    static let variants = CompilationTarget.allCases.filter(\.canRun).flatMap { target in
        [OptimizationLevel.none, .speed].map { Variant(target: target, optimization: $0) }
    }

    private func end(
        _ text: String,
        exceptionBytes: Int,
        _ variant: Variant,
        _ arguments: [WasmValue] = []
    ) throws -> CallEnd {
        let module = try Validator.validate(TextParser.module(text))
        let instance = try CompiledInstance(
            module,
            compiled: CompilerFactory(variant.target).compiler(variant.optimization, .loads).compile(module),
            runner: variant.target.isHost ? NativeRunner() : SimulatedRunner(fuel: 1_000_000_000),
            limits: CompiledStore.Limits(stackBytes: 1 << 18, exceptionBytes: exceptionBytes)
        )
        let export = try #require(module.module.exports.first { $0.name == "f" })
        guard case .function(let function) = export.item else {
            Issue.record("f is no function")
            return .returned([])
        }
        return try instance.call(function, arguments)
    }

    @Test(arguments: variants)
    func `what dies at once may be thrown any number of times`(variant: Variant) throws {
        let text = """
            (module (tag $t (param i64 i64)) (tag $empty)
              (func $throw (param i32) (if (local.get 0) (then (throw $empty))) (throw $t (i64.const 1) (i64.const 2)))
              (func (export "f") (param $n i32) (result i32)
                (loop $again
                  (block $h (result i64 i64)
                    (try_table (result i64 i64) (catch $t $h) (throw $t (i64.const 1) (i64.const 2))))
                  (drop) (drop)
                  (block $h (result exnref)
                    (try_table (catch_all_ref $h) (call $throw (i32.and (local.get $n) (i32.const 1)))) (unreachable))
                  (drop)
                  (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (i32.const 1)))
            """
        #expect(try end(text, exceptionBytes: 4096, variant, [.i32(3000)]) == .returned([.i32(1)]))
    }

    @Test(arguments: variants)
    func `exceptions are kept by locals, operands, callers, globals, tables and other exceptions`(variant: Variant)
        throws
    {
        let text = """
            (module
              (tag $t (param i32)) (tag $chain (param i32 exnref)) (tag $garbage (param i64 i64 i64))
              (global $g (mut exnref) (ref.null exn)) (table $table 4 exnref)
              (func $waste (local $n i32)
                (local.set $n (i32.const 40))
                (loop
                  (block $h (try_table (catch_all $h) (throw $garbage (i64.const 0) (i64.const -1) (i64.const 2))))
                  (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
              (func $make (param i32) (result exnref)
                (call $waste)
                (block $h (result i32 exnref)
                  (try_table (catch_ref $t $h) (throw $t (local.get 0)))
                  (unreachable))
                (call $waste) (return))
              (func $link (param i32 exnref) (result exnref)
                (call $waste)
                (block $h (result i32 exnref exnref)
                  (try_table (catch_ref $chain $h) (throw $chain (local.get 0) (local.get 1)))
                  (unreachable))
                (call $waste) (return))
              (func $number (param exnref) (result i32)
                (call $waste)
                (block $h (result i32)
                  (try_table (catch $t $h) (throw_ref (local.get 0)))
                  (unreachable)))
              (func $sum (param exnref) (result i32) (local $sum i32)
                (loop $next
                  (block $last (result i32)
                    (block $h (result i32 exnref)
                      (try_table (catch $chain $h) (catch $t $last) (throw_ref (local.get 0)))
                      (unreachable))
                    (local.set 0) (i32.add (local.get $sum)) (local.set $sum)
                    (call $waste)
                    (br $next))
                  (return (i32.add (local.get $sum)))) (unreachable))
              (func $nest (param i32) (result i32) (local exnref)
                (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
                (local.set 1 (call $make (local.get 0)))
                (i32.add (call $nest (i32.sub (local.get 0) (i32.const 1))) (call $number (local.get 1))))
              (func $four (param exnref exnref exnref exnref) (result i32)
                (i32.add (i32.add (call $number (local.get 3)) (call $number (local.get 0)))
                  (i32.add (call $number (local.get 2)) (call $number (local.get 1)))))
              (func (export "f") (result i32) (local $a exnref) (local $c exnref)
                (local.set $a (call $make (i32.const 1)))
                (global.set $g (call $make (i32.const 2)))
                (table.set $table (i32.const 3) (call $make (i32.const 4)))
                (local.set $c (call $link (i32.const 8) (call $link (i32.const 16) (call $make (i32.const 32)))))
                (call $four (call $make (i32.const 64)) (call $make (i32.const 128)) (call $make (i32.const 256)) (local.get $a))
                (i32.add (call $sum (local.get $c)))
                (i32.add (call $number (table.get $table (i32.const 3))))
                (i32.add (call $nest (i32.const 9)))
                (i32.add (call $number (global.get $g)))
                (i32.add (call $sum (local.get $c)))
                (i32.add (call $number (local.get $a)))))
            """
        let sum = 64 + 128 + 256 + 1 + 56 + 4 + 45 + 2 + 56 + 1
        for exceptionBytes in stride(from: 1600, to: 4000, by: 400) {
            #expect(
                try end(text, exceptionBytes: exceptionBytes, variant) == .returned([.i32(UInt32(sum))]),
                "\(exceptionBytes)"
            )
        }
    }

    @Test(arguments: variants)
    func `exceptions that are all alive end the call at the limit`(variant: Variant) throws {
        // An exception of the chain takes 48 bytes.
        let text = """
            (module (tag $chain (param i32 exnref))
              (func (export "f") (param $n i32) (result i32) (local $list exnref)
                (loop $again
                  (block $h (result i32 exnref exnref)
                    (try_table (catch_ref $chain $h) (throw $chain (local.get $n) (local.get $list)))
                    (unreachable))
                  (local.set $list) (drop) (drop)
                  (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (i32.const 1)))
            """
        #expect(try end(text, exceptionBytes: 4800, variant, [.i32(90)]) == .returned([.i32(1)]))
        #expect(try end(text, exceptionBytes: 4800, variant, [.i32(110)]) == .exhausted("heap exhausted"))
    }
}
