import WasmModel

/// References that may be null, and branches on it.
extension ProgramBuilder {
    /// A branch on null or on what is not null, or a trap on null, with the signature of a function of the program.
    mutating func nullReference() {
        guard features.contains(.typedFunctionReferences) else { return }
        let index = decisions.choose(signatures.count)
        let heapType = HeapType.defined(signatureIndices[index])
        let reference = ValueType.reference(ReferenceType(isNullable: false, heapType))
        switch decisions.choose(3) {
        case 0:
            // Out of the block where it is null; what was there is used where it is not.
            let outer = open(.block, results: [])
            maybeNull(index, heapType)
            emit(.brOnNull, .label(0))
            emit(.drop)
            mark(index)
            close([], outer)
        case 1:
            emit(.block, .block(.result(reference)))
            maybeNull(index, heapType)
            emit(.brOnNonNull, .label(0))
            mark(index)
            emit(.refFunc, .function(FunctionIndex(index)))
            emit(.end)
            emit(.refIsNull)
            stack.append(.i32)
        default:
            if decisions.oneIn(16) {
                maybeNull(index, heapType)
            } else {
                emit(.refFunc, .function(FunctionIndex(index)))
            }
            emit(.refAsNonNull)
            emit(.refIsNull)
            stack.append(.i32)
        }
    }

    /// Emits null or a reference to a function, as a number that is no constant has it.
    private mutating func maybeNull(_ index: Int, _ heapType: HeapType) {
        condition()
        stack.removeLast()
        emit(.if, .block(.result(.reference(ReferenceType(isNullable: true, heapType)))))
        emit(.refFunc, .function(FunctionIndex(index)))
        emit(.else)
        emit(.refNull, .heapType(heapType))
        emit(.end)
    }
}
