import Execution
import WasmFormats
import WasmModel

/// Calls and reads of globals.
extension ScriptRunner {
    mutating func perform(_ action: ScriptAction) throws(ScriptObstacle) -> InvocationOutcome {
        switch action {
        case .invoke(let name, let export, let arguments):
            let instance = try names.instance(name)
            guard case .function(let index) = instance[export: export] else {
                throw .failure(expected: "a function \"\(export)\"", got: "none")
            }
            used = [instance.handle]
            let parameters = instance.module.functionType(of: index).parameters
            guard arguments.count == parameters.count, zip(arguments, parameters).allSatisfy({ $0.fits($1) }) else {
                throw .failure(
                    expected: "arguments of the types \(ValueType.text(of: parameters))",
                    got: arguments.map(ScriptPrinter.text(of:)).joined(separator: " ")
                )
            }
            do {
                return try store.invoke(index, of: instance.handle, arguments)
            } catch {
                throw ScriptObstacle(error)
            }
        case .get(let name, let export):
            let instance = try names.instance(name)
            guard case .global(let index) = instance[export: export] else {
                throw .failure(expected: "a global \"\(export)\"", got: "none")
            }
            used = [instance.handle]
            do {
                return .returned([try store.value(of: index, in: instance.handle)])
            } catch {
                throw ScriptObstacle(error)
            }
        }
    }

    /// How a call ends; one that has no fuel ends in no way.
    mutating func ending(of action: ScriptAction) throws(ScriptObstacle) -> InvocationOutcome {
        let outcome = try perform(action)
        try checkFuel(outcome)
        return outcome
    }

    func checkFuel(_ outcome: InvocationOutcome) throws(ScriptObstacle) {
        if outcome.isOutOfFuel { throw .undecided(InvocationOutcome.fuelExhaustion) }
    }

    static func text(of outcome: InvocationOutcome) -> String {
        switch outcome {
        case .returned(let values):
            values.isEmpty ? "a return" : values.map(ScriptPrinter.text(of:)).joined(separator: " ")
        case .trapped(let trap): "trap: \(trap.rawValue)"
        case .threw: "an exception"
        case .exhausted(let limit): "exhaustion: \(limit)"
        case .exited(let status): "an exit with status \(status)"
        case .mismatched(let difference): difference
        case .unseen: "an end that is not seen"
        }
    }

    static func text(of patterns: [ResultPattern]) -> String {
        patterns.isEmpty ? "a return" : patterns.map(ScriptPrinter.text(of:)).joined(separator: " ")
    }
}
