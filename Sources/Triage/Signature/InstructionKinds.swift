import WasmModel

/// The kinds of instructions in a reduced module, those that say most of a mistake alone: what computes, where anything does; otherwise what
/// accesses memories, tables and globals, where anything does; otherwise what brings values from one place to another.
///
/// Constants, locals and what only leaves a block are in every module, and tell nothing. Widths tell nothing either: a mistake in the shift of
/// 32 bits is one in that of 64.
struct InstructionKinds {
    private var byWeight: [Set<String>] = [[], [], []]

    init(_ module: Module) {
        for instruction in module.functions.lazy.flatMap(\.body) {
            let name = instruction.opcode.row.name
            if Self.isEverywhere(name) { continue }
            byWeight[Self.isCarrier(name) ? 2 : Self.isAccess(name) ? 1 : 0].insert(Self.kind(of: name))
        }
    }

    /// Sorted.
    var names: [String] {
        guard let names = byWeight.first(where: { !$0.isEmpty }) else { return [] }
        return names.count <= Self.mostNames ? names.sorted() : [Self.many]
    }

    /// Whether a kind of these names computes numbers, so that not nearly every module has it.
    static func isTelling(_ kind: some StringProtocol) -> Bool {
        (kind.hasPrefix("integer ") || kind.hasPrefix("float ")) && !isAccess(kind)
    }

    private static let many = "many instructions"

    /// A case with more is hardly reduced; how many there are is all that its signature says.
    private static let mostNames = 24

    /// One for all kinds of blocks, which have types alike, and for all kinds of branches and of calls; otherwise that of the instruction without
    /// its width.
    static func kind(of name: String) -> String {
        if ["block", "loop", "if", "else"].contains(name) { return "block" }
        if ["br", "br_if", "br_table"].contains(name) { return "branch" }
        guard let dot = name.firstIndex(of: ".") else { return name }
        let operation = name[name.index(after: dot)...]
        switch name[..<dot] {
        case "i32", "i64": return "integer \(operation)"
        case "f32", "f64": return "float \(operation)"
        case "i8x16", "i16x8", "i32x4", "i64x2": return "integer lanes \(operation)"
        case "f32x4", "f64x2": return "float lanes \(operation)"
        default: return name
        }
    }

    /// Whether an instruction only makes a value of another type of what others compute, as a signature asks for it, or calls what does.
    private static func isCarrier(_ name: String) -> Bool {
        if ["block", "loop", "if", "else", "br", "br_if", "br_table", "call", "ref.func"].contains(name) {
            return true
        }
        return name.contains("extract_lane") || name.hasSuffix(".splat") || name.hasSuffix(".bitmask")
            || name.hasSuffix("all_true") || name == "v128.any_true" || name.contains("reinterpret")
            || name == "i32.wrap_i64" || name.hasPrefix("i64.extend_i32")
    }

    /// Whether an instruction reads or writes what other instructions and the host see.
    private static func isAccess(_ name: some StringProtocol) -> Bool {
        // Of an instruction, or of its kind.
        let operation = name.drop { $0 != "." && $0 != " " }.dropFirst()
        return operation.hasPrefix("load") || operation.hasPrefix("store") || name.hasPrefix("global.")
            || name.hasPrefix("table.") || name.hasPrefix("memory.")
    }

    private static func isEverywhere(_ name: String) -> Bool {
        name.hasSuffix(".const") || name.hasPrefix("local.")
            || ["end", "drop", "nop", "ref.null", "return"].contains(name)
    }
}
