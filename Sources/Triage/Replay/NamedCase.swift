import Differential
import Execution
import Foundation
import WasmFormats
import WasmGenerator
import WasmModel

/// Something to run again: a module with its calls, and where it came from.
public struct NamedCase: Sendable {
    /// The path, with a number where a file holds several cases.
    public var name: String
    public var subject: Case
    /// The crash, where the case is one of the store's.
    public var folder: CrashFolder?

    /// Makes a named case.
    public init(name: String, _ subject: Case, folder: CrashFolder? = nil) {
        self.name = name
        self.subject = subject
        self.folder = folder
    }

    /// Reads the cases of a crash folder, of a folder of such folders, of a `.wasm`, `.wat` or `.wast` file, of a finding or a dead worker's case in
    /// the inbox (`.json`), or of a raw fuzz input, which is any other file.
    ///
    /// A module without calls has every exported function called, with arguments that name their positions.
    /// - Parameters:
    ///   - profile: makes raw fuzz inputs into cases.
    ///   - maximumArity: of recipes from raw fuzz inputs.
    /// - Throws: an error that names the file and the reason.
    public static func cases(
        at path: String,
        profile: Profile = Profile.all[0],
        maximumArity: Int = ArityBoundary.usualMaximum
    ) throws(CrashStoreError) -> [NamedCase] {
        let (cases, problems) = try readableCases(at: path, profile: profile, maximumArity: maximumArity)
        if let problem = problems.first { throw problem }
        return cases
    }

