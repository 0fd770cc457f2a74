import WasmFormats
import WasmModel

/// An item that the host made in a store, for any number of imports.
public struct StoreItem {
    enum Content {
        /// A function by its number, and what it does.
        case function(Int, HostImplementation)
        case table(ElementTable)
        case memory(LinearMemory)
        case global(GlobalCell)
        /// The identity.
        case tag(UInt64)
    }

    let content: Content
}

/// The types of a module as a store knows them, by which the host allocates what exactly fits an import of the module.
public struct ModuleTypes {
    /// The store's number of every type.
    let numbers: [UInt32]
}

/// A function of the host.
enum HostImplementation {
    /// It logs its calls and answers in closed form.
    case logged(HostFunction)
    case body(HostBody)
    case reentrant(ReentrantHostBody)
}

/// A function of the host that may call functions of the store that calls it.
public typealias ReentrantHostBody = ([WasmValue]) -> ReentrantHostAnswer

/// What a function of the host answers that may call functions of the store.
public enum ReentrantHostAnswer: Sendable {
    case answered(HostAnswer)
    /// Throws the exception again with which the last call of the host into the store ended.
    case threwAgain
}
