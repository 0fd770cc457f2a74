/// For each number of a range another that stands for it, itself at first, in chains that lookups shorten.
///
/// Source: Tarjan, van Leeuwen, "Worst-Case Analysis of Set Union Algorithms", JACM 1984 (path compression).
struct Representatives {
    private var next: [UInt32]

    /// Makes every number below the count its own representative.
    init(count: Int) {
        next = (0..<UInt32(count)).map { $0 }
    }

    /// What stands next for a number; after ``shorten()`` that is the end of its chain.
    subscript(number: UInt32) -> UInt32 {
        get { next[Int(number)] }
        set { next[Int(number)] = newValue }
    }

    /// The end of a number's chain.
    mutating func find(_ number: UInt32) -> UInt32 {
        var root = number
        while next[Int(root)] != root { root = next[Int(root)] }
        var current = number
        while next[Int(current)] != root {
            let following = next[Int(current)]
            next[Int(current)] = root
            current = following
        }
        return root
    }

    /// Makes every chain one step.
    mutating func shorten() {
        for number in next.indices { _ = find(UInt32(number)) }
    }
}
