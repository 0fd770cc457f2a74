import MachineCode

extension Specimen {
    /// There are two forms of tail calls, and the frame layout looks for one.
    static let indirectTailCallWithoutArea = Specimen(
        "indirect-tail-call-without-area",
        references: ["bytecodealliance/wasmtime#8275"],
        trigger: "return_call_indirect or return_call_ref with stack arguments",
        mechanism: "the frame layout does not count the outgoing arguments of indirect tail calls",
        limits: .registers(of: "parameters", "results")
    ) { pipeline in
        pipeline.changeSelected { function in
            let tailCalls = function.instructions.filter { $0.form == SharedForm.tailCall.rawValue }
            let left = Set(tailCalls.map { Int($0.immediate) }.filter { function.callSites[$0].target == .record })
            let counted = function.callSites.indices.filter { !left.contains($0) }
            function.outgoingArgumentSize = counted.map { function.callSites[$0].argumentSize }.max() ?? 0
        }
    }
}
