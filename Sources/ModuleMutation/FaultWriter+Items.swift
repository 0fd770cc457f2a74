import WasmModel

/// Faults of what a module has beside code.
extension FaultWriter {
    mutating func freezeGlobal() -> Bool {
        guard let place = place({ $0.opcode == .globalSet }), case .global(let global) = self[place].immediate else {
            return false
        }
        let imported = ItemCounts(module).globals - module.globals.count
        guard global.position >= imported else { return false }
        module.globals[global.position - imported].type.isMutable = false
        return true
    }

    mutating func removeDeclaration() -> Bool {
        guard place({ $0.opcode == .refFunc }) != nil, !module.elements.isEmpty else { return false }
        // What is exported is declared by that.
        module.elements = []
        module.exports = []
        return true
    }

    mutating func changeExport() -> Bool {
        guard let position = choose(Array(module.exports.indices)) else { return false }
        if oneIn(2), position > 0 {
            module.exports[position].name = module.exports[position - 1].name
        } else {
            module.exports[position].item = .function(FunctionIndex(ItemCounts(module).functions))
        }
        return true
    }

    mutating func changeStart() -> Bool {
        let types = module.functionTypeIndices
        let candidates = types.indices.filter { module.functionType(types[$0]) != FunctionType() }
        guard let function = choose(Array(candidates)) else { return false }
        module.start = FunctionIndex(function)
        return true
    }

    mutating func changeTag() -> Bool {
        guard let tag = choose(Array(module.tags.indices)), let type = module.functionType(module.tags[tag]) else {
            return false
        }
        module.tags[tag] = module.addType(FunctionType(parameters: type.parameters, results: [.i32]))
        return true
    }

    mutating func changeSegment() -> Bool {
        let counts = ItemCounts(module)
        let elements = module.elements.indices.filter { module.elements[$0].mode.isActive }
        let data = module.data.indices.filter { module.data[$0].mode.isActive }
        let choosesElements = !elements.isEmpty && (data.isEmpty || oneIn(2))
        let isFar = oneIn(2)
        if choosesElements, let position = choose(Array(elements)),
            case .active(let table, let offset) = module.elements[position].mode
        {
            module.elements[position].mode =
                isFar
                ? .active(TableIndex(counts.tables), offset: offset) : .active(table, offset: Self.wrongOffset)
            return true
        }
        guard let position = choose(Array(data)), case .active(let memory, let offset) = module.data[position].mode
        else { return false }
        module.data[position].mode =
            isFar ? .active(MemoryIndex(counts.memories), offset: offset) : .active(memory, offset: Self.wrongOffset)
        return true
    }

    private static let wrongOffset = [Instruction(.f32Const, .f32(0)), Instruction(.end)]

    mutating func changeLimits() -> Bool {
        let count = module.memories.count + module.tables.count
        guard count > 0 else { return false }
        let position = Int.random(in: 0..<count, using: &decisions)
        if position < module.memories.count {
            var limits = module.memories[position].limits
            if oneIn(2) {
                limits.minimum = (limits.maximum ?? 0) + 1
                limits.maximum = limits.minimum - 1
            } else {
                // One page more than addresses reach.
                limits.maximum = module.memories[position].addressType == .i64 ? 1 << 48 + 1 : 1 << 16 + 1
            }
            module.memories[position].limits = limits
        } else {
            let table = position - module.memories.count
            let minimum = module.tables[table].type.limits.minimum
            module.tables[table].type.limits.minimum = minimum + 1
            module.tables[table].type.limits.maximum = minimum
        }
        return true
    }

    mutating func changeInitializer() -> Bool {
        guard let position = choose(Array(module.globals.indices)) else { return false }
        let type = module.globals[position].type.valueType
        switch Int.random(in: 0..<3, using: &decisions) {
        case 0: module.globals[position].initializer = [.zero(of: otherType(than: type)), Instruction(.end)]
        case 1:
            // A global that is mutable or is not there yet.
            let imported = ItemCounts(module).globals - module.globals.count
            module.globals[position].initializer = [
                Instruction(.globalGet, .global(GlobalIndex(imported + position))), Instruction(.end),
            ]
        default:
            module.globals[position].initializer.insert(Instruction(.nop), at: 0)
        }
        return true
    }
}

extension ElementMode {
    fileprivate var isActive: Bool { if case .active = self { true } else { false } }
}

extension DataMode {
    fileprivate var isActive: Bool { if case .active = self { true } else { false } }
}
