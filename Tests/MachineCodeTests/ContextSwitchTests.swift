import MachineCode
import SSA
import Testing
import WasmModel

/// Calls between instances: every function runs with the context of its own.
@Suite struct ContextSwitchTests {
    private static let binary = Signature(parameters: [.i64], results: [.i64])
    private static let layout = InstanceContextLayout(memories: 0, tables: 0, globals: 1, tags: 0, types: 0)

    private static func global(_ builder: inout FunctionBuilder) -> SSA.Value {
        builder.emit(.loadContext, .i64, immediate: Int64(layout.globalCell(0)))
    }

    /// A module whose function 1 answers the sum of its parameter and its instance's global.
    private static func callee() -> HandmadeModule {
        var module = HandmadeModule()
        module.globalCount = 1
        _ = module.addImport(binary)
        module.add(binary) { builder, own in
            builder.return([builder.emit(.add, .i64, own[0], global(&builder))])
        }
        return module
    }

    /// A module whose function 1 calls function 2 and adds its global before and after; function 2 reaches the imported
    /// function by a call or a tail call.
    private static func caller(byTailCall: Bool) -> HandmadeModule {
        var module = HandmadeModule()
        module.globalCount = 1
        _ = module.addImport(binary)
        module.add(binary) { builder, own in
            let before = global(&builder)
            let result = builder.emitCall(.call, binary, operands: own, immediate: 2).first!
            let sum = builder.emit(.add, .i64, result, before)
            builder.return([builder.emit(.add, .i64, sum, global(&builder))])
        }
        module.add(binary) { builder, own in
            let record = builder.record(ofFunction: 0)
            if byTailCall {
                builder.returnCall(.returnCallIndirect, binary, operands: [record, own[0]])
            } else {
                let result = builder.emitCall(.callIndirect, binary, operands: [record, own[0]]).first!
                builder.return([builder.emit(.add, .i64, result, global(&builder))])
            }
        }
        return module
    }

    @Test(arguments: TestPipeline.all + TestPipeline.all.map(\.audited.backtracking), [false, true])
    func `a caller has its own context after a call that left its instance`(
        _ pipeline: TestPipeline,
        _ byTailCall: Bool
    ) throws {
        let store = try CodeStore(pipeline.machine)
        var configuration = pipeline.configuration
        configuration.selection.directCallsMaySwitchContext = byTailCall
        let other = try store.instantiate(Self.callee(), pipeline.configuration)
        let instance = try store.instantiate(Self.caller(byTailCall: byTailCall), configuration)
        instance.link(0, to: other, 1)
        instance[global: 0] = 100
        other[global: 0] = 7
        let end = try instance.call(1, [RawValue(1, 0)], results: 1)
        #expect(end.code == 0)
        #expect(end.results == [RawValue(byTailCall ? 208 : 308, 0)])
    }

    @Test(arguments: TestMachine.runnable)
    func `a trap in another instance leaves through the entry stub of the first`(_ machine: TestMachine) throws {
        let store = try CodeStore(machine)
        var trapping = HandmadeModule()
        trapping.add(Self.binary) { builder, _ in builder.trap(code: Trap.integerOverflow.code) }
        let other = try store.instantiate(trapping, PipelineConfiguration())
        let instance = try store.instantiate(Self.caller(byTailCall: false), PipelineConfiguration())
        instance.link(0, to: other, 0)
        #expect(try instance.call(1, [RawValue(1, 0)], results: 0).code == Trap.integerOverflow.code)
        instance.link(0, to: other, 0)
        #expect(try instance.call(1, [RawValue(1, 0)], results: 0).code == Trap.integerOverflow.code)
    }
}
