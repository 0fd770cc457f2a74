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

    /// A case with a companion, and the changed module by which what it leaves open is found out.
    private static let rememberedCount = 3

    /// The last one that was asked for comes first.
    private let readings = Mutex<[Reading]>([])

    private let decode: Decode
    private let validate: Validate

    /// Makes a reader that has read nothing.
    /// - Parameters:
    ///   - decode: what bytes are read by.
    ///   - validate: what is done to what was read.
    public init(
        decode: @escaping Decode = { (bytes) throws(DecodingError) in try BinaryDecoder.decode(bytes) },
        validate: @escaping Validate = { (module) throws(ValidationError) in try Validator.validate(module) }
    ) {
        self.decode = decode
        self.validate = validate
    }

    public typealias Decode = @Sendable ([UInt8]) throws(DecodingError) -> Module
    public typealias Validate = @Sendable (Module) throws(ValidationError) -> ValidatedModule

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
        let result = Result { () throws(Failure) in try read(wasm, willValidate) }
        readings.withLock { readings in
            readings.insert(Reading(wasm: wasm, result: result), at: 0)
            if readings.count > Self.rememberedCount { readings.removeLast() }
        }
        return try result.get()
    }

    private func remembered(_ wasm: [UInt8]) -> Result<ValidatedModule, Failure>? {
        readings.withLock { readings in
            guard let position = readings.firstIndex(where: { $0.wasm == wasm }) else { return nil }
            if position > 0 { readings.insert(readings.remove(at: position), at: 0) }
            return readings[0].result
        }
    }

    private func read(_ wasm: [UInt8], _ willValidate: () -> Void) throws(Failure) -> ValidatedModule {
        let decoded: Module
        do {
            decoded = try decode(wasm)
        } catch {
            throw error.isRefusal ? .refused(error.description) : .rejected(error.description)
        }
        willValidate()
        do {
            return try validate(decoded)
        } catch {
            throw error.isRefusal ? .refused(error.description) : .rejected(error.description)
        }
    }
}
