/// A place where many values cross from one piece of code to another; a signature is tested at every one of them.
public enum Edge: String, Hashable, Sendable, CaseIterable, Codable {
    /// From the host into an exported function.
    case export
    case directCall = "direct-call"
    case indirectCall = "indirect-call"
    /// From wasm to a function of the host; nothing can follow it.
    case hostImport = "host-import"
    case block
    /// Into a loop and back to its start with as many values.
    case loop
    case `if`
    /// Out of nested blocks by `br_table`, with the values of all targets.
    case branchTable = "branch-table"
    /// Out of nested blocks by `br_if`, taken or not.
    case branchIf = "branch-if"
    /// Out of the function from inside a block by `return`.
    case earlyReturn = "early-return"
}
