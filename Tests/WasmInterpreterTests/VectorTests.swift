import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

/// A vector of four lanes of 32 bits.
private func words(_ lanes: UInt32...) -> WasmValue {
    .v128(
        V128(low: UInt64(lanes[0]) | UInt64(lanes[1]) << 32, high: UInt64(lanes[2]) | UInt64(lanes[3]) << 32)
    )
}

@Suite struct VectorTests {
    @Test func `300 vector results come back in order through a caller that has scalars below them`() throws {
        let types = list(0..<300) { $0 % 3 == 0 ? "i32" : "v128" }
        let values = list(0..<300) {
            $0 % 3 == 0 ? "i32.const \($0)" : "v128.const i64x2 \($0) \($0 + 1000)"
        }
        let program = try Program(
            """
            (module
              (func $g (result \(types)) \(values))
              (func (export "f") (result i64 \(types)) i64.const 9 call $g))
            """
        )
        var expected: [WasmValue] = [.i64(9)]
        for number in 0..<300 {
            let vector = V128(low: UInt64(number), high: UInt64(number + 1000))
            expected.append(number % 3 == 0 ? .i32(UInt32(number)) : .v128(vector))
        }
        #expect(program.run() == .returned(expected))
    }

    @Test func `a branch moves vectors over garbage although source and target overlap`() throws {
        let program = try Program(
            """
            (module (func (export "f") (result v128 v128)
              (block (result v128 v128)
                i32.const 7
                v128.const i32x4 1 2 3 4 v128.const i32x4 5 6 7 8 br 0)))
            """
        )
        #expect(program.run() == .returned([words(1, 2, 3, 4), words(5, 6, 7, 8)]))
    }

