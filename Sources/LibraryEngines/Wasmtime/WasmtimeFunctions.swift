/// The functions of Wasmtime's C API that are used, as they are since release 9.
///
/// All structures are passed by pointers to memory that is larger than any release needs; see ``WasmtimeLayout`` for what is known of them.
///
/// Source: the headers `wasm.h` and `wasmtime/*.h` of the releases 9 to 50.
final class WasmtimeFunctions: @unchecked Sendable {
    typealias Pointer = ForeignPointer
    /// Where a function puts a pointer, e.g. that of a trap.
    typealias PointerPlace = UnsafeMutablePointer<Pointer?>
    /// A function of the host: its environment, the caller, its arguments and results in turn, their number; gives a trap or nothing.
    typealias HostCallback = @convention(c) (Pointer?, Pointer?, Pointer?, Int) -> Pointer?

    // wasm.h
    let newEngine: @convention(c) (Pointer) -> Pointer?
    let deleteEngine: @convention(c) (Pointer) -> Void
    let deleteBytes: @convention(c) (Pointer) -> Void
    let trapMessage: @convention(c) (Pointer, Pointer) -> Void
    let deleteTrap: @convention(c) (Pointer) -> Void
    let importType: @convention(c) (Pointer) -> Pointer
    let asFunctionType: @convention(c) (Pointer) -> Pointer?
    let deleteImportTypes: @convention(c) (Pointer) -> Void

    // wasmtime/error.h, wasmtime/trap.h
    let errorMessage: @convention(c) (Pointer, Pointer) -> Void
    let deleteError: @convention(c) (Pointer) -> Void
    let newTrap: @convention(c) (UnsafePointer<CChar>, Int) -> Pointer

    // wasmtime/module.h
    let newModule: @convention(c) (Pointer, UnsafePointer<UInt8>?, Int, PointerPlace) -> Pointer?
    let deleteModule: @convention(c) (Pointer) -> Void
    let moduleImports: @convention(c) (Pointer, Pointer) -> Void
    let serialize: @convention(c) (Pointer, Pointer) -> Pointer?

    // wasmtime/store.h, wasmtime/instance.h
    let newStore: @convention(c) (Pointer, Pointer?, Pointer?) -> Pointer
    let storeContents: @convention(c) (Pointer) -> Pointer
    let limitStore: @convention(c) (Pointer, Int64, Int64, Int64, Int64, Int64) -> Void
    let deleteStore: @convention(c) (Pointer) -> Void
    let newInstance: @convention(c) (Pointer, Pointer, Pointer?, Int, Pointer, PointerPlace) -> Pointer?
    let export: @convention(c) (Pointer, Pointer, UnsafePointer<CChar>, Int, Pointer) -> Bool

    // wasmtime/func.h
    let newFunction: @convention(c) (Pointer, Pointer, HostCallback, Pointer?, Pointer?, Pointer) -> Void
    let call: @convention(c) (Pointer, Pointer, Pointer, Int, PointerPlace) -> Pointer?
    let callerContents: @convention(c) (Pointer) -> Pointer
    let functionToRaw: @convention(c) (Pointer, Pointer) -> UInt

    // wasmtime/global.h, wasmtime/memory.h, wasmtime/table.h
    let globalValue: @convention(c) (Pointer, Pointer, Pointer) -> Void
    let memoryData: @convention(c) (Pointer, Pointer) -> Pointer?
    let memorySize: @convention(c) (Pointer, Pointer) -> Int
    /// Gives 32 or 64 bits by release; no table has more elements than 32 bits count.
    let tableSize: @convention(c) (Pointer, Pointer) -> UInt32
    /// Takes 32 or 64 bits by release.
    let tableElement: @convention(c) (Pointer, Pointer, UInt64, Pointer) -> Bool

    /// References of the host; nil in releases that keep them in another way.
    let references: WasmtimeReferenceFunctions?
    /// Exceptions that no code caught; nil in releases that do not show them.
    let exceptions: WasmtimeExceptionFunctions?

