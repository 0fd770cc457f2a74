import Foundation
import Testing
import WasmFormats
import WasmModel

@testable import WasmGenerator

/// Recipes as they were stored while the bits of one seed decided all that their lists, routing and stores leave open.
@Suite struct SeededRecipeTests {
    /// A recipe in the old form: one edge alone and all routings in turn, with a seed that has bits everywhere.
    private static func json(_ edge: Edge, _ number: Int, seed: UInt64) -> String {
        """
        {"edges": ["\(edge.rawValue)"], "parameters": "3*i32,f64,v128", "results": "4*i64,f64,v128,3*i32",
         "routing": "\(RoutingPattern.allCases[number % RoutingPattern.allCases.count].rawValue)",
         "seed": \(seed), "storesResults": \(number % 3 == 0)}
        """
    }

    /// The digest FNV-1a of what a recipe makes: the module in binary, and the arguments of its calls.
    private static func add(_ recipe: CaseRecipe, to digest: inout UInt64) {
        let generated = recipe.generate()
        let calls = generated.invocations.map { "\($0.export) \($0.arguments)" }.joined(separator: "\n")
        for byte in BinaryEncoder.encode(generated.module) + Array(calls.utf8) {
            digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
        }
    }

    /// The recipes of this form that are in Crashes.
    private static let stored = [
        """
        {"edges": [], "parameters": "", "results": "143*i32", "routing": "arithmetic", "seed": 32, "storesResults": false}
        """,
        """
        {"edges": ["tail-call-shrink", "loop"], "parameters": "511*i32", "results": "f64,i64,2*f32,i64,externref,f32,f64,i32",
         "routing": "in-order", "seed": 47296, "storesResults": false}
        """,
    ]

    @Test func `the stored recipes make the modules and the calls that they made then`() throws {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in Self.stored {
            Self.add(try JSONDecoder().decode(CaseRecipe.self, from: Data(text.utf8)), to: &digest)
        }
        #expect(digest == 6_776_638_985_917_323_518)
    }

    @Test func `a recipe in the old form makes the module and the calls that it made then`() throws {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        var stream = SplitMix64(seed: 20_26)
        for (position, edge) in Edge.allCases.filter({ !$0.usesObjects }).enumerated() {
            for number in 0..<40 {
                // Small seeds, seeds of ten bits, of sixteen bits and of 63, whose sum with a call's number is a seed too.
                let width = [3, 10, 16, 63][number % 4]
                let seed = stream.next() >> UInt64(64 - width)
                let data = Data(Self.json(edge, position + number, seed: seed).utf8)
                Self.add(try JSONDecoder().decode(CaseRecipe.self, from: data), to: &digest)
            }
        }
        #expect(digest == 12_484_306_609_517_074_432)
    }
}
