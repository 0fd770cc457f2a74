import WasmFormats
import WasmGenerator
import WasmModel

/// A way to change a valid module so that nothing that its host can see of it changes, but for the depth of its stack of calls.
///
/// Each way stands in a file of its own, which says why it preserves the meaning. Functions, globals, tables and memories keep their indices,
/// as what is new stands behind them: a reference to a function shows the same function before and after.
public enum Transformation: String, CaseIterable, Hashable, Sendable, Codable {
    case inlining = "inlining"
    case outlining = "outlining"
    case signaturePermutation = "signature-permutation"
    case passingInGlobals = "passing-in-globals"
    case passingInMemory = "passing-in-memory"
    case passingInStructure = "passing-in-structure"
    case resultSplitting = "result-splitting"
    case exportWrapping = "export-wrapping"
    case callReplacement = "call-replacement"
    case deadCode = "dead-code"
    case uselessBlock = "useless-block"
    case branchInversion = "branch-inversion"
    case spilling = "spilling"
    case unusedItems = "unused-items"

    /// A transformed module, and in words what was done, such as `inlining call 3 of function 1`.
    public struct Result: Sendable {
        public let module: ValidatedModule
        public let account: String
    }

    /// Transforms a module at a place that a seed chooses; the same seed makes the same change of the same module.
    /// - Parameters:
    ///   - features: what the transformed module may use.
    ///   - maximumArity: of the lists of types that are new.
    /// - Returns: nil where there is no place for it, or where the change needs a feature or is beyond a limit.
    public func applied(
        to module: ValidatedModule,
        seed: UInt64,
        features: FeatureSet = .wasm3,
        maximumArity: Int = ArityBoundary.usual
    ) -> Result? {
        guard
            let (changed, account) = unvalidated(module, seed: seed, features: features, maximumArity: maximumArity),
            let valid = try? Validator.validate(changed, features: features)
        else { return nil }
        return Result(module: valid, account: account)
    }

    /// The change before it is known to be valid; with all features it has to be, but for limits.
    func unvalidated(
        _ module: ValidatedModule,
        seed: UInt64,
        features: FeatureSet = .wasm3,
        maximumArity: Int = ArityBoundary.usual
    ) -> (module: Module, account: String)? {
        var rewriting = ModuleRewriting(module, seed: seed, features: features, maximumArity: maximumArity)
        guard let account = rewriting.apply(self) else { return nil }
        return (rewriting.module, account)
    }
}

extension ModuleRewriting {
    /// - Returns: what was done; nil where there is no place for it.
    fileprivate mutating func apply(_ transformation: Transformation) -> String? {
        switch transformation {
        case .inlining: inlineCall()
        case .outlining: outline()
        case .signaturePermutation: permuteSignature()
        case .passingInGlobals: passInGlobals()
        case .passingInMemory: passInMemory()
        case .passingInStructure: passInStructure()
        case .resultSplitting: splitResults()
        case .exportWrapping: wrapExport()
        case .callReplacement: replaceCall()
        case .deadCode: addDeadCode()
        case .uselessBlock: addUselessBlock()
        case .branchInversion: invertBranch()
        case .spilling: spillOperands()
        case .unusedItems: addUnusedItems()
        }
    }
}
