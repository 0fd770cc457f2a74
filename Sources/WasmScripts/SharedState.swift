import Execution

/// Which instances of a script share state through imports, and which of them lack what a refused module would have
/// written.
struct SharedState {
    /// A chain of these leads to the instance that stands for the group.
    private var parents: [InstanceNumber: InstanceNumber] = [:]
    /// The instances that stand for the groups that a refused module belongs to.
    private var incomplete: Set<InstanceNumber> = []

    private func representative(of instance: InstanceNumber) -> InstanceNumber {
        var instance = instance
        while let parent = parents[instance] { instance = parent }
        return instance
    }

    /// Notes that an instance imports from others.
    mutating func join(_ instance: InstanceNumber, to others: [InstanceNumber]) {
        for other in others {
            let (first, second) = (representative(of: instance), representative(of: other))
            guard first != second else { continue }
            parents[second] = first
            if incomplete.remove(second) != nil { incomplete.insert(first) }
        }
    }

    /// Notes that a module that imports from instances was refused.
    mutating func markIncomplete(_ instances: [InstanceNumber]) {
        for instance in instances { incomplete.insert(representative(of: instance)) }
    }

    /// Whether a refused module could have changed what the instance does.
    func isIncomplete(_ instance: InstanceNumber) -> Bool { incomplete.contains(representative(of: instance)) }
}
