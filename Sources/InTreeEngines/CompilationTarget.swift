import ARM64Backend
import MachineCode
import Runtime
import X64Backend

/// The machines that the in-tree compilers compile for.
public enum CompilationTarget: String, Hashable, Sendable, CaseIterable {
    case x86_64
    case arm64

    /// The back end.
    public var backend: any MachineBackend {
        switch self {
        case .x86_64: X64Backend()
        case .arm64: ARM64Backend()
        }
    }

    /// Whether the processor of this host is of the kind.
    public var isHost: Bool {
        #if arch(x86_64)
            self == .x86_64
        #elseif arch(arm64)
            self == .arm64
        #else
            false
        #endif
    }

    /// Whether code for the target can be run here, natively or in the simulator.
    public var canRun: Bool { (isHost && missingFeatures.isEmpty) || self == .arm64 }

    /// What compiled code needs and the processor of this host lacks; empty on processors of another kind.
    public var missingFeatures: ProcessorFeatures {
        switch self {
        case .x86_64: isHost ? ProcessorFeatures.missing : []
        case .arm64: []
        }
    }

    /// Why code for the target cannot be executed here; nil where it can.
    var obstacle: String? {
        if canRun { return nil }
        let lack = missingFeatures.isEmpty ? "" : " (its processor lacks \(missingFeatures))"
        return "this host\(lack) cannot run \(rawValue) code; 'compile --target \(rawValue)' works"
    }

    /// Where code for the target is executed on this host.
    var machineDescription: String {
        if isHost {
            switch self {
            case .x86_64:
                let features = ProcessorFeatures.ofHost
                return "on this processor, which has \(features); code needs \(ProcessorFeatures.required)"
            case .arm64: return "on this processor"
            }
        }
        return canRun ? "in the simulator in the tree, on this processor" : "nowhere"
    }
}
