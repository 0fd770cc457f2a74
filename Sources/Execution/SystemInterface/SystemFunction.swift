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
        case advise = "fd_advise"
        case allocate = "fd_allocate"
        case closeDescriptor = "fd_close"
        case synchronizeData = "fd_datasync"
        case status = "fd_fdstat_get"
        case setFlags = "fd_fdstat_set_flags"
        case setRights = "fd_fdstat_set_rights"
        case fileStatus = "fd_filestat_get"
        case setSize = "fd_filestat_set_size"
        case setTimes = "fd_filestat_set_times"
        case readAt = "fd_pread"
        case preopened = "fd_prestat_get"
        case preopenedName = "fd_prestat_dir_name"
        case writeAt = "fd_pwrite"
        case read = "fd_read"
        case readDirectory = "fd_readdir"
        case renumber = "fd_renumber"
        case seek = "fd_seek"
        case synchronize = "fd_sync"
        case tell = "fd_tell"
        case write = "fd_write"
        case createDirectory = "path_create_directory"
        case pathStatus = "path_filestat_get"
        case setPathTimes = "path_filestat_set_times"
        case link = "path_link"
        case open = "path_open"
        case readLink = "path_readlink"
        case removeDirectory = "path_remove_directory"
        case rename = "path_rename"
        case symbolicLink = "path_symlink"
        case unlink = "path_unlink_file"
        case poll = "poll_oneoff"
        case exit = "proc_exit"
        case raise = "proc_raise"
        case yield = "sched_yield"
        case randomGet = "random_get"
        case accept = "sock_accept"
        case receive = "sock_recv"
        case send = "sock_send"
        case shutdown = "sock_shutdown"

        /// The type that an import of the function has. An error number is the result of all but the one that does not return.
        public var type: FunctionType {
            FunctionType(
                parameters: parameters.map { $0 == "I" ? .i64 : .i32 },
                results: self == .exit ? [] : [.i32]
            )
        }

        /// A letter for each parameter: `i` of 32 bits, `I` of 64 bits. A list or a string is its address and its length, and behind the
        /// parameters are the addresses of the results.
        private var parameters: String {
            switch self {
            case .yield: ""
            case .closeDescriptor, .synchronizeData, .synchronize, .exit, .raise: "i"
            case .argumentsGet, .argumentsSizes, .environmentGet, .environmentSizes, .clockResolution, .status,
                .setFlags,
                .fileStatus, .preopened, .renumber, .tell, .randomGet, .shutdown:
                "ii"
            case .setSize: "iI"
            case .preopenedName, .createDirectory, .removeDirectory, .unlink, .accept: "iii"
            case .clockTime: "iIi"
            case .allocate, .setRights: "iII"
            case .read, .write, .poll: "iiii"
            case .seek: "iIii"
            case .advise, .setTimes: "iIIi"
            case .pathStatus, .symbolicLink, .send: "iiiii"
            case .readAt, .writeAt, .readDirectory: "iiiIi"
            case .readLink, .rename, .receive: "iiiiii"
            case .link: "iiiiiii"
            case .setPathTimes: "iiiiIIi"
            case .open: "iiiiiIIii"
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
