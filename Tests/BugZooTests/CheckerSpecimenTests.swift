import InTreeEngines
import MachineCode
import RegisterAllocation
import Testing
import WasmFormats

@testable import BugZoo

/// The specimen whose checker does not see the mistake of its allocator.
@Suite struct CheckerSpecimenTests {
    @Test(arguments: CompilationTarget.allCases)
    func `a checker that looks at terminators refutes what one that does not passes`(target: CompilationTarget) throws {
        let trigger = try #require(Specimen.terminatorsTakenForBranches.smallest)
        let module = try Validator.validate(try TextParser.module(trigger.text))
        func compile(_ change: @escaping @Sendable (inout PipelineConfiguration) -> Void) throws {
            _ = try CompilerFactory(target, change: change).compiler(.speed, .definitions).compile(module)
        }
        try compile(Specimen.terminatorsTakenForBranches.breakPipeline)
        let error = #expect(throws: CompilationError.self) {
            try compile { pipeline in
                let check = pipeline.check
                Specimen.terminatorsTakenForBranches.breakPipeline(&pipeline)
                pipeline.check = check
            }
        }
        #expect("\(try #require(error))".contains("allocation is correct: "))
        // The checker passes what is right too.
        try compile { pipeline in
            let allocator = pipeline.allocator
            Specimen.terminatorsTakenForBranches.breakPipeline(&pipeline)
            pipeline.allocator = allocator
        }
    }
}
