import Differential
import Execution
import Foundation
import TestedEngines
import Testing
import WasmGenerator

@testable import Campaign

struct CurrentCaseTests {
    private static let place = DomainPlace(
        DomainCell(edge: .loop, arity: .onTheStack, classes: .mixed, body: .routing, feature: .tailCalls),
        .returned
    )

    @Test(arguments: [
        CurrentCase.Origin.sweep(7), .random(0), .swept(6, number: 2), .aimed(3, attempt: 2, place), .input([]),
        .input([0, 15, 16, 255]),
        .growth(CaseRecipe(edges: [.loop], parameters: [.i32], results: [.v128]), after: .chosen(3, seed: 9)),
        .growth(CaseRecipe(edges: [], parameters: [], results: []), after: .input([1])),
    ])
    func `a case is read as it was written`(_ origin: CurrentCase.Origin) {
        #expect(CurrentCase.Origin(text: origin.text) == origin)
    }

    @Test func `a shorter case replaces a longer one`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/current-case-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let current = try CurrentCase(writingTo: path)
        #expect(CurrentCase.read(path) == nil)
        current.write(.input([1, 2, 3, 4]))
        current.write(.sweep(3))
        #expect(CurrentCase.read(path) == .sweep(3))
    }
}

struct WorkerSettingsTests {
    @Test func `every case of the sweep belongs to one worker`() {
        var settings = WorkerSettings()
        settings.maximumArity = 3
        settings.count = 3
        let all = settings.sweep().compactMap(\.recipe)
        var shared: [CaseRecipe] = []
        for number in 0..<3 {
            settings.number = number
            var position = 0
            while let recipe = CurrentCase.Origin.sweep(position).subject(settings)?.recipe {
                shared.append(recipe)
                position += 1
            }
        }
        #expect(shared.count == all.count)
        #expect(Set(shared) == Set(all))
    }

    @Test func `an input gives the same case each time, and none is too short`() {
        let settings = WorkerSettings()
        let input: [UInt8] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
        #expect(settings.subject(of: input) == settings.subject(of: input))
        #expect(settings.subject(of: []) == Case(CaseRecipe(edges: [], parameters: [], results: [])))
    }

    @Test(arguments: [false, true])
    func `the random stream is the same in every run`(takesRawBytes: Bool) {
        var settings = WorkerSettings()
        settings.takesRawBytes = takesRawBytes
        for number in 0..<100 {
            #expect(settings.subject(ofRandomCase: number) == settings.subject(ofRandomCase: number))
        }
        #expect(settings.subject(ofRandomCase: 0) != settings.subject(ofRandomCase: 1))
    }

    @Test(arguments: [1, 2, 3]) func `the workers of the stream run each case of the sweep once`(_ count: Int) {
        var settings = WorkerSettings()
        settings.maximumArity = 3
        settings.mixesSweep = true
        settings.count = count
        let all = settings.sweep().compactMap(\.recipe)
        var swept: [CaseRecipe] = []
        for number in 0..<count {
            settings.number = number
            var position = 0
            while let recipe = CurrentCase.Origin.swept(0, number: position).subject(settings)?.recipe {
                swept.append(recipe)
                position += 1
            }
        }
        #expect(swept.count == all.count)
        #expect(Set(swept) == Set(all))
    }

    @Test
    func
        `of the sweep first comes what has more values than a byte counts, over each edge, as results and as parameters`()
    {
        var settings = WorkerSettings()
        settings.maximumArity = 600
        let edges = Set(settings.sweep().compactMap(\.recipe).map(\.edges).filter { $0.count < 2 })
        let first = settings.mixedSweep().compactMap(\.recipe).prefix(edges.count * 2)
        #expect(first.allSatisfy { max($0.parameters.count, $0.results.count) >= 256 })
        #expect(Set(first.map(\.edges)) == edges && first[0].results.count >= 256)
        #expect(first.count { $0.results.count >= 256 } == edges.count)
        settings.maximumArity = 9
        let small = settings.mixedSweep().compactMap(\.recipe).prefix(edges.count)
        #expect(small.allSatisfy { max($0.parameters.count, $0.results.count) >= 8 })
        #expect(Set(settings.mixedSweep()) == Set(settings.sweep()))
    }

    @Test func `each worker sweeps in a third of its cases, whatever the number of workers`() {
        var settings = WorkerSettings()
        #expect(!settings.sweeps(at: 0))
        settings.mixesSweep = true
        for count in 1...6 {
            settings.count = count
            #expect((0..<30).count { settings.sweeps(at: $0) } == 10)
        }
    }

