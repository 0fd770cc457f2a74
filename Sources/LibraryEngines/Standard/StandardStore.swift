import Execution
import WasmFormats
import WasmModel

/// One instance of a module. All instances of a module are in one store of the library, which makes no difference to what they do.
final class StandardStore: Store {
    private let functions: StandardFunctions
    private(set) var hostCalls = HostCallLog()
    private var instance: Instance?
    /// It has the store of the library, which must be there as long as the instance and the functions of the host.
    private var compiled: StandardModule?
    private var hostFunctions: [StandardHostFunction] = []
    /// Room for arguments, and behind them for results.
    private var values = UnsafeMutableBufferPointer<StandardValue>(start: nil, count: 0)

    private struct Instance {
        let pointer: ForeignPointer
        /// All exports, in the order of the module.
        var exports: ForeignVector
        let module: ValidatedModule
        /// The first export of every item.
        let positions: [ExternalIndex: Int]
    }

    init(_ functions: StandardFunctions) { self.functions = functions }

    deinit {
        if var instance {
            withUnsafeMutablePointer(to: &instance.exports) { functions.deleteItems($0) }
            functions.deleteInstance(instance.pointer)
        }
        for function in hostFunctions { functions.deleteFunction(function.pointer) }
        values.deallocate()
    }

    var remainingFuel: UInt64? { nil }

    func log(_ call: HostCall) { hostCalls.append(call) }

    func instantiate(
        _ module: any PreparedModule,
        imports: [ImportedItem]
    ) throws(InstantiationFailure) -> InstanceNumber {
        guard let prepared = module as? PreparedLibraryModule, let compiled = prepared.compiled as? StandardModule,
            instance == nil
        else { throw .engine(.refused("modules of other engines, and a second instance in a store")) }
        self.compiled = compiled
        var items: [ForeignPointer?] = []
        do throws(EngineFailure) {
            items = try bind(imports, of: prepared.module, compiled)
        } catch {
            throw .engine(error)
        }
        var trap: ForeignPointer?
        let pointer = items.withUnsafeMutableBytes { bytes in
            var vector = ForeignVector(count: imports.count, elements: bytes.baseAddress)
            return withUnsafeMutablePointer(to: &vector) { vector in
                functions.newInstance(compiled.store, compiled.pointer, vector, &trap)
            }
        }
        guard let pointer else {
            guard let trap else { throw .engine(.refused("no instance, for no reason that is given")) }
            let text = functions.takeMessage(of: trap)
            let outcome = TrapText.ending(text)
            throw outcome == .trapped(.unnamed) ? .engine(.refused(text)) : .ended(outcome)
        }
        var exports = ForeignVector()
        withUnsafeMutablePointer(to: &exports) { functions.exports(pointer, $0) }
        var positions: [ExternalIndex: Int] = [:]
        for (position, export) in prepared.module.module.exports.enumerated() where positions[export.item] == nil {
            positions[export.item] = position
        }
        instance = Instance(
            pointer: pointer,
            exports: exports,
            module: prepared.module,
            positions: positions
        )
        return InstanceNumber(0)
    }

    /// Makes what stands behind the imports: one pointer each.
    private func bind(
        _ imports: [ImportedItem],
        of module: ValidatedModule,
        _ compiled: StandardModule
    ) throws(EngineFailure) -> [ForeignPointer?] {
        if imports.isEmpty { return [] }
        var types = ForeignVector()
        withUnsafeMutablePointer(to: &types) { functions.moduleImports(compiled.pointer, $0) }
        defer { withUnsafeMutablePointer(to: &types) { functions.deleteImportTypes($0) } }
        var items: [ForeignPointer?] = []
        var known: [HostFunction: ForeignPointer] = [:]
        for (position, item) in imports.enumerated() {
            let description = module.module.imports[position]
            guard case .host(let function) = item, function.type.parameters.allSatisfy(\.isNumber),
                function.type.results.allSatisfy(\.isNumber)
            else { throw .refused("the import '\(description.module)' '\(description.name)'") }
            if let item = known[function] {
                items.append(item)
                continue
            }
            guard let imported = types.pointer(at: position),
                let type = functions.asFunctionType(functions.importType(imported)),
                let made = StandardHostFunction(function, self, functions, compiled.store, type),
                let item = functions.functionAsItem(made.pointer)
            else { throw .crashed("the library makes no function for import \(position)") }
            hostFunctions.append(made)
            known[function] = item
            items.append(item)
        }
        return items
    }

