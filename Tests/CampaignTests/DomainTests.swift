import Execution
import Foundation
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Campaign
@testable import Differential

struct DomainCellTests {
    private func texts(_ cells: Set<DomainCell>) -> [String] { cells.map(\.text).sorted() }

    @Test func `a recipe is in one cell for each of its edges and features`() {
        let plain = CaseRecipe(edges: [], parameters: [.i32], results: [.i64, .i32])
        #expect(texts(DomainCell.cells(of: plain)) == ["export 2-8 integers routing none"])
        var chain = CaseRecipe(
            edges: [.loop, .tailCallGrow],
            parameters: [],
            results: [ValueType](repeating: .v128, count: 300),
            routing: .arithmetic
        )
        #expect(
            texts(DomainCell.cells(of: chain)) == [
                "loop 257-1000 vectors arithmetic simd", "loop 257-1000 vectors arithmetic tail-calls",
                "tail-call-grow 257-1000 vectors arithmetic simd",
                "tail-call-grow 257-1000 vectors arithmetic tail-calls",
            ]
        )
        chain.tailCallKind = .reference
        #expect(texts(DomainCell.cells(of: chain)).contains("loop 257-1000 vectors arithmetic function-references"))
    }

    @Test func `a program is in the cells of its edges, each with the values that cross there`() throws {
        let module = try TextParser.module(
            """
            (module
              (tag $t (param i32))
              (func $few (param f32) (result f32) local.get 0)
              (func $many (param f32 f32) (result i32 f32 f32)
                (block (result i32) (try_table (catch $t 0) (call $few (f32.const 1)) drop) (i32.const 1))
                f32.const 0 f32.const 0)
              (func (export "f") (result i32 f32 f32) (return_call $many (f32.const 1) (f32.const 2)))
              (func (param v128) (result i32)
                (block (result i32) (br_table 0 1 (i32.const 1) (i32.const 2)))
                (if (param i32) (result i64) (i32.const 1) (then i64.extend_i32_u) (else i64.extend_i32_u))
                (throw $t (i32.wrap_i64))))
            """
        )
        let crossings = [
            "block 1 integers", "branch-table 1 integers", "direct-call 1 floats", "export 2-8 mixed", "if 1 integers",
            "tail-call 2-8 mixed", "tail-call-grow 2-8 mixed", "throw-catch 1 integers", "throw-out 1 integers",
            "try-block 0 no-values", "try-call 1 floats",
        ]
        let expected = crossings.flatMap { crossing in
            ["exceptions", "simd", "tail-calls"].map { "\(crossing) program \($0)" }
        }
        #expect(texts(DomainCell.cells(of: module)) == expected)
        #expect(texts(DomainCell.cells(of: Module())) == ["export 0 no-values program none"])
    }

    @Test
    func
        `objects cross with their fields, a list cut by a tail call with the longer one, and clauses of all with parameters`()
        throws
    {
        let module = try TextParser.module(
            """
            (module
              (type $pair (struct (field i8) (field f64)))
              (type $many (array (mut f32)))
              (func $none)
              (func (param f32 f64 externref)
                (drop (struct.new $pair (i32.const 1) (f64.const 2)))
                (drop (array.new_fixed $many 9 \(String(repeating: "(f32.const 0)", count: 9))))
                (drop (ref.cast (ref null $pair) (ref.null none)))
                (loop (br_if 0 (i32.const 0)))
                (block (try_table (catch_all 0)))
                (return_call $none)))
            """
        )
        let crossings = [
            "array-new-fixed 9-32 floats", "block 0 no-values", "branch-if 0 no-values", "loop 0 no-values",
            "struct-cast 2-8 mixed", "struct-new 2-8 mixed", "tail-call 0 no-values", "tail-call-shrink 2-8 mixed",
            "throw-catch-all 2-8 mixed", "try-block 0 no-values",
        ]
        let found = texts(DomainCell.cells(of: module)).filter { $0.hasSuffix(" gc") }
        #expect(found == crossings.map { "\($0) program gc" })
    }

    @Test(arguments: ["everything", "exports", "calls", "tail-calls", "vectors", "references", "capped-20"])
    func `every recipe of a profile is in cells that are possible`(_ name: String) throws {
        let profile = try #require(Profile(named: name))
        let possible = Set(profile.possiblePlaces(maximumArity: 300).map(\.cell))
        for seed in 0..<1500 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            let recipe = profile.recipe(from: &decisions, maximumArity: 300)
            #expect(DomainCell.cells(of: recipe).isSubset(of: possible), "\(recipe.summary)")
        }
    }

    @Test(arguments: ["everything", "programs"])
    func `every program of a profile is in cells that are possible`(_ name: String) throws {
        let profile = try #require(Profile(named: name))
        let possible = Set(profile.possiblePlaces(maximumArity: 1_001).map(\.cell))
        for seed in 0..<300 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 1_001) else {
                continue
            }
            let cells = DomainCell.cells(of: program.module)
            #expect(cells.isSubset(of: possible), "seed \(seed): \(cells.subtracting(possible).map(\.text))")
        }
    }

    @Test func `what an engine lacks is not possible`() throws {
        let profile = try #require(Profile(named: "everything")).adapted(to: .wasm2)
        let places = profile.possiblePlaces(maximumArity: 8)
        #expect(!places.isEmpty)
        let lacking: Set<CellFeature> = [.exceptions, .tailCalls, .functionReferences, .severalMemories]
        #expect(places.allSatisfy { !lacking.contains($0.cell.feature) && $0.outcome != .threw })
        let arities = Set(places.filter { $0.cell.body != .program }.map(\.cell.arity))
        #expect(arities == [.none, .one, .inRegisters])
    }
}

