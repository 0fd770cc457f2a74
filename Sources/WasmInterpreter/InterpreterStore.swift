import WasmFormats
import WasmModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The state of the interpreter: all functions, tables, memories and globals, and the stacks.
///
/// A store and what belongs to it are used by one thread at a time. Arithmetic is that of the deterministic profile:
/// every NaN that an operation makes is the positive canonical one.
///
/// Spec: core 3.0, section 4.2.3 "Store", and appendix "Profiles".
public final class InterpreterStore {
    /// The bounds of execution.
    public let limits: ExecutionLimits
    /// The units of fuel that are left.
    public var fuel: Int64
    /// What relaxed instructions do; those of the deterministic profile at first.
    public var relaxed = RelaxedParameters()
    /// The calls of functions that were made from a ``WasmModel/HostFunction``, in order.
    public var hostCallLog = HostCallLog()

    /// What the last call of a function of the host costs beside what every such call costs, in units of fuel.
    var hostCharge: Int64 = 0

    /// Whether neighbouring instructions are fused into one word of flat code where they can be.
    let fusesInstructions: Bool
    /// The sizes of all memories, in pages, and of all tables, in elements, together.
    var pagesInUse: UInt64 = 0
    var elementsInUse: UInt64 = 0
    var types = TypeRegistry()

    // Records are in flat storage, so that execution touches no counted reference.
    var functions = RecordList<FunctionRecord>()
    var memories = RecordList<MemoryRecord>()
    var tables = RecordList<TableRecord>()
    /// Two slots a global.
    var globals = RecordList<UInt64>()

    /// By function address; of functions of the host the instance that imported them first, nil before there is one.
    var functionInstances: [ModuleInstance?] = []
    /// By the number in ``FunctionRecord/host``.
    var hostImplementations: [HostImplementation] = []
    var globalTypes: [GlobalType] = []
    var tagTypes: [UInt32] = []
    var elementSegments: [[UInt64]] = []
    var dataSegments: [[UInt8]] = []
    /// By the number in ``FunctionRecord/handlerTable``.
    var handlerTables: [[InterpretedHandler]] = []
    /// By the number in ``FunctionRecord/rootMap``.
    var rootMaps: [RootMap] = []
    var heap: ObjectHeap

    let valueStack: UnsafeMutablePointer<UInt64>
    let frameStack: UnsafeMutablePointer<FrameRecord>

