import Differential
import Execution
import TestedEngines
import Testing
import WasmGenerator

@testable import Campaign

struct EngineTurnsTests {
    private let registry = TestedEngines.registry

    private func names(_ count: Int, of engines: [EngineName]? = nil, all: Bool = false) throws -> [[EngineName]] {
        let turns = EngineTurns(
            try (engines ?? registry.usableNames).map { try registry.engine(named: $0) },
            registry
        )
        let settings = WorkerSettings()
        return (0..<count).map { turns.engines(for: settings.subject(ofRandomCase: $0), all: all).map(\.name) }
    }

    @Test func `each case runs on each machine and level, with one way of giving results`() throws {
        for names in try names(40) {
            let levels = names.map { EngineName(family: $0.family, options: Array($0.options.prefix(1))) }
            #expect(levels == ["x86_64:none", "x86_64:speed", "arm64:none", "arm64:speed"])
            let ways = Set(names.map { $0.options[1] })
            #expect(ways == ["definitions", "loads"])
        }
    }

    @Test func `every engine has its turn, with code that checks itself and without`() throws {
        let counts = try names(400).flatMap { $0 }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        #expect(counts.count == 16)
        #expect(counts.values.allSatisfy { (60...140).contains($0) }, "\(counts)")
    }

    @Test func `the same case has the same engines`() throws {
        #expect(try names(20) == names(20))
    }

    @Test func `all engines run where none is to be left out, or only one is there`() throws {
        #expect(try names(4, all: true).allSatisfy { $0.count == 8 })
        let one: [EngineName] = ["arm64:speed:loads"]
        #expect(try names(40, of: one).allSatisfy { $0.count == 1 && one[0].matches($0[0]) })
    }
}
