import Execution
import Foundation
import WasmGenerator
import WasmModel

extension Case: Codable {
    private enum Key: String, CodingKey {
        case recipe, wasm, invocations
    }

    /// Writes either `recipe`, or `wasm` in Base64 and `invocations`.
    public func encode(to encoder: any Encoder) throws {
        if let recipe {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(recipe, forKey: .recipe)
        } else {
            try test.encode(to: encoder)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let recipe = try container.decodeIfPresent(CaseRecipe.self, forKey: .recipe) {
            self.init(recipe)
        } else {
            self.init(try TestCase(from: decoder))
        }
    }
}
