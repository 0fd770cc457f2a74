import Execution
import WasmFormats
import WasmModel

/// A store of Wasmtime with one instance.
final class WasmtimeStore: Store {
    let functions: WasmtimeFunctions
    let release: WasmtimeRelease
    private let store: ForeignPointer
    /// What most functions take for the store.
    let contents: ForeignPointer
    private(set) var hostCalls = HostCallLog()
    /// What a function of the host gave as a trap during the call that runs, which ends with it.
    private var hostTrap: Trap?
    var instance: Instance?
    /// The imported functions, and what they are bound to; they live as long as the store.
    var imports = WasmtimeImports()
    /// References of the host that were made, by their numbers.
    var externals = WasmtimeExternals()
    /// Room for an item and a value, and for the arguments and results of a call.
    let item = UnsafeMutableRawPointer.allocate(byteCount: WasmtimeLayout.roomForItem, alignment: 16)
    let value = UnsafeMutableRawPointer.allocate(byteCount: WasmtimeLayout.roomForItem, alignment: 16)
    private var rawValues = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    /// The most elements of a table, as in the engines of the tree.
    private static let tableElements: Int64 = 10_000_000

    /// An instance with its module.
    struct Instance {
        let pointer: ForeignPointer
        let module: ValidatedModule
        let names: ExportNames
        /// The functions of the module by what the library knows them by; nil until somebody asks.
        var functionNumbers: [UInt: FunctionIndex]?
    }

    init(_ embedding: WasmtimeEmbedding, _ budget: Budget) {
        functions = embedding.functions
        release = embedding.release
        store = functions.newStore(embedding.engine, nil, nil)
        contents = functions.storeContents(store)
        let memoryBytes = Int64(min(budget.memoryPages, 1 << 40)) << 16
        functions.limitStore(store, memoryBytes, Self.tableElements, -1, -1, -1)
    }

    deinit {
        releaseExternals()
        functions.deleteStore(store)
        instance?.pointer.deallocate()
        imports.items?.deallocate()
        item.deallocate()
        value.deallocate()
        rawValues.deallocate()
    }

    var remainingFuel: UInt64? { nil }

    func instantiate(
        _ module: any PreparedModule,
        imports items: [ImportedItem]
    ) throws(InstantiationFailure) -> InstanceNumber {
        guard let prepared = module as? PreparedLibraryModule, let compiled = prepared.compiled as? WasmtimeModule,
            instance == nil
        else { throw .engine(.refused("modules of other engines, and a second instance in a store")) }
        do {
            try bind(items, of: prepared.module, compiled)
        } catch {
            throw .engine(error)
        }
        let pointer = UnsafeMutableRawPointer.allocate(byteCount: WasmtimeLayout.roomForItem, alignment: 16)
        var trap: ForeignPointer?
        let error = functions.newInstance(contents, compiled.pointer, imports.items, items.count, pointer, &trap)
        if error != nil || trap != nil {
            pointer.deallocate()
            let outcome: InvocationOutcome
            do throws(EngineFailure) {
                outcome = try ending(error: error, trap: trap, in: nil)
            } catch {
                throw Self.failure(of: error)
            }
            throw .ended(outcome)
        }
        instance = Instance(
            pointer: pointer,
            module: prepared.module,
            names: ExportNames(prepared.module.module)
        )
        return InstanceNumber(0)
    }

    /// Why there is no instance: a limit, where the text says so.
    private static func failure(of failure: EngineFailure) -> InstantiationFailure {
        guard case .refused(let text) = failure,
            text.contains("exceeds memory limits") || text.contains("exceeds table limits")
        else { return .engine(failure) }
        return .ended(.exhausted(reason: "memory exhausted"))
    }

    func invoke(
        _ function: FunctionIndex,
        of instance: InstanceNumber,
        _ arguments: [WasmValue]
    ) throws(EngineFailure) -> InvocationOutcome {
        let (place, module) = try findExport(.function(function))
        let type = module.functionType(of: function)
        try checkCrossing(of: type.parameters, in: module)
        try checkCrossing(of: type.results, in: module)
        let count = max(type.parameters.count, type.results.count)
        let values = room(forRawValues: count)
        try write(arguments, to: values)
        hostTrap = nil
        var trap: ForeignPointer?
        let error = functions.call(contents, place, values, count, &trap)
        if error != nil || trap != nil { return try ending(error: error, trap: trap, in: module) }
        return .returned(read(type.results, from: values, in: module))
    }

