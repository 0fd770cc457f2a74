import Execution
import WasmFormats
import WasmModel

/// Why a module of a script became no instance.
enum LinkFailure: Error, CustomStringConvertible {
    case unknownImport(Import)
    case incompatibleImport(Import)
    case trapped(Trap)
    case threw
    case exhausted(String)
    /// The name is nil where the engine gave it before.
    case refused(String?)
    case crashed(String)

    init(_ failure: InstantiationFailure, of module: ValidatedModule) {
        switch failure {
        case .incompatibleImport(let position): self = .incompatibleImport(module.module.imports[position])
        case .ended(.trapped(let trap)): self = .trapped(trap)
        case .ended(.threw): self = .threw
        case .ended(.exhausted(let reason)): self = .exhausted(reason)
        case .ended(let ending): self = .crashed("the instantiation \(ending.ending)")
        case .engine(.refused(let reason)): self = .refused(reason)
        case .engine(.crashed(let text)): self = .crashed(text)
        }
    }

    /// What the command comes to, whatever it says; nil where the failure is what it is about.
    var obstacle: ScriptObstacle? {
        switch self {
        case .refused(let reason): .refusal(reason)
        case .exhausted(InvocationOutcome.fuelExhaustion): .undecided(InvocationOutcome.fuelExhaustion)
        case .unknownImport, .incompatibleImport, .trapped, .threw, .exhausted, .crashed: nil
        }
    }

    /// The cause; it begins with the text that the test suite uses for it.
    var description: String {
        switch self {
        case .unknownImport(let item): "unknown import: \"\(item.module)\" \"\(item.name)\""
        case .incompatibleImport(let item): "incompatible import type: \"\(item.module)\" \"\(item.name)\""
        case .trapped(let trap): trap.rawValue
        case .threw: "uncaught exception"
        case .exhausted(let reason): reason
        case .refused(let reason): "refused: \(reason ?? "")"
        case .crashed(let text): "crash: \(text)"
        }
    }
}
