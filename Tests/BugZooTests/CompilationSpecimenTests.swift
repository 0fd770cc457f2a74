import InTreeEngines
import MachineCode
import RegisterAllocation
import SSA
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import BugZoo

/// The specimen that gives operands no location.
@Suite struct CompilationSpecimenTests {
    /// The greatest number of i32 results that a function without parameters can have under `operand-index-u8`.
    static let lastGood = 254

    @Test(arguments: CompilationTarget.allCases)
    func `the operands of the stub's call pass 256 with the first failing number of results`(
        target: CompilationTarget
    ) throws {
        for resultCount in [Self.lastGood, Self.lastGood + 1] {
            let signature = Signature(parameters: [], results: [IRType](repeating: .i32, count: resultCount))
            let machine = target.backend.machine
            let layout = SelectionStages().callLayout(signature, machine)
            let registerResults = layout.results.count { if case .register = $0 { true } else { false } }
            let stackResults = resultCount - registerResults
            #expect(registerResults == machine.integerResults.count)
            #expect(layout.resultAreaPointer != nil)
            let stub = try Stubs.entry(signature, on: machine, stages: SelectionStages(), limits: CompilationLimits())
            let greatest = stub.problem.instructions.map { Int($0.operandCount) }.max()
            // The callee's address and that of the result area are the uses.
            #expect(greatest == 2 + registerResults + stackResults)
            #expect((2 + registerResults + stackResults > 256) == (resultCount > Self.lastGood))
        }
    }

    @Test(arguments: CompilationTarget.allCases)
    func `the last good number of results compiles with operand indices of 8 bits`(target: CompilationTarget) throws {
        try ZooCompilation.compile(target, .operandIndexOfEightBits, resultCount: Self.lastGood)
    }

    @Test(arguments: CompilationTarget.allCases)
    func `an export with one result more stops the compiler as in the original`(target: CompilationTarget) async throws
    {
        let name = target.rawValue
        let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [name = name as String] in
            let target = try #require(CompilationTarget(rawValue: name))
            try ZooCompilation.compile(
                target,
                .operandIndexOfEightBits,
                resultCount: CompilationSpecimenTests.lastGood + 1
            )
        }
        let errors = String(decoding: try #require(exit).standardErrorContent, as: UTF8.self)
        #expect(errors.contains("assertion failed: register is real, MachineCode/"))
    }

    @Test func `the smallest module stops the compiler`() async throws {
        let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try #require(Specimen.operandIndexOfEightBits.smallest).verdicts(.operandIndexOfEightBits)
        }
        let errors = String(decoding: try #require(exit).standardErrorContent, as: UTF8.self)
        #expect(errors.contains("assertion failed: register is real, MachineCode/"))
        for verdict in try #require(Specimen.operandIndexOfEightBits.smallest).verdicts(nil) {
            // It traps.
            #expect(verdict == .agreement)
        }
    }

    @Test(arguments: CompilationTarget.allCases)
    func `the same function compiles where it is not exported`(target: CompilationTarget) throws {
        try ZooCompilation.compile(target, .operandIndexOfEightBits, resultCount: 1000, isExported: false)
    }

    @Test(arguments: CompilationTarget.allCases)
    func `results that are loaded one by one do not show operand indices of 8 bits`(target: CompilationTarget) throws {
        try ZooCompilation.compile(target, .operandIndexOfEightBits, resultCount: 1000, strategy: .loads)
    }
}

/// What the tests compile.
enum ZooCompilation {
    /// Compiles a function of so many i32 results, and its entry stub where it is exported.
    static func compile(
        _ target: CompilationTarget,
        _ specimen: Specimen?,
        resultCount: Int,
        isExported: Bool = true,
        strategy: ResultStrategy = .definitions
    ) throws {
        let recipe = CaseRecipe(
            edges: [],
            parameters: [],
            results: [ValueType](repeating: .i32, count: resultCount)
        )
        var module = recipe.generate().module
        if !isExported { module.exports.removeAll { $0.name == CaseRecipe.exportName } }
        let compiler = CompilerFactory(target, change: specimen?.breakPipeline).compiler(.none, strategy)
        _ = try compiler.compile(try Validator.validate(module))
    }
}
