import WasmFormats
import WasmModel

/// A module that was loaded into a runtime of its own, linked and compiled.
final class Wasm3Instance {
    let functions: Wasm3Functions
    let runtime: ForeignPointer
    /// Belongs to the runtime.
    let module: ForeignPointer
    /// The library reads functions from the bytes when it compiles them.
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let environment: ForeignPointer
    private(set) var hostFunctions: [Wasm3HostFunction] = []
    /// What a segment that does not fit, or a global, was answered with when the module was loaded; a matter of instantiation.
    let loadError: String?

    init(
        _ functions: Wasm3Functions,
        _ compiled: Wasm3Module,
        stackSize: UInt32
    ) throws(LibraryMessage) {
        guard let environment = functions.newEnvironment() else { throw LibraryMessage("no environment") }
        guard let runtime = functions.newRuntime(environment, stackSize, nil) else {
            functions.freeEnvironment(environment)
            throw LibraryMessage("no runtime")
        }
        self.functions = functions
        self.environment = environment
        self.runtime = runtime
        bytes = .allocate(capacity: max(compiled.wasm.count, 1))
        _ = bytes.update(fromContentsOf: compiled.wasm)
        var parsed: ForeignPointer?
        let parseError = functions.parse(
            environment,
            &parsed,
            UnsafePointer(bytes.baseAddress!),
            UInt32(compiled.wasm.count)
        )
        guard parseError == nil, let parsed else {
            functions.freeRuntime(runtime)
            functions.freeEnvironment(environment)
            bytes.deallocate()
            throw LibraryMessage(parseError.map { String(cString: $0) } ?? "no module")
        }
        module = parsed
        if let error = functions.load(runtime, parsed) {
            loadError = String(cString: error)
            functions.freeModule(parsed)
            return
        }
        loadError = nil
        if let module = compiled.module { try link(module) }
        if let error = functions.compile(parsed) { throw LibraryMessage(String(cString: error)) }
    }

    deinit {
        functions.freeRuntime(runtime)
        functions.freeEnvironment(environment)
        bytes.deallocate()
    }

    /// Puts stubs behind the imported functions whose types cross the edge; others stay without one, and compiling what calls them fails.
    private func link(_ module: ValidatedModule) throws(LibraryMessage) {
        var functionsOfNames: [[String]: HostFunction] = [:]
        for (item, made) in zip(module.module.imports, module.hostImports()) {
            guard case .function(let function, _) = made else { continue }
            let types = function.type.parameters + function.type.results
            guard types.allSatisfy(\.isNumber) else { continue }
            // The library links by names alone.
            let known = functionsOfNames.updateValue(function, forKey: [item.module, item.name])
            if let known, known != function {
                throw LibraryMessage("two imports '\(item.module)' '\(item.name)' of different types")
            }
            let host = Wasm3HostFunction(function)
            hostFunctions.append(host)
            let data = Unmanaged.passUnretained(host).toOpaque()
            let error = functions.link(
                self.module,
                item.module,
                item.name,
                nil,
                Wasm3HostFunction.callback,
                data
            )
            if let error { throw LibraryMessage("\(String(cString: error)): import '\(item.module)' '\(item.name)'") }
        }
    }
}

/// A stub behind an imported function.
final class Wasm3HostFunction {
    let function: HostFunction
    /// Who hears of the calls.
    weak var store: Wasm3Store?

    init(_ function: HostFunction) { self.function = function }

    /// What the library calls; the first word of the context is the stub.
    static let callback: Wasm3Functions.HostCallback = { _, context, values, _ in
        guard let context, let values,
            let data = context.load(as: ForeignPointer?.self)
        else { return nil }
        return Unmanaged<Wasm3HostFunction>.fromOpaque(data).takeUnretainedValue().answer(values)
    }

    /// Answers a call.
    /// - Parameter values: room for the results, and behind it the arguments, in words of 8 bytes.
    private func answer(_ values: ForeignPointer) -> UnsafePointer<CChar>? {
        let resultCount = function.type.results.count
        var arguments: [WasmValue] = []
        arguments.reserveCapacity(function.type.parameters.count)
        for (position, type) in function.type.parameters.enumerated() {
            let bits = values.load(fromByteOffset: (resultCount + position) * 8, as: UInt64.self)
            arguments.append(WasmValue(rawBits: V128(low: bits, high: 0), numberOf: type) ?? .i64(bits))
        }
        store?.log(HostCall(importOrdinal: function.importOrdinal, arguments: arguments))
        for (position, answer) in function.answers.enumerated() {
            let value: WasmValue
            switch answer {
            case .parameter(let source): value = arguments[source]
            case .made(let made): value = made.seen
            // Numbers always have a value.
            case .missing: continue
            }
            values.storeBytes(of: value.rawBits.low, toByteOffset: position * 8, as: UInt64.self)
        }
        return nil
    }
}
