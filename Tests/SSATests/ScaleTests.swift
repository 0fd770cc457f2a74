import SSA
import Testing
import WasmFormats
import WasmModel

/// Translation stays linear: the sizes are counted, not the seconds.
@Suite struct ScaleTests {
    private static let end = Instruction(.end)

    @Test func `a branch table has a hundred thousand targets`() throws {
        let depth = 1_000
        let labels = (0..<100_000).map { LabelIndex($0 % depth) }
        var body = [Instruction](repeating: Instruction(.block, .block(.empty)), count: depth)
        body += [local(0), Instruction(.brTable, .labelTable(labels))]
        for _ in 0..<depth { body += [Self.end, Instruction(.nop)] }
        let function = try translate(type: FunctionType(parameters: [.i32]), body)
        let table = function.terminator(of: Block(0))
        #expect(table.operation == .branchTable && table.targets.count == 100_000)
        #expect(function.blocks.count <= depth + 1)
    }

    @Test func `the targets of a branch table pass their values once for each label`() throws {
        let count = 1_000
        var module = Module()
        let values = [ValueType](repeating: .i64, count: count)
        let type = module.addType(FunctionType(results: values))
        let labels = (0..<1_000).map { LabelIndex($0 % 2) }
        var body = [Instruction](repeating: Instruction(.block, .block(.type(type))), count: 2)
        body += (0..<count).map { Instruction(.i64Const, .i64(Int64($0))) }
        body += [local(0), Instruction(.brTable, .labelTable(labels)), Self.end, Self.end]
        let function = try translate(type: FunctionType(parameters: [.i32], results: values), body, in: module)
        #expect(function.terminator(of: Block(0)).targets.count == 1_000)
        #expect(function.valuePool.count <= 5 * count)
    }

    @Test func `calls in the body of a handler pass on what the body assigns, not all fifty thousand locals`() throws {
        let callCount = 2_000
        var body = [
            Instruction(.block, .block(.empty)),
            Instruction(.tryTable, .tryTable(.empty, [.all(0)])),
        ]
        for position in 0..<callCount {
            body += [Instruction(.i32Const, .i32(Int32(position))), set(LocalIndex(1 + position % 3))]
            body += [local(0), Instruction(.call, .function(0))]
        }
        body += [Self.end, Self.end]
        for index in 1...3 { body += [local(LocalIndex(index)), Instruction(.drop)] }
        let function = try translate(
            type: FunctionType(parameters: [.i32]),
            locals: [LocalRun(count: 50_000, type: .i32)],
            body
        )
        #expect(function.instructions.filter { $0.operation == .tryCall }.count == callCount)
        #expect(function.instructions.filter { $0.operation == .landingPad }.count == callCount)
        // One argument of the call, the exception and the locals.
        #expect(function.valuePool.count <= callCount * 5 + 100)
        #expect(function.blocks.count <= callCount * 2 + 10)
    }

    @Test func `handlers are nested without recursion, and each is passed once`() throws {
        let depth = 2_000
        var module = Module()
        module.tags = [module.addType(FunctionType())]
        var body = [Instruction(.block, .block(.empty))]
        for level in 0..<depth {
            body.append(Instruction(.tryTable, .tryTable(.empty, [.tag(0, LabelIndex(level))])))
        }
        body += [local(0), Instruction(.call, .function(0))]
        body += [Instruction](repeating: Self.end, count: depth + 1)
        let function = try translate(type: FunctionType(parameters: [.i32]), body, in: module)
        #expect(function.blocks.count <= 3 * depth + 10)
        #expect(function.instructions.filter { $0.operation == .landingPad }.count == 1)
    }

    @Test func `ten thousand values are thrown, caught and passed to a tail call`() throws {
        let count = 10_000
        var module = Module()
        let values = (0..<count).map { [ValueType.i32, .f64, .v128, .i64][$0 % 4] }
        let payload = module.addType(FunctionType(parameters: values))
        let results = module.addType(FunctionType(results: values))
        module.tags = [payload]
        let type = FunctionType(parameters: values)
        var body = [Instruction(.block, .block(.type(results)))]
        body.append(Instruction(.tryTable, .tryTable(.empty, [.tag(0, 0)])))
        body += (0..<count).map { local(LocalIndex($0)) }
        body += [Instruction(.throw, .tag(0)), Self.end, Instruction(.unreachable), Self.end]
        body.append(Instruction(.returnCall, .function(0)))
        let function = try translate(type: type, body, in: module)
        let tail = try #require(function.instructions.first { $0.operation == .returnCall })
        #expect(tail.operands.count == UInt32(count))
        #expect(function.instructions.count <= 2 * count + 20)
    }
}
