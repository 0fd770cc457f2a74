import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import ModuleMutation

/// Modules in which a function is called many times, and its results become one number.
struct HeatedModuleTests {
    private static let rounds = 500

    /// The digest of a function under some arguments, as an engine computes it.
    private func digest(
        _ text: String,
        _ arguments: [WasmValue],
        rounds: Int = rounds,
        in engine: any Engine = TestedEngines.oracle
    ) throws -> UInt64 {
        let module = try BinaryDecoder.decode(BinaryEncoder.encode(try TextParser.module(text)))
        let heated = try #require(module.heated(exportAt: 0, as: "hot", rounds: rounds))
        let wasm = BinaryEncoder.encode(heated)
        _ = try Validator.validate(try BinaryDecoder.decode(wasm))
        let call = Invocation(export: "hot", arguments: arguments)
        let outcome = engine.run(TestCase(wasm: wasm, invocations: [call]), within: Budget())
        guard case .completed(let observation) = outcome,
            case .returned(let values) = observation.invocations.first, case .i64(let digest) = values.first
        else { throw Unexpected(outcome: outcome) }
        return digest
    }

    private struct Unexpected: Error {
        let outcome: Outcome
    }

    private static let mixed = """
        (module (func (export "f") (param i32 i64 f32 f64 v128) (result v128 f64 f32 i64 i32)
          local.get 4 local.get 3 local.get 2 local.get 1 local.get 0))
        """
    private static let arguments: [WasmValue] = [
        .i32(1), .i64(2), .f32(0x3FC0_0000), .f64(0x4009_21FB_5444_2D18), .v128(V128(low: 3, high: 4)),
    ]

    @Test func `the digest is the same each time and in every engine`() throws {
        let expected = try digest(Self.mixed, Self.arguments)
        #expect(try digest(Self.mixed, Self.arguments) == expected)
        for engine in TestedEngines.oneCompilerPerTarget {
            #expect(try digest(Self.mixed, Self.arguments, in: engine) == expected, "\(engine.name)")
        }
    }

    @Test func `other arguments and other numbers of rounds have other digests`() throws {
        var seen: Set<UInt64> = [try digest(Self.mixed, Self.arguments)]
        for position in Self.arguments.indices {
            var arguments = Self.arguments
            switch arguments[position] {
            case .i32: arguments[position] = .i32(77)
            case .i64: arguments[position] = .i64(77)
            case .f32: arguments[position] = .f32(0x4000_0000)
            case .f64: arguments[position] = .f64(0x4000_0000_0000_0000)
            case .v128: arguments[position] = .v128(V128(low: 3, high: 5))
            case .reference: break
            }
            seen.insert(try digest(Self.mixed, arguments))
        }
        for rounds in [1, 2, 499] { seen.insert(try digest(Self.mixed, Self.arguments, rounds: rounds)) }
        #expect(seen.count == 1 + Self.arguments.count + 3)
    }

    @Test func `a function that is wrong at one place, once, has another digest`() throws {
        func text(_ body: String) -> String {
            "(module (func (export \"f\") (param i32 i32) (result i32 i32) \(body)))"
        }
        let right = try digest(text("local.get 0 local.get 1"), [.i32(1), .i32(2)])
        for wrong in [
            "local.get 1 local.get 0", "local.get 0 local.get 0", "local.get 0 i32.const 0",
            // Wrong in the round in which the argument is 257 alone.
            "local.get 0 local.get 1 i32.const 1 i32.const 0 local.get 0 i32.const 257 i32.eq select i32.xor",
        ] {
            #expect(try digest(text(wrong), [.i32(1), .i32(2)]) != right, "\(wrong)")
        }
    }

    @Test func `which NaN it is has no part in the digest, but where it is has`() throws {
        func text(_ first: String, _ second: String) -> String {
            "(module (func (export \"f\") (result f64 f32) f64.const \(first) f32.const \(second)))"
        }
        let some = try digest(text("nan", "1"), [])
        #expect(try digest(text("-nan:0x4000000000001", "1"), []) == some)
        #expect(try digest(text("1", "nan"), []) != some)
        #expect(try digest(text("nan", "-nan:0x200001"), []) == (try digest(text("nan", "nan"), [])))
    }

    @Test func `references count as null or not`() throws {
        func text(_ body: String) -> String {
            "(module (func (export \"f\") (result funcref) \(body)) (elem declare func 0))"
        }
        #expect(try digest(text("ref.null func"), []) != (try digest(text("ref.func 0"), [])))
    }

    @Test func `the other exports stay, and what is no function is not heated`() throws {
        let module = try TextParser.module(
            "(module (memory (export \"m\") 1) (func (export \"f\")) (func (export \"g\")))"
        )
        #expect(module.heated(exportAt: 0, as: "hot", rounds: 3) == nil)
        #expect(module.heated(exportAt: 9, as: "hot", rounds: 3) == nil)
        let heated = try #require(module.heated(exportAt: 1, as: "hot", rounds: 3))
        #expect(heated.exports.map(\.name) == ["m", "f", "g", "hot"])
    }

    @Test func `generated modules stay valid when they are heated`() throws {
        for seed in 0..<60 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            let module: Module
            switch Profile.all[0].decidedCase(from: &decisions, maximumArity: 40) {
            case .recipe(let recipe): module = recipe.generate().module
            case .program(let program): module = program.module
            }
            for (position, _, _) in module.functionExports {
                let heated = try #require(module.heated(exportAt: position, as: "hot", rounds: 100))
                #expect(throws: Never.self, "seed \(seed)") { try Validator.validate(heated) }
            }
        }
    }
}
