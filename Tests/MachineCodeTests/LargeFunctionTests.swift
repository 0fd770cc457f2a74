import Foundation
import MachineCode
import RegisterAllocation
import SSA
import Testing
import WasmModel

/// Functions beyond what one instruction encodes: frames, branches, tables, lists of values.
///
/// With the variable `SLOW_TESTS` set, the lists are as long as they should get, and bodies have more than 4 MiB of code.
@Suite struct LargeFunctionTests {
    private static let runsAll = ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil

    /// A pipeline whose frames all have so many bytes more than they need, below the spill slots.
    private static func pipeline(_ machine: TestMachine, frame: Int) -> PipelineConfiguration {
        var configuration = PipelineConfiguration()
        let (select, entry) = (configuration.select, configuration.buildEntryStub)
        configuration.select = { (function, backend, stages, limits) throws(CompilationError) in
            var machineFunction = try select(function, backend, stages, limits)
            machineFunction.valuesAreaSize += frame
            return machineFunction
        }
        configuration.buildEntryStub = { (signature, machine, stages, limits) throws(CompilationError) in
            var machineFunction = try entry(signature, machine, stages, limits)
            machineFunction.valuesAreaSize += frame
            return machineFunction
        }
        return configuration
    }

    @Test(arguments: TestPipeline.all.filter { $0.strategy == .definitions }, [1 << 20, (17 << 20) + 48])
    func `frames over one and over sixteen mebibytes work as others`(
        _ pipeline: TestPipeline,
        _ size: Int
    ) throws {
        for isAudited in [false, true] { try checkFrame(of: size, pipeline.machine, isAudited) }
    }

    private func checkFrame(of size: Int, _ machine: TestMachine, _ isAudited: Bool) throws {
        let chain = TailCallTests.Chain(parameterCounts: [20, 3, 60, 40], resultCount: 40)
        let store = try CodeStore(machine, stackSize: 64 << 20)
        var configuration = Self.pipeline(machine, frame: size)
        configuration.isAudited = isAudited
        let instance = try store.instantiate(chain.module(), configuration)
        let arguments = Routing.values(chain.parameters[0])
        let types = chain.results + chain.parameters[0]
        let end = try instance.call(0, arguments, results: types.count)
        #expect(end.code == 0)
        #expect(Routing.significant(end.results, types) == chain.expected(arguments))
    }

    @Test(arguments: TestMachine.runnable)
    func `a frame that the stack has no room for is not entered`(_ machine: TestMachine) throws {
        let store = try CodeStore(machine, stackSize: 1 << 20)
        let chain = TailCallTests.Chain(parameterCounts: [2, 2], resultCount: 1)
        let instance = try store.instantiate(chain.module(), Self.pipeline(machine, frame: 600 << 10))
        let end = try instance.call(0, Routing.values(chain.parameters[0]), results: 0)
        #expect(end.code == InstanceContextLayout.stackExhaustedCode)
    }

