import Testing
import WasmGenerator
import WasmModel

@testable import DecisionMutation

/// What each change of a traced input leaves as it is.
struct DecisionEditTests {
    /// Edits of many inputs, with the traces before them, where the edit was possible.
    private static func edits(
        of inputs: [[UInt8]],
        _ change: (inout DecisionEdit) -> Bool
    ) -> [(before: DecisionTrace, after: DecisionTrace)] {
        inputs.enumerated().compactMap { number, input in
            let before = TracedPrograms.trace(input)
            var edit = TracedPrograms.edit(before, seed: UInt64(number))
            return change(&edit) ? (before, edit.trace) : nil
        }
    }

    private static let programs = TracedPrograms.inputs(40, arePrograms: true)
    private static let recipes = TracedPrograms.inputs(40, arePrograms: false)

    @Test
    func `another alternative of a choice of a function's or an instruction's leaves the other functions as they are`()
        throws
    {
        let edits = Self.edits(of: Self.programs) { $0.setChoice() }
        var kept = 0
        for (before, after) in edits {
            let (old, new) = (
                TracedPrograms.parts(before, named: .function), TracedPrograms.parts(after, named: .function)
            )
            // A choice about the module may add a function.
            if old.count == new.count, zip(old, new).count(where: { $0 != $1 }) <= 1 { kept += 1 }
        }
        #expect(edits.count == 40 && kept > 35, "\(kept) of \(edits.count)")
    }

    @Test func `another alternative of a choice of a recipe's changes one part of the recipe`() throws {
        let edits = Self.edits(of: Self.recipes) { $0.setChoice() }
        for (before, after) in edits {
            guard let old = TracedPrograms.recipe(of: before.bytes), let new = TracedPrograms.recipe(of: after.bytes)
            else {
                continue
            }
            let changes = [
                old.edges != new.edges, old.results != new.results, old.parameters != new.parameters,
                old.routing != new.routing, old.constantsSeed != new.constantsSeed,
                old.storesResults != new.storesResults, old.condition != new.condition,
                old.iterations != new.iterations, old.branchTarget != new.branchTarget,
                old.invocationCount != new.invocationCount, old.tailCallKind != new.tailCallKind,
                old.catchKind != new.catchKind, old.throwsInCallee != new.throwsInCallee,
                old.throwsAgain != new.throwsAgain, old.usesPartialOperators != new.usesPartialOperators,
                old.keepsCallee != new.keepsCallee,
            ]
            #expect(changes.count { $0 } <= 1)
        }
    }

    @Test func `an arity is put at a boundary, and nothing else is changed`() throws {
        let edits = Self.edits(of: Self.recipes) { $0.setArity() }
        #expect(edits.count == 40)
        for (before, after) in edits {
            let (old, new) = (
                try #require(TracedPrograms.recipe(of: before.bytes)),
                try #require(TracedPrograms.recipe(of: after.bytes))
            )
            #expect(old.results == new.results || old.parameters == new.parameters)
            for (former, count) in [
                (old.results.count, new.results.count), (old.parameters.count, new.parameters.count),
            ] where former != count {
                #expect(ArityBoundary.upTo(300).contains(count))
            }
            #expect(old.edges == new.edges && old.routing == new.routing && old.keepsCallee == new.keepsCallee)
        }
    }

    @Test func `an element that is taken out is gone, and the rest stays`() throws {
        for (before, after) in Self.edits(of: Self.programs + Self.recipes, { $0.remove() }) {
            let gone = before.spans.first { span in
                guard span.name.isElement, span.name != .signature else { return false }
                var bytes = before.bytes
                bytes.removeSubrange(span.range)
                return after.bytes.starts(with: bytes) || bytes.starts(with: after.bytes)
            }
            guard gone == nil else { continue }
            // Otherwise it was a function, with its signature.
            let counts = [before, after].map { TracedPrograms.parts($0, named: .signature).count }
            #expect(counts[1] == counts[0] - 1)
        }
    }

    @Test func `a function that is taken out leaves the others`() throws {
        var (taken, kept) = (0, 0)
        for (before, after) in Self.edits(of: TracedPrograms.inputs(120, arePrograms: true), { $0.remove() }) {
            let (old, new) = (
                TracedPrograms.parts(before, named: .function), TracedPrograms.parts(after, named: .function)
            )
            guard old.count == new.count + 1 else { continue }
            taken += 1
            if old.indices.contains(where: { new == Array(old[..<$0]) + Array(old[($0 + 1)...]) }) { kept += 1 }
        }
        // How many bytes decide which function is called depends on how many there are.
        #expect(taken > 2 && kept > taken / 2, "\(kept) of \(taken)")
    }

    @Test func `an element that is doubled is there twice`() {
        let edits = Self.edits(of: Self.programs) { $0.duplicate() }
        for (before, after) in edits {
            let doubled = before.spans.contains { span in
                guard span.name.isElement else { return false }
                let bytes = before.bytes[span.range]
                return after.bytes[span.range] == bytes
                    && after.bytes.dropFirst(span.range.upperBound).starts(with: bytes)
            }
            #expect(doubled)
        }
        #expect(edits.count > 30)
    }

    @Test func `an instruction that is put in leaves what comes behind it`() {
        let edits = Self.edits(of: Self.programs) { $0.insert() }
        let kept = edits.count { before, after in
            let (old, new) = (
                TracedPrograms.parts(before, named: .function), TracedPrograms.parts(after, named: .function)
            )
            return old.count == new.count && zip(old, new).count(where: { $0 != $1 }) == 1
        }
        #expect(edits.count == 40 && kept > 35, "\(kept) of \(edits.count)")
    }

    @Test func `a part is taken from another input, and the rest stays`() throws {
        for (number, input) in Self.recipes.enumerated() {
            let donor = TracedPrograms.trace(Self.recipes[(number + 1) % Self.recipes.count])
            let before = TracedPrograms.trace(input)
            var edit = TracedPrograms.edit(before, seed: UInt64(number))
            guard edit.take(from: donor) else { continue }
            let (old, new) = (
                try #require(TracedPrograms.recipe(of: before.bytes)),
                try #require(TracedPrograms.recipe(of: edit.trace.bytes))
            )
            let names = DecisionSpan.Name.allCases.filter { name in
                TracedPrograms.parts(before, named: name) != TracedPrograms.parts(edit.trace, named: name)
            }
            for name in names where name != .types {
                let theirs = TracedPrograms.parts(donor, named: name)
                #expect(TracedPrograms.parts(edit.trace, named: name).contains { theirs.contains($0) || name == .edge })
            }
            #expect(old.routing == new.routing && old.constantsSeed == new.constantsSeed)
            #expect(old.keepsCallee == new.keepsCallee && old.invocationCount == new.invocationCount)
        }
    }

    @Test func `a list of instructions goes on as another one does`() {
        var taken = 0
        for (number, input) in Self.programs.enumerated() {
            let donor = TracedPrograms.trace(Self.programs[(number + 1) % Self.programs.count])
            var edit = TracedPrograms.edit(TracedPrograms.trace(input), seed: UInt64(number))
            guard edit.takeTail(from: donor) else { continue }
            let theirs = Set(TracedPrograms.parts(donor, named: .instruction))
            if TracedPrograms.parts(edit.trace, named: .instruction).contains(where: theirs.contains) { taken += 1 }
        }
        #expect(taken > 30, "\(taken) of 40")
    }
}
