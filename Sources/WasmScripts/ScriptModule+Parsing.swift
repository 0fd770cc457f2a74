import WasmFormats
import WasmModel

/// Why the decoder or the parser did not make a module.
struct ModuleRejection: Error, CustomStringConvertible {
    /// Begins with the text that the test suite uses.
    var message: String
    /// The message with the place, where that stands before the message.
    var place: String?
    /// Whether a proposal or a limit is the cause, and the module not malformed otherwise.
    var isRefusal = false

    var description: String { place ?? message }
}

extension ScriptModule {
    /// Decodes or parses the module.
    /// - Parameter features: those whose encodings are read; with all of them the validator can name what is missing.
    func parsed(features: FeatureSet = .wasm3) throws(ModuleRejection) -> Module {
        do {
            switch source {
            case .text(let module): return module
            case .binary(let bytes): return try BinaryDecoder.decode(bytes, features: features)
            case .quoted(let source): return try TextParser.module(source)
            }
        } catch let error as DecodingError {
            throw ModuleRejection(message: error.description, isRefusal: error.isRefusal)
        } catch let error as TextError {
            throw ModuleRejection(message: error.reason, place: "\(error)", isRefusal: error.isRefusal)
        } catch {
            throw ModuleRejection(message: "\(error)")
        }
    }
}
