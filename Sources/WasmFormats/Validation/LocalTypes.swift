import WasmModel

/// The types of the locals of the body that is checked.
///
/// A few bytes can declare 50,000 locals, so only as many are written out as the body is long; the others are found by their run.
struct LocalTypes {
    /// Parameters included.
    private(set) var count = 0
    private var direct: [PackedType] = []
    private var runs: [PackedType] = []
    /// By run, the index after its last local.
    private var ends: [Int] = []

    /// Begins with the parameters.
    mutating func reset(parameters: ArraySlice<PackedType>) {
        direct.removeAll(keepingCapacity: true)
        runs.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        direct.append(contentsOf: parameters)
        count = parameters.count
    }

    /// Adds locals of one type, of which those below the bound are written out.
    mutating func append(_ type: PackedType, count added: Int, writtenBelow bound: Int) {
        guard added > 0 else { return }
        count += added
        if direct.count == count - added {
            direct.append(contentsOf: repeatElement(type, count: max(0, min(count, bound) - direct.count)))
        }
        if direct.count < count {
            runs.append(type)
            ends.append(count)
        }
    }

    /// The type of a local; the index must be below ``count``.
    @inline(__always)
    subscript(index: Int) -> PackedType { index < direct.count ? direct[index] : typeOfRun(at: index) }

    @inline(never)
    private func typeOfRun(at index: Int) -> PackedType {
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if index < ends[middle] { high = middle } else { low = middle + 1 }
        }
        return runs[low]
    }
}
