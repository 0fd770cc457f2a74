import SSA
import WasmModel

extension InstanceState {
    /// Performs a call of the host gate by code of the instance; answers what the gate answers.
    /// - Parameters:
    ///   - callee: the index of an imported function, or a runtime function.
    ///   - slots: arguments in, results out, 16 bytes each.
    ///   - frame: the frame pointer of the stub that calls.
    func hostCall(
        _ callee: UInt32,
        _ slots: UnsafeMutableRawPointer,
        _ frame: UnsafeMutableRawPointer
    ) -> UInt32 {
        store.noteHostGate()
        if callee >= InstanceContextLayout.firstRuntimeCallee {
            let number = Int64(callee - InstanceContextLayout.firstRuntimeCallee)
            guard let function = RuntimeFunction(rawValue: number) else {
                return store.end(with: .fault("runtime: there is no runtime function \(number)"))
            }
            return perform(function, slots, frame)
        }
        guard let host = hostImport(Int(callee)) else {
            return store.end(with: .fault("runtime: function \(callee) is not one of the host"))
        }
        let type = module.functionType(of: FunctionIndex(callee))
        let arguments = values(of: type.parameters, at: slots)
        switch host {
        case .logged(let function):
            guard store.hostCallLog.count < store.limits.hostCalls else {
                return store.end(with: .exhausted("host call log exhausted"))
            }
            store.hostCallLog.append(HostCall(importOrdinal: function.importOrdinal, arguments: arguments))
            return self.answer(function, at: FunctionIndex(callee), slots)
        case .body(let body):
            let memory = memoryForHost.map { UnsafeMutableRawBufferPointer(start: $0.pages.start, count: $0.byteCount) }
            store.hostCharge = 0
            let answer = body(arguments, memory ?? UnsafeMutableRawBufferPointer(start: nil, count: 0))
            if case .returned = answer, !store.payHostCharge() {
                return store.end(with: .exhausted(CompiledStore.fuelExhaustion))
            }
            return self.answer(answer, slots)
        case .reentrant(let body):
            switch body(arguments) {
            case .answered(let answer): return self.answer(answer, slots)
            case .threwAgain:
                let exception = InstanceContextLayout.StoreState.exception
                return store.throwException(store.state.load(fromByteOffset: exception, as: UInt64.self), from: frame)
            }
        }
    }

    private func answer(_ answer: HostAnswer, _ slots: UnsafeMutableRawPointer) -> UInt32 {
        switch answer {
        case .returned(let results):
            write(results, to: slots)
            return 0
        case .trapped(let trap): return trap.code
        case .exited(let code): return store.end(with: .exited(code))
        }
    }

    /// Writes the results of a logged function over its arguments. What repeats an argument keeps its identity.
    private func answer(
        _ function: HostFunction,
        at index: FunctionIndex,
        _ slots: UnsafeMutableRawPointer
    ) -> UInt32 {
        guard function.canReturn else { return Trap.noHostValue.code }
        let itself = FunctionIndex(function.importOrdinal)
        let results = function.answers.map { answer in
            switch answer {
            case .parameter(let position):
                V128(
                    low: slots.load(fromByteOffset: position * 16, as: UInt64.self),
                    high: slots.load(fromByteOffset: position * 16 + 8, as: UInt64.self)
                )
            case .made(.function(let other)): bits(of: .reference(.function(other == itself ? index : other)))
            case .made(let value): value.bits
            case .missing: V128(low: 0, high: 0)
            }
        }
        for (position, bits) in results.enumerated() { write(bits, to: slots + position * 16) }
        return 0
    }

