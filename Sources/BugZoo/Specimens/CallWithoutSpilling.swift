import MachineCode
import RegisterAllocation

extension Specimen {
    /// What was evaluated before the arguments stays in its register.
    static let callWithoutSpilling = Specimen(
        "call-without-spilling",
        references: ["bytecodealliance/wasmtime#7573"],
        trigger: "a call while values are in registers that the callee uses, at the level none",
        mechanism: "values in registers are not spilled before a call",
        limits: .noCount
    ) { pipeline in
        if pipeline.isOptimizing { return }
        pipeline.changeSelected { function in
            for position in function.instructions.indices
            where function.instructions[position].form == SharedForm.call.rawValue {
                function.problem.instructions[position].clobbers = RegisterSet()
            }
        }
    }
}
