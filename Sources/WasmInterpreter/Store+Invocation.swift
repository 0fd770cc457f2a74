import WasmFormats
import WasmModel

extension Store {
    /// Calls a function from outside.
    ///
    /// Functions in arguments and results are named by the indices of the instance that defines the function.
    /// - Parameters:
    ///   - function: its address.
    ///   - arguments: as many and of such types as the function's type says.
    public func invoke(_ function: FunctionAddress, _ arguments: [WasmValue] = []) -> CallOutcome {
        let record = functions[function.position]
        let instance = functionInstances[function.position]
        let type = types.functionType(record.type)
        guard max(record.parameterSlots, record.resultSlots) <= limits.valueStackSlots, limits.callDepth > 0 else {
            return .exhausted(.callStack)
        }
        write(arguments, to: valueStack, in: instance)
        let exit = record.host >= 0 ? callHost(record, valueStack, from: instance) : execute(function.position)
        switch exit {
        case .finished: return .returned(read(type.results, from: valueStack, in: instance))
        case .trapped(let trap): return .trapped(trap)
        case .threw(let handle):
            let exception = exception(handle, in: instance)
            return .threw(exception.tag, exception.payload)
        case .exhausted(let limit): return .exhausted(limit)
        }
    }

    /// Calls a function of the host with the arguments from a slot on; the results go there.
    func callHost(_ record: FunctionRecord, _ slots: Slots, from instance: ModuleInstance?) -> Exit {
        if fuel < 0 { return .exhausted(.fuel) }
        if hostCalls.count >= limits.hostCalls { return .exhausted(.hostCalls) }
        let type = types.functionType(record.type)
        switch hostBodies[record.host](read(type.parameters, from: slots, in: instance)) {
        case .returned(let results):
            write(results, to: slots, in: instance)
            return .finished
        case .trapped(let trap): return .trapped(trap)
        }
    }

    /// Makes the flat code of a function that is called for the first time.
    func flatten(_ record: UnsafeMutablePointer<FunctionRecord>, at address: Int) {
        guard let instance = functionInstances[address] else { return }
        let position = record.pointee.definition
        var flattener = Flattener(function: position, of: instance)
        flattener.flatten(instance.module.module.functions[position].body)
        let code = UnsafeMutablePointer<FlatInstruction>.allocate(capacity: flattener.code.count)
        code.initialize(from: flattener.code, count: flattener.code.count)
        record.pointee.code = code
        record.pointee.codeCount = flattener.code.count
        if !flattener.constants.isEmpty {
            let constants = UnsafeMutablePointer<UInt64>.allocate(capacity: flattener.constants.count)
            constants.initialize(from: flattener.constants, count: flattener.constants.count)
            record.pointee.constants = constants
            record.pointee.constantCount = flattener.constants.count
        }
        if !flattener.handlers.isEmpty {
            record.pointee.handlerTable = handlerTables.count
            handlerTables.append(flattener.handlers)
        }
        record.pointee.localSlots = Int(flattener.firstConstantSlot)
        record.pointee.frameSlots = max(Int(flattener.highestSlot), record.pointee.resultSlots)
        record.pointee.fuel = flattener.cost
    }

    /// What an instruction does that moves or fills many bytes or elements.
    func bulk(_ word: FlatInstruction, _ first: UInt64, _ second: UInt64, _ count: UInt64) -> Trap? {
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
}
