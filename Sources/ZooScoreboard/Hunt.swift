import Differential
import Engines
import Triage
import WasmGenerator

/// Runs the cases of one search through engines, until the first finding or the end of the time.
struct Hunt {
    /// Judges; runs in this process.
    let oracle: any Engine
    /// Are judged; isolated where their failures would end this process.
    let engines: [any Engine]
    let budget: Budget
    let clock = ContinuousClock()

    /// What a hunt came to.
    struct Bag {
        var finding: Finding?
        /// How many cases were run, that of the finding included.
        var cases = 0
        /// Runs of engines that did what the oracle did.
        var agreements = 0
        /// Runs of engines of which nothing can be said.
        var inconclusive = 0
        /// Wall-clock time, in seconds.
        var seconds = 0.0
    }

    /// - Parameters:
    ///   - seconds: no case begins after so much time.
    ///   - specimen: what findings name.
    func run(_ cases: SearchCases, seconds: Double, specimen: String?) -> Bag {
        var cases = cases
        var bag = Bag()
        let start = clock.now
        while bag.finding == nil, clock.now - start < .seconds(seconds) {
            let subject = cases.next()
            bag.cases += 1
            let test = subject.testCase
            let judged = JudgedCase(test, oracle: oracle, within: budget)
            for engine in engines {
                switch judged.verdict(of: engine) {
                case .agreement: bag.agreements += 1
                case .inconclusive: bag.inconclusive += 1
                case .divergence(let divergence):
                    bag.finding = Finding(subject, engine: engine.name, specimen: specimen, divergence: divergence)
                }
                if bag.finding != nil { break }
            }
        }
        bag.seconds = (clock.now - start) / .seconds(1)
        return bag
    }
}
