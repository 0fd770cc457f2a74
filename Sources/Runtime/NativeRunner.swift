import NativeEntry

/// Runs code on the processor of the host, on the stack of the instance.
///
/// An access outside the instance's memory is a signal here: who must survive that runs in a process of its own.
public final class NativeRunner: CodeRunner {
    /// Makes a runner; it has no state.
    public init() {}

    /// Calls the stub; see ``CodeRunner``.
    public func call(
        stub: UnsafeRawPointer,
        callee: UnsafeRawPointer,
        values: UnsafeMutableRawBufferPointer,
        in instance: CompiledInstance
    ) -> RunEnd {
        .code(native_entry_call(stub, instance.context, callee, values.baseAddress, instance.stackTop))
    }
}
