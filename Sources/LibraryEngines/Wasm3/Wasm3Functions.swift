/// The functions of wasm3's C API that are used.
///
/// A result is the text of an error, which the library keeps, or null.
///
/// Source: wasm3 0.5.0, `wasm3.h`.
final class Wasm3Functions: @unchecked Sendable {
    typealias Pointer = ForeignPointer
    typealias PointerPlace = UnsafeMutablePointer<Pointer?>
    typealias Text = UnsafePointer<CChar>
    /// A function of the host: the runtime, a context whose first word is the user's data, the results with the arguments behind them in
    /// words of 8 bytes, the memory; gives an error or nothing.
    typealias HostCallback = @convention(c) (Pointer?, Pointer?, Pointer?, Pointer?) -> Text?

    let newEnvironment: @convention(c) () -> Pointer?
    let freeEnvironment: @convention(c) (Pointer) -> Void
    let newRuntime: @convention(c) (Pointer, UInt32, Pointer?) -> Pointer?
    let freeRuntime: @convention(c) (Pointer) -> Void
    let parse: @convention(c) (Pointer, PointerPlace, UnsafePointer<UInt8>, UInt32) -> Text?
    let freeModule: @convention(c) (Pointer) -> Void
    let load: @convention(c) (Pointer, Pointer) -> Text?
    let link: @convention(c) (Pointer, Text, Text, Text?, HostCallback, Pointer?) -> Text?
    let compile: @convention(c) (Pointer) -> Text?
    let runStart: @convention(c) (Pointer) -> Text?
    let findFunction: @convention(c) (PointerPlace, Pointer, Text) -> Text?
    let call: @convention(c) (Pointer, UInt32, Pointer?) -> Text?
    let results: @convention(c) (Pointer, UInt32, Pointer?) -> Text?
    let memory: @convention(c) (Pointer, UnsafeMutablePointer<UInt32>, UInt32) -> Pointer?
    let findGlobal: @convention(c) (Pointer, Text) -> Pointer?
    /// Gives the type in the first four bytes and the value at byte 8.
    let globalValue: @convention(c) (Pointer, Pointer) -> Text?

    init(_ library: SharedLibrary) throws(LibraryEngineError) {
        newEnvironment = try library.function("m3_NewEnvironment")
        freeEnvironment = try library.function("m3_FreeEnvironment")
        newRuntime = try library.function("m3_NewRuntime")
        freeRuntime = try library.function("m3_FreeRuntime")
        parse = try library.function("m3_ParseModule")
        freeModule = try library.function("m3_FreeModule")
        load = try library.function("m3_LoadModule")
        link = try library.function("m3_LinkRawFunctionEx")
        compile = try library.function("m3_CompileModule")
        runStart = try library.function("m3_RunStart")
        findFunction = try library.function("m3_FindFunction")
        call = try library.function("m3_Call")
        results = try library.function("m3_GetResults")
        memory = try library.function("m3_GetMemory")
        findGlobal = try library.function("m3_FindGlobal")
        globalValue = try library.function("m3_GetGlobal")
    }
}
