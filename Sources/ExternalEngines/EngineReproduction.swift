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
        case .command(let command, _):
            var shown = command
            shown.arguments = command.arguments.map { $0.replacing("{wasm}", with: Self.moduleName) }
            return Reproduction(files: [module], commands: [shown.description])
        case .host: return Reproduction(files: [module], commands: [])
        }
    }

    private func selfCheck(_ test: TestCase, _ expected: Outcome) -> [UInt8]? {
        guard case .completed(let observation) = expected, let decoded = try? BinaryDecoder.decode(test.wasm),
            let module = try? Validator.validate(decoded),
            let check = try? SelfCheck(test, module: module, expected: observation, features: features)
        else { return nil }
        return check.tests.first?.wasm
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
