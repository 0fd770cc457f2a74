import WasmFormats
import WasmModel

/// A kind of values as embeddings tell them apart; the raw value is the name of the type in the text format.
public enum BoundaryType: String, Hashable, Codable, CaseIterable, Sendable {
    case i32 = "i32"
    case i64 = "i64"
    case f32 = "f32"
    case f64 = "f64"
    case v128 = "v128"
    /// All references to functions, of defined types, too.
    case functionReference = "funcref"
    case externalReference = "externref"
    case exceptionReference = "exnref"
}

/// What a host can carry over its boundary.
public struct BoundaryCapabilities: Hashable, Codable, Sendable {
    private enum CodingKeys: String, CodingKey {
        case values = "values"
        case hasExactNaNs = "hasExactNaNs"
        case providesFunctions = "providesFunctions"
        case showsGlobals = "showsGlobals"
        case showsTables = "showsTables"
    }

    /// What it can give and take.
    public var values: Set<BoundaryType>
    /// Whether the bits of NaNs survive.
    public var hasExactNaNs: Bool
    /// Whether it can stand behind imported functions.
    public var providesFunctions: Bool
    /// Whether it can read exported globals.
    public var showsGlobals: Bool
    /// Whether it can read exported tables.
    public var showsTables: Bool

    /// Makes capabilities; those that are not named are there.
    public init(
        values: Set<BoundaryType> = Set(BoundaryType.allCases),
        hasExactNaNs: Bool = true,
        providesFunctions: Bool = true,
        showsGlobals: Bool = true,
        showsTables: Bool = true
    ) {
        self.values = values
        self.hasExactNaNs = hasExactNaNs
        self.providesFunctions = providesFunctions
        self.showsGlobals = showsGlobals
        self.showsTables = showsTables
    }
}

/// The hierarchies of reference types.
///
/// Spec: core 3.0, section 2.3.3 "Heap Types".
enum ReferenceFamily: Hashable {
    case function
    case external
    case exception
    case any
}

extension ValidatedModule {
    /// The hierarchy that a heap type of the module belongs to.
    func family(of type: HeapType) -> ReferenceFamily {
        switch type {
        case .function, .noFunction: return .function
        case .external, .noExternal: return .external
        case .exception, .noException: return .exception
        case .any, .equatable, .i31, .structure, .array, .none: return .any
        case .defined(let index):
            switch module.types[index.position].composite {
            case .function: return .function
            case .structure, .array: return .any
            }
        }
    }

    /// What a type is to embeddings; nil where they have nothing for it.
    func boundaryType(of type: ValueType) -> BoundaryType? {
        switch type {
        case .i32: .i32
        case .i64: .i64
        case .f32: .f32
        case .f64: .f64
        case .v128: .v128
        case .reference(let reference):
            switch family(of: reference.heapType) {
            case .function: .functionReference
            case .external: .externalReference
            case .exception: .exceptionReference
            case .any: nil
            }
        }
    }
}
