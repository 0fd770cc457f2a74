/// A module, as decoded, parsed or generated; nothing is known about its validity.
///
/// Spec: core 3.0, section 2.5 "Modules".
public struct Module: Hashable, Sendable {
    /// The defined types of all recursion groups, one after another.
    public var types: [SubType] = []
    /// The groups of ``types``: adjacent ranges that cover it. A type that is not in a `rec` is a group of one.
    public var recursionGroups: [Range<Int>] = []
    public var imports: [Import] = []
    public var functions: [Function] = []
    public var tables: [Table] = []
    public var memories: [MemoryType] = []
    public var tags: [TypeIndex] = []
    public var globals: [Global] = []
    public var exports: [Export] = []
    public var start: FunctionIndex?
    public var elements: [ElementSegment] = []
    public var data: [DataSegment] = []
    /// The number in the data count section, where there is one.
    public var dataCount: UInt32?
    public var names = ModuleNames()
    /// Custom sections other than `name`.
    public var customSections: [CustomSection] = []

    /// Makes an empty module.
    public init() {}

    /// Adds a final type as a recursion group of its own and returns its index.
    public mutating func addType(_ type: FunctionType) -> TypeIndex { addType(SubType(.function(type))) }

    /// The type of a block that takes and leaves values, which is added to the module where the block cannot say it by itself.
    public mutating func blockType(_ parameters: [ValueType], _ results: [ValueType]) -> BlockType {
        if parameters.isEmpty, results.count < 2 { return results.first.map(BlockType.result) ?? .empty }
        return .type(addType(FunctionType(parameters: parameters, results: results)))
    }

    /// Adds a type as a recursion group of its own and returns its index.
    public mutating func addType(_ type: SubType) -> TypeIndex {
        types.append(type)
        recursionGroups.append(types.count - 1..<types.count)
        return TypeIndex(types.count - 1)
    }
}

/// Something that a module takes from outside.
public struct Import: Hashable, Sendable {
    public var module: String
    public var name: String
    public var type: ExternalType

    /// Makes an import.
    public init(module: String, name: String, type: ExternalType) {
        self.module = module
        self.name = name
        self.type = type
    }
}

/// The type of an import, as written in the module.
public enum ExternalType: Hashable, Sendable {
    case function(TypeIndex)
    case table(TableType)
    case memory(MemoryType)
    case global(GlobalType)
    case tag(TypeIndex)
}

/// A function that is defined in the module.
public struct Function: Hashable, Sendable {
    public var type: TypeIndex
    /// Declared locals in runs of one type, parameters excluded.
    public var locals: [LocalRun]
    /// The body, with its final `end`.
    public var body: [Instruction]
    /// Where each instruction of the body stands in the binary; empty where the module was not decoded.
    public var offsets: InstructionOffsets

    /// Makes a function.
    public init(type: TypeIndex, locals: [LocalRun] = [], body: [Instruction], offsets: InstructionOffsets = .init()) {
        self.type = type
        self.locals = locals
        self.body = body
        self.offsets = offsets
    }
}

/// So many locals of one type.
public struct LocalRun: Hashable, Sendable {
    public var count: UInt32
    public var type: ValueType

    /// Makes a run of locals.
    public init(count: UInt32, type: ValueType) {
        self.count = count
        self.type = type
    }
}

/// The byte offsets of the instructions of a body from the start of the module's binary.
///
/// They say where a module came from and not what it is, so any two are equal.
public struct InstructionOffsets: Hashable, Sendable {
    /// One offset an instruction, in bytes; empty where unknown.
    public var values: [UInt32]

    /// Makes offsets.
    public init(_ values: [UInt32] = []) { self.values = values }

    /// The offset of the instruction at a position of the body, where it is known.
    public subscript(position: Int) -> UInt32? { position < values.count ? values[position] : nil }

    /// Always true.
    public static func == (left: Self, right: Self) -> Bool { true }

