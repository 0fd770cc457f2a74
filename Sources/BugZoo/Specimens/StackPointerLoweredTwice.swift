import MachineCode

extension Specimen {
    /// Where a call returns, the stack pointer is lowered by the arguments that the callee has popped. The search for the
    /// landing has done as much already.
    static let stackPointerLoweredTwice = Specimen(
        "stack-pointer-lowered-twice",
        references: ["bytecodealliance/wasmtime#11602"],
        trigger: "a caught exception of a call with stack arguments, and a value in a spill slot",
        mechanism: "the exceptional edge of a call lowers the stack pointer by the popped arguments, as the normal one",
        limits: .registers(of: "parameters")
    ) { pipeline in
        pipeline.changeSelected { function in
            let problem = function.problem
            for block in problem.blocks {
                guard let terminator = block.instructions.last,
                    function.instructions[terminator].form == SharedForm.tryCall.rawValue
                else { continue }
                let site = function.callSites[Int(function.instructions[terminator].immediate)]
                for edge in problem.edges[block.successors] where edge.isExceptional {
                    let landing = problem.blocks[edge.target].instructions.lowerBound
                    function.instructions[landing].immediate = Int64(site.poppedSize)
                }
            }
        }
    }
}
