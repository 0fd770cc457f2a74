import Foundation
import WasmModel

// The JSON of test cases in the host protocol.

extension TestCase: Codable {
    private enum Key: String, CodingKey {
        case wasm, invocations, companions, freshInstances
    }

    /// Writes the modules in Base64.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Data(wasm), forKey: .wasm)
        try container.encode(invocations, forKey: .invocations)
        if !companions.isEmpty { try container.encode(companions.map { Data($0) }, forKey: .companions) }
        if usesFreshInstances { try container.encode(true, forKey: .freshInstances) }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            wasm: [UInt8](try container.decode(Data.self, forKey: .wasm)),
            invocations: try container.decode([Invocation].self, forKey: .invocations),
            companions: try container.decodeIfPresent([Data].self, forKey: .companions)?.map { [UInt8]($0) } ?? [],
            usesFreshInstances: try container.decodeIfPresent(Bool.self, forKey: .freshInstances) ?? false
        )
    }
}
