import WasmModel

/// A list of parameters or results as it is handed over in another way: each item as a value in another order, in a global, in a memory, or
/// in a field of a structure.
struct PassedList {
    /// Where an item is while it is handed over.
    enum Way {
        case value
        case global(GlobalIndex)
        /// In bytes from the beginning of the memory.
        case memory(MemoryIndex, offset: UInt64)
        case field(TypeIndex, FieldIndex)
    }

    let types: [ValueType]
    let ways: [Way]
    /// The positions of the items that are values, in the order in which they are passed.
    let order: [Int]
    /// The type of the structure that holds the fields, which is passed behind the values.
    var structure: TypeIndex?
    /// A function that returns the items in globals, in order; nil to read these one by one.
    var reader: FunctionIndex?

    /// The list in the order in which it is.
    init(_ types: [ValueType]) { self.init(types, ways: types.map { _ in .value }) }

    init(_ types: [ValueType], ways: [Way], order: [Int]? = nil) {
        self.types = types
        self.ways = ways
        self.order = order ?? types.indices.filter { if case .value = ways[$0] { true } else { false } }
    }

    /// The types of what is on the stack while the list is handed over.
    var passedTypes: [ValueType] { order.map { types[$0] } + (structure.map { [Self.reference(to: $0)] } ?? []) }

    /// A reference to a structure, of a type that has a default value.
    static func reference(to structure: TypeIndex) -> ValueType {
        .reference(ReferenceType(isNullable: true, .defined(structure)))
    }

    /// The types of the locals that ``pop(into:)`` needs: one for each item, and one more for a structure.
    var localTypes: [ValueType] { types + (structure.map { [Self.reference(to: $0)] } ?? []) }

    private static func local(_ first: LocalIndex, _ position: Int) -> Immediate {
        .local(LocalIndex(first.position + position))
    }

    /// Hands over what is in locals.
    func push(from first: LocalIndex) -> [Instruction] {
        var code: [Instruction] = []
        func get(_ position: Int) { code.append(Instruction(.localGet, Self.local(first, position))) }
        for (position, way) in ways.enumerated() {
            switch way {
            case .value, .field: break
            case .global(let global):
                get(position)
                code.append(Instruction(.globalSet, .global(global)))
            case .memory(let memory, let offset):
                code.append(Instruction(.i32Const, .i32(0)))
                get(position)
                code.append(Self.access(types[position], offset, memory, isStore: true))
            }
        }
        for position in order { get(position) }
        if let structure {
            for (position, way) in ways.enumerated() { if case .field = way { get(position) } }
            code.append(Instruction(.structNew, .type(structure)))
        }
        return code
    }

    /// Takes what was handed over, and keeps it in locals; see ``localTypes``.
    func pop(into first: LocalIndex) -> [Instruction] {
        var code: [Instruction] = []
        func set(_ position: Int) { code.append(Instruction(.localSet, Self.local(first, position))) }
        if structure != nil { set(types.count) }
        for position in order.reversed() { set(position) }
        if let reader {
            code.append(Instruction(.call, .function(reader)))
            for (position, way) in ways.enumerated().reversed() { if case .global = way { set(position) } }
        }
        for (position, way) in ways.enumerated() {
            switch way {
            case .value: continue
            case .global(let global):
                if reader != nil { continue }
                code.append(Instruction(.globalGet, .global(global)))
            case .memory(let memory, let offset):
                code.append(Instruction(.i32Const, .i32(0)))
                code.append(Self.access(types[position], offset, memory, isStore: false))
            case .field(let structure, let field):
                code.append(Instruction(.localGet, Self.local(first, types.count)))
                code.append(Instruction(.structGet, .typeAndField(structure, field)))
            }
            set(position)
        }
        return code
    }

    /// Pushes all items from the locals of ``pop(into:)``, in order.
    func getAll(from first: LocalIndex) -> [Instruction] { .getLocals(from: first, count: types.count) }

    private static func access(
        _ type: ValueType,
        _ offset: UInt64,
        _ memory: MemoryIndex,
        isStore: Bool
    ) -> Instruction {
        let (load, store, alignment): (Opcode, Opcode, UInt8) =
            switch type {
            case .i32, .reference: (.i32Load, .i32Store, 2)
            case .i64: (.i64Load, .i64Store, 3)
            case .f32: (.f32Load, .f32Store, 2)
            case .f64: (.f64Load, .f64Store, 3)
            case .v128: (.v128Load, .v128Store, 4)
            }
        let argument = MemoryArgument(offset: offset, memory: memory, alignment: alignment)
        return Instruction(isStore ? store : load, .memoryArgument(argument))
    }
}
