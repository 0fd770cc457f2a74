import Execution
import Foundation
import WasmFormats

extension CompiledEngine: CompilingEngine {
    /// Decodes, validates and compiles a module, however long that takes, and adds up its code.
    public func cost(ofCompiling wasm: [UInt8], within budget: Budget) -> CompilationCost? {
        let start = Self.processorSeconds
        guard let decoded = try? BinaryDecoder.decode(wasm), let module = try? Validator.validate(decoded),
            let compiled = try? compiler.compile(module)
        else { return nil }
        return CompilationCost(
            bytes: compiled.code.count,
            frameBytes: compiled.regions.map(\.frameSize).max() ?? 0,
            seconds: Self.processorSeconds - start
        )
    }

    /// The processor time of this thread so far.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
