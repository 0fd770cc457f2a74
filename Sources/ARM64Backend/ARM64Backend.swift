import MachineCode
import RegisterAllocation
import SSA

/// The ARM64 machine: its registers and conventions as data, and the leaf decisions of selection and emission.
///
/// Registers: x28 is the context; x16 and v31 belong to moves and shared code; x17 and v30 are the back end's own scratch, free
/// within one machine instruction; x18 is the platform's and never touched; x29, x30 and sp hold the frame. All others can
/// be allocated.
public struct ARM64Backend: MachineBackend {
    public let machine: MachineDescription

    /// Makes the back end.
    public init() {
        machine = Self.description
    }

    private static let description: MachineDescription = {
        let integerNumbers = Array(UInt8(0)..<16) + Array(UInt8(19)..<28)
        let integers = integerNumbers.map { PhysicalRegister(.integer, $0) }
        let vectors = (UInt8(0)..<30).map { PhysicalRegister(.vector, $0) }
        let saved =
            (UInt8(19)...28).map { PhysicalRegister(.integer, $0) }
            + (UInt8(8)...15).map { PhysicalRegister(.vector, $0) }
        return MachineDescription(
            name: "arm64",
            allocatable: RegisterSet(integers + vectors),
            scratch: [
                PhysicalRegister(.integer, ARM64Register.sharedScratch),
                PhysicalRegister(.vector, ARM64Register.sharedVectorScratch),
            ],
            stackPointer: PhysicalRegister(.integer, ARM64Register.stackPointer),
            framePointer: PhysicalRegister(.integer, ARM64Register.framePointer),
            context: PhysicalRegister(.integer, ARM64Register.context),
            link: PhysicalRegister(.integer, ARM64Register.link),
            integerArguments: Array(integers[..<8]),
            vectorArguments: Array(vectors[..<8]),
            integerResults: Array(integers[..<8]),
            vectorResults: Array(vectors[..<8]),
            hostArguments: Array(integers[..<8]),
            hostResult: integers[0],
            hostSaved: saved
        )
    }()

    public func text(of instruction: MachineInstruction) -> String { ARM64MachineForm.text(of: instruction) }
}

extension ARM64Register {
    /// The scratch register of moves and shared code.
    static let sharedScratch: UInt8 = 16
    /// The back end's own scratch register.
    static let ownScratch: UInt8 = 17
    /// The instance context.
    static let context: UInt8 = 28
    /// The vector scratch register of moves and shared code.
    static let sharedVectorScratch: UInt8 = 31
    /// The back end's own vector scratch register.
    static let ownVectorScratch: UInt8 = 30
}
