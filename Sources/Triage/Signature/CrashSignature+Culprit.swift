import Differential
import WasmFormats
import WasmModel

extension CrashSignature {
    /// The signature with the stage at fault and the kinds of instructions that are left in the reduced module, which tell the mistakes of one
    /// engine apart: `x86_64 execute: wrong result (since code motion: integer load)`.
    /// Of one that the same configuration shows for the other machine as well, both are named in place of the engine.
    /// - Parameters:
    ///   - culprit: what is known of the stages of a compiler in this program; nil of any other engine.
    ///   - mistake: what the values look like; nil where they do not tell, and where no value is wrong.
    func naming(
        culpritsIn wasm: [UInt8],
        _ culprit: CulpritStage? = nil,
        mistake: String? = nil
    ) -> CrashSignature {
        var names = (try? BinaryDecoder.decode(wasm)).map { InstructionKinds($0).names } ?? []
        if let kind = mistake.flatMap(ResultExplanation.kind) { names.append(kind) }
        if let culprit, !culprit.stages.isEmpty {
            let first = names.first ?? Self.nothing
            names = ["since \(culprit.stages.joined(separator: " and ")): \(first)"] + names.dropFirst()
        }
        let isShared = culprit?.failsOnOtherMachine == true
        return (isShared ? ofBothMachines : self).naming(names)
    }

    /// What is seen, whichever engine shows it: `execute: wrong result`.
    var symptom: Substring {
        guard namesEngine, let end = description.firstIndex(of: " ") else { return description[...] }
        return description[description.index(after: end)...]
    }

    /// The signature with both machines in place of the engine, where it names one.
    var ofBothMachines: CrashSignature {
        namesEngine ? CrashSignature(text: "\(Self.bothMachines) \(symptom)") : self
    }

    /// Assertions name their place, and no engine.
    private var namesEngine: Bool {
        description.prefix { $0 != " " }.last != ":"
    }
}
