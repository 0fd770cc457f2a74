import MachineCode
import SSA

extension Specimen {
    /// A function of the host has no code of its own to go on in: what is left of the caller's frame is counted by hand.
    static let continuationOffByOne = Specimen(
        "continuation-off-by-one",
        references: ["WasmEdge/WasmEdge#5286"],
        trigger: "a tail call of an imported function with other stack arguments than the caller's",
        mechanism: "the address where a tail-called function of the host returns to is put one entry too low",
        limits: .registers(of: "parameters")
    ) { pipeline in
        pipeline.changeSelected { selected, function, _ in
            let calls = function.instructions.filter(\.operation.isCall)
            for (site, call) in zip(selected.callSites.indices, calls)
            where call.operation == .returnCallIndirect && function.callsImport(call) {
                if selected.callSites[site].argumentSize != selected.incomingArgumentSize {
                    selected.callSites[site].argumentSize += MachineDescription.stackAlignment
                    selected.outgoingArgumentSize = max(
                        selected.outgoingArgumentSize,
                        selected.callSites[site].argumentSize
                    )
                }
            }
        }
    }
}

extension IRFunction {
    /// Whether the callee's record is one that the instance has by the number of a function: only imports are called so.
    fileprivate func callsImport(_ call: InstructionRecord) -> Bool {
        guard var record = operands(of: call).first else { return false }
        if let sum = definition(of: record), sum.operation == .add, let first = operands(of: sum).first {
            record = first
        }
        guard let load = definition(of: record) else { return false }
        return load.operation == .loadContext && load.immediate == Int64(InstanceContextLayout.functionRecords)
    }

    private func definition(of value: Value) -> InstructionRecord? {
        instructions.first { $0.resultCount > 0 && $0.firstResult == value.index }
    }
}
