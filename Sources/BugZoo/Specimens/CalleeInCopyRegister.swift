import MachineCode
import RegisterAllocation

extension Specimen {
    /// The allocator knows what its own moves overwrite, not what the tail call does with the frame.
    static let calleeInCopyRegister = Specimen(
        "callee-in-copy-register",
        references: ["bytecodealliance/wasmtime#6632"],
        trigger: "return_call_indirect or return_call_ref",
        mechanism: "an indirect tail call keeps its callee in the register that the return address is moved through",
        limits: .noCount
    ) { pipeline in
        pipeline.changeSelected { selected, _, machine in
            let register = machine.link ?? machine.scratch(.integer)
            for (position, instruction) in selected.instructions.enumerated()
            where instruction.form == SharedForm.tailCall.rawValue
                && selected.callSites[Int(instruction.immediate)].target.isInRegister
            {
                let callee = selected.problem.instructions[position].operands.lowerBound
                selected.problem.operands[callee].constraint = .fixed(register)
            }
        }
        let allocator = pipeline.allocator
        // As in the original, nothing proves what no constraint says.
        pipeline.check = nil
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            var changed = problem
            let pinned = problem.operandsInReservedRegisters()
            for (_, operand, _) in pinned { changed.operands[operand].constraint = .register }
            var allocation = try allocator.allocate(changed)
            for (instruction, operand, register) in pinned {
                let place = allocation.edits.firstIndex { $0.point > .before(instruction) } ?? allocation.edits.count
                let move = Edit(
                    point: .before(instruction),
                    source: allocation.locations[operand],
                    destination: .register(register),
                    kind: .integer
                )
                allocation.edits.insert(move, at: place)
                allocation.locations[operand] = .register(register)
            }
            return allocation
        }
    }
}

extension AllocationProblem {
    /// The operands of terminators that have to be in registers that the allocator gives to nobody.
    fileprivate func operandsInReservedRegisters() -> [(instruction: Int, operand: Int, register: PhysicalRegister)] {
        var found: [(instruction: Int, operand: Int, register: PhysicalRegister)] = []
        for block in blocks {
            guard let terminator = block.instructions.last else { continue }
            for position in instructions[terminator].operands {
                guard case .fixed(let register) = operands[position].constraint, !allocatable.contains(register) else {
                    continue
                }
                found.append((terminator, position, register))
            }
        }
        return found
    }
}
