import WasmModel

/// A place where many values cross from one piece of code to another; a signature is tested at every one of them.
///
/// The raw values are names in stored recipes.
public enum Edge: String, Hashable, Sendable, CaseIterable, Codable {
    /// From the host into an exported function.
    case export = "export"
    case directCall = "direct-call"
    case indirectCall = "indirect-call"
    /// By `call_ref`, the reference being read from a mutable global.
    case callRef = "call-ref"
    /// From wasm to a function of the host; nothing can follow it.
    case hostImport = "host-import"
    /// By `return_call`.
    case tailCall = "tail-call"
    case tailCallIndirect = "tail-call-indirect"
    case tailCallRef = "tail-call-ref"
    /// A function of at most two parameters, which tail-calls one of all of them.
    case tailCallGrow = "tail-call-grow"
    /// A function of all parameters, which tail-calls one of at most two.
    case tailCallShrink = "tail-call-shrink"
    case block = "block"
    /// Into a loop and back to its start with as many values.
    case loop = "loop"
    case `if` = "if"
    /// Out of nested blocks by `br_table`, with the values of all targets.
    case branchTable = "branch-table"
    /// Out of nested blocks by `br_if`, taken or not.
    case branchIf = "branch-if"
    /// Out of the function from inside a block by `return`.
    case earlyReturn = "early-return"
    /// Through a `try_table` around what follows in the same function.
    case tryBlock = "try-block"
    /// Through a call inside a `try_table`.
    case tryCall = "try-call"
    /// The parameters are thrown and caught by `catch`; what follows works on the payload.
    case throwCatch = "throw-catch"
    /// As ``throwCatch`` by `catch_ref`; half of the cases throw the reference again.
    case throwCatchRef = "throw-catch-ref"
    /// The parameters are thrown and caught by `catch_all`; what follows works on the locals.
    case throwCatchAll = "throw-catch-all"
    /// As ``throwCatchAll`` by `catch_all_ref`, and thrown again to get at the payload.
    case throwCatchAllRef = "throw-catch-all-ref"
    /// The results are thrown: out of the export where no `try_table` is around it.
    case throwOut = "throw-out"
    /// Into the fields of a structure and out of them.
    case structNew = "struct-new"
    /// Into one array for each type and out of them.
    case arrayNewFixed = "array-new-fixed"
    /// Into the fields of a structure whose type is forgotten, and out of them behind a cast.
    case structCast = "struct-cast"
    /// Into a chain of objects, one for each value, and out of it along the chain.
    case objectChain = "object-chain"
}

extension Edge {
    /// Whether the module needs tags.
    var usesExceptions: Bool {
        switch self {
        case .tryBlock, .tryCall, .throwCatch, .throwCatchRef, .throwCatchAll, .throwCatchAllRef, .throwOut: true
        case .export, .directCall, .indirectCall, .callRef, .hostImport, .tailCall, .tailCallIndirect, .tailCallRef,
            .tailCallGrow, .tailCallShrink, .block, .loop, .if, .branchTable, .branchIf, .earlyReturn, .structNew,
            .arrayNewFixed, .structCast, .objectChain:
            false
        }
    }
}

extension Edge {
    /// Whether values are in objects on their way.
    var usesObjects: Bool { features.contains(.garbageCollection) }

    /// What a module with the edge uses beyond the first release.
    public var features: FeatureSet {
        if usesExceptions { return .exceptions }
        return switch self {
        case .tailCall, .tailCallIndirect, .tailCallGrow, .tailCallShrink: .tailCalls
        case .tailCallRef: [.tailCalls, .typedFunctionReferences]
        case .callRef: .typedFunctionReferences
        case .structNew, .arrayNewFixed, .structCast, .objectChain: [.typedFunctionReferences, .garbageCollection]
        case .export, .directCall, .indirectCall, .hostImport, .block, .loop, .if, .branchTable, .branchIf,
            .earlyReturn,
            .tryBlock, .tryCall, .throwCatch, .throwCatchRef, .throwCatchAll, .throwCatchAllRef, .throwOut:
            []
        }
    }
}

extension ValueType {
    /// What a module with the type uses beyond the first release.
    var feature: FeatureSet {
        switch self {
        case .i32, .i64, .f32, .f64: []
        case .v128: .simd
        case .reference(.exception): .exceptions
        case .reference: .referenceTypes
        }
    }
}
