import Differential
import Execution
import ModuleMutation
import WasmFormats
import WasmModel

extension Case {
    /// How many arguments and results all calls of a hot case have together, at most, so that the oracle is soon through.
    private static let heatedValues = 60_000
    /// More rounds than any engine waits before it compiles again.
    private static let mostRounds = 4_000

    /// The case with its first export called many times in a row, see ``WasmModel/Module/heated(exportAt:as:rounds:)``; nil where it has none,
    /// or too many values for that.
    func heated() -> Case? {
        guard let call = test.invocations.first, let module = try? BinaryDecoder.decode(test.wasm),
            let position = module.exports.firstIndex(where: { $0.name == call.export }),
            case .function(let index) = module.exports[position].item,
            let type = (try? Validator.validate(module))?.functionType(of: index)
        else { return nil }
        let values = type.parameters.count + type.results.count + 1
        let rounds = min(Self.heatedValues / values, Self.mostRounds)
        guard rounds >= 100, let heated = module.heated(exportAt: position, as: "hot", rounds: rounds) else {
            return nil
        }
        let invocation = Invocation(export: "hot", arguments: call.arguments)
        return Case(TestCase(wasm: BinaryEncoder.encode(heated), invocations: [invocation, call]))
    }
}
