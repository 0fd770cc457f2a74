import Foundation
import Testing
import WorkerIsolation

@testable import Campaign

struct WorkerTurnsTests {
    private let folder: ScratchFolder
    private let paths: [Int: String]

    init() throws {
        let folder = try ScratchFolder()
        self.folder = folder
        paths = Dictionary(uniqueKeysWithValues: (0..<5).map { ($0, "\(folder.path)/gate-\($0)") })
    }

    /// The slots whose gates can be passed.
    private func open() throws -> [Int] {
        try paths.keys.sorted().filter { slot in
            let gate = try Gate(try #require(paths[slot]))
            gate.close()
            return gate.isClosed
        }
    }

    @Test(arguments: [(false, 2), (true, 1)])
    func `as many drivers run as there are processors, one fewer while findings are stored`(
        _ isStoring: Bool,
        _ count: Int
    ) throws {
        var turns = try WorkerTurns(gates: paths, places: .ofDrivers(processors: 2), seconds: 1000)
        turns.update(isStoring: isStoring, isDone: { _ in false })
        #expect(try open() == Array(0..<count))
    }

    @Test func `one driver runs on one processor whatever is stored`() throws {
        var turns = try WorkerTurns(gates: paths, places: .ofDrivers(processors: 1), seconds: 1000)
        turns.update(isStoring: true, isDone: { _ in false })
        #expect(try open() == [0])
    }

    @Test func `as many workers run as the user wants, and they leave a processor while findings are stored`() {
        let places = [(1, 2), (2, 2), (8, 2), (2, 8), (1, 1)].map { WorkerTurns.Places.ofWorkers($0, processors: $1) }
        #expect(places.map(\.usual) == [1, 2, 8, 2, 1])
        #expect(places.map(\.whileStoring) == [1, 1, 1, 2, 1])
    }

    @Test func `every driver has its turn, and one that is done has none`() throws {
        var turns = try WorkerTurns(gates: paths, places: .ofDrivers(processors: 2), seconds: 0)
        var seen: [[Int]] = []
        for _ in 0..<4 {
            turns.update(isStoring: false, isDone: { $0 == 1 })
            // The one that is done passes as it likes.
            seen.append(try open().filter { $0 != 1 })
        }
        #expect(seen == [[0, 2], [3, 4], [0, 2], [3, 4]])
    }

    @Test func `who comes to a closed gate waits until it is open, and says so before`() async throws {
        let path = try #require(paths[0])
        let gate = try Gate(path)
        gate.close()
        #expect(gate.isClosed)
        let (waits, waited) = AsyncStream.makeStream(of: Void.self)
        let passing = Task.detached {
            try Gate(path).pass(willWait: { waited.yield() })
            return true
        }
        for await _ in waits { break }
        gate.open()
        #expect(try await passing.value)
    }
}
