import Testing
import WasmFormats
import WasmModel

@testable import WasmGenerator

/// Edges whose conventions meet.
struct CombinationTests {
    @Test func `combinations are valid, the same each time, and within the greatest arity`() throws {
        for maximum in [3, 1_000] {
            let recipes = Profile.all[0].combinations(maximumArity: maximum)
            #expect(recipes == Profile.all[0].combinations(maximumArity: maximum) && recipes.count > 30)
            for recipe in recipes {
                #expect(recipe.parameters.count == min(17, maximum) && recipe.edges.count > 1)
                #expect(throws: Never.self, "\(recipe.summary)") { try Validator.validate(recipe.generate().module) }
            }
        }
    }

    @Test func `each edge is between a handler and what throws`() {
        let edges = Profile.all[0].combinations(maximumArity: 1_000).map(\.edges)
        for edge in [Edge.tailCallGrow, .tailCallShrink, .directCall, .loop, .throwCatchRef] {
            #expect(edges.contains([.tryBlock, edge, .throwOut]) && edges.contains([.tryCall, edge, .throwOut]))
        }
    }

    @Test func `a tail call in front of the host is one of the host's function`() {
        let recipes = Profile.all[0].combinations(maximumArity: 1_000).filter { $0.edges.contains(.hostImport) }
        #expect(Set(recipes.map { $0.edges[0] }) == [.tailCallGrow, .tailCallShrink, .tailCall, .tailCallRef])
        let direct = CaseRecipe(edges: [.tailCallGrow, .hostImport], parameters: [.i64, .i64, .i64], results: [.i64])
        let calls = direct.generate().module.functions.flatMap(\.body).filter { $0.opcode == .returnCall }
        #expect(calls.map(\.immediate) == [.function(0)])
    }

    @Test func `profiles of one edge, and of programs alone, have none`() throws {
        for name in ["exports", "programs"] {
            #expect(try #require(Profile(named: name)).combinations(maximumArity: 1_000).isEmpty)
        }
    }
}
