import Differential
import Engines
import Foundation
import Testing
import WasmGenerator

@testable import Campaign

struct PresentCaseTests {
    @Test(arguments: [PresentCase.Origin.sweep(7), .random(0), .input([]), .input([0, 15, 16, 255])])
    func `a case is read as it was written`(_ origin: PresentCase.Origin) {
        #expect(PresentCase.Origin(text: origin.text) == origin)
    }

    @Test func `a shorter case replaces a longer one`() throws {
        let path = FileManager.default.temporaryDirectory.path + "/present-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let present = try PresentCase(writingTo: path)
        #expect(PresentCase.read(path) == nil)
        present.write(.input([1, 2, 3, 4]))
        present.write(.sweep(3))
        #expect(PresentCase.read(path) == .sweep(3))
    }
}

struct WorkerSettingsTests {
    @Test func `every case of the sweep belongs to one worker`() {
        var settings = WorkerSettings()
        settings.maximumArity = 3
        settings.count = 3
        let all = settings.sweep()
        var shared: [CaseRecipe] = []
        for number in 0..<3 {
            settings.number = number
            var position = 0
            while case .recipe(let recipe)? = PresentCase.Origin.sweep(position).subject(settings) {
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
        #expect(settings.subject(of: []) == .recipe(CaseRecipe(edges: [], parameters: [], results: [])))
    }
}

struct CaseRunnerTests {
    /// Says the same of every case.
    struct FixedEngine: Engine {
        let name: String
        let outcome: Outcome
        func run(_ test: TestCase, within budget: Budget) -> Outcome { outcome }
    }

    private let recipe = CaseRecipe(edges: [.block], parameters: [.i32], results: [.i32, .i64])

    @Test func `healthy engines give no finding`() {
        let catalog = EngineCatalog()
        let runner = CaseRunner(
            oracle: catalog.oracle,
            engines: catalog.allCompilers,
            specimen: nil,
            budget: Budget()
        )
        #expect(runner.run(recipe).findings == [])
        #expect(runner.run(recipe).runs == catalog.allCompilers.count)
    }

    @Test func `engines of one family with one cause give one finding`() {
        let crash = Outcome.crashed(Crash(phase: .compile, message: "SIGSEGV"))
        let runner = CaseRunner(
            oracle: EngineCatalog().oracle,
            engines: [
                FixedEngine(name: "a:loads", outcome: crash), FixedEngine(name: "a:definitions", outcome: crash),
                FixedEngine(name: "b", outcome: crash), FixedEngine(name: "c", outcome: .refused(reason: "no")),
                FixedEngine(name: "d", outcome: .completed(Observation(invocations: [.exhausted(reason: "stack")]))),
            ],
            specimen: "bug",
            budget: Budget()
        )
        let result = runner.run(recipe)
        #expect(result.findings.map(\.engine) == ["a:loads", "b"])
        #expect(result.findings.allSatisfy { $0.specimen == "bug" })
        #expect(result.refusals == 1)
        #expect(result.undecided.values.reduce(0, +) == 1)
    }

    @Test func `an oracle that disagrees with the closed form is a finding`() {
        let wrong = Outcome.completed(Observation(invocations: [.returned([.i32(1), .i64(2)])]))
        let runner = CaseRunner(
            oracle: FixedEngine(name: "interpreter", outcome: wrong),
            engines: [],
            specimen: nil,
            budget: Budget()
        )
        #expect(runner.run(recipe).findings.map(\.engine) == ["interpreter"])
    }
}
