/// What checks of bounds compare: an offset from a value, or from zero, with a bound.
struct BoundsKey: Hashable {
    /// The index, or none.
    var index: UInt32
    var bound: UInt32
}

/// The furthest end that is known not to lie beyond a bound, in what a block dominates.
struct KnownBounds {
    /// In bytes from the index.
    var end: UInt64
    var block: UInt32
}

/// Checks of bounds that need not be made, because an earlier one reached as far, or because the bound never is so low.
extension Simplification {
    /// Whether a value is a field of the context that never is less than a number.
    func isNeverLess(_ value: UInt32, than number: UInt64) -> Bool {
        guard let load = definingInstruction(value), load.operation == .loadContext, load.type == .i64,
            let minimum = function.contextMinimums[load.immediate]
        else { return false }
        return number <= minimum
    }

    /// Whether an earlier check has found that a condition does not hold, as what it says to be beyond a bound is not
    /// further off; if not, it is known from here on that the condition does not hold.
    /// - Parameters:
    ///   - condition: what the check traps on.
    ///   - block: where the check is.
    mutating func isInKnownBounds(_ condition: UInt32, _ block: UInt32) -> Bool {
        guard let (key, end) = bounds(of: condition) else { return false }
        if let known = knownBounds[key], tree.dominates(Block(Int(known.block)), Block(Int(block))) {
            if known.end >= end { return true }
        }
        knownBounds[key] = KnownBounds(end: end, block: block)
        return false
    }

    /// What a condition compares, where it is that index + end > bound, or that bound < end, without sign.
    private func bounds(of condition: UInt32) -> (key: BoundsKey, end: UInt64)? {
        guard let comparison = definingInstruction(condition), comparison.type == .i64 else { return nil }
        let left = operand(0, of: comparison)
        switch comparison.operation {
        case .compare(.lessUnsigned):
            guard let number = number(operand(1, of: comparison)) else { return nil }
            return (BoundsKey(index: Self.none, bound: left), UInt64(bitPattern: number))
        case .compare(.greaterUnsigned):
            // The sum must not wrap: 32 bits, and an end of 33 bits.
            guard let sum = definingInstruction(left), sum.operation == .add, sum.type == .i64,
                let number = number(operand(1, of: sum)), (0...1 << 33).contains(number)
            else { return nil }
            let index = operand(0, of: sum)
            guard let extension64 = definingInstruction(index), extension64.operation == .extendUnsigned else {
                return nil
            }
            return (BoundsKey(index: index, bound: operand(1, of: comparison)), UInt64(number))
        default: return nil
        }
    }
}
