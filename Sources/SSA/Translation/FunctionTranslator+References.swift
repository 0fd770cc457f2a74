import WasmFormats
import WasmModel

/// Reference and table instructions.
///
/// Spec: core 3.0, sections 4.6.6 "Reference Instructions" and 4.6.11 "Table Instructions".
extension FunctionTranslator {
    // MARK: References

    /// Whether a reference is null, an i32.
    mutating func isNull(_ reference: Value) -> Value {
        builder.emit(.compare(.equal), .reference, reference, builder.constant(.reference, 0))
    }

    mutating func translate(_ operation: ReferenceLowering, _ immediate: Immediate) {
        switch operation {
        case .null: push(builder.constant(.reference, 0))
        case .isNull: push(isNull(pop()))
        case .function: push(builder.emit(.reinterpret, .reference, recordAddress(immediate.function)))
        case .asNonNull: trap(.nullReference, if: isNull(stack[stack.count - 1]))
        }
    }

    /// `br_on_null`: the reference is not among the operands of the branch.
    mutating func translateBranchOnNull(_ index: Int) throws(TranslationError) {
        let reference = pop()
        try translateBranchIf(isNull(reference), index)
        push(reference)
    }

    /// `br_on_non_null`: the reference is the last of the operands of the branch.
    mutating func translateBranchOnNonNull(_ index: Int) throws(TranslationError) {
        let null = builder.constant(.reference, 0)
        let isReference = builder.emit(.compare(.notEqual), .reference, stack[stack.count - 1], null)
        try translateBranchIf(isReference, index)
        pop()
    }

    // MARK: Tables

    func addressType(of table: TableIndex) -> AddressType { module.module.tableTypes[table.position].addressType }

    /// The machine address of an element, after the check of its index, an i64.
    mutating func elementAddress(_ table: TableIndex, _ index: Value, beyond reason: Trap) -> Value {
        let layout = module.layout
        let length = builder.emit(.loadContext, .i64, immediate: Int64(layout.tableLength(table)))
        trap(reason, if: builder.emit(.compare(.greaterOrEqualUnsigned), .i64, index, length))
        let base = builder.emit(.loadContext, .i64, immediate: Int64(layout.tableBase(table)))
        let offset = builder.emit(.shiftLeft, .i64, index, builder.constant(.i64, 3))
        return builder.emit(.add, .i64, base, offset)
    }

    mutating func translate(_ operation: TableLowering, _ immediate: Immediate) {
        switch operation {
        case .get:
            let table = immediate.table
            let address = elementAddress(table, popIndex(addressType(of: table)), beyond: .outOfBoundsTableAccess)
            push(builder.emit(.load(.full), .reference, address))
        case .set:
            let table = immediate.table
            let reference = pop()
            let address = elementAddress(table, popIndex(addressType(of: table)), beyond: .outOfBoundsTableAccess)
            builder.emit(.store(.full), .reference, address, reference)
        case .size:
            let table = immediate.table
            let length = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.tableLength(table)))
            pushIndex(length, addressType(of: table))
        case .grow:
            let table = immediate.table
            let count = popIndex(addressType(of: table))
            let reference = pop()
            let results = callRuntime(.tableGrow, [indexConstant(table.rawValue), reference, count])
            pushIndex(results[0], addressType(of: table))
        case .fill:
            let table = immediate.table
            let count = popIndex(addressType(of: table))
            let reference = pop()
            let start = popIndex(addressType(of: table))
            callRuntime(.tableFill, [indexConstant(table.rawValue), start, reference, count])
        case .copy:
            let (destination, source) = immediate.tables
            translateCopy(
                .tableCopy,
                to: (destination.rawValue, addressType(of: destination)),
                from: (source.rawValue, addressType(of: source))
            )
        case .initialize:
            let (element, table) = immediate.elementAndTable
            translateInitialization(.tableInit, of: (table.rawValue, addressType(of: table)), from: element.rawValue)
        case .dropElements: callRuntime(.elementDrop, [indexConstant(immediate.element.rawValue)])
        }
    }
}