struct DomainMapTests {
    private static let cell = DomainCell(
        edge: .loop,
        arity: .one,
        classes: .floats,
        body: .routing,
        feature: .none
    )

    private func judgement(_ outcomes: [(EngineName, Outcome?)]) -> Judgement {
        Judgement(
            subject: Case(CaseRecipe(edges: [.loop], parameters: [.f32], results: [])),
            entries: outcomes.map {
                Judgement.Entry(engine: $0.0, outcome: $0.1, verdict: .agreement, duration: .zero)
            }
        )
    }

    @Test func `each ending of a case is counted once for each engine, and what is no ending is not`() {
        var map = DomainMap()
        let trap = InvocationOutcome.trapped(.unreachable)
        map.add(
            judgement([
                ("a", .completed(Observation(invocations: [.returned([]), .returned([]), trap]))),
                ("b", .refused(reason: "")), ("c", .notRun(reason: "")), ("d", nil),
            ]),
            in: [Self.cell]
        )
        var other = DomainMap()
        other.add(judgement([("b", .completed(Observation(invocations: [trap])))]), in: [Self.cell])
        map.add(other)
        #expect(map.engines == ["a", "b"])
        #expect(map.cells == [Self.cell.text: ["returned": [1], "trapped": [1, 1], "refused": [0, 1]]])
    }

    @Test func `a map is the same in a file and from a worker`() throws {
        var map = DomainMap()
        let trap = Observation(invocations: [.trapped(.unreachable), .returned([])])
        map.add(judgement([("a", .completed(Observation(invocations: [.returned([])])))]), in: [Self.cell])
        map.add(judgement([("b", .completed(trap)), ("c", .refused(reason: ""))]), in: [Self.cell])
        let file = try JSONDecoder().decode(DomainMap.self, from: JSONEncoder().encode(map))
        #expect(file == map)
        var sent = SentDomainMap()
        sent.map = map
        #expect(try JSONDecoder().decode(SentDomainMap.self, from: JSONEncoder().encode(sent)) == sent)
    }

    @Test func `each place has a number of its own, from which it is found`() {
        let places = Profile.all[0].possiblePlaces(maximumArity: 10_000)
        #expect(Set(places.map(\.number)).count == places.count)
        #expect(places.allSatisfy { DomainPlace(number: $0.number) == $0 && DomainPlace(text: $0.text) == $0 })
        #expect(DomainPlace(number: -1) == nil && DomainPlace(number: .max) == nil)
    }

    @Test func `a summary names what is possible and was not met, and where least was`() {
        var map = DomainMap()
        map.add(
            judgement([
                ("a", .completed(Observation(invocations: [.returned([])]))),
                ("b", .completed(Observation(invocations: [.exhausted(reason: "")]))),
            ]),
            in: [Self.cell]
        )
        var large = Self.cell
        large.arity = .beyondLimits
        let places: Set = [
            DomainPlace(Self.cell, .returned), DomainPlace(Self.cell, .trapped), DomainPlace(large, .returned),
        ]
        let summary = DomainSummary(map, possible: places)
        #expect(summary.possible == 3 && summary.met == 1)
        #expect(summary.notMet == [Self.cell.text: ["trapped"], large.text: ["returned"]])
        #expect(summary.unforeseen == [Self.cell.text: ["exhausted"]])
        #expect(summary.rows.prefix(2).map(\.value) == ["1001+", "trapped"])
        #expect(summary.text.hasPrefix("domain: 1 of 3 places met (33.3 %); least of arity 1001+ 0 of 1, "))
    }
}
