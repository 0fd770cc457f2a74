import Synchronization
import WasmModel

/// A module that is known to be valid, with what its users ask for at every instruction laid out by index.
///
/// Only ``Validator`` makes one. All index spaces are whole: imports first, then definitions.
///
/// Spec: core 3.0, section 3.4 "Modules" (the context that a module is validated in).
public final class ValidatedModule: Sendable {
    /// The module itself.
    public let module: Module
    /// The features that the module was allowed to use.
    public let features: FeatureSet
    /// How many items of each index space are imports.
    public let importCounts: ImportCounts
    /// The type index of every function.
    public let functionTypeIndices: [TypeIndex]
    /// The type of every table.
    public let tableTypes: [TableType]
    /// The type of every memory.
    public let memoryTypes: [MemoryType]
    /// The type of every global.
    public let globalTypes: [GlobalType]
    /// The type index of every tag.
    public let tagTypeIndices: [TypeIndex]
    /// What validation found out about each function that the module defines, in their order.
    public let definedFunctions: [ValidatedFunction]
    /// For every type, the first type of the module that is the same type; two types are the same where these are equal.
    public let canonicalTypes: [TypeIndex]
    /// By type index; the empty function type where the type is no function type.
    let functionTypes: [FunctionType]
    private let registration = Mutex<(registry: TypeRegistry, numbers: [UInt32])?>(nil)

    init(
        module: Module,
        features: FeatureSet,
        importCounts: ImportCounts,
        functionTypeIndices: [TypeIndex],
        tableTypes: [TableType],
        memoryTypes: [MemoryType],
        globalTypes: [GlobalType],
        tagTypeIndices: [TypeIndex],
        definedFunctions: [ValidatedFunction],
        canonicalTypes: [TypeIndex],
        functionTypes: [FunctionType]
    ) {
        self.module = module
        self.features = features
        self.importCounts = importCounts
        self.functionTypeIndices = functionTypeIndices
        self.tableTypes = tableTypes
        self.memoryTypes = memoryTypes
        self.globalTypes = globalTypes
        self.tagTypeIndices = tagTypeIndices
        self.definedFunctions = definedFunctions
        self.canonicalTypes = canonicalTypes
        self.functionTypes = functionTypes
    }

    /// A registry of the module's types alone, and the number of each; made at the first question.
    var registeredAlone: (TypeRegistry, [UInt32]) {
        registration.withLock { known in
            if let known { return known }
            var registry = TypeRegistry()
            let numbers = registry.register(module)
            known = (registry, numbers)
            return (registry, numbers)
        }
    }
}

/// How many items of each index space a module imports.
public struct ImportCounts: Hashable, Sendable {
    public var functions = 0
    public var tables = 0
    public var memories = 0
    public var globals = 0
    public var tags = 0
}

/// What validation found out about a function that the module defines.
public struct ValidatedFunction: Hashable, Sendable {
    /// The greatest number of values on the operand stack at any point of the body, parameters and locals excluded.
    public let maximumOperandHeight: Int
    /// The number of locals, parameters included.
    public let localCount: Int
    /// The greatest number of nested control frames, the one of the body included.
    public let maximumControlDepth: Int
}

extension ValidatedModule {
    /// The function type at a type index; the index must be one of a function type.
    public func functionType(at index: TypeIndex) -> FunctionType { functionTypes[index.position] }

    /// The type of a function of the whole index space.
    public func functionType(of index: FunctionIndex) -> FunctionType {
        functionTypes[functionTypeIndices[index.position].position]
    }

    /// The type of a tag; its parameters are what an exception carries.
    public func functionType(of index: TagIndex) -> FunctionType {
        functionTypes[tagTypeIndices[index.position].position]
    }

    /// The position of a function among the definitions; nil where it is imported.
    public func definedPosition(of index: FunctionIndex) -> Int? {
        index.position < importCounts.functions ? nil : index.position - importCounts.functions
    }

    /// The index of a function that the module defines.
    /// - Parameter position: its position in ``Module/functions``.
    public func functionIndex(ofDefined position: Int) -> FunctionIndex {
        FunctionIndex(importCounts.functions + position)
    }

    /// The types of the locals of a function that the module defines: the parameters, then the declared locals one by one.
    ///
    /// The list is made at each call, at a cost that is linear in its length.
    /// - Parameter position: the function's position in ``Module/functions``.
    public func localTypes(ofDefined position: Int) -> [ValueType] {
        let function = module.functions[position]
        var types = functionTypes[function.type.position].parameters
        types.reserveCapacity(definedFunctions[position].localCount)
        for run in function.locals { types.append(contentsOf: repeatElement(run.type, count: Int(run.count))) }
        return types
    }

    /// The operands that a block takes and the results that it leaves.
    ///
    /// Nothing is allocated for blocks with a type index, without results, or with one number or vector as the result.
    public func blockSignature(_ type: BlockType) -> FunctionType {
        switch type {
        case .empty: BlockSignatures.empty
        case .type(let index): functionTypes[index.position]
        case .result(.i32): BlockSignatures.i32
        case .result(.i64): BlockSignatures.i64
        case .result(.f32): BlockSignatures.f32
        case .result(.f64): BlockSignatures.f64
        case .result(.v128): BlockSignatures.v128
        case .result(.reference(let reference)): FunctionType(results: [.reference(reference)])
        }
    }
}

/// The signatures of the shorthand block types.
private enum BlockSignatures {
    static let empty = FunctionType()
    static let i32 = FunctionType(results: [.i32])
    static let i64 = FunctionType(results: [.i64])
    static let f32 = FunctionType(results: [.f32])
    static let f64 = FunctionType(results: [.f64])
    static let v128 = FunctionType(results: [.v128])
}
