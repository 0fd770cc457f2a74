import Execution
import WasmFormats
import WasmModel

/// One of Wasmtime's compilers, with one thread, without a cache and without unwind information, which the in-tree
/// compilers do not make either. For modules without imports that export functions from nothing to one number.
final class WasmtimeEngine: StoreEngine, @unchecked Sendable {
    /// A compiler of Wasmtime.
    enum Compiler: UInt8 {
        case cranelift = 1
        case winch = 2
    }

    let name: EngineName
    private let library: WasmtimeLibrary
    private let engine: WasmtimeLibrary.Pointer

    /// Makes an engine.
    /// - Parameter checksAddresses: whether compiled code compares every address with the size of the memory, as in-tree
    ///   code does, instead of leaving that to pages that fault.
    /// - Throws: what the library says where it does not take the configuration.
    init(_ library: WasmtimeLibrary, _ compiler: Compiler, checksAddresses: Bool = false) throws {
        name = EngineName(
            family: "wasmtime",
            options: ["\(compiler)"] + (checksAddresses ? ["checked-addresses"] : [])
        )
        self.library = library
        let configuration = library.newConfiguration()
        library.setStrategy(configuration, compiler.rawValue)
        library.setParallelCompilation(configuration, false)
        library.setUnwindInformation(configuration, false)
        if checksAddresses {
            library.setTrapsBySignals(configuration, false)
            library.setMemoryReservation(configuration, 0)
            library.setMemoryGuardSize(configuration, 0)
        }
        guard let engine = library.newEngine(configuration) else {
            throw ComparisonError("\(name): the configuration was not taken")
        }
        self.engine = engine
    }

    deinit { library.deleteEngine(engine) }

    /// A module that Wasmtime has compiled; decoded here when it is asked what it exports.
    private final class Compiled: PreparedModule {
        let pointer: WasmtimeLibrary.Pointer
        private let library: WasmtimeLibrary
        private let wasm: [UInt8]
        lazy var module: ValidatedModule = Self.validated(wasm)

        init(_ library: WasmtimeLibrary, _ pointer: WasmtimeLibrary.Pointer, _ wasm: [UInt8]) {
            self.library = library
            self.pointer = pointer
            self.wasm = wasm
        }

        deinit { library.deleteModule(pointer) }

        private static func validated(_ wasm: [UInt8]) -> ValidatedModule {
            do {
                return try Validator.validate(try BinaryDecoder.decode(wasm))
            } catch {
                fatalError("Wasmtime takes a module that is not valid: \(error)")
            }
        }
    }

    func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        try prepare(wasm: BinaryEncoder.encode(module.module))
    }

    func prepare(wasm: [UInt8]) throws(EngineFailure) -> any PreparedModule {
        var module: WasmtimeLibrary.Pointer?
        do {
            try library.check(library.newModule(engine, wasm, wasm.count, &module))
        } catch {
            throw .refused("\(error)")
        }
        guard let module else { throw .crashed("\(name) gave no module") }
        return Compiled(library, module, wasm)
    }

    func makeStore(within budget: Budget) throws(EngineFailure) -> any Store { WasmtimeStore(library, engine) }

    /// The instances of one store of Wasmtime.
    private final class WasmtimeStore: Store {
        private let library: WasmtimeLibrary
        private let store: WasmtimeLibrary.Pointer
        private let contents: WasmtimeLibrary.Pointer
        private var instances: [(words: UnsafeMutableRawPointer, module: ValidatedModule)] = []

        /// More than any release has used for an instance, for an export and for a value, in bytes each.
        private static let partSize = 64

        init(_ library: WasmtimeLibrary, _ engine: WasmtimeLibrary.Pointer) {
            self.library = library
            store = library.newStore(engine, nil, nil)
            contents = library.storeContents(store)
        }

        deinit {
            for instance in instances { instance.words.deallocate() }
            library.deleteStore(store)
        }

        func instantiate(
            _ module: any PreparedModule,
            imports: [ImportedItem]
        ) throws(InstantiationFailure) -> InstanceNumber {
            guard let compiled = module as? Compiled, imports.isEmpty else {
                throw .engine(.refused("imports, and modules of other engines"))
            }
            let words = UnsafeMutableRawPointer.allocate(byteCount: Self.partSize, alignment: 16)
            instances.append((words, compiled.module))
            var trap: WasmtimeLibrary.Pointer?
            do {
                try library.check(library.newInstance(contents, compiled.pointer, nil, 0, words, &trap))
            } catch {
                throw .engine(.refused("\(error)"))
            }
            guard trap == nil else { throw .engine(.refused("an instance whose start function traps")) }
            return InstanceNumber(instances.count - 1)
        }

        func invoke(
            _ function: FunctionIndex,
            of instance: InstanceNumber,
            _ arguments: [WasmValue]
        ) throws(EngineFailure) -> InvocationOutcome {
            let (words, module) = instances[instance.position]
            let export = module.module.exports.first { $0.item == .function(function) }
            guard let export, arguments.isEmpty, module.functionType(of: function).results == [.i64] else {
                throw .refused("a call of anything but an exported function from nothing to an i64")
            }
            let item = UnsafeMutableRawPointer.allocate(byteCount: Self.partSize * 2, alignment: 16)
            defer { item.deallocate() }
            let value = item + Self.partSize
            guard library.getExport(contents, words, export.name, export.name.utf8.count, item) else {
                throw .crashed("no export '\(export.name)'")
            }
            var trap: WasmtimeLibrary.Pointer?
            do {
                // The kind of an export takes 8 bytes; the function follows.
                try library.check(library.call(contents, item + 8, value, 1, &trap))
            } catch {
                throw .crashed("\(error)")
            }
            guard trap == nil else { throw .refused("calls that trap") }
            return .returned([.i64(value.load(as: UInt64.self))])
        }

        func value(of global: GlobalIndex, in instance: InstanceNumber) throws(EngineFailure) -> WasmValue {
            throw .refused("reading globals")
        }

        func bytes(of memory: MemoryIndex, in instance: InstanceNumber) throws(EngineFailure) -> [UInt8] {
            throw .refused("reading memories")
        }

        func elements(of table: TableIndex, in instance: InstanceNumber) throws(EngineFailure) -> [WasmReference] {
            throw .refused("reading tables")
        }

        var hostCalls: HostCallLog { HostCallLog() }
        var remainingFuel: UInt64? { nil }
    }
}
