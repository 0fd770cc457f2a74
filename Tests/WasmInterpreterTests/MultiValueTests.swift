import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@Suite struct MultiValueTests {
    private let i32s300 = list(0..<300) { _ in "i32" }

    @Test func `a call returns 300 results in order`() throws {
        let program = try Program(
            """
            (module
              (func $g (result \(i32s300)) \(list(0..<300) { "i32.const \($0)" }))
              (func (export "f") (result \(i32s300)) call $g))
            """
        )
        #expect(program.run() == returned(Array(0..<300)))
    }

    @Test func `300 parameters come back reversed through a caller that has values below them`() throws {
        let program = try Program(
            """
            (module
              (func $g (param \(i32s300)) (result \(i32s300)) \(list(0..<300) { "local.get \(299 - $0)" }))
              (func (export "f") (param \(i32s300)) (result i32 \(i32s300))
                i32.const 77 \(list(0..<300) { "local.get \($0)" }) call $g))
            """
        )
        let arguments = (0..<300).map { WasmValue.i32(UInt32($0)) }
        #expect(program.run("f", arguments) == returned([77] + (0..<300).reversed()))
    }

    @Test func `a branch carries 300 values out of nested blocks over garbage`() throws {
        let program = try Program(
            """
            (module (func (export "f") (result i32 \(i32s300))
              i32.const 1
              (block (result \(i32s300))
                i32.const 5 i32.const 6
                (block (result \(i32s300))
                  i64.const 7
                  (block (result \(i32s300)) \(list(0..<300) { "i32.const \($0 + 1000)" }) br 2)
                  br 0)
                br 0)))
            """
        )
        #expect(program.run() == returned([1] + (1000..<1300)))
    }

    @Test func `a branch table carries values to labels at different heights`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param i32) (result i32 i32 i32 i32)
              (block (result i32 i32 i32)
                i32.const 100
                (block (result i32 i32 i32)
                  i32.const 200 i32.const 201
                  (block (result i32 i32 i32)
                    i32.const 1 i32.const 2 i32.const 3
                    local.get 0 br_table 0 1 2)
                  i32.const 10 i32.add
                  br 0)
                br 1 (;out;))
              i32.const 4))
            """.replacing("br 1 (;out;)", with: "br 0")
        )
        #expect(program.run("f", .i32(0)) == returned([1, 2, 13, 4]))
        #expect(program.run("f", .i32(1)) == returned([1, 2, 3, 4]))
        #expect(program.run("f", .i32(2)) == returned([1, 2, 3, 4]))
        #expect(program.run("f", .i32(.max)) == returned([1, 2, 3, 4]))
    }

    @Test func `a branch table reaches the function's end with its results`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param i32) (result i32 i32)
              i64.const 9
              i32.const 1 local.get 0
              (block (param i32 i32) (result i32 i32) local.get 0 br_table 0 1)
              drop i32.const 50 br 0))
            """
        )
        #expect(program.run("f", .i32(0)) == returned([1, 50]))
        #expect(program.run("f", .i32(7)) == returned([1, 7]))
    }

    @Test func `loop parameters rotate without overwriting one another`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param $n i32) (result i32 i32 i32)
              (local $a i32) (local $b i32) (local $c i32)
              i32.const 1 i32.const 2 i32.const 3
              (loop (param i32 i32 i32) (result i32 i32 i32)
                local.set $c local.set $b local.set $a
                local.get $b local.get $c local.get $a
                local.get $n i32.const 1 i32.sub local.tee $n
                br_if 0)))
            """
        )
        #expect(program.run("f", .i32(1)) == returned([2, 3, 1]))
        #expect(program.run("f", .i32(5)) == returned([3, 1, 2]))
    }

    @Test func `a conditional branch that is not taken leaves its values and what is below them`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param i32) (result i32)
              (block (result i32 i32)
                i32.const 1000 local.get 0 i32.const 20
                local.get 0 br_if 0
                i32.add i32.add i32.const 0)
              i32.add))
            """
        )
        #expect(program.run("f", .i32(0)) == returned([1020]))
        #expect(program.run("f", .i32(3)) == returned([23]))
    }

    @Test func `a value on the stack keeps what a local held before it was set`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param i32) (result i32 i32 i32)
              local.get 0
              local.get 0 i32.const 1 i32.add local.set 0
              local.get 0
              local.get 0 i32.const 5 i32.mul local.tee 0))
            """
        )
        #expect(program.run("f", .i32(10)) == returned([10, 11, 55]))
    }

    @Test func `a dropped result is not moved into the local that is set next`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param i32) (result i32)
              local.get 0 i32.const 1 i32.add
              local.get 0 i32.const 2 i32.mul drop
              local.set 0
              local.get 0))
            """
        )
        #expect(program.run("f", .i32(10)) == returned([11]))
    }

    @Test func `values of all types keep their places through an if with parameters`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
              local.get 3 local.get 2 local.get 1 local.get 0
              local.get 0
              (if (param f64 f32 i64 i32) (result f64 f32 i64 i32)
                (then i32.const 1 i32.add)
                (else drop i32.const 9))))
            """
        )
        let numbers: [WasmValue] = [.i64(2), .f32(Float(3).bitPattern), .f64(Double(4).bitPattern)]
        #expect(program.run("f", [.i32(1)] + numbers) == .returned(numbers.reversed() + [.i32(2)]))
        #expect(program.run("f", [.i32(0)] + numbers) == .returned(numbers.reversed() + [.i32(9)]))
    }

    @Test(arguments: [3, 600, 10_000])
    func `tail calls change the number of arguments without growing the stack`(arity: Int) throws {
        let types = list(0..<arity) { _ in "i64" }
        let program = try Program(
            """
            (module
              (func $narrow (export "f") (param i32) (result i64)
                local.get 0 \(list(0..<arity) { "i64.const \($0)" }) return_call $wide)
              (func $wide (param $n i32) (param \(types)) (result i64)
                (if (local.get $n) (then (return_call $narrow (i32.sub (local.get $n) (i32.const 1)))))
                local.get \(arity)))
            """,
            limits: ExecutionLimits(callDepth: 1, valueStackSlots: 3 * arity + 100)
        )
        #expect(program.run("f", .i32(20)) == .returned([.i64(UInt64(arity - 1))]))
    }

    @Test func `an indirect call passes 300 values and checks the type first`() throws {
        let program = try Program(
            """
            (module
              (type $t (func (param \(i32s300)) (result \(i32s300))))
              (table funcref (elem $g $h))
              (func $g (type $t) \(list(0..<300) { "local.get \(($0 + 1) % 300)" }))
              (func $h)
              (func (export "f") (param i32) (result \(i32s300))
                \(list(0..<300) { "i32.const \($0)" }) local.get 0 call_indirect (type $t)))
            """
        )
        #expect(program.run("f", .i32(0)) == returned(Array(1..<300) + [0]))
        #expect(program.run("f", .i32(1)) == .trapped(.indirectCallTypeMismatch))
        #expect(program.run("f", .i32(2)) == .trapped(.undefinedElement))
    }
}
