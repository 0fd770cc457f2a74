/// The allocation of the operands of one instruction: those in given registers first, then those that need a register
/// at both positions, then those that need one at one position, last those that can do without.
extension SinglePassRun {
    mutating func allocate(instruction: Int, in block: Int, isTerminator: Bool) throws(AllocationError) {
        let shape = problem.instructions[instruction]
        let operands = shape.operands
        copies.removeAll(keepingCapacity: true)
        temporaryCopies.removeAll(keepingCapacity: true)
        movesAfter.removeAll(keepingCapacity: true)
        overwrittenParametersOf = -1
        if isTerminator, edgePlacement(of: block) == .beforeTerminator {
            overwrittenParametersOf = Int32(problem.edges[problem.blocks[block].successors.lowerBound].target)
        }
        if operands.isEmpty && shape.clobbers.isEmpty {
            early = 0
            if isTerminator { moveEdgeArguments(of: block) }
            return
        }
        releaseDefinitions(operands)
        through = occupied
        try takeFixedRegisters(instruction, operands, clobbers: shape.clobbers.bits)
        try takeBothPositions(instruction, operands)
        try takeRegisters(instruction, operands)
        takeAnything(operands, in: block)
        finishDefinitions(operands)
        try addMovesAfter(instruction, in: block, isTerminator: isTerminator)
        if isTerminator { moveEdgeArguments(of: block) }
        addMovesBefore(instruction)
        releaseEndedSlots()
    }

    /// Frees the registers of what the instruction defines, which are its targets.
    private mutating func releaseDefinitions(_ operands: Range<Int>) {
        targets = 0
        for position in operands where problem.operands[position].role == .definition {
            let value = problem.operands[position].register
            let register = registerOf[value.position]
            if register != Self.noRegister {
                clearRegister(register)
                targetOf[value.position] = register
                targets |= 1 << UInt64(register)
            }
        }
    }

    private mutating func takeFixedRegisters(
        _ instruction: Int,
        _ operands: Range<Int>,
        clobbers: UInt64
    ) throws(AllocationError) {
        var uses: UInt64 = 0
        var definitions: UInt64 = 0
        var earlyDefinitions: UInt64 = 0
        fixedLateUses = 0
        for position in operands {
            let operand = problem.operands[position]
            guard case .fixed(let register) = operand.constraint else { continue }
            let bit: UInt64 = 1 << UInt64(register.number)
            guard
                problem.allocatable.contains(register),
                register.registerClass == problem.registerKinds[operand.register.position].registerClass
            else {
                let index = position - operands.lowerBound
                throw .unsuitableRegister(instruction: instruction, operand: index, register)
            }
            switch operand.role {
            case .use:
                if uses & bit != 0 && fixedUser[Int(register.number)] != Int32(operand.register.index) {
                    throw .conflictingRegister(instruction: instruction, register)
                }
                uses |= bit
                fixedUser[Int(register.number)] = Int32(operand.register.index)
                if operand.position == .late { fixedLateUses |= bit }
            case .definition:
                if definitions & bit != 0 { throw .conflictingRegister(instruction: instruction, register) }
                definitions |= bit
                if operand.position == .early { earlyDefinitions |= bit }
            }
        }
        let conflicts =
            earlyDefinitions & uses | definitions & fixedLateUses | clobbers & (fixedLateUses | earlyDefinitions)
        if conflicts != 0 {
            throw .conflictingRegister(
                instruction: instruction,
                PhysicalRegister(number: UInt8(conflicts.trailingZeroBitCount))
            )
        }
        early = 0
        late = 0
        var taken = (uses | definitions | clobbers) & through
        while taken != 0 {
            let register = UInt8(taken.trailingZeroBitCount)
            let bit: UInt64 = 1 << UInt64(register)
            taken &= taken - 1
            let isKept =
                uses & bit != 0 && (definitions | clobbers) & bit == 0
                && fixedUser[Int(register)] == content[Int(register)]
            if !isKept { evict(register) }
        }
        early = uses | earlyDefinitions
        late = definitions | fixedLateUses | clobbers
        for position in operands {
            let operand = problem.operands[position]
            guard case .fixed(let register) = operand.constraint else { continue }
            locations[position] = .register(register)
            if operand.role == .use { hold(operand.register, in: register.number) }
        }
    }