    @Test func `the sweep misses turns where its cases take more than two fifths of the work`() {
        for (work, turns) in [(1.0, 100.0...100), (50, 1...4)] {
            var (share, swept, all, sweptCases) = (SweepShare(), 0.0, 0.0, 0.0)
            for position in 0..<300 {
                let isSwept = position % 3 == 0 && share.permitsMore
                share.add(isSwept ? work : 1, isSwept: isSwept)
                all += isSwept ? work : 1
                swept += isSwept ? work : 0
                sweptCases += isSwept ? 1 : 0
            }
            #expect(swept <= all * SweepShare.greatest + work)
            #expect(turns.contains(sweptCases), "\(sweptCases)")
        }
    }

    @Test func `a worker goes on behind the case of the sweep in which the last one died`() {
        let program = WorkerProgram(executable: "worker", arguments: [])
        var slot = WorkerSlot(number: 0, program: program, stage: .stream, settings: WorkerSettings())
        slot.settings.firstSwept = 2
        slot.step(past: .random(7))
        #expect(slot.settings.firstCase == 8 && slot.settings.firstSwept == 2)
        slot.step(past: .growth(CaseRecipe(edges: [], parameters: [], results: []), after: .swept(9, number: 3)))
        #expect(slot.settings.firstCase == 10 && slot.settings.firstSwept == 4)
    }

    @Test func `the only worker ends the stream for coverage, and one that has company does not`() {
        func slot(_ stage: WorkerSlot.Stage, isInstrumented: Bool = true) -> WorkerSlot {
            let program = WorkerProgram(executable: "worker", arguments: [], isInstrumented: isInstrumented)
            return WorkerSlot(number: 0, program: program, stage: stage, settings: WorkerSettings())
        }
        #expect([slot(.stream)].onlyStream == 0)
        #expect([slot(.done), slot(.stream)].onlyStream == 1)
        #expect([slot(.stream), slot(.fuzz)].onlyStream == nil)
        #expect([slot(.stream), slot(.stream)].onlyStream == nil)
        #expect([slot(.fuzz)].onlyStream == nil)
        #expect([slot(.stream, isInstrumented: false)].onlyStream == nil)
    }

    @Test func `what runs beside a worker leaves the file that says what the worker runs alone`() {
        var settings = WorkerSettings()
        settings.currentCase = "current-case-0"
        settings.gate = "gate-0"
        settings.store = "crashes"
        let beside = settings.besideWorker
        #expect(beside.currentCase == nil && beside.gate == nil && beside.store == settings.store)
    }

    @Test func `of several workers half go through the stream, and coverage leads the others`() {
        #expect((1...5).map(WorkerSlot.streams) == [1, 1, 2, 2, 3])
    }

    @Test func `random bytes do not get as far as the compilers`() {
        var settings = WorkerSettings()
        settings.takesRawBytes = true
        let judge = Judge(oracle: TestedEngines.oracle)
        for number in 0..<200 {
            let trial = judge.trial(of: settings.subject(ofRandomCase: number))
            guard case .rejected = trial.expected else {
                Issue.record("\(trial.expected.summary)")
                continue
            }
        }
    }
}

struct VerdictCountTests {
    @Test func `what was compared, refused and left undecided is counted apart`() {
        var counts = VerdictCounts()
        counts.add(.agreement)
        counts.add(.divergence(Divergence(observable: .rejection, expected: "a", observed: "b")))
        counts.add(.inconclusive(Inconclusiveness(.refused, "no")))
        counts.add(.inconclusive(Inconclusiveness(.exhausted, "fuel")))
        counts.add(.inconclusive(Inconclusiveness(.exhausted, "fuel")))
        #expect(counts.agreements == 1 && counts.divergences == 1 && counts.refusals == 1)
        #expect(counts.undecided == ["fuel": 2])
        counts.add(.inconclusive(Inconclusiveness(.worker, "nonsense")))
        counts.add(.inconclusive(Inconclusiveness(.worker, "silence")))
        #expect(counts.notRun == 2 && counts.firstReasonNotRun == "nonsense")
        #expect(counts.comparisons == 2)
        #expect(counts.runs == 7)
        var sum = counts
        sum.add(counts)
        #expect(
            sum.runs == 14 && sum.notRun == 4 && sum.firstReasonNotRun == "nonsense" && sum.undecided == ["fuel": 4]
        )
    }
}
