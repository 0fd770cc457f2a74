import Carriage
import Execution
import WasmFormats
import WasmModel

/// Makes what shows a failure of an engine without this program: a module that checks itself, and traps where a value is wrong.
struct EngineReproduction {
    private let definition: EngineDefinition
    private let features: FeatureSet

    init(_ definition: EngineDefinition, _ features: FeatureSet) {
        self.definition = definition
        self.features = features
    }

    private static let moduleName = "self-check.wasm"
    private static let scriptName = "reproduce.js"

    /// - Returns: nil where nothing but this program can show the failure.
    func reproduction(of test: TestCase, expected: Outcome) -> Reproduction? {
        if case .command(let command, let place) = definition.kind, let files = files(test, expected, place) {
            var shown = command
            shown.arguments = command.arguments.map { $0.replacing(place.placeholder, with: files[0].name) }
            return Reproduction(files: files, commands: [shown.description])
        }
        guard let wasm = selfCheck(test, expected) ?? moduleWithoutImports(test) else { return nil }
        let module = Reproduction.File(name: Self.moduleName, bytes: wasm)
        switch definition.kind {
        case .javaScript(let command):
            let script = Reproduction.File(name: Self.scriptName, bytes: Array(Self.script(wasm).utf8))
            var shown = command
            shown.arguments.append(Self.scriptName)
            return Reproduction(files: [module, script], commands: [shown.description])
        case .library(_, let options):
            return Reproduction(files: [module], commands: wasmtimeCommand(options).map { [$0] } ?? [])
        case .command, .host: return Reproduction(files: [module], commands: [])
        }
    }

    private func selfCheck(_ test: TestCase, _ expected: Outcome) -> [UInt8]? {
        check(test, expected)?.tests.first?.wasm
    }

    private func check(_ test: TestCase, _ expected: Outcome) -> SelfCheck? {
        guard case .completed(let observation) = expected, let module = Self.validated(test.wasm) else { return nil }
        return try? SelfCheck(test, module: module, expected: observation, features: features)
    }

    private static func validated(_ wasm: [UInt8]) -> ValidatedModule? {
        (try? BinaryDecoder.decode(wasm)).flatMap { try? Validator.validate($0) }
    }

    /// What a command is given: the script of the calls, or one of modules that check themselves, or such a module, or the module alone.
    private func files(
        _ test: TestCase,
        _ expected: Outcome,
        _ place: EngineDefinition.FilePlace
    ) -> [Reproduction.File]? {
        var made = [CommandCase?]()
        if place == .wasm {
            made = [check(test, expected).flatMap { CommandCase.modules($0).first }]
        } else {
            made = [
                script(test, expected).flatMap { try? CommandCase($0, .script, place) },
                check(test, expected).flatMap { try? CommandCase(CarriedScript($0), .selfCheck, place) },
            ]
        }
        let shown = made.compactMap { $0 }.first ?? CommandCase(instantiating: test.wasm, place)
        return shown.files.map { Reproduction.File(name: $0.name, bytes: $0.bytes) }
    }

    private func script(_ test: TestCase, _ expected: Outcome) -> CarriedScript? {
        guard case .completed(let observation) = expected, let module = Self.validated(test.wasm) else { return nil }
        return try? CarriedScript(
            module.module,
            source: .binary(test.wasm),
            form: .binary,
            invocations: test.invocations,
            expected: observation.invocations,
            usesFreshInstances: test.usesFreshInstances
        )
    }

    /// The module as it is, for what fails before anything is called.
    private func moduleWithoutImports(_ test: TestCase) -> [UInt8]? {
        guard let module = try? BinaryDecoder.decode(test.wasm), module.imports.isEmpty else { return nil }
        return test.wasm
    }

    /// The command of Wasmtime's own program for the options of its library; nil for other libraries.
    private func wasmtimeCommand(_ options: [EngineDefinition.LibraryOption]) -> String? {
        guard definition.name.family.hasPrefix("wasmtime") else { return nil }
        var words = ["wasmtime", "run", "-W", "all-proposals=y"]
        for option in options {
            switch option.name {
            case "strategy": words += ["-C", "compiler=\(option.value)"]
            case "opt-level": words += ["-O", "opt-level=\(option.value == "none" ? "0" : "2")"]
            case "regalloc": words += ["-O", "regalloc-algorithm=\(option.value)"]
            case "target": words += ["--target", option.value]
            default: return nil
            }
        }
        return (words + [Self.moduleName]).joined(separator: " ")
    }

    /// A script for any JavaScript shell.
    private static func script(_ wasm: [UInt8]) -> String {
        let bytes = wasm.map(String.init).joined(separator: ",")
        return """
            // Compiles a module that checks itself, and starts it: a trap means that the engine computed something wrong.
            const bytes = new Uint8Array([\(bytes)]);
            const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
            for (const name of ["_start", ...Object.keys(instance.exports).filter((name) => name.startsWith("check-"))]) {
                if (!instance.exports[name]) continue;
                let answer;
                try { answer = String(instance.exports[name]()); } catch (error) { answer = String(error); }
                (typeof console === "object" ? console.log : print)(name + ": " + answer);
            }

            """
    }
}
