import MachineCode
import SSA
import WasmModel

/// Exceptions: objects in memory of the store, and the search for who catches them.
extension CompiledStore {
    /// Ends the call from outside that is going on; what the host gate answers for that.
    func end(with end: CallEnd) -> UInt32 {
        hostEnd = end
        return Self.hostEndedCode
    }

    /// Makes an exception of zeros.
    /// - Parameters:
    ///   - tag: the identity of its tag.
    ///   - frame: the lowest address of the stack from which on there may be references to exceptions.
    /// - Returns: the reference; nil where the limit of exceptions is reached.
    func allocateException(tag: UInt64, from frame: UnsafeMutableRawPointer) -> UInt64? {
        guard let type = tagTypes[tag] else { return nil }
        let count = types.types[Int(type)].functionType?.parameters.count ?? 0
        let regionSize = exceptions.regionSize
        var exception = exceptions.allocate(tag: tag, valueCount: count)
        if exception == nil {
            collectExceptions(from: frame)
            exception = exceptions.allocate(tag: tag, valueCount: count)
        }
        if exceptions.regionSize != regionSize { regionsChanged() }
        return exception.map { UInt64(UInt(bitPattern: $0)) }
    }

    /// Frees the exceptions that nothing refers to.
    ///
    /// Compiled code keeps nothing in registers while it calls, so all references are in its frames, in globals, tables and payloads,
    /// in arguments from outside, or in the store's state. What else looks like a reference there keeps an exception for longer.
    private func collectExceptions(from frame: UnsafeMutableRawPointer) {
        var rootBytes = 0
        func mark(_ start: UnsafeRawPointer, _ byteCount: Int) {
            exceptions.markRoots(start, byteCount: byteCount)
            rootBytes += byteCount
        }
        mark(frame, stackTop - frame)
        mark(state, InstanceContextLayout.StoreState.size)
        for pages in valuesInUse { mark(pages.start, pages.size) }
        func mark(_ tables: [ElementTable], _ globals: [GlobalCell]) {
            for table in tables where table.type.element.heapType == .exception {
                mark(table.pages.start, Int(table.count) * 8)
            }
            for global in globals where global.type.valueType.isExceptionReference { mark(global.address, 16) }
        }
        mark(hostItems.tables, hostItems.globals)
        for instance in instances { mark(instance.tables, instance.globals) }
        exceptions.collect(rootBytes: rootBytes)
    }

    /// The exception behind a reference, as an instance sees it; nil where there is none.
    func thrownException(_ reference: UInt64, in instance: InstanceState) -> ThrownException? {
        typealias Record = InstanceContextLayout.ExceptionRecord
        guard let object = exceptions.exception(behind: reference) else { return nil }
        let tag = object.load(fromByteOffset: Record.tag, as: UInt64.self)
        guard let type = tagTypes[tag], let parameters = types.types[Int(type)].functionType?.parameters else {
            return nil
        }
        return ThrownException(
            tag: instance.tags.firstIndex(of: tag).map { TagIndex($0) },
            payload: instance.values(of: parameters, at: object + Record.firstValue)
        )
    }

    /// Looks for the landing of an exception along the chain of frames, up to the innermost call from outside.
    ///
    /// At a frame pointer are the caller's frame pointer and, 8 bytes above it, the return address into the caller.
    /// - Parameters:
    ///   - exception: the reference.
    ///   - start: the frame pointer of the stub that called the host.
    /// - Returns: what the host gate answers.
    func throwException(_ exception: UInt64, from start: UnsafeMutableRawPointer) -> UInt32 {
        typealias State = InstanceContextLayout.StoreState
        guard exceptions.exception(behind: exception) != nil else {
            return end(with: .fault("runtime: the exception that is thrown does not exist"))
        }
        state.storeBytes(of: exception, toByteOffset: State.exception, as: UInt64.self)
        let entryFrame = state.load(fromByteOffset: State.entryFramePointer, as: UInt.self)
        var frame = start
        while UInt(bitPattern: frame) != entryFrame {
            guard UInt(bitPattern: frame) >= stackLimit - UInt(Self.linkageSize), frame + Self.linkageSize <= stackTop,
                let caller = UnsafeMutableRawPointer(bitPattern: frame.load(as: UInt.self)), caller > frame
            else { return end(with: .fault("runtime: the chain of frames is broken")) }
            let returnAddress = frame.load(fromByteOffset: 8, as: UInt64.self)
            guard let (owner, offset) = codeRanges.find(returnAddress) else {
                return end(with: .fault("runtime: a frame returns to an address outside of all code"))
            }
            let instance = instances[owner]
            guard let landing = instance.compiled.landing(forReturnAt: offset) else {
                frame = caller
                continue
            }
            let catching = CatchingFrame(
                framePointer: UInt(bitPattern: caller),
                calleeFramePointer: UInt(bitPattern: frame),
                frameSize: landing.frameSize
            )
            let fields: [(Int, UInt)] = [
                (State.landingAddress, UInt(bitPattern: instance.code.start + landing.landingOffset)),
                (State.landingFramePointer, UInt(bitPattern: caller)),
                (State.landingStackPointer, landingStackPointer(catching)),
                (State.landingContext, UInt(bitPattern: instance.context)),
            ]
            for (offset, value) in fields { state.storeBytes(of: value, toByteOffset: offset, as: UInt.self) }
            return InstanceContextLayout.exceptionLandedCode
        }
        return InstanceContextLayout.uncaughtExceptionCode
    }

    /// The caller's frame pointer and the return address, in bytes.
    private static let linkageSize = 16
}

extension ValueType {
    /// Whether values of the type may refer to exceptions.
    fileprivate var isExceptionReference: Bool {
        if case .reference(let type) = self { type.heapType == .exception } else { false }
    }
}
