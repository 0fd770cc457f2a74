import MachineCode
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@testable import ARM64Backend

/// Functions with operations to fold: what instructions they become, and that they compute what the interpreter computes.
@Suite struct FoldingTests {
    /// A function of two i32, two i64, two f64 and a v128.
    private struct Case {
        var result: String
        var body: String
        /// What the listing has with folding, and has not without.
        var text: String

        init(_ result: String, _ text: String, _ body: String) {
            self.result = result
            self.text = text
            self.body = body
        }
    }

    private static let cases: [Case] = [
        // Immediates.
        Case("i32", ", #0x7\n", "(i32.sub (local.get 0) (i32.const 7))"),
        Case("i32", ", #0x7\n", "(i32.add (i32.const -7) (local.get 0))"),
        Case("i32", ", #0x5, lsl #12\n", "(i32.add (local.get 0) (i32.const 0x5000))"),
        Case("i64", ", #0xfff, lsl #12\n", "(i64.sub (local.get 2) (i64.const 0xFFF000))"),
        Case("i64", "and x", "(i64.and (local.get 2) (i64.const 0xFF00FF00FF00FF00))"),
        Case("i32", ", #0xfffffffe\n", "(i32.or (i32.const -2) (local.get 0))"),
        Case("i32", ", #0x80000000\n", "(i32.xor (local.get 0) (i32.const -2147483648))"),
        // Shifts and rotations.
        Case("i32", "lsl w", "(i32.shl (local.get 0) (i32.const 35))"),
        Case("i32", ", #0\n", "(i32.shl (local.get 0) (i32.const 32))"),
        Case("i64", ", #40\n", "(i64.shr_u (local.get 2) (i64.const 40))"),
        Case("i64", ", #63\n", "(i64.shr_s (local.get 2) (i64.const -1))"),
        Case("i64", ", #0x1\n", "(i64.rotl (local.get 2) (i64.const -1))"),
        Case("i32", ", #0x9\n", "(i32.rotr (local.get 0) (i32.const 9))"),
        Case("i32", ", lsl #3\n", "(i32.add (i32.shl (local.get 1) (i32.const 3)) (local.get 0))"),
        Case("i64", ", asr #63\n", "(i64.sub (local.get 2) (i64.shr_s (local.get 3) (i64.const 63)))"),
        Case("i32", ", ror #7\n", "(i32.xor (local.get 0) (i32.rotr (local.get 1) (i32.const 7)))"),
        Case("i64", ", lsr #1\n", "(i64.and (i64.shr_u (local.get 2) (i64.const 1)) (local.get 3))"),
        // Extended, multiplied and inverted operands.
        Case("i64", ", sxtw\n", "(i64.add (local.get 2) (i64.extend_i32_s (local.get 0)))"),
        Case("i64", ", uxtw\n", "(i64.sub (local.get 2) (i64.extend_i32_u (local.get 0)))"),
        Case("i32", "madd w", "(i32.add (i32.mul (local.get 0) (local.get 1)) (local.get 0))"),
        Case("i64", "msub x", "(i64.sub (local.get 2) (i64.mul (local.get 3) (local.get 3)))"),
        Case("i32", "bic w", "(i32.and (local.get 0) (i32.xor (local.get 1) (i32.const -1)))"),
        Case("i64", "orn x", "(i64.or (i64.xor (local.get 2) (i64.const -1)) (local.get 3))"),
        Case("i64", "eon x", "(i64.xor (local.get 2) (i64.xor (local.get 3) (i64.const -1)))"),
        // Comparisons.
        Case("i32", ", #0x5\n", "(i32.lt_s (local.get 0) (i32.const 5))"),
        Case("i32", "cmn w", "(i32.lt_s (local.get 0) (i32.const -5))"),
        Case("i32", "cmn x", "(i64.gt_u (i64.const -4096) (local.get 2))"),
        Case("i32", ", #0x5\n", "(i32.lt_u (i32.const 5) (local.get 0))"),
        Case("i32", ", #0x5\n", "(i32.ge_s (i32.const 5) (local.get 0))"),
        Case("i32", ", #0x0\n", "(i32.le_u (i32.const 0) (local.get 0))"),
        Case("i32", "tst x", "(i64.eqz (i64.and (local.get 2) (local.get 3)))"),
        Case("i32", "tst x", "(i64.ne (i64.and (local.get 2) (i64.const 255)) (i64.const 0))"),
        Case(
            "i32",
            "b.h",
            "(if (result i32) (i32.lt_u (local.get 0) (local.get 1)) (then (i32.const 10)) (else (local.get 1)))"
        ),
        Case("i32", "z x", "(if (result i32) (i64.eqz (local.get 2)) (then (i32.const 10)) (else (local.get 1)))"),
        Case(
            "i32",
            "tst w",
            "(if (result i32) (i32.eqz (i32.and (local.get 0) (i32.const 4))) (then (i32.const 10)) (else (local.get 1)))"
        ),
        Case(
            "i32",
            "cmn x",
            "(if (result i32) (i64.gt_s (local.get 2) (i64.const -3)) (then (i32.const 1)) (else (i32.const 2)))"
        ),
        Case(
            "i32",
            "b.mi",
            "(block (br_if 0 (f64.lt (local.get 4) (local.get 5))) (return (i32.const 1))) (i32.const 2)"
        ),
        Case(
            "i32",
            "b.",
            "(if (result i32) (f64.ge (local.get 4) (local.get 5)) (then (i32.const 1)) (else (i32.const 2)))"
        ),
        Case(
            "i32",
            "b.",
            "(if (result i32) (f64.ne (local.get 4) (local.get 5)) (then (i32.const 1)) (else (i32.const 2)))"
        ),
        Case(
            "i32",
            "b.",
            "(if (result i32) (f64.eq (local.get 4) (local.get 5)) (then (i32.const 1)) (else (i32.const 2)))"
        ),
        Case("i64", ", lt\n", "(select (local.get 2) (local.get 3) (i32.lt_s (local.get 0) (local.get 1)))"),
        Case("f64", ", ge\n", "(select (local.get 4) (local.get 5) (f64.ge (local.get 4) (local.get 5)))"),
        Case("f64", ", mi\n", "(select (local.get 4) (local.get 5) (f64.lt (local.get 4) (local.get 5)))"),
        Case(
            "i64",
            "b.hi",
            "(i64x2.extract_lane 1 (select (local.get 6) (i64x2.splat (local.get 2)) (i32.gt_u (local.get 0) (local.get 1))))"
        ),
        // Checks and addresses.
        Case("i32", "b.h", "(i32.load (local.get 0))"),
        Case("i64", "b.h", "(i64.load offset=0xFFFFFFF0 (local.get 1))"),
        Case("i64", "cbz x", "(i64.rem_u (local.get 2) (local.get 3))"),
        Case("i32", "ldrh w", "(i32.load16_u (i32.and (local.get 1) (i32.const 31)))"),
        Case("i64", ", x", "(i64.store32 (i32.const 9) (local.get 2)) (i64.load (i32.const 8))"),
        Case("f64", ", x", "(f64.add (local.get 4) (f64.load (i32.and (local.get 1) (i32.const 31))))"),
        // Lanes.
        Case("i32", "sshr v", "(i32x4.extract_lane 1 (i32x4.shr_s (local.get 6) (i32.const 35)))"),
        Case("i32", "ushr v", "(i8x16.extract_lane_s 5 (i8x16.shr_u (local.get 6) (i32.const 7)))"),
        Case("i32", "shl v", "(i16x8.extract_lane_u 7 (i16x8.shl (local.get 6) (i32.const 15)))"),
        Case("i64", "shl v", "(i64x2.extract_lane 1 (i64x2.shr_u (local.get 6) (i32.const 64)))"),
    ]

