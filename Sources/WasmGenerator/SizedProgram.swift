import WasmModel

/// A small program but for one thing, of which it has very many.
///
/// Compilers number what they make and measure how far it is: each number has so many bits somewhere. A program has what is to be counted
/// and lets all of it be seen, and nothing else.
public struct SizedProgram: Hashable, Sendable {
    public let item: CountedItem
    /// How many there are.
    public let count: Int

    /// Whether there are as many as there are at most.
    public var isGreatest: Bool { count == item.greatestCount }

    /// Makes a program; so many have to be possible.
    init(_ item: CountedItem, _ count: Int) {
        self.item = item
        self.count = count
    }

    /// The exponents of powers of two around which numbers are; that of a byte, of the 12 bits of an offset on ARM64, of signed and of unsigned
    /// 16 bits, and what is between them and behind them.
    private static let exponents = [16, 12, 8, 15, 17, 14, 10, 13, 11, 9]

    /// Those that features allow: of each item the largest first, by which a limit below shows as well, then numbers just above a power of
    /// two, and then those just below.
    public static func all(_ features: FeatureSet) -> [SizedProgram] {
        let items = CountedItem.allCases.filter { features.contains($0.features) }
        var chosen = items.map { SizedProgram($0, $0.greatestCount) }
        for distance in [1, 0, -1] {
            for exponent in exponents {
                for item in items where 1 << exponent + distance < item.greatestCount {
                    chosen.append(SizedProgram(item, 1 << exponent + distance))
                }
            }
        }
        return chosen
    }

    /// A line for reports.
    public var summary: String { "\(count) \(item.rawValue)" }
}

/// What a program has very many of, in the order of what it costs to compile as many as there are at most.
public enum CountedItem: String, Hashable, Sendable, CaseIterable {
    case labels = "labels of a branch"
    case clauses = "clauses"
    case tags = "tags"
    case nestedBlocks = "blocks in each other"
    case calls = "calls"
    case codeBehindBranch = "vector operations between a branch and its target"
    case codeInLoop = "vector operations in a loop"
    case liveVectors = "vectors in use"
    case globals = "globals"
    case tableElements = "elements of a table"
    case types = "types"
    case dataSegments = "data segments"
    case liveIntegers = "integers in use"
    case vectorConstants = "vector constants"
    case functions = "functions"
    case blocks = "blocks in a row"
    case locals = "locals"
    case floatConstants = "float constants"
    case liveFloats = "floats in use"
    case integerConstants = "integer constants"

    /// More than any of the numbers that compilers have bits for, as far as the time to compile allows.
    var greatestCount: Int {
        switch self {
        case .vectorConstants, .floatConstants, .integerConstants: 65_537
        case .globals, .types, .tableElements, .labels: 65_537
        case .dataSegments: 65_537
        case .locals: 32_770
        case .liveIntegers, .liveFloats: 66_000
        case .liveVectors: 17_000
        // Of 28 bytes each on ARM64, which together are more than the 1 MiB that a conditional branch reaches.
        case .codeBehindBranch, .codeInLoop: 40_000
        case .tags, .functions, .calls, .clauses: 4_097
        case .nestedBlocks: 4_097
        case .blocks: 8_193
        }
    }

    var features: FeatureSet {
        switch self {
        case .vectorConstants, .liveVectors, .codeBehindBranch, .codeInLoop: .simd
        case .tags, .clauses: .exceptions
        case .dataSegments: .bulkMemory
        case .globals, .types, .tableElements, .labels, .functions, .nestedBlocks, .liveFloats, .liveIntegers,
            .floatConstants, .integerConstants, .locals, .blocks, .calls:
            []
        }
    }
}
