import SSA
import Testing
import WasmFormats
import WasmModel

@Suite struct TranslationTests {
    @Test func `a constant is returned without further blocks`() throws {
        let function = try translate(type: FunctionType(results: [.i32]), [Instruction(.i32Const, .i32(7))])
        #expect(
            function.description == """
                function "$0" () -> (i32) {
                block0:
                    v0 = constant.i32[7]
                    return v0
                }

                """
        )
    }

    @Test func `a signed division checks for zero and then for overflow`() throws {
        let function = try translate(
            type: FunctionType(parameters: [.i32, .i32], results: [.i32]),
            [local(0), local(1), Instruction(.i32DivS)]
        )
        #expect(
            function.description == """
                function "$0" (i32, i32) -> (i32) {
                block0(v0: i32, v1: i32):
                    trapUnless["integer divide by zero"] v1
                    v2 = constant.i32[-2147483648]
                    v3 = compare.equal.i32 v0, v2
                    v4 = constant.i32[-1]
                    v5 = compare.equal.i32 v1, v4
                    v6 = and.i32 v3, v5
                    trapIf["integer overflow"] v6
                    v7 = divideSigned.i32 v0, v1
                    return v7
                }

                """
        )
    }

    @Test func `a load checks index, offset and size against the length`() throws {
        var module = Module()
        module.memories = [MemoryType(limits: Limits(minimum: 1))]
        let argument = MemoryArgument(offset: 0xFFFF_FFFF, alignment: 0)
        let function = try translate(
            type: FunctionType(parameters: [.i32], results: [.i64]),
            [local(0), Instruction(.i64Load16S, .memoryArgument(argument))],
            in: module
        )
        #expect(
            function.description == """
                function "$0" (i32) -> (i64) {
                block0(v0: i32):
                    v1 = extendUnsigned.i32 v0
                    v2 = constant.i64[4294967297]
                    v3 = add.i64 v1, v2
                    v4 = loadContext.i64[72]
                    v5 = compare.greaterUnsigned.i64 v3, v4
                    trapIf["out of bounds memory access"] v5
                    v6 = loadContext.i64[64]
                    v7 = add.i64 v6, v1
                    v8 = constant.i64[4294967295]
                    v9 = add.i64 v7, v8
                    v10 = load.signed16.i64 v9
                    return v10
                }

                """
        )
    }

    @Test func `a loop carries the locals that it assigns and no others`() throws {
        let function = try translate(
            type: FunctionType(parameters: [.i32, .i32], results: [.i32]),
            [
                Instruction(.loop, .block(.empty)),
                local(0), local(1), Instruction(.i32Sub), set(0),
                local(0), Instruction(.brIf, .label(0)),
                Instruction(.end),
                local(0),
            ]
        )
        #expect(
            function.description == """
                function "$0" (i32, i32) -> (i32) {
                block0(v0: i32, v1: i32):
                    jump block1(v0)
                block1(v2: i32):
                    v3 = subtract.i32 v2, v1
                    branchIf v3, block2, block3
                block2:
                    jump block1(v3)
                block3:
                    return v3
                }

                """
        )
    }

    @Test func `the arms of an if merge what differs`() throws {
        let function = try translate(
            type: FunctionType(parameters: [.i32, .i64], results: [.i64, .i32]),
            locals: [LocalRun(count: 1, type: .i64)],
            [
                local(0),
                Instruction(.if, .block(.empty)),
                local(1), set(2),
                Instruction(.else),
                Instruction(.i32Const, .i32(5)), set(0),
                Instruction(.end),
                local(2), local(0),
            ]
        )
        #expect(
            function.description == """
                function "$0" (i32, i64) -> (i64, i32) {
                block0(v0: i32, v1: i64):
                    v4 = constant.i64[0]
                    branchIf v0, block1, block2
                block1:
                    jump block3(v1, v0)
                block2:
                    v5 = constant.i32[5]
                    jump block3(v4, v5)
                block3(v2: i64, v3: i32):
                    return v2, v3
                }

                """
        )
    }

    @Test func `code that cannot be reached leaves nothing behind`() throws {
        let function = try translate(
            type: FunctionType(results: [.i32]),
            [
                Instruction(.block, .block(.result(.i32))),
                Instruction(.i32Const, .i32(1)),
                Instruction(.br, .label(0)),
                Instruction(.block, .block(.empty)), Instruction(.unreachable), Instruction(.i32Add),
                Instruction(.drop),
                Instruction(.end),
                Instruction(.end),
                Instruction(.unreachable),
                Instruction(.if, .block(.empty)), Instruction(.else), Instruction(.end),
            ]
        )
        #expect(function.blocks.count == 1)
        #expect(function.terminator(of: Block(0)).operation == .trap)
    }

    @Test func `a branch table carries values through blocks of its own, one a label`() throws {
        let labels = [LabelIndex](repeating: 0, count: 1000) + [1]
        let function = try translate(
            type: FunctionType(parameters: [.i32], results: [.i32]),
            [
                Instruction(.block, .block(.result(.i32))),
                Instruction(.block, .block(.result(.i32))),
                Instruction(.i32Const, .i32(1)), local(0), Instruction(.brTable, .labelTable(labels)),
                Instruction(.end),
                Instruction(.i32Const, .i32(10)), Instruction(.i32Add),
                Instruction(.end),
            ]
        )
        let table = function.terminator(of: Block(0))
        #expect(table.operation == .branchTable)
        #expect(function.targets(of: table).count == 1001)
        #expect(Set(function.targets(of: table).map(\.block)).count == 2)
    }

    @Test func `an indirect call checks the index, the null and the type in this order`() throws {
        var module = Module()
        module.tables = [Table(type: TableType(limits: Limits(minimum: 1), element: .function))]
        let function = try translate(
            type: FunctionType(parameters: [.i32]),
            [local(0), local(0), Instruction(.callIndirect, .callIndirect(0, 0))],
            in: module
        )
        let traps = function.instructions.filter { $0.operation == .trapIf }.map { Trap(code: UInt32($0.immediate)) }
        #expect(traps == [.undefinedElement, .uninitializedElement, .indirectCallTypeMismatch])
    }

    @Test func `an instruction without a lowering is refused by its name`() throws {
        let error = #expect(throws: TranslationError.self) {
            _ = try translate(
                type: FunctionType(),
                [Instruction(.i32Const, .i32(1)), Instruction(.refI31), Instruction(.drop)]
            )
        }
        #expect(error?.reason == .unsupportedInstruction(.refI31))
        #expect(error?.description == "unsupported instruction ref.i31, in function 0, instruction 1")
    }

    @Test func `ten thousand results go through blocks, branches and calls`() throws {
        let count = 10_000
        var module = Module()
        let results = (0..<count).map { [ValueType.i32, .f64, .i64, .f32][$0 % 4] }
        let type = module.addType(FunctionType(results: results))
        let body = [
            Instruction(.block, .block(.type(type))),
            Instruction(.call, .function(0)),
            Instruction(.i32Const, .i32(1)), Instruction(.brIf, .label(0)),
            Instruction(.br, .label(0)),
            Instruction(.end),
        ]
        let function = try translate(type: FunctionType(results: results), body, in: module)
        let returned = function.instructions.filter { $0.operation == .return }
        #expect(returned.allSatisfy { $0.operands.count == UInt32(count) })
        #expect(function.blocks.count <= 4)
    }

    @Test func `fifty thousand locals cost nothing at branches that do not assign them`() throws {
        let localCount: UInt32 = 50_000
        var body: [Instruction] = []
        for _ in 0..<5_000 {
            body += [
                Instruction(.block, .block(.empty)), local(0), Instruction(.brIf, .label(0)),
                Instruction(.i32Const, .i32(3)), set(17), Instruction(.end),
            ]
        }
        body.append(local(17))
        let function = try translate(
            type: FunctionType(parameters: [.i32], results: [.i32]),
            locals: [LocalRun(count: localCount - 1, type: .i32)],
            body
        )
        #expect(function.valuePool.count < 50_000)
        #expect(function.blocks.allSatisfy { $0.parameterCount <= 1 })
    }

    @Test func `deep nesting is translated without recursion`() throws {
        let depth = 20_000
        var body = [Instruction](repeating: Instruction(.loop, .block(.empty)), count: depth)
        body += [local(0), Instruction(.brIf, .label(LabelIndex(depth / 2)))]
        body += [Instruction](repeating: Instruction(.end), count: depth)
        let function = try translate(type: FunctionType(parameters: [.i32]), body)
        #expect(function.instructions.last?.operation == .return)
    }

    @Test(arguments: [
        (IRTypePair(.i32, .f32), "-0x1p31 ... 0x1p31", "-0x1p0 <.. 0x1p32"),
        (IRTypePair(.i32, .f64), "-0x1.00000002p31 <.. 0x1p31", "-0x1p0 <.. 0x1p32"),
        (IRTypePair(.i64, .f32), "-0x1p63 ... 0x1p63", "-0x1p0 <.. 0x1p64"),
        (IRTypePair(.i64, .f64), "-0x1p63 ... 0x1p63", "-0x1p0 <.. 0x1p64"),
    ])
    func `truncation checks exact bounds`(types: IRTypePair, signed: String, unsigned: String) throws {
        for (isSigned, expected) in [(true, signed), (false, unsigned)] {
            let opcode = truncation(isSigned, types)
            let function = try translate(
                type: FunctionType(
                    parameters: [types.source == .f32 ? .f32 : .f64],
                    results: [valueType(types.result)]
                ),
                [local(0), Instruction(opcode)]
            )
            let constants = function.instructions.filter { $0.operation == .constant }.map { bound($0, types.source) }
            let includes = function.instructions.contains { $0.operation == .floatCompare(.greaterOrEqual) }
            try #require(constants.count == 2)
            #expect("\(constants[0]) \(includes ? "..." : "<..") \(constants[1])" == expected)
        }
    }
}

