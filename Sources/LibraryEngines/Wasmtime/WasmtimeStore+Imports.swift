import Execution
import WasmFormats
import WasmModel

/// The imported functions of an instance.
struct WasmtimeImports {
    /// One item an import, as the library has them.
    var items: ForeignPointer?
    /// By the position among the imported functions.
    var bindings: [WasmtimeHostFunction] = []
    /// What the library knows them by, by the position among the imported functions.
    private(set) var rawFunctions: [UInt] = []

    mutating func append(_ raw: UInt) { rawFunctions.append(raw) }

    func raw(ofFunction position: Int) -> UInt? { position < rawFunctions.count ? rawFunctions[position] : nil }

    func functionIndex(ofRaw raw: UInt) -> FunctionIndex? {
        rawFunctions.firstIndex(of: raw).map { FunctionIndex($0) }
    }
}

/// A function of the host with the store that calls it.
final class WasmtimeHostFunction {
    let function: HostFunction
    let module: ValidatedModule
    unowned let store: WasmtimeStore

    init(_ function: HostFunction, _ module: ValidatedModule, _ store: WasmtimeStore) {
        self.function = function
        self.module = module
        self.store = store
    }

    /// What the library calls; the environment is the function.
    static let callback: WasmtimeFunctions.HostCallback = { environment, caller, values, _ in
        guard let environment, let caller, let values else { return nil }
        let function = Unmanaged<WasmtimeHostFunction>.fromOpaque(environment).takeUnretainedValue()
        return function.store.answer(function, caller, values)
    }
}

extension WasmtimeStore {
    /// Makes what stands behind the imports.
    func bind(
        _ items: [ImportedItem],
        of module: ValidatedModule,
        _ compiled: WasmtimeModule
    ) throws(EngineFailure) {
        guard !items.isEmpty else { return }
        let stride = WasmtimeLayout.unionOffset + (release.hasWideItems ? 24 : 16)
        let places = UnsafeMutableRawPointer.allocate(byteCount: stride * items.count, alignment: 16)
        places.initializeMemory(as: UInt8.self, repeating: 0, count: stride * items.count)
        imports.items = places
        // The library's own types of the functions have everything that a module may write.
        var types = ForeignVector()
        withUnsafeMutablePointer(to: &types) { functions.moduleImports(compiled.pointer, $0) }
        defer { withUnsafeMutablePointer(to: &types) { functions.deleteImportTypes($0) } }
        var positions: [HostFunction: Int] = [:]
        for (position, item) in items.enumerated() {
            let place = places + position * stride
            let description = module.module.imports[position]
            guard case .host(let function) = item else {
                throw .refused(
                    "the import '\(description.module)' '\(description.name)', behind which stands no stub of the host"
                )
            }
            place.storeBytes(of: WasmtimeLayout.ItemKind.function, as: UInt8.self)
            let union = place + WasmtimeLayout.unionOffset
            if let first = positions[function] {
                union.copyMemory(from: places + first * stride + WasmtimeLayout.unionOffset, byteCount: stride - 8)
            } else {
                positions[function] = position
                try prepareAnswers(of: function, in: module)
                let binding = WasmtimeHostFunction(function, module, self)
                imports.bindings.append(binding)
                guard let imported = types.pointer(at: position),
                    let type = functions.asFunctionType(functions.importType(imported))
                else { throw .crashed("the library does not show the type of import \(position)") }
                let environment = Unmanaged.passUnretained(binding).toOpaque()
                functions.newFunction(contents, type, WasmtimeHostFunction.callback, environment, nil, union)
            }
            imports.append(functions.functionToRaw(contents, union))
        }
    }

    /// Refuses a function whose values do not cross the edge, and makes the references with which it answers.
    private func prepareAnswers(of function: HostFunction, in module: ValidatedModule) throws(EngineFailure) {
        try checkCrossing(of: function.type.parameters, in: module)
        try checkCrossing(of: function.type.results, in: module)
        for case .made(.value(.reference(.external(let number)))) in function.answers { try makeExternal(number) }
    }

    /// Answers a call of an imported function.
    /// - Parameters:
    ///   - caller: what the library gives for the store.
    ///   - values: the arguments, and then the results.
    /// - Returns: a trap, or nil where the call returns.
    func answer(
        _ host: WasmtimeHostFunction,
        _ caller: ForeignPointer,
        _ values: ForeignPointer
    ) -> ForeignPointer? {
        let function = host.function
        let arguments = read(function.type.parameters, from: values, in: host.module)
        log(HostCall(importOrdinal: function.importOrdinal, arguments: arguments))
        guard function.canReturn else { return makeTrap(.noHostValue) }
        let contents = functions.callerContents(caller)
        let size = WasmtimeLayout.rawValueSize
        // Results take the place of arguments, which they may be.
        withUnsafeTemporaryAllocation(byteCount: max(arguments.count, 1) * size, alignment: size) { copies in
            copies.copyMemory(from: UnsafeRawBufferPointer(start: values, count: arguments.count * size))
            for (position, answer) in function.answers.enumerated() {
                let bits: V128 =
                    switch answer {
                    case .parameter(let source): copies.load(fromByteOffset: source * size, as: V128.self)
                    case .made(let value): rawBits(of: value, contents)
                    case .missing: V128(low: 0, high: 0)
                    }
                values.storeBytes(of: bits, toByteOffset: position * size, as: V128.self)
            }
        }
        return nil
    }

    private func rawBits(of value: HostValue, _ contents: ForeignPointer) -> V128 {
        switch value {
        case .value(.reference(.external(let number))):
            V128(low: rawBits(ofExternal: number, contents), high: 0)
        case .value(let value): value.rawBits
        case .function(let index): V128(low: UInt64(imports.raw(ofFunction: index.position) ?? 0), high: 0)
        // Functions that answer with these are refused.
        case .converted, .integer: V128(low: 0, high: 0)
        }
    }
}