    @Test func `a result that goes into the local of an operand does not destroy it too early`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param v128 v128) (result v128 v128)
              (local.set 0 (i8x16.shuffle 16 17 18 19 0 1 2 3 20 21 22 23 4 5 6 7 (local.get 0) (local.get 1)))
              (local.set 1 (v128.bitselect (local.get 0) (local.get 1) (local.get 1)))
              local.get 0 local.get 1))
            """
        )
        let shuffled = words(5, 1, 6, 2)
        let mask: [UInt32] = [5, 6, 7, 8]
        let selected = words(5 & mask[0], 1 & mask[1], 6 & mask[2], 2 & mask[3])
        #expect(program.run("f", words(1, 2, 3, 4), words(5, 6, 7, 8)) == .returned([shuffled, selected]))
    }

    @Test func `a lane is loaded from a memory with wide addresses into the vector that was below`() throws {
        let program = try Program(
            """
            (module (memory 1) (memory $m i64 1) (data (memory $m) (i64.const 100) "\\aa\\bb\\cc\\dd")
              (func (export "f") (param i64 v128) (result v128)
                (v128.load32_lane $m offset=90 2 (local.get 0) (local.get 1)))
              (func (export "s") (param i64 v128) (result i32)
                (v128.store16_lane $m offset=2 3 (local.get 0) (local.get 1))
                (i32.load $m (local.get 0))))
            """
        )
        #expect(program.run("f", .i64(10), words(1, 2, 3, 4)) == .returned([words(1, 2, 0xddcc_bbaa, 4)]))
        #expect(program.run("s", .i64(8), words(1, 0xbeef_0000, 3, 4)) == .returned([.i32(0xbeef_0000)]))
        #expect(program.run("f", .i64(65536 - 93), words(1, 2, 3, 4)) == .trapped(.outOfBoundsMemoryAccess))
        #expect(program.run("f", .i64(.max), words(1, 2, 3, 4)) == .trapped(.outOfBoundsMemoryAccess))
    }

    @Test func `arithmetic makes the canonical NaN and moves keep the bits of others`() throws {
        let program = try Program(
            """
            (module
              (func (export "add") (param v128 v128) (result v128) (f32x4.add (local.get 0) (local.get 1)))
              (func (export "pmin") (param v128 v128) (result v128) (f32x4.pmin (local.get 0) (local.get 1)))
              (func (export "neg") (param v128) (result v128) (f32x4.neg (local.get 0))))
            """
        )
        let operand = words(0xffc1_2345, 0x7fa0_0001, 0x3f80_0000, 0x8000_0000)
        let one = words(0x3f80_0000, 0x3f80_0000, 0x3f80_0000, 0x3f80_0000)
        #expect(
            program.run("add", operand, one) == .returned([words(0x7fc0_0000, 0x7fc0_0000, 0x4000_0000, 0x3f80_0000)])
        )
        #expect(program.run("pmin", operand, one) == .returned([operand]))
        #expect(
            program.run("neg", operand) == .returned([words(0x7fc1_2345, 0xffa0_0001, 0xbf80_0000, 0)])
        )
    }
}

@Suite struct RelaxedVectorTests {
    @Test func `a negated product of zeros is a negative zero`() throws {
        let program = try Program(
            """
            (module
              (func (export "f32x4") (param v128 v128 v128) (result v128)
                (f32x4.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
              (func (export "f64x2") (param v128 v128 v128) (result v128)
                (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2))))
            """
        )
        // -(0 * 0) + -0, -(-0 * 0) + -0, -(0 * 1) + 0 and -(2 * 3) + 1
        let singles = program.run(
            "f32x4",
            words(0, 0x8000_0000, 0, 0x4000_0000),
            words(0, 0, 0x3f80_0000, 0x4040_0000),
            words(0x8000_0000, 0x8000_0000, 0, 0x3f80_0000)
        )
        #expect(singles == .returned([words(0x8000_0000, 0, 0, 0xc0a0_0000)]))
        let doubles = program.run(
            "f64x2",
            words(0, 0, 0, 0x8000_0000),
            words(0, 0, 0, 0),
            words(0, 0x8000_0000, 0, 0x8000_0000)
        )
        #expect(doubles == .returned([words(0, 0x8000_0000, 0, 0)]))
    }
}

@Suite struct VectorPlaceTests {
    @Test func `exceptions, structures, arrays and globals keep vectors whole`() throws {
        let program = try Program(
            """
            (module
              (type $s (struct (field i32) (field $v (mut v128)) (field i64)))
              (type $a (array (mut v128)))
              (tag $t (param i32 v128 i64))
              (global $g (mut v128) (v128.const i32x4 9 9 9 9))
              (func (export "throw") (param v128) (result i32 v128 i64)
                (block $h (result i32 v128 i64)
                  (try_table (catch $t $h) (throw $t (i32.const 1) (local.get 0) (i64.const 2)))
                  unreachable))
              (func (export "struct") (param v128) (result v128)
                (struct.get $s $v (struct.new $s (i32.const 1) (local.get 0) (i64.const 2))))
              (func (export "array") (param v128) (result v128) (local $x (ref null $a))
                (local.set $x (array.new $a (v128.const i32x4 7 7 7 7) (i32.const 3)))
                (array.set $a (local.get $x) (i32.const 1) (local.get 0))
                (i32x4.add
                  (array.get $a (local.get $x) (i32.const 1))
                  (array.get $a (local.get $x) (i32.const 2))))
              (func (export "global") (param v128) (result v128)
                global.get $g (global.set $g (local.get 0)) (i32x4.add (global.get $g))))
            """
        )
        let vector = words(1, 2, 3, 4)
        #expect(program.run("throw", vector) == .returned([.i32(1), vector, .i64(2)]))
        #expect(program.run("struct", vector) == .returned([vector]))
        #expect(program.run("array", vector) == .returned([words(8, 9, 10, 11)]))
        #expect(program.run("global", vector) == .returned([words(10, 11, 12, 13)]))
    }
}

@Suite struct RelaxedTests {
    @Test func `a module has as many executions as its relaxed instructions have choices`() throws {
        let module = try TextParser.module(
            """
            (module
              (func (param v128 v128) (result v128)
                (f32x4.relaxed_max (f64x2.relaxed_max (local.get 0) (local.get 1)) (local.get 1)))
              (func (param v128 v128 v128) (result v128)
                (f32x4.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2))))
            """
        )
        let choices = RelaxedParameters.choices(for: module)
        #expect(choices.count == 8)
        #expect(Set(choices).count == 8)
        #expect(choices[0] == RelaxedParameters())
        #expect(RelaxedParameters.choices(for: try TextParser.module("(module (func))")) == [RelaxedParameters()])
    }

    @Test func `the choices of a relaxed minimum give the set of results that are allowed`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param v128 v128) (result v128)
              (f32x4.relaxed_min (local.get 0) (local.get 1))))
            """
        )
        let left = words(0x7fc0_0001, 0x3f80_0000, 0x8000_0000, 0x4000_0000)
        let right = words(0x3f80_0000, 0x7fc0_0002, 0, 0x3f80_0000)
        var results: [RelaxedParameters.Extremum: CallOutcome] = [:]
        for extremum in RelaxedParameters.Extremum.allCases {
            program.store.relaxed.minimum = extremum
            results[extremum] = program.run("f", left, right)
        }
        #expect(results[.standard] == .returned([words(0x7fc0_0000, 0x7fc0_0000, 0x8000_0000, 0x3f80_0000)]))
        #expect(results[.left] == .returned([words(0x7fc0_0001, 0x3f80_0000, 0x8000_0000, 0x3f80_0000)]))
        #expect(results[.right] == .returned([words(0x3f80_0000, 0x7fc0_0002, 0, 0x3f80_0000)]))
        #expect(results[.number] == .returned([words(0x3f80_0000, 0x3f80_0000, 0x8000_0000, 0x3f80_0000)]))
    }

    @Test func `a fused product is not rounded before it is added`() throws {
        let program = try Program(
            """
            (module (func (export "f") (param v128 v128 v128) (result v128)
              (f64x2.relaxed_madd (local.get 0) (local.get 1) (local.get 2))))
            """
        )
        func pair(_ value: Double) -> WasmValue { .v128(V128(low: value.bitPattern, high: value.bitPattern)) }
        let nearOne = 1 + Double.ulpOfOne
        let arguments = [pair(nearOne), pair(nearOne), pair(-1 - 2 * Double.ulpOfOne)]
        #expect(program.run("f", arguments) == .returned([pair(0)]))
        program.store.relaxed.multiplyAdd = .fused
        #expect(program.run("f", arguments) == .returned([pair(Double.ulpOfOne * Double.ulpOfOne)]))
    }
}
