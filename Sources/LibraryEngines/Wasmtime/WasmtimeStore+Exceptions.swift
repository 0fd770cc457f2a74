import Execution
import WasmFormats
import WasmModel

extension WasmtimeStore {
    /// The exception with which a call ended; nil where it ended with none, or the release does not show any.
    /// - Parameter module: nil where there is no instance.
    func takeException(in module: ValidatedModule?) throws(EngineFailure) -> InvocationOutcome? {
        guard let exceptions = functions.exceptions else { return nil }
        let size = WasmtimeLayout.roomForItem
        let taken = UnsafeMutableRawPointer.allocate(byteCount: 2 * size, alignment: 16)
        defer { taken.deallocate() }
        guard exceptions.take(contents, taken) else { return nil }
        let exception = exceptions.givesPointers ? taken.load(as: ForeignPointer.self) : taken
        defer { exceptions.delete(exception) }
        let tag = taken + size
        if let error = exceptions.tag(contents, exception, tag) {
            throw .refused(functions.takeMessage(ofError: error))
        }
        guard let module else { throw .refused("an exception that leaves a start function") }
        let index = try index(of: tag, in: module, exceptions)
        let types = module.functionType(of: index).parameters
        try checkCrossing(of: types, in: module)
        guard exceptions.fieldCount(contents, exception) == types.count else {
            throw .crashed("an exception of tag \(index) has \(exceptions.fieldCount(contents, exception)) values")
        }
        var payload: [WasmValue] = []
        payload.reserveCapacity(types.count)
        for position in types.indices {
            if let error = exceptions.field(contents, exception, position, value) {
                throw .refused(functions.takeMessage(ofError: error))
            }
            payload.append(takeValue())
        }
        return .threw(tag: index.rawValue, payload: payload)
    }

    /// The lowest index of a tag: that of an export which is the tag, or the only one that is not exported.
    private func index(
        of tag: ForeignPointer,
        in module: ValidatedModule,
        _ exceptions: WasmtimeExceptionFunctions
    ) throws(EngineFailure) -> TagIndex {
        var hidden: [TagIndex] = []
        for position in module.tagTypeIndices.indices {
            let index = TagIndex(position)
            guard instance?.names[.tag(index)] != nil else {
                hidden.append(index)
                continue
            }
            if exceptions.areTagsEqual(contents, tag, try findExport(.tag(index)).place) { return index }
        }
        guard hidden.count == 1 else { throw .refused("an exception whose tag is not exported") }
        return hidden[0]
    }
}
