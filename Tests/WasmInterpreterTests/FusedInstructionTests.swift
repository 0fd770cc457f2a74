import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

/// What neighbouring instructions become is the same as what they are one by one.
@Suite struct FusedInstructionTests {
    /// How the export `f` ends in either way; the fuel that it takes must be the same.
    private func outcomes(_ text: String, _ arguments: [WasmValue]) throws -> Set<CallOutcome> {
        let module = try Validator.validate(try TextParser.module(text))
        var outcomes: Set<CallOutcome> = []
        var fuel: Set<Int64> = []
        for fuses in [true, false] {
            let store = InterpreterStore(limits: ExecutionLimits(fuel: 100_000), fusesInstructions: fuses)
            let instance = try store.instantiate(module)
            outcomes.insert(store.invoke(try #require(instance.exportedFunction("f")), arguments))
            fuel.insert(store.fuel)
        }
        #expect(fuel.count == 1, "the fuel that is left")
        return outcomes
    }

    @Test func `an arm that ends before an addition and a jump back takes both`() throws {
        let text = """
            (module (func (export "f") (param $value i64) (result i64) (local $steps i64)
              (block $done
                (loop $next
                  (br_if $done (i64.eq (local.get $value) (i64.const 1)))
                  (if (i64.eqz (i64.and (local.get $value) (i64.const 1)))
                    (then (local.set $value (i64.shr_u (local.get $value) (i64.const 1))))
                    (else (local.set $value (i64.add (i64.mul (local.get $value) (i64.const 3)) (i64.const 1)))))
                  (local.set $steps (i64.add (local.get $steps) (i64.const 1)))
                  (br $next)))
              (local.get $steps)))
            """
        #expect(try outcomes(text, [.i64(27)]) == [.returned([.i64(111)])])
    }

    @Test(
        arguments: [
            ("i32.ne", 1, 10, 10), ("i32.lt_s", 3, 10, 12), ("i32.lt_u", 3, 10, 12), ("i32.gt_s", -3, -10, -12),
            ("i32.le_u", 1, 10, 11),
        ]
    )
    func `a counter that steps and is compared ends where it must`(_ test: (String, Int, Int, Int)) throws {
        let (comparison, step, bound, last) = test
        for operand in ["(i32.const \(bound))", "(local.get $bound)"] {
            let text = """
                (module (func (export "f") (param $bound i32) (result i32) (local $i i32)
                  (loop (br_if 0 (\(comparison) (local.tee $i (i32.add (local.get $i) (i32.const \(step)))) \(operand))))
                  (local.get $i)))
                """
            let argument = WasmValue.i32(UInt32(truncatingIfNeeded: bound))
            #expect(try outcomes(text, [argument]) == [returned([last])])
        }
    }

    @Test func `shifted indices, with and without a base, address what they say and trap beyond the memory`() throws {
        let text = """
            (module (memory 1) (data (i32.const 40) "\\01\\02\\03\\04\\05\\06\\07\\08")
              (func (export "f") (param i32) (result i64)
                (i64.add
                  (i64.extend_i32_u (i32.load offset=4 (i32.shl (local.get 0) (i32.const 2))))
                  (i64.load (i32.add (i32.const 4) (i32.shl (local.get 0) (i32.const 2)))))))
            """
        #expect(try outcomes(text, [.i32(9)]) == [.returned([.i64(0x0403_0201 + 0x0807_0605_0403_0201)])])
        #expect(try outcomes(text, [.i32(16383)]) == [.trapped(.outOfBoundsMemoryAccess)])
    }

    @Test func `a sum of a product rounds twice`() throws {
        let text = """
            (module (func (export "f") (param f64 f64 f64) (result f64)
              (f64.add (f64.mul (local.get 0) (local.get 1)) (local.get 2))))
            """
        let factor = 1 + Double.ulpOfOne
        let values = [factor, factor, -(factor * factor)].map { WasmValue.f64($0.bitPattern) }
        #expect(try outcomes(text, values) == [.returned([.f64(0)])])
    }

    /// Sixteen constants have slots; further ones are put where they are needed.
    @Test func `a constant that is added to a product does not take the place of a factor`() throws {
        let constants = (0..<16).map { "(drop (f64.abs (f64.const \($0))))" }.joined()
        let text = """
            (module (func (export "f") (result f64) \(constants)
              (f64.add (f64.mul (f64.const 1000) (f64.const 3000)) (f64.reinterpret_i64 (i64.const 0x4000000000000000)))))
            """
        #expect(try outcomes(text, []) == [.returned([.f64(Double(3_000_002).bitPattern)])])
    }

    /// Sixteen constants have slots; each further one takes a word of its own where instructions are not fused.
    @Test func `the search for a handler costs the same where protected blocks hold nothing but constants`() throws {
        let constants = (0..<16).map { "(drop (i32.const \($0)))" }.joined()
        let blocks = (16..<19).map {
            "(block $never (try_table (catch_all $never) (drop (i32.const \($0)))))"
        }.joined()
        let text = """
            (module (tag)
              (func (export "f")
                (block $caught (try_table (catch_all $caught) \(constants) \(blocks) (throw 0)))))
            """
        #expect(try outcomes(text, []) == [.returned([])])
    }
}
