import Execution
import WasmFormats
import WasmModel

/// A call of a case with what the module says of it.
struct CarriedCall {
    let invocation: Invocation
    let function: FunctionIndex
    let type: FunctionType
}

extension TestCase {
    /// The calls with the functions behind their exports; in time linear in exports and calls.
    /// - Throws: where there is no such export, or an argument does not fit.
    func carriedCalls(_ module: ValidatedModule) throws(CarriageObstacle) -> [CarriedCall] {
        // Names are the same where their code points are.
        var functions: [[UInt8]: FunctionIndex] = [:]
        for export in module.module.exports {
            if case .function(let index) = export.item { functions[Array(export.name.utf8)] = index }
        }
        var calls: [CarriedCall] = []
        calls.reserveCapacity(invocations.count)
        for invocation in invocations {
            guard let function = functions[Array(invocation.export.utf8)] else {
                throw CarriageObstacle("no exported function '\(invocation.export)'")
            }
            let type = module.functionType(of: function)
            if let mismatch = invocation.mismatch(with: type) { throw CarriageObstacle(mismatch) }
            calls.append(CarriedCall(invocation: invocation, function: function, type: type))
        }
        return calls
    }
}

extension CarriedModule {
    /// Pushes the arguments of a call as constants.
    func pushArguments(of call: CarriedCall, _ code: inout CodeWriter) throws(CarriageObstacle) {
        for (argument, type) in zip(call.invocation.arguments, call.type.parameters) { try push(argument, type, &code) }
    }

    /// Begins a block for each tag around a `try_table`, whose body comes next and may not end.
    mutating func beginCatching(_ tags: [TagIndex], _ code: inout CodeWriter) {
        if tags.isEmpty { return }
        for tag in tags.reversed() {
            code.emit(.block, .block(blockType(results: source.functionType(of: tag).parameters)))
        }
        let clauses = tags.enumerated().map { CatchClause.tag($0.element, LabelIndex($0.offset)) }
        code.emit(.tryTable, .tryTable(.empty, clauses))
    }

    /// Ends the body of the `try_table`; then, for each tag in their order, comes an `end` and what works on the payload.
    func endTry(_ tags: [TagIndex], _ code: inout CodeWriter) {
        if tags.isEmpty { return }
        code.emit(.end)
        code.emit(.unreachable)
    }

    /// The locals of a function are bounded by what engines take.
    static func checkLocals(_ code: CodeWriter) throws(CarriageObstacle) {
        guard code.localCount <= ModuleLimits.locals else {
            throw CarriageObstacle(
                "a call with \(code.localCount) values needs more than \(ModuleLimits.locals) locals"
            )
        }
    }
}
