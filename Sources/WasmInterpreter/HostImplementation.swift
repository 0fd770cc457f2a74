import WasmModel

/// What a function of the host does.
enum HostImplementation {
    /// It logs its calls and answers in closed form.
    case logged(LoggedFunction)
    case body(HostBody)
}

/// A ``WasmModel/HostFunction`` with the slots of its parameters.
struct LoggedFunction {
    let function: HostFunction
    /// The first slot of every parameter, and behind them the number of slots.
    let parameterSlots: [Int]

    init(_ function: HostFunction) {
        self.function = function
        var slots = [0]
        for type in function.type.parameters { slots.append(slots[slots.count - 1] + type.slotCount) }
        parameterSlots = slots
    }
}
