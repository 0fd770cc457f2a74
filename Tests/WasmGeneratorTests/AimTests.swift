import Testing
import WasmFormats

@testable import WasmGenerator

struct AimTests {
    private static let places = Profile.all[0].possiblePlaces(maximumArity: 10_000)
        .filter { $0.cell.body != .program }
        .sorted { $0.text < $1.text }

    @Test func `a recipe is made for nearly every place of recipes, and is in its cell`() {
        var missed: [String] = []
        var count = 0
        for place in Self.places where [.none, .one, .inRegisters, .onTheStack].contains(place.cell.arity) {
            var decisions = DecisionSource(seed: UInt64(count))
            count += 1
            guard let recipe = Profile.all[0].recipe(at: place, from: &decisions, maximumArity: 10_000) else {
                missed.append(place.text)
                continue
            }
            #expect(DomainCell.cells(of: recipe).contains(place.cell))
        }
        #expect(missed.count * 50 < count, "\(missed.count) of \(count): \(missed.prefix(20))")
    }

    @Test func `a recipe for a place is valid, also of long lists`() throws {
        for (number, place) in Self.places.enumerated() where number % 211 == 0 {
            var decisions = DecisionSource(seed: UInt64(number))
            guard let recipe = Profile.all[0].recipe(at: place, from: &decisions, maximumArity: 1_001) else { continue }
            #expect(throws: Never.self, "\(recipe.summary)") { try Validator.validate(recipe.generate().module) }
        }
    }

    @Test func `places are read as they are written, and no others`() {
        for place in Self.places.prefix(50) { #expect(DomainPlace(text: place.text) == place) }
        #expect(DomainPlace(text: "loop 9-32 mixed routing tail-calls") == nil)
        #expect(DomainPlace(text: "loop 9-32 mixed routing tail-calls away") == nil)
    }

    @Test func `programs, and edges that a profile has not, are not aimed at`() throws {
        let tailCall = try #require(Self.places.first { $0.cell.edge == .tailCall })
        var program = tailCall
        program.cell.body = .program
        let blocks = try #require(Profile(named: "blocks"))
        for (profile, place) in [(Profile.all[0], program), (blocks, tailCall)] {
            var decisions = DecisionSource(seed: 1)
            #expect(profile.recipe(at: place, from: &decisions, maximumArity: 40) == nil)
        }
    }
}
