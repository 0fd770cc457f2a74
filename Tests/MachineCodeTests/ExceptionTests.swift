import MachineCode
import SSA
import Testing
import WasmModel

/// Calls as terminators, landings, and the way of an exception through frames of any size.
@Suite struct ExceptionTests {
    /// Throws an exception that holds a number.
    private static func throwNumber(_ number: SSA.Value, _ builder: inout FunctionBuilder) {
        let tag = builder.constant(.i32, 0)
        let allocate = RuntimeFunction.allocateException
        let exception = builder.emitCall(
            .callRuntime,
            allocate.signature,
            operands: [tag],
            immediate: allocate.rawValue
        ).first!
        let first = Int64(InstanceContextLayout.ExceptionRecord.firstValue)
        builder.emit(.store(.full), .i64, exception, number, immediate: first)
        let throwing = RuntimeFunction.throwReference
        builder.emitCall(.callRuntime, throwing.signature, operands: [exception], immediate: throwing.rawValue)
        builder.trap(code: Trap.unreachable.code)
    }

    /// The number in the exception that arrived.
    private static func caughtNumber(_ builder: inout FunctionBuilder) -> SSA.Value {
        let exception = builder.emit(.landingPad, .reference)
        let first = Int64(InstanceContextLayout.ExceptionRecord.firstValue)
        return builder.emit(.load(.full), .i64, exception, immediate: first)
    }

    /// Function 0 calls function 1 and catches what it throws. Function 1, by way of functions with so many parameters
    /// and results, comes to the last one, which throws its first parameter where it is odd, and returns otherwise.
    private static func chain(_ counts: [(parameters: Int, results: Int)], isIndirect: Bool = false) -> HandmadeModule {
        var module = HandmadeModule()
        let signatures = counts.map {
            Signature(parameters: [.i64] + Routing.types($0.parameters), results: Routing.types($0.results))
        }
        // Its results: its parameters, the callee's results or zeros, and the number that was caught or zero.
        let caught = signatures[0].results
        let outer = Signature(
            parameters: signatures[0].parameters,
            results: signatures[0].parameters + caught + [.i64]
        )
        module.add(outer) { builder, own in
            let zeros = caught.map { type in
                type == .v128 ? builder.constantVector(low: 0, high: 0) : builder.constant(type, 0)
            }
            let zero = builder.constant(.i64, 0)
            let normal = builder.makeBlock()
            let exceptional = builder.makeBlock()
            var operands = own
            if isIndirect { operands.insert(builder.record(ofFunction: 1), at: 0) }
            let results = builder.tryCall(
                isIndirect ? .tryCallIndirect : .tryCall,
                signatures[0],
                operands: operands,
                immediate: isIndirect ? 0 : 1,
                normal: normal,
                exceptional: exceptional
            )
            builder.begin(normal)
            builder.return(own + Array(results) + [zero])
            builder.begin(exceptional)
            let number = caughtNumber(&builder)
            builder.return(own + zeros + [number])
        }
        for position in signatures.indices {
            let signature = signatures[position]
            module.add(signature) { builder, own in
                let tag = UInt64(position)
                if position + 1 < signatures.count {
                    let next = signatures[position + 1]
                    let wanted = Array(next.parameters.dropFirst())
                    let rest = Routing.route(wanted, from: own, signature.parameters, tag: tag, &builder)
                    let results = builder.emitCall(
                        .call,
                        next,
                        operands: [own[0]] + rest,
                        immediate: Int64(position + 2)
                    )
                    let given = Array(results)
                    builder.return(Routing.route(signature.results, from: given, next.results, tag: tag, &builder))
                    return
                }
                let odd = builder.makeBlock()
                let even = builder.makeBlock()
                let bit = builder.emit(.and, .i64, own[0], builder.constant(.i64, 1))
                builder.branchIf(builder.emit(.wrap, .i64, bit), then: odd, else: even)
                builder.begin(odd)
                throwNumber(own[0], &builder)
                builder.begin(even)
                builder.return(
                    Routing.route(signature.results, from: own, signature.parameters, tag: tag, &builder)
                )
            }
        }
        return module
    }

