import WasmModel

/// Where execution goes on after an exception was thrown.
struct InterpretedLanding {
    /// Other than `finished` where it does not go on.
    var exit = Exit.finished
    var function: UnsafeMutablePointer<FunctionRecord>
    var slots: Slots
    /// The word that goes on to the handler's label.
    var start: UnsafeMutablePointer<FlatInstruction>
    /// The callers that still wait.
    var depth: Int
    /// What the search and the values cost, in units of fuel.
    var fuel: Int64
}

extension InterpreterStore {
    /// Throws what a `throw` or a `throw_ref` says, and finds the handler.
    ///
    /// Frames are left one by one, in a loop: their number does not matter to the stack of the host.
    ///
    /// Spec: core 3.0, section 4.6.12 "Exception Handling".
    /// - Parameters:
    ///   - word: the instruction.
    ///   - next: the word behind it.
    ///   - depth: the number of callers that wait.
    @inline(never)
    func raise(
        _ word: FlatInstruction,
        in function: UnsafeMutablePointer<FunctionRecord>,
        _ slots: Slots,
        before next: UnsafeMutablePointer<FlatInstruction>,
        depth: Int
    ) -> InterpretedLanding {
        var landing = InterpretedLanding(function: function, slots: slots, start: next, depth: depth, fuel: 1)
        let handle: Int
        if word.code == .throw {
            let width = Int(word.c)
            landing.fuel += Int64(width) / 8
            let end = Int(word.a) + width
            let made = allocate(
                .exception,
                word.b,
                length: width,
                at: AllocationSite(function: function, slots: slots, next: next, depth: depth, end: end)
            )
            guard let made else {
                landing.exit = .exhausted(.heap)
                return landing
            }
            handle = made
            heap.content(of: handle).update(from: slots + Int(word.a), count: width)
        } else {
            let reference = slots.u64(word.a)
            if reference == 0 {
                landing.exit = .trapped(.nullExceptionReference)
                return landing
            }
            handle = ReferenceBits.handle(reference)
        }
        let tag = heap.type(of: handle)
        while true {
            if let clause = clause(for: tag, at: &landing) {
                land(handle, at: clause, &landing)
                // Nothing can know an exception of which only the values were caught.
                if word.code == .throw, !clause.takesReference { heap.release(handle) }
                return landing
            }
            if landing.depth == 0 {
                landing.exit = .threw(handle)
                return landing
            }
            landing.depth -= 1
            let frame = frameStack[landing.depth]
            landing.function = frame.function
            landing.slots = frame.slots
            landing.start = frame.next
            landing.fuel += 1
        }
    }

    /// The clause of the active function that catches exceptions of a tag.
    private func clause(for tag: UInt32, at landing: inout InterpretedLanding) -> ExceptionClause? {
        let record = landing.function.pointee
        guard record.handlerTable >= 0, let code = record.code else { return nil }
        let position = landing.start - code - 1
        return handlerTables[record.handlerTable].withUnsafeBufferPointer { handlers in
            landing.fuel += Int64(handlers.count) / 4
            for handler in handlers where handler.start <= position && position < handler.end {
                landing.fuel += Int64(handler.clauses.count) / 4
                for clause in handler.clauses where clause.tag == nil || clause.tag == tag { return clause }
            }
            return nil
        }
    }

    /// Puts what a clause wants where its label expects it.
    private func land(_ handle: Int, at clause: ExceptionClause, _ landing: inout InterpretedLanding) {
        var target = landing.slots + clause.slot
        if clause.takesPayload {
            let width = Int(heap.length(of: handle))
            target.update(from: heap.content(of: handle), count: width)
            target += width
            landing.fuel += Int64(width) / 8
        }
        if clause.takesReference { target.pointee = ReferenceBits.object(handle) }
        landing.start = landing.function.pointee.code! + clause.landing
    }

    /// The tag and the values of an exception.
    func exception(_ handle: Int, in instance: ModuleInstance?) -> (tag: TagAddress, payload: [WasmValue]) {
        let tag = TagAddress(heap.type(of: handle))
        let type = types.functionType(tagTypes[tag.position])
        return (tag, read(type.parameters, from: heap.content(of: handle), in: instance))
    }
}
