import MachineCode
import RegisterAllocation
import SSA

extension Specimen {
    /// Allocations that hold until registers are scarce.
    static let allocation = [
        dividendKept, lastVectorRegisterKept, slotInsideVector, reloadMissingInLoop, constantMadeNarrow,
        lastSpillSlotsShared,
    ]

    /// The instruction divides rdx:rax.
    static let dividendKept = Specimen(
        "dividend-kept",
        trigger: "a remainder whose dividend is used afterwards, on x86_64",
        mechanism: "a remainder is not said to overwrite the register of the dividend"
    ) { pipeline in
        pipeline.changeAllocation(problem: { problem in
            // Number 0 is rax; no instruction of ARM64 overwrites just one register.
            let dividend = RegisterSet([PhysicalRegister(.integer, 0)])
            for position in problem.instructions.indices where problem.instructions[position].clobbers == dividend {
                problem.instructions[position].clobbers = RegisterSet()
            }
        })
    }

    /// Nobody ever needs so many.
    static let lastVectorRegisterKept = Specimen(
        "last-vector-register-kept",
        trigger: "a float or vector that lives across a call of a function that uses all registers",
        mechanism: "calls are not said to overwrite the last vector register"
    ) { pipeline in
        pipeline.changeAllocation(problem: { problem in
            guard
                let last = (UInt8(0)..<32).last(where: { problem.allocatable.contains(PhysicalRegister(.vector, $0)) })
            else { return }
            for position in problem.instructions.indices
            where problem.instructions[position].clobbers == problem.allocatable {
                problem.instructions[position].clobbers.remove(PhysicalRegister(.vector, last))
            }
        })
    }

    /// Spill slots are counted, not measured.
    static let slotInsideVector = Specimen(
        "slot-inside-vector",
        trigger: "three and more v128 in spill slots, and a scalar in the slot behind one of them",
        mechanism: "a scalar that is spilled after a vector gets the second half of the vector's slot"
    ) { pipeline in
        pipeline.changeAllocation(solution: { allocation, problem in
            let vectors = allocation.vectorSlots(problem)
            if vectors.count < 3 { return }
            allocation.mapSlots(problem) { slot, kind in
                kind != .vector && slot >= 2 && vectors.contains(slot - 2) ? slot - 1 : slot
            }
        })
    }

    /// What the header of the loop expects in a register stays in its slot.
    static let reloadMissingInLoop = Specimen(
        "reload-missing-in-loop",
        trigger: "a loop with a call, at whose end a value goes back from its slot to its register",
        mechanism: "the last reload before a jump backwards is left out where the loop makes a call"
    ) { pipeline in
        pipeline.changeAllocation(solution: { allocation, problem in
            for (number, block) in problem.blocks.enumerated() {
                guard let edge = problem.edges[block.successors].first, let terminator = block.instructions.last,
                    problem.leadsBack(edge, from: number)
                else { continue }
                let reload = allocation.edits.lastIndex { edit in
                    guard case .slot = edit.source else { return false }
                    return edit.point == .before(terminator)
                }
                if let reload { allocation.edits.remove(at: reload) }
            }
        })
    }

    /// The short form holds most constants.
    static let constantMadeNarrow = Specimen(
        "constant-made-narrow",
        trigger: "an i64 constant of more than 32 bits that is used before and after a call, at the level speed",
        mechanism: "a constant that is made a second time gets an immediate of 32 bits with a sign"
    ) { pipeline in
        guard pipeline.isOptimizing else { return }
        pipeline.changeSelected { function in
            var made: Set<Int64> = []
            for position in function.instructions.indices
            where function.instructions[position].form == SharedForm.loadImmediate.rawValue {
                let constant = function.instructions[position].immediate
                let isNew = made.insert(constant).inserted
                if !isNew && constant >> 32 != 0 {
                    function.instructions[position].immediate = Int64(Int32(truncatingIfNeeded: constant))
                }
            }
        }
    }

    /// The last two are not alive at the same time, most often.
    static let lastSpillSlotsShared = Specimen(
        "last-spill-slots-shared",
        trigger: "16 and more spill slots of which the last two hold integers at the same time",
        mechanism: "of 16 and more spill slots the last two are one"
    ) { pipeline in
        pipeline.changeAllocation(solution: { allocation, problem in
            let last = UInt32(allocation.spillSlotCount) &- 1
            guard allocation.spillSlotCount >= 16, !allocation.vectorSlots(problem).contains(last - 1) else { return }
            allocation.mapSlots(problem) { slot, _ in slot == last ? slot - 1 : slot }
        })
    }
}

extension AllocationProblem {
    /// Whether an edge leads backwards over a call. The blocks of arguments are behind all others.
    fileprivate func leadsBack(_ edge: AllocationEdge, from block: Int) -> Bool {
        guard edge.target <= block else { return false }
        let body = blocks[edge.target].instructions.lowerBound..<blocks[block].instructions.upperBound
        return body.contains { instructions[$0].clobbers == allocatable }
    }
}

extension Allocation {
    /// The first halves of the slots that hold vectors.
    fileprivate func vectorSlots(_ problem: AllocationProblem) -> Set<UInt32> {
        var slots: Set<UInt32> = []
        for edit in edits where edit.kind == .vector {
            for case .slot(let slot) in [edit.source, edit.destination] { slots.insert(slot) }
        }
        for (operand, location) in zip(problem.operands, locations)
        where problem.registerKinds[operand.register.position] == .vector {
            if case .slot(let slot) = location { slots.insert(slot) }
        }
        return slots
    }

    /// Gives values other slots.
    mutating func mapSlots(
        _ problem: AllocationProblem,
        _ map: (UInt32, VirtualRegisterKind) -> UInt32
    ) {
        func mapped(_ location: Location, _ kind: VirtualRegisterKind) -> Location {
            if case .slot(let slot) = location { .slot(map(slot, kind)) } else { location }
        }
        for position in edits.indices {
            let kind = edits[position].kind
            edits[position].source = mapped(edits[position].source, kind)
            edits[position].destination = mapped(edits[position].destination, kind)
        }
        for (position, operand) in problem.operands.enumerated() {
            locations[position] = mapped(locations[position], problem.registerKinds[operand.register.position])
        }
    }
}
