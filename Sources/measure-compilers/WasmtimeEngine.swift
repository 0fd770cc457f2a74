/// One of Wasmtime's compilers, with one thread, without a cache and without unwind information, which the in-tree
/// compilers do not make either.
final class WasmtimeEngine: ComparedEngine {
    /// A compiler of Wasmtime.
    enum Compiler: UInt8 {
        case cranelift = 1
        case winch = 2
    }

    let name: String
    let resultLimit: Int? = 1000
    private let library: WasmtimeLibrary
    private let engine: WasmtimeLibrary.Pointer

    /// Makes an engine.
    /// - Parameter checksAddresses: whether compiled code compares every address with the size of the memory, as in-tree
    ///   code does, instead of leaving that to pages that fault.
    /// - Throws: what the library says where it does not take the configuration.
    init(_ library: WasmtimeLibrary, _ compiler: Compiler, checksAddresses: Bool = false) throws {
        let suffix = checksAddresses ? ", checked addresses" : ""
        name = (compiler == .cranelift ? "Cranelift" : "Winch") + suffix
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

    func compile(_ wasm: [UInt8]) throws -> any CompiledCode {
        var module: WasmtimeLibrary.Pointer?
        try library.check(library.newModule(engine, wasm, wasm.count, &module))
        guard let module else { throw ComparisonError("\(name) gave no module") }
        return WasmtimeModule(library, engine, module)
    }
}

/// A module that Wasmtime has compiled.
private final class WasmtimeModule: CompiledCode {
    private let library: WasmtimeLibrary
    private let engine: WasmtimeLibrary.Pointer
    private let module: WasmtimeLibrary.Pointer

    init(_ library: WasmtimeLibrary, _ engine: WasmtimeLibrary.Pointer, _ module: WasmtimeLibrary.Pointer) {
        self.library = library
        self.engine = engine
        self.module = module
    }

    deinit { library.deleteModule(module) }

    func timedRun() throws -> (result: UInt64, seconds: Double) {
        let store = library.newStore(engine, nil, nil)
        defer { library.deleteStore(store) }
        let contents = library.storeContents(store)
        // More than any release has used for an instance and for an export.
        let words = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 16)
        defer { words.deallocate() }
        let instance = words
        let item = words + 64
        let value = words + 128
        var trap: WasmtimeLibrary.Pointer?
        try library.check(library.newInstance(contents, module, nil, 0, instance, &trap))
        guard trap == nil, library.getExport(contents, instance, "run", 3, item),
            item.load(as: UInt8.self) == 0
        else { throw ComparisonError("the module has no function 'run'") }
        // The kind of an export takes 8 bytes; the function follows.
        let function = item + 8
        let start = ContinuousClock.now
        try library.check(library.call(contents, function, value, 1, &trap))
        let seconds = (ContinuousClock.now - start).inSeconds
        guard trap == nil else { throw ComparisonError("'run' trapped") }
        return (value.load(as: UInt64.self), seconds)
    }
}
