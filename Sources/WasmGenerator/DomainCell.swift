/// A part of what can be generated: which edge is crossed, by how many values of which classes, between what kind of body, with which feature
/// in the module.
///
/// A case is in several cells: one for each edge and each feature of it.
public struct DomainCell: Hashable, Sendable {
    public var edge: Edge
    public var arity: ArityBucket
    public var classes: ClassMix
    public var body: BodyStyle
    public var feature: CellFeature

    /// Makes a cell.
    public init(edge: Edge, arity: ArityBucket, classes: ClassMix, body: BodyStyle, feature: CellFeature) {
        self.edge = edge
        self.arity = arity
        self.classes = classes
        self.body = body
        self.feature = feature
    }

    /// A number of its own, below that of the greatest cell: what counts cells does so often.
    public var number: Int {
        var number = ordinal(edge)
        number = number * ArityBucket.allCases.count + ordinal(arity)
        number = number * ClassMix.allCases.count + ordinal(classes)
        number = number * BodyStyle.allCases.count + ordinal(body)
        return number * CellFeature.allCases.count + ordinal(feature)
    }

    /// The cell of a ``number``; nil where there is none.
    public init?(number: Int) {
        var rest = number
        func part<Part: CaseIterable>(_ cases: Part.Type) -> Part where Part.AllCases == [Part] {
            defer { rest /= cases.allCases.count }
            return cases.allCases[rest % cases.allCases.count]
        }
        guard number >= 0 else { return nil }
        feature = part(CellFeature.self)
        body = part(BodyStyle.self)
        classes = part(ClassMix.self)
        arity = part(ArityBucket.self)
        guard rest < Edge.allCases.count else { return nil }
        edge = part(Edge.self)
    }

    public static func == (left: DomainCell, right: DomainCell) -> Bool { left.number == right.number }

    public func hash(into hasher: inout Hasher) { hasher.combine(number) }

    /// The five parts, as in `loop 9-32 mixed routing tail-calls`.
    public var text: String {
        "\(edge.rawValue) \(arity.rawValue) \(classes.rawValue) \(body.rawValue) \(feature.rawValue)"
    }
}

/// The position of a case among all of them.
///
/// An enumeration without payloads is laid out as the number of its case, in one byte up to 256 cases (Swift ABI, "Type Layout: Fragile Enum
/// Layout"); a test compares it with `allCases`.
@inline(__always)
func ordinal<Case>(_ value: Case) -> Int { Int(unsafeBitCast(value, to: UInt8.self)) }

/// The length of the longer list of a signature, by where engines change what they do with it.
public enum ArityBucket: String, Hashable, Sendable, CaseIterable {
    case none = "0"
    case one = "1"
    /// As many as there are registers for, or nearly.
    case inRegisters = "2-8"
    case onTheStack = "9-32"
    case beyondShortOffsets = "33-127"
    case aroundByte = "128-256"
    /// Up to the public limits.
    case upToLimits = "257-1000"
    case beyondLimits = "1001+"

    /// The bucket of a length.
    public init(_ count: Int) {
        self =
            switch count {
            case ..<1: .none
            case 1: .one
            case 2...8: .inRegisters
            case 9...32: .onTheStack
            case 33...127: .beyondShortOffsets
            case 128...256: .aroundByte
            case 257...1000: .upToLimits
            default: .beyondLimits
            }
    }
}

/// Which classes of registers the values of both lists of a signature take.
public enum ClassMix: String, Hashable, Sendable, CaseIterable {
    case none = "no-values"
    case integers = "integers"
    case floats = "floats"
    case vectors = "vectors"
    case references = "references"
    case mixed = "mixed"
}

/// What is done with the values on their way.
public enum BodyStyle: String, Hashable, Sendable, CaseIterable {
    /// They go through as they are.
    case routing = "routing"
    /// They are left, and others come instead.
    case constants = "constants"
    case arithmetic = "arithmetic"
    /// Whatever a program does.
    case program = "program"
}

/// A feature beyond the first release, as far as it changes how values cross an edge.
public enum CellFeature: String, Hashable, Sendable, CaseIterable {
    case none = "none"
    case vectors = "simd"
    case relaxedVectors = "relaxed-simd"
    case references = "reference-types"
    case exceptions = "exceptions"
    case tailCalls = "tail-calls"
    case functionReferences = "function-references"
    case bulkMemory = "bulk-memory"
    case severalMemories = "multi-memory"
    case longAddresses = "memory64"
    case objects = "gc"
}
