import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Metamorphosis

/// Transformations of generated modules, and of small ones in which a mistake would show.
struct TransformationTests {
    /// A generated module with its calls.
    private static func generated(_ seed: UInt64) -> (module: Module, invocations: [Invocation]) {
        var decisions = DecisionSource(seed: seed)
        switch Profile.all[0].decidedCase(from: &decisions, maximumArity: 130) {
        case .recipe(let recipe):
            let generated = recipe.generate()
            return (generated.module, generated.invocations)
        case .program(let program): return (program.module, program.invocations)
        }
    }

    /// What the interpreter shows; nil where a limit of the budget ends a call.
    private static func observation(_ module: Module, _ invocations: [Invocation]) -> Observation? {
        let test = TestCase(wasm: BinaryEncoder.encode(module), invocations: invocations)
        guard case .completed(let observation) = TestedEngines.oracle.run(test, within: Budget()),
            !observation.invocations.contains(where: \.isExhausted)
        else { return nil }
        return observation
    }

    @Test(arguments: Transformation.allCases)
    func `a generated module is valid and does the same afterwards`(transformation: Transformation) throws {
        var stream = SplitMix64(seed: 2)
        var count = 0
        for seed in UInt64(0)..<120 {
            let (module, invocations) = Self.generated(seed)
            let valid = try Validator.validate(module)
            guard let (changed, account) = transformation.unvalidated(valid, seed: stream.next()) else { continue }
            #expect(throws: Never.self, "case \(seed): \(account)") { try Validator.validate(changed) }
            #expect(changed != module, "case \(seed): \(account)")
            guard seed % 2 == 0, let expected = Self.observation(module, invocations) else { continue }
            #expect(Self.observation(changed, invocations) == expected, "case \(seed): \(account)")
            count += 1
        }
        #expect(count >= 10)
    }

    @Test func `the same seed makes the same change, and its steps can be repeated`() throws {
        for seed in UInt64(0)..<20 {
            let module = try Validator.validate(Self.generated(seed).module)
            var (first, second) = (SplitMix64(seed: seed), SplitMix64(seed: seed))
            let transformed = TransformedModule(module, by: &first)
            #expect(transformed?.steps == TransformedModule(module, by: &second)?.steps)
            guard let transformed else { continue }
            let repeated = try #require(TransformedModule(module, repeating: transformed.steps))
            #expect(repeated.module.module == transformed.module.module)
            #expect(repeated.steps == transformed.steps)
        }
    }

    @Test func `what comes out uses no feature that is not allowed`() throws {
        let recipe = CaseRecipe(
            edges: [.directCall],
            parameters: [.i32],
            results: [.i32],
            routing: .inOrder,
            constantsSeed: 1
        )
        let module = try Validator.validate(recipe.generate().module, features: .wasm2)
        for seed in UInt64(0)..<60 {
            var decisions = SplitMix64(seed: seed)
            guard let transformed = TransformedModule(module, by: &decisions) else { continue }
            #expect(throws: Never.self) { try Validator.validate(transformed.module.module, features: .wasm2) }
        }
    }

    // MARK: Modules in which a mistake would show

