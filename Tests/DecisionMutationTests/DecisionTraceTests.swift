import Testing
import WasmGenerator

/// What a source that records tells.
struct DecisionTraceTests {
    private static let inputs =
        TracedPrograms.inputs(20, arePrograms: true) + TracedPrograms.inputs(20, arePrograms: false)

    @Test
    func
        `an input that is written out makes the same case, and so does what is left of it without what follows anyway`()
    {
        for input in Self.inputs {
            let trace = TracedPrograms.trace(input)
            let written = TracedPrograms.decided(by: trace.bytes)
            let trimmed = trace.trimmed(trace.bytes)
            #expect(written == TracedPrograms.decided(by: input))
            #expect(written == TracedPrograms.decided(by: trimmed))
            #expect(trimmed.count <= input.count && TracedPrograms.trace(trace.bytes) == trace)
        }
    }

    @Test func `spans are in each other, and a choice is in its span`() {
        for input in Self.inputs {
            let trace = TracedPrograms.trace(input)
            for span in trace.spans {
                #expect(span.range.upperBound <= trace.bytes.count)
                guard let parent = span.parent.map({ trace.spans[$0].range }) else { continue }
                #expect(parent.lowerBound <= span.range.lowerBound && span.range.upperBound <= parent.upperBound)
            }
            for choice in trace.choices {
                #expect(choice.value < choice.count && choice.range.upperBound <= trace.bytes.count)
                guard let span = choice.span.map({ trace.spans[$0].range }) else { continue }
                #expect(span.lowerBound <= choice.range.lowerBound && choice.range.upperBound <= span.upperBound)
            }
        }
    }

    @Test func `the parts of recipes and programs have names`() {
        let names = Self.inputs.map { input in Set(TracedPrograms.trace(input).spans.map(\.name)) }
        #expect(names.reduce([]) { $0.union($1) } == Set(DecisionSpan.Name.allCases))
        #expect(names[..<20].allSatisfy { $0.isSuperset(of: [.function, .list]) })
        #expect(names[20...].allSatisfy { $0.isSuperset(of: [.types, .arity, .mix]) })
    }
}
