import Differential
import WasmFormats
import WasmModel

extension Case {
    /// The greatest number of parameters or results of a type in the module; 0 of what is none.
    var longestList: Int {
        let types = (try? BinaryDecoder.decode(test.wasm))?.types ?? []
        return types.compactMap(\.functionType).map { max($0.parameters.count, $0.results.count) }.max() ?? 0
    }
}
