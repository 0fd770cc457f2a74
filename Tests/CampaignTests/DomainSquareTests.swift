import Differential
import Execution
import Foundation
import Testing
import WasmGenerator

@testable import Campaign

/// Edges by arities, with the share of their places that was met.
struct DomainSquareTests {
    private func place(_ text: String) throws -> DomainPlace { try #require(DomainPlace(text: text)) }

    @Test func `what is met, what is not, and what is not foreseen are told apart`() throws {
        let met = try place("loop 9-32 mixed routing none returned")
        let other = try place("loop 9-32 floats routing none trapped")
        let elsewhere = try place("export 0 no-values routing none returned")
        let refused = try place("block 1 integers routing none refused")
        let unforeseen = try place("loop 9-32 vectors routing none returned")
        let map = DomainMap(
            ["a", "b"],
            counts: [met.number: [2, 1], refused.number: [0, 5], unforeseen.number: [1]]
        )
        let summary = DomainSummary(map, possible: [met, other, elsewhere])
        let squares = summary.squares
        #expect(squares.map { "\($0.edge.rawValue) \($0.arity.rawValue)" } == ["export 0", "block 1", "loop 9-32"])
        #expect(squares.map(\.places) == [.init(possible: 1), .init(), .init(possible: 2, met: 1)])
        #expect(squares.map(\.refusals) == [0, 5, 0])
        #expect(squares[2].outcomes == [.returned: .init(possible: 1, met: 1), .trapped: .init(possible: 1)])
        #expect(squares.map(\.places.possible).reduce(0, +) == summary.possible)
        let read = try JSONDecoder().decode(DomainSummary.self, from: try JSONEncoder().encode(summary))
        #expect(read.squares == squares)
    }
}
