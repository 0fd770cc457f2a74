import WasmFormats
import WasmModel

/// The four hierarchies of references, which libraries represent in different ways.
///
/// Spec: core 3.0, section 3.3.3 "Heap Types".
enum ReferenceHierarchy {
    case function
    case external
    case exception
    case any

    /// The hierarchy of a type of a module.
    init(_ type: HeapType, in module: ValidatedModule) {
        switch type {
        case .function, .noFunction: self = .function
        case .external, .noExternal: self = .external
        case .exception, .noException: self = .exception
        case .any, .equatable, .i31, .structure, .array, .none: self = .any
        case .defined(let index):
            let isFunction = module.module.types[index.position].functionType != nil
            self = isFunction ? .function : .any
        }
    }
}
