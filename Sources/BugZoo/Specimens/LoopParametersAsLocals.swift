import SSA

extension Specimen {
    /// An operand that is a local is read where it is used, which is right until the local is set, or the operand is another
    /// one in the next iteration.
    static let loopParametersAsLocals = Specimen(
        "loop-parameters-as-locals",
        references: ["swiftwasm/WasmKit@305258a8", "swiftwasm/WasmKit@f472c74a"],
        trigger: "a loop that takes a local as its parameter, and gets another value from a branch",
        mechanism: "a local is not copied where a loop takes it as a parameter: the body reads the local instead",
        limits: .noCount
    ) { pipeline in
        pipeline.changeTranslationStages { stages in
            stages.operandsOfLoop = { loop in
                zip(loop.taken, loop.parameters).map { taken, parameter in
                    loop.localsBefore.firstIndex(of: taken).map { loop.locals[$0] } ?? parameter
                }
            }
        }
    }
}
