import MachineCode
import SSA
import WasmFormats
import WasmModel

/// A global of a store: where its value is, and its type with the store's numbers for defined types.
struct GlobalCell {
    var address: UnsafeMutableRawPointer
    var type: GlobalType
}

/// The state of an instance: its context, its function records, its code, and what its index spaces mean.
final class InstanceState {
    let module: ValidatedModule
    let compiled: CompiledModule
    let layout: InstanceContextLayout
    /// The store's number of every type.
    let types: [UInt32]
    let code: ExecutableMemory
    /// The instance context, to which the pinned register points.
    let context: UnsafeMutableRawPointer
    /// One function record after another.
    let records: UnsafeMutableRawPointer
    /// In bytes.
    let recordsSize: Int
    unowned let store: CompiledStore

    // The index spaces, imports first.
    var memories: [LinearMemory] = []
    var tables: [ElementTable] = []
    var globals: [GlobalCell] = []
    /// The identities.
    var tags: [UInt64] = []
    /// The store's numbers.
    private(set) var functions: [Int] = []

    /// By element segment; empty where it was dropped.
    var elementSegments: [[UInt64]] = []
    /// By data segment; empty where it was dropped.
    var dataSegments: [[UInt8]] = []

    /// By function index, for imported functions only: that of the host, or the record in another instance.
    private var hostImports: [HostImplementation?] = []
    private var importedRecords: [UnsafeMutableRawPointer?] = []
    /// What functions of the host work on; nil where there is none.
    private(set) lazy var memoryForHost: LinearMemory? = module.module.memoryForHost.map { memories[$0.position] }
    private let pages: ZeroedPages
    /// Whether the module's indices name functions outside; not where the instance only lends its code to another.
    var namesFunctions = true
    /// The lowest index of every function, by its number; made at the first question.
    private lazy var functionIndices: [Int: FunctionIndex] = Dictionary(
        functions.enumerated().map { ($1, FunctionIndex($0)) },
        uniquingKeysWith: { first, _ in first }
    )

    init(
        _ module: ValidatedModule,
        compiled: CompiledModule,
        types: [UInt32],
        in store: CompiledStore
    ) throws(RuntimeFailure) {
        self.module = module
        self.compiled = compiled
        self.types = types
        self.store = store
        layout = InstanceContextLayout(module)
        code = try ExecutableMemory(code: compiled.code)
        recordsSize = module.functionTypeIndices.count * InstanceContextLayout.FunctionRecord.size
        let gap = 256
        pages = try ZeroedPages(size: layout.size + gap + recordsSize)
        context = pages.start
        records = pages.start + layout.size + gap
    }

    /// Adds the memory that code of the instance may use; what the instance imports is its owner's.
    func addRegions(to regions: inout [CodeMemoryRegion]) {
        regions.append(CodeMemoryRegion(code.start, code.size, .execute))
        regions.append(CodeMemoryRegion(context, layout.size, .readWrite))
        regions.append(CodeMemoryRegion(records, recordsSize, .readOnly))
        for memory in memories[module.importCounts.memories...] {
            regions.append(memory.region)
        }
        for table in tables[module.importCounts.tables...] {
            regions.append(table.region)
        }
    }

    // MARK: Imports

    /// Imports a function of the host, by its number in the store.
    func importHost(_ function: HostImplementation, number: Int) {
        functions.append(number)
        hostImports.append(function)
        importedRecords.append(nil)
    }

    func importFunction(_ index: FunctionIndex, of source: InstanceState) {
        functions.append(source.functions[index.position])
        hostImports.append(nil)
        importedRecords.append(source.records + index.position * InstanceContextLayout.FunctionRecord.size)
    }

    /// The imported function of the host at a function index.
    func hostImport(_ position: Int) -> HostImplementation? {
        position < hostImports.count ? hostImports[position] : nil
    }

    // MARK: Allocation

    /// Allocates what the module defines, after the imports are there.
    func allocate() throws(RuntimeFailure) {
        for (position, type) in module.module.memories.enumerated() {
            let mostPages = module.mostPages(
                ofMemory: position,
                within: store.limits.memoryPages,
                unseen: store.limits.unseenMemoryPages
            )
            memories.append(try LinearMemory(type, maximumPages: mostPages))
        }
        for table in module.module.tables {
            var type = table.type
            type.element = TypeRegistry.resolve(type.element, types)
            tables.append(try ElementTable(type, maximumElements: store.limits.tableElements))
        }
        for (position, global) in module.module.globals.enumerated() {
            let index = GlobalIndex(module.importCounts.globals + position)
            let type = TypeRegistry.resolve(global.type.valueType, types)
            globals.append(
                GlobalCell(
                    address: context + layout.globalCell(index),
                    type: GlobalType(type, isMutable: global.type.isMutable)
                )
            )
        }
        for (position, type) in module.module.tags.enumerated() {
            let cell = context + layout.tag(TagIndex(module.importCounts.tags + position))
            let identity = UInt64(UInt(bitPattern: cell))
            store.tagTypes[identity] = types[type.position]
            tags.append(identity)
        }
        for function in module.module.functions {
            functions.append(store.addFunction(ofType: types[function.type.position]))
        }
    }

