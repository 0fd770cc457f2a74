import Synchronization
import WasmFormats
import WasmModel

/// Decodes and validates the modules of test cases, and remembers the last ones, so that engines which share a reader do it once.
///
/// Nothing but the bytes decides what comes out, and nobody can change it: a module that was read for one engine is as good as any other of
/// the same bytes.
public final class ModuleReader: Sendable {
    /// Why bytes are no module that can be run.
    public enum Failure: Error, Hashable, Sendable {
        /// They are malformed or invalid.
        case rejected(String)
        /// Something is not known here, so that whether they are valid elsewhere cannot be said.
        case refused(String)
    }

    private struct Reading: Sendable {
        let wasm: [UInt8]
        let result: Result<ValidatedModule, Failure>
    }

    /// A case, and the changed module by which what it leaves open is found out.
    private static let rememberedCount = 2

    /// The last one that was asked for comes first.
    private let readings = Mutex<[Reading]>([])

    /// Makes a reader that has read nothing.
    public init() {}

    /// The module that bytes are.
    /// - Parameters:
    ///   - willDecode: called before anything else.
    ///   - willValidate: called when the bytes are decoded.
    public func module(
        _ wasm: [UInt8],
        willDecode: () -> Void = {},
        willValidate: () -> Void = {}
    ) throws(Failure) -> ValidatedModule {
        willDecode()
        if let known = remembered(wasm) {
            willValidate()
            return try known.get()
        }
        let result = Result { () throws(Failure) in try Self.read(wasm, willValidate) }
        readings.withLock { readings in
            readings.insert(Reading(wasm: wasm, result: result), at: 0)
            if readings.count > Self.rememberedCount { readings.removeLast() }
        }
        return try result.get()
    }

    private func remembered(_ wasm: [UInt8]) -> Result<ValidatedModule, Failure>? {
        readings.withLock { readings in
            guard let position = readings.firstIndex(where: { $0.wasm == wasm }) else { return nil }
            if position > 0 { readings.swapAt(0, position) }
            return readings[0].result
        }
    }

    private static func read(_ wasm: [UInt8], _ willValidate: () -> Void) throws(Failure) -> ValidatedModule {
        let decoded: Module
        do {
            decoded = try BinaryDecoder.decode(wasm)
        } catch {
            throw error.isRefusal ? .refused(error.description) : .rejected(error.description)
        }
        willValidate()
        do {
            return try Validator.validate(decoded)
        } catch {
            throw error.isRefusal ? .refused(error.description) : .rejected(error.description)
        }
    }
}
