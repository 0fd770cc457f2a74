import Execution
import WasmFormats
import WasmModel

/// An engine that answers with zeros, and crashes where a predicate holds of the module.
struct FakeEngine: Oracle {
    let name: EngineName
    var crashes: @Sendable (Module) -> Bool = { _ in false }

    func run(_ test: TestCase, within budget: Budget) -> Outcome {
        guard let module = try? BinaryDecoder.decode(test.wasm) else { return .rejected(reason: "malformed") }
        if crashes(module) { return .crashed(Crash(phase: .compile, message: "assertion failed: operand 256 is real")) }
        let types = module.functions.map(\.type)
        return .completed(
            Observation(
                invocations: test.invocations.map { invocation in
                    for export in module.exports where export.name == invocation.export {
                        if case .function(let index) = export.item,
                            let type = module.types[types[index.position].position].functionType
                        {
                            return .returned(type.results.map(WasmValue.zero(of:)))
                        }
                    }
                    return .returned([])
                }
            )
        )
    }

    func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }

    /// One that cannot take so many results.
    static func limited(to results: Int) -> FakeEngine {
        FakeEngine(name: "fake:none") { module in
            module.types.contains { ($0.functionType?.results.count ?? 0) > results }
        }
    }
}
