import Differential
import Execution
import WasmFormats
import WasmGenerator

/// How often which part of the domain was met, with which outcome in which engine, the oracle included.
public struct DomainMap: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case engines = "engines"
        case cells = "cells"
    }

    /// By the text of a cell and an outcome: a count for each of ``engines``, of which the last ones may be missing.
    public private(set) var cells: [String: [String: [Int]]] = [:]
    /// The names of the engines, in the order of the counts.
    public private(set) var engines: [String] = []

    /// Makes an empty map.
    public init() {}

    /// Whether nothing was met.
    var isEmpty: Bool { cells.isEmpty }

    /// Counts what became of a case.
    mutating func add(_ judgement: Judgement, in cells: some Collection<DomainCell>) {
        for entry in judgement.entries {
            let outcomes = entry.outcome?.inDomain ?? []
            guard !outcomes.isEmpty else { continue }
            let position = position(of: entry.engine.description)
            for cell in cells {
                let text = cell.text
                for outcome in outcomes { add(1, text, outcome.rawValue, position) }
            }
        }
    }

    /// Adds what another one counted.
    mutating func add(_ other: DomainMap) {
        let positions = other.engines.map { position(of: $0) }
        for (cell, outcomes) in other.cells {
            for (outcome, counts) in outcomes {
                for (engine, count) in zip(positions, counts) where count > 0 { add(count, cell, outcome, engine) }
            }
        }
    }

    private mutating func add(_ count: Int, _ cell: String, _ outcome: String, _ position: Int) {
        cells[cell, default: [:]][outcome, default: []].add(count, at: position)
    }

    private mutating func position(of engine: String) -> Int {
        if let position = engines.firstIndex(of: engine) { return position }
        engines.append(engine)
        return engines.count - 1
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