    @Test func `a large frame touches the stack in steps from its top`() throws {
        // Without a limit the first step below the stack faults, and not the far end of the frame.
        let store = try CodeStore(.arm64, stackSize: 1 << 20)
        store.stackLimitIsZero = true
        let chain = TailCallTests.Chain(parameterCounts: [2, 2], resultCount: 1)
        let instance = try store.instantiate(chain.module(), Self.pipeline(.arm64, frame: 40 << 20))
        let stopped = #expect(throws: CodeStore.Stopped.self) {
            try instance.call(0, Routing.values(chain.parameters[0]), results: 0)
        }
        guard case .fault(let fault) = stopped?.reason, case .accessOutsideRegions(_, let address, _, _) = fault else {
            Issue.record("\(String(describing: stopped))")
            return
        }
        let bottom = store.stackBottom
        #expect(address < bottom && address >= bottom - UInt64(MachineDescription.probeDistance))
    }

    @Test func `a frame beyond the limit is an error with the figure`() throws {
        let chain = TailCallTests.Chain(parameterCounts: [2, 2], resultCount: 1)
        for machine in TestMachine.allCases {
            let (module, configuration) = try chain.module().finish(Self.pipeline(machine, frame: 1 << 30))
            let error = #expect(throws: CompilationError.self) {
                try ModuleCompiler(machine.backend, configuration).compile(module)
            }
            guard case .limit(.frameSize, let actual, let limit) = error?.reason else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(actual > limit && limit == 1 << 30)
        }
    }

    @Test(arguments: TestMachine.runnable, [runsAll ? 10_050 : 1501])
    func `any number of parameters and results comes back in reverse order`(
        _ machine: TestMachine,
        _ count: Int
    ) throws {
        let types = (0..<count).map { $0 % 3 == 0 ? IRType.f64 : .i64 }
        let signature = Signature(parameters: types, results: types.reversed())
        var module = HandmadeModule()
        module.add(signature) { builder, own in
            builder.return(Array(builder.emitCall(.call, signature, operands: own, immediate: 1)))
        }
        module.add(signature) { builder, own in builder.return(own.reversed()) }
        let store = try CodeStore(machine)
        let instance = try store.instantiate(module, PipelineConfiguration())
        let arguments = Routing.values(types)
        let end = try instance.call(0, arguments, results: count)
        #expect(end.code == 0)
        #expect(end.results == arguments.reversed())
    }

    @Test(arguments: TestMachine.runnable)
    func `tables of a hundred thousand targets, and branches over them, reach`(_ machine: TestMachine) throws {
        let entryCount = 100_000
        let tableCount = 3
        let signature = Signature(parameters: [.i32, .i32], results: [.i32])
        var module = HandmadeModule()
        // With the first parameter zero, the branch goes over all tables, to a place over a mebibyte away.
        module.add(signature) { builder, own in
            let tables = builder.makeBlock()
            let far = builder.makeBlock()
            let ends = (0..<4).map { _ in builder.makeBlock() }
            builder.branchIf(own[0], then: tables, else: far)
            builder.begin(tables)
            var next: Block?
            for table in 0..<tableCount {
                if let next { builder.begin(next) }
                let following = builder.makeBlock()
                // Position p goes to end p % 4, but for the last position, which goes on to the next table.
                let targets = (0..<entryCount).map { $0 == entryCount - 1 ? following : ends[$0 % 4] }
                let index = builder.emit(.add, .i32, own[1], builder.constant(.i32, Int64(table)))
                builder.branchTable(index, targets: targets)
                next = following
            }
            builder.begin(next!)
            builder.return([builder.constant(.i32, 1000)])
            for (position, end) in ends.enumerated() {
                builder.begin(end)
                builder.return([builder.constant(.i32, Int64(position))])
            }
            builder.begin(far)
            builder.return([builder.constant(.i32, 2000)])
        }
        let store = try CodeStore(machine)
        let instance = try store.instantiate(module, PipelineConfiguration())
        #expect(instance.compiled.code.count > entryCount * tableCount * 4)
        let cases: [(first: UInt64, second: UInt64, result: UInt64)] = [
            (0, 5, 2000), (1, 5, 1), (1, 99_998, 2), (1, 99_999, 1000), (1, 0xFFFF_FFF0, 1000), (1, 0, 0),
        ]
        for (first, second, result) in cases {
            let end = try instance.call(0, [RawValue(first, 0), RawValue(second, 0)], results: 1)
            #expect(end.code == 0)
            #expect(end.results[0].x & 0xFFFF_FFFF == result, "\(first), \(second)")
        }
    }

    @Test(arguments: TestMachine.runnable, OptimizationLevel.allCases)
    func `constants more than a mebibyte behind the code that reads them reach`(
        _ machine: TestMachine,
        _ level: OptimizationLevel
    ) throws {
        let signature = Signature(parameters: [.i32], results: [.i64, .i64, .f64])
        var module = HandmadeModule()
        module.add(signature) { builder, own in
            // Behind this code lie a table of 300,000 entries, then the pool.
            let end = builder.makeBlock()
            let table = builder.makeBlock()
            let vector = builder.constantVector(low: 0x0123_4567_89AB_CDEF, high: 0xFEDC_BA98_7654_3210)
            let low = builder.emit(.vector(.i64x2ExtractLane), .i64, vector, immediate: 0)
            let high = builder.emit(.vector(.i64x2ExtractLane), .i64, vector, immediate: 1)
            let float = builder.constant(.f64, Int64(bitPattern: (0.1).bitPattern))
            builder.branchTable(own[0], targets: [Block](repeating: table, count: 300_000) + [end])
            builder.begin(table)
            builder.return([high, low, float])
            builder.begin(end)
            builder.return([low, high, float])
        }
        let store = try CodeStore(machine)
        let instance = try store.instantiate(module, PipelineConfiguration(level))
        #expect(instance.compiled.code.count > 1 << 20)
        for (argument, isSwapped) in [(UInt64(7), true), (1 << 31, false)] {
            let end = try instance.call(0, [RawValue(argument, 0)], results: 3)
            #expect(end.code == 0)
            let words = end.results.map(\.x)
            let expected: [UInt64] = [0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210]
            #expect(words == (isSwapped ? expected.reversed() : expected) + [(0.1).bitPattern])
        }
    }

    /// A function with so many values that all live across a call, and so in the frame.
    private static func values(_ count: Int) -> HandmadeModule {
        var module = HandmadeModule()
        let signature = Signature(parameters: [.i64], results: [.i64])
        module.add(signature) { builder, own in
            var values: [SSA.Value] = []
            var last = own[0]
            for _ in 0..<count {
                last = builder.emit(.add, .i64, last, own[0])
                values.append(last)
            }
            var sum = builder.emitCall(.call, signature, operands: own, immediate: 1).first!
            for value in values { sum = builder.emit(.exclusiveOr, .i64, sum, value) }
            builder.return([sum])
        }
        module.add(signature) { builder, own in builder.return([own[0]]) }
        return module
    }

    private func checkValues(_ count: Int, _ machine: TestMachine) throws -> CodeInstance {
        let store = try CodeStore(machine, stackSize: 64 << 20)
        let instance = try store.instantiate(Self.values(count), PipelineConfiguration())
        let end = try withExtendedLifetime(store) { try instance.call(0, [RawValue(3, 0)], results: 1) }
        var expected: UInt64 = 3
        for position in 0..<count { expected ^= 3 * UInt64(position + 2) }
        #expect(end.code == 0)
        #expect(end.results == [RawValue(expected, 0)])
        return instance
    }

    @Test(arguments: TestMachine.runnable, [runsAll ? 50_000 : 5000])
    func `any number of values lives across a call`(_ machine: TestMachine, _ count: Int) throws {
        let instance = try checkValues(count, machine)
        #expect(instance.compiled.regions.contains { $0.frameSize >= count * 8 })
    }

    @Test(
        .enabled(if: runsAll, "takes a minute; set SLOW_TESTS=1"),
        arguments: TestMachine.runnable
    )
    func `a body of more than four mebibytes of code`(_ machine: TestMachine) throws {
        let instance = try checkValues(300_000, machine)
        #expect(instance.compiled.regions.contains { $0.range.count > 4 << 20 && $0.frameSize > 2 << 20 })
    }
}
