import MachineCode
import Runtime
import WasmFormats
import WasmModel
import X64Backend

/// An in-tree compiler for x86_64.
final class InTreeEngine: ComparedEngine {
    let name: String
    let resultLimit: Int? = nil
    private let compiler: ModuleCompiler

    /// Makes the compiler of a level.
    /// - Parameter isChecked: whether every allocation of registers is proved, as in all fuzzing.
    init(_ level: OptimizationLevel, isChecked: Bool) {
        name = level.rawValue + (isChecked ? ", checked" : "")
        var configuration = PipelineConfiguration(level)
        if !isChecked { configuration.check = nil }
        compiler = ModuleCompiler(X64Backend(), configuration)
    }

    func compile(_ wasm: [UInt8]) throws -> any CompiledCode {
        let module = try Validator.validate(try BinaryDecoder.decode(wasm))
        return try InTreeModule(module, try compiler.compile(module))
    }
}

/// A module that an in-tree compiler has compiled.
private final class InTreeModule: CompiledCode {
    private let module: ValidatedModule
    private let compiled: CompiledModule
    /// What an instance makes again: here because it belongs to the time of compiling.
    private let memory: ExecutableMemory

    init(_ module: ValidatedModule, _ compiled: CompiledModule) throws {
        self.module = module
        self.compiled = compiled
        memory = try ExecutableMemory(code: compiled.code)
    }

    func timedRun() throws -> (result: UInt64, seconds: Double) {
        #if !arch(x86_64)
            throw ComparisonError("x86_64 code does not run here")
        #else
            return try timedNativeRun()
        #endif
    }

    private func timedNativeRun() throws -> (result: UInt64, seconds: Double) {
        let instance = try CompiledInstance(module, compiled: compiled, runner: NativeRunner())
        let run = module.module.exports.first { $0.name == "run" }
        guard case .function(let function)? = run?.item else {
            throw ComparisonError("the module has no function 'run'")
        }
        let start = ContinuousClock.now
        let end = try instance.call(function, [])
        let seconds = (ContinuousClock.now - start).inSeconds
        guard case .returned(let values) = end, case .i64(let result)? = values.first else {
            throw ComparisonError("'run' ended with \(end)")
        }
        return (result, seconds)
    }
}
