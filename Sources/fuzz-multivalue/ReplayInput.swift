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

    /// What can be read of the paths, and what is wrong with the others.
    static func readableCases(at paths: [String]) -> (cases: [NamedCase], problems: [CommandFailure]) {
        var cases: [NamedCase] = []
        var problems: [CommandFailure] = []
        for path in paths {
            do throws(CommandFailure) {
                let readable = try readableCases(at: path)
                cases += readable.cases
                problems += readable.problems
            } catch {
                problems.append(error)
            }
        }
        return (cases, problems)
    }

    /// As ``cases(at:)``; where calls are chosen, the one module with these.
    static func cases(at paths: [String], calling options: InvocationOptions) throws(CommandFailure) -> [NamedCase] {
        guard let option = options.given else { return try cases(at: paths) }
        guard paths.count == 1 else {
            throw CommandFailure("\(option) is for the calls of one module, and \(paths.count) paths were given")
        }
        if let other = otherKind(of: paths[0]) {
            throw CommandFailure("\(paths[0]): \(option) is for a .wasm or .wat file, and \(other) has its own calls")
        }
        let input = try InputModule(path: paths[0])
        let invocations = try InvocationList(module: input.module).invocations(
            options.words,
            seed: options.seed ?? 0,
            calls: 1
        )
        let test = TestCase(wasm: input.wasm, invocations: invocations, usesFreshInstances: true)
        return [NamedCase(name: paths[0], Case(test))]
    }

    /// What a path names that is no module, in words; nil where it is one, or nothing.
    private static func otherKind(of path: String) -> String? {
        var status = stat()
        guard path != "-", stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return "a crash folder"
        case S_IFREG: break
        default: return nil
        }
        switch (path as NSString).pathExtension {
        case "wasm", "wat": return nil
        case "wast": return "a script"
        case "json": return "a finding"
        case _:
            let beginning = try? FileHandle(forReadingAtPath: path)?.read(upToCount: BinaryHeader.magic.count)
            return beginning.map { $0.elementsEqual(BinaryHeader.magic) } ?? false ? nil : "a raw fuzz input"
        }
    }

    private static func cases(at path: String) throws(CommandFailure) -> [NamedCase] {
        let (cases, problems) = try readableCases(at: path)
        if let problem = problems.first { throw problem }
        return cases
    }

    private static func readableCases(
        at path: String
    ) throws(CommandFailure) -> (cases: [NamedCase], problems: [CommandFailure]) {
        var status = stat()
        let isPlain = stat(path, &status) == 0 && [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
        let isMissing = path != "-" && access(path, F_OK) != 0
        guard isPlain || isMissing else {
            // Standard input, pipes and devices give one module.
            let input = try InputModule(path: path)
            let decoded = DecodedCase(module: input.module.module, invocations: []).callingExports
            let test = TestCase(wasm: input.wasm, invocations: decoded.invocations, usesFreshInstances: true)
            return ([NamedCase(name: path, Case(test))], [])
        }
        if isPlain, status.st_mode & S_IFMT == S_IFREG, status.st_size > ModuleLimits.moduleSizeInBytes {
            throw CommandFailure("\(path): more than \(ModuleLimits.moduleSizeInBytes) bytes")
        }
        do throws(CrashStoreError) {
            let (cases, problems) = try NamedCase.readableCases(at: path)
            return (cases, problems.map(CommandFailure.init))
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    fileprivate init(_ error: CrashStoreError) {
        self.init(error.description, status: error.isAboutNothing ? .nothingCompared : .misuse)
    }
}
