import ByteCoding
import WasmModel

/// Why bytes are not a module, and where.
public struct DecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause; it begins with the text that the specification's test suite uses for it.
    public var reason: String
    /// In bytes from the start of the module.
    public var offset: Int
    /// The proposal beyond WebAssembly 3.0 that the bytes need; nil where they are malformed in all of them.
    public var proposal: Proposal?

    /// Whether the module is refused for its size alone.
    public var isLimit: Bool { reason.hasPrefix(ModuleLimits.refusal) }

    /// Whether a proposal or a limit is the cause, and the module not malformed otherwise.
    public var isRefusal: Bool { proposal != nil || isLimit }

    /// Makes an error.
    public init(_ reason: String, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// Makes an error of bytes that a proposal, where there is one, gives a meaning to.
    init(_ reason: String, _ proposal: Proposal?, offset: Int) {
        self.init(reason + (proposal?.remark ?? ""), offset: offset)
        self.proposal = proposal
    }

    /// The reason followed by the offset.
    public var description: String { "\(reason), at byte offset 0x\(String(offset, radix: 16))" }
}

/// Reads modules in the binary format.
///
/// Spec: core 3.0, chapter 5 "Binary Format".
public enum BinaryDecoder {
    /// Decodes a module.
    ///
    /// Any bytes end in a module or in an error; the memory that is used is linear in the number of bytes. A `name` section that
    /// is malformed is kept as a custom section.
    /// - Parameter features: where a feature widened an encoding that was there before (flags of segments, memory indices, 64-bit
    ///   limits and offsets, reference types of two parts, recursion groups, tags), the old one is demanded without it. All else
    ///   that is new is read; the validator refuses it.
    /// - Throws: the first malformation that is found, or the figure of the implementation limit that is exceeded.
    public static func decode(_ bytes: [UInt8], features: FeatureSet = .wasm3) throws(DecodingError) -> Module {
        let result = bytes.withUnsafeBytes { buffer -> Result<Module, DecodingError> in
            var decoder = ModuleDecoder(reading: buffer, features: features)
            do {
                try decoder.decodeModule()
                return .success(decoder.module)
            } catch let error as DecodingError {
                return .failure(error)
            } catch let error as ByteReadError {
                let isInSection = error.reason == .unexpectedEnd && decoder.isInSection
                let reason = isInSection ? "unexpected end of section or function" : error.reason.rawValue
                return .failure(DecodingError(reason, offset: error.offset))
            } catch {
                return .failure(DecodingError("\(error)", offset: decoder.reader.position))
            }
        }
        return try result.get()
    }
}

/// The sections by their identifiers.
///
/// Spec: core 3.0, section 5.5.2 "Sections".
enum SectionIdentifier: UInt8, CaseIterable {
    case custom, type, `import`, function, table, memory, global, export, start, element, code, data, dataCount, tag

    /// The known sections in the order that they must stand in.
    static let order: [SectionIdentifier] = [
        .type, .import, .function, .table, .memory, .tag, .global, .export, .start, .element, .dataCount, .code, .data,
    ]

    /// The place in ``order``, from one; zero for custom sections, which may stand anywhere.
    var rank: Int { (Self.order.firstIndex(of: self) ?? -1) + 1 }
}

/// The state of decoding one module.
struct ModuleDecoder: ~Copyable {
    var reader: ByteReader
    var module = Module()
    var isInSection = false
    /// The type indices of the function section; the code section turns them into functions.
    var declaredFunctions: [TypeIndex] = []
    var bodies: [Function] = []
    /// The offset of the first instruction that needs the data count section.
    var firstDataReference: Int?
    /// The same of function bodies, which alone count.
    private var firstDataReferenceInBodies: Int?
    let features: FeatureSet
    let hasMemory64: Bool
    let hasExceptions: Bool
    let hasTypedReferences: Bool
    /// Alignments of memory accesses are below it.
    let memoryFlagLimit: UInt32
    /// For every open block of the body that is decoded, whether an `else` may follow.
    var openBlocks: [Bool] = []
    var decoded = DecodedInstructions()
    let forms = OpcodeForms.all
    private var hasNames = false

    init(reading buffer: UnsafeRawBufferPointer, features: FeatureSet) {
        self.features = features
        hasMemory64 = features.contains(.memory64)
        hasExceptions = features.contains(.exceptions)
        hasTypedReferences = features.contains(.typedFunctionReferences)
        memoryFlagLimit = features.contains(.multiMemory) ? 0x80 : 0x20
        reader = ByteReader(buffer)
    }

