import Differential
import Execution
import ModuleMutation
import WasmFormats
import WasmGenerator

extension Case {
    /// Larger modules are seldom wrong in other ways than small ones.
    private static let mostBytesWithFault = 20_000

    /// The case with one fault in its module, for engines to reject; nil where none is found that makes it invalid.
    ///
    /// There are no calls: what an engine takes that the specification does not, may do anything when it runs.
    func withFault(by decisions: inout SplitMix64) -> Case? {
        guard test.companions.isEmpty, test.wasm.count <= Self.mostBytesWithFault,
            let module = try? BinaryDecoder.decode(test.wasm),
            let (_, invalid) = module.withFault(by: &decisions)
        else { return nil }
        return Case(TestCase(wasm: BinaryEncoder.encode(invalid), invocations: []))
    }
}