    /// How a call ended that did not return.
    /// - Parameter module: nil where there is no instance.
    private func ending(
        error: ForeignPointer?,
        trap: ForeignPointer?,
        in module: ValidatedModule?
    ) throws(EngineFailure) -> InvocationOutcome {
        if let thrown = try takeException(in: module) {
            if let error { functions.deleteError(error) }
            if let trap { functions.deleteTrap(trap) }
            return thrown
        }
        if let trap {
            let message = functions.takeMessage(ofTrap: trap)
            if let hostTrap { return .trapped(hostTrap) }
            return TrapText.ending(message)
        }
        guard let error else { throw .refused("a call that ended without a reason") }
        let message = functions.takeMessage(ofError: error)
        if let hostTrap { return .trapped(hostTrap) }
        // What is out of memory ends with an error in some releases.
        if case .exhausted(let reason) = TrapText.ending(message) { return .exhausted(reason: reason) }
        // The releases with exceptions that do not show them, such as 40.
        let isException = functions.exceptions == nil && message.contains("thrown Wasm exception")
        throw .refused(isException ? "an exception that no code catches, which this release does not show" : message)
    }

    func value(of global: GlobalIndex, in instance: InstanceNumber) throws(EngineFailure) -> WasmValue {
        let (place, module) = try findExport(.global(global))
        try checkCrossing(of: [module.globalTypes[global.position].valueType], in: module)
        functions.globalValue(contents, place, value)
        return takeValue()
    }

    func bytes(of memory: MemoryIndex, in instance: InstanceNumber) throws(EngineFailure) -> [UInt8] {
        let (place, _) = try findExport(.memory(memory))
        let size = functions.memorySize(contents, place)
        return [UInt8](UnsafeRawBufferPointer(start: functions.memoryData(contents, place), count: size))
    }

    func elements(of table: TableIndex, in instance: InstanceNumber) throws(EngineFailure) -> [WasmReference] {
        let (place, module) = try findExport(.table(table))
        try checkCrossing(of: [.reference(module.tableTypes[table.position].element)], in: module)
        // Where names of functions are looked up, the place of the item is used again.
        let here = UnsafeMutableRawPointer.allocate(byteCount: WasmtimeLayout.roomForItem, alignment: 16)
        defer { here.deallocate() }
        here.copyMemory(from: place, byteCount: WasmtimeLayout.roomForItem - WasmtimeLayout.unionOffset)
        let count = Int(functions.tableSize(contents, here))
        var elements: [WasmReference] = []
        elements.reserveCapacity(count)
        for position in 0..<count {
            guard functions.tableElement(contents, here, UInt64(position), value) else {
                throw .crashed("the library shows no element \(position) of a table with \(count)")
            }
            if case .reference(let reference) = takeValue() { elements.append(reference) }
        }
        return elements
    }

    /// Finds an exported item; its union stands at the address until the next item is looked for.
    func findExport(
        _ index: ExternalIndex
    ) throws(EngineFailure) -> (place: ForeignPointer, module: ValidatedModule) {
        guard let instance else { throw .refused("items before the module is instantiated") }
        guard let name = instance.names[index] else { throw .refused("items that are not exported") }
        guard functions.export(contents, instance.pointer, name, name.utf8.count, item) else {
            throw .crashed("the library does not show the export '\(name)'")
        }
        return (item + WasmtimeLayout.unionOffset, instance.module)
    }

    /// Room for the arguments or results of a call, which may be used until the next call.
    private func room(forRawValues count: Int) -> ForeignPointer {
        let size = max(count, 1) * WasmtimeLayout.rawValueSize
        if size > rawValues.count {
            rawValues.deallocate()
            rawValues = .allocate(byteCount: size, alignment: WasmtimeLayout.rawValueSize)
        }
        return rawValues.baseAddress!
    }

    /// Remembers a call of an imported function.
    func log(_ call: HostCall) { hostCalls.append(call) }

    /// Makes a trap of the host, with which the call that runs ends.
    func makeTrap(_ trap: Trap) -> ForeignPointer {
        hostTrap = trap
        let text = trap.rawValue
        return functions.newTrap(text, text.utf8.count)
    }
}
