import MachineCode
import SSA

extension Specimen {
    /// Memory that is taken without asking whether there is any: enough was set aside before the operation.
    static let resultReserve = Specimen(
        "result-reserve",
        references: ["Mozilla bug 1675844"],
        trigger: "a call with 150 results and more",
        mechanism: "the compiler sets a fixed amount of memory aside for each operation, however many results it has",
        limits: .most(146, "results")
    ) { pipeline in
        let select = pipeline.select
        pipeline.select = { (function, backend, stages, limits) throws(CompilationError) in
            for instruction in function.instructions {
                var reserve = OperationReserve()
                for _ in 0..<instruction.resultCount { try reserve.take(OperationReserve.nodeSize) }
            }
            return try select(function, backend, stages, limits)
        }
    }
}

/// What is set aside before an operation is compiled.
private struct OperationReserve {
    /// Of what is kept of one result, in bytes.
    static let nodeSize = 112
    /// In bytes.
    private var left = 16 << 10

    /// Takes so many bytes.
    mutating func take(_ size: Int) throws(CompilationError) {
        left -= size
        guard left >= 0 else { throw CompilationError(.brokenInvariant("the reserve of an operation suffices")) }
    }
}
