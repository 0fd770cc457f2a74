import MachineCode
import SSA

extension Specimen {
    /// Who wrote the stub's stores thought of integers: floats are in registers.
    static let floatsWithoutStubStore = Specimen(
        "floats-without-stub-store",
        references: ["bytecodealliance/wasmtime#1303"],
        trigger: "an export with more f32 or f64 parameters than there are registers for them",
        mechanism: "the entry stub has no instruction that stores a float among the stack arguments",
        limits: .registers(of: "parameters")
    ) { pipeline in
        let storable: Set<IRType> = [.i32, .i64, .v128, .reference]
        pipeline.changeEntryStubs { (_, signature, machine, stages) throws(CompilationError) in
            let places = stages.callLayout(signature, machine).parameters
            for (type, place) in zip(signature.parameters, places) {
                guard case .memory = place, !storable.contains(type) else { continue }
                throw CompilationError(.brokenInvariant("the store of an argument of type \(type) has an encoding"))
            }
        }
    }
}
