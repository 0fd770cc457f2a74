import Testing

@testable import Campaign

struct ShardTests {
    /// The places in a stream at which the workers of a shard begin, up to a limit.
    private func places(_ shard: Shard, workers: Int, below limit: Int) -> [Int] {
        (0..<workers).flatMap { number -> [Int] in
            var settings = WorkerSettings()
            settings.number = number
            settings.count = workers
            shard.divide(&settings)
            return (0..<limit).map(settings.index).filter { $0 < limit }
        }
    }

    @Test(arguments: [1, 2, 3, 5])
    func `shards run each case of a stream once, however many workers each machine has`(count: Int) throws {
        let shards = try (1...count).map { try #require(Shard("\($0)/\(count)")) }
        let all = shards.enumerated().flatMap { places($1, workers: $0 + 1, below: 200) }
        #expect(all.sorted() == Array(0..<200))
        #expect(Set(shards.map(\.seedOffset)).count == count)
    }

    @Test func `one shard is the whole campaign`() {
        var settings = WorkerSettings()
        settings.number = 2
        settings.count = 4
        let before = settings
        Shard.whole.divide(&settings)
        #expect(settings == before && Shard.whole.seedOffset == 0 && Shard("1/1") == .whole)
    }

    @Test(arguments: ["", "1", "0/3", "4/3", "1/0", "-1/2", "1/2/3", "a/b", "1/", "/2", "1/1000001"])
    func `what is no part of a whole is no shard`(text: String) {
        #expect(Shard(text) == nil)
    }
}
