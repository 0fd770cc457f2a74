/// The functions of the C API of the WebAssembly project that are used.
///
/// Source: `wasm.h` of the repository WebAssembly/wasm-c-api.
final class StandardFunctions: @unchecked Sendable {
    typealias Pointer = ForeignPointer
    typealias PointerPlace = UnsafeMutablePointer<Pointer?>
    /// A function of the host: its environment, its arguments, room for its results; gives a trap or nothing.
    typealias HostCallback = @convention(c) (Pointer?, Pointer?, Pointer?) -> Pointer?

    let newEngine: @convention(c) () -> Pointer?
    let deleteEngine: @convention(c) (Pointer) -> Void
    let newStore: @convention(c) (Pointer) -> Pointer?
    let deleteStore: @convention(c) (Pointer) -> Void
    let newModule: @convention(c) (Pointer, Pointer) -> Pointer?
    let deleteModule: @convention(c) (Pointer) -> Void
    let moduleImports: @convention(c) (Pointer, Pointer) -> Void
    let importType: @convention(c) (Pointer) -> Pointer
    let asFunctionType: @convention(c) (Pointer) -> Pointer?
    let deleteImportTypes: @convention(c) (Pointer) -> Void
    let newInstance: @convention(c) (Pointer, Pointer, Pointer, PointerPlace) -> Pointer?
    let deleteInstance: @convention(c) (Pointer) -> Void
    let exports: @convention(c) (Pointer, Pointer) -> Void
    let deleteItems: @convention(c) (Pointer) -> Void
    let newFunction: @convention(c) (Pointer, Pointer, HostCallback, Pointer?, Pointer?) -> Pointer?
    let deleteFunction: @convention(c) (Pointer) -> Void
    let functionAsItem: @convention(c) (Pointer) -> Pointer?
    let asFunction: @convention(c) (Pointer) -> Pointer?
    let asGlobal: @convention(c) (Pointer) -> Pointer?
    let asMemory: @convention(c) (Pointer) -> Pointer?
    let call: @convention(c) (Pointer, Pointer, Pointer) -> Pointer?
    let globalValue: @convention(c) (Pointer, Pointer) -> Void
    let memoryData: @convention(c) (Pointer) -> Pointer?
    let memorySize: @convention(c) (Pointer) -> Int
    let trapMessage: @convention(c) (Pointer, Pointer) -> Void
    let deleteTrap: @convention(c) (Pointer) -> Void
    let deleteBytes: @convention(c) (Pointer) -> Void

    init(_ library: SharedLibrary) throws(LibraryEngineError) {
        newEngine = try library.function("wasm_engine_new")
        deleteEngine = try library.function("wasm_engine_delete")
        newStore = try library.function("wasm_store_new")
        deleteStore = try library.function("wasm_store_delete")
        newModule = try library.function("wasm_module_new")
        deleteModule = try library.function("wasm_module_delete")
        moduleImports = try library.function("wasm_module_imports")
        importType = try library.function("wasm_importtype_type")
        asFunctionType = try library.function("wasm_externtype_as_functype_const")
        deleteImportTypes = try library.function("wasm_importtype_vec_delete")
        newInstance = try library.function("wasm_instance_new")
        deleteInstance = try library.function("wasm_instance_delete")
        exports = try library.function("wasm_instance_exports")
        deleteItems = try library.function("wasm_extern_vec_delete")
        newFunction = try library.function("wasm_func_new_with_env")
        deleteFunction = try library.function("wasm_func_delete")
        functionAsItem = try library.function("wasm_func_as_extern")
        asFunction = try library.function("wasm_extern_as_func")
        asGlobal = try library.function("wasm_extern_as_global")
        asMemory = try library.function("wasm_extern_as_memory")
        call = try library.function("wasm_func_call")
        globalValue = try library.function("wasm_global_get")
        memoryData = try library.function("wasm_memory_data")
        memorySize = try library.function("wasm_memory_data_size")
        trapMessage = try library.function("wasm_trap_message")
        deleteTrap = try library.function("wasm_trap_delete")
        deleteBytes = try library.function("wasm_byte_vec_delete")
    }

    /// The text of a trap, which is deleted.
    func takeMessage(of trap: Pointer) -> String {
        defer { deleteTrap(trap) }
        var bytes = ForeignVector()
        return withUnsafeMutablePointer(to: &bytes) { bytes in
            trapMessage(trap, bytes)
            defer { deleteBytes(bytes) }
            return bytes.pointee.text
        }
    }
}

/// A value of the API: its kind and its bits.
///
/// Source: `wasm.h`, `wasm_val_t`.
struct StandardValue {
    /// 0 to 3 for the number types, in the order of the specification.
    var kind: UInt64
    var bits: UInt64
}
