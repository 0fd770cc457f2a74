import Execution
import Foundation

/// A real engine that has a short name, with its configurations as engines of their own.
///
/// It is looked for where `ci/get-engines` puts it, and then in PATH.
struct KnownEngine: Sendable {
    let family: String
    /// What is there, or why nothing is.
    let find: @Sendable () -> (definitions: [EngineDefinition], obstacle: String?)

    /// In the order in which they are shown.
    static let all: [KnownEngine] = [
        wasmtime, wasmtimeCLI, v8, node, miniRacer, jsc, bun, spidermonkey, spidermonkey102, wasm3, wasmer, wabt,
        wabtDebian,
        wasmkit, wasmtimeOnARM64,
    ]

    /// The folder into which engines are fetched.
    static let folder = ".engines"

    /// The first of some files below ``folder`` that is there; a name without a slash is looked for in PATH.
    private static func first(_ paths: [String]) -> String? {
        for path in paths {
            if path.contains("/") {
                let file = "\(FileManager.default.currentDirectoryPath)/\(folder)/\(path)"
                if FileManager.default.isReadableFile(atPath: file) { return file }
            } else if let executable = Command(program: path).executable {
                return executable
            }
        }
        return nil
    }

    private init(
        _ family: String,
        files: [String],
        get name: String?,
        _ configurations: @escaping @Sendable (_ path: String) -> [(option: String?, kind: EngineDefinition.Kind)]
    ) {
        self.family = family
        find = {
            let path = Self.first(files)
            let definitions = configurations(path ?? files[0]).map { option, kind in
                EngineDefinition(name: EngineName(family: family, options: option.map { [$0] } ?? []), kind: kind)
            }
            let help = name.map { "ci/get-engines \($0) fetches it" } ?? "it is looked for in PATH"
            return (definitions, path == nil ? "not here; \(help)" : nil)
        }
    }

    private static func library(
        _ path: String,
        _ options: [(String, String)]
    ) -> EngineDefinition.Kind {
        .library(path: path, options: options.map { EngineDefinition.LibraryOption($0.0, $0.1) })
    }

    private static let wasmtime = KnownEngine(
        "wasmtime",
        files: ["wasmtime/libwasmtime.so"],
        get: "wasmtime"
    ) { path in
        [
            ("cranelift", library(path, [("strategy", "cranelift")])),
            ("cranelift-none", library(path, [("strategy", "cranelift"), ("opt-level", "none")])),
            ("cranelift-single-pass", library(path, [("strategy", "cranelift"), ("regalloc", "single-pass")])),
            ("winch", library(path, [("strategy", "winch")])),
            ("pulley", library(path, [("target", "pulley64")])),
        ]
    }

    private static func shell(_ path: String, _ flags: [String], _ variables: [String: String] = [:])
        -> EngineDefinition.Kind
    { .javaScript(Command(program: path, flags, variables: variables)) }

    /// By what V8 calls them: https://v8.dev/docs/wasm-compilation-pipeline.
    private static let v8 = KnownEngine("v8", files: ["deno/deno", "deno"], get: "deno") { path in
        func flags(_ flags: String) -> [String] {
            ["run", "--no-remote", "--no-config", "--no-lock", "--v8-flags=\(flags)"]
        }
        return [
            ("liftoff", shell(path, flags("--liftoff-only"))),
            ("turbofan", shell(path, flags("--no-liftoff,--no-wasm-lazy-compilation"))),
            ("tiering", shell(path, flags("--wasm-tiering-budget=500"))),
        ]
    }

    private static let node = KnownEngine("node", files: ["node/node", "node"], get: "node") { path in
        let common = ["--experimental-wasm-exnref"]
        return [
            ("liftoff", shell(path, common + ["--liftoff-only"])),
            ("turbofan", shell(path, common + ["--no-liftoff", "--no-wasm-lazy-compilation"])),
            ("tiering", shell(path, common + ["--wasm-tiering-budget=500"])),
        ]
    }

    private static let jsc = KnownEngine("jsc", files: ["jsc/jsc", "jsc"], get: "jsc") { path in
        [
            ("interpreter", shell(path, JavaScriptCoreTier.interpreter.options.map { "--\($0)=\($1)" })),
            ("bbq", shell(path, JavaScriptCoreTier.baseline.options.map { "--\($0)=\($1)" })),
            ("omg", shell(path, JavaScriptCoreTier.optimizing.options.map { "--\($0)=\($1)" })),
        ]
    }

    private static let bun = KnownEngine("bun", files: ["bun/bun", "bun"], get: "bun") { path in
        func variables(_ tier: JavaScriptCoreTier) -> [String: String] {
            Dictionary(uniqueKeysWithValues: tier.options.map { ("BUN_JSC_\($0)", $1) })
        }
        return [
            ("interpreter", shell(path, ["run"], variables(.interpreter))),
            ("bbq", shell(path, ["run"], variables(.baseline))),
            ("omg", shell(path, ["run"], variables(.optimizing))),
        ]
    }

    private static let spidermonkey102 = KnownEngine("spidermonkey102", files: ["js102/js102", "js102"], get: "js102") {
        path in
        [
            ("baseline", shell(path, ["--wasm-compiler=baseline"])),
            ("ion", shell(path, ["--wasm-compiler=optimizing"])),
        ]
    }

