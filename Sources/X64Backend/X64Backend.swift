import MachineCode
import RegisterAllocation
import SSA

/// The x86_64 machine: its registers and conventions as data, and the leaf decisions of selection and emission.
///
/// The processor must have SSE4.2, POPCNT, LZCNT and BMI1 (x86-64-v3 contains them all; every AMD and Intel core since 2013).
///
/// Registers: r14 is the context; r15 and xmm15 belong to moves and shared code; r11 and xmm14 are the back end's own
/// scratch, free within one machine instruction; rsp and rbp hold the frame. All others can be allocated.
public struct X64Backend: MachineBackend {
    public let machine: MachineDescription

    /// Makes the back end.
    public init() {
        machine = Self.description
    }

    private static let description: MachineDescription = {
        let integers: [X64GPR] = [.rax, .rcx, .rdx, .rbx, .rsi, .rdi, .r8, .r9, .r10, .r12, .r13]
        let integerRegisters = integers.map(\.physical)
        let vectorRegisters = (UInt8(0)..<14).map { PhysicalRegister(.vector, $0) }
        let arguments: [X64GPR] = [.rdi, .rsi, .rdx, .rcx, .r8, .r9]
        let results: [X64GPR] = [.rax, .rcx, .rdx, .rsi, .rdi, .r8]
        let saved: [X64GPR] = [.rbx, .r12, .r13, .r14, .r15]
        return MachineDescription(
            name: "x86_64",
            allocatable: RegisterSet(integerRegisters + vectorRegisters),
            scratch: [X64GPR.r15.physical, PhysicalRegister(.vector, 15)],
            stackPointer: X64GPR.rsp.physical,
            framePointer: X64GPR.rbp.physical,
            context: X64GPR.r14.physical,
            integerArguments: arguments.map(\.physical),
            vectorArguments: Array(vectorRegisters[..<8]),
            integerResults: results.map(\.physical),
            vectorResults: Array(vectorRegisters[..<8]),
            hostArguments: arguments.map(\.physical),
            hostResult: X64GPR.rax.physical,
            hostSaved: saved.map(\.physical),
            // int3: running into the gaps between functions stops.
            codeFiller: 0xCC
        )
    }()

    public func text(of instruction: MachineInstruction) -> String { X64MachineForm.text(of: instruction) }
}

extension X64GPR {
    /// The register as the allocator names it.
    public var physical: PhysicalRegister { PhysicalRegister(.integer, rawValue) }

    /// The back end's own scratch register.
    static let ownScratch = X64GPR.r11
    /// The scratch register of moves, free within the emission of one of the back end's own forms.
    static let sharedScratch = X64GPR.r15
}

/// Vector registers with a purpose, by their hardware numbers.
enum X64Vector {
    /// The back end's own scratch register.
    static let ownScratch: UInt8 = 14
    /// The scratch register of moves, free within the emission of one of the back end's own forms.
    static let sharedScratch: UInt8 = 15
}
