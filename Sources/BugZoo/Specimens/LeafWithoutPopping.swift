import MachineCode

extension Specimen {
    /// Returns are written for two kinds of functions, and one of the two is not changed with the convention.
    static let leafWithoutPopping = Specimen(
        "leaf-without-popping",
        references: ["bytecodealliance/wasmtime#6634"],
        trigger: "a call with stack arguments of a function that makes no calls",
        mechanism: "the return of a function that makes no calls forgets to pop its arguments",
        limits: .registers(of: "parameters", "results")
    ) { pipeline in
        pipeline.alterBackend { backend in
            backend.poppedSize = { size, function in function.callSites.isEmpty ? 0 : size }
        }
    }
}