    func invoke(
        _ function: FunctionIndex,
        of instance: InstanceNumber,
        _ arguments: [WasmValue]
    ) throws(EngineFailure) -> InvocationOutcome {
        let (item, module) = try export(.function(function))
        guard let pointer = functions.asFunction(item) else { throw .crashed("an exported function is none") }
        let type = module.functionType(of: function)
        try checkCrossing(type.parameters)
        try checkCrossing(type.results)
        let count = arguments.count + type.results.count
        if values.count < count {
            values.deallocate()
            values = .allocate(capacity: count)
        }
        for (position, argument) in arguments.enumerated() {
            values[position] = StandardValue(kind: type.parameters[position].kind, bits: argument.rawBits.low)
        }
        for (position, result) in type.results.enumerated() {
            values[arguments.count + position] = StandardValue(kind: result.kind, bits: 0)
        }
        let start = values.baseAddress
        var given = ForeignVector(count: arguments.count, elements: ForeignPointer(start))
        var taken = ForeignVector(
            count: type.results.count,
            elements: start.map { ForeignPointer($0 + arguments.count) }
        )
        let trap = withUnsafeMutablePointer(to: &given) { given in
            withUnsafeMutablePointer(to: &taken) { functions.call(pointer, given, $0) }
        }
        if let trap {
            let text = functions.takeMessage(of: trap)
            let outcome = TrapText.ending(text)
            // Exceptions are not in the API.
            if outcome == .trapped(.unnamed), text.contains("exception") {
                throw .refused("an exception that no code catches")
            }
            return outcome
        }
        var results: [WasmValue] = []
        results.reserveCapacity(type.results.count)
        for (position, type) in type.results.enumerated() {
            let bits = V128(low: values[arguments.count + position].bits, high: 0)
            if let value = WasmValue(rawBits: bits, numberOf: type) { results.append(value) }
        }
        return .returned(results)
    }

    func value(of global: GlobalIndex, in instance: InstanceNumber) throws(EngineFailure) -> WasmValue {
        let (item, module) = try export(.global(global))
        let type = module.globalTypes[global.position].valueType
        try checkCrossing([type])
        guard let pointer = functions.asGlobal(item) else { throw .crashed("an exported global is none") }
        var value = StandardValue(kind: type.kind, bits: 0)
        withUnsafeMutablePointer(to: &value) { functions.globalValue(pointer, $0) }
        guard let number = WasmValue(rawBits: V128(low: value.bits, high: 0), numberOf: type) else {
            throw .refused("globals of type \(TypeList.name(of: type))")
        }
        return number
    }

    func bytes(of memory: MemoryIndex, in instance: InstanceNumber) throws(EngineFailure) -> [UInt8] {
        let item = try export(.memory(memory)).item
        guard let pointer = functions.asMemory(item) else { throw .crashed("an exported memory is none") }
        let size = functions.memorySize(pointer)
        return [UInt8](UnsafeRawBufferPointer(start: functions.memoryData(pointer), count: size))
    }

    func elements(of table: TableIndex, in instance: InstanceNumber) throws(EngineFailure) -> [WasmReference] {
        throw .refused("tables that are looked at from outside")
    }

    private func export(
        _ index: ExternalIndex
    ) throws(EngineFailure) -> (item: ForeignPointer, module: ValidatedModule) {
        guard let instance, let position = instance.positions[index], position < instance.exports.count,
            let item = instance.exports.pointer(at: position)
        else { throw .refused("items that are not exported") }
        return (item, instance.module)
    }

    private func checkCrossing(_ types: [ValueType]) throws(EngineFailure) {
        for type in types where !type.isNumber {
            throw .refused("values of type \(TypeList.name(of: type)) at the edge of the library")
        }
    }
}

extension ValueType {
    /// The kind of a number; of what is no number, a kind that the API does not have.
    fileprivate var kind: UInt64 {
        switch self {
        case .i32: 0
        case .i64: 1
        case .f32: 2
        case .f64: 3
        case .v128, .reference: .max
        }
    }
}

/// A stub behind an imported function.
final class StandardHostFunction {
    /// The function of the library.
    private(set) var pointer: ForeignPointer
    private let function: HostFunction
    private unowned let store: StandardStore

    /// - Returns: nil where the library makes no function.
    init?(
        _ function: HostFunction,
        _ store: StandardStore,
        _ functions: StandardFunctions,
        _ foreignStore: ForeignPointer,
        _ type: ForeignPointer
    ) {
        self.function = function
        self.store = store
        pointer = foreignStore
        let environment = Unmanaged.passUnretained(self).toOpaque()
        guard let made = functions.newFunction(foreignStore, type, Self.callback, environment, nil) else {
            return nil
        }
        pointer = made
    }

    /// What the library calls; the environment is the stub.
    private static let callback: StandardFunctions.HostCallback = { environment, arguments, results in
        guard let environment, let arguments, let results else { return nil }
        Unmanaged<StandardHostFunction>.fromOpaque(environment).takeUnretainedValue()
            .answer(
                arguments.load(as: ForeignVector.self),
                results.load(as: ForeignVector.self)
            )
        return nil
    }

    private func answer(_ given: ForeignVector, _ results: ForeignVector) {
        var arguments: [WasmValue] = []
        arguments.reserveCapacity(function.type.parameters.count)
        let stride = MemoryLayout<StandardValue>.stride
        for (position, type) in function.type.parameters.enumerated() {
            let value = given.elements?.load(fromByteOffset: position * stride, as: StandardValue.self)
            let bits = V128(low: value?.bits ?? 0, high: 0)
            if let number = WasmValue(rawBits: bits, numberOf: type) { arguments.append(number) }
        }
        store.log(HostCall(importOrdinal: function.importOrdinal, arguments: arguments))
        for (position, value) in function.results(for: arguments).enumerated() {
            let result = StandardValue(kind: function.type.results[position].kind, bits: value.rawBits.low)
            results.elements?.storeBytes(of: result, toByteOffset: position * stride, as: StandardValue.self)
        }
    }
}
