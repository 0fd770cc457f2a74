import MachineCode
import SSA
import Testing
import WasmModel

/// Tail calls between functions with stack arguments of any size, on both machines.
@Suite struct TailCallTests {
    /// A chain: the first function calls the second, which tail-calls the third, and so on; the last one returns. The
    /// first adds its own parameters to the results, so that its frame must have stayed as it was.
    struct Chain: Sendable, CustomTestStringConvertible {
        var parameterCounts: [Int]
        var resultCount: Int
        /// Whether the tail calls go through function records.
        var isIndirect = false

        var testDescription: String {
            parameterCounts.map(String.init).joined(separator: " > ") + " = \(resultCount)"
                + (isIndirect ? " indirect" : "")
        }

        var results: [IRType] { Routing.types(resultCount, offset: 3) }
        var parameters: [[IRType]] {
            parameterCounts.enumerated().map { Routing.types($0.element, offset: $0.offset * 2) }
        }

        func module() -> HandmadeModule {
            var module = HandmadeModule()
            let (parameters, results, isIndirect) = (parameters, results, isIndirect)
            module.add(Signature(parameters: parameters[0], results: results + parameters[0])) { builder, own in
                let arguments = Routing.route(parameters[1], from: own, parameters[0], tag: 0, &builder)
                let called = Signature(parameters: parameters[1], results: results)
                let given = builder.emitCall(.call, called, operands: arguments, immediate: 1)
                builder.return(Array(given) + own)
            }
            for position in 1..<parameters.count {
                module.add(Signature(parameters: parameters[position], results: results)) { builder, own in
                    let tag = UInt64(position)
                    guard position + 1 < parameters.count else {
                        builder.return(Routing.route(results, from: own, parameters[position], tag: tag, &builder))
                        return
                    }
                    let wanted = parameters[position + 1]
                    var operands = Routing.route(wanted, from: own, parameters[position], tag: tag, &builder)
                    let called = Signature(parameters: wanted, results: results)
                    if isIndirect {
                        operands.insert(builder.record(ofFunction: position + 1), at: 0)
                        builder.returnCall(.returnCallIndirect, called, operands: operands)
                    } else {
                        builder.returnCall(.returnCall, called, operands: operands, immediate: Int64(position + 1))
                    }
                }
            }
            return module
        }

        func expected(_ arguments: [RawValue]) -> [RawValue] {
            var values = arguments
            for position in 1..<parameters.count {
                let tag = UInt64(position - 1)
                values = Routing.route(parameters[position], from: values, parameters[position - 1], tag: tag)
            }
            let tag = UInt64(parameters.count - 1)
            return Routing.route(results, from: values, parameters[parameters.count - 1], tag: tag) + arguments
        }

        func check(_ pipeline: TestPipeline) throws {
            let store = try CodeStore(pipeline.machine)
            let instance = try store.instantiate(module(), pipeline.configuration)
            let arguments = Routing.values(parameters[0])
            let types = results + parameters[0]
            let end = try instance.call(0, arguments, results: types.count)
            #expect(end.code == 0)
            #expect(Routing.significant(end.results, types) == expected(arguments))
        }
    }

    static let chains = [
        Chain(parameterCounts: [0, 0, 0], resultCount: 1),
        Chain(parameterCounts: [3, 600, 3], resultCount: 4),
        Chain(parameterCounts: [600, 3, 601, 2, 40], resultCount: 40),
        Chain(parameterCounts: [17, 18, 19, 20, 21, 22, 23], resultCount: 0),
        Chain(parameterCounts: [30, 29, 28, 27, 26, 25], resultCount: 17, isIndirect: true),
        Chain(parameterCounts: [7, 31, 31, 31], resultCount: 300),
        Chain(parameterCounts: [1, 254, 1000, 8], resultCount: 254, isIndirect: true),
    ]

    @Test(arguments: TestPipeline.all, chains)
    func `arguments of tail calls arrive, and results come back to the first caller`(
        _ pipeline: TestPipeline,
        _ chain: Chain
    ) throws {
        try chain.check(pipeline)
    }

    @Test(arguments: TestMachine.runnable)
    func `tail calls have up to ten thousand arguments`(_ machine: TestMachine) throws {
        try Chain(parameterCounts: [2, 10_000, 1], resultCount: 20)
            .check(TestPipeline(machine: machine, strategy: .definitions))
    }

    @Test(arguments: TestMachine.runnable)
    func `endless tail calls of changing size need no more stack`(_ machine: TestMachine) throws {
        var module = HandmadeModule()
        let short = Signature(parameters: [.i64, .i64], results: [.i64])
        let long = Signature(parameters: [.i64, .i64] + Routing.types(100), results: [.i64])
        /// Counts the first parameter down and the second up, and goes on in the other function.
        func add(_ signature: Signature, next: Signature, _ index: Int) {
            module.add(signature) { builder, own in
                let more = builder.makeBlock()
                let end = builder.makeBlock()
                builder.branchIf(
                    builder.emit(.compare(.notEqual), .i64, own[0], builder.constant(.i64, 0)),
                    then: more,
                    else: end
                )
                builder.begin(more)
                let left = builder.emit(.subtract, .i64, own[0], builder.constant(.i64, 1))
                let sum = builder.emit(.add, .i64, own[1], builder.constant(.i64, 3))
                let rest = Routing.route(
                    Array(next.parameters.dropFirst(2)),
                    from: own,
                    signature.parameters,
                    tag: 0,
                    &builder
                )
                builder.returnCall(.returnCall, next, operands: [left, sum] + rest, immediate: Int64(index))
                builder.begin(end)
                builder.return([own[1]])
            }
        }
        add(short, next: long, 1)
        add(long, next: short, 0)
        let store = try CodeStore(machine, stackSize: 64 << 10)
        let instance = try store.instantiate(module, PipelineConfiguration())
        let end = try instance.call(0, [RawValue(2000, 0), RawValue(5, 0)], results: 1)
        #expect(end.code == 0)
        #expect(end.results == [RawValue(6005, 0)])
    }
}
