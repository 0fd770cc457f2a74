/// What has to be true at a place of a function, so that an operand further on reads its value.
struct Demand {
    /// A register or, behind the 64 registers, a spill slot of 8 bytes: the first one of a location.
    var unit: Int32
    /// What the unit has to hold.
    var value: Int32
    /// The position of the operand that reads it.
    var origin: Int32
}

/// The demands at one place, by unit; almost always a unit has one at most.
struct DemandTable {
    /// By unit, the position of a demand, or -1.
    private var first: [Int32]
    private var isUsed: [Bool]
    /// The units that had demands since the table was emptied.
    private var usedUnits: [Int32] = []
    private var demands: [Demand] = []
    /// By demand, the position of the next one on its unit, or -1.
    private var next: [Int32] = []
    /// By value, how many demands there are.
    private var countOfValue: [Int32]

    init(unitCount: Int, valueCount: Int) {
        first = [Int32](repeating: -1, count: unitCount)
        isUsed = [Bool](repeating: false, count: unitCount)
        countOfValue = [Int32](repeating: 0, count: valueCount)
    }

    mutating func removeAll() {
        for unit in usedUnits {
            while take(from: Int(unit)) != nil {}
            isUsed[Int(unit)] = false
        }
        usedUnits.removeAll(keepingCapacity: true)
        demands.removeAll(keepingCapacity: true)
        next.removeAll(keepingCapacity: true)
    }

    /// Adds a demand, unless there is one for the same value in the same unit.
    mutating func add(_ demand: Demand) {
        let unit = Int(demand.unit)
        var position = first[unit]
        while position >= 0 {
            if demands[Int(position)].value == demand.value { return }
            position = next[Int(position)]
        }
        if !isUsed[unit] {
            isUsed[unit] = true
            usedUnits.append(demand.unit)
        }
        next.append(first[unit])
        first[unit] = Int32(demands.count)
        demands.append(demand)
        countOfValue[Int(demand.value)] += 1
    }

    /// Some demand on a unit.
    func any(on unit: Int) -> Demand? { first[unit] < 0 ? nil : demands[Int(first[unit])] }

    /// Takes some demand on a unit out.
    mutating func take(from unit: Int) -> Demand? {
        guard let demand = any(on: unit) else { return nil }
        first[unit] = next[Int(first[unit])]
        countOfValue[Int(demand.value)] -= 1
        return demand
    }

    /// Whether any unit has to hold the value.
    func isDemanded(_ value: Int) -> Bool { countOfValue[value] > 0 }

    /// Each demand once.
    func all() -> [Demand] {
        var result: [Demand] = []
        for unit in usedUnits {
            var position = first[Int(unit)]
            while position >= 0 {
                result.append(demands[Int(position)])
                position = next[Int(position)]
            }
        }
        return result
    }
}
