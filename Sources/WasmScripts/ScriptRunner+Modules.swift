import Execution
import WasmFormats
import WasmModel

/// Modules that are read and validated, or must not be.
extension ScriptRunner {
    mutating func define(_ module: ScriptModule) throws(ScriptObstacle) {
        names.forgetDefinition(module.name)
        do {
            names.define(try validate(module), as: module.name)
        } catch {
            if case .refusal = error { names.markDefinitionRefused(module.name) }
            throw error
        }
    }

    mutating func validate(_ module: ScriptModule) throws(ScriptObstacle) -> ValidatedModule {
        let parsed = try wellFormed(module, expected: "a module")
        do {
            let validated = try Validator.validate(parsed, features: features)
            try checkEncoding(module)
            return validated
        } catch let error as ScriptObstacle {
            markIncomplete(parsed)
            throw error
        } catch let error as ValidationError {
            if let refusal = ScriptObstacle(refusalOf: error) {
                markIncomplete(parsed)
                throw refusal
            }
            throw .failure(expected: "a module", got: "invalid: \(error)")
        } catch {
            throw .failure(expected: "a module", got: "\(error)")
        }
    }

    private func wellFormed(_ module: ScriptModule, expected: String) throws(ScriptObstacle) -> Module {
        do {
            return try module.parsed()
        } catch {
            throw error.isRefusal ? .refusal(error.message) : .failure(expected: expected, got: "malformed: \(error)")
        }
    }

    /// Refuses bytes that only a later release gives the meaning of a module that the release has, too.
    private func checkEncoding(_ module: ScriptModule) throws(ScriptObstacle) {
        guard features != .wasm3, case .binary = module.source else { return }
        do {
            _ = try module.parsed(features: features)
        } catch {
            throw .refusal("encoding requires feature of a later release: \(error.message)")
        }
    }

    /// Notes that a module could not be validated with the features, and so changed nothing in the instances that it imports from.
    private mutating func markIncomplete(_ module: Module) {
        sharedState.markIncomplete(exporters(to: module))
    }

    /// The instances that a module imports from, as far as they are registered.
    func exporters(to module: Module) -> [InstanceNumber] {
        module.imports.compactMap { names.registered(as: $0.module)?.handle }
    }

    mutating func assertInvalid(_ module: ScriptModule, _ text: String) throws(ScriptObstacle) {
        let parsed = try wellFormed(module, expected: "invalid: \(text)")
        do {
            _ = try Validator.validate(parsed, features: features)
        } catch {
            if isReason(error.description, text) { return }
            if let refusal = ScriptObstacle(refusalOf: error) { throw refusal }
            throw .failure(expected: "invalid: \(text)", got: "invalid: \(error)")
        }
        throw .failure(expected: "invalid: \(text)", got: "a valid module")
    }

    mutating func assertMalformed(_ module: ScriptModule, _ text: String) throws(ScriptObstacle) {
        var got = "a well-formed module"
        var refusal: String?
        // An encoding that a later release allows is malformed in the scripts of an earlier one.
        for features in [FeatureSet.wasm3, features] {
            do {
                _ = try module.parsed(features: features)
            } catch {
                if isReason(error.message, text) { return }
                if error.isRefusal { refusal = refusal ?? error.message }
                got = "malformed: \(error)"
            }
        }
        if let refusal { throw .refusal(refusal) }
        throw .failure(expected: "malformed: \(text)", got: got)
    }

    mutating func assertInvalidAnnotation(_ module: ScriptModule, _ text: String) throws(ScriptObstacle) {
        var got = "a module whose annotations are valid"
        if case .quoted(let source) = module.source {
            do {
                if let violation = try TextParser.invalidAnnotation(in: source) {
                    if isReason(violation.reason, text) { return }
                    got = "invalid: \(violation)"
                }
            } catch {
                got = "malformed: \(error)"
            }
        }
        throw .failure(expected: "invalid: \(text)", got: got)
    }
}
