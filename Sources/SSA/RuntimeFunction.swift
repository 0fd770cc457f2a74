/// Functions of the runtime that compiled code calls; the raw value is the immediate of ``Operation/callRuntime``.
///
/// Indices are i32 and name items of the calling instance's index spaces; addresses, positions and lengths are i64, without sign. A
/// function may end with a trap instead of a result.
///
/// Spec: core 3.0, section 4.6 "Instructions".
public enum RuntimeFunction: Int64, Hashable, Sendable, CaseIterable {
    /// (memory, pages i64) -> i64: the old size in pages, or -1.
    case memoryGrow = 0
    /// (destination memory, source memory, destination address, source address, byte count).
    case memoryCopy
    /// (memory, address, byte i32, byte count).
    case memoryFill
    /// (memory, data segment, address, offset in the segment, byte count).
    case memoryInit
    /// (data segment).
    case dataDrop
    /// (table, reference, element count) -> i64: the old size in elements, or -1.
    case tableGrow
    /// (table, position, reference, element count).
    case tableFill
    /// (destination table, source table, destination position, source position, element count).
    case tableCopy
    /// (table, element segment, position, offset in the segment, element count).
    case tableInit
    /// (element segment).
    case elementDrop
    /// (tag) -> a new exception whose payload is zero, at ``InstanceContextLayout/ExceptionRecord``.
    case allocateException
    /// (exception): goes on at the innermost landing, or ends the call from outside. Never returns.
    case throwReference
    /// (actual type identifier i32, expected type identifier i32) -> i32: 1 where the first is a subtype of the second, else 0.
    case isSubtype

    /// What it takes and gives.
    public var signature: Signature {
        switch self {
        case .memoryGrow: Signature(parameters: [.i32, .i64], results: [.i64])
        case .memoryCopy: Signature(parameters: [.i32, .i32, .i64, .i64, .i64])
        case .memoryFill: Signature(parameters: [.i32, .i64, .i32, .i64])
        case .memoryInit: Signature(parameters: [.i32, .i32, .i64, .i64, .i64])
        case .dataDrop: Signature(parameters: [.i32])
        case .tableGrow: Signature(parameters: [.i32, .reference, .i64], results: [.i64])
        case .tableFill: Signature(parameters: [.i32, .i64, .reference, .i64])
        case .tableCopy: Signature(parameters: [.i32, .i32, .i64, .i64, .i64])
        case .tableInit: Signature(parameters: [.i32, .i32, .i64, .i64, .i64])
        case .elementDrop: Signature(parameters: [.i32])
        case .allocateException: Signature(parameters: [.i32], results: [.reference])
        case .throwReference: Signature(parameters: [.reference])
        case .isSubtype: Signature(parameters: [.i32, .i32], results: [.i32])
        }
    }
}