    init(_ library: SharedLibrary) throws(LibraryEngineError) {
        newEngine = try library.function("wasm_engine_new_with_config")
        deleteEngine = try library.function("wasm_engine_delete")
        deleteBytes = try library.function("wasm_byte_vec_delete")
        trapMessage = try library.function("wasm_trap_message")
        deleteTrap = try library.function("wasm_trap_delete")
        importType = try library.function("wasm_importtype_type")
        asFunctionType = try library.function("wasm_externtype_as_functype_const")
        deleteImportTypes = try library.function("wasm_importtype_vec_delete")
        errorMessage = try library.function("wasmtime_error_message")
        deleteError = try library.function("wasmtime_error_delete")
        newTrap = try library.function("wasmtime_trap_new")
        newModule = try library.function("wasmtime_module_new")
        deleteModule = try library.function("wasmtime_module_delete")
        moduleImports = try library.function("wasmtime_module_imports")
        serialize = try library.function("wasmtime_module_serialize")
        newStore = try library.function("wasmtime_store_new")
        storeContents = try library.function("wasmtime_store_context")
        limitStore = try library.function("wasmtime_store_limiter")
        deleteStore = try library.function("wasmtime_store_delete")
        newInstance = try library.function("wasmtime_instance_new")
        export = try library.function("wasmtime_instance_export_get")
        newFunction = try library.function("wasmtime_func_new_unchecked")
        call = try library.function("wasmtime_func_call_unchecked")
        callerContents = try library.function("wasmtime_caller_context")
        functionToRaw = try library.function("wasmtime_func_to_raw")
        globalValue = try library.function("wasmtime_global_get")
        memoryData = try library.function("wasmtime_memory_data")
        memorySize = try library.function("wasmtime_memory_data_size")
        tableSize = try library.function("wasmtime_table_size")
        tableElement = try library.function("wasmtime_table_get")
        references = try WasmtimeReferenceFunctions(library)
        exceptions = try WasmtimeExceptionFunctions(library)
    }

    /// The text of an error, which is deleted: in one line, the causes after what they cause, without a list of active functions.
    func takeMessage(ofError error: Pointer) -> String {
        defer { deleteError(error) }
        var parts: [Substring] = []
        for line in text({ errorMessage(error, $0) }).split(separator: "\n") {
            let part = line.drop { $0 == " " }
            if part.hasPrefix("Stack backtrace:") { break }
            if !part.isEmpty, part != "Caused by:" { parts.append(part) }
        }
        return parts.joined(separator: ": ")
    }

    /// The text of a trap, which is deleted.
    func takeMessage(ofTrap trap: Pointer) -> String {
        defer { deleteTrap(trap) }
        return text { trapMessage(trap, $0) }
    }

    private func text(_ write: (Pointer) -> Void) -> String {
        var bytes = ForeignVector()
        return withUnsafeMutablePointer(to: &bytes) { bytes in
            write(bytes)
            defer { deleteBytes(bytes) }
            return bytes.pointee.text
        }
    }
}

/// The functions for references of the host, as they are since release 21 or so: the library fills a structure of the caller.
///
/// Source: `wasmtime/val.h`.
struct WasmtimeReferenceFunctions {
    typealias Pointer = ForeignPointer

    let new: @convention(c) (Pointer, Pointer?, Pointer?, Pointer) -> Bool
    let data: @convention(c) (Pointer, Pointer) -> Pointer?
    let fromRaw: @convention(c) (Pointer, UInt32, Pointer) -> Void
    let toRaw: @convention(c) (Pointer, Pointer) -> UInt32
    /// Takes the reference, before it the store's contents where the release wants them (``WasmtimeRelease/unrootsInStore``).
    let unroot: @convention(c) (Pointer, Pointer) -> Void

    /// - Returns: nil where the release has no such functions.
    init?(_ library: SharedLibrary) throws(LibraryEngineError) {
        guard library.has("wasmtime_externref_unroot") else { return nil }
        new = try library.function("wasmtime_externref_new")
        data = try library.function("wasmtime_externref_data")
        fromRaw = try library.function("wasmtime_externref_from_raw")
        toRaw = try library.function("wasmtime_externref_to_raw")
        unroot = try library.function("wasmtime_externref_unroot")
    }
}

/// The functions for exceptions that leave a call.
///
/// Source: `wasmtime/exn.h`, `wasmtime/tag.h`.
struct WasmtimeExceptionFunctions {
    typealias Pointer = ForeignPointer

    let take: @convention(c) (Pointer, Pointer) -> Bool
    let tag: @convention(c) (Pointer, Pointer, Pointer) -> Pointer?
    let fieldCount: @convention(c) (Pointer, Pointer) -> Int
    let field: @convention(c) (Pointer, Pointer, Int, Pointer) -> Pointer?
    /// Lets go of an exception.
    let delete: @convention(c) (Pointer) -> Void
    let areTagsEqual: @convention(c) (Pointer, Pointer, Pointer) -> Bool
    /// Whether what is taken is a pointer to an exception, as in release 44, and not the exception itself.
    let givesPointers: Bool

    /// - Returns: nil where the release has no such functions.
    init?(_ library: SharedLibrary) throws(LibraryEngineError) {
        guard library.has("wasmtime_context_take_exception") else { return nil }
        givesPointers = library.has("wasmtime_exn_tag")
        let prefix = givesPointers ? "wasmtime_exn" : "wasmtime_exnref"
        take = try library.function("wasmtime_context_take_exception")
        tag = try library.function("\(prefix)_tag")
        fieldCount = try library.function("\(prefix)_field_count")
        field = try library.function("\(prefix)_field")
        delete = try library.function(givesPointers ? "wasmtime_exn_delete" : "wasmtime_exnref_unroot")
        areTagsEqual = try library.function("wasmtime_tag_eq")
    }
}
