/// What is known of the structures of Wasmtime's C API.
///
/// An item (`wasmtime_extern_t`) and a value (`wasmtime_val_t`) are a kind in the first byte and a union at byte 8. Up to release 33 or so
/// they have 24 bytes, since then 32: tables, memories, globals and references have grown from 16 to 24.
///
/// Source: `wasmtime/extern.h`, `wasmtime/val.h`.
enum WasmtimeLayout {
    /// In bytes; of an item and of a value in all releases, and of an instance and a reference, with room for more.
    static let roomForItem = 64
    /// Where the union begins, in bytes.
    static let unionOffset = 8
    /// Values of calls without checks, in bytes each.
    static let rawValueSize = 16

    /// The kinds of items.
    enum ItemKind {
        static let function: UInt8 = 0
        static let tag: UInt8 = 5
    }

    /// The kinds of values.
    enum ValueKind {
        static let i32: UInt8 = 0
        static let i64: UInt8 = 1
        static let f32: UInt8 = 2
        static let f64: UInt8 = 3
        static let v128: UInt8 = 4
        static let function: UInt8 = 5
        static let external: UInt8 = 6
    }

    /// Whether a library has the wide structures: it fills 24 bytes for a table, and not 16.
    ///
    /// Instantiates a module with a table and looks what is written.
    static func isWide(_ functions: WasmtimeFunctions, engine: ForeignPointer) throws(LibraryEngineError) -> Bool {
        // (module (table (export "t") 0 funcref))
        let wasm: [UInt8] = [
            0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 4, 4, 1, 0x70, 0, 0, 7, 5, 1, 1, 0x74, 1, 0,
        ]
        var module: ForeignPointer?
        if let error = functions.newModule(engine, wasm, wasm.count, &module) {
            throw .unsupportedOption(name: "api", reason: functions.takeMessage(ofError: error))
        }
        guard let module else { throw .unsupportedOption(name: "api", reason: "the library makes no module") }
        defer { functions.deleteModule(module) }
        let store = functions.newStore(engine, nil, nil)
        defer { functions.deleteStore(store) }
        let contents = functions.storeContents(store)
        let room = UnsafeMutableRawPointer.allocate(byteCount: 2 * roomForItem, alignment: 16)
        defer { room.deallocate() }
        let item = room + roomForItem
        item.initializeMemory(as: UInt8.self, repeating: 0xA5, count: roomForItem)
        var trap: ForeignPointer?
        if let error = functions.newInstance(contents, module, nil, 0, room, &trap) {
            throw .unsupportedOption(name: "api", reason: functions.takeMessage(ofError: error))
        }
        guard functions.export(contents, room, "t", 1, item) else {
            throw .unsupportedOption(name: "api", reason: "the library shows no table")
        }
        return item.load(fromByteOffset: unionOffset + 16, as: UInt32.self) != 0xA5A5_A5A5
    }
}
