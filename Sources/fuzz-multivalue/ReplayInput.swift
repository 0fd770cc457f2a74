import Differential
import Execution
import Foundation
import Triage
import WasmFormats

/// The cases of the paths that a command was given.
enum ReplayInput {
    /// What crash folders, `.wasm`, `.wat` and `.wast` files, raw fuzz inputs or standard input hold, in order.
    static func cases(at paths: [String]) throws(CommandFailure) -> [NamedCase] {
        var cases: [NamedCase] = []
        for path in paths { cases += try self.cases(at: path) }
        return cases
    }

    private static func cases(at path: String) throws(CommandFailure) -> [NamedCase] {
        var status = stat()
        let isPlain = stat(path, &status) == 0 && [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
        let isMissing = path != "-" && access(path, F_OK) != 0
        guard isPlain || isMissing else {
            // Standard input, pipes and devices give one module.
            let input = try InputModule(path: path)
            let decoded = DecodedCase(module: input.module.module, invocations: []).callingExports
            return [
                NamedCase(
                    name: path,
                    Case(
                        TestCase(wasm: input.wasm, invocations: decoded.invocations, usesFreshInstances: true)
                    )
                )
            ]
        }
        if isPlain, status.st_mode & S_IFMT == S_IFREG, status.st_size > ModuleLimits.moduleSizeInBytes {
            throw CommandFailure("\(path): more than \(ModuleLimits.moduleSizeInBytes) bytes")
        }
        do {
            return try NamedCase.cases(at: path)
        } catch {
            throw CommandFailure(error.description, status: error.isAboutNothing ? .nothingCompared : .misuse)
        }
    }
}
