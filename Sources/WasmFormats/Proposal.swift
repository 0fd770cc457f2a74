/// A proposal beyond WebAssembly 3.0, which is refused by its name.
///
/// Spec: the repository of proposals of the WebAssembly community group.
public enum Proposal: String, Hashable, Sendable, CaseIterable {
    case threads
    case sharedEverythingThreads = "shared-everything threads"
    case customPageSizes = "custom page sizes"
    case legacyExceptions = "legacy exceptions"
    case wideArithmetic = "wide arithmetic"
    case stackSwitching = "stack switching"
    case memoryControl = "memory control"
    case customDescriptors = "custom descriptors"
    case compactImports = "compact imports"
    case halfPrecision = "half precision"
    case stringReferences = "reference-typed strings"
    case components = "component model"

    /// What a message goes on with behind the words that stand for any malformation.
    var remark: String {
        self == .components ? " (a component, not a module)" : " (of the proposal \(rawValue), which is not supported)"
    }

    // MARK: Binary format

    /// The proposal of an opcode of one byte, or of a prefix whose opcodes are all the proposal's.
    init?(opcode byte: UInt8) {
        switch byte {
        case 0x06, 0x07, 0x09, 0x18, 0x19: self = .legacyExceptions
        case 0xE0...0xE6: self = .stackSwitching
        case 0xFE: self = .threads
        default: return nil
        }
    }

    /// The proposal of an opcode that is a prefix and a number.
    init?(prefix: UInt8, number: Int) {
        switch (prefix, number) {
        case (0xFB, 32...38): self = .customDescriptors
        case (0xFB, 0x80...0xB7): self = .stringReferences
        case (0xFC, 18): self = .memoryControl
        case (0xFC, 19...22): self = .wideArithmetic
        case (0xFC, 48...49), (0xFD, 0x120...0x14F): self = .halfPrecision
        case (0xFE, 0x4F...): self = .sharedEverythingThreads
        case (0xFE, _): self = .threads
        default: return nil
        }
    }

    /// The proposal of the first byte of a type definition, a value type or a heap type.
    init?(typeByte byte: UInt8) {
        switch byte {
        case 0x5D, 0x68, 0x75: self = .stackSwitching
        case 0x65: self = .sharedEverythingThreads
        case 0x4C, 0x4D, 0x62: self = .customDescriptors
        case 0x67: self = .stringReferences
        default: return nil
        }
    }

    /// The proposal of the flags of the limits of a memory or a table.
    init?(limitsFlags flags: UInt8) {
        guard flags < 0x10 else { return nil }
        if flags & 0x08 != 0 {
            self = .customPageSizes
        } else if flags & 0x02 != 0 {
            self = .threads
        } else {
            return nil
        }
    }

    // MARK: Text format

    /// The proposal of a word that WebAssembly 3.0 does not have in the place where it stands.
    init?(word: String) {
        if let proposal = Self.words[word] {
            self = proposal
        } else if word.contains(".atomic.") || word.hasPrefix("atomic.") {
            self =
                word.contains("struct.") || word.contains("array.") || word.contains("global.")
                    || word.contains("table.")
                ? .sharedEverythingThreads : .threads
        } else if word.hasPrefix("f16x8.") || word.hasSuffix("_f16") {
            self = .halfPrecision
        } else if word.hasPrefix("string.") || word.hasPrefix("stringview_") {
            self = .stringReferences
        } else {
            return nil
        }
    }

    private static let words: [String: Proposal] = [
        "shared": .threads, "pagesize": .customPageSizes, "try": .legacyExceptions, "do": .legacyExceptions,
        "rethrow": .legacyExceptions, "delegate": .legacyExceptions, "catch": .legacyExceptions,
        "catch_all": .legacyExceptions, "i64.add128": .wideArithmetic, "i64.sub128": .wideArithmetic,
        "i64.mul_wide_s": .wideArithmetic, "i64.mul_wide_u": .wideArithmetic, "cont": .stackSwitching,
        "nocont": .stackSwitching, "contref": .stackSwitching, "nullcontref": .stackSwitching,
        "cont.new": .stackSwitching, "cont.bind": .stackSwitching, "suspend": .stackSwitching,
        "resume": .stackSwitching, "resume_throw": .stackSwitching, "resume_throw_ref": .stackSwitching,
        "switch": .stackSwitching, "memory.discard": .memoryControl, "exact": .customDescriptors,
        "descriptor": .customDescriptors, "describes": .customDescriptors, "struct.new_desc": .customDescriptors,
        "struct.new_default_desc": .customDescriptors, "ref.get_desc": .customDescriptors,
        "ref.cast_desc": .customDescriptors, "ref.cast_desc_eq": .customDescriptors,
        "br_on_cast_desc": .customDescriptors, "br_on_cast_desc_fail": .customDescriptors,
        "br_on_cast_desc_eq": .customDescriptors, "br_on_cast_desc_eq_fail": .customDescriptors,
        "thread": .sharedEverythingThreads, "ref.i31_shared": .sharedEverythingThreads,
        "pause": .sharedEverythingThreads, "stringref": .stringReferences, "component": .components,
        "core": .components,
    ]
}
