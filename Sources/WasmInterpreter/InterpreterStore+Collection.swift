/// Where an instruction stands that allocates.
struct AllocationSite {
    var function: UnsafeMutablePointer<FunctionRecord>
    var slots: Slots
    /// The word behind the instruction.
    var next: UnsafeMutablePointer<FlatInstruction>
    /// The number of callers that wait.
    var depth: Int
    /// The first slot above those that hold values, the operands of the instruction included.
    var end: Int
}

extension InterpreterStore {
    /// Adds an object whose content is zero, after a collection of garbage where there must be one.
    /// - Parameter site: where the references are on the stack; nil in constant expressions, where nothing is collected, as their
    ///   operands are elsewhere.
    /// - Returns: the object's handle; nil where the limit of the heap is reached.
    func allocate(
        _ kind: ObjectHeap.Kind,
        _ type: UInt32,
        length: Int,
        widthExponent: UInt8 = 3,
        at site: @autoclosure () -> AllocationSite?
    ) -> Int? {
        if let handle = heap.allocate(kind, type, length: length, widthExponent: widthExponent) { return handle }
        guard let site = site() else { return nil }
        collect(at: site)
        return heap.allocate(kind, type, length: length, widthExponent: widthExponent)
    }

    /// Frees the objects that nothing refers to.
    ///
    /// References are on the stack, in globals, tables, element segments, and in other objects. The host keeps none: objects have no
    /// identity outside.
    @inline(never)
    private func collect(at site: AllocationSite) {
        var rootCount = 0
        for position in 0..<site.depth {
            let frame = frameStack[position]
            // The arguments of the function that it calls are the first slots of that one's frame.
            let callee = position + 1 < site.depth ? frameStack[position + 1].slots : site.slots
            rootCount += markFrame(of: frame.function, frame.slots, before: frame.next, end: callee - frame.slots)
        }
        rootCount += markFrame(of: site.function, site.slots, before: site.next, end: site.end)
        for position in 0..<globals.count { heap.markRoot(globals[position]) }
        rootCount += globals.count
        for position in 0..<tables.count {
            let table = tables[position]
            for element in 0..<Int(table.count) { heap.markRoot(table.elements[element]) }
            rootCount += Int(table.count)
        }
        for segment in elementSegments {
            for reference in segment { heap.markRoot(reference) }
            rootCount += segment.count
        }
        heap.collect(rootCount: rootCount)
    }

    /// Marks what the values in a frame refer to.
    /// - Parameter end: the first slot above those that hold values.
    /// - Returns: the number of slots.
    private func markFrame(
        of function: UnsafeMutablePointer<FunctionRecord>,
        _ slots: Slots,
        before next: UnsafeMutablePointer<FlatInstruction>,
        end: Int
    ) -> Int {
        let map = rootMaps[function.pointee.rootMap]
        for slot in 0..<map.localSlots { heap.markRoot(slots[slot]) }
        var alias = function.pointee.code.map { map.highestAlias(before: next - $0) } ?? -1
        var slot = end
        while slot > map.firstOperandSlot {
            slot -= 1
            if alias >= 0 {
                let hidden = map.aliases[Int(alias)]
                if slot < Int(hidden.slot + hidden.width) {
                    slot = Int(hidden.slot)
                    alias = hidden.below
                    continue
                }
            }
            heap.markRoot(slots[slot])
        }
        return end
    }
}
