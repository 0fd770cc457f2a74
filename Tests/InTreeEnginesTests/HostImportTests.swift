import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmModel

/// What the host puts behind imports is the same in the interpreter and in every compiler.
@Suite struct HostImportTests {
    private func outcomes(_ text: String, _ calls: [Invocation] = [Invocation(export: "f", arguments: [])]) throws
        -> [String: Outcome]
    {
        let test = TestCase(wasm: BinaryEncoder.encode(try TextParser.module(text)), invocations: calls)
        var outcomes: [String: Outcome] = [:]
        for name in TestedEngines.names {
            outcomes[name.description] = try TestedEngines.registry.engine(named: name).run(test, within: Budget())
        }
        return outcomes
    }

    /// The observation that all engines make; nil where they do not agree.
    private func observation(_ text: String, _ calls: [Invocation] = [Invocation(export: "f", arguments: [])]) throws
        -> Observation?
    {
        let outcomes = try outcomes(text, calls)
        #expect(outcomes.count > 1)
        guard case .completed(let expected)? = outcomes["interpreter"] else {
            Issue.record("\(outcomes)")
            return nil
        }
        for (name, outcome) in outcomes {
            guard case .completed(let observed) = outcome else {
                Issue.record("\(name): \(outcome)")
                return nil
            }
            #expect(observed == expected, "\(name)")
        }
        return expected
    }

    @Test(
        arguments: [
            "extern", "any", "eq", "i31", "func", "$self", "null extern", "null any", "null eq", "null i31",
            "null func",
            "null $self", "null struct", "null array", "null $s", "null none", "null nofunc", "null noextern",
            "null exn",
            "struct", "array", "$s", "exn", "none", "nofunc", "noextern",
        ]
    )
    func `results of every reference type are of their type, or the call traps`(type: String) throws {
        // Both results of both functions, and whether they are null.
        let text = """
            (module (type $s (struct)) (rec (type $self (func (result (ref \(type)) (ref \(type))))))
              (import "env" "f" (func $i (type $self))) (import "env" "g" (func $j (type $self)))
              (func (export "f") (result (ref \(type)) (ref \(type)) i32) (local i32)
                (call $j) (ref.is_null) (local.set 0) (drop) (call $i) (local.get 0)))
            """
        let observation = try #require(try observation(text))
        let isNullable = type.hasPrefix("null ")
        switch observation.invocations[0] {
        case .returned(let values):
            if !isNullable { #expect(!values.contains(.reference(.null)) && values[2] == .i32(0)) }
        case .trapped(let trap):
            #expect(trap == .noHostValue && !isNullable && observation.instances[0].hostCalls.count <= 1)
        case .threw, .exhausted, .exited: Issue.record("\(observation.invocations[0])")
        }
    }

    @Test func `imports of every kind are made, used and read back`() throws {
        let observation = try observation(
            """
            (module (type $s (struct)) (rec (type $t (func (param (ref null $s)) (result i32))) (type $other (func)))
              (import "env" "m" (memory $m 1 3)) (import "env" "t" (table $t 3 7 funcref))
              (import "env" "x" (table $x 2 externref)) (import "env" "g" (global $g i64))
              (import "env" "v" (global $v (mut f64))) (import "env" "w" (global $w v128))
              (import "env" "e" (tag $e (param i32 (ref null $s)))) (import "env" "f" (func $f (type $t)))
              (import "env" "r" (global $r (ref $t))) (import "env" "n" (global $n externref))
              (import "env" "u" (table $u 2 (ref $t)))
              (export "m" (memory $m)) (export "t" (table $t)) (export "x" (table $x)) (export "u" (table $u))
              (export "g" (global $g)) (export "v" (global $v)) (export "w" (global $w)) (export "r" (global $r))
              (export "n" (global $n))
              (elem (table $t) (i32.const 1) func $f)
              (data (memory $m) (i32.const 10) "abc")
              (func (export "f") (result i32 i32 i32)
                (block $h (result i32 (ref null $s))
                  (try_table (catch $e $h) (throw $e (i32.const 5) (ref.null $s)))
                  unreachable)
                (drop)
                (global.set $v (f64.const 2.5))
                (table.set $x (i32.const 0) (global.get $n))
                (i32.store (i32.const 0) (memory.grow (i32.const 1)))
                (call_ref $t (ref.null $s) (global.get $r))
                (call_indirect $u (type $t) (ref.null $s) (i32.const 1))))
            """
        )
        let found = try #require(observation)
        #expect(found.invocations == [.returned([.i32(5), .i32(0x0800_0000), .i32(0x0800_0000)])])
        #expect(found.instances[0].hostCalls.count == 2)
        #expect(found.instances[0].memories[0].bytes.count == 131_072)
        #expect(found.instances[0].tables.map(\.count) == [3, 2, 2])
    }

    @Test func `what is of another type than all that the host can make is refused`() throws {
        for outcome in try outcomes(
            "(module (type $s (struct)) (import \"a\" \"b\" (global (ref $s))) (func (export \"f\")))"
        )
        .values {
            guard case .refused(let reason) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(reason.contains("the host has no value for the import"))
        }
    }
}