    func fillContext() {
        typealias Layout = InstanceContextLayout
        let header: [(Int, UInt64)] = [
            (Layout.storeState, UInt64(UInt(bitPattern: store.state))),
            (Layout.stackLimit, UInt64(store.stackLimit)),
            (Layout.hostGate, UInt64(UInt(bitPattern: CompiledStore.hostGateAddress))),
            (Layout.hostData, UInt64(UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque()))),
            (Layout.functionRecords, UInt64(UInt(bitPattern: records))),
        ]
        for (offset, value) in header { context.storeBytes(of: value, toByteOffset: offset, as: UInt64.self) }
        for (position, memory) in memories.enumerated() {
            memory.publish(to: context + layout.memoryBase(MemoryIndex(position)))
        }
        for (position, table) in tables.enumerated() {
            table.publish(to: context + layout.tableBase(TableIndex(position)))
        }
        for position in 0..<module.importCounts.globals {
            context.storeBytes(
                of: globals[position].address,
                toByteOffset: layout.globalCell(GlobalIndex(position)),
                as: UnsafeMutableRawPointer.self
            )
        }
        for (position, identity) in tags.enumerated() {
            context.storeBytes(of: identity, toByteOffset: layout.tag(TagIndex(position)), as: UInt64.self)
        }
        for (position, number) in types.enumerated() {
            let offset = layout.typeIdentifier(TypeIndex(position))
            context.storeBytes(of: number, toByteOffset: offset, as: UInt32.self)
        }
    }

    func fillFunctionRecords() {
        typealias Record = InstanceContextLayout.FunctionRecord
        for (position, number) in functions.enumerated() {
            let record = records + position * Record.size
            if position < importedRecords.count, let source = importedRecords[position] {
                record.copyMemory(from: source, byteCount: Record.size)
                continue
            }
            let address = UnsafeRawPointer(code.start) + compiled.functionOffsets[position]
            record.storeBytes(of: address, toByteOffset: Record.code, as: UnsafeRawPointer.self)
            record.storeBytes(of: context, toByteOffset: Record.context, as: UnsafeMutableRawPointer.self)
            let type = UInt64(store.functionTypes[number])
            record.storeBytes(of: type, toByteOffset: Record.typeIdentifier, as: UInt64.self)
        }
    }

    // MARK: Values

    /// The reference to a function of the index space.
    func reference(to function: FunctionIndex) -> UInt64 {
        UInt64(UInt(bitPattern: records + function.position * InstanceContextLayout.FunctionRecord.size))
    }

    /// Writes values to slots of 16 bytes.
    func write(_ values: [WasmValue], to slots: UnsafeMutableRawPointer) {
        for (position, value) in values.enumerated() { write(bits(of: value), to: slots + position * 16) }
    }

    /// Writes a value in its machine form to a slot of 16 bytes.
    func write(_ bits: V128, to slot: UnsafeMutableRawPointer) {
        slot.storeBytes(of: bits.low, as: UInt64.self)
        slot.storeBytes(of: bits.high, toByteOffset: 8, as: UInt64.self)
    }

    /// Reads values of the types from slots of 16 bytes.
    func values(of types: [ValueType], at slots: UnsafeRawPointer) -> [WasmValue] {
        var values: [WasmValue] = []
        values.reserveCapacity(types.count)
        for (position, type) in types.enumerated() { values.append(value(at: slots + position * 16, of: type)) }
        return values
    }

    /// The bits of a value; those of a reference are its machine form.
    func bits(of value: WasmValue) -> V128 {
        switch value {
        case .reference(.function(let index)):
            return V128(low: index.position < functions.count ? reference(to: index) : 0, high: 0)
        case .reference(.opaque(let kind)):
            // What the host converted; other objects have no identity outside.
            let number = kind.hasPrefix("host ") ? UInt32(kind.dropFirst(5)) : nil
            return WasmValue.reference(number.map { .external($0) } ?? .null).rawBits
        case .i32, .i64, .f32, .f64, .v128, .reference(.null), .reference(.external): return value.rawBits
        }
    }

    /// The value in a slot.
    func value(at address: UnsafeRawPointer, of type: ValueType) -> WasmValue {
        let bits = V128(
            low: address.load(as: UInt64.self),
            high: address.load(fromByteOffset: 8, as: UInt64.self)
        )
        if let number = WasmValue(rawBits: bits, numberOf: type) { return number }
        guard case .reference(let type) = type else { return .reference(.null) }
        return .reference(reference(bits.low, of: type))
    }

    /// What a reference in its machine form is. Defined types that come here are those of functions, whose indices do not matter.
    func reference(_ bits: UInt64, of type: ReferenceType) -> WasmReference {
        if bits == 0 { return .null }
        if let kind = OpaqueReference.kind(of: bits) { return .opaque(kind.rawValue) }
        switch type.heapType {
        case .function, .noFunction, .defined:
            guard let number = store.functionNumber(of: bits) else { return .opaque("no function") }
            let index = namesFunctions ? functionIndices[number] : nil
            return index.map(WasmReference.function) ?? .opaque("func")
        case .external, .noExternal: return .external(UInt32(truncatingIfNeeded: bits >> 1))
        case .exception, .noException: return .opaque("exn")
        case .any, .equatable, .i31, .structure, .array, .none: return .opaque("host \(bits >> 1)")
        }
    }
}
