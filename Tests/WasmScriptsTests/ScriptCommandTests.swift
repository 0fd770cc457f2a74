import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

/// The commands and patterns of the reference grammar that the suite's core does not use.
struct ScriptCommandTests {
    private func run(_ source: String, features: FeatureSet = .wasm3) -> ScriptReport {
        let script = ScriptParser.readableScript(Array(source.utf8))
        return ScriptRunner.run(script, on: InterpreterEngine(), features: features)
    }

    @Test
    func `defined modules can be expected not to link and to trap`() {
        let report = run(
            """
            (module definition $needs (import "nowhere" "f" (func)))
            (assert_unlinkable (module instance $needs $needs) "unknown import")
            (module definition $stops (func $s unreachable) (start $s))
            (assert_trap (module instance $i $stops) "unreachable")
            (assert_trap (module instance) "unreachable")
            (assert_unlinkable (module instance $i $stops) "unknown import")
            (assert_trap (module instance $i $missing) "unreachable")
            """
        )
        #expect(report.passed == 5)
        #expect(report.failures.map(\.line) == [6, 7])
        #expect(report.failures[1].description.contains("a module definition missing"))
    }

    @Test
    func `a reference that is not null is any but null`() {
        let report = run(
            """
            (module (func $f (export "f") (result funcref) (ref.func $f))
              (func (export "n") (result funcref) (ref.null func)) (func (export "i") (result anyref) (ref.i31 (i32.const 1)))
              (func (export "e") (param externref) (result externref) (local.get 0)))
            (assert_return (invoke "f") (ref))
            (assert_return (invoke "i") (ref))
            (assert_return (invoke "e" (ref.extern 1)) (ref))
            (assert_return (invoke "n") (ref))
            (assert_return (invoke "f") (ref.i31))
            """
        )
        #expect(report.passed == 4)
        #expect(report.failures.map(\.line) == [7, 8])
        #expect(report.failures[0].expected == "(ref)")
    }

    @Test
    func `nested scripts use and make the instances of the script around them`() {
        let report = run(
            """
            (module $a (func (export "f") (result i32) (i32.const 7)))
            (script $s
              (assert_return (invoke $a "f") (i32.const 7))
              (module $b (func (export "f") (result i32) (i32.const 8)))
              (assert_return (invoke "f") (i32.const 7)))
            (assert_return (invoke $b "f") (i32.const 8))
            (output $s) (output $b "b.wasm") (output) (output $c)
            """
        )
        #expect(report.passed == 8)
        #expect(report.failures.map(\.line) == [5, 7])
    }

    @Test(arguments: [
        "(module (func)", "(module (func i32.frob))", "(frob)", "(assert_return (invoke \"f\" (i32.const)))", ")",
        "x \"y\"",
        "(module quote \"\\q\")",
    ])
    func `a command that cannot be read is one failure with its place, and the others run`(command: String) throws {
        let report = run(
            "(module $m (func (export \"f\") (result i32) (i32.const 1)))\n\(command)\n"
                + "(assert_return (invoke $m \"f\") (i32.const 1))"
        )
        #expect(report.passed == 2)
        #expect(report.failures.count == 1)
        let failure = try #require(report.failures.first)
        #expect([2, 3].contains(failure.line) && failure.got.hasPrefix("\(failure.line):"), "\(failure)")
    }

    @Test
    func `after a module that cannot be read there is no current instance`() {
        let report = run(
            """
            (module (func (export "f") (result i32) (i32.const 1)))
            (module (func (export "f") (result i32) (i32.const 1)
            (assert_return (invoke "f") (i32.const 1))
            """
        )
        #expect(report.passed == 1)
        #expect(report.failures.count == 2)
    }

    @Test
    func `what nests commands and values has a limit, not a stack`() {
        func nested(_ keyword: String) -> String {
            String(repeating: "(\(keyword) ", count: 100_000) + String(repeating: ")", count: 100_000)
        }
        for source in [nested("script"), "(assert_return (invoke \"f\") \(nested("either")))"] {
            let report = run(source)
            #expect(report.failures.isEmpty)
            #expect(report.refused == ["implementation limit: 101 nested lists exceed 100"])
        }
    }

    @Test
    func `proposals and limits are skipped by their names, and still malformed where that is asserted`() {
        let report = run(
            """
            (module (memory 1 1 shared))
            (assert_return (invoke "f"))
            (module quote "(func i64.add128)")
            (module binary "\\00asm\\0d\\00\\01\\00")
            (assert_malformed (module quote "(func i64.add128)") "unknown operator")
            (assert_malformed (module binary "\\00asm\\0d\\00\\01\\00") "unknown binary version")
            (assert_malformed (module binary "\\00asm\\0d\\00\\01\\00") "unexpected end")
            """
        )
        #expect(report.failures.isEmpty, "\(report.failures)")
        #expect(report.passed == 2)
        #expect(report.skipped == 5)
        for name in ["threads", "wide arithmetic", "a component, not a module"] {
            #expect(report.refused.contains { $0.contains(name) }, "\(name)")
        }
    }

    @Test
    func `reserved bytes of an earlier release are skipped with the release's reason`() {
        let module =
            #"(module binary "\00asm\01\00\00\00\01\04\01\60\00\00\03\02\01\00\04\04\01\70\00\01"#
            + #"\0a\0a\01\08\00\41\00\11\00\80\00\0b")"#
        #expect(run(module).passed == 1)
        let report = run(module, features: .mvp)
        #expect(report.failures.isEmpty, "\(report.failures)")
        #expect(report.refused.first?.contains("zero byte expected") == true, "\(report.refused)")
    }

    @Test
    func `a wrong argument is told in the types of wasm`() {
        let report = run(
            "(module (type (func)) (func (export \"f\") (param i32 (ref null 0))))\n(invoke \"f\" (i64.const 1) (f32.const 0))"
        )
        #expect(
            report.failures.map(\.description) == [
                "line 2: expected arguments of the types [i32 (ref null 0)], got (i64.const 1) (f32.const 0x0p+0)"
            ]
        )
    }
}