    /// Makes an empty store.
    /// - Parameters:
    ///   - limits: the bounds of execution.
    ///   - fusesInstructions: whether neighbouring instructions are fused into one where they can be; it makes no difference but to speed.
    public init(limits: ExecutionLimits = ExecutionLimits(), fusesInstructions: Bool = true) {
        self.limits = limits
        self.fusesInstructions = fusesInstructions
        fuel = limits.fuel
        heap = ObjectHeap(limit: limits.heapBytes)
        valueStack = .allocate(capacity: max(limits.valueStackSlots, 1))
        frameStack = .allocate(capacity: max(limits.callDepth, 1))
        // Address zero is an empty memory, which functions of modules without one use.
        memories.append(
            MemoryRecord(
                base: UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1),
                byteCount: 0,
                capacity: 0,
                type: MemoryType(limits: Limits(minimum: 0, maximum: 0))
            )
        )
    }

    deinit {
        for position in 0..<functions.count {
            functions[position].code?.deallocate()
            functions[position].initial?.deallocate()
        }
        memories[0].base.deallocate()
        for position in 1..<memories.count {
            MemoryBlock.free(memories[position].base, byteCount: memories[position].capacity)
        }
        for position in 0..<tables.count { tables[position].elements.deallocate() }
        functions.deallocate()
        memories.deallocate()
        tables.deallocate()
        globals.deallocate()
        heap.deallocate()
        valueStack.deallocate()
        frameStack.deallocate()
    }

    // MARK: Observation

    /// The type of a function; it names defined types by numbers of the store.
    public func type(of function: FunctionAddress) -> FunctionType {
        types.functionType(functions[function.position].type)
    }

    /// The value of a global.
    /// - Parameter instance: the instance by whose indices functions are named.
    public func value(of global: GlobalAddress, in instance: ModuleInstance?) -> WasmValue {
        let position = global.position
        return value(
            V128(low: globals[position * 2], high: globals[position * 2 + 1]),
            as: globalTypes[position].valueType,
            in: instance
        )
    }

    /// The bytes of a memory, valid until the store is used again.
    public func withBytes<Result>(of memory: MemoryAddress, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let record = memories[memory.position]
        return body(UnsafeRawBufferPointer(start: record.base, count: Int(record.byteCount)))
    }

    /// The elements of a table.
    /// - Parameter instance: the instance by whose indices functions are named.
    public func elements(of table: TableAddress, in instance: ModuleInstance?) -> [WasmReference] {
        let record = tables[table.position]
        return (0..<Int(record.count)).map { reference(record.elements[$0], as: record.type.element, in: instance) }
    }

    // MARK: Values and slots

    /// A value as it stands in the low slot or in both slots.
    func slotBits(of value: WasmValue, in instance: ModuleInstance?) -> V128 {
        switch value {
        case .i32(let bits), .f32(let bits): return V128(low: UInt64(bits), high: 0)
        case .i64(let bits), .f64(let bits): return V128(low: bits, high: 0)
        case .v128(let vector): return vector
        case .reference(.opaque(let kind)):
            // What the host converted; other objects have no identity outside.
            let number = kind.hasPrefix("host ") ? UInt32(kind.dropFirst(5)) : nil
            return V128(low: number.map { UInt64($0) + 1 } ?? 0, high: 0)
        case .reference(.null): return V128(low: 0, high: 0)
        case .reference(.external(let number)): return V128(low: UInt64(number) + 1, high: 0)
        case .reference(.function(let index)):
            guard let instance, index.position < instance.functions.count else { return V128(low: 0, high: 0) }
            return V128(low: UInt64(instance.functions[index.position].rawValue) + 1, high: 0)
        }
    }

    /// A value that the host makes, as it stands in the low slot or in both slots.
    /// - Parameter functions: what functions mean, by their index.
    func slotBits(of value: HostValue, _ functions: [FunctionAddress]) -> V128 {
        switch value {
        case .value(let value): slotBits(of: value, in: nil)
        case .converted(let number): V128(low: UInt64(number) + 1, high: 0)
        case .integer(let number): V128(low: ReferenceBits.integer(number), high: 0)
        case .function(let index):
            V128(low: index.position < functions.count ? UInt64(functions[index.position].rawValue) + 1 : 0, high: 0)
        }
    }

    /// The value that a slot, or two, hold.
    func value(_ bits: V128, as type: ValueType, in instance: ModuleInstance?) -> WasmValue {
        switch type {
        case .i32: .i32(UInt32(truncatingIfNeeded: bits.low))
        case .i64: .i64(bits.low)
        case .f32: .f32(UInt32(truncatingIfNeeded: bits.low))
        case .f64: .f64(bits.low)
        case .v128: .v128(bits)
        case .reference(let type): .reference(reference(bits.low, as: type, in: instance))
        }
    }

    private func reference(_ bits: UInt64, as type: ReferenceType, in instance: ModuleInstance?) -> WasmReference {
        if bits == 0 { return .null }
        if bits & ReferenceBits.object != 0 {
            return switch heap.kind(of: ReferenceBits.handle(bits)) {
            case .structure: .opaque("struct")
            case .array: .opaque("array")
            case .exception: .opaque("exn")
            }
        }
        if bits & ReferenceBits.integer != 0 { return .opaque("i31") }
        let number = UInt32(truncatingIfNeeded: bits - 1)
        switch type.heapType {
        case .function, .noFunction, .defined:
            return instance?.index(of: FunctionAddress(number)).map(WasmReference.function) ?? .opaque("func")
        case .external, .noExternal: return .external(number)
        case .any, .equatable, .i31, .structure, .array, .none, .exception, .noException:
            return .opaque("host \(number)")
        }
    }

    /// Writes values to slots from a slot on.
    func write(_ values: [WasmValue], to slots: UnsafeMutablePointer<UInt64>, in instance: ModuleInstance?) {
        var slot = slots
        for value in values {
            let bits = slotBits(of: value, in: instance)
            slot[0] = bits.low
            slot += 1
            if case .v128 = value {
                slot[0] = bits.high
                slot += 1
            }
        }
    }

    /// Reads values of the types from a slot on.
    func read(
        _ types: [ValueType],
        from slots: UnsafeMutablePointer<UInt64>,
        in instance: ModuleInstance?
    ) -> [WasmValue] {
        var slot = slots
        return types.map { type in
            let width = type.slotCount
            let bits = V128(low: slot[0], high: width == 2 ? slot[1] : 0)
            slot += width
            return value(bits, as: type, in: instance)
        }
    }
}

/// Records without counted references, in storage whose address changes only when one is added.
struct RecordList<Record> {
    private(set) var base = UnsafeMutablePointer<Record>.allocate(capacity: 8)
    private(set) var count = 0
    private var capacity = 8

    mutating func append(_ record: Record) {
        if count == capacity {
            let larger = UnsafeMutablePointer<Record>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: base, count: count)
            base.deallocate()
            base = larger
            capacity *= 2
        }
        (base + count).initialize(to: record)
        count += 1
    }

    subscript(position: Int) -> Record {
        get { base[position] }
        nonmutating set { base[position] = newValue }
    }

    func deallocate() { base.deallocate() }
}
