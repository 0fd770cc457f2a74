import WasmFormats
import WasmModel

extension InterpreterStore {
    /// Calls a function from outside.
    ///
    /// - Parameters:
    ///   - function: its address.
    ///   - arguments: as many and of such types as the function's type says.
    ///   - caller: the instance by whose indices functions in arguments and results are named; nil for that which defines the function.
    public func invoke(
        _ function: FunctionAddress,
        _ arguments: [WasmValue] = [],
        namingBy caller: ModuleInstance? = nil
    ) -> CallOutcome {
        let record = functions[function.position]
        let instance = caller ?? functionInstances[function.position]
        let type = types.functionType(record.type)
        guard max(record.parameterSlots, record.resultSlots) <= limits.valueStackSlots, limits.callDepth > 0 else {
            return .exhausted(.callStack)
        }
        write(arguments, to: valueStack, in: instance)
        let exit = record.host >= 0 ? callHostAlone(record, at: function.position) : execute(function.position)
        switch exit {
        case .finished: return .returned(read(type.results, from: valueStack, in: instance))
        case .trapped(let trap): return .trapped(trap)
        case .threw(let handle):
            let exception = exception(handle, in: instance)
            return .threw(exception.tag, exception.payload)
        case .exhausted(let limit): return .exhausted(limit)
        case .exited(let code): return .exited(code)
        }
    }

    /// Calls a function of the host that no code calls.
    private func callHostAlone(_ record: FunctionRecord, at address: Int) -> Exit {
        let exit = callHost(record, at: address, valueStack)
        let isPaid = hostCharge <= fuel
        fuel = max(0, fuel - hostCharge)
        guard case .finished = exit, !isPaid else { return exit }
        return .exhausted(.fuel)
    }

    /// Notes what the present call of a function of the host costs, in units of fuel.
    func charge(_ units: UInt64) { hostCharge = Int64(clamping: units) }

    /// Calls a function of the host with the arguments from a slot on; the results go there. ``hostCharge`` is to be paid by the caller.
    ///
    /// The instance that imported it first says which functions indices mean, and which memory the host sees.
    @inline(never)
    func callHost(_ record: FunctionRecord, at address: Int, _ slots: Slots) -> Exit {
        hostCharge = 0
        if hostCallLog.count >= limits.hostCalls { return .exhausted(.hostCalls) }
        let instance = functionInstances[address]
        let arguments = read(types.functionType(record.type).parameters, from: slots, in: instance)
        switch hostImplementations[record.host] {
        case .logged(let logged):
            hostCallLog.append(HostCall(importOrdinal: logged.function.importOrdinal, arguments: arguments))
            return answer(logged, record, at: address, slots)
        case .body(let body):
            switch body(arguments, memoryForHost(of: instance)) {
            case .returned(let results):
                write(results, to: slots, in: instance)
                return .finished
            case .trapped(let trap): return .trapped(trap)
            case .exited(let code): return .exited(code)
            }
        }
    }

    /// Writes the results of a logged function over its arguments. What repeats an argument keeps its identity.
    private func answer(_ logged: LoggedFunction, _ record: FunctionRecord, at address: Int, _ slots: Slots) -> Exit {
        let instance = functionInstances[address]
        var results: [UInt64] = []
        results.reserveCapacity(record.resultSlots)
        for (answer, type) in zip(logged.function.answers, logged.function.type.results) {
            switch answer {
            case .parameter(let position):
                let range = logged.parameterSlots[position]..<logged.parameterSlots[position + 1]
                for slot in range { results.append(slots[slot]) }
            case .made(let value):
                let itself = FunctionAddress(address)
                let isItself = value == .function(FunctionIndex(logged.function.importOrdinal))
                let bits =
                    isItself
                    ? V128(low: UInt64(itself.rawValue) + 1, high: 0)
                    : slotBits(of: value, instance?.functions ?? [])
                results.append(bits.low)
                if type == .v128 { results.append(bits.high) }
            case .missing: return .trapped(.noHostValue)
            }
        }
        slots.update(from: results, count: results.count)
        return .finished
    }

