import Differential
import WasmGenerator

/// Chooses among candidates for the next random case the one that is worth most: whose cells were tried least, for what it costs. Now and
/// then it names a place that was not met, for which a case is made.
///
/// It goes by what this worker has done and by nothing else, so that the same seed gives the same cases.
struct CaseSteering {
    /// What came of the cases of a kind, in which the older ones count less.
    private struct Yield {
        var news = 1.0
        var cost = 1.0

        private static let remembered = 0.995

        var rate: Double { news / cost }

        mutating func add(news: Double, cost: Double) {
            self.news = self.news * Self.remembered + news
            self.cost = self.cost * Self.remembered + cost
        }
    }

    private var tried: [DomainCell: Int] = [:]
    private var met: Set<DomainPlace> = []
    private var ofRecipes = Yield()
    private var ofPrograms = Yield()
    /// Places that were not met when they were last looked at, in an order of no meaning.
    private var aims: [DomainPlace]
    /// How often a case was made for them.
    private var aimed: [DomainPlace: Int] = [:]

    /// - Parameter possible: the places that are aimed at until they are met.
    init(possible: some Sequence<DomainPlace> = []) {
        // Of the same order in each process, which that of a set is not.
        aims = possible.sorted { $0.number < $1.number }
    }

    /// A place that was not met, often one that costs less than others; nil where there is none.
    mutating func aim(by random: inout SplitMix64) -> DomainPlace? {
        var found: [DomainPlace] = []
        while found.count < Self.aimsToChooseFrom, !aims.isEmpty {
            let position = Int.random(in: 0..<aims.count, using: &random)
            let place = aims[position]
            if met.contains(place) || aimed[place, default: 0] >= Self.mostAttempts {
                aims.swapAt(position, aims.count - 1)
                aims.removeLast()
            } else {
                found.append(place)
            }
        }
        let cost = { (place: DomainPlace) in ArityBucket.allCases.firstIndex(of: place.cell.arity) ?? 0 }
        guard let place = found.min(by: { cost($0) < cost($1) }) else { return nil }
        aimed[place, default: 0] += 1
        return place
    }

    private static let aimsToChooseFrom = 3
    /// What so many cases did not meet is left to chance.
    private static let mostAttempts = 2

    /// The position of the best of some candidates; of equals the first.
    func choose(among candidates: [DecidedCase]) -> Int {
        let worths = candidates.map(worth)
        return worths.indices.max { (worths[$0], $1) < (worths[$1], $0) } ?? 0
    }

    /// How much of a candidate is new, where a cell counts less the more often it was tried, for what it costs.
    private func worth(of candidate: DecidedCase) -> Double {
        // Sums depend on the order, and that of a set is another one in each process.
        let novelty = candidate.cells.map { 1 / Double(1 + tried[$0, default: 0]) }.sorted().reduce(0, +)
        return novelty / candidate.cost * weight(isProgram: candidate.isProgram)
    }

    /// How much more than all cases those of a kind have given lately for what they cost, within bounds.
    private func weight(isProgram: Bool) -> Double {
        let yield = isProgram ? ofPrograms : ofRecipes
        let average = (ofRecipes.rate + ofPrograms.rate) / 2
        return min(max(yield.rate / average, 0.5), 2)
    }

    /// How much a failure of a new kind counts, where a new place in the domain counts 1.
    private static let newsOfFailure = 20.0

    /// Learns from a case that was run, whether it was chosen or not.
    /// - Parameter failures: how many of its failures were of a new kind.
    mutating func learn(_ judgement: Judgement, in cells: Set<DomainCell>, failures: Int) {
        var news = Self.newsOfFailure * Double(failures)
        var outcomes: Set<DomainOutcome> = []
        for entry in judgement.entries { outcomes.formUnion(entry.outcome?.inDomain ?? []) }
        for cell in cells {
            tried[cell, default: 0] += 1
            for outcome in outcomes where met.insert(DomainPlace(cell, outcome)).inserted { news += 1 }
        }
        let cost = CaseCost.of(judgement.subject)
        if judgement.subject.recipe == nil {
            ofPrograms.add(news: news, cost: cost)
        } else {
            ofRecipes.add(news: news, cost: cost)
        }
    }
}
