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

    /// A command that runs the module in all engines.
    private func command(_ text: String) -> String { "fuzz-multivalue run - <<'END'\n\(text)\nEND" }

    /// The observation that all engines make; nil where they do not agree.
    private func observation(_ text: String, _ calls: [Invocation] = [Invocation(export: "f", arguments: [])]) throws
        -> Observation?
    {
        let outcomes = try outcomes(text, calls)
        #expect(outcomes.count > 1)
        guard case .completed(let expected)? = outcomes["interpreter"] else {
            Issue.record("\(outcomes)\n\(command(text))")
            return nil
        }
        for (name, outcome) in outcomes {
            guard case .completed(let observed) = outcome else {
                Issue.record("\(name): \(outcome)\n\(command(text))")
                return nil
            }
            #expect(observed == expected, "\(name)\n\(command(text))")
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
        case .threw, .exhausted, .exited, .mismatched, .unseen: Issue.record("\(observation.invocations[0])")
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
            "(module (type $s (struct (field (ref any)))) (import \"a\" \"b\" (global (ref $s))) (func (export \"f\")))"
        )
        .values {
            guard case .refused(let reason) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(reason.contains("the host has no value for the import"))
        }
    }

    @Test(
        arguments: [
            "(table 0 (ref func))", "(table 0 9 (ref $t))", "(table i64 0 (ref exn))", "(table 0 (ref none))",
            "(global (ref func))", "(global (mut (ref $t)))", "(table 3 (ref $t))", "(global (ref $s))",
            "(global (ref $a))", "(table 2 (ref struct))", "(global (ref array))", "(global (ref eq))",
            "(global (ref i31))", "(global (ref any))", "(global (ref extern))",
        ]
    )
    func `tables without elements, and what holds a reference that may not be null, are made`(type: String) throws {
        let observation = try observation(
            """
            (module (type $t (func (param i32) (result f64))) (type $s (struct (field i32) (field anyref)))
              (type $a (array (ref extern)))
              (import "env" "x" \(type)) (export "x" (\(type.dropFirst().prefix { $0 != " " }) 0)) (func (export "f")))
            """
        )
        let instance = try #require(observation?.instances.first)
        #expect(instance.globals.allSatisfy { $0.value != .reference(.null) })
        #expect(instance.globals.count + instance.tables.count == 1)
    }

    @Test
    func `functions of the host that are values only are called in every way, and log what they are called with`()
        throws
    {
        let text = """
            (module (rec (type $t (func (param i32 (ref null $t)) (result f64 (ref $t)))))
              (type $u (func (param funcref)))
              (import "env" "i" (func $i (param i64)))
              (import "env" "r" (global $r (ref $t))) (import "env" "u" (table $u 2 (ref $u)))
              (import "env" "any" (global $any (ref func)))
              (table $own 2 funcref)
              (func $tail (result f64 (ref $t)) (return_call_ref $t (i32.const 2) (global.get $r) (global.get $r)))
              (func (export "f") (result f64 (ref $t) f64 funcref)
                (table.set $own (i32.const 1) (global.get $r))
                (call_ref $u (ref.func $tail) (table.get $u (i32.const 0)))
                (call_indirect $u (type $u) (global.get $any) (i32.const 1))
                (call_indirect $own (type $t) (i32.const 1) (ref.null $t) (i32.const 1)) (call $tail))
              (func (export "mismatch") (call_indirect $own (type $u) (ref.null func) (i32.const 1)))
              (elem declare func $tail))
            """
        let calls = ["f", "mismatch"].map { Invocation(export: $0, arguments: []) }
        let found = try #require(try observation(text, calls))
        let number = WasmValue.f64(Double(0x0810_0000).bitPattern)
        let stub = WasmValue.reference(.opaque("func"))
        #expect(found.invocations == [.returned([number, stub, number, stub]), .trapped(.indirectCallTypeMismatch)])
        let log = found.instances[0].hostCalls.first
        #expect(log.map(\.importOrdinal) == [2, 2, 1, 1])
        #expect(log.map(\.arguments) == [[stub], [stub], [.i32(1), .reference(.null)], [.i32(2), stub]])
    }

    @Test func `what is imported twice by one name and with one type is one item`() throws {
        let found = try observation(
            """
            (module (type $p (func (param i32) (result i32 (ref func))))
              (type $q (func (param i32) (result i32 (ref func))))
              (import "env" "f" (func $f (type $p))) (import "env" "g" (func $g (type $p)))
              (import "env" "f" (func $again (type $q)))
              (import "env" "m" (memory $m 1 3)) (import "env" "m" (memory $n 1 3)) (import "env" "m" (memory $o 1 4))
              (import "env" "t" (table $t 2 9 funcref)) (import "env" "t" (table $u 2 9 funcref))
              (import "env" "v" (global $v (mut i64))) (import "env" "v" (global $w (mut i64)))
              (import "env" "e" (tag $e (param i32))) (import "env" "e" (tag $d (param i32)))
              (import "env" "x" (tag $x (param i32)))
              (export "m" (memory $m)) (export "o" (memory $o)) (export "t" (table $t)) (export "u" (table $u))
              (elem declare func $f $again)
              (func (export "f") (result i32 (ref func) i32 (ref func))
                (call $f (i32.const 1)) (call $again (i32.const 2)))
              (func (export "memories") (result i32 i32 i32 i32 i32)
                (i32.store $m (i32.const 8) (i32.const 77))
                (i32.store $n (i32.const 12) (i32.add (i32.const 1) (i32.load $n (i32.const 8))))
                (i32.load $m (i32.const 12)) (i32.load $o (i32.const 8))
                (memory.grow $m (i32.const 1)) (memory.size $n)
                (i32.store $n (i32.const 70000) (i32.const 5)) (i32.load $m (i32.const 70000)))
              (func (export "tables") (result i32 i32 i32)
                (table.set $t (i32.const 1) (ref.func $again)) (ref.is_null (table.get $u (i32.const 1)))
                (table.grow $u (ref.null func) (i32.const 3)) (table.size $t))
              (func (export "globals") (param i64) (result i64 i64)
                (global.set $v (local.get 0)) (global.get $w)
                (global.set $w (i64.add (global.get $v) (i64.const 1))) (global.get $v))
              (func (export "tags") (result i32)
                (block $h (result i32) (try_table (catch $x $h) (catch $d $h) (throw $e (i32.const 6))) (i32.const 0)))
              (func (export "thrown") (throw $x (i32.const 4))))
            """,
            ["f", "memories", "tables", "tags", "thrown"].map { Invocation(export: $0, arguments: []) }
                + [Invocation(export: "globals", arguments: [.i64(41)])]
        )
        let observation = try #require(found)
        let function = WasmValue.reference(.function(0))
        #expect(
            observation.invocations == [
                .returned([.i32(1), function, .i32(2), function]),
                .returned([.i32(78), .i32(0), .i32(1), .i32(2), .i32(5)]),
                .returned([.i32(0), .i32(2), .i32(5)]),
                .returned([.i32(6)]),
                .threw(tag: 2, payload: [.i32(4)]),
                .returned([.i64(41), .i64(42)]),
            ]
        )
        let instance = observation.instances[0]
        #expect(instance.hostCalls.first.map(\.importOrdinal) == [0, 0])
        #expect(instance.memories.map(\.bytes.count) == [131_072, 65_536])
        #expect(instance.tables[0].count == 5 && instance.tables[1].count == 5)
    }

    @Test func `an exception of a tag that is imported twice, thrown by the start function, names its first index`()
        throws
    {
        let text = """
            (module (import "env" "e" (tag $e)) (import "env" "e" (tag $again)) (tag $own) (tag $x (param i32))
              (start $f) (func $f (throw $x (i32.const 9))))
            """
        #expect(try observation(text, [])?.instantiation == .threw(tag: 3, payload: [.i32(9)]))
    }
}
