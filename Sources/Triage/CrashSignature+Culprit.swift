import Differential
import WasmFormats
import WasmModel

extension CrashSignature {
    /// The signature with the instructions that are left in the reduced module, which tell the mistakes of one engine apart.
    ///
    /// Constants, locals and what only leaves a block are in every module, and tell nothing.
    func naming(culpritsIn wasm: [UInt8]) -> CrashSignature {
        guard let module = try? BinaryDecoder.decode(wasm) else { return self }
        var names: Set<String> = []
        for function in module.functions {
            for instruction in function.body {
                let name = instruction.opcode.row.name
                if !Self.isEverywhere(name) { names.insert(name) }
            }
        }
        guard names.count <= Self.mostNames else { return naming(["\(names.count) instructions"]) }
        return naming(names.sorted())
    }

    private static let mostNames = 5

    private static func isEverywhere(_ name: String) -> Bool {
        name.hasSuffix(".const") || name.hasPrefix("local.")
            || ["end", "drop", "nop", "ref.null", "return"].contains(name)
    }
}
