import Execution
import WasmModel

/// Where a rewritten case stores what is seen.
enum StoragePlan: Sendable {
    /// In a memory.
    case memory(MemoryPlan)
    /// In globals.
    case globals(GlobalsPlan)

    /// Whether it holds elements of tables.
    var hasTables: Bool {
        switch self {
        case .memory(let plan): !plan.tables.isEmpty
        case .globals: false
        }
    }

    /// What an instance shows of it.
    func open(_ instance: InstanceState) throws(CarriageFailure) -> CarriedStorage {
        switch self {
        case .memory(let plan):
            for memory in instance.memories where memory.name.utf8.elementsEqual(plan.name.utf8) {
                let bytes = StoredBytes(memory.bytes)
                if try bytes.word(CarriageLayout.Word.overflow.rawValue) != 0 { throw .overflow }
                return .memory(bytes, plan)
            }
            throw .unseen("the memory '\(plan.name)'")
        case .globals(let plan):
            let values = Dictionary(instance.globals.map { ($0.name, $0.value) }) { first, _ in first }
            var words: [UInt64] = []
            words.reserveCapacity(plan.count)
            for position in 0..<plan.count {
                let name = GlobalsCarriage.globalName(position)
                guard case .i64(let word) = values[name] else { throw .unseen("the global '\(name)'") }
                words.append(word)
            }
            return .globals(words, plan)
        }
    }
}

/// The places in a memory.
struct MemoryPlan: Sendable {
    /// The name of the memory.
    let name: String
    let layout: CarriageLayout
    /// Of the functions of the host, by their ordinals.
    let parameterTypes: [Int: [ValueType]]
    /// The names of exported tables, sorted.
    var tables: [String] = []
}

/// The places in globals.
struct GlobalsPlan: Sendable {
    /// The position of the status of each call; its values come after it.
    let records: [Int]
    /// The position of the values of exported globals.
    let stateStart: Int
    /// The number of globals.
    let count: Int
}

/// What a rewritten case has stored.
enum CarriedStorage {
    case memory(StoredBytes, MemoryPlan)
    case globals([UInt64], GlobalsPlan)

    /// How a call ended, as ``CarriageStatus`` has it.
    func status(ofCall call: Int) throws(CarriageFailure) -> UInt32 {
        switch self {
        case .memory(let bytes, let plan): try bytes.word(plan.layout.records[call])
        case .globals(let words, let plan): UInt32(truncatingIfNeeded: words[plan.records[call]])
        }
    }

    /// The values of a call.
    func values(_ types: [ValueType], ofCall call: Int) throws(CarriageFailure) -> [WasmValue] {
        switch self {
        case .memory(let bytes, let plan):
            try bytes.values(types, at: plan.layout.records[call] + CarriageLayout.slotSize)
        case .globals(let words, let plan): try Self.values(types, words[(plan.records[call] + 1)...])
        }
    }

    /// The values of exported globals.
    func stateValues(_ types: [ValueType]) throws(CarriageFailure) -> [WasmValue] {
        switch self {
        case .memory(let bytes, let plan): try bytes.values(types, at: plan.layout.globals)
        case .globals(let words, let plan): try Self.values(types, words[plan.stateStart...])
        }
    }

    private static func values(
        _ types: [ValueType],
        _ words: ArraySlice<UInt64>
    ) throws(CarriageFailure) -> [WasmValue] {
        var values: [WasmValue] = []
        values.reserveCapacity(types.count)
        var place = words.startIndex
        for type in types {
            let low = words[place]
            let high = type == .v128 ? words[place + 1] : 0
            place += type == .v128 ? 2 : 1
            if let value = WasmValue(rawBits: V128(low: low, high: high), numberOf: type) {
                values.append(value)
            } else if let reference = ReferenceKind.reference(of: low) {
                values.append(.reference(reference))
            } else {
                throw .nonsense("a reference \(low)")
            }
        }
        return values
    }

    /// The calls of functions of the host.
    /// - Parameter isStateStored: whether the elements of tables come after them.
    func hostCalls(isStateStored: Bool) throws(CarriageFailure) -> HostCallLog {
        var log = HostCallLog()
        guard case .memory(let bytes, let plan) = self else { return log }
        var offset = plan.layout.growth
        let end = offset + Int(try bytes.word((isStateStored ? CarriageLayout.Word.logEnd : .used).rawValue))
        while offset < end {
            let ordinal = Int(try bytes.word(offset))
            guard let types = plan.parameterTypes[ordinal] else {
                throw .nonsense("a call of function \(ordinal) of the host")
            }
            offset += CarriageLayout.slotSize
            log.append(HostCall(importOrdinal: ordinal, arguments: try bytes.values(types, at: offset)))
            offset += types.count * CarriageLayout.slotSize
        }
        return log
    }

    /// The exported tables.
    func tables() throws(CarriageFailure) -> [NamedElements] {
        guard case .memory(let bytes, let plan) = self else { return [] }
        var tables: [NamedElements] = []
        var place = plan.layout.growth + Int(try bytes.word(CarriageLayout.Word.logEnd.rawValue))
        for (position, name) in plan.tables.enumerated() {
            let offset = plan.layout.tables + position * CarriageLayout.slotSize
            let count = try bytes.wideWord(offset)
            guard count <= Self.elementBound else { throw .overflow }
            var elements = [WasmReference](repeating: .null, count: Int(count))
            for _ in 0..<(try bytes.wideWord(offset + 8)) {
                let element = try bytes.wideWord(place)
                guard element < count else { throw .nonsense("table '\(name)' has an element \(element)") }
                elements[Int(element)] = try bytes.reference(place + 8)
                place += CarriageLayout.slotSize
            }
            tables.append(NamedElements(name: name, elements))
        }
        return tables
    }

    /// So many elements of a table are read at most.
    private static let elementBound: UInt64 = 10_000_000
}
