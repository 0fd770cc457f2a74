import InTreeEngines
import MachineCode
import RegisterAllocation
import Synchronization
import Testing
import WasmFormats
import WasmGenerator

@testable import BugZoo

/// The specimens in the splitter of the backtracking allocator.
@Suite struct SplittingSpecimenTests {
    /// Compiles a module in text at the level `speed` with stages of the splitter.
    private static func compile(_ text: String, _ target: CompilationTarget, _ splitting: BundleSplitting) throws {
        let module = try Validator.validate(try TextParser.module(text))
        let factory = CompilerFactory(target, change: { $0.allocator = .backtracking(splitting: splitting) })
        _ = try factory.compiler(.speed, .definitions).compile(module)
    }

    /// Compiles a module in text at the level `speed` with a specimen.
    private static func compile(_ text: String, _ target: CompilationTarget, _ specimen: Specimen) throws {
        let module = try Validator.validate(try TextParser.module(text))
        let factory = CompilerFactory(target, change: specimen.breakPipeline)
        _ = try factory.compiler(.speed, .definitions).compile(module)
    }

    // MARK: endless-splitting

    /// The sum of two parameters, written to where one of them is read, before loops in loops that use so many
    /// parameters.
    private static func loops(using count: Int) -> String {
        let countDown = "(local.set $i (i32.sub (local.get $i) (i32.const 1)))"
        let uses = (0..<count).map { "(local.set $a (f64.add (local.get $a) (local.get \($0))))" }
        return """
            (module
              (global $g (mut f64) (f64.const 0))
              (func (export "f") (param \(String(repeating: "f64 ", count: count))) (param $a f64) (param $i i32) (result f64)
                (global.set $g (f64.add (local.get 0) (local.get 1)))
                (loop $outer (loop $inner
                  \(countDown)
                  \(uses.joined(separator: "\n"))
                  (br_if $inner (local.get $i))) \(countDown) (br_if $outer (local.get $i)))
                (local.get $a)))
            """
    }

    /// How often the allocator asks whether a part is minimal; after so many times it gets the answer of the healthy one.
    private static func questions(_ text: String, _ splitting: BundleSplitting, limit: Int) throws -> Int {
        let count = Questions()
        var counted = splitting
        counted.isMinimal = { points in
            count.value.wrappingAdd(1, ordering: .relaxed).oldValue < limit
                ? splitting.isMinimal(points) : BundleSplitting.standard.isMinimal(points)
        }
        try compile(text, .x86_64, counted)
        return count.value.load(ordering: .relaxed)
    }

    private final class Questions: Sendable {
        let value = Atomic(0)
    }

    /// More questions than any of these problems can lead to: each part is asked about once, and no part is made of
    /// parts of the same anchors more often than ``BundleSplitting`` splits before it makes them minimal.
    private static let limit = 10_000

    @Test func `splitting never ends where all registers belong to what is used more often`() throws {
        let splitting = Specimen.splittingThatNeverEnds
        #expect(try Self.questions(Self.loops(using: 13), splitting, limit: Self.limit) > Self.limit)
    }

    @Test func `splitting that never ends does where a register is left`() throws {
        let splitting = Specimen.splittingThatNeverEnds
        #expect(try Self.questions(Self.loops(using: 12), splitting, limit: Self.limit) < 10)
    }

    @Test func `splitting ends in the healthy allocator`() throws {
        #expect(try Self.questions(Self.loops(using: 13), .standard, limit: Self.limit) < 10)
    }

    // MARK: merged-minimal-ranges

    /// A function that calls its parameter so many times.
    private static func calls(_ count: Int) -> String {
        """
        (module
          (type $t (func))
          (func (export "f") (param (ref $t)) \(String(repeating: "(call_ref $t (local.get 0))", count: count))))
        """
    }

    @Test(arguments: CompilationTarget.allCases)
    func `a reference that is called twice has no register with ranges that reach the late point`(
        target: CompilationTarget
    ) throws {
        let error = #expect(throws: CompilationError.self) {
            try Self.compile(Self.calls(2), target, .mergedMinimalRanges)
        }
        #expect("\(try #require(error))".hasSuffix("no integer register is left"))
    }

    @Test(arguments: CompilationTarget.allCases)
    func `a reference that is called once has a register with ranges that reach the late point`(
        target: CompilationTarget
    ) throws {
        try Self.compile(Self.calls(1), target, .mergedMinimalRanges)
    }

    @Test(arguments: CompilationTarget.allCases)
    func `a reference that is called twice has a register in the healthy allocator`(target: CompilationTarget) throws {
        try Self.compile(Self.calls(2), target, BundleSplitting.standard)
    }

    @Test func `a recipe that keeps its callee shows ranges that reach the late point, and one that does not does not`()
        throws
    {
        let factory = CompilerFactory(.x86_64, change: Specimen.mergedMinimalRanges.breakPipeline)
        var recipe = CaseRecipe(edges: [.callRef], parameters: [], results: [])
        _ = try factory.compiler(.speed, .definitions).compile(try Validator.validate(recipe.generate().module))
        recipe.keepsCallee = true
        let module = try Validator.validate(recipe.generate().module)
        #expect(throws: CompilationError.self) { _ = try factory.compiler(.speed, .definitions).compile(module) }
    }
}
