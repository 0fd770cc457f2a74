import Differential
import Execution
import WasmFormats
import WasmGenerator

/// How often which part of the domain was met, with which outcome in which engine, the oracle included.
public struct DomainMap: Hashable, Sendable {
    /// By the number of a place: a count for each of ``engines``, of which the last ones may be missing.
    private(set) var counts: [Int: [Int]] = [:]
    /// The names of the engines, in the order of the counts.
    public private(set) var engines: [String] = []

    /// Makes an empty map.
    public init() {}

    init(_ engines: [String], counts: [Int: [Int]]) {
        self.engines = engines
        self.counts = counts
    }

    /// Whether nothing was met.
    var isEmpty: Bool { counts.isEmpty }

    /// How many cells were met, with whatever outcome.
    var cellCount: Int { Set(counts.keys.compactMap { DomainPlace(number: $0)?.cell }).count }

    /// What was met.
    var places: some Collection<DomainPlace> { counts.keys.lazy.compactMap { DomainPlace(number: $0) } }

    /// Whether a place was met.
    func contains(_ place: DomainPlace) -> Bool { counts[place.number] != nil }

    /// Counts what became of a case.
    mutating func add(_ judgement: Judgement, in cells: some Collection<DomainCell>) {
        for entry in judgement.entries {
            let outcomes = entry.outcome?.inDomain ?? []
            guard !outcomes.isEmpty else { continue }
            let position = position(of: entry.engine.description)
            for cell in cells {
                for outcome in outcomes { add(1, DomainPlace(cell, outcome).number, position) }
            }
        }
    }

    /// Adds what another one counted.
    mutating func add(_ other: DomainMap) {
        let positions = other.engines.map { position(of: $0) }
        for (place, counts) in other.counts {
            for (engine, count) in zip(positions, counts) where count > 0 { add(count, place, engine) }
        }
    }

    /// The same with the engines in the order of their names, in whatever order they were met.
    var ordered: DomainMap {
        var map = DomainMap(engines.sorted(), counts: [:])
        map.add(self)
        return map
    }

    private mutating func add(_ count: Int, _ place: Int, _ engine: Int) {
        counts[place, default: []].add(count, at: engine)
    }

    private mutating func position(of engine: String) -> Int {
        if let position = engines.firstIndex(of: engine) { return position }
        engines.append(engine)
        return engines.count - 1
    }
}

extension DomainMap: Codable {
    private enum CodingKeys: String, CodingKey {
        case engines = "engines"
        case cells = "cells"
    }

    /// The counts by the text of a cell and an outcome, as they are in files.
    var cells: [String: [String: [Int]]] {
        counts.reduce(into: [:]) { cells, entry in
            guard let place = DomainPlace(number: entry.key) else { return }
            cells[place.cell.text, default: [:]][place.outcome.rawValue] = entry.value
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(engines, forKey: .engines)
        try container.encode(cells, forKey: .cells)
    }

    /// Reads what was written; what is no place any more is left out.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        engines = try container.decode([String].self, forKey: .engines)
        for (cell, outcomes) in try container.decode([String: [String: [Int]]].self, forKey: .cells) {
            for (outcome, counts) in outcomes {
                if let place = DomainPlace(text: "\(cell) \(outcome)") { self.counts[place.number] = counts }
            }
        }
    }
}

extension [Int] {
    fileprivate mutating func add(_ number: Int, at position: Int) {
        while count <= position { append(0) }
        self[position] += number
    }
}

extension Outcome {
    /// What a map of the domain says of it: the endings that occur; none where it is no outcome of the case.
    var inDomain: Set<DomainOutcome> {
        switch self {
        case .completed(let observation):
            Set((observation.invocations + [observation.instantiation].compactMap { $0 }).compactMap(\.inDomain))
        case .refused: [.refused]
        case .rejected, .crashed, .timedOut, .memoryExhausted, .notRun: []
        }
    }
}

extension InvocationOutcome {
    fileprivate var inDomain: DomainOutcome? {
        switch self {
        case .returned, .exited: .returned
        case .trapped: .trapped
        case .threw: .threw
        case .exhausted: .exhausted
        case .mismatched, .unseen: nil
        }
    }
}

extension Case {
    /// Where it is in the domain: by its recipe, or else by what is in its modules.
    var cells: Set<DomainCell> {
        if let recipe { return DomainCell.cells(of: recipe) }
        return ([test.wasm] + test.companions).reduce(into: []) { cells, wasm in
            if let module = try? BinaryDecoder.decode(wasm) { cells.formUnion(DomainCell.cells(of: module)) }
        }
    }
}
