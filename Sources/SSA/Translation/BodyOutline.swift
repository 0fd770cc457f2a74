import WasmModel

/// What one scan of a body finds out before it is translated: where frames end, and which locals are assigned in them.
struct BodyOutline {
    /// A `block`, `loop`, `if` or `try_table`.
    struct Frame {
        /// The locals that are assigned in the frame, with repetitions: positions in ``BodyOutline/assignments``.
        var assignments: Range<Int>
        /// A local must be carried over the merge at the frame's label only where its last read is at this position of the body or later.
        var liveFrom: Int
        /// Whether a branch names the frame.
        var isTarget = false
    }

    /// In the order in which they open.
    var frames: [Frame] = []
    /// The locals of all `local.set` and `local.tee`, in order.
    var assignments: [UInt32] = []
    /// The position of the last `local.get` of each local; -1 where there is none.
    var lastReads: [Int]

    /// Scans a body of a function with so many locals.
    init(
        _ body: [Instruction],
        localCount: Int,
        lowerings: [Lowering?],
        refuse: (TranslationError.Reason, Int) -> TranslationError
    ) throws(TranslationError) {
        lastReads = [Int](repeating: -1, count: localCount)
        var open: [Int] = []
        var outermostLoop = OutermostLoop()
        for (position, instruction) in body.enumerated() {
            guard let lowering = lowerings[instruction.opcode.position] else {
                throw refuse(.unsupportedInstruction(instruction.opcode), position)
            }
            switch lowering {
            case .block, .loop, .if, .tryTable:
                if lowering == .tryTable {
                    // Labels of clauses are counted from outside of the frame.
                    for clause in instruction.immediate.tryTable.clauses { note(target: clause.label, open) }
                }
                if lowering == .loop, outermostLoop.start == nil {
                    outermostLoop = OutermostLoop(start: position, depth: open.count)
                }
                open.append(frames.count)
                frames.append(
                    Frame(assignments: assignments.count..<assignments.count, liveFrom: outermostLoop.start ?? -1)
                )
            case .end:
                guard let frame = open.popLast() else { continue }
                frames[frame].assignments = frames[frame].assignments.lowerBound..<assignments.count
                if frames[frame].liveFrom < 0 { frames[frame].liveFrom = position }
                if outermostLoop.depth == open.count { outermostLoop = OutermostLoop() }
            case .br, .brIf, .brOnNull, .brOnNonNull:
                note(target: instruction.immediate.label, open)
            case .brTable:
                for label in instruction.immediate.labelTable { note(target: label, open) }
            case .localGet:
                lastReads[instruction.immediate.local.position] = position
            case .localSet, .localTee:
                assignments.append(instruction.immediate.local.rawValue)
            case .unreachable, .nop, .else, .return, .call, .callIndirect, .drop, .select, .globalGet, .globalSet,
                .constant, .load, .store, .memorySize, .memoryGrow, .isZero, .unary, .binary, .divide, .truncate,
                .callReference, .returnCall, .returnCallIndirect, .returnCallReference, .throw, .throwReference, .bulk,
                .reference, .table, .vector, .vectorAccess:
                break
            }
        }
    }

    private mutating func note(target label: LabelIndex, _ open: [Int]) {
        guard label.position < open.count else { return }
        frames[open[open.count - 1 - label.position]].isTarget = true
    }

    /// The loop that is in no other loop: a read anywhere in it may come after an assignment anywhere in it.
    private struct OutermostLoop {
        var start: Int?
        var depth = -1
    }
}
