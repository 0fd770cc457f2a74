import InTreeEngines
import MachineCode
import RegisterAllocation
import SSA
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import BugZoo

/// The specimens that stop the compiler.
@Suite struct CompilationSpecimenTests {
    /// A specimen, and what the compiler says when it stops.
    struct Stopped: Sendable, CustomTestStringConvertible {
        var identifier: String
        var text: String

        var testDescription: String { identifier }
    }

    static let stopped = [
        Stopped(identifier: "operand-index-u8", text: "register is real, MachineCode/"),
        Stopped(identifier: "registers-run-out-unnoticed", text: "register is real, MachineCode/"),
        Stopped(
            identifier: "call-of-constant-size",
            text: "code of an instruction has its worst-case size, MachineCode/"
        ),
        Stopped(
            identifier: "tail-call-of-constant-size",
            text: "code of an instruction has its worst-case size, MachineCode/"
        ),
        Stopped(
            identifier: "no-scratch-for-memory-moves",
            text: "a register is left for moves from memory to memory, BugZoo/"
        ),
        Stopped(
            identifier: "address-in-scratch-register",
            text: "the scratch register of an address holds nothing that is stored, BugZoo/"
        ),
    ]

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

    @Test(arguments: stopped)
    func `the smallest module stops the compiler, and agrees in the healthy pipeline`(_ stopped: Stopped) async throws {
        let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            [identifier = stopped.identifier as String] in
            let specimen = try #require(Specimen(identifier: identifier))
            _ = try #require(specimen.smallest).verdicts(specimen)
        }
        let errors = String(decoding: try #require(exit).standardErrorContent, as: UTF8.self)
        #expect(errors.contains("assertion failed: \(stopped.text)"), "\(errors)")
        let specimen = try #require(Specimen(identifier: stopped.identifier))
        for verdict in try #require(specimen.smallest).verdicts(nil) { #expect(verdict == .agreement) }
    }

    @Test func `a tail call that returns too much stops the compiler behind a validator that lets it through`()
        async throws
    {
        let exit = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try #require(Specimen.extraTailCallResults.smallest).verdicts(.extraTailCallResults)
        }
        let errors = String(decoding: try #require(exit).standardErrorContent, as: UTF8.self)
        #expect(errors.contains("assertion failed: a tail call has the results of its function, MachineCode/"))
        for verdict in try #require(Specimen.extraTailCallResults.smallest).verdicts(nil) {
            // All reject it.
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
