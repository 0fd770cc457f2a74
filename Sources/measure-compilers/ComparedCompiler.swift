import Execution
import InTreeEngines
import MachineCode
import Runtime
import WasmModel
import X64Backend

/// A compiler that is measured beside others.
struct ComparedCompiler {
    /// What tables and options call it.
    let title: String
    /// Decodes, validates and compiles, up to code in executable memory.
    let engine: any StoreEngine
    /// How many results a function may have at most; nil for no limit below those that are measured.
    let resultLimit: Int?

    /// An in-tree compiler for x86_64.
    /// - Parameter isChecked: whether every allocation of registers is proved, as in all fuzzing.
    static func inTree(_ level: OptimizationLevel, isChecked: Bool) -> ComparedCompiler {
        var configuration = PipelineConfiguration(level)
        if !isChecked { configuration.check = nil }
        return ComparedCompiler(
            title: level.rawValue + (isChecked ? ", checked" : ""),
            engine: CompiledEngine(
                name: EngineName(family: "x86_64", options: [level.rawValue]),
                compiler: ModuleCompiler(X64Backend(), configuration),
                makeRunner: { _ in NativeRunner() }
            ),
            resultLimit: nil
        )
    }

    /// One of Wasmtime's compilers.
    static func wasmtime(_ engine: WasmtimeEngine, _ title: String) -> ComparedCompiler {
        ComparedCompiler(title: title, engine: engine, resultLimit: 1000)
    }

    /// Compiles a module.
    func compile(_ wasm: [UInt8]) throws(EngineFailure) -> any PreparedModule { try engine.prepare(wasm: wasm) }

    /// Makes an instance of a compiled module and calls its first export, which takes nothing and gives an i64.
    /// - Returns: the result, and the seconds that the call took.
    func timedRun(_ module: any PreparedModule) throws -> (result: UInt64, seconds: Double) {
        let store = try engine.makeStore(within: Budget(memoryPages: 65_536))
        let instance = try store.instantiate(module, imports: [])
        let run = module.module.module.exports.first { $0.name == "run" }
        guard case .function(let function)? = run?.item else {
            throw ComparisonError("the module has no function 'run'")
        }
        let start = ContinuousClock.now
        let end = try store.invoke(function, of: instance, [])
        let seconds = (ContinuousClock.now - start).inSeconds
        guard case .returned(let values) = end, case .i64(let result)? = values.first else {
            throw ComparisonError("'run' \(end.ending)")
        }
        return (result, seconds)
    }
}

extension Duration {
    /// The whole of it, in seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