    /// Takes registers for what is in its register at both positions: definitions that are early or reuse a use's
    /// register, and late uses.
    private mutating func takeBothPositions(
        _ instruction: Int,
        _ operands: Range<Int>
    ) throws(AllocationError) {
        for position in operands {
            let operand = problem.operands[position]
            let value = operand.register.position
            switch (operand.constraint, operand.role, operand.position) {
            case (.reuse(let reused), .definition, _):
                let use = operands.lowerBound + Int(reused)
                let index = position - operands.lowerBound
                guard
                    operands.contains(use), problem.operands[use].role == .use,
                    problem.operands[use].position == .early, problem.operands[use].constraint == .register,
                    locations[use] == .none,
                    problem.registerKinds[problem.operands[use].register.position].registerClass
                        == problem.registerKinds[value].registerClass
                else { throw .malformedReuse(instruction: instruction, operand: index) }
                let register = try takeBoth(preferring: targetOf[value], for: value, instruction, index)
                locations[position] = .register(PhysicalRegister(number: register))
                locations[use] = locations[position]
                hold(problem.operands[use].register, in: register)
            case (.reuse, .use, _):
                throw .malformedReuse(instruction: instruction, operand: position - operands.lowerBound)
            case (.register, .definition, .early):
                let register = try takeBoth(
                    preferring: targetOf[value],
                    for: value,
                    instruction,
                    position - operands.lowerBound
                )
                locations[position] = .register(PhysicalRegister(number: register))
            case (.register, .use, .late):
                var register = registerOf[value]
                if register == Self.noRegister || !isHeldUntilLate(register, value) {
                    register = try takeBoth(
                        preferring: Self.noRegister,
                        for: value,
                        instruction,
                        position - operands.lowerBound
                    )
                    hold(operand.register, in: register)
                }
                early |= 1 << UInt64(register)
                late |= 1 << UInt64(register)
                locations[position] = .register(PhysicalRegister(number: register))
            case (.register, _, _), (.any, _, _), (.fixed, _, _), (.stack, _, _):
                break
            }
        }
    }

    private func isHeldUntilLate(_ register: UInt8, _ value: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(register)
        return late & bit == 0 || (fixedLateUses & bit != 0 && fixedUser[Int(register)] == Int32(value))
    }

    /// Takes registers for late definitions and early uses that must have one.
    private mutating func takeRegisters(_ instruction: Int, _ operands: Range<Int>) throws(AllocationError) {
        // A definition that can have the register in which it is expected takes it before another one does.
        for position in operands where isLateRegisterDefinition(position) {
            let target = targetOf[problem.operands[position].register.position]
            if target != Self.noRegister && (late | through) >> UInt64(target) & 1 == 0 {
                late |= 1 << UInt64(target)
                locations[position] = .register(PhysicalRegister(number: target))
            }
        }
        for position in operands {
            let operand = problem.operands[position]
            guard operand.constraint == .register, locations[position] == .none else { continue }
            let value = operand.register.position
            let classBits = allocatable[Int(problem.registerKinds[value].registerClass.rawValue)]
            let register: UInt8
            switch operand.role {
            case .definition:
                guard let taken = takeFree(classBits & ~late, avoiding: targets, evictingLast: early) else {
                    throw outOfRegisters(instruction, position - operands.lowerBound, value)
                }
                register = taken
                late |= 1 << UInt64(register)
            case .use:
                if registerOf[value] != Self.noRegister {
                    register = registerOf[value]
                } else if let taken = takeFree(classBits & ~early, avoiding: 0, evictingLast: 0) {
                    register = taken
                    hold(operand.register, in: register)
                } else {
                    throw outOfRegisters(instruction, position - operands.lowerBound, value)
                }
                early |= 1 << UInt64(register)
            }
            locations[position] = .register(PhysicalRegister(number: register))
        }
    }

