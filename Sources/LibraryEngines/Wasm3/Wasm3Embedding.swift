import Execution
import WasmFormats
import WasmModel

/// wasm3, an interpreter of wasm 1.0 with several results, behind its C API.
///
/// It has one option: `stack`, the stack of wasm code in bytes.
final class Wasm3Embedding: EmbeddedLibrary {
    let functions: Wasm3Functions
    /// In bytes. Calls use the stack of the thread, too, of which the smallest frames need several times as much.
    private let stackSize: UInt32

    init(_ library: SharedLibrary, _ options: [String: String]) throws(LibraryEngineError) {
        functions = try Wasm3Functions(library)
        var stackSize: UInt32 = 256 << 10
        for (option, value) in options {
            guard option == "stack" else { throw .unknownOption(name: option, choice: "stack, api") }
            guard let size = UInt32(value) else {
                throw .unknownValue(option: option, value: value, choice: "whole numbers of bytes")
            }
            stackSize = size
        }
        self.stackSize = stackSize
    }

    var boundary: LibraryBoundary {
        LibraryBoundary(
            values: ["i32", "i64", "f32", "f64"],
            exactNaNs: true,
            providesFunctions: true,
            showsGlobals: true,
            showsTables: false,
            namesTraps: true
        )
    }

    var capabilities: EngineCapabilities {
        EngineCapabilities(
            summary: "wasm3 in this process",
            version: EngineCapabilities.unknownVersion,
            machine: "an interpreter",
            features: [.multiValue, .signExtension, .saturatingTruncation, .bulkMemory],
            refusals: "tables that are looked at from outside",
            limits: [EngineCapabilities.Limit("parameters and results of a function", 1_000)]
        )
    }

    func compile(_ wasm: [UInt8], _ module: ValidatedModule?) throws(LibraryMessage) -> any LibraryModule {
        let compiled = Wasm3Module(wasm, module)
        compiled.keep(try Wasm3Instance(functions, compiled, stackSize: stackSize))
        return compiled
    }

    func makeStore(within budget: Budget) throws(LibraryMessage) -> any Store {
        Wasm3Store(functions, stackSize: stackSize)
    }
}

/// A module with its bytes; wasm3 compiles it for each instance.
final class Wasm3Module: LibraryModule, @unchecked Sendable {
    let wasm: [UInt8]
    /// What our own validator found out; nil where it does not take the module.
    let module: ValidatedModule?
    /// The instance for which the module was compiled first, until somebody takes it. A module is used by one thread.
    private var first: Wasm3Instance?

    init(_ wasm: [UInt8], _ module: ValidatedModule?) {
        self.wasm = wasm
        self.module = module
    }

    func keep(_ instance: Wasm3Instance) { first = instance }

    /// The instance that is there from compiling; nil where it was taken.
    func takeInstance() -> Wasm3Instance? {
        defer { first = nil }
        return first
    }
}