    mutating func decodeModule() throws {
        guard reader.end <= ModuleLimits.moduleSizeInBytes else {
            throw limitError("bytes in the module", reader.end, ModuleLimits.moduleSizeInBytes, at: 0)
        }
        try BinaryHeader.skip(in: &reader)
        var last = SectionIdentifier.custom
        while !reader.isAtEnd {
            let start = reader.position
            isInSection = false
            guard let section = SectionIdentifier(rawValue: try reader.byte()), section != .tag || hasExceptions else {
                throw DecodingError("malformed section id", offset: start)
            }
            if section != .custom && section.rank <= last.rank {
                throw DecodingError("unexpected content after last section", offset: start)
            }
            isInSection = true
            let end = try reader.length() + reader.position
            if section == .custom {
                try decodeCustomSection(end: end, after: last)
            } else {
                try decode(section)
                last = section
            }
            if reader.position != end { throw DecodingError("section size mismatch", offset: reader.position) }
        }
        try joinFunctions()
        if let count = module.dataCount, Int(count) != module.data.count {
            throw DecodingError("data count and data section have inconsistent lengths", offset: reader.end)
        }
        if let offset = firstDataReferenceInBodies, module.dataCount == nil {
            throw DecodingError("data count section required", offset: offset)
        }
    }

    private mutating func decode(_ section: SectionIdentifier) throws {
        switch section {
        case .custom: break
        case .type: try decodeTypes()
        case .import: try decodeImports()
        case .function: try decodeFunctionDeclarations()
        case .table: try decodeTables()
        case .memory: try decodeMemories()
        case .tag: try decodeTags()
        case .global: try decodeGlobals()
        case .export: try decodeExports()
        case .start: module.start = FunctionIndex(try reader.u32())
        case .element: try decodeElements()
        case .dataCount: module.dataCount = try reader.u32()
        case .code:
            firstDataReference = nil
            try decodeBodies()
            firstDataReferenceInBodies = firstDataReference
        case .data: try decodeData()
        }
    }

    private mutating func decodeCustomSection(end: Int, after last: SectionIdentifier) throws {
        let name = try reader.name()
        guard reader.position <= end else { throw DecodingError("unexpected end", offset: end) }
        let content = try reader.bytes(end - reader.position)
        if name == "name", let names = NameSection.decode(content) {
            // A second one says nothing that counts.
            if !hasNames { module.names = names }
            hasNames = true
        } else {
            let section = CustomSection(name: name, bytes: Array(content), followsSection: last.rawValue)
            module.customSections.append(section)
        }
    }

    private mutating func joinFunctions() throws {
        guard declaredFunctions.count == bodies.count else {
            throw DecodingError("function and code section have inconsistent lengths", offset: reader.end)
        }
        module.functions = bodies
        bodies = []
        for position in declaredFunctions.indices { module.functions[position].type = declaredFunctions[position] }
    }

    // MARK: Lists

    /// Reads the number of items that follow, each at least one byte long.
    mutating func count(of items: String, limit: Int) throws -> Int {
        let start = reader.position
        let value = try reader.count()
        if value > limit { throw limitError(items, value, limit, at: start) }
        return value
    }

    func limitError(_ items: String, _ value: Int, _ limit: Int, at offset: Int) -> DecodingError {
        DecodingError(ModuleLimits.excess(items, value, limit) ?? items, offset: offset)
    }

    // MARK: Sections

    private mutating func decodeImports() throws {
        let count = try count(of: "imports", limit: ModuleLimits.imports)
        module.imports.reserveCapacity(count)
        for _ in 0..<count {
            let from = try reader.name()
            let name = try reader.name()
            if name.isEmpty, let next = reader.peek, next == 0x7E || next == 0x7F {
                throw DecodingError("malformed import kind", .compactImports, offset: reader.position)
            }
            module.imports.append(Import(module: from, name: name, type: try externalType()))
        }
    }

    private mutating func externalType() throws -> ExternalType {
        let start = reader.position
        switch try reader.byte() {
        case 0: return .function(TypeIndex(try reader.u32()))
        case 1: return .table(try tableType())
        case 2: return .memory(try memoryType())
        case 3: return .global(try globalType())
        case 4 where hasExceptions: return .tag(try tagType())
        case 0x20: throw DecodingError("malformed import kind", .customDescriptors, offset: start)
        default: throw DecodingError("malformed import kind", offset: start)
        }
    }

    private mutating func decodeFunctionDeclarations() throws {
        let count = try count(of: "functions", limit: ModuleLimits.functions)
        declaredFunctions.reserveCapacity(count)
        for _ in 0..<count { declaredFunctions.append(TypeIndex(try reader.u32())) }
    }