    /// An engine of JavaScript that comes as a Python package.
    private static func pythonPackage(_ name: String, _ path: String, _ options: [String]) -> EngineDefinition.Kind {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
        let scripts = [HostScript.python, HostScript.javaScript].map { (try? $0.path()) ?? $0.name }
        return .host(Command(program: "python3", [scripts[0], name, folder] + options + [scripts[1]]))
    }

    private static let spidermonkey = KnownEngine(
        "spidermonkey",
        files: ["pythonmonkey/pythonmonkey/pythonmonkey.so"],
        get: "pythonmonkey"
    ) { path in
        [
            ("baseline", pythonPackage("pythonmonkey", path, ["--wasm-compiler=baseline"])),
            ("ion", pythonPackage("pythonmonkey", path, ["--wasm-compiler=optimizing"])),
        ]
    }

    private static let miniRacer = KnownEngine(
        "mini-racer",
        files: ["mini-racer/py_mini_racer/__init__.py"],
        get: "mini-racer"
    ) { path in
        [
            ("liftoff", pythonPackage("mini-racer", path, ["--liftoff-only"])),
            ("turbofan", pythonPackage("mini-racer", path, ["--no-liftoff", "--no-wasm-lazy-compilation"])),
        ]
    }

    private static let wasm3 = KnownEngine("wasm3", files: ["wasm3/libwasm3.so"], get: "wasm3") { path in
        [(nil, library(path, []))]
    }

    private static let wasmer = KnownEngine("wasmer", files: ["wasmer/wasmer_sdk/__init__.py"], get: "wasmer") { path in
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent().path
        let script = (try? HostScript.wasmer.path()) ?? HostScript.wasmer.name
        return [(nil, .host(Command(program: "python3", [script, folder])))]
    }

    /// Its interpreter as the program that runs scripts, which is given arguments and says which result differs.
    private static func spectestInterpreter(_ path: String) -> EngineDefinition.Kind {
        .command(Command(program: path, ["--enable-all", "{json}"]), .json)
    }

    private static let wabt = KnownEngine("wabt", files: ["wabt/spectest-interp", "spectest-interp"], get: "wabt") {
        [(nil, spectestInterpreter($0))]
    }

    private static let wabtDebian = KnownEngine(
        "wabt-debian",
        files: ["wabt-debian/spectest-interp"],
        get: "wabt-debian"
    ) { [(nil, spectestInterpreter($0))] }

    private static let wasmtimeCLI = KnownEngine(
        "wasmtime-cli",
        files: ["wasmtime-cli/wasmtime", "wasmtime"],
        get: "wasmtime-cli"
    ) { path in
        func scripts(_ options: [String], _ features: [String]) -> EngineDefinition.Kind {
            let features = features.map { "\($0)=y" }.joined(separator: ",")
            return .command(Command(program: path, ["wast", "-W", features] + options + ["{wast}"]), .wast)
        }
        // What a compiler does not have is an error when it is asked for.
        let all = ["gc", "exceptions", "function-references", "tail-call", "relaxed-simd"]
        let common = ["memory64", "multi-memory", "extended-const"]
        return [
            ("cranelift", scripts(["-C", "compiler=cranelift"], all + common)),
            ("winch", scripts(["-C", "compiler=winch"], common)),
            ("pulley", scripts(["--target", "pulley64"], all + common)),
        ]
    }

    private static let wasmkit = KnownEngine("wasmkit", files: ["wasmkit"], get: nil) { path in
        [(nil, .command(Command(program: path, ["run", "{wasm}"]), .wasm))]
    }

    /// The same library for ARM64 in an emulator of that processor, with the host that `ci/get-engines` builds for it.
    ///
    /// Memories reserve little, so that their bounds are checked by instructions: the emulator keeps something for each page that was ever
    /// reserved, and 4 GiB for each memory would soon be all that there is.
    private static let wasmtimeOnARM64 = KnownEngine(
        "wasmtime-arm64",
        files: ["wasmtime-arm64/library-host"],
        get: "wasmtime-arm64"
    ) { path in
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let emulator = first(["qemu-aarch64", "wasmtime-arm64/qemu-aarch64"]) ?? "qemu-aarch64"
        return ["cranelift", "winch"].map { strategy in
            let host = [
                "-L", "\(folder)/root/usr/aarch64-linux-gnu", path, "\(folder)/libwasmtime.so",
                "strategy=\(strategy)", "memory-reservation=1048576",
                "memory-reservation-for-growth=1048576", "memory-guard-size=65536",
            ]
            return (strategy, .host(Command(program: emulator, host)))
        }
    }
}

/// The compilers of JavaScriptCore, one after the other, by the options that leave code to each of them.
///
/// Source: `jsc --options`.
private enum JavaScriptCoreTier {
    case interpreter, baseline, optimizing

    var options: [(String, String)] {
        switch self {
        case .interpreter: [("useBBQJIT", "0"), ("useOMGJIT", "0")]
        case .baseline:
            [
                ("useOMGJIT", "0"), ("useConcurrentJIT", "0"), ("thresholdForBBQOptimizeAfterWarmUp", "0"),
                ("thresholdForBBQOptimizeSoon", "0"),
            ]
        case .optimizing:
            [
                ("useConcurrentJIT", "0"), ("thresholdForBBQOptimizeAfterWarmUp", "0"),
                ("thresholdForBBQOptimizeSoon", "0"), ("thresholdForOMGOptimizeAfterWarmUp", "0"),
                ("thresholdForOMGOptimizeSoon", "0"),
            ]
        }
    }
}
