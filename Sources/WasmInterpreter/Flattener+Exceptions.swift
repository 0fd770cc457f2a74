import WasmModel

/// Exceptions.
///
/// Spec: core 3.0, section 4.6.12 "Exception Handling".
extension Flattener {
    /// Opens a `try_table`: a block behind a word for each clause, which an exception jumps to.
    mutating func openTryTable(_ type: BlockType, _ clauses: [CatchClause]) {
        settle()
        let over = code.count
        if !clauses.isEmpty { emit(FlatInstruction(.jump)) }
        var handler = InterpretedHandler(start: 0)
        // Labels count from outside of the block.
        for clause in clauses { handler.clauses.append(resolve(clause)) }
        if !clauses.isEmpty { land(at: over) }
        open(.block, type)
        handler.start = code.count
        frames[frames.count - 1].isProtected = true
        openHandlers.append(handler)
    }

    private mutating func resolve(_ clause: CatchClause) -> ExceptionClause {
        let frame = frames.count - 1 - clause.label.position
        let isBody = frames[frame].kind == .body
        let slot = isBody ? firstOperandSlot : self.slot(at: frames[frame].height)
        let width = UInt32(labelTypes(frame).slotCount)
        highestSlot = max(highestSlot, slot + width)
        cost += Int64(width) / 8
        let landing = code.count
        if isBody {
            emit(FlatInstruction(.leave, a: slot, b: width))
        } else {
            emitJump(toEndOf: frame)
        }
        func resolved(_ tag: TagIndex?, takesReference: Bool) -> ExceptionClause {
            ExceptionClause(
                tag: tag.map { instance.tags[$0.position].rawValue },
                takesPayload: tag != nil,
                takesReference: takesReference,
                slot: Int(slot),
                landing: landing
            )
        }
        return switch clause {
        case .tag(let tag, _): resolved(tag, takesReference: false)
        case .tagWithReference(let tag, _): resolved(tag, takesReference: true)
        case .all: resolved(nil, takesReference: false)
        case .allWithReference: resolved(nil, takesReference: true)
        }
    }

    /// Ends the range of the innermost open `try_table`.
    ///
    /// The range of a block without instructions counts too: what a search costs must not depend on how many words an
    /// instruction takes.
    mutating func closeTryTable() {
        var handler = openHandlers.removeLast()
        handler.end = code.count
        if !handler.clauses.isEmpty { handlers.append(handler) }
    }

    mutating func `throw`(_ tag: TagIndex) {
        let types = instance.module.functionType(of: tag).parameters
        cost += Int64(types.count) / 8
        let first = entries.count - types.count
        settle(from: first)
        let address = instance.tags[tag.position].rawValue
        emit(FlatInstruction(.throw, a: slot(at: first), b: address, c: UInt32(types.slotCount)))
        pop(count: types.count)
        noteRoots()
        setUnreachable()
    }

    mutating func throwReference() {
        let exception = pop()
        emit(FlatInstruction(.throwReference, a: exception.source))
        setUnreachable()
    }
}
