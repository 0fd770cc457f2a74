/// A machine that runs compiled code: this one, or a simulated one in the same address space.
///
/// A runner belongs to one store. Functions of the host may call back into the store, so that calls nest.
public protocol CodeRunner: AnyObject {
    /// Calls an entry stub and waits for its end.
    ///
    /// The runner performs the calls of the host gate by calling the gate's function in the process;
    /// ``CompiledStore/hostGateAddress`` says which.
    func call(_ entry: EntryCall, in store: CompiledStore) -> RunEnd
}

/// What an entry stub is called with.
public struct EntryCall {
    /// The address of the entry stub.
    public var stub: UnsafeRawPointer
    /// The context of the function's instance.
    public var context: UnsafeMutableRawPointer
    /// The address of the code of the function that the stub calls.
    public var callee: UnsafeRawPointer
    /// Arguments in, results out, 16 bytes each.
    public var values: UnsafeMutableRawPointer
}

/// How a call of an entry stub ended.
public enum RunEnd: Hashable, Sendable {
    /// The stub returned this code: 0, a trap code, or one of those of ``SSA/InstanceContextLayout``.
    case code(UInt32)
    /// A budget of the machine was used up.
    case exhausted(String)
    /// The machine refused to go on: a mistake of the compiler, e.g. an unallocated encoding or an access outside all regions.
    case fault(String)
}

/// A part of the process's memory that compiled code uses.
public struct CodeMemoryRegion: Hashable, Sendable {
    /// The kinds of use.
    public enum Access: Hashable, Sendable {
        case readOnly, readWrite, execute
    }

    public var address: UInt
    public var byteCount: Int
    public var access: Access

    init(_ start: UnsafeMutableRawPointer, _ byteCount: Int, _ access: Access) {
        address = UInt(bitPattern: start)
        self.byteCount = byteCount
        self.access = access
    }
}