    private static let text =
        "(module (memory 1) (data (i32.const 0) \"\\01\\80\\ff\\7f\\12\\34\\56\\78\\9a\\bc\\de\\f0\\00\\00\\f8\\3f\")\n"
        + cases.map { "(func (param i32 i32 i64 i64 f64 f64 v128) (result \($0.result)) \($0.body))" }
        .enumerated().map { $1.replacing("(func", with: "(func (export \"\($0)\")", maxReplacements: 1) }
        .joined(separator: "\n") + ")"

    private static let memory: [UInt8] = [
        0x01, 0x80, 0xFF, 0x7F, 0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC, 0xDE, 0xF0, 0x00, 0x00, 0xF8, 0x3F,
    ]

    private static let arguments: [[WasmValue]] = {
        let integers: [UInt64] = [0, 1, 5, 4, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, .max, 1 << 63, 0xFFFF_FFFD, 100]
        let floats: [Double] = [0, -0.0, 1.5, -1.5, .infinity, .nan, 1e300]
        return (0..<50).map { turn in
            let integer = { (step: Int) in integers[(turn * step + turn / 11 + step) % integers.count] }
            let float = { (step: Int) in floats[(turn * step + turn / 7) % floats.count].bitPattern }
            return [
                .i32(UInt32(truncatingIfNeeded: integer(1))), .i32(UInt32(truncatingIfNeeded: integer(3))),
                .i64(integer(2)), .i64(integer(5)), .f64(float(1)), .f64(float(3)),
                .v128(V128(low: integer(4) &* 0x8765_4321, high: integer(7) ^ 0x8877_6655_4433_2211)),
            ]
        }
    }()

