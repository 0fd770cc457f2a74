import MachineCode
import RegisterAllocation

extension Specimen {
    /// The address of the result area is the last of the stub's arguments but the first of the callee's: registers are given out in the order of a list
    /// that is taken to be sorted.
    static let unsortedArguments = Specimen(
        "unsorted-arguments",
        references: ["bytecodealliance/wasmtime#9967"],
        trigger: "more results than registers, 17 and more, and an integer parameter",
        mechanism: "the entry stub takes its argument list for sorted once the result area's address is added",
        limits: .registers(of: "results") + .most(0, "parameters")
    ) { pipeline in
        let build = pipeline.buildEntryStub
        pipeline.buildEntryStub = { (signature, machine, stages, limits) throws(CompilationError) in
            var broken = stages
            let healthy = stages.callLayout
            broken.callLayout = { signature, machine in
                var layout = healthy(signature, machine)
                guard let area = layout.resultAreaPointer else { return layout }
                // Each integer argument gets the register of the one before it; the address comes last.
                var register = area
                for (position, place) in layout.parameters.enumerated() {
                    guard case .register(let own) = place, own.registerClass == .integer else { continue }
                    layout.parameters[position] = .register(register)
                    register = own
                }
                layout.resultAreaPointer = register
                return layout
            }
            return try build(signature, machine, broken, limits)
        }
    }
}