    /// Performs a runtime function; answers a trap code, 0 for none.
    private func perform(
        _ function: RuntimeFunction,
        _ slots: UnsafeMutableRawPointer,
        _ frame: UnsafeMutableRawPointer
    ) -> UInt32 {
        func wide(_ position: Int) -> UInt64 { slots.load(fromByteOffset: position * 16, as: UInt64.self) }
        func narrow(_ position: Int) -> Int { Int(slots.load(fromByteOffset: position * 16, as: UInt32.self)) }
        func answer(_ result: UInt64) -> UInt32 {
            slots.storeBytes(of: result, as: UInt64.self)
            return 0
        }
        switch function {
        case .memoryGrow:
            let old = memories[narrow(0)].grow(byPages: wide(1))
            store.regionsChanged()
            return answer(UInt64(bitPattern: old))
        case .memoryCopy: return copyMemory(narrow(0), wide(2), from: narrow(1), wide(3), wide(4)).code
        case .memoryFill: return fillMemory(narrow(0), wide(1), narrow(2), wide(3)).code
        case .memoryInit: return initializeMemory(narrow(0), wide(2), narrow(1), wide(3), wide(4)).code
        case .dataDrop:
            dataSegments[narrow(0)] = []
            return 0
        case .tableGrow:
            let old = tables[narrow(0)].grow(by: wide(2), filledWith: wide(1))
            store.regionsChanged()
            return answer(UInt64(bitPattern: old))
        case .tableFill: return fillTable(narrow(0), wide(1), wide(2), wide(3)).code
        case .tableCopy: return copyTable(narrow(0), wide(2), from: narrow(1), wide(3), wide(4)).code
        case .tableInit: return initializeTable(narrow(0), wide(2), narrow(1), wide(3), wide(4)).code
        case .elementDrop:
            elementSegments[narrow(0)] = []
            return 0
        case .allocateException:
            guard let exception = store.allocateException(tag: tags[narrow(0)], from: frame) else {
                return store.end(with: .exhausted("heap exhausted"))
            }
            return answer(exception)
        case .throwReference: return store.throwException(wide(0), from: frame)
        case .isSubtype:
            let isSubtype = store.types.isSubtype(UInt32(narrow(0)), of: UInt32(narrow(1)))
            return answer(isSubtype ? 1 : 0)
        }
    }

    // MARK: Memories

    private func fillMemory(_ memory: Int, _ target: UInt64, _ byte: Int, _ count: UInt64) -> Trap? {
        let memory = memories[memory]
        if memory.isOutside(target, count) { return .outOfBoundsMemoryAccess }
        (memory.pages.start + Int(target)).initializeMemory(
            as: UInt8.self,
            repeating: UInt8(truncatingIfNeeded: byte),
            count: Int(count)
        )
        return nil
    }

    private func copyMemory(
        _ memory: Int,
        _ target: UInt64,
        from other: Int,
        _ source: UInt64,
        _ count: UInt64
    ) -> Trap? {
        let to = memories[memory]
        let from = memories[other]
        if to.isOutside(target, count) || from.isOutside(source, count) { return .outOfBoundsMemoryAccess }
        (to.pages.start + Int(target)).copyMemory(from: from.pages.start + Int(source), byteCount: Int(count))
        return nil
    }

    func initializeMemory(
        _ memory: Int,
        _ target: UInt64,
        _ segment: Int,
        _ source: UInt64,
        _ count: UInt64
    ) -> Trap? {
        let memory = memories[memory]
        let length = dataSegments[segment].count
        if memory.isOutside(target, count) || Self.isOutside(source, count, length) {
            return .outOfBoundsMemoryAccess
        }
        dataSegments[segment].withUnsafeBytes { bytes in
            guard count > 0, let start = bytes.baseAddress else { return }
            (memory.pages.start + Int(target)).copyMemory(from: start + Int(source), byteCount: Int(count))
        }
        return nil
    }

    // MARK: Tables

    private func fillTable(_ table: Int, _ target: UInt64, _ reference: UInt64, _ count: UInt64) -> Trap? {
        let table = tables[table]
        if table.isOutside(target, count) { return .outOfBoundsTableAccess }
        table.elements[Int(target)..<Int(target + count)].update(repeating: reference)
        return nil
    }

    private func copyTable(
        _ table: Int,
        _ target: UInt64,
        from other: Int,
        _ source: UInt64,
        _ count: UInt64
    ) -> Trap? {
        let to = tables[table]
        let from = tables[other]
        if to.isOutside(target, count) || from.isOutside(source, count) { return .outOfBoundsTableAccess }
        (to.pages.start + Int(target) * 8).copyMemory(
            from: from.pages.start + Int(source) * 8,
            byteCount: Int(count) * 8
        )
        return nil
    }

    func initializeTable(
        _ table: Int,
        _ target: UInt64,
        _ segment: Int,
        _ source: UInt64,
        _ count: UInt64
    ) -> Trap? {
        let table = tables[table]
        let length = elementSegments[segment].count
        if table.isOutside(target, count) || Self.isOutside(source, count, length) { return .outOfBoundsTableAccess }
        let elements = table.elements
        for position in 0..<Int(count) {
            elements[Int(target) + position] = elementSegments[segment][Int(source) + position]
        }
        return nil
    }

    /// Whether a range goes beyond the end of a segment.
    private static func isOutside(_ start: UInt64, _ count: UInt64, _ length: Int) -> Bool {
        let (end, overflow) = start.addingReportingOverflow(count)
        return overflow || end > UInt64(length)
    }
}

extension Trap? {
    /// The code for compiled code; 0 for no trap.
    fileprivate var code: UInt32 { self?.code ?? 0 }
}
