import WasmGenerator
import WasmModel

/// Faults of single instructions, and of what they name.
extension FaultWriter {
    mutating func removeInstruction() -> Bool {
        let place = place { $0.opcode != .end && $0.opcode != .else && !$0.opcode.opensBlock }
        guard let place else { return false }
        module.functions[place.function].body.remove(at: place.position)
        return true
    }

    mutating func insertInstruction() -> Bool {
        guard let place = place({ _ in true }), let type = choose(Self.numbers) else { return false }
        let surplus = oneIn(2) ? Instruction(.drop) : .zero(of: type)
        module.functions[place.function].body.insert(surplus, at: place.position)
        return true
    }

    mutating func changeType() -> Bool {
        let place = place { instruction in
            switch instruction.immediate {
            case .i32, .i64, .f32, .f64, .v128, .local, .global, .selectTypes: true
            default: false
            }
        }
        guard let place else { return false }
        switch self[place].immediate {
        case .i32: self[place] = .zero(of: otherType(than: .i32))
        case .i64: self[place] = .zero(of: otherType(than: .i64))
        case .f32: self[place] = .zero(of: otherType(than: .f32))
        case .f64: self[place] = .zero(of: otherType(than: .f64))
        case .v128: self[place] = .zero(of: otherType(than: .v128))
        case .local(let local): self[place].immediate = .local(LocalIndex(neighbour(of: local.position)))
        case .global(let global): self[place].immediate = .global(GlobalIndex(neighbour(of: global.position)))
        case .selectTypes(let types):
            self[place].immediate = .selectTypes(oneIn(2) ? types + types : [otherType(than: types.first ?? .v128)])
        default: return false
        }
        return true
    }

    private mutating func neighbour(of position: Int) -> Int {
        position > 0 && oneIn(2) ? position - 1 : position + 1
    }

    /// Has the locals of a run be references that may not be null.
    mutating func unsetLocal() -> Bool {
        let candidates = module.functions.indices.filter { !module.functions[$0].locals.isEmpty }
        guard let function = choose(candidates) else { return false }
        let reference = ReferenceType(isNullable: false, .function)
        let index = module.functions[function].locals.reduce(module.parameterCount(ofDefined: function)) {
            $0 + Int($1.count)
        }
        module.functions[function].locals.append(LocalRun(count: 1, type: .reference(reference)))
        module.functions[function].body.insert(
            contentsOf: [Instruction(.localGet, .local(LocalIndex(index))), Instruction(.drop)],
            at: 0
        )
        return true
    }

    /// Has an instruction name the item behind the last one.
    mutating func changeIndex() -> Bool {
        guard let place = place({ !Self.indexed.isDisjoint(with: [$0.opcode.row.immediate]) }) else { return false }
        let counts = ItemCounts(module)
        let function = module.functions[place.function]
        switch self[place].immediate {
        case .local:
            let own = function.locals.reduce(module.parameterCount(ofDefined: place.function)) { $0 + Int($1.count) }
            self[place].immediate = .local(LocalIndex(own))
        case .global: self[place].immediate = .global(GlobalIndex(counts.globals))
        case .function: self[place].immediate = .function(FunctionIndex(counts.functions))
        case .callIndirect(let type, let table):
            self[place].immediate =
                oneIn(2)
                ? .callIndirect(TypeIndex(module.types.count), table) : .callIndirect(type, TableIndex(counts.tables))
        case .type: self[place].immediate = .type(TypeIndex(module.types.count))
        case .table: self[place].immediate = .table(TableIndex(counts.tables))
        case .memory: self[place].immediate = .memory(MemoryIndex(counts.memories))
        case .tag: self[place].immediate = .tag(TagIndex(counts.tags))
        case .data: self[place].immediate = .data(DataIndex(module.data.count))
        case .element: self[place].immediate = .element(ElementIndex(module.elements.count))
        case .memoryArgument(var argument):
            argument.memory = MemoryIndex(counts.memories)
            self[place].immediate = .memoryArgument(argument)
        case .block: self[place].immediate = .block(.type(TypeIndex(module.types.count)))
        default: return false
        }
        return true
    }

    private static let indexed: Set<ImmediateKind> = [
        .local, .global, .function, .callIndirect, .type, .table, .memory, .tag, .data, .element, .memoryArgument,
        .block,
    ]

    mutating func align() -> Bool {
        let place = place { $0.opcode.row.immediate == .memoryArgument }
        guard let place, case .memoryArgument(var argument) = self[place].immediate else { return false }
        argument.alignment += 1
        self[place].immediate = .memoryArgument(argument)
        return true
    }

    mutating func changeLane() -> Bool {
        let kinds: Set<ImmediateKind> = [.lane, .lanes, .memoryArgumentAndLane]
        guard let place = place({ kinds.contains($0.opcode.row.immediate) }) else { return false }
        switch self[place].immediate {
        case .lane: self[place].immediate = .lane(UInt8(self[place].opcode.laneCount))
        case .memoryArgumentAndLane(let argument, _):
            self[place].immediate = .memoryArgumentAndLane(argument, UInt8(self[place].opcode.laneCount))
        case .lanes(var lanes):
            let byte = Int.random(in: 0..<8, using: &decisions) * 8
            lanes.low = lanes.low & ~(0xFF << UInt64(byte)) | 32 << UInt64(byte)
            self[place].immediate = .lanes(lanes)
        default: return false
        }
        return true
    }
}

extension Opcode {
    /// How many lanes there are to name, by the name: of a shape such as `i16x8`, or of an access of so many bits.
    fileprivate var laneCount: Int {
        let name = row.name
        for (shape, count) in [("x16", 16), ("x8", 8), ("x4", 4), ("x2", 2)] where name.contains(shape) { return count }
        for (bits, count) in [("16_", 8), ("32_", 4), ("64_", 2)] where name.contains(bits) { return count }
        return 16
    }
}

extension Module {
    /// Of a function that the module defines.
    fileprivate func parameterCount(ofDefined function: Int) -> Int {
        functionType(functions[function].type)?.parameters.count ?? 0
    }
}

/// How many items there are in some of the index spaces, with those that are imported.
struct ItemCounts {
    let functions: Int
    let tags: Int
    private(set) var tables: Int
    private(set) var memories: Int
    private(set) var globals: Int

    init(_ module: Module) {
        functions = module.functionTypeIndices.count
        tags = module.tagTypeIndices.count
        tables = module.tables.count
        memories = module.memories.count
        globals = module.globals.count
        for item in module.imports {
            switch item.type {
            case .table: tables += 1
            case .memory: memories += 1
            case .global: globals += 1
            case .function, .tag: break
            }
        }
    }
}
