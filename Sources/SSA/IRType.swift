import WasmModel

/// The type of an SSA value; references of every kind are 64 opaque bits.
public enum IRType: UInt8, Hashable, Sendable, CaseIterable {
    case i32
    case i64
    case f32
    case f64
    case v128
    case reference

    /// The representation of a wasm type.
    public init(_ type: ValueType) {
        switch type {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        case .reference: self = .reference
        }
    }

    /// In bytes.
    public var size: Int {
        switch self {
        case .i32, .f32: 4
        case .i64, .f64, .reference: 8
        case .v128: 16
        }
    }

    /// Whether values live in general-purpose registers, as against floating-point and vector registers.
    public var isInteger: Bool {
        switch self {
        case .i32, .i64, .reference: true
        case .f32, .f64, .v128: false
        }
    }
}

/// The parameters and results of a callable, as the call layout sees them.
public struct Signature: Hashable, Sendable {
    public var parameters: [IRType]
    public var results: [IRType]

    /// Makes a signature from its two lists.
    public init(parameters: [IRType] = [], results: [IRType] = []) {
        self.parameters = parameters
        self.results = results
    }

    /// The representation of a wasm function type.
    public init(_ type: FunctionType) {
        self.init(parameters: type.parameters.map(IRType.init), results: type.results.map(IRType.init))
    }
}

/// The number of an SSA value in its function.
@frozen
public struct Value: Hashable, Sendable, CustomStringConvertible {
    public var index: UInt32
    @inlinable public init(_ index: Int) { self.index = UInt32(index) }
    @inlinable public var position: Int { Int(index) }
    /// `v7`, as in the text form.
    public var description: String { "v\(index)" }
}

/// The number of a block in its function; block 0 is the entry.
@frozen
public struct Block: Hashable, Sendable, CustomStringConvertible {
    public var index: UInt32
    @inlinable public init(_ index: Int) { self.index = UInt32(index) }
    @inlinable public var position: Int { Int(index) }
    /// `block7`, as in the text form.
    public var description: String { "block\(index)" }
}

/// A run of elements in one of the pools of a function.
@frozen
public struct PoolRange: Hashable, Sendable {
    public var start: UInt32
    public var count: UInt32
    @inlinable public init(start: Int, count: Int) {
        self.start = UInt32(start)
        self.count = UInt32(count)
    }
    /// The run of no elements.
    public static let empty = PoolRange(start: 0, count: 0)
    /// The positions in the pool.
    @inlinable public var positions: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