    private func isLateRegisterDefinition(_ position: Int) -> Bool {
        let operand = problem.operands[position]
        return operand.role == .definition && operand.constraint == .register && locations[position] == .none
    }

    /// Places what may be in a slot.
    private mutating func takeAnything(_ operands: Range<Int>, in block: Int) {
        for position in operands where locations[position] == .none {
            let operand = problem.operands[position]
            let value = operand.register.position
            var register = Self.noRegister
            if operand.constraint == .any {
                switch operand.role {
                case .definition:
                    register = targetOf[value]
                    let busy = late | through | (operand.position == .early ? early : 0)
                    if register != Self.noRegister && busy >> UInt64(register) & 1 != 0 { register = Self.noRegister }
                case .use:
                    register = registerForUse(operand, in: block)
                }
            }
            if register == Self.noRegister {
                locations[position] = .slot(slotOfOperand(operand))
                continue
            }
            locations[position] = .register(PhysicalRegister(number: register))
            let bit: UInt64 = 1 << UInt64(register)
            if operand.role == .use || operand.position == .early { early |= bit }
            if operand.role == .definition || operand.position == .late { late |= bit }
        }
    }

    /// The register that holds a used value, or a free one for a value of this block.
    private mutating func registerForUse(_ operand: Operand, in block: Int) -> UInt8 {
        let value = operand.register.position
        var register = registerOf[value]
        let isLate = operand.position == .late
        if register != Self.noRegister {
            return isLate && !isHeldUntilLate(register, value) ? Self.noRegister : register
        }
        guard definingBlock[value] == Int32(block), parameterOf[value] < 0 else { return Self.noRegister }
        let classBits = allocatable[Int(problem.registerKinds[value].registerClass.rawValue)]
        let free = classBits & ~(early | through | (isLate ? late : 0))
        guard free != 0 else { return Self.noRegister }
        register = UInt8(free.trailingZeroBitCount)
        hold(operand.register, in: register)
        return register
    }

    /// The slot of an operand: the value's own, but a copy where the value's own slot is overwritten before the
    /// instruction.
    private mutating func slotOfOperand(_ operand: Operand) -> UInt32 {
        let value = operand.register.position
        guard overwrittenParametersOf >= 0, operand.role == .use, parameterOf[value] == overwrittenParametersOf else {
            return slot(of: operand.register)
        }
        let copy = UInt32(newSlot(isWide: problem.registerKinds[value].slotCount == 2))
        temporaryCopies.append((operand.register, copy))
        return copy
    }

    // MARK: Registers

    /// Makes a register hold a used value before the instruction.
    private mutating func hold(_ value: VirtualRegister, in register: UInt8) {
        if registerOf[value.position] == Self.noRegister {
            setRegister(register, to: value)
        } else if registerOf[value.position] != register {
            copies.append((value, register))
        }
    }

    private mutating func takeBoth(
        preferring preferred: UInt8,
        for value: Int,
        _ instruction: Int,
        _ operand: Int
    ) throws(AllocationError) -> UInt8 {
        let classBits = allocatable[Int(problem.registerKinds[value].registerClass.rawValue)]
        var register = preferred
        if preferred == Self.noRegister || (early | late | through) >> UInt64(preferred) & 1 != 0 {
            guard let taken = takeFree(classBits & ~(early | late), avoiding: targets, evictingLast: 0) else {
                throw outOfRegisters(instruction, operand, value)
            }
            register = taken
        }
        early |= 1 << UInt64(register)
        late |= 1 << UInt64(register)
        return register
    }

    /// A register out of the candidates, free if possible and not one of those to avoid; otherwise the value that goes
    /// through it is evicted.
    private mutating func takeFree(_ candidates: UInt64, avoiding: UInt64, evictingLast: UInt64) -> UInt8? {
        let free = candidates & ~through
        if free & ~avoiding != 0 { return UInt8((free & ~avoiding).trailingZeroBitCount) }
        if free != 0 { return UInt8(free.trailingZeroBitCount) }
        let victims = candidates & ~evictingLast != 0 ? candidates & ~evictingLast : candidates
        guard victims != 0 else { return nil }
        let register = UInt8(victims.trailingZeroBitCount)
        evict(register)
        return register
    }

