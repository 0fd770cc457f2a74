import WasmModel

/// What the host of a test case puts behind an import, so that it is the same in every engine.
public enum HostImport: Hashable, Sendable {
    /// A function of exactly the import's type. Equal ones are one function.
    case function(HostFunction, type: TypeIndex)
    /// A table of the least size, all of whose elements are a value; nil where it has none.
    case table(TableType, Value?)
    /// A memory of zeros of the least size.
    case memory(MemoryType)
    case global(GlobalType, Value)
    case tag(TypeIndex)
    /// The very item behind an earlier import, by its position among the imports: it has the same name and the same type.
    case again(Int)
    /// The type has no value that a host can make.
    case unavailable

    /// The value of a global, or of all elements of a table.
    public enum Value: Hashable, Sendable {
        case made(HostValue)
        /// A function of the host that no import is.
        case function(ValueFunction)
        /// A structure all of whose fields are zero or null.
        case structure(TypeIndex)
        /// An array without elements.
        case array(TypeIndex)
    }

    /// A function of the host that is a value only. In the log its ordinal comes after those of the imported functions.
    public struct ValueFunction: Hashable, Sendable {
        public var function: HostFunction
        /// Its type; nil for the function type without parameters and results, whether the module has it or not.
        public var type: TypeIndex?

        /// Makes a function.
        public init(_ function: HostFunction, type: TypeIndex?) {
            self.function = function
            self.type = type
        }
    }

    /// The function that the value of a global or a table is, where it is one that no import is.
    public var valueFunction: ValueFunction? {
        switch self {
        case .table(_, .function(let function)?), .global(_, .function(let function)): function
        case .function, .table, .memory, .global, .tag, .again, .unavailable: nil
        }
    }
}
