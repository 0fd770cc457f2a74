import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import Carriage

/// A case with what the interpreter makes of it.
struct TestedCase {
    let test: TestCase
    let module: ValidatedModule
    let outcome: Outcome

    static let budget = Budget(fuel: 5_000_000, memoryPages: 4_096)

    init(_ test: TestCase) throws {
        self.test = test
        module = try Validator.validate(try BinaryDecoder.decode(test.wasm))
        outcome = TestedEngines.oracle.run(test, within: Self.budget)
    }

    init(_ text: String, _ calls: [Invocation], usesFreshInstances: Bool = false) throws {
        let module = try TextParser.module(text)
        try self.init(
            TestCase(
                wasm: BinaryEncoder.encode(module),
                invocations: calls,
                usesFreshInstances: usesFreshInstances
            )
        )
    }

    /// The outcome with no identity for functions, as it comes out of a memory.
    var outcomeWithoutFunctions: Outcome { outcome.mapValues { $0.withoutFunction } }

    /// What comes out of a carriage in the interpreter; the rewritten modules have to be valid.
    func outcome(of carried: CarriedCase) throws -> Outcome {
        for test in carried.tests.prefix(1) { _ = try Validator.validate(try BinaryDecoder.decode(test.wasm)) }
        return carried.outcome { TestedEngines.oracle.run($0, within: Self.budget) }
    }

    /// Whether the budget was reached.
    var isExhausted: Bool {
        guard case .completed(let observation) = outcome else { return false }
        return (observation.invocations + [observation.instantiation].compactMap(\.self)).contains(where: \.isExhausted)
    }
}

extension Invocation {
    init(_ export: String, _ arguments: WasmValue...) { self.init(export: export, arguments: arguments) }
}

extension WasmValue {
    fileprivate var withoutFunction: WasmValue {
        if case .reference(.function) = self { .reference(.opaque("func")) } else { self }
    }
}

extension Outcome {
    /// The outcome with other values everywhere.
    func mapValues(_ change: (WasmValue) -> WasmValue) -> Outcome {
        guard case .completed(var observation) = self else { return self }
        for position in observation.invocations.indices {
            switch observation.invocations[position] {
            case .returned(let values): observation.invocations[position] = .returned(values.map(change))
            case .threw(let tag, let payload):
                observation.invocations[position] = .threw(tag: tag, payload: payload.map(change))
            case .trapped, .exhausted, .exited, .mismatched, .unseen: break
            }
        }
        for position in observation.instances.indices {
            let state = observation.instances[position]
            observation.instances[position].globals = state.globals.map {
                NamedValue(name: $0.name, value: change($0.value))
            }
            observation.instances[position].tables = state.tables.map { table in
                var references = [WasmReference](repeating: .null, count: table.count)
                for element in table.elements {
                    if case .reference(let reference) = change(element.value) {
                        references[element.position] = reference
                    }
                }
                return NamedElements(name: table.name, references)
            }
            observation.instances[position].hostCalls = HostCallLog(
                state.hostCalls.first.map {
                    HostCall(importOrdinal: $0.importOrdinal, arguments: $0.arguments.map(change))
                }
            )
        }
        return .completed(observation)
    }
}
