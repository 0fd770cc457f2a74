import NativeEntry

/// Runs code on the processor of the host, on the stack of the store.
///
/// An access outside the store's memory is a signal here: who must survive that runs in a process of its own.
public final class NativeRunner: CodeRunner {
    private var depth = 0

    /// Makes a runner.
    public init() {}

    /// What an inner call leaves free below the frames of the host that makes it, in bytes.
    private static let hostFrameAllowance = 16 << 10

    /// Calls the stub; see ``CodeRunner``.
    public func call(_ entry: EntryCall, in store: CompiledStore) -> RunEnd {
        var top = store.stackTop
        if depth > 0 {
            // Functions of the host run on the store's stack; a local of this one says how far it is used.
            var marker: UInt64 = 0
            let here = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) } - UInt(Self.hostFrameAllowance)
            guard here > store.stackLimit, let address = UnsafeMutableRawPointer(bitPattern: here & ~15) else {
                return .exhausted(CompiledStore.stackExhaustion)
            }
            top = address
        }
        depth += 1
        defer { depth -= 1 }
        let code = native_entry_call(entry.stub, entry.context, entry.callee, entry.values, top)
        if code == UInt32(NATIVE_ENTRY_REGISTERS_CHANGED) {
            return .fault("runtime: a register of the host has changed")
        }
        return .code(code)
    }
}
