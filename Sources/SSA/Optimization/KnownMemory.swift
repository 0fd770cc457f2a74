/// What the fields of the instance context and places in memory are known to hold, on one path through blocks.
struct KnownMemory {
    private var context: [Int64: UInt32] = [:]
    private var loads: [ExpressionKey: UInt32] = [:]

    mutating func forgetAll() {
        if !context.isEmpty { context.removeAll(keepingCapacity: true) }
        if !loads.isEmpty { loads.removeAll(keepingCapacity: true) }
    }

    /// A store to memory: it changes no field of the context.
    mutating func stored() {
        if !loads.isEmpty { loads.removeAll(keepingCapacity: true) }
    }

    mutating func load(_ key: ExpressionKey, _ value: UInt32) { loads[key] = value }
    func loaded(_ key: ExpressionKey) -> UInt32? { loads[key] }

    mutating func contextStored(_ offset: Int64, _ value: UInt32) { context[offset] = value }
    mutating func contextLoaded(_ offset: Int64, _ value: UInt32) { context[offset] = value }
    func contextValue(_ offset: Int64) -> UInt32? { context[offset] }
}

/// Which fields of the instance context a function may see change.
struct ContextEffects {
    private var stored: Set<Int64> = []
    private var hasCalls = false

    init(_ function: IRFunction) {
        for instruction in function.instructions {
            if instruction.operation == .storeContext { stored.insert(instruction.immediate) }
            if instruction.operation.isCall { hasCalls = true }
        }
    }

    /// Whether a field holds the same all the time: the header's never change, the others only by stores and in calls.
    func isStable(_ offset: Int64) -> Bool {
        if stored.contains(offset) { return false }
        return !hasCalls || offset < Int64(InstanceContextLayout.headerSize)
    }
}
