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
        let check = check(test, expected)
        guard let wasm = check?.tests.first?.wasm ?? moduleWithoutImports(test) else { return nil }
        let module = Reproduction.File(name: Self.moduleName, bytes: wasm)
        switch definition.kind {
        case .javaScript(let command):
            let script = Reproduction.File(name: Self.scriptName, bytes: Array(Self.script(wasm, check).utf8))
            var shown = command
            shown.arguments.append(Self.scriptName)
            return Reproduction(files: [module, script], commands: [shown.description])
        case .library(_, let options):
            return Reproduction(files: [module], commands: programCommand(options).map { [$0] } ?? [])
        case .command, .host: return Reproduction(files: [module], commands: [])
        }
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

    /// The command of the engine's own program for the options of its library; nil for a library that has none, or none that is known.
    private func programCommand(_ options: [EngineDefinition.LibraryOption]) -> String? {
        if definition.name.family.hasPrefix("wasm3"), options.isEmpty { return "wasm3 \(Self.moduleName)" }
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

    /// A script for any JavaScript shell, which fails where the engine does.
    private static func script(_ wasm: [UInt8], _ check: SelfCheck?) -> String {
        let bytes = wasm.map(String.init).joined(separator: ",")
        let traps = (check?.callsThatTrap ?? []).sorted().map { "\"check-\($0)\"" }.joined(separator: ", ")
        return """
            // Compiles a module that checks itself, starts it, and makes its checks one by one on another instance. _start traps where something is
            // wrong. Each check gives -1 where all is right, else the position of what is wrong, or -2 where a call ended in another way; what has
            // to trap has to trap.
            const module = new WebAssembly.Module(new Uint8Array([\(bytes)]));
            const traps = [\(traps)];
            const show = (text) => (typeof console === "object" ? console.log : print)(text);
            const wrong = [];
            function call(exports, name) {
                let answer;
                let isRight;
                try {
                    answer = exports[name]();
                    isRight = !traps.includes(name) && (answer === undefined || answer === -1);
                } catch (error) {
                    answer = error;
                    isRight = traps.includes(name);
                }
                show(`${name}: ${answer}`);
                if (!isRight) wrong.push(name);
            }
            const started = new WebAssembly.Instance(module).exports;
            if (started._start) call(started, "_start");
            const checked = new WebAssembly.Instance(module).exports;
            for (const name of Object.keys(checked)) if (name.startsWith("check-")) call(checked, name);
            if (wrong.length > 0) throw new Error(`wrong: ${wrong.join(", ")}`);

            """
    }
}
