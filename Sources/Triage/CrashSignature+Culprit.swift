import Differential
import WasmFormats
import WasmModel

extension CrashSignature {
    /// The signature with the instructions that are left in the reduced module, which tell the mistakes of one engine apart.
    ///
    /// Constants, locals and what only leaves a block are in every module, and tell nothing; what brings values from one place to another
    /// tells something where nothing else is left.
    func naming(culpritsIn wasm: [UInt8]) -> CrashSignature {
        guard let module = try? BinaryDecoder.decode(wasm) else { return self }
        var names: Set<String> = []
        var carriers: Set<String> = []
        for function in module.functions {
            for instruction in function.body {
                let name = Self.kind(of: instruction.opcode)
                if Self.isEverywhere(name) { continue }
                if Self.isCarrier(name) { carriers.insert(name) } else { names.insert(name) }
            }
        }
        if names.isEmpty { names = carriers }
        guard names.count <= Self.mostNames else { return naming(["\(names.count) instructions"]) }
        return naming(names.sorted())
    }

    /// A case with more is hardly reduced; how many there are is all that its signature says.
    private static let mostNames = 24

    /// The name of an instruction; one for all kinds of blocks, which have types alike, and one for all kinds of branches.
    private static func kind(of opcode: Opcode) -> String {
        let name = opcode.row.name
        if ["block", "loop", "if", "else"].contains(name) { return "block" }
        return ["br", "br_if", "br_table"].contains(name) ? "branch" : name
    }

    /// Whether an instruction only makes a value of another type of what others compute, as a signature asks for it, or calls what does.
    private static func isCarrier(_ name: String) -> Bool {
        if ["block", "branch", "call", "ref.func"].contains(name) { return true }
        return name.contains("extract_lane") || name.hasSuffix(".splat") || name.hasSuffix(".bitmask")
            || name.hasSuffix("all_true") || name == "v128.any_true" || name.contains("reinterpret")
            || name == "i32.wrap_i64" || name.hasPrefix("i64.extend_i32")
    }

    private static func isEverywhere(_ name: String) -> Bool {
        name.hasSuffix(".const") || name.hasPrefix("local.")
            || ["end", "drop", "nop", "ref.null", "return"].contains(name)
    }
}