    private mutating func decodeTables() throws {
        for _ in 0..<(try count(of: "tables", limit: ModuleLimits.tables)) {
            if reader.peek == 0x40 {
                reader.position += 1
                let start = reader.position
                if try reader.byte() != 0 { throw DecodingError("zero byte expected", offset: start) }
                let type = try tableType()
                module.tables.append(Table(type: type, initializer: try expression()))
            } else {
                module.tables.append(Table(type: try tableType()))
            }
        }
    }

    private mutating func decodeMemories() throws {
        for _ in 0..<(try count(of: "memories", limit: ModuleLimits.memories)) {
            module.memories.append(try memoryType())
        }
    }

    private mutating func decodeTags() throws {
        for _ in 0..<(try count(of: "tags", limit: ModuleLimits.tags)) { module.tags.append(try tagType()) }
    }

    private mutating func decodeGlobals() throws {
        let count = try count(of: "globals", limit: ModuleLimits.globals)
        module.globals.reserveCapacity(count)
        for _ in 0..<count {
            let type = try globalType()
            module.globals.append(Global(type: type, initializer: try expression()))
        }
    }

    private mutating func decodeExports() throws {
        let count = try count(of: "exports", limit: ModuleLimits.exports)
        module.exports.reserveCapacity(count)
        for _ in 0..<count {
            let name = try reader.name()
            let start = reader.position
            let kind = try reader.byte()
            guard kind <= (hasExceptions ? 4 : 3) else { throw DecodingError("malformed export kind", offset: start) }
            let index = try reader.u32()
            let item: ExternalIndex =
                switch kind {
                case 0: .function(FunctionIndex(index))
                case 1: .table(TableIndex(index))
                case 2: .memory(MemoryIndex(index))
                case 3: .global(GlobalIndex(index))
                default: .tag(TagIndex(index))
                }
            module.exports.append(Export(name: name, item: item))
        }
    }

    private mutating func decodeElements() throws {
        let count = try count(of: "element segments", limit: ModuleLimits.elementSegments)
        for _ in 0..<count { module.elements.append(try elementSegment()) }
    }

    /// Bit 0 of the flags: not active; bit 1: declarative, or with a table index; bit 2: expressions. In the first release they
    /// are the index of the only table.
    private mutating func elementSegment() throws -> ElementSegment {
        let start = reader.position
        let flags = try reader.u32()
        let hasFlags = !features.isDisjoint(with: [.bulkMemory, .referenceTypes])
        guard flags <= (hasFlags ? 7 : 0) else { throw DecodingError("malformed elements segment kind", offset: start) }
        let mode: ElementMode
        if flags & 1 == 0 {
            let table = flags & 2 == 0 ? TableIndex(0) : TableIndex(try reader.u32())
            mode = .active(table, offset: try expression())
        } else {
            mode = flags & 2 == 0 ? .passive : .declarative
        }
        let hasType = flags & 3 != 0
        guard flags & 4 != 0 else {
            let kindStart = reader.position
            if hasType, try reader.byte() != 0 { throw DecodingError("malformed element kind", offset: kindStart) }
            let count = try self.count(of: "elements", limit: ModuleLimits.elementsPerSegment)
            var functions: [FunctionIndex] = []
            functions.reserveCapacity(count)
            for _ in 0..<count { functions.append(FunctionIndex(try reader.u32())) }
            let type = ReferenceType(isNullable: false, .function)
            return ElementSegment(type: type, items: .functions(functions), mode: mode)
        }
        let type = hasType ? try referenceType() : .function
        let count = try self.count(of: "elements", limit: ModuleLimits.elementsPerSegment)
        var expressions: [Expression] = []
        expressions.reserveCapacity(count)
        for _ in 0..<count { expressions.append(try expression()) }
        return ElementSegment(type: type, items: .expressions(expressions), mode: mode)
    }

    private mutating func decodeData() throws {
        let count = try count(of: "data segments", limit: ModuleLimits.dataSegments)
        for _ in 0..<count {
            let start = reader.position
            let flags = try reader.u32()
            let mode: DataMode
            // In the first release the flags are the index of the only memory.
            let hasFlags = features.contains(.bulkMemory)
            switch flags {
            case 0: mode = .active(0, offset: try expression())
            case 1 where hasFlags: mode = .passive
            case 2 where hasFlags:
                let memory = MemoryIndex(try reader.u32())
                mode = .active(memory, offset: try expression())
            default: throw DecodingError("malformed data segment kind", offset: start)
            }
            let length = try reader.count()
            module.data.append(DataSegment(bytes: Array(try reader.bytes(length)), mode: mode))
        }
    }
}
