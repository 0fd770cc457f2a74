import SSA

extension Specimen {
    /// A result that goes to a register is loaded as what it is; one that goes to a spill slot is a word of memory.
    static let resultOfMachineWord = Specimen(
        "result-of-machine-word",
        references: ["bytecodealliance/wasmtime#11597"],
        trigger: "a v128 result of a call that is in memory, with the strategy definitions",
        mechanism: "a result that goes from memory to a spill slot is moved as a word of 8 bytes, whatever its type",
        limits: .registers(of: "results")
    ) { pipeline in
        // As calls overwrite all registers, the results that they define in memory all go to spill slots.
        guard pipeline.selection.resultStrategy == .definitions else { return }
        pipeline.selection.resultLoad = { _ in .i64 }
    }
}
