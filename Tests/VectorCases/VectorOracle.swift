import WasmFormats
import WasmInterpreter
import WasmModel

/// The interpreter with one function for each case.
public struct VectorOracle {
    private let store = InterpreterStore()
    private let instance: ModuleInstance
    private let cases: [VectorCase]

    /// Makes one.
    /// - Parameter relaxed: what relaxed instructions do.
    public init(_ cases: [VectorCase], relaxed: RelaxedParameters = RelaxedParameters()) throws {
        self.cases = cases
        let functions = cases.map { vectorCase in
            let operands = vectorCase.operands.indices.map { "(local.get \($0))" }.joined(separator: " ")
            let parameters = vectorCase.operands.map { "\($0)" }.joined(separator: " ")
            return "(func (param \(parameters)) (result \(vectorCase.result)) (\(vectorCase.text) \(operands)))"
        }
        let module = try TextParser.module("(module \(functions.joined(separator: "\n")))")
        store.relaxed = relaxed
        instance = try store.instantiate(Validator.validate(module))
    }

    /// The result of a case by its number.
    public func result(_ number: Int, _ arguments: [V128]) -> V128 {
        let values = zip(cases[number].operands, arguments).map { WasmValue(rawBits: $1, numberOf: $0)! }
        guard case .returned(let results) = store.invoke(instance.functions[number], values) else {
            preconditionFailure("vector instructions return")
        }
        return results[0].rawBits
    }
}
