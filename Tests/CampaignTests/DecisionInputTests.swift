import DecisionMutation
import Testing
import WasmGenerator

@testable import Campaign

struct DecisionInputTests {
    private let mutation = WorkerSettings().mutation(greatestSize: 4096)

    @Test func `half of the inputs are new, most others decide something else in a part, and some are libFuzzer's`() {
        let input = DecisionInput.new(3)
        let changed = (0..<400).map { DecisionInput.mutated(input, seed: $0, mutation) }
        let isNew = (0..<UInt64(400)).map { seed in
            DecisionInput.mutated([], seed: seed, mutation) == changed[Int(seed)] && changed[Int(seed)] != nil
        }
        #expect((160...240).contains(isNew.count { $0 }))
        #expect((20...90).contains(changed.count { $0 == nil }))
        let parts = zip(changed, isNew).compactMap { $1 ? nil : $0 }
        #expect(parts.count > 80 && parts.allSatisfy { !$0.isEmpty && $0.count <= 4096 && $0 != input })
    }

    @Test func `new inputs decide cases of the whole domain`() {
        let settings = WorkerSettings()
        let cases = (0..<200).map { settings.subject(of: DecisionInput.new($0)) }
        #expect(Set(cases.map(\.test.wasm)).count > 195)
        #expect((60...140).contains(cases.count { $0.recipe == nil }))
    }

    @Test func `bytes that decide nothing are left to libFuzzer`() {
        for (raw, modules) in [(true, false), (false, true)] {
            var settings = WorkerSettings()
            settings.takesRawBytes = raw
            settings.takesModules = modules
            #expect(settings.mutation(greatestSize: 4096) == nil)
            #expect((0..<20).allSatisfy { DecisionInput.mutated([1, 2, 3], seed: $0, nil) == nil })
        }
    }

    @Test func `one of three inputs that are crossed has a part of the other`() {
        let (first, second) = (DecisionInput.new(1), DecisionInput.new(2))
        let crossed = (0..<300).map {
            DecisionInput.crossed(first, with: second, seed: $0, greatestSize: 4096)
        }
        #expect((60...140).contains(crossed.count { $0 != nil }))
    }
}
