import Foundation
import Testing
import WasmModel

@testable import WasmGenerator

/// The form in which reports keep recipes.
@Suite struct RecipeCodingTests {
    /// A recipe with no choice at its smallest.
    private static var chosen: CaseRecipe {
        var recipe = CaseRecipe(
            edges: [.if, .tailCallGrow],
            parameters: [.i32, .i32],
            results: [.v128],
            routing: .reversed,
            constantsSeed: 9,
            storesResults: true
        )
        recipe.condition = false
        recipe.iterations = 3
        recipe.branchTarget = 2
        recipe.tailCallKind = .reference
        recipe.keepsCallee = true
        recipe.castKind = .test
        recipe.escapes = true
        recipe.allocations = 2
        recipe.catchKind = .allWithReference
        recipe.throwsInCallee = true
        recipe.throwsAgain = true
        recipe.usesPartialOperators = true
        recipe.invocationCount = 2
        return recipe
    }

    private static func decode(_ text: String) throws -> CaseRecipe {
        try JSONDecoder().decode(CaseRecipe.self, from: Data(text.utf8))
    }

    @Test func `a recipe is written with these keys and names`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let text = String(decoding: try encoder.encode(Self.chosen), as: UTF8.self)
        #expect(
            text == """
                {"allocations":2,"branchTarget":2,"castKind":"test","catchKind":"catch_all_ref","condition":false,\
                "constantsSeed":9,"edges":["if","tail-call-grow"],"escapes":true,"invocationCount":2,"iterations":3,"keepsCallee":true,"keptParameters":2,\
                "parameters":"2*i32","results":"v128","routing":"reversed","storesResults":true,\
                "tailCallKind":"reference","throwsAgain":true,"throwsInCallee":true,"usesPartialOperators":true}
                """
        )
        #expect(try Self.decode(text) == Self.chosen)
    }

    @Test func `choices have these names, of which stored recipes are full`() {
        #expect(CallKind.allCases.map(\.rawValue) == ["direct", "indirect", "reference"])
        #expect(CatchKind.allCases.map(\.rawValue) == ["catch", "catch_ref", "catch_all", "catch_all_ref"])
        #expect(CastKind.allCases.map(\.rawValue) == ["cast", "branch", "branch-on-failure", "test"])
        #expect(
            RoutingPattern.allCases.map(\.rawValue) == ["in-order", "reversed", "constants", "random", "arithmetic"]
        )
        #expect(
            Edge.allCases.map(\.rawValue).joined(separator: " ") == """
                export direct-call indirect-call call-ref host-import tail-call tail-call-indirect tail-call-ref \
                tail-call-grow tail-call-shrink block loop if branch-table branch-if early-return try-block try-call \
                throw-catch throw-catch-ref throw-catch-all throw-catch-all-ref throw-out struct-new array-new-fixed \
                struct-cast object-chain
                """
        )
    }

    @Test func `choices that are missing are the smallest ones`() throws {
        let text =
            #"{"edges": ["loop"], "parameters": "", "results": "i32", "routing": "in-order", "storesResults": false}"#
        #expect(try Self.decode(text) == CaseRecipe(edges: [.loop], parameters: [], results: [.i32]))
    }

    @Test(arguments: ["iterations", "branchTarget", "invocationCount", "allocations"])
    func `a count that nobody can have written is refused`(key: String) {
        for count in ["-1", "65536"] {
            #expect(throws: DecodingError.self) {
                try Self.decode(
                    """
                    {"edges": [], "parameters": "", "results": "", "routing": "in-order", "storesResults": false,
                     "\(key)": \(count)}
                    """
                )
            }
        }
    }

    @Test func `the summary names the choices that are not the smallest`() {
        #expect(
            CaseRecipe(edges: [], parameters: [], results: [.i32, .i32]).summary == "export () -> (2*i32) in-order"
        )
        #expect(
            Self.chosen.summary == """
                if,tail-call-grow (2*i32) -> (v128) reversed, condition false, iterations 3, branch target 2, \
                tail calls reference, keeps callee, clause catch_all_ref, throws in callee, throws again, partial operators, \
                casts by test, objects escape, 2 allocations, \
                invocations 2, constants 9, stores results
                """
        )
    }

    @Test func `the sweep takes every choice at every edge`() {
        let sweep = Profile.all[0].adapted(to: .wasm3).sweep(maximumArity: 1000)
        for edge in Edge.allCases {
            let recipes = sweep.filter { $0.edges == [edge] }
            #expect(Set(recipes.map(\.condition)).count == 2)
            #expect(Set(recipes.map(\.iterations)) == [0, 1, 2, 3])
            #expect(Set(recipes.map(\.branchTarget)) == [0, 1, 2])
            #expect(Set(recipes.map(\.invocationCount)) == [1, 2])
            #expect(Set(recipes.map(\.tailCallKind)).count == CallKind.allCases.count)
            #expect(Set(recipes.map(\.catchKind)).count == CatchKind.allCases.count)
            #expect(Set(recipes.map { [$0.throwsInCallee, $0.throwsAgain] }).count == 4)
            #expect(Set(recipes.map(\.usesPartialOperators)).count == 2)
            #expect(Set(recipes.map(\.keepsCallee)).count == 2)
        }
    }
}