    private static let delicate: [String] = [
        // Locals of a callee begin with zero each time.
        """
        (module
          (func $count (param i32) (result i32) (local i32)
            (local.set 1 (i32.add (local.get 1) (local.get 0))) (local.get 1))
          (func (export "f") (param i32 i32) (result i32) (local i32)
            (loop $again
              (local.set 2 (i32.add (local.get 2) (call $count (local.get 0))))
              (br_if $again (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
            (local.get 2)))
        """,
        // Returns and branches to the body out of nested blocks, with values below what they carry.
        """
        (module
          (func $nested (param i32) (result i32 i64)
            (i32.const 7)
            (block (result i32)
              (loop
                (if (i32.eq (local.get 0) (i32.const 1)) (then (return (i32.const 10) (i64.const 11))))
                (block (block (br_table 0 1 0 (local.get 0))))
                (br 2 (i32.const 30) (i64.const 31)))
              (i32.const 20))
            (i64.extend_i32_u))
          (func (export "f") (param i32 i32) (result i32 i64)
            (i32.const 1) (call $nested (local.get 1)) (drop) (i32.add) (call $nested (local.get 0)) (drop) (i32.sub)
            (call $nested (i32.const 1)) (i64.extend_i32_u (i32.const 0)) (i64.add) (drop) (drop) (i64.const 5)))
        """,
        // A handler sees the locals that were written before the exception.
        """
        (module
          (tag $t (param i32))
          (func $fails (param i32) (result i32) (if (local.get 0) (then (throw $t (local.get 0)))) (i32.const 3))
          (func (export "f") (param i32 i32) (result i32)
            (block $h (result i32)
              (try_table (result i32) (catch $t $h)
                (local.set 1 (i32.const 100))
                (call $fails (local.get 0))
                (local.set 1 (i32.const 200))))
            (i32.add (local.get 1))))
        """,
        // A function whose body ends in a tail call, which leaves its frame and its handlers.
        """
        (module
          (tag $t (param i32))
          (func $fails (param i32 i32) (result i32 i32) (throw $t (local.get 1)))
          (func $tail (param i32 i32) (result i32 i32) (local i32)
            (block $h (result i32)
              (try_table (catch $t $h) (return_call $fails (local.get 1) (local.get 0)))
              (unreachable))
            (i32.const 5))
          (func (export "f") (param i32 i32) (result i32 i32)
            (block $h (result i32)
              (try_table (catch $t $h) (return (call $tail (local.get 0) (local.get 1))))
              (unreachable))
            (i32.const 77)))
        """,
        // Locals without a default value, and references that may not be null.
        """
        (module
          (type $f (func (param i32) (result i32)))
          (elem declare func $double)
          (func $double (type $f) (i32.mul (local.get 0) (i32.const 2)))
          (func $apply (param (ref $f) i32) (result i32 (ref $f)) (local (ref $f))
            (local.set 2 (local.get 0))
            (block (local.set 2 (ref.func $double)))
            (call_ref $f (local.get 1) (local.get 2)) (local.get 2))
          (func (export "f") (param i32 i32) (result i32)
            (call $apply (ref.func $double) (local.get 0)) (drop) (drop)
            (call $apply (ref.func $double) (local.get 1)) (drop) (call_ref $f (i32.const 8) (ref.func $double)) (i32.add)))
        """,
        // Operands that stay where they are while others change, recursion, and state that is seen.
        """
        (module
          (memory (export "m") 1)
          (global $g (export "g") (mut i64) (i64.const 1))
          (func $recurse (param i32 i64) (result i64 i32)
            (global.set $g (i64.add (i64.mul (global.get $g) (i64.const 3)) (local.get 1)))
            (i64.store (i32.const 8) (global.get $g))
            (local.get 1)
            (if (result i32) (local.get 0)
              (then (call $recurse (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1) (i64.const 1)))
                (local.set 0) (drop) (local.get 0))
              (else (i32.const 9)))
            (i32.add (i32.const 1)))
          (func (export "f") (param i32 i32) (result i64 i32)
            (call $recurse (i32.and (local.get 0) (i32.const 7)) (i64.const 4))))
        """,
    ]

    @Test(arguments: delicate.indices)
    func `a delicate module does the same after each transformation`(number: Int) throws {
        let module = try TextParser.module(Self.delicate[number])
        let valid = try Validator.validate(module)
        let invocations = [(0, 1), (1, 5), (3, 2), (2, 1)].map { first, second in
            Invocation(export: "f", arguments: [.i32(UInt32(first)), .i32(UInt32(second))])
        }
        let expected = try #require(Self.observation(module, invocations))
        for transformation in Transformation.allCases {
            for seed in UInt64(0)..<16 {
                guard let (changed, account) = transformation.unvalidated(valid, seed: seed) else { continue }
                #expect(throws: Never.self, "\(account)") { try Validator.validate(changed) }
                #expect(Self.observation(changed, invocations) == expected, "\(account)")
            }
        }
    }

    @Test func `instructions in one more block branch one further out of themselves, and as before within`() {
        let body = [
            Instruction(.block, .block(.empty)), Instruction(.br, .label(0)), Instruction(.brIf, .label(1)),
            Instruction(.end), Instruction(.brTable, .labelTable([0, 2])),
        ]
        let labels = body.inBlock.map { $0.labels.map(\.position) }
        #expect(labels == [[], [0], [2], [], [1, 3]])
        #expect(body.isLeft && !body.prefix(2).isLeft)
    }
}
