import WasmFormats
import WasmModel

/// The check that modules survive being written and read again, in both formats.
public enum ModuleRoundTrip {
    /// What became of the modules of a script.
    public struct Report: Hashable, Sendable {
        /// The number of modules that are well formed, the invalid ones included.
        public var moduleCount = 0
        /// The number of modules that the text format holds only in their normal form, see
        /// ``WasmFormats/TextPrinter/normalForm(of:)``.
        public var normalizedCount = 0
        /// The modules that were changed.
        public var failures: [ScriptReport.Failure] = []

        /// Makes an empty report.
        public init() {}

        /// Adds the counts and failures of another report.
        public mutating func add(_ other: Report) {
            moduleCount += other.moduleCount
            normalizedCount += other.normalizedCount
            failures += other.failures
        }
    }

    /// Checks all well-formed modules of a script.
    /// - Parameter features: what the binary decoder reads.
    public static func check(_ script: Script, features: FeatureSet = .wasm3) -> Report {
        var report = Report()
        for command in script.commands {
            if case .script(_, let file, let nested) = command.kind {
                var inner = check(nested, features: features)
                for index in inner.failures.indices where inner.failures[index].file == nil {
                    inner.failures[index].file = file
                }
                report.add(inner)
            }
            guard let source = command.kind.wellFormedModule?.source,
                let module = try? module(source, features: features)
            else { continue }
            report.moduleCount += 1
            if TextPrinter.normalForm(of: module) != module { report.normalizedCount += 1 }
            for (form, result) in [("binary", throughBinary(module)), ("text", throughText(module))] {
                guard let result else { continue }
                let expected = "the same module after writing and reading it as \(form)"
                report.failures.append(ScriptReport.Failure(line: command.line, expected: expected, got: result))
            }
        }
        return report
    }

    private static func module(_ source: ScriptModule.Source, features: FeatureSet) throws -> Module {
        switch source {
        case .text(let module): module
        case .binary(let bytes): try BinaryDecoder.decode(bytes, features: features)
        case .quoted(let text): try TextParser.module(text)
        }
    }

    /// Encodes and decodes a module.
    /// - Returns: what went wrong; nil where the module is the same.
    public static func throughBinary(_ module: Module) -> String? {
        do {
            let read = try BinaryDecoder.decode(BinaryEncoder.encode(module))
            return read == module ? nil : difference(read, module)
        } catch {
            return "\(error)"
        }
    }

    /// Prints and parses a module.
    /// - Returns: what went wrong; nil where the module is the same, or where it became its normal form.
    public static func throughText(_ module: Module) -> String? {
        let expected = TextPrinter.normalForm(of: module)
        do {
            let read = try TextParser.module(TextPrinter.text(of: module))
            return read == expected ? nil : difference(read, expected)
        } catch {
            return "\(error)"
        }
    }

    /// Names the parts of a module that differ.
    private static func difference(_ read: Module, _ expected: Module) -> String {
        var parts: [String] = []
        func compare<Part: Equatable>(_ name: String, _ part: (Module) -> Part) {
            if part(read) != part(expected) { parts.append(name) }
        }
        compare("types") { $0.types }
        compare("recursion groups") { $0.recursionGroups }
        compare("imports") { $0.imports }
        compare("functions") { $0.functions }
        compare("tables") { $0.tables }
        compare("memories") { $0.memories }
        compare("tags") { $0.tags }
        compare("globals") { $0.globals }
        compare("exports") { $0.exports }
        compare("start") { $0.start }
        compare("element segments") { $0.elements }
        compare("data segments") { $0.data }
        compare("data count") { $0.dataCount }
        compare("names") { $0.names }
        compare("custom sections") { $0.customSections }
        return "other \(parts.joined(separator: ", "))"
    }
}

extension ScriptCommand.Kind {
    /// The module of the command, unless it must be malformed.
    var wellFormedModule: ScriptModule? {
        switch self {
        case .module(let module), .definition(let module), .assertInvalid(let module, _),
            .assertUnlinkable(let module, _), .assertInstantiationTrap(let module, _),
            .assertInvalidCustom(let module, _):
            module
        case .assertMalformed, .assertMalformedCustom, .assertInstanceTrap, .assertInstanceUnlinkable, .script, .input,
            .output, .unreadable, .instance, .register, .action, .assertReturn, .assertTrap, .assertExhaustion,
            .assertException:
            nil
        }
    }
}
