import Differential
import WasmFormats
import WasmModel

/// Where to look in the code that a compiler makes of a crash.
public struct CodeFocus: Hashable, Sendable {
    /// A value that crosses the boundary of a function.
    public struct Value: Hashable, Sendable {
        public var function: FunctionIndex
        /// The list of the function's signature that the value is in.
        public var list: Boundary.Variable
        /// In the list.
        public var index: Int
    }

    /// The functions at fault by the report, in which leaving out a stage is enough.
    public var culprits: [FunctionIndex] = []
    /// The functions to be shown: the culprits first, then the one that gives or gets the value that differs, and those that are called.
    public var functions: [FunctionIndex] = []
    /// The value that differs; nil where it is none of a list.
    public var value: Value?

    /// Reads what a report says of a module; nothing where the module is not valid.
    public init(_ report: CrashReport, wasm: [UInt8]) {
        guard let module = try? Validator.validate(BinaryDecoder.decode(wasm)) else { return }
        let count = module.functionTypeIndices.count
        culprits = (report.culprit?.functions ?? []).filter { (0..<count).contains($0) }.map { FunctionIndex($0) }
        let called = report.invocations.map { Self.function($0.export, in: module) }
        value = Self.value(of: report.divergence.observable, called, in: module)
        for function in culprits + [value?.function].compactMap({ $0 }) + called.compactMap({ $0 })
        where !functions.contains(function) { functions.append(function) }
    }

    private static func function(_ export: String, in module: ValidatedModule) -> FunctionIndex? {
        for candidate in module.module.exports where candidate.name == export {
            if case .function(let index) = candidate.item { return index }
        }
        return nil
    }

    private static func value(
        of observable: Observable,
        _ called: [FunctionIndex?],
        in module: ValidatedModule
    ) -> Value? {
        switch observable {
        case .result(let invocation, let index):
            guard called.indices.contains(invocation), let function = called[invocation] else { return nil }
            guard module.functionType(of: function).results.indices.contains(index) else { return nil }
            return Value(function: function, list: .results, index: index)
        case .hostCallArgument(_, let index):
            // The report has no import: with several that take so many arguments nobody knows which one it is.
            let candidates = (0..<module.module.importedFunctionCount).map { FunctionIndex($0) }.filter {
                module.functionType(of: $0).parameters.indices.contains(index)
            }
            guard candidates.count == 1 else { return nil }
            return Value(function: candidates[0], list: .parameters, index: index)
        case .crash, .hang, .memoryExhaustion, .compileTime, .codeSize, .rejection, .instantiation, .ending,
            .resultCount, .payload, .global, .memory, .element, .hostCallCount:
            return nil
        }
    }
}

extension CrashFolder {
    /// Where to look in the code of the module.
    public var codeFocus: CodeFocus { CodeFocus(report, wasm: (try? testCase().wasm) ?? []) }
}
