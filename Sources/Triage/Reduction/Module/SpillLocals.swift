import WasmModel

/// The locals of a function that is being written, with one for each type that holds a value while what is below it changes.
struct SpillLocals {
    private(set) var runs: [LocalRun]
    private var count: Int
    private var spills: [ValueType: LocalIndex] = [:]

    init(parameterCount: Int, locals: [LocalRun]) {
        runs = locals
        count = locals.reduce(parameterCount) { $0 + Int($1.count) }
    }

    /// The local that holds a value of a type.
    mutating func spill(of type: ValueType) -> LocalIndex {
        if let local = spills[type] { return local }
        let local = LocalIndex(count)
        runs.append(LocalRun(count: 1, type: type))
        count += 1
        spills[type] = local
        return local
    }
}