    private func memoryForHost(of instance: ModuleInstance?) -> UnsafeMutableRawBufferPointer {
        guard let instance, let index = instance.memoryForHost else {
            return UnsafeMutableRawBufferPointer(start: nil, count: 0)
        }
        let record = memories[instance.memories[index.position].position]
        return UnsafeMutableRawBufferPointer(start: record.base, count: Int(record.byteCount))
    }

    /// Makes the flat code of a function that is called for the first time.
    @inline(never)
    func flatten(_ record: UnsafeMutablePointer<FunctionRecord>, at address: Int) {
        guard let instance = functionInstances[address] else { return }
        let position = record.pointee.definition
        var flattener = Flattener(function: position, of: instance, fusesInstructions: fusesInstructions)
        flattener.flatten(instance.module.module.functions[position].body)
        let code = UnsafeMutablePointer<FlatInstruction>.allocate(capacity: flattener.code.count)
        code.initialize(from: flattener.code, count: flattener.code.count)
        record.pointee.code = code
        let zeros = Int(flattener.firstConstantSlot) - record.pointee.parameterSlots
        let count = zeros + flattener.constants.count
        if count > 0 {
            let initial = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
            initial.initialize(repeating: 0, count: zeros)
            (initial + zeros).initialize(from: flattener.constants, count: flattener.constants.count)
            record.pointee.initial = initial
            record.pointee.initialCount = count
        }
        if !flattener.handlers.isEmpty {
            record.pointee.handlerTable = handlerTables.count
            handlerTables.append(flattener.handlers)
        }
        record.pointee.rootMap = rootMaps.count
        rootMaps.append(flattener.roots)
        record.pointee.frameSlots = max(Int(flattener.highestSlot), record.pointee.resultSlots)
        record.pointee.fuel = flattener.cost
    }

    /// Whether a function type of the store is another one or one of its subtypes.
    @inline(never)
    func isSubtype(_ type: UInt32, of other: UInt32) -> Bool { types.isSubtype(type, of: other) }

    @inline(never)
    func dropElementSegment(_ position: Int) { elementSegments[position] = [] }

    @inline(never)
    func dropDataSegment(_ position: Int) { dataSegments[position] = [] }

    /// What an instruction does that moves or fills many bytes or elements.
    /// - Parameter payable: how many can be paid for; for more than so many the instruction may trap, but does nothing else.
    @inline(never)
    func bulk(
        _ word: FlatInstruction,
        _ first: UInt64,
        _ second: UInt64,
        _ count: UInt64,
        payable: UInt64
    ) -> Trap? {
        if count > payable, !leavesSpaces(word, first, second, count) { return nil }
        let target = Int(word.b)
        let source = Int(word.c)
        switch word.opcode {
        case .memoryFill: return fillMemory(target, first, second, count)
        case .memoryCopy: return copyMemory(target, first, from: source, second, count)
        case .memoryInit: return initializeMemory(target, first, source, second, count)
        case .tableFill: return fillTable(target, first, second, count)
        case .tableCopy: return copyTable(target, first, from: source, second, count)
        default: return initializeTable(target, first, source, second, count)
        }
    }

    /// Whether an instruction that moves or fills would leave a memory, a table or a segment.
    private func leavesSpaces(_ word: FlatInstruction, _ first: UInt64, _ second: UInt64, _ count: UInt64) -> Bool {
        let target = Int(word.b)
        let source = Int(word.c)
        func leaves(_ start: UInt64, _ size: UInt64) -> Bool { count > size || start > size - count }
        switch word.opcode {
        case .memoryFill: return leaves(first, memories[target].byteCount)
        case .memoryCopy: return leaves(first, memories[target].byteCount) || leaves(second, memories[source].byteCount)
        case .memoryInit:
            return leaves(first, memories[target].byteCount) || leaves(second, UInt64(dataSegments[source].count))
        case .tableFill: return leaves(first, tables[target].count)
        case .tableCopy: return leaves(first, tables[target].count) || leaves(second, tables[source].count)
        default: return leaves(first, tables[target].count) || leaves(second, UInt64(elementSegments[source].count))
        }
    }
}