    /// Feeds nothing, as all values are equal.
    public func hash(into hasher: inout Hasher) {}
}

/// A constant expression or another sequence of instructions, with its final `end`.
public typealias Expression = [Instruction]

/// A table that is defined in the module.
public struct Table: Hashable, Sendable {
    public var type: TableType
    /// What the elements are at first; null where absent.
    public var initializer: Expression?

    /// Makes a table.
    public init(type: TableType, initializer: Expression? = nil) {
        self.type = type
        self.initializer = initializer
    }
}

/// A global that is defined in the module.
public struct Global: Hashable, Sendable {
    public var type: GlobalType
    public var initializer: Expression

    /// Makes a global.
    public init(type: GlobalType, initializer: Expression) {
        self.type = type
        self.initializer = initializer
    }
}

/// Something that a module offers under a name.
public struct Export: Hashable, Sendable {
    public var name: String
    public var item: ExternalIndex

    /// Makes an export.
    public init(name: String, item: ExternalIndex) {
        self.name = name
        self.item = item
    }
}

/// An item of one of the index spaces that can be exported.
public enum ExternalIndex: Hashable, Sendable {
    case function(FunctionIndex)
    case table(TableIndex)
    case memory(MemoryIndex)
    case global(GlobalIndex)
    case tag(TagIndex)
}

/// References for tables.
public struct ElementSegment: Hashable, Sendable {
    public var type: ReferenceType
    public var items: ElementItems
    public var mode: ElementMode

    /// Makes an element segment.
    public init(type: ReferenceType, items: ElementItems, mode: ElementMode) {
        self.type = type
        self.items = items
        self.mode = mode
    }
}

/// How the references of an element segment are written: the binary format keeps the two apart.
public enum ElementItems: Hashable, Sendable {
    case functions([FunctionIndex])
    case expressions([Expression])
}

/// When the references of an element segment are used.
public enum ElementMode: Hashable, Sendable {
    case passive
    case declarative
    case active(TableIndex, offset: Expression)
}

/// Bytes for memories.
public struct DataSegment: Hashable, Sendable {
    public var bytes: [UInt8]
    public var mode: DataMode

    /// Makes a data segment.
    public init(bytes: [UInt8], mode: DataMode) {
        self.bytes = bytes
        self.mode = mode
    }
}

/// When the bytes of a data segment are used.
public enum DataMode: Hashable, Sendable {
    case passive
    case active(MemoryIndex, offset: Expression)
}

/// A custom section that the project does not interpret.
public struct CustomSection: Hashable, Sendable {
    public var name: String
    public var bytes: [UInt8]
    /// The identifier of the last known section before it; zero where there is none.
    public var followsSection: UInt8

    /// Makes a custom section.
    public init(name: String, bytes: [UInt8], followsSection: UInt8 = 0) {
        self.name = name
        self.bytes = bytes
        self.followsSection = followsSection
    }
}

/// The names that the `name` section gives; positions without a name are absent.
///
/// Spec: core 3.0, appendix "Custom Sections", and the extended name section proposal.
public struct ModuleNames: Hashable, Sendable {
    public var module: String?
    public var functions: [FunctionIndex: String] = [:]
    public var locals: [FunctionIndex: [LocalIndex: String]] = [:]
    public var labels: [FunctionIndex: [UInt32: String]] = [:]
    public var types: [TypeIndex: String] = [:]
    public var tables: [TableIndex: String] = [:]
    public var memories: [MemoryIndex: String] = [:]
    public var globals: [GlobalIndex: String] = [:]
    public var elements: [ElementIndex: String] = [:]
    public var data: [DataIndex: String] = [:]
    public var fields: [TypeIndex: [FieldIndex: String]] = [:]
    public var tags: [TagIndex: String] = [:]

    /// Makes names that name nothing.
    public init() {}

    /// Whether nothing is named.
    public var isEmpty: Bool { self == ModuleNames() }
}
