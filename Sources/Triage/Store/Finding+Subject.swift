import Engines
import Foundation
import WasmFormats
import WasmGenerator
import WasmModel

extension Finding.Subject {
    /// The subject that decisions made.
    public init(_ decided: DecidedCase) {
        switch decided {
        case .recipe(let recipe): self = .recipe(recipe)
        case .program(let program): self = .test(program.testCase)
        }
    }

    /// A line for reports.
    public var summary: String {
        switch self {
        case .recipe(let recipe): recipe.summary
        case .test(let test): "a module of \(test.wasm.count) bytes"
        }
    }
}

extension GeneratedProgram {
    /// The module, encoded, and its invocations.
    public var testCase: TestCase { TestCase(wasm: BinaryEncoder.encode(module), invocations: invocations) }
}

extension Finding.Subject: Codable {
    private enum CodingKeys: String, CodingKey {
        case recipe, wasm, invocations
    }

    /// Writes either `recipe`, or `wasm` in Base64 and `invocations`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .recipe(let recipe): try container.encode(recipe, forKey: .recipe)
        case .test(let test):
            try container.encode(Data(test.wasm), forKey: .wasm)
            try container.encode(test.invocations, forKey: .invocations)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let recipe = try container.decodeIfPresent(CaseRecipe.self, forKey: .recipe) {
            self = .recipe(recipe)
        } else {
            self = .test(
                TestCase(
                    wasm: [UInt8](try container.decode(Data.self, forKey: .wasm)),
                    invocations: try container.decode([Invocation].self, forKey: .invocations)
                )
            )
        }
    }
}
