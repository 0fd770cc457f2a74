import Execution
import WasmFormats

extension CompiledEngine: CodeMeasuringEngine {
    /// Compiles a module, and adds up its code.
    public func codeSize(of wasm: [UInt8]) -> CodeSize? {
        guard let decoded = try? BinaryDecoder.decode(wasm), let module = try? Validator.validate(decoded),
            let compiled = try? compiler.compile(module)
        else { return nil }
        return CodeSize(
            bytes: compiled.code.count,
            frameBytes: compiled.regions.map(\.frameSize).max() ?? 0
        )
    }
}