    @Test(arguments: [false, true])
    func `every function answers what the interpreter answers`(_ folds: Bool) throws {
        let module = try TextParser.module(Self.text)
        var configuration = PipelineConfiguration()
        configuration.selection.foldsOperands = folds
        let instance = try SimulatedInstance(module, configuration, memory: Self.memory)
        let store = InterpreterStore()
        let oracle = try store.instantiate(Validator.validate(module))
        for (number, testCase) in Self.cases.enumerated() {
            for arguments in Self.arguments {
                let expected = store.invoke(oracle.functions[number], arguments)
                let raw = arguments.map { $0.rawBits }
                let found = try instance.call(number, raw, results: 1)
                if agree(found.code, found.results[0], expected) { continue }
                Issue.record("\(testCase.body) of \(arguments): \(found) instead of \(expected)")
                break
            }
        }
    }

    @Test func `what is folded is in the listing, and only where operands are folded`() throws {
        let module = try TextParser.module(Self.text)
        var configuration = PipelineConfiguration()
        let plain = try SimulatedInstance(module, configuration, memory: Self.memory)
        configuration.selection.foldsOperands = true
        let folded = try SimulatedInstance(module, configuration, memory: Self.memory)
        for (number, testCase) in Self.cases.enumerated() {
            let text = folded.listing(ofFunction: number)
            #expect(text.contains(testCase.text), "\(testCase.body): \(text)")
            let plainText = plain.listing(ofFunction: number)
            #expect(lineCount(text) < lineCount(plainText), "\(testCase.body): \(text)")
        }
    }

    /// Without the words between functions.
    private func lineCount(_ text: String) -> Int {
        text.split(separator: "\n").filter { !$0.contains("udf") }.count
    }

    private func agree(_ code: UInt64, _ bits: V128, _ expected: CallOutcome) -> Bool {
        switch expected {
        case .returned(let values):
            guard code == 0 else { return false }
            switch values[0] {
            case .i32(let number): return UInt32(truncatingIfNeeded: bits.low) == number
            case .f64(let number):
                return bits.low == number || (Double(bitPattern: bits.low).isNaN && Double(bitPattern: number).isNaN)
            default: return bits.low == values[0].rawBits.low
            }
        case .trapped(let trap): return Trap(code: UInt32(truncatingIfNeeded: code)) == trap
        default: return false
        }
    }
}
