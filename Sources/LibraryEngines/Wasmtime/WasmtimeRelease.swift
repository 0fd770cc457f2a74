/// Which release of Wasmtime a library is: the C API does not tell, but every module that is serialised does.
///
/// What depends on the release and cannot be told by the functions that a library has is here.
struct WasmtimeRelease {
    /// The first part of the version.
    let number: Int

    /// Asks a library for its release.
    init(_ functions: WasmtimeFunctions, _ library: SharedLibrary) throws(LibraryEngineError) {
        let newEngine: @convention(c) () -> ForeignPointer? = try library.function("wasm_engine_new")
        guard let engine = newEngine() else { throw .unknownRelease(path: library.path, reason: "it makes no engine") }
        defer { functions.deleteEngine(engine) }
        var module: ForeignPointer?
        let wasm: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        if let error = functions.newModule(engine, wasm, wasm.count, &module) {
            throw .unknownRelease(path: library.path, reason: functions.takeMessage(ofError: error))
        }
        guard let module else { throw .unknownRelease(path: library.path, reason: "it makes no module") }
        defer { functions.deleteModule(module) }
        var bytes = ForeignVector()
        let number = try withUnsafeMutablePointer(to: &bytes) { bytes throws(LibraryEngineError) -> Int? in
            if let error = functions.serialize(module, bytes) {
                throw .unknownRelease(path: library.path, reason: functions.takeMessage(ofError: error))
            }
            defer { functions.deleteBytes(bytes) }
            return Self.number(in: bytes.pointee.bytes)
        }
        guard let number else {
            throw .unknownRelease(path: library.path, reason: "a serialised module does not tell the version")
        }
        self.number = number
    }

    /// Tables, memories and globals have 24 bytes instead of 16, and so items have 32 bytes instead of 24.
    var hasWideItems: Bool { number >= 34 }
    /// A reference of the host is let go of with the store's contents as the first argument.
    var unrootsInStore: Bool { number < 38 }
    /// The library compiles with Winch, where that is asked for; earlier ones stop the process or compile with Cranelift.
    var hasWinch: Bool { number >= 45 }
    /// The library has the interpreter Pulley; earlier ones stop the process where it is asked for.
    var hasPulley: Bool { number >= 38 }
    /// The library has garbage collection, and not only its setter.
    var hasGarbageCollection: Bool { number >= 28 }

    /// The number in a serialised module: an ELF file of 64 bits whose section `.wasmtime.engine` is a byte, the length of the version in
    /// a byte, the version, and more.
    ///
    /// Source: Wasmtime, `engine/serialization.rs`; System V ABI, "Object Files".
    private static func number(in file: UnsafeRawBufferPointer) -> Int? {
        func word<Word: FixedWidthInteger>(_ offset: Int, _: Word.Type) -> Int? {
            guard offset >= 0, offset + MemoryLayout<Word>.size <= file.count else { return nil }
            return Int(exactly: Word(littleEndian: file.loadUnaligned(fromByteOffset: offset, as: Word.self)))
        }
        guard let headers = word(0x28, UInt64.self), let size = word(0x3A, UInt16.self),
            let count = word(0x3C, UInt16.self), let namesNumber = word(0x3E, UInt16.self),
            let names = word(headers + namesNumber * size + 0x18, UInt64.self)
        else { return nil }
        let wanted = Array(".wasmtime.engine\0".utf8)
        for position in 0..<count {
            let header = headers + position * size
            guard let name = word(header, UInt32.self), let start = word(header + 0x18, UInt64.self),
                let length = word(start + 1, UInt8.self), names + name + wanted.count <= file.count,
                file[(names + name)...].starts(with: wanted), start + 2 + length <= file.count
            else { continue }
            let version = String(decoding: file[(start + 2)..<(start + 2 + length)], as: UTF8.self)
            return Int(version.prefix { $0.isNumber })
        }
        return nil
    }
}