/// The types of a truncation.
struct IRTypePair: Sendable {
    var result: IRType
    var source: IRType

    init(_ result: IRType, _ source: IRType) {
        self.result = result
        self.source = source
    }
}

private func bound(_ constant: InstructionRecord, _ type: IRType) -> String {
    let number =
        type == .f32
        ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: constant.immediate)))
        : Double(bitPattern: UInt64(bitPattern: constant.immediate))
    let sign = number < 0 ? "-" : ""
    let significand = number.significand
    let fraction =
        significand == 1 ? "1" : "1." + String(UInt64((significand - 1) * 0x1p32), radix: 16).leftPadded(to: 8)
    return "\(sign)0x\(fraction)p\(number.exponent)"
}

extension String {
    fileprivate func leftPadded(to count: Int) -> String {
        String((String(repeating: "0", count: count - self.count) + self).reversed().drop { $0 == "0" }.reversed())
    }
}

private func valueType(_ type: IRType) -> ValueType { type == .i32 ? .i32 : .i64 }

private func truncation(_ isSigned: Bool, _ types: IRTypePair) -> Opcode {
    switch (types.result == .i32, types.source == .f32, isSigned) {
    case (true, true, true): .i32TruncF32S
    case (true, true, false): .i32TruncF32U
    case (true, false, true): .i32TruncF64S
    case (true, false, false): .i32TruncF64U
    case (false, true, true): .i64TruncF32S
    case (false, true, false): .i64TruncF32U
    case (false, false, true): .i64TruncF64S
    case (false, false, false): .i64TruncF64U
    }
}
