/// What audited code found wrong while it ran; the raw value is the code with which it leaves through the trap exit.
///
/// Audited code (``PipelineConfiguration/isAudited``) checks what healthy code may rely on: that every function leaves
/// the stack pointer, the memory around the areas of its caller and the registers of the host as the convention says. It
/// also fills registers and frames with poison where their content has no meaning, so that whoever relies on it gets a
/// wrong result. It so finds mistakes that happen to give right results.
public enum AuditViolation: UInt32, Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case frameMisaligned = 0x2000
    case stackPointerAtCall
    case stackPointerAfterCall
    case stackPointerAfterAdjustment
    case stackPointerAtReturn
    case stackPointerAtLanding
    case memoryAboveArguments
    case memoryBelowResults
    case memoryAboveResults
    case guardsOfFrame
    case savedRegisters
    /// The answer of the entry into native code, and of the simulator's runner, not of the code itself.
    case registersOfHost = 0x20FF

    /// One line that begins with `audit:`.
    public var description: String {
        switch self {
        case .frameMisaligned: "audit: the frame pointer of a function is not a multiple of 16"
        case .stackPointerAtCall: "audit: the stack pointer is not where the frame begins when a function is called"
        case .stackPointerAfterCall: "audit: the callee took more or less off the stack than its stack arguments"
        case .stackPointerAfterAdjustment: "audit: the stack pointer is not where the frame begins after a call"
        case .stackPointerAtReturn: "audit: the stack pointer is not where the frame begins when a function returns"
        case .stackPointerAtLanding: "audit: the stack pointer is not where the frame begins where an exception arrives"
        case .memoryAboveArguments: "audit: the callee wrote above its stack arguments"
        case .memoryBelowResults: "audit: the callee wrote below its result area"
        case .memoryAboveResults: "audit: the callee wrote above its result area"
        case .guardsOfFrame: "audit: a function wrote between the areas of its frame"
        case .registersOfHost: "audit: a register of the host has changed when an entry stub returns"
        case .savedRegisters: "audit: the host's registers in the entry stub's frame have changed"
        }
    }
}
