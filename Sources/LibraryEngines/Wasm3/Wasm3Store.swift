import Execution
import WasmFormats
import WasmModel

/// A store of wasm3 with one instance.
final class Wasm3Store: Store {
    private let functions: Wasm3Functions
    private let stackSize: UInt32
    private(set) var hostCalls = HostCallLog()
    private var instance: Wasm3Instance?
    private var module: ValidatedModule?
    private var names: ExportNames?
    /// Room for the values of a call in words of 8 bytes, and behind it for pointers to them.
    private var words = UnsafeMutableBufferPointer<UInt64>(start: nil, count: 0)

    init(_ functions: Wasm3Functions, stackSize: UInt32) {
        self.functions = functions
        self.stackSize = stackSize
    }

    deinit { words.deallocate() }

    var remainingFuel: UInt64? { nil }

    func log(_ call: HostCall) { hostCalls.append(call) }

    func instantiate(
        _ module: any PreparedModule,
        imports: [ImportedItem]
    ) throws(InstantiationFailure) -> InstanceNumber {
        guard let prepared = module as? PreparedLibraryModule, let compiled = prepared.compiled as? Wasm3Module,
            instance == nil
        else { throw .engine(.refused("modules of other engines, and a second instance in a store")) }
        for (item, description) in zip(imports, prepared.module.module.imports) {
            guard case .host(let function) = item, function.type.parameters.allSatisfy(\.isNumber),
                function.type.results.allSatisfy(\.isNumber)
            else { throw .engine(.refused("the import '\(description.module)' '\(description.name)'")) }
        }
        let instance: Wasm3Instance
        do throws(LibraryMessage) {
            if let first = compiled.takeInstance() {
                instance = first
            } else {
                instance = try Wasm3Instance(functions, compiled, stackSize: stackSize)
            }
        } catch {
            throw .engine(.refused(error.description))
        }
        if let error = instance.loadError { throw Self.loadFailure(error) }
        for function in instance.hostFunctions { function.store = self }
        self.instance = instance
        self.module = prepared.module
        names = ExportNames(prepared.module.module)
        if let error = functions.runStart(instance.module) {
            let outcome: InvocationOutcome
            do throws(EngineFailure) {
                outcome = try ending(error)
            } catch {
                throw .engine(error)
            }
            throw .ended(outcome)
        }
        return InstanceNumber(0)
    }

    /// Why a module cannot be loaded: a segment that does not fit, or something else.
    private static func loadFailure(_ text: String) -> InstantiationFailure {
        if text.contains("data segment") { return .ended(.trapped(.outOfBoundsMemoryAccess)) }
        if text.contains("table") { return .ended(.trapped(.outOfBoundsTableAccess)) }
        return .engine(.refused(text))
    }

    /// How a call ended that did not return: only some errors are traps.
    private func ending(_ error: UnsafePointer<CChar>) throws(EngineFailure) -> InvocationOutcome {
        let text = String(cString: error)
        guard text.hasPrefix("[trap]") else { throw .refused(text) }
        if text.contains("null table element") { return .trapped(.uninitializedElement) }
        // A table ends behind its last element that is not null.
        if text.contains("undefined element") { return .trapped(.unnamed) }
        return TrapText.ending(text)
    }

    func invoke(
        _ function: FunctionIndex,
        of instance: InstanceNumber,
        _ arguments: [WasmValue]
    ) throws(EngineFailure) -> InvocationOutcome {
        guard let instance = self.instance, let module, let name = names?[.function(function)] else {
            throw .refused("functions that are not exported")
        }
        if module.definedPosition(of: function) == nil { throw .refused("calls of imported functions from outside") }
        let type = module.functionType(of: function)
        for type in type.parameters + type.results where !type.isNumber {
            throw .refused("values of type \(TypeList.name(of: type)) at the edge of the library")
        }
        var found: ForeignPointer?
        if let error = functions.findFunction(&found, instance.runtime, name) {
            throw .refused(String(cString: error))
        }
        guard let found else { throw .crashed("the library does not show the export '\(name)'") }
        let pointers = room(for: max(type.parameters.count, type.results.count))
        for (position, argument) in arguments.enumerated() { words[position] = argument.rawBits.low }
        if let error = functions.call(found, UInt32(arguments.count), pointers) { return try ending(error) }
        if type.results.isEmpty { return .returned([]) }
        for position in type.results.indices { words[position] = 0 }
        if let error = functions.results(found, UInt32(type.results.count), pointers) {
            throw .refused(String(cString: error))
        }
        var results: [WasmValue] = []
        results.reserveCapacity(type.results.count)
        for (position, type) in type.results.enumerated() {
            let bits = V128(low: words[position], high: 0)
            if let value = WasmValue(rawBits: bits, numberOf: type) { results.append(value) }
        }
        return .returned(results)
    }

    /// Makes room for so many values, and pointers to each of them.
    private func room(for count: Int) -> ForeignPointer? {
        if words.count < 2 * count {
            words.deallocate()
            words = .allocate(capacity: 2 * count)
        }
        guard count > 0, let start = words.baseAddress else { return nil }
        let half = words.count / 2
        for position in 0..<count { words[half + position] = UInt64(UInt(bitPattern: start + position)) }
        return ForeignPointer(start + half)
    }

    func value(of global: GlobalIndex, in instance: InstanceNumber) throws(EngineFailure) -> WasmValue {
        guard let instance = self.instance, let module, let name = names?[.global(global)] else {
            throw .refused("globals that are not exported")
        }
        let type = module.globalTypes[global.position].valueType
        guard let found = functions.findGlobal(instance.module, name) else {
            throw .refused("the global '\(name)', which the library does not show")
        }
        var words: (UInt64, UInt64) = (0, 0)
        if let error = withUnsafeMutablePointer(to: &words, { functions.globalValue(found, $0) }) {
            throw .refused(String(cString: error))
        }
        guard let value = WasmValue(rawBits: V128(low: words.1, high: 0), numberOf: type), type.isNumber else {
            throw .refused("globals of type \(TypeList.name(of: type))")
        }
        return value
    }

    func bytes(of memory: MemoryIndex, in instance: InstanceNumber) throws(EngineFailure) -> [UInt8] {
        guard let instance = self.instance, memory.position == 0 else {
            throw .refused("memories behind the first")
        }
        var size: UInt32 = 0
        let start = functions.memory(instance.runtime, &size, 0)
        return [UInt8](UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(size)))
    }

    func elements(of table: TableIndex, in instance: InstanceNumber) throws(EngineFailure) -> [WasmReference] {
        throw .refused("tables that are looked at from outside")
    }
}
