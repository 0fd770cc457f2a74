import WasmModel

/// A function of the system interface that programs of toolchains import.
///
/// Source: WASI snapshot preview 1, `wasi_snapshot_preview1.witx`.
public struct SystemFunction: Hashable, Sendable {
    /// The module that the functions are imported from.
    public static let module = "wasi_snapshot_preview1"

    /// What the function is; the raw value is its name.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case argumentsGet = "args_get"
        case argumentsSizes = "args_sizes_get"
        case environmentGet = "environ_get"
        case environmentSizes = "environ_sizes_get"
        case clockResolution = "clock_res_get"
        case clockTime = "clock_time_get"
        case randomGet = "random_get"
        case write = "fd_write"
        case read = "fd_read"
        case seek = "fd_seek"
        case closeDescriptor = "fd_close"
        case status = "fd_fdstat_get"
        case preopened = "fd_prestat_get"
        case preopenedName = "fd_prestat_dir_name"
        case yield = "sched_yield"
        case exit = "proc_exit"

        /// The type that an import of the function has.
        public var type: FunctionType {
            switch self {
            case .argumentsGet, .argumentsSizes, .environmentGet, .environmentSizes, .clockResolution, .randomGet,
                .status, .preopened:
                FunctionType(parameters: [.i32, .i32], results: [.i32])
            case .clockTime: FunctionType(parameters: [.i32, .i64, .i32], results: [.i32])
            case .write, .read: FunctionType(parameters: [.i32, .i32, .i32, .i32], results: [.i32])
            case .seek: FunctionType(parameters: [.i32, .i64, .i32, .i32], results: [.i32])
            case .closeDescriptor: FunctionType(parameters: [.i32], results: [.i32])
            case .preopenedName: FunctionType(parameters: [.i32, .i32, .i32], results: [.i32])
            case .yield: FunctionType(results: [.i32])
            case .exit: FunctionType(parameters: [.i32])
            }
        }
    }

    public var kind: Kind
    /// Which of the module's imported functions it stands for, counted from zero.
    public var importOrdinal: Int

    /// The function behind an import; nil where the system interface has none of the name and type.
    public init?(_ item: Import, type: FunctionType, importOrdinal: Int) {
        guard item.module == Self.module, let kind = Kind(rawValue: item.name), kind.type == type else { return nil }
        self.kind = kind
        self.importOrdinal = importOrdinal
    }
}
