import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@testable import Differential

/// What the specification leaves open is allowed, and nothing else.
@Suite struct AllowedOutcomeTests {
    /// A program with one export `f`, and what it may and may not return.
    struct Program: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var body: String
        var arguments: [WasmValue] = []
        var allowed: [WasmValue] = []
        var forbidden: [WasmValue] = []
        /// About which nothing can be said.
        var open: [WasmValue] = []

        var test: TestCase {
            get throws {
                let text = "(module (memory 1) (func (export \"f\") \(body)))"
                let wasm = BinaryEncoder.encode(try TextParser.module(text))
                return TestCase(wasm: wasm, invocations: [Invocation(export: "f", arguments: arguments)])
            }
        }
    }

    private static let quiet32: UInt32 = 0x7FC0_0000
    private static let quiet64: UInt64 = 0x7FF8_0000_0000_0000
    private static let infinity: UInt32 = 0x7F80_0000

    private static func lanes(_ low: UInt64, _ high: UInt64 = 0) -> WasmValue { .v128(V128(low: low, high: high)) }

    static let programs: [Program] = [
        Program(
            testDescription: "a NaN that is moved",
            body: "(param f32) (result f32) local.get 0",
            arguments: [.f32(0x7FA0_0001)],
            allowed: [.f32(0x7FA0_0001)],
            forbidden: [.f32(0x7FE0_0001), .f32(quiet32), .f32(0xFFA0_0001), .f32(0)]
        ),
        Program(
            testDescription: "a NaN that is negated",
            body: "(param f64) (result f64) local.get 0 f64.neg",
            arguments: [.f64(0x7FF0_0000_0000_0001)],
            allowed: [.f64(0xFFF0_0000_0000_0001)],
            forbidden: [.f64(0x7FF0_0000_0000_0001), .f64(0xFFF8_0000_0000_0001), .f64(quiet64)]
        ),
        Program(
            testDescription: "a NaN without a NaN as operand is canonical",
            body: "(param f32) (result f32) local.get 0 local.get 0 f32.div",
            arguments: [.f32(0)],
            allowed: [.f32(quiet32), .f32(quiet32 | 1 << 31)],
            forbidden: [.f32(quiet32 | 1), .f32(0x7FA0_0000), .f32(0), .f32(infinity)]
        ),
        Program(
            testDescription: "what is compared with the payload of a NaN",
            body: """
                (result v128) v128.const i32x4 0 0 0 0
                v128.const i32x4 -1 -1 -1 -1 f64x2.floor f32x4.le
                """,
            allowed: [lanes(0xFFFF_FFFF, 0xFFFF_FFFF)],
            open: [lanes(0, 0), lanes(0xFFFF_FFFF, 0)]
        ),
        Program(
            testDescription: "a NaN of a canonical operand is canonical",
            body: "(param f64) (result f64) local.get 0 f64.sqrt",
            arguments: [.f64(quiet64 | 1 << 63)],
            allowed: [.f64(quiet64), .f64(quiet64 | 1 << 63)],
            forbidden: [.f64(quiet64 | 1), .f64(0)]
        ),
        Program(
            testDescription: "a NaN of another operand is arithmetic",
            body: "(param f32 f32) (result f32) local.get 0 local.get 1 f32.add",
            arguments: [.f32(0x3F80_0000), .f32(0x7FA0_0000)],
            allowed: [.f32(quiet32), .f32(0x7FE0_0000), .f32(0xFFC1_2345)],
            forbidden: [.f32(0x7FA0_0000), .f32(infinity), .f32(0x3F80_0000)]
        ),
        Program(
            testDescription: "promotion of a NaN",
            body: "(param f32) (result f64) local.get 0 f64.promote_f32",
            arguments: [.f32(0x7FC0_0001)],
            allowed: [.f64(quiet64), .f64(0x7FF8_0000_2000_0000)],
            forbidden: [.f64(0x7FF0_0000_2000_0000), .f64(0)]
        ),
        Program(
            testDescription: "the lanes of a vector",
            body: "(param v128 v128) (result v128) local.get 0 local.get 1 f32x4.add",
            arguments: [lanes(0x7F80_0000_3F80_0000, 0x7FC0_0001), lanes(0xFF80_0000_3F80_0000)],
            allowed: [
                lanes(0x7FC0_0000_4000_0000, 0x7FC0_0001), lanes(0xFFC0_0000_4000_0000, 0xFFFF_FFFF),
            ],
            forbidden: [
                lanes(0x7FC0_0000_4000_0001, 0x7FC0_0001), lanes(0x7FC0_0001_4000_0000, 0x7FC0_0001),
                lanes(0x7FC0_0000_4000_0000, 0x7FA0_0001), lanes(0x7FC0_0000_4000_0000, 0x1_7FC0_0001),
            ]
        ),
        Program(
            testDescription: "lanes of 64 bits, demoted",
            body: "(param v128) (result v128) local.get 0 f32x4.demote_f64x2_zero",
            arguments: [lanes(quiet64, 0x7FF0_0000_0000_0001)],
            allowed: [lanes(0x7FC0_0000_FFC0_0000), lanes(0x7FE1_2345_7FC0_0000)],
            forbidden: [lanes(0x7FC0_0000_7FC0_0001), lanes(0x7FA0_0000_7FC0_0000), lanes(0x7FC0_0000_7FC0_0000, 1)]
        ),
        Program(
            testDescription: "the bits of a NaN as an integer",
            body: "(param f64) (result i64) local.get 0 local.get 0 f64.sub i64.reinterpret_f64",
            arguments: [.f64(0x7FF0_0000_0000_0000)],
            allowed: [.i64(quiet64), .i64(quiet64 | 1 << 63)],
            forbidden: [.i64(quiet64 | 1), .i64(0)]
        ),
        Program(
            testDescription: "the sign of a NaN as a number",
            body: "(param f32) (result f32) f32.const 1 local.get 0 local.get 0 f32.div f32.copysign",
            arguments: [.f32(0)],
            allowed: [.f32(0x3F80_0000), .f32(0xBF80_0000)],
            open: [.f32(0x4000_0000)]
        ),
        Program(
            testDescription: "the signs of NaNs of two instructions, of which one is taken off the other",
            body: """
                (param f32) (result i32)
                (i32.sub
                  (i32.reinterpret_f32 (f32.mul (f32.const nan) (f32.const 2)))
                  (i32.reinterpret_f32 (f32.div (local.get 0) (local.get 0))))
                """,
            arguments: [.f32(0)],
            allowed: [.i32(0), .i32(0x8000_0000)],
            open: [.i32(5)]
        ),
        Program(
            testDescription: "the signs of NaNs of two lanes",
            body: """
                (param f32) (result i32)
                (local $v v128)
                (local.set $v (f32x4.div (f32x4.splat (local.get 0)) (f32x4.splat (local.get 0))))
                (i32.xor (i32x4.extract_lane 1 (local.get $v)) (i32x4.extract_lane 2 (local.get $v)))
                """,
            arguments: [.f32(0)],
            allowed: [.i32(0), .i32(0x8000_0000)],
            open: [.i32(5)]
        ),
        Program(
            testDescription: "the signs of NaNs of two rounds of a loop",
            body: """
                (param f64) (result i64)
                (local $round i32) (local $sum i64)
                (loop $again
                  (local.set $sum (i64.sub (i64.reinterpret_f64 (f64.div (local.get 0) (local.get 0))) (local.get $sum)))
                  (local.tee $round (i32.add (local.get $round) (i32.const 1)))
                  (br_if $again (i32.lt_u (i32.const 2))))
                (local.get $sum)
                """,
            arguments: [.f64(0)],
            allowed: [.i64(0), .i64(1 << 63)],
            forbidden: [.i64(5)],
            open: [.i64(1 << 62)]
        ),
        Program(
            testDescription: "the payloads of NaNs of two instructions, of which one is taken off the other",
            body: """
                (param f32) (result i32)
                (i32.sub
                  (i32.reinterpret_f32 (f32.abs (f32.mul (local.get 0) (f32.const 2))))
                  (i32.reinterpret_f32 (f32.abs (f32.add (local.get 0) (f32.const 1)))))
                """,
            arguments: [.f32(0x7FE0_0001)],
            allowed: [.i32(0)],
            open: [.i32(5)]
        ),
        Program(
            testDescription: "the canonical NaNs of two instructions, without their signs",
            body: """
                (param f32) (result i32)
                (i32.sub
                  (i32.reinterpret_f32 (f32.abs (f32.mul (f32.const nan) (f32.const 2))))
                  (i32.reinterpret_f32 (f32.abs (f32.div (local.get 0) (local.get 0)))))
                """,
            arguments: [.f32(0)],
            allowed: [.i32(0)],
            forbidden: [.i32(0x8000_0000), .i32(5)]
        ),
        Program(
            testDescription: "a way that a NaN decides",
            body: """
                (param f32) (result i32)
                local.get 0 local.get 0 f32.div i32.reinterpret_f32 i32.const 0 i32.lt_s
                if unreachable end i32.const 5
                """,
            arguments: [.f32(0)],
            allowed: [.i32(5)],
            open: [.i32(6)]
        ),
        Program(
            testDescription: "relaxed swizzle",
            body: "(param v128 v128) (result v128) local.get 0 local.get 1 i8x16.relaxed_swizzle",
            arguments: [lanes(0x0807_0605_0403_0201), lanes(0x8001_0010_1000_1000)],
            allowed: [
                lanes(0x0002_0100_0001_0001, 0x0101_0101_0101_0101),
                lanes(0x0002_0101_0101_0101, 0x0101_0101_0101_0101),
            ],
            forbidden: [
                lanes(0x0002_0101_0001_0101, 0x0101_0101_0101_0101),
                lanes(0x0102_0101_0101_0101, 0x0101_0101_0101_0101),
            ]
        ),
        Program(
            testDescription: "relaxed multiplication and addition",
            body: """
                (param v128 v128 v128) (result v128)
                local.get 0 local.get 1 local.get 2 f64x2.relaxed_madd
                """,
            // (1 + 2^-30)^2 - (1 + 2^-29): zero where the product is rounded, 2^-60 where it is not.
            arguments: [
                lanes(0x3FF0_0000_0040_0000), lanes(0x3FF0_0000_0040_0000), lanes(0xBFF0_0000_0080_0000),
            ],
            allowed: [lanes(0), lanes(0x3C30_0000_0000_0000)],
            forbidden: [lanes(0x3C30_0000_0000_0001), lanes(0, 1), lanes(quiet64)]
        ),
        Program(
            testDescription: "a relaxed minimum may be the NaN as it is",
            body: "(param v128 v128) (result v128) local.get 0 local.get 1 f32x4.relaxed_min",
            arguments: [lanes(0x7FA0_0000), lanes(0x3F80_0000)],
            allowed: [lanes(0x7FA0_0000), lanes(0x3F80_0000), lanes(0x7FE0_0000), lanes(0xFFC0_0000)],
            forbidden: [lanes(0x7FB0_0000), lanes(0x4000_0000)]
        ),
    ]

    /// What the oracle does with a case.
    private func observation(of test: TestCase) throws -> Observation {
        let outcome = InterpreterEngine().run(test, within: Budget())
        guard case .completed(let observation) = outcome else { throw NotCompleted(outcome: outcome) }
        return observation
    }

    private struct NotCompleted: Error {
        var outcome: Outcome
    }

    /// All that the specification allows of a case.
    private func freedom(of test: TestCase) throws -> Freedom {
        try FreedomExploration(oracle: InterpreterEngine(), budget: Budget())
            .freedom(of: test, try observation(of: test))
    }

    private func verdict(_ value: WasmValue, _ allowed: Freedom) -> Verdict {
        ObservationComparison.verdict(on: Observation(invocations: [.returned([value])]), allowed)
    }

    @Test(arguments: programs)
    func `a result is allowed exactly where the specification says so`(program: Program) throws {
        let allowed = try freedom(of: try program.test)
        for value in program.allowed { #expect(verdict(value, allowed) == .agreement, "\(value)") }
        for value in program.forbidden {
            guard case .divergence(let divergence) = verdict(value, allowed) else {
                Issue.record("\(value) is no divergence")
                continue
            }
            #expect(divergence.observable == .result(invocation: 0, index: 0))
        }
        for value in program.open {
            guard case .inconclusive = verdict(value, allowed) else {
                Issue.record("\(value) is no open question")
                continue
            }
        }
    }

    @Test(arguments: programs)
    func `the compilers stay within what is allowed`(program: Program) throws {
        let test = try program.test
        var trial = Judge(oracle: InterpreterEngine()).trial(of: Case(test))
        for engine in TestedEngines.oneCompilerPerTarget {
            let (outcome, verdict) = trial.judge(engine)
            if case .refused = outcome { continue }
            // Where a NaN decides the way, the compilers may go another one than the oracle.
            #expect(verdict == .agreement || !program.open.isEmpty, "\(engine.name): \(verdict)")
        }
    }

    @Test func `a program without arithmetic leaves nothing open`() throws {
        let text = "(module (func (export \"f\") (param f32) (result f32) local.get 0))"
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(text)),
            invocations: [Invocation(export: "f", arguments: [.f32(0x7FA0_0000)])]
        )
        let allowed = try freedom(of: test)
        #expect(allowed.behaviours.map(\.observation) == [try observation(of: test)])
        #expect(!allowed.showsNaNs && !allowed.isCutShort)
    }

    @Test func `where the signs of two NaNs are open, all else of the program still has to be met`() throws {
        let text = """
            (module (func (export "f") (param f32) (result i32 i32)
              (i32.sub
                (i32.reinterpret_f32 (f32.mul (f32.const nan) (f32.const 2)))
                (i32.reinterpret_f32 (f32.div (local.get 0) (local.get 0))))
              (i32.const 7)))
            """
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(text)),
            invocations: [Invocation(export: "f", arguments: [.f32(0)])]
        )
        let allowed = try freedom(of: test)
        func verdict(_ values: [WasmValue]) -> Verdict {
            ObservationComparison.verdict(
                on: Observation(invocations: [.returned(values)], instances: [InstanceState()]),
                allowed
            )
        }
        #expect(verdict([.i32(0x8000_0000), .i32(7)]) == .agreement)
        #expect(verdict([.i32(0x8000_0000), .i32(8)]).divergence?.observable == .result(invocation: 0, index: 1))
        #expect(verdict([.i32(0), .i32(8)]).divergence?.observable == .result(invocation: 0, index: 1))
    }

    @Test func `what modules that run first compute of NaNs is open, too`() throws {
        let companion = """
            (module (func (export "nan") (param f32) (result i32)
              (i32.reinterpret_f32 (f32.div (local.get 0) (local.get 0)))))
            """
        let text = """
            (module (import "\(TestCase.companionName(0))" "nan" (func $nan (param f32) (result i32)))
              (func (export "f") (param f32) (result i32) (call $nan (local.get 0))))
            """
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(text)),
            invocations: [Invocation(export: "f", arguments: [.f32(0)])],
            companions: [BinaryEncoder.encode(try TextParser.module(companion))]
        )
        let expected = try observation(of: test)
        let allowed = try freedom(of: test)
        func verdict(_ value: WasmValue) -> Verdict {
            var observed = expected
            observed.invocations = [.returned([value])]
            return ObservationComparison.verdict(on: observed, allowed)
        }
        #expect(verdict(.i32(Self.quiet32)) == .agreement)
        #expect(verdict(.i32(Self.quiet32 | 1 << 31)) == .agreement)
        #expect(verdict(.i32(5)).isDivergence)
    }

    @Test func `NaNs in memories may differ where they were made, and nowhere else`() throws {
        let text = """
            (module
              (memory (export "m") 1)
              (data (i32.const 32) "\\01\\00\\a0\\7f")
              (func (export "f") (param f32)
                (f32.store offset=3 (i32.const 0) (f32.div (local.get 0) (local.get 0)))
                (f64.store offset=9 (i32.const 0) (f64.promote_f32 (f32.const nan:0x1)))))
            """
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(text)),
            invocations: [Invocation(export: "f", arguments: [.f32(0)])]
        )
        let observation = try observation(of: test)
        let allowed = try freedom(of: test)
        func verdict(_ change: (inout [UInt8]) -> Void) -> Verdict {
            var changed = observation
            change(&changed.instances[0].memories[0].bytes)
            return ObservationComparison.verdict(on: changed, allowed)
        }
        func offset(_ verdict: Verdict) -> Int? {
            guard case .divergence(let divergence) = verdict,
                case .memory(name: "m", byteOffset: let offset) = divergence.observable
            else { return nil }
            return offset
        }
        #expect(verdict { _ in } == .agreement)
        #expect(verdict { $0[6] = 0xFF } == .agreement)
        #expect(verdict { $0[3...6] = [0, 0, 0xC0, 0xFF] } == .agreement)
        #expect(verdict { $0[9...16] = [1, 2, 3, 4, 5, 6, 0xF9, 0xFF] } == .agreement)
        // Not canonical; no NaN; not quiet; outside of both; a NaN that nothing made.
        #expect(offset(verdict { $0[3] = 1 }) == 3)
        #expect(offset(verdict { $0[6] = 0x3F }) == 6)
        #expect(offset(verdict { $0[15] = 0xF1 }) == 15)
        #expect(offset(verdict { $0[8] = 1 }) == 8)
        #expect(offset(verdict { $0[35] = 0xFF }) == 35)
    }

    @Test func `missing and additional globals and memories are differences`() {
        let oracle = InstanceState(
            globals: [NamedValue(name: "a", value: .i32(1)), NamedValue(name: "b", value: .i32(2))],
            memories: [NamedBytes(name: "m", bytes: [])]
        )
        func observable(_ change: (inout InstanceState) -> Void) -> Observable? {
            var observed = oracle
            change(&observed)
            return Verdict.on(
                .completed(Observation(instances: [observed])),
                oracle: .completed(Observation(instances: [oracle]))
            ).divergence?.observable
        }
        #expect(observable { _ in } == nil)
        #expect(observable { $0.globals.removeLast() } == .global(name: "b"))
        #expect(observable { $0.globals.removeFirst() } == .global(name: "a"))
        #expect(observable { $0.globals.append(NamedValue(name: "c", value: .i32(0))) } == .global(name: "c"))
        #expect(observable { $0.memories = [] } == .memory(name: "m", byteOffset: 0))
        #expect(
            observable { $0.memories.append(NamedBytes(name: "n", bytes: [])) } == .memory(name: "n", byteOffset: 0)
        )
    }
}