    @Test(
        arguments: TestPipeline.all + TestPipeline.all.map(\.audited.backtracking),
        [[(0, 0)], [(3, 1), (30, 20), (2, 40)], [(100, 300), (0, 0), (20, 17)]]
            as [[(parameters: Int, results: Int)]]
    )
    func `an exception lands where it is caught, and results exist only without one`(
        _ pipeline: TestPipeline,
        _ counts: [(parameters: Int, results: Int)]
    ) throws {
        for isIndirect in [false, true] {
            let store = try CodeStore(pipeline.machine)
            let module = Self.chain(counts, isIndirect: isIndirect)
            let instance = try store.instantiate(module, pipeline.configuration)
            let types = module.functions[0].signature.results
            var arguments = [RawValue(0x77, 0)] + Routing.values(Routing.types(counts[0].parameters))
            let resultTypes = Routing.types(counts[0].results)
            let parameterTypes = module.functions[0].signature.parameters
            let zeros = [RawValue](repeating: RawValue(0, 0), count: resultTypes.count)
            // Twice, so that the first time has left the stack as it was.
            for _ in 0..<2 {
                let thrown = try instance.call(0, arguments, results: types.count)
                #expect(thrown.code == 0)
                #expect(
                    Routing.significant(thrown.results, types)
                        == Routing.significant(arguments, parameterTypes) + zeros + [RawValue(0x77, 0)]
                )
            }
            arguments[0] = RawValue(0x78, 0)
            let returned = try instance.call(0, arguments, results: types.count)
            #expect(returned.code == 0)
            let signatures = module.functions.dropFirst().map(\.signature)
            // Down the chain with the arguments, up with the results.
            var values = arguments
            for position in 1..<signatures.count {
                let wanted = Array(signatures[position].parameters.dropFirst())
                let tag = UInt64(position - 1)
                values =
                    [values[0]] + Routing.route(wanted, from: values, signatures[position - 1].parameters, tag: tag)
            }
            var types2 = signatures[signatures.count - 1].parameters
            for position in signatures.indices.reversed() {
                values = Routing.route(signatures[position].results, from: values, types2, tag: UInt64(position))
                types2 = signatures[position].results
            }
            #expect(
                Routing.significant(returned.results, types)
                    == Routing.significant(arguments + values, parameterTypes + resultTypes) + [RawValue(0, 0)]
            )
        }
    }

    @Test(arguments: TestMachine.runnable)
    func `an exception that nothing catches ends the call from outside`(_ machine: TestMachine) throws {
        let store = try CodeStore(machine)
        let instance = try store.instantiate(Self.chain([(30, 2), (0, 0)]), PipelineConfiguration())
        let arguments = [RawValue(5, 0)] + Routing.values(Routing.types(30))
        #expect(try instance.call(1, arguments, results: 2).code == InstanceContextLayout.uncaughtExceptionCode)
        #expect(try instance.call(0, arguments, results: 34).code == 0)
    }

    /// Counts down in recursive calls of which every third catches and throws again; the innermost throws.
    @Test(arguments: TestPipeline.all + TestPipeline.all.map(\.audited.backtracking))
    func `an exception that is thrown again goes on to the next handler`(_ pipeline: TestPipeline) throws {
        var module = HandmadeModule()
        let signature = Signature(parameters: [.i64] + Routing.types(25), results: [.i64])
        module.add(signature) { builder, own in
            let more = builder.makeBlock()
            let end = builder.makeBlock()
            builder.branchIf(builder.emit(.wrap, .i64, own[0]), then: more, else: end)
            builder.begin(more)
            let left = builder.emit(.subtract, .i64, own[0], builder.constant(.i64, 1))
            let normal = builder.makeBlock()
            let exceptional = builder.makeBlock()
            let result = builder.tryCall(
                .tryCall,
                signature,
                operands: [left] + own.dropFirst(),
                immediate: 0,
                normal: normal,
                exceptional: exceptional
            ).first!
            builder.begin(normal)
            builder.return([result])
            builder.begin(exceptional)
            let number = Self.caughtNumber(&builder)
            let sum = builder.emit(.add, .i64, number, own[0])
            let last = builder.makeBlock()
            let again = builder.makeBlock()
            let isLast = builder.emit(.compare(.equal), .i64, own[0], builder.constant(.i64, 40))
            builder.branchIf(isLast, then: last, else: again)
            builder.begin(last)
            builder.return([sum])
            builder.begin(again)
            Self.throwNumber(sum, &builder)
            builder.begin(end)
            Self.throwNumber(own[0], &builder)
        }
        let store = try CodeStore(pipeline.machine)
        let instance = try store.instantiate(module, pipeline.configuration)
        let arguments = [RawValue(40, 0)] + Routing.values(Routing.types(25))
        let end = try instance.call(0, arguments, results: 1)
        #expect(end.code == 0)
        #expect(end.results == [RawValue(40 * 41 / 2, 0)])
    }

    @Test(arguments: TestMachine.runnable)
    func `who catches has its own context, whoever threw`(_ machine: TestMachine) throws {
        let signature = Signature(parameters: [.i64], results: [.i64])
        let layout = InstanceContextLayout(memories: 0, tables: 0, globals: 1, tags: 0, types: 0)
        var throwing = HandmadeModule()
        throwing.add(signature) { builder, own in Self.throwNumber(own[0], &builder) }
        var catching = HandmadeModule()
        catching.globalCount = 1
        _ = catching.addImport(signature)
        catching.add(signature) { builder, own in
            let normal = builder.makeBlock()
            let exceptional = builder.makeBlock()
            let result = builder.tryCall(
                .tryCallIndirect,
                signature,
                operands: [builder.record(ofFunction: 0), own[0]],
                normal: normal,
                exceptional: exceptional
            ).first!
            builder.begin(normal)
            builder.return([result])
            builder.begin(exceptional)
            let number = Self.caughtNumber(&builder)
            let global = builder.emit(.loadContext, .i64, immediate: Int64(layout.globalCell(0)))
            builder.return([builder.emit(.add, .i64, number, global)])
        }
        let store = try CodeStore(machine)
        let other = try store.instantiate(throwing, PipelineConfiguration())
        let instance = try store.instantiate(catching, PipelineConfiguration())
        instance.link(0, to: other, 0)
        instance[global: 0] = 1000
        let end = try instance.call(1, [RawValue(9, 0)], results: 1)
        #expect(end.code == 0)
        #expect(end.results == [RawValue(1009, 0)])
    }
}
