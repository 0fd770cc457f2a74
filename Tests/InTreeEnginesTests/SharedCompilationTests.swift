import Execution
import MachineCode
import SSA
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import InTreeEngines

/// Engines of one registry share what does not differ between them; nobody may see it in what they make.
@Suite struct SharedCompilationTests {
    static let edges: [Edge] = [.export, .directCall, .indirectCall, .hostImport, .tailCall, .throwCatch, .loop]

    private static func module(_ edge: Edge, arity: Int) throws -> ValidatedModule {
        let types = TypeMix.alternating([.i32, .f64, .i64, .v128]).list(count: arity)
        let recipe = CaseRecipe(edges: [edge], parameters: types, results: types, seed: 7)
        return try Validator.validate(recipe.generate().module)
    }

    private static func engine(_ engine: (any Engine)?) throws -> CompiledEngine {
        try #require(engine as? CompiledEngine)
    }

    @Test(arguments: edges, [2, 30])
    func `Engines that share make the code of compilers that do not`(edge: Edge, arity: Int) throws {
        let module = try Self.module(edge, arity: arity)
        let registry = InTreeEngines.registry(instrumentation: .fuzzing)
        for target in CompilationTarget.allCases where target.obstacle == nil {
            let alone = CompilerFactory(target, instrumentation: .fuzzing)
            for level in OptimizationLevel.allCases {
                for strategy in ResultStrategy.allCases {
                    let name = EngineName(family: target.rawValue, options: [level.rawValue, strategy.rawValue])
                    var compiler = alone.compiler(level, strategy)
                    let plain = try Self.engine(registry.engine(named: name)).compiler.compile(module)
                    #expect(try plain.code == compiler.compile(module).code, "\(name)")
                    compiler.configuration.isAudited = true
                    let audited = try Self.engine(registry.auditedEngine(name)).compiler.compile(module)
                    #expect(try audited.code == compiler.compile(module).code, "\(name), audited")
                    #expect(audited.code != plain.code)
                }
            }
        }
    }

    /// A pipeline whose functions are empty, and one that nobody changed.
    private static func compilers(sharing translations: SharedTranslations) -> (
        broken: ModuleCompiler, healthy: ModuleCompiler
    ) {
        var broken = PipelineConfiguration(.speed)
        let translate = broken.translate
        broken.translate = { (translator, position) throws(TranslationError) in
            // What belongs to another function of the same type.
            try translate(translator, position == 0 ? 1 : position)
        }
        let backend = CompilationTarget.x86_64.backend
        return (
            ModuleCompiler(backend, broken, sharing: translations),
            ModuleCompiler(backend, PipelineConfiguration(.speed), sharing: translations)
        )
    }

    private static let twoFunctions = """
        (module (func (export "a") (result i32) (i32.const 1)) (func (export "b") (result i32) (i32.const 2)))
        """

    @Test(arguments: [true, false])
    func `What a replaced stage makes is not shared, and nothing stands in for it`(brokenFirst: Bool) throws {
        let module = try Validator.validate(TextParser.module(Self.twoFunctions))
        let healthyCode = try ModuleCompiler(CompilationTarget.x86_64.backend, PipelineConfiguration(.speed))
            .compile(module).code
        let (broken, healthy) = Self.compilers(sharing: SharedTranslations())
        if brokenFirst { #expect(try broken.compile(module).code != healthyCode) }
        #expect(try healthy.compile(module).code == healthyCode)
        #expect(try broken.compile(module).code != healthyCode)
        #expect(try healthy.compile(module).code == healthyCode)
    }

    @Test func `A compiler whose configuration is changed afterwards takes nothing from those that share`() throws {
        let module = try Self.module(.directCall, arity: 3)
        let registry = InTreeEngines.registry()
        let name = EngineName(family: "x86_64", options: ["none", "loads"])
        let engine = try Self.engine(registry.engine(named: name))
        let code = try engine.compiler.compile(module).code
        var changed = engine.compiler
        changed.configuration.selection.resultLoad = { _ in .i32 }
        changed.configuration.countsFuel = true
        #expect(try changed.compile(module).code != code)
        #expect(try engine.compiler.compile(module).code == code)
    }

    @Test func `Modules that take turns are compiled as what they are`() throws {
        let modules = try [2, 3, 4, 5].map { try Self.module(.directCall, arity: $0) }
        let registry = InTreeEngines.registry()
        let alone = CompilerFactory(.x86_64).compiler(.none, .definitions)
        for _ in 0..<2 {
            for module in modules {
                for strategy in ["definitions", "loads"] {
                    let name = EngineName(family: "x86_64", options: ["none", strategy])
                    let code = try Self.engine(registry.engine(named: name)).compiler.compile(module).code
                    if strategy == "definitions" { #expect(try code == alone.compile(module).code) }
                }
            }
        }
    }
}
