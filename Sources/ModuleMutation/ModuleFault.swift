import WasmFormats
import WasmGenerator
import WasmModel

/// A way in which a module can be nearly valid: one thing in it is not as the rules of validation have it.
///
/// Spec: core 3.0, chapter 3 "Validation".
public enum ModuleFault: String, Hashable, Sendable, CaseIterable {
    /// A call takes or gives one value more, one fewer, or one of another type.
    case call = "call"
    /// A tail call gives one value more, one fewer, or one of another type than its function does.
    case tailCall = "tail-call"
    /// A block takes or gives one value more, one fewer, or one of another type.
    case block = "block"
    /// A function takes or gives one value more, one fewer, or one of another type.
    case function = "function"
    /// A branch goes one block too far.
    case label = "label"
    /// A clause catches another tag, gives a reference or does not, or goes one block too far.
    case clause = "clause"
    /// An `if` whose arms change the stack has no second one.
    case missingArm = "missing-arm"
    /// An instruction is not there.
    case missingInstruction = "missing-instruction"
    /// A value too many, or one that is taken away.
    case surplusInstruction = "surplus-instruction"
    /// A constant, or a variable, of another type.
    case type = "type"
    /// A local may not be null, and is read before it is written.
    case unsetLocal = "unset-local"
    /// An index is one too far.
    case index = "index"
    /// An access says that it is aligned to more than its size.
    case alignment = "alignment"
    /// A lane is one too far.
    case lane = "lane"
    /// A global that is written is immutable.
    case mutability = "mutability"
    /// A function that is named by `ref.func` is not declared.
    case declaration = "declaration"
    /// Two exports have one name, or one is of what is not there.
    case export = "export"
    /// The function that is called at the start takes or gives a value.
    case start = "start"
    /// A tag gives a value.
    case tag = "tag"
    /// The offset of a segment is of another type, or it is for what is not there.
    case segment = "segment"
    /// A memory or a table is larger at first than it may become, or larger than any.
    case limits = "limits"
    /// The first value of a global is of another type, or not constant.
    case initializer = "initializer"

    /// Whether it is in a list of types that calls, blocks or branches have.
    var changesList: Bool {
        switch self {
        case .call, .tailCall, .block, .function, .label, .clause: true
        case .missingArm, .missingInstruction, .surplusInstruction, .type, .unsetLocal, .index, .alignment, .lane,
            .mutability, .declaration, .export, .start, .tag, .segment, .limits, .initializer:
            false
        }
    }
}

extension Module {
    /// How many faults are tried until one makes the module invalid.
    private static let attempts = 4

    /// The module with one fault by which it is no longer valid.
    /// - Parameter faults: those to choose from.
    /// - Returns: nil where the module has no place for those that were tried, or stays valid with them.
    public func withFault(
        among faults: [ModuleFault] = ModuleFault.allCases,
        by decisions: inout SplitMix64
    ) -> (fault: ModuleFault, module: Module)? {
        var original = self
        // Offsets in the binary are of the module before the change.
        for index in original.functions.indices { original.functions[index].offsets = InstructionOffsets() }
        var attempts = 0
        // What changes lists of types comes first as often as all others.
        let (ofLists, others) = (faults.filter(\.changesList), faults.filter { !$0.changesList })
        let lists = ofLists.shuffled(using: &decisions)
        let rest = others.shuffled(using: &decisions)
        let order = Bool.random(using: &decisions) ? lists + rest : rest + lists
        for fault in order where attempts < Self.attempts {
            var writer = FaultWriter(original, decisions)
            let isDone = writer.write(fault)
            decisions = writer.decisions
            guard isDone else { continue }
            attempts += 1
            if (try? Validator.validate(writer.module)) == nil { return (fault, writer.module) }
        }
        return nil
    }
}
