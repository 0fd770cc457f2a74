import Execution
import Foundation
import WasmGenerator
import WasmModel

extension Case: Codable {
    private enum Key: String, CodingKey {
        case recipe, generated, origin
    }

    /// Writes either `recipe`, or `wasm` in Base64 and `invocations`, with `origin` where it was transformed.
    public func encode(to encoder: any Encoder) throws {
        if let recipe {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(recipe, forKey: .recipe)
        } else {
            try test.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            if isGenerated { try container.encode(true, forKey: .generated) }
            try container.encodeIfPresent(origin, forKey: .origin)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let recipe = try container.decodeIfPresent(CaseRecipe.self, forKey: .recipe) {
            self.init(recipe)
        } else {
            self.init(
                try TestCase(from: decoder),
                isGenerated: try container.decodeIfPresent(Bool.self, forKey: .generated) ?? false,
                origin: try container.decodeIfPresent(Origin.self, forKey: .origin)
            )
        }
    }
}
