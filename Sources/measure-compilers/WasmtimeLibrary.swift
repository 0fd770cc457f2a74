import Foundation

/// The functions of Wasmtime's C API that a comparison needs, from a shared library that is loaded at run time.
///
/// All pointers are opaque: the layouts of the few structures that the callers pass are those of ``WasmtimeEngine``.
struct WasmtimeLibrary {
    typealias Pointer = UnsafeMutableRawPointer

    let newConfiguration: @convention(c) () -> Pointer
    let setStrategy: @convention(c) (Pointer, UInt8) -> Void
    let setParallelCompilation: @convention(c) (Pointer, Bool) -> Void
    let setUnwindInformation: @convention(c) (Pointer, Bool) -> Void
    let setTrapsBySignals: @convention(c) (Pointer, Bool) -> Void
    let setMemoryReservation: @convention(c) (Pointer, UInt64) -> Void
    let setMemoryGuardSize: @convention(c) (Pointer, UInt64) -> Void
    /// Takes the configuration.
    let newEngine: @convention(c) (Pointer) -> Pointer?
    let deleteEngine: @convention(c) (Pointer) -> Void
    let newModule: @convention(c) (Pointer, UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Pointer?>) -> Pointer?
    let deleteModule: @convention(c) (Pointer) -> Void
    let newStore: @convention(c) (Pointer, Pointer?, Pointer?) -> Pointer
    let storeContents: @convention(c) (Pointer) -> Pointer
    let deleteStore: @convention(c) (Pointer) -> Void
    let newInstance:
        @convention(c) (Pointer, Pointer, Pointer?, Int, Pointer, UnsafeMutablePointer<Pointer?>) -> Pointer?
    let getExport: @convention(c) (Pointer, Pointer, UnsafePointer<CChar>, Int, Pointer) -> Bool
    let call: @convention(c) (Pointer, Pointer, Pointer, Int, UnsafeMutablePointer<Pointer?>) -> Pointer?
    let errorMessage: @convention(c) (Pointer, Pointer) -> Void
    let deleteError: @convention(c) (Pointer) -> Void
    let deleteBytes: @convention(c) (Pointer) -> Void

    /// Where to get the library, for whoever has none.
    static let origin = """
        Wasmtime is not here: give the path of its shared library with --wasmtime FILE or in the variable WASMTIME_LIBRARY. The package
        of PyPI has it:
            pip download --no-deps --only-binary=:all: wasmtime==50.0.1
            unzip wasmtime-50.0.1-*.whl 'wasmtime/*/_libwasmtime.so'
        """

    /// Loads the library at a path.
    /// - Throws: why it could not be loaded, or which function it lacks.
    init(path: String) throws {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw ComparisonError("\(path) cannot be loaded: \(String(cString: dlerror()))")
        }
        func function<Function>(_ name: String, _ type: Function.Type = Function.self) throws -> Function {
            guard let address = dlsym(handle, name) else { throw ComparisonError("\(path) has no function \(name)") }
            return unsafeBitCast(address, to: type)
        }
        newConfiguration = try function("wasm_config_new")
        setStrategy = try function("wasmtime_config_strategy_set")
        setParallelCompilation = try function("wasmtime_config_parallel_compilation_set")
        setUnwindInformation = try function("wasmtime_config_native_unwind_info_set")
        setTrapsBySignals = try function("wasmtime_config_signals_based_traps_set")
        setMemoryReservation = try function("wasmtime_config_memory_reservation_set")
        setMemoryGuardSize = try function("wasmtime_config_memory_guard_size_set")
        newEngine = try function("wasm_engine_new_with_config")
        deleteEngine = try function("wasm_engine_delete")
        newModule = try function("wasmtime_module_new")
        deleteModule = try function("wasmtime_module_delete")
        newStore = try function("wasmtime_store_new")
        storeContents = try function("wasmtime_store_context")
        deleteStore = try function("wasmtime_store_delete")
        newInstance = try function("wasmtime_instance_new")
        getExport = try function("wasmtime_instance_export_get")
        call = try function("wasmtime_func_call_unchecked")
        errorMessage = try function("wasmtime_error_message")
        deleteError = try function("wasmtime_error_delete")
        deleteBytes = try function("wasm_byte_vec_delete")
    }

    /// Takes an error that a function gave.
    /// - Throws: its message, where there is one.
    func check(_ error: Pointer?) throws {
        guard let error else { return }
        var bytes = (size: 0, data: Pointer?.none)
        let message = withUnsafeMutablePointer(to: &bytes) { bytes in
            errorMessage(error, bytes)
            let text = UnsafeRawBufferPointer(start: bytes.pointee.data, count: bytes.pointee.size)
            let message = String(decoding: text, as: UTF8.self)
            deleteBytes(bytes)
            return message
        }
        deleteError(error)
        throw ComparisonError(message)
    }
}

/// Why a comparison could not be made.
struct ComparisonError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
