import Foundation
import WasmFormats

/// A program with an export `run` that takes nothing and gives an i64.
struct Kernel {
    let name: String
    let wasm: [UInt8]

    /// Where the kernels are that are measured unless others are named.
    static let folder = "ci/compiler-comparison"

    /// Reads a module in the text format.
    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ComparisonError("\(path) cannot be read")
        }
        let source = [UInt8](data)
        name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        wasm = BinaryEncoder.encode(try TextParser.module(source))
    }

    /// All kernels of the folder, by their names.
    static func all() throws -> [Kernel] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".wat") }.sorted()
            .map { try Kernel(path: "\(folder)/\($0)") }
    }
}
