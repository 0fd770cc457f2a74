import Differential
import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmModel

/// The numeric instructions of wasm, each compared between the compilers and the oracle on values at the corners.
@Suite struct NumericAgreementTests {
    private static let types: [ValueType] = [.i32, .i64, .f32, .f64]

    /// The opcodes without immediates that take one or two numbers and give one.
    static let opcodes: [Opcode] = OpcodeTable.rows.compactMap { row in
        guard row.immediate == .none, let operands = row.operands, let results = row.results, results.count == 1,
            (1...2).contains(operands.count), numbers(operands) != nil, numbers(results) != nil
        else { return nil }
        return row.opcode
    }

    private static func numbers(_ operands: [OperandType]) -> [ValueType]? {
        var list: [ValueType] = []
        for operand in operands {
            guard case .value(let type) = operand, types.contains(type) else { return nil }
            list.append(type)
        }
        return list
    }

    /// Both signs, both ends, ties and a NaN; a shift by 31 and one by more than the width.
    private static func samples(_ type: ValueType) -> [WasmValue] {
        let floats: [Double] = [0, -0.0, 1, -1.5, 2.5, 0.5, -2_147_483_648, 1e19, .infinity, .nan]
        switch type {
        case .i32: return [0, 1, 31, 33, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x8081].map { .i32($0) }
        case .i64:
            return [0, 1, 63, 65, 0x7FFF_FFFF_FFFF_FFFF, 1 << 63, .max, 0x8081, 0x8000_0000].map { .i64($0) }
        case .f32: return floats.map { .f32(Float($0).bitPattern) }
        case .f64: return floats.map { .f64($0.bitPattern) }
        case .v128, .reference: return []
        }
    }

    @Test func `every numeric instruction means the same in the compilers and in the interpreter`() throws {
        #expect(Self.opcodes.count > 120)
        for opcode in Self.opcodes {
            let row = OpcodeTable.rows[opcode.position]
            let operands = try #require(Self.numbers(row.operands ?? []))
            let results = try #require(Self.numbers(row.results ?? []))
            var module = Module()
            let type = module.addType(FunctionType(parameters: operands, results: results))
            let body = operands.indices.map { Instruction(.localGet, .local(LocalIndex(UInt32($0)))) }
            module.functions = [Function(type: type, body: body + [Instruction(opcode), Instruction(.end)])]
            module.exports = [Export(name: "f", item: .function(0))]
            let invocations = Self.samples(operands[0]).flatMap { first in
                operands.count == 1
                    ? [Invocation(export: "f", arguments: [first])]
                    : Self.samples(operands[1]).map { Invocation(export: "f", arguments: [first, $0]) }
            }
            let test = TestCase(wasm: BinaryEncoder.encode(module), invocations: invocations)
            var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(test))
            for engine in TestedEngines.oneCompilerPerTarget {
                #expect(trial.verdict(of: engine) == .agreement, "\(row.name) in \(engine.name)")
            }
        }
    }

    @Test func `every numeric instruction on constants is folded to what the interpreter computes`() throws {
        let engine = try #require(TestedEngines.oneCompilerPerTarget.first)
        for opcode in Self.opcodes {
            let row = OpcodeTable.rows[opcode.position]
            let operands = try #require(Self.numbers(row.operands ?? []))
            let results = try #require(Self.numbers(row.results ?? []))
            var module = Module()
            let type = module.addType(FunctionType(results: results))
            var invocations: [Invocation] = []
            let rows = Self.samples(operands[0]).flatMap { first in
                operands.count == 1 ? [[first]] : Self.samples(operands[1]).map { [first, $0] }
            }
            for (number, values) in rows.enumerated() {
                let body = values.map(Self.constant) + [Instruction(opcode), Instruction(.end)]
                module.functions.append(Function(type: type, body: body))
                module.exports.append(Export(name: "f\(number)", item: .function(FunctionIndex(number))))
                invocations.append(Invocation(export: "f\(number)", arguments: []))
            }
            let test = TestCase(wasm: BinaryEncoder.encode(module), invocations: invocations)
            var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(test))
            #expect(trial.verdict(of: engine) == .agreement, "\(row.name) in \(engine.name)")
        }
    }

    private static func constant(_ value: WasmValue) -> Instruction {
        switch value {
        case .i32(let bits): Instruction(.i32Const, .i32(Int32(bitPattern: bits)))
        case .i64(let bits): Instruction(.i64Const, .i64(Int64(bitPattern: bits)))
        case .f32(let bits): Instruction(.f32Const, .f32(bits))
        case .f64(let bits): Instruction(.f64Const, .f64(bits))
        case .v128(let bits): Instruction(.v128Const, .v128(bits))
        case .reference: Instruction(.unreachable)
        }
    }
}
