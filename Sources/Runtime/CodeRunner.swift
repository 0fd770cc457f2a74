/// A machine that runs compiled code: this one, or a simulated one in the same address space.
public protocol CodeRunner: AnyObject {
    /// Calls an entry stub and waits for its end.
    ///
    /// The runner performs the calls of the host gate by calling the gate's function in the process; ``CompiledInstance/hostGate``
    /// says which.
    /// - Parameters:
    ///   - stub: the address of the entry stub.
    ///   - callee: the address of the function that the stub calls.
    ///   - values: arguments in, results out, 16 bytes each.
    ///   - instance: gives the context and the memory that code may touch.
    func call(
        stub: UnsafeRawPointer,
        callee: UnsafeRawPointer,
        values: UnsafeMutableRawBufferPointer,
        in instance: CompiledInstance
    ) -> RunEnd
}

/// How a call of an entry stub ended.
public enum RunEnd: Hashable, Sendable {
    /// The stub returned this code: 0, a trap code, or ``SSA/InstanceContextLayout/stackExhaustedCode``.
    case code(UInt32)
    /// A budget of the machine was used up.
    case exhausted(String)
    /// The machine refused to go on: a mistake of the compiler, e.g. an unallocated encoding or an access outside all regions.
    case fault(String)
}