    /// As ``cases(at:profile:maximumArity:)``; of a folder of crash folders, those that can be read, and what is wrong with the others.
    public static func readableCases(
        at path: String,
        profile: Profile = Profile.all[0],
        maximumArity: Int = ArityBoundary.usualMaximum
    ) throws(CrashStoreError) -> (cases: [NamedCase], problems: [CrashStoreError]) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw CrashStoreError(path: path, reason: "no such file or folder")
        }
        if isFolder.boolValue { return try casesOfFolder(path) }
        return (try casesOfFile(path, profile, maximumArity), [])
    }

    private static func casesOfFile(
        _ path: String,
        _ profile: Profile,
        _ maximumArity: Int
    ) throws(CrashStoreError) -> [NamedCase] {
        let bytes = try StoredFile.named(path).read(path)
        let isBinary = bytes.starts(with: BinaryHeader.magic)
        switch (path as NSString).pathExtension {
        case "wasm": return [NamedCase(name: path, Case(try test(ofBinary: bytes, path)))]
        case _ where isBinary: return [NamedCase(name: path, Case(try test(ofBinary: bytes, path)))]
        case "wat":
            let module: Module
            do { module = try TextParser.module(bytes) } catch { throw CrashStoreError(error, path: path) }
            do { _ = try Validator.validate(module) } catch {
                if let located = TextParser.located(error, in: bytes) { throw CrashStoreError(located, path: path) }
                throw CrashStoreError(path: path, reason: error.reason)
            }
            return [
                NamedCase(name: path, Case(DecodedCase(module: module, invocations: []).callingExports.testCase))
            ]
        case "wast": return try casesOfScript(bytes, path)
        case "json":
            return [NamedCase(name: path, try ReportText.decode(Case.self, bytes, path: path))]
        default:
            var decisions = DecisionSource(bytes)
            // Whoever misspells the ending of a module is to see what it is taken for.
            return [
                NamedCase(
                    name: "\(path) as a raw fuzz input",
                    Case(profile.decidedCase(from: &decisions, maximumArity: maximumArity))
                )
            ]
        }
    }

    private static func casesOfFolder(
        _ path: String
    ) throws(CrashStoreError) -> (cases: [NamedCase], problems: [CrashStoreError]) {
        func crash(_ folder: CrashFolder) throws(CrashStoreError) -> NamedCase {
            NamedCase(name: folder.path, try folder.subject(), folder: folder)
        }
        if FileManager.default.fileExists(atPath: "\(path)/\(CrashFolder.File.report)") {
            return ([try crash(try CrashFolder(reading: path))], [])
        }
        if CrashFolder.number(ofFolder: (path as NSString).lastPathComponent) != nil {
            throw CrashStoreError(
                path: path,
                reason: "a crash folder without its \(CrashFolder.File.report), so that nothing says what to compare",
                isAboutNothing: true
            )
        }
        let content = try CrashStore(path: path).content()
        var cases: [NamedCase] = []
        var problems = content.problems
        for folder in content.folders {
            do throws(CrashStoreError) { cases.append(try crash(folder)) } catch { problems.append(error) }
        }
        return (cases, problems)
    }

    /// The bytes as they are; a file that is no valid module is a mistake, and nothing to compare engines by.
    private static func test(ofBinary bytes: [UInt8], _ path: String) throws(CrashStoreError) -> TestCase {
        let module: Module
        do { module = try BinaryDecoder.decode(bytes) } catch {
            throw CrashStoreError(path: path, reason: "\(error)")
        }
        try validate(module, path)
        return TestCase(
            wasm: bytes,
            invocations: DecodedCase(module: module, invocations: []).callingExports.invocations,
            usesFreshInstances: true
        )
    }

    private static func validate(_ module: Module, _ place: String) throws(CrashStoreError) {
        do { _ = try Validator.validate(module) } catch { throw CrashStoreError(path: place, reason: "\(error)") }
    }

    // MARK: Scripts

    /// Each module of a script with the calls that follow it; modules that only others import from are left out.
    private static func casesOfScript(_ bytes: [UInt8], _ path: String) throws(CrashStoreError) -> [NamedCase] {
        let script: Script
        do { script = try ScriptParser.script(bytes) } catch { throw CrashStoreError(error, path: path) }
        var cases: [NamedCase] = []
        var current: (wasm: [UInt8], invocations: [Invocation], isRegistered: Bool)?
        func finish() {
            guard let current, !current.isRegistered || !current.invocations.isEmpty else { return }
            let test = TestCase(wasm: current.wasm, invocations: current.invocations)
            cases.append(NamedCase(name: "\(path) module \(cases.count)", Case(test)))
        }
        for command in script.commands {
            switch command.kind {
            case .module(let module):
                finish()
                let wasm: [UInt8]
                let content: Module
                do {
                    wasm = try Self.wasm(of: module)
                    content = try BinaryDecoder.decode(wasm)
                } catch {
                    throw CrashStoreError(path: path, reason: "line \(command.line): \(error)")
                }
                try validate(content, "\(path): line \(command.line)")
                current = (wasm, [], false)
            case .register(_, let instance) where instance == nil: current?.isRegistered = true
            case .action(.invoke(nil, let export, let arguments)),
                .assertReturn(.invoke(nil, let export, let arguments), _),
                .assertTrap(.invoke(nil, let export, let arguments), _):
                current?.invocations.append(Invocation(export: export, arguments: arguments))
            case .definition, .instance, .register, .action, .assertReturn, .assertTrap, .assertInstantiationTrap,
                .assertExhaustion, .assertException, .assertMalformed, .assertInvalid, .assertUnlinkable,
                .assertMalformedCustom, .assertInvalidCustom, .assertInstanceTrap, .assertInstanceUnlinkable, .script,
                .input, .output, .unreadable:
                break
            }
        }
        finish()
        return cases
    }

    private static func wasm(of module: ScriptModule) throws(TextError) -> [UInt8] {
        switch module.source {
        case .text(let content): BinaryEncoder.encode(content)
        case .binary(let bytes): bytes
        case .quoted(let source): BinaryEncoder.encode(try TextParser.module(source))
        }
    }
}

extension DecodedCase {
    /// The case with one call of each exported function that can be called from outside, in the order of the exports and each on an instance of
    /// its own, with arguments that name their positions.
    public var callingExports: DecodedCase {
        let functionTypes = module.functionTypeIndices
        var result = self
        result.usesFreshInstances = true
        for export in module.exports {
            guard case .function(let index) = export.item, index.position < functionTypes.count,
                let type = module.functionType(at: functionTypes[index.position]),
                type.parameters.allSatisfy(\.isDefaultable)
            else { continue }
            result.invocations.append(
                Invocation(
                    export: export.name,
                    arguments: type.parameters.enumerated().map {
                        TaggedValue.argument($0.offset, $0.element, seed: 0)
                    }
                )
            )
        }
        return result
    }
}
