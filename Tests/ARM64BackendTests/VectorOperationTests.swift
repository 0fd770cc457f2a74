import SSA
import Testing
import VectorCases
import WasmInterpreter
import WasmModel

@testable import ARM64Backend

/// Runs what the back end emits for every vector instruction in the simulator, and compares it with the interpreter.
@Suite struct VectorOperationTests {
    /// What the back end chose among the behaviours that are allowed.
    private static let relaxed: RelaxedParameters = {
        var relaxed = RelaxedParameters()
        relaxed.multiplyAdd = .fused
        return relaxed
    }()

    @Test func `every vector instruction has a row, and no other one`() {
        let covered = Set(ARM64VectorTable.shared.programs.programs.map(\.opcode))
        #expect(VectorCase.opcodes.filter { !covered.contains($0) } == [])
        #expect(covered.count == VectorCase.opcodes.count)
    }

    @Test(arguments: SimulatedOperation.Placement.allCases)
    func `every vector instruction answers what the interpreter answers`(
        _ placement: SimulatedOperation.Placement
    ) throws {
        let cases = VectorCase.opcodes.flatMap(VectorCase.all)
        let oracle = try VectorOracle(cases, relaxed: Self.relaxed)
        for (number, vectorCase) in cases.enumerated() {
            let isOneValue = placement == .oneValue
            if isOneValue && Set(vectorCase.operands).count > 1 { continue }
            let operation = try SimulatedOperation(
                .vector(vectorCase.opcode),
                IRType(vectorCase.result),
                operands: vectorCase.operands.map { IRType($0) },
                immediate: vectorCase.lane,
                vectorConstants: vectorCase.mask.map { [$0] } ?? [],
                placement
            )
            let code = try operation.load()
            var samples = VectorSamples(seed: UInt64(number))
            for _ in 0..<(placement == .separate ? 40 : 8) {
                var arguments = vectorCase.operands.map { _ in samples.next() }
                if isOneValue { arguments = arguments.map { _ in arguments[0] } }
                let expected = oracle.result(number, arguments)
                let (result, changed) = try operation.run(vectors: arguments, in: code)
                if vectorCase.agree(result, expected, arguments) && changed.isEmpty { continue }
                Issue.record(
                    """
                    \(vectorCase.text) of \(arguments.map(\.hexadecimal)), \(placement): \(result.hexadecimal) instead of \
                    \(expected.hexadecimal); registers that changed: \(changed)
                    """
                )
                break
            }
        }
    }

    @Test func `a vector of a scalar has zeros in its other lanes`() throws {
        for (type, mask) in [(IRType.f32, UInt64(0xFFFF_FFFF)), (.f64, .max)] {
            let operation = try SimulatedOperation(.vectorFromScalar, type, operands: [type])
            let argument = V128(low: 0x1234_5678_9ABC_DEF0, high: .max)
            let (result, changed) = try operation.run(vectors: [argument], in: operation.load())
            #expect(result == V128(low: argument.low & mask, high: 0))
            #expect(changed == [])
        }
    }

    /// Constants that every form of immediates makes, and the neighbours of each that it does not.
    @Test func `vector constants have the bits that they say`() throws {
        var halves: [UInt64] = [0, .max, 0x00FF_FF00_FF00_00FF, 0x00FF_FF00_FF00_00FE, 0x1234_5678_9ABC_DEF0]
        for byte: UInt64 in [0x01, 0x12, 0x80, 0xFF] {
            halves += [byte &* 0x0101_0101_0101_0101]
            for shift in stride(from: UInt64(0), to: 32, by: 8) {
                for pattern in [byte << shift &* 0x1_0000_0001, (byte << shift & 0xFFFF) &* 0x1_0001_0001_0001] {
                    halves += [pattern, ~pattern, pattern + 0x200, ~pattern - 0x200]
                }
            }
        }
        for number in [1.0, -2.5, 31, 0.125, 33, .nan] {
            halves += [number.bitPattern, UInt64(Float(number).bitPattern) &* 0x1_0000_0001]
        }
        var forms: Set<ARM64Form> = []
        for low in halves {
            if let immediate = ARM64VectorImmediate(low) { forms.insert(immediate.form) }
            for constant in [V128(low: low, high: low), V128(low: low, high: 0), V128(low: low, high: ~low)] {
                let operation = try SimulatedOperation(
                    .constantVector,
                    .v128,
                    operands: [],
                    vectorConstants: [constant]
                )
                let (result, changed) = try operation.run(vectors: [], in: operation.load())
                #expect(result == constant)
                #expect(changed == [])
            }
        }
        #expect(forms == [.movi2D, .movi16B, .movi8H, .mvni8H, .movi4S, .mvni4S, .fmov4S, .fmov2D])
    }
}