    private func outOfRegisters(_ instruction: Int, _ operand: Int, _ value: Int) -> AllocationError {
        .outOfRegisters(instruction: instruction, operand: operand, problem.registerKinds[value].registerClass)
    }

    /// Reloads the value that a register holds after the instruction; it stays there before it only if an operand has
    /// it there.
    private mutating func evict(_ register: UInt8) {
        let value = VirtualRegister(Int(content[Int(register)]))
        movesAfter.append(
            ParallelMove(
                from: .slot(slot(of: value)),
                to: .register(PhysicalRegister(number: register)),
                kind: problem.registerKinds[value.position]
            )
        )
        through &= ~(1 << UInt64(register))
        if early >> UInt64(register) & 1 == 0 { clearRegister(register) }
    }

    // MARK: Moves

    /// Moves definitions to where they are expected, and into their slots.
    private mutating func finishDefinitions(_ operands: Range<Int>) {
        for position in operands where problem.operands[position].role == .definition {
            let value = problem.operands[position].register
            let kind = problem.registerKinds[value.position]
            let place = MovePlace(locations[position])
            let target = targetOf[value.position]
            if target != Self.noRegister {
                let destination = MovePlace.register(PhysicalRegister(number: target))
                if destination != place { movesAfter.append(ParallelMove(from: place, to: destination, kind: kind)) }
                targetOf[value.position] = Self.noRegister
            }
            let isInSlot = slotOf[value.position] >= 0
            if isInSlot || (isShared[value.position] && isUsed[value.position]) {
                let destination = MovePlace.slot(slot(of: value))
                if destination != place { movesAfter.append(ParallelMove(from: place, to: destination, kind: kind)) }
                if !isShared[value.position] { endedSlots.append(value) }
            }
        }
    }

    private mutating func addMovesAfter(
        _ instruction: Int,
        in block: Int,
        isTerminator: Bool
    ) throws(AllocationError) {
        guard !movesAfter.isEmpty else { return }
        var sources: UInt64 = 0
        var destinations: UInt64 = 0
        for move in movesAfter {
            if case .register(let register) = move.source { sources |= 1 << UInt64(register.number) }
            if case .register(let register) = move.destination { destinations |= 1 << UInt64(register.number) }
        }
        if sources & destinations != 0 { movesAfter = resolver.resolve(movesAfter, problem.scratch).moves }
        guard isTerminator else {
            for move in movesAfter.reversed() { reversedEdits.append(edit(move, at: .after(instruction))) }
            return
        }
        // What the terminator defines, it defines on the normal edges only.
        for position in problem.blocks[block].successors where !problem.edges[position].isExceptional {
            let target = problem.edges[position].target
            guard predecessorCounts[target] == 1 else { throw .criticalEdge(fromBlock: block, toBlock: target) }
            let start = ProgramPoint.before(problem.blocks[target].instructions.lowerBound)
            for move in movesAfter { arrivalStores.append(edit(move, at: start)) }
        }
    }

    /// Copies used values into the further registers and slots that must hold them. None of these holds anything else
    /// there.
    private mutating func addMovesBefore(_ instruction: Int) {
        let point = ProgramPoint.before(instruction)
        for (value, destination) in copies.reversed() {
            let source = registerOf[value.position]
            if source == Self.noRegister {
                setRegister(destination, to: value)
            } else if source != destination {
                reversedEdits.append(
                    Edit(
                        point: point,
                        source: .register(PhysicalRegister(number: source)),
                        destination: .register(PhysicalRegister(number: destination)),
                        kind: problem.registerKinds[value.position]
                    )
                )
            }
        }
        for (value, slot) in temporaryCopies {
            let move = ParallelMove(
                from: place(of: value),
                to: .slot(slot),
                kind: problem.registerKinds[value.position]
            )
            for step in resolver.resolve([move], problem.scratch).moves.reversed() {
                reversedEdits.append(edit(step, at: point))
            }
        }
    }
}
