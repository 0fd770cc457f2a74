/// A position in one of the index spaces of a module.
///
/// The phantom parameter keeps the spaces apart: a function index is not a type index.
///
/// Spec: core 3.0, section 2.5 "Indices".
@frozen
public struct Index<Space>: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByIntegerLiteral {
    /// The position, counted from zero, imports first.
    public var rawValue: UInt32

    /// Makes an index from its binary representation.
    @inlinable
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Makes an index from an array position; it must fit 32 bits.
    @inlinable
    public init(_ position: Int) { self.rawValue = UInt32(position) }

    /// Makes an index from a literal.
    @inlinable
    public init(integerLiteral value: UInt32) { self.rawValue = value }

    /// The index as a position in an array.
    @inlinable
    public var position: Int { Int(rawValue) }

    /// Orders by position.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The decimal number.
    public var description: String { String(rawValue) }
}

/// The names of the index spaces; they have no values.
public enum IndexSpace {
    public enum Types {}
    public enum Functions {}
    public enum Tables {}
    public enum Memories {}
    public enum Globals {}
    public enum Tags {}
    public enum Elements {}
    public enum Data {}
    public enum Locals {}
    public enum Labels {}
    public enum Fields {}
}

public typealias TypeIndex = Index<IndexSpace.Types>
public typealias FunctionIndex = Index<IndexSpace.Functions>
public typealias TableIndex = Index<IndexSpace.Tables>
public typealias MemoryIndex = Index<IndexSpace.Memories>
public typealias GlobalIndex = Index<IndexSpace.Globals>
public typealias TagIndex = Index<IndexSpace.Tags>
public typealias ElementIndex = Index<IndexSpace.Elements>
public typealias DataIndex = Index<IndexSpace.Data>
public typealias LocalIndex = Index<IndexSpace.Locals>
/// A relative nesting depth: zero is the innermost enclosing block.
public typealias LabelIndex = Index<IndexSpace.Labels>
public typealias FieldIndex = Index<IndexSpace.Fields>
