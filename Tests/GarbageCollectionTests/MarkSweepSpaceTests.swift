import GarbageCollection
import Testing

@Suite struct MarkSweepSpaceTests {
    /// Objects in a space, by their first unit, with their sizes; overlaps are found.
    private struct Model {
        var space: MarkSweepSpace
        var objects: [Int: Int] = [:]
        private var owners: [Int?]
        var collections = 0

        init(capacity: Int, leastBudget: Int) {
            space = MarkSweepSpace(capacity: capacity, leastBudget: leastBudget)
            owners = Array(repeating: nil, count: capacity)
        }

        /// Adds an object, after a collection where there must be one; nil where the space is full.
        mutating func allocate(_ count: Int, keeping isAlive: (Int) -> Bool) -> Int? {
            var start = space.allocate(count)
            if start == nil {
                collect(isAlive)
                start = space.allocate(count)
            }
            guard let start else { return nil }
            for unit in start..<start + count {
                #expect(owners[unit] == nil)
                owners[unit] = start
            }
            objects[start] = count
            #expect(start + count <= space.end && space.end <= space.capacity)
            return start
        }

        mutating func collect(_ isAlive: (Int) -> Bool) {
            collections += 1
            for (start, count) in objects where !isAlive(start) {
                for unit in start..<start + count { owners[unit] = nil }
                objects[start] = nil
            }
            for start in objects.keys {
                let isNewMark = space.mark(start)
                #expect(isNewMark)
                let isKnownMark = space.mark(start)
                #expect(!isKnownMark)
            }
            space.sweep(rootCount: 0) { objects[$0]! }
        }

        func check() {
            for unit in 0..<space.capacity { #expect(space.isObject(unit) == (objects[unit] != nil)) }
        }
    }

    @Test(arguments: [(1, 8), (1, 1), (3, 100), (1, 200)])
    func `objects do not overlap, and stay where they are while they are alive`(sizes: (Int, Int)) {
        var random = Random(seed: UInt64(sizes.1))
        var model = Model(capacity: 20_000, leastBudget: 1000)
        var alive: [Int] = []
        for _ in 0..<4000 {
            if alive.count > 40 { alive.remove(at: random.next(below: alive.count)) }
            let kept = Set(alive)
            let start = model.allocate(sizes.0 + random.next(below: sizes.1), keeping: kept.contains)
            guard let start else {
                Issue.record("the space is full")
                return
            }
            for object in alive { #expect(model.objects[object] != nil) }
            alive.append(start)
        }
        #expect(model.collections > 1)
        model.check()
    }

    @Test func `dead objects cost nothing, and collections are seldom`() {
        var model = Model(capacity: 1000, leastBudget: 500)
        for _ in 0..<10_000 {
            let object = model.allocate(5, keeping: { _ in false })
            #expect(object != nil)
        }
        #expect(model.collections == 100 - 1)
    }

    @Test func `a space is full when little is free`() {
        var model = Model(capacity: 1600, leastBudget: 1600)
        var count = 0
        while model.allocate(10, keeping: { _ in true }) != nil { count += 1 }
        #expect(count == 160)
        // One object in sixteen is freed, and may be allocated again.
        var first = Set(model.objects.keys.sorted().prefix(16))
        model.collect { !first.contains($0) }
        first = []
        let object = model.allocate(10, keeping: { _ in true })
        #expect(object != nil)
    }

    @Test func `an object larger than every free part is refused, and the space stays usable`() {
        var model = Model(capacity: 1000, leastBudget: 1000)
        var objects: [Int] = []
        while let start = model.space.allocate(10) {
            model.objects[start] = 10
            objects.append(start)
        }
        #expect(objects.count == 100)
        let kept = Set(objects.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
        for start in kept {
            let isNewMark = model.space.mark(start)
            #expect(isNewMark)
        }
        model.space.sweep(rootCount: 0) { _ in 10 }
        let larger = model.space.allocate(11)
        #expect(larger == nil)
        for start in kept {
            let isNewMark = model.space.mark(start)
            #expect(isNewMark)
        }
        model.space.sweep(rootCount: 0) { _ in 10 }
        let objectsAgain = (0..<50).map { _ in model.space.allocate(10) }
        #expect(!objectsAgain.contains(nil))
        let another = model.space.allocate(10)
        #expect(another == nil)
    }

    @Test func `the latest object can be taken back`() throws {
        var space = MarkSweepSpace(capacity: 100, leastBudget: 100)
        let made = space.allocate(60)
        let first = try #require(made)
        for _ in 0..<1000 {
            let again = space.allocate(30)
            let second = try #require(again)
            #expect(space.isObject(second))
            space.takeBack(second, 30)
            #expect(!space.isObject(second) && space.isObject(first))
        }
    }
}

/// Numbers that are the same in every run.
private struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
