import MachineCode
import SSA

extension Specimen {
    /// The stub expects the last of several results where the callee put the first.
    static let reversedStubResults = Specimen(
        "reversed-stub-results",
        references: ["bytecodealliance/wasmtime#8198"],
        trigger: "an export with several results",
        mechanism: "the entry stub gives registers to the last results first",
        limits: .most(1, "results")
    ) { pipeline in
        let build = pipeline.buildEntryStub
        pipeline.buildEntryStub = { (signature, machine, stages, limits) throws(CompilationError) in
            var broken = stages
            let healthy = stages.callLayout
            broken.callLayout = { signature, machine in
                var layout = healthy(signature, machine)
                let reversed = Signature(parameters: signature.parameters, results: signature.results.reversed())
                layout.results = healthy(reversed, machine).results.reversed()
                return layout
            }
            return try build(signature, machine, broken, limits)
        }
    }
}
