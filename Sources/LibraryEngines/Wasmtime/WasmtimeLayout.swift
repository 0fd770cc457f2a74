/// What is known of the structures of Wasmtime's C API.
///
/// An item (`wasmtime_extern_t`) and a value (`wasmtime_val_t`) are a kind in the first byte and a union at byte 8. They have 24 bytes; items
/// have 32 since release 34, values since release 37.
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
}
