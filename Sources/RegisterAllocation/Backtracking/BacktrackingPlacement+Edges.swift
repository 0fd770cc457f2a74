/// Moves between blocks, and all moves in their order.
extension BacktrackingPlacement {
    /// Moves the arguments of a block's edges to where the parameters begin.
    mutating func moveArguments(from block: Int) throws(AllocationError) {
        let shape = problem.blocks[block]
        let terminator = shape.instructions.upperBound - 1
        var definitions: [VirtualRegister: Int]?
        for edgePosition in shape.successors {
            let edge = problem.edges[edgePosition]
            if edge.arguments.isEmpty { continue }
            let site = EdgeSite(from: block, to: edge.target, problem, live)
            let target = problem.blocks[edge.target]
            let step: Int
            let end: Int32
            switch site {
            case .beforeTerminator, .beforeOperands:
                step = key(before: terminator, .departure)
                end = Int32(terminator) * 2
            case .atTarget:
                step = key(before: target.instructions.lowerBound, .arrival)
                end = Int32(terminator) * 2 + 1
            case .nowhere:
                throw AllocationError.criticalEdge(fromBlock: block, toBlock: edge.target)
            }
            if site == .beforeOperands { copyOperands(ofTerminatorOf: block) }
            for (position, parameterPosition) in zip(edge.arguments, target.parameters) {
                let parameter = problem.blockParameters[parameterPosition].position
                guard !live.rangePositions(of: parameter).isEmpty else { continue }
                let argument = problem.edgeArguments[position]
                var source: MovePlace
                if live.values[argument.position].definition == Int32(terminator) {
                    if definitions == nil { definitions = definitionPositions(of: terminator) }
                    guard let operand = definitions?[argument] else { continue }
                    source = MovePlace(locations[operand])
                } else {
                    source = place(of: argument.position, at: end)
                }
                let index = piece(of: parameter, at: live.values[parameter].start)
                if index >= 0 && !entersThroughSlots[edge.target] {
                    move(parameter, from: source, to: register(ofPiece: index), step)
                }
                if isStored[parameter] { move(parameter, from: source, to: slot(of: parameter), step) }
            }
        }
    }

    private func definitionPositions(of instruction: Int) -> [VirtualRegister: Int] {
        var positions: [VirtualRegister: Int] = [:]
        for position in problem.instructions[instruction].operands
        where problem.operands[position].role == .definition {
            positions[problem.operands[position].register] = position
        }
        return positions
    }

    /// Moves a value on the edges across which it changes its place for a register.
    mutating func moveAlongEdges(_ value: Int) {
        guard isStored[value] else { return }
        if isParameter[value], live.values[value].start >= 0 {
            let home = live.blockOf[Int(live.values[value].start / 2)]
            let index = piece(of: value, at: live.values[value].start)
            if index >= 0 && entersThroughSlots[Int(home)] {
                let step = key(before: Int(live.values[value].start / 2), .settling)
                move(value, from: slot(of: value), to: register(ofPiece: index), step)
            }
        }
        for index in Int(firstPiece[value])..<Int(firstPiece[value + 1]) {
            let piece = pieces[index]
            var block = Int(live.blockOf[Int(piece.from / 2)])
            if live.blockStart[block] < piece.from { block += 1 }
            while block < problem.blocks.count && live.blockStart[block] < piece.to {
                if !(isParameter[value] && live.values[value].start == live.blockStart[block]) {
                    enter(block, value, register(ofPiece: index))
                }
                block += 1
            }
        }
    }

    private mutating func enter(_ block: Int, _ value: Int, _ destination: MovePlace) {
        let predecessors = Int(live.firstPredecessor[block])..<Int(live.firstPredecessor[block + 1])
        let first = problem.blocks[block].instructions.lowerBound
        let start = moves.count
        for position in predecessors {
            let before = Int(live.predecessors[position])
            let terminator = problem.blocks[before].instructions.upperBound - 1
            if live.values[value].definition == Int32(terminator) { continue }
            let source = place(of: value, at: Int32(terminator) * 2 + 1)
            if source == destination { continue }
            switch EdgeSite(from: before, to: block, problem, live) {
            case .beforeTerminator: move(value, from: source, to: destination, key(before: terminator, .departure))
            case .atTarget: move(value, from: source, to: destination, key(before: first, .arrival))
            case .beforeOperands, .nowhere:
                // Whoever comes here, the slot holds the value.
                moves.removeSubrange(start...)
                move(value, from: slot(of: value), to: destination, key(before: first, .settling))
                return
            }
        }
    }

    /// Gives the operands of a terminator that are in slots copies, as the moves of the edge before it may overwrite
    /// their slots.
    mutating func copyOperands(ofTerminatorOf block: Int) {
        let terminator = problem.blocks[block].instructions.upperBound - 1
        for position in problem.instructions[terminator].operands {
            guard case .slot(let slot) = locations[position] else { continue }
            let copy = slots.addTemporary()
            let value = problem.operands[position].register.position
            move(value, from: .slot(slot), to: .slot(copy), key(before: terminator, .operands))
            locations[position] = .slot(copy)
        }
    }

    // MARK: Edits

    /// All moves in their order, each at most with one end in memory.
    mutating func edits() -> [Edit] {
        moves.sort { $0.key < $1.key }
        var edits: [Edit] = []
        edits.reserveCapacity(moves.count)
        var group: [ParallelMove] = []
        var position = 0
        while position < moves.count {
            let key = moves[position].key
            group.removeAll(keepingCapacity: true)
            while position < moves.count && moves[position].key == key {
                group.append(moves[position].move)
                position += 1
            }
            let point = ProgramPoint.before(key / 4)
            let isSimple = group.count == 1 && !(group[0].source.isMemory && group[0].destination.isMemory)
            for step in isSimple ? group : resolver.resolve(group, problem.scratch).moves {
                edits.append(
                    Edit(
                        point: point,
                        source: editLocation(step.source),
                        destination: editLocation(step.destination),
                        kind: step.kind
                    )
                )
            }
        }
        return edits
    }

    private mutating func editLocation(_ place: MovePlace) -> Location {
        switch place {
        case .register(let register): return .register(register)
        case .memory(let area, let offset):
            guard area == .temporary else { return .slot(offset / 8) }
            while temporarySlots.count <= Int(offset / 16) { temporarySlots.append(slots.addTemporary()) }
            return .slot(temporarySlots[Int(offset / 16)])
        }
    }
}
