/// Proves symbolically that an allocation is a solution of its problem, whichever allocator made it.
///
/// A use demands that its location holds its value. Demands flow backwards through instructions, edits and edges, until the
/// definition of the value meets them or something else in their location breaks them. Registers that the allocator gives
/// no meaning to count as overwritten. The sets of values that regalloc2's checker has flow forwards, and get smaller by
/// one in each round where a loop rotates parameters that are equal at first; demands do not. Takes time in proportion to the
/// operands, the edits, and the blocks that each value is needed through, times the logarithm of the writes to one location.
public struct AllocationChecker: Sendable {
    /// Makes a checker.
    public init() {}

    /// Throws the first violation that it finds.
    public func check(_ problem: AllocationProblem, _ allocation: Allocation) throws(AllocationViolation) {
        guard allocation.locations.count == problem.operands.count else {
            throw AllocationViolation(
                .locationCount(expected: problem.operands.count, found: allocation.locations.count)
            )
        }
        var shape = AllocationShapeCheck(problem, allocation)
        try shape.check()
        var flow = AllocationFlowCheck(problem, allocation)
        try flow.check()
    }
}

/// The part of the check that needs no data flow: each location against its constraint and the other operands of its
/// instruction, each edit by itself.
private struct AllocationShapeCheck {
    let problem: AllocationProblem
    let allocation: Allocation
    /// By unit (64 registers, then slots), the operand that uses it in the current instruction, as its position plus
    /// one.
    var uses: [UInt32]
    var lateUses: [UInt32]
    var definitions: [UInt32]
    var isDefined: [Bool]

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        self.problem = problem
        self.allocation = allocation
        let unitCount = 64 + max(0, allocation.spillSlotCount)
        uses = [UInt32](repeating: 0, count: unitCount)
        lateUses = uses
        definitions = uses
        isDefined = [Bool](repeating: false, count: problem.registerKinds.count)
    }

    mutating func check() throws(AllocationViolation) {
        try checkEdits()
        for parameter in problem.blockParameters {
            if isDefined[parameter.position] { throw AllocationViolation(.definedTwice(parameter)) }
            isDefined[parameter.position] = true
        }
        for instruction in problem.instructions.indices {
            let operands = problem.instructions[instruction].operands
            for position in operands { try checkConstraint(position, instruction, operands) }
            // An operand of an earlier instruction has a lower position than the first of these, so nothing needs to be
            // reset.
            let first = UInt32(operands.lowerBound) + 1
            for position in operands where problem.operands[position].role == .use {
                mark(position)
            }
            for position in operands where problem.operands[position].role == .definition {
                try checkOverlap(position, instruction, first)
                mark(position)
            }
        }
    }

    private func checkEdits() throws(AllocationViolation) {
        var isTerminator = [Bool](repeating: false, count: problem.instructions.count)
        for block in problem.blocks where !block.instructions.isEmpty {
            isTerminator[block.instructions.upperBound - 1] = true
        }
        var last: UInt32 = 0
        for (position, edit) in allocation.edits.enumerated() {
            let instruction = Int(edit.point.rawValue / 2)
            guard edit.point.rawValue >= last else { throw AllocationViolation(.unsortedEdits, edit: position) }
            last = edit.point.rawValue
            guard instruction < isTerminator.count, edit.point.rawValue % 2 == 0 || !isTerminator[instruction] else {
                throw AllocationViolation(.editOutsideBlock, instruction: instruction, edit: position)
            }
            switch (edit.source, edit.destination) {
            case (.register, .register), (.register, .slot), (.slot, .register): break
            case (.slot, .slot), (.none, _), (_, .none):
                throw AllocationViolation(
                    .unsupportedMove(from: edit.source, to: edit.destination),
                    instruction: instruction,
                    edit: position
                )
            }
            for location in [edit.source, edit.destination] {
                guard let reason = unsuitability(of: location, edit.kind, mayBeScratch: true) else { continue }
                throw AllocationViolation(reason, instruction: instruction, edit: position)
            }
        }
    }

    private func unsuitability(
        of location: Location,
        _ kind: VirtualRegisterKind,
        mayBeScratch: Bool
    ) -> AllocationViolation.Reason? {
        switch location {
        case .none:
            return .constraint(.any, found: .none)
        case .register(let register):
            let isAllowed =
                register.number < 64
                && (problem.allocatable.contains(register) || (mayBeScratch && problem.scratch.contains(register)))
            return isAllowed && register.registerClass == kind.registerClass ? nil : .unsuitableRegister(register, kind)
        case .slot(let slot):
            let isInside = Int(slot) + kind.slotCount <= allocation.spillSlotCount
            let isAligned = kind.slotCount == 1 || slot % 2 == 0
            return isInside && isAligned ? nil : .slotOutsideArea(slot, slotCount: allocation.spillSlotCount)
        }
    }

    private mutating func checkConstraint(
        _ position: Int,
        _ instruction: Int,
        _ operands: Range<Int>
    ) throws(AllocationViolation) {
        let operand = problem.operands[position]
        let location = allocation.locations[position]
        let index = position - operands.lowerBound
        if let reason = unsuitability(
            of: location,
            problem.registerKinds[operand.register.position],
            mayBeScratch: false
        ) {
            throw AllocationViolation(reason, instruction: instruction, operand: index)
        }
        let isMet: Bool
        var mayBeClobbered = operand.role == .use && operand.position == .early
        switch operand.constraint {
        case .any: isMet = true
        case .register: isMet = isRegister(location)
        case .fixed(let register):
            isMet = location == .register(register)
            if operand.role == .definition && operand.position == .late { mayBeClobbered = true }
        case .stack: isMet = !isRegister(location)
        case .reuse(let reused):
            isMet =
                Int(reused) < operands.count && isRegister(location)
                && allocation.locations[operands.lowerBound + Int(reused)] == location
        }
        if !isMet {
            throw AllocationViolation(
                .constraint(operand.constraint, found: location),
                instruction: instruction,
                operand: index
            )
        }
        if case .register(let register) = location, !mayBeClobbered,
            problem.instructions[instruction].clobbers.contains(register)
        {
            throw AllocationViolation(.clobbered(register), instruction: instruction, operand: index)
        }
        if operand.role == .definition {
            if isDefined[operand.register.position] {
                throw AllocationViolation(.definedTwice(operand.register), instruction: instruction, operand: index)
            }
            isDefined[operand.register.position] = true
        }
    }

    private func isRegister(_ location: Location) -> Bool {
        switch location {
        case .register: true
        case .none, .slot: false
        }
    }

    private func units(_ position: Int) -> Range<Int> {
        allocation.locations[position].units(of: problem.registerKinds[problem.operands[position].register.position])
    }

    private mutating func mark(_ position: Int) {
        let operand = problem.operands[position]
        let name = UInt32(position) + 1
        for unit in units(position) {
            switch operand.role {
            case .use:
                uses[unit] = name
                if operand.position == .late { lateUses[unit] = name }
            case .definition:
                definitions[unit] = name
            }
        }
    }

    private func checkOverlap(_ position: Int, _ instruction: Int, _ first: UInt32) throws(AllocationViolation) {
        let isEarly = problem.operands[position].position == .early
        for unit in units(position) {
            var other = definitions[unit]
            if other < first { other = isEarly ? uses[unit] : lateUses[unit] }
            if other >= first {
                throw AllocationViolation(
                    .sharedLocation(allocation.locations[position], otherOperand: Int(other - first)),
                    instruction: instruction,
                    operand: position - Int(first - 1)
                )
            }
        }
    }
}
