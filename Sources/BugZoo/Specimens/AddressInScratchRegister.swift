import Invariants
import MachineCode

extension Specimen {
    /// An offset that no immediate holds needs a register, and there is one for everything.
    static let addressInScratchRegister = Specimen(
        "address-in-scratch-register",
        references: ["bytecodealliance/wasmtime#5824"],
        trigger: "an integer that goes from memory to a spill slot at an offset of 4096 and more, on ARM64",
        mechanism:
            "the address of a slot beyond the immediate is made in the scratch register that holds what is stored",
        limits: .frame(bytes: 0xFFF)
    ) { pipeline in
        pipeline.alterBackend(of: "arm64") { backend in
            let scratch = backend.machine.scratch(.integer)
            backend.addressOfStore = { source, offset in
                guard offset > 0xFFF else { return nil }
                invariant(source != scratch, "the scratch register of an address holds nothing that is stored")
                return scratch
            }
        }
    }
}
