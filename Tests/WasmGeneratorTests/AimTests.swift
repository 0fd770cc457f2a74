import Testing
import WasmFormats

@testable import WasmGenerator

struct AimTests {
    private static let all = Profile.all[0].possiblePlaces(maximumArity: 10_000).sorted { $0.text < $1.text }
    private static let ofRecipes = all.filter { $0.cell.body != .program }
    private static let ofPrograms = all.filter { $0.cell.body == .program }
    private static let short: Set<ArityBucket> = [.none, .one, .inRegisters, .onTheStack]

    private func cells(_ decided: DecidedCase) -> Set<DomainCell> {
        switch decided {
        case .recipe(let recipe): DomainCell.cells(of: recipe)
        case .program(let program): DomainCell.cells(of: program.module)
        }
    }

    /// Expects that a case is made for nearly each of some places, and is in its cell.
    /// - Parameter share: one of how many may be missed.
    private func expectAims(at places: [DomainPlace], share: Int) {
        var missed: [String] = []
        for (number, place) in places.enumerated() {
            var decisions = DecisionSource(seed: UInt64(number))
            guard let decided = Profile.all[0].decidedCase(at: place, from: &decisions, maximumArity: 10_000) else {
                missed.append(place.text)
                continue
            }
            #expect(cells(decided).contains(place.cell))
        }
        #expect(missed.count * share < places.count, "\(missed.count) of \(places.count): \(missed.prefix(20))")
    }

    @Test func `a recipe is made for nearly every place of recipes, and is in its cell`() {
        expectAims(at: Self.ofRecipes.filter { Self.short.contains($0.cell.arity) }, share: 50)
    }

    @Test func `a program is made for most places of programs, and is in its cell`() {
        let places = Self.ofPrograms.filter { Self.short.contains($0.cell.arity) }
        expectAims(at: places.indices.filter { $0 % 97 == 0 }.map { places[$0] }, share: 4)
    }

    @Test func `a case for a place is valid, also of long lists`() throws {
        let places = Self.ofRecipes + Self.ofPrograms
        for (number, place) in places.enumerated() where number % 997 == 0 {
            var decisions = DecisionSource(seed: UInt64(number))
            guard let decided = Profile.all[0].decidedCase(at: place, from: &decisions, maximumArity: 1_001) else {
                continue
            }
            #expect(throws: Never.self, "\(place.text), decisions of seed \(number)") {
                switch decided {
                case .recipe(let recipe): try Validator.validate(recipe.generate().module)
                case .program(let program): try Validator.validate(program.module)
                }
            }
        }
    }

    @Test func `the parts of a cell are numbered as they are declared`() {
        #expect(Edge.allCases.map(ordinal) == Array(Edge.allCases.indices))
        #expect(ArityBucket.allCases.map(ordinal) == Array(ArityBucket.allCases.indices))
        #expect(ClassMix.allCases.map(ordinal) == Array(ClassMix.allCases.indices))
        #expect(BodyStyle.allCases.map(ordinal) == Array(BodyStyle.allCases.indices))
        #expect(CellFeature.allCases.map(ordinal) == Array(CellFeature.allCases.indices))
        #expect(DomainOutcome.allCases.map(ordinal) == Array(DomainOutcome.allCases.indices))
    }

    @Test func `places are read as they are written, and no others`() {
        for place in Self.all.prefix(50) { #expect(DomainPlace(text: place.text) == place) }
        #expect(DomainPlace(text: "loop 9-32 mixed routing tail-calls") == nil)
        #expect(DomainPlace(text: "loop 9-32 mixed routing tail-calls away") == nil)
    }

    @Test func `edges that a profile has not, and programs where there are none, are not aimed at`() throws {
        let tailCall = try #require(Self.ofRecipes.first { $0.cell.edge == .tailCall })
        let program = try #require(Self.ofPrograms.first { $0.cell.edge == .loop })
        let blocks = try #require(Profile(named: "blocks"))
        for place in [tailCall, program] {
            var decisions = DecisionSource(seed: 1)
            #expect(blocks.decidedCase(at: place, from: &decisions, maximumArity: 40) == nil)
        }
    }
}
