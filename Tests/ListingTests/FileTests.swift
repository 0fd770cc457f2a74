import Foundation
import InTreeEngines
import Listing
import MachineCode
import SnapshotFiles
import Testing
import WasmFormats

/// Each file in `Listings` is a module in the text format, followed in comments by what both compilers make of it: the optimised SSA form
/// once, then for each machine the selected instructions, the allocation with its moves, the layouts, and the code.
///
/// The folder says with which options: the optimisation level, then the result strategy.
@Suite struct FileTests {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Listings")

    private static let configurations: [(folder: String, level: OptimizationLevel, results: ResultStrategy)] =
        OptimizationLevel.allCases.flatMap { level in
            ResultStrategy.allCases.map { ("\(level.rawValue)-\($0.rawValue)", level, $0) }
        }

    private static func paths() -> [String] { SnapshotFile.paths(of: configurations.map(\.folder), in: here) }

    @Test func `there are files`() {
        #expect(Self.paths().count > 3)
    }

    @Test(arguments: paths())
    func `both compilers make of a file what it says`(path: String) throws {
        let file = try SnapshotFile(Self.here.appending(path: path), separator: ";; compiled\n")
        // By way of the binary, so that instructions have offsets.
        let binary = BinaryEncoder.encode(try TextParser.module(file.input))
        let module = try Validator.validate(BinaryDecoder.decode(binary))
        let configuration = try #require(Self.configurations.first { path.hasPrefix($0.folder + "/") })
        var text = ""
        for target in CompilationTarget.allCases {
            let compiler = CompilerFactory(target).compiler(configuration.level, configuration.results)
            let listing = ModuleListing(
                module,
                compiler,
                instructionSet: target == .x86_64 ? .x86_64 : .arm64
            )
            if target == CompilationTarget.allCases.first {
                text += "; SSA form\n"
                try listing.writeSSA { text += $0 }
            }
            text += "; \(target.rawValue): instructions\n"
            try listing.writeMachine { text += $0 }
            text += "; \(target.rawValue): code\n"
            try listing.writeDisassembly { text += $0 }
        }
        try file.expect(text)
    }
}
