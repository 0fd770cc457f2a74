import Invariants
import WasmModel

/// Structures, arrays, integers as references, and casts.
///
/// The types of aggregates are known, so the words hold positions and widths: `small` is the ``StorageKind`` of the
/// field or the element, `b` the store number of a type that an object is made of.
///
/// Spec: core 3.0, section 4.6.9 "Aggregate Instructions" and section 4.6.8 "Reference Instructions".
extension Flattener {
    mutating func flattenAggregate(_ instruction: Instruction) {
        let opcode = instruction.opcode
        switch instruction.immediate {
        case .type(let type): flattenAggregate(opcode, type)
        case .typeAndField(let type, let field): flattenField(opcode, type, field)
        case .typeAndLength(let type, let length):
            let width = elementKind(type).slotCount
            let base = operands(Int(length), hasResult: true)
            cost += Int64(length) * Int64(width) / 8
            emitAggregate(opcode, a: base, type, c: length, elementKind(type))
        case .typeAndData(let type, let data):
            let segment = UInt32(instance.firstDataSegment) + data.rawValue
            flattenSegment(opcode, type, segment)
        case .typeAndElement(let type, let element):
            let segment = UInt32(instance.firstElementSegment) + element.rawValue
            flattenSegment(opcode, type, segment)
        case .types(let type, _):
            // Arrays that are copied between have elements of the same width.
            emitAggregate(opcode, a: operands(5, hasResult: false), type, elementKind(type))
        case .heapType(let type): flattenCast(opcode, type)
        case .castBranch(let label, _, let target): branchOnCast(opcode, label, target)
        case .none: flattenReference(opcode)
        case .i32, .i64, .f32, .f64, .v128, .block, .tryTable, .label, .labelTable, .local, .global, .function,
            .callIndirect, .table, .tables, .elementAndTable, .element, .memory, .memories, .dataAndMemory, .data,
            .memoryArgument, .memoryArgumentAndLane, .lane, .lanes, .tag, .selectTypes:
            invariantFailed("immediate of an aggregate instruction")
        }
    }

    // MARK: Operands

    /// Takes so many values, which it puts into neighbouring slots, where the result also goes.
    /// - Returns: the first slot.
    private mutating func operands(_ count: Int, hasResult: Bool) -> UInt32 {
        settle(from: entries.count - count)
        pop(count: count)
        let base = nextSlot
        if hasResult { push() }
        return base
    }

    private mutating func emitAggregate(
        _ opcode: Opcode,
        a: UInt32,
        _ type: TypeIndex,
        c: UInt32 = 0,
        _ kind: StorageKind = .double
    ) {
        let number = instance.types[type.position]
        emit(FlatInstruction(operation: opcode, a: a, b: number, c: c, small: kind.rawValue))
        noteRoots()
    }

    private func fields(_ type: TypeIndex) -> [FieldType] {
        guard case .structure(let fields) = instance.module.module.types[type.position].composite else {
            invariantFailed("type of a structure")
        }
        return fields
    }

    private func elementKind(_ type: TypeIndex) -> StorageKind {
        guard case .array(let field) = instance.module.module.types[type.position].composite else {
            invariantFailed("type of an array")
        }
        return StorageKind(field.storage)
    }

    // MARK: Structures and arrays

    private mutating func flattenAggregate(_ opcode: Opcode, _ type: TypeIndex) {
        switch opcode {
        case .structNew:
            let count = fields(type).count
            let width = instance.structureWords(type)
            cost += Int64(width) / 8
            emitAggregate(opcode, a: operands(count, hasResult: true), type, c: width)
        case .structNewDefault:
            let width = instance.structureWords(type)
            cost += Int64(width) / 8
            emitAggregate(opcode, a: push(), type, c: width)
        case .arrayNew: emitAggregate(opcode, a: operands(2, hasResult: true), type, elementKind(type))
        case .arrayNewDefault: emitAggregate(opcode, a: operands(1, hasResult: true), type, elementKind(type))
        case .arrayFill: emitAggregate(opcode, a: operands(4, hasResult: false), type, elementKind(type))
        case .arraySet:
            let kind = elementKind(type)
            let value = pop()
            let index = pop()
            let array = pop()
            emit(
                FlatInstruction(
                    operation: opcode,
                    a: array.source,
                    b: index.source,
                    c: value.source,
                    small: kind.rawValue
                )
            )
        default:
            // `array.get` in one of its three forms.
            let kind = elementKind(type)
            let index = pop()
            let array = pop()
            let slot = push(width: UInt32(kind.slotCount))
            emit(FlatInstruction(operation: opcode, a: slot, b: array.source, c: index.source, small: kind.rawValue))
        }
    }

    private mutating func flattenField(_ opcode: Opcode, _ type: TypeIndex, _ field: FieldIndex) {
        let kind = StorageKind(fields(type)[field.position].storage)
        let offset = instance.structureOffset(type, field)
        if opcode == .structSet {
            let value = pop()
            let structure = pop()
            emit(
                FlatInstruction(
                    operation: opcode,
                    a: structure.source,
                    b: value.source,
                    c: offset,
                    small: kind.rawValue
                )
            )
        } else {
            let structure = pop()
            let slot = push(width: UInt32(kind.slotCount))
            emit(FlatInstruction(operation: opcode, a: slot, b: structure.source, c: offset, small: kind.rawValue))
        }
    }

    private mutating func flattenSegment(_ opcode: Opcode, _ type: TypeIndex, _ segment: UInt32) {
        let isNew = opcode == .arrayNewData || opcode == .arrayNewElem
        emitAggregate(opcode, a: operands(isNew ? 2 : 4, hasResult: isNew), type, c: segment, elementKind(type))
    }

    // MARK: References

    private mutating func flattenReference(_ opcode: Opcode) {
        switch opcode {
        case .anyConvertExtern, .externConvertAny:
            // The same bits name the same object in both hierarchies.
            break
        case .refEq:
            let right = pop()
            let left = pop()
            emit(FlatInstruction(.i64Eq, a: push(), b: left.source, c: right.source))
        default:
            let operand = pop()
            emit(FlatInstruction(operation: opcode, a: push(), b: operand.source))
        }
    }

    private func target(_ type: HeapType, isNullable: Bool) -> CastTarget {
        func target(_ kind: CastTarget.Kind) -> CastTarget { CastTarget(kind: kind, isNullable: isNullable) }
        switch type {
        case .function, .external, .any, .exception: return target(.all)
        case .noFunction, .noExternal, .none, .noException: return target(.none)
        case .equatable: return target(.equatable)
        case .i31: return target(.integer)
        case .structure: return target(.structure)
        case .array: return target(.array)
        case .defined(let index):
            var result = target(.object)
            if instance.module.module.types[index.position].functionType != nil { result.kind = .function }
            result.type = instance.types[index.position]
            return result
        }
    }

    private mutating func flattenCast(_ opcode: Opcode, _ type: HeapType) {
        let target = target(type, isNullable: opcode == .refTestNull || opcode == .refCastNull)
        if opcode == .refTest || opcode == .refTestNull {
            let operand = pop()
            emit(FlatInstruction(operation: .refTest, a: push(), b: operand.source, c: target.type, small: target.bits))
        } else {
            // Only a check: the reference stays where it is.
            emit(FlatInstruction(operation: .refCast, b: slotOfTop(), c: target.type, small: target.bits))
        }
    }

    private mutating func branchOnCast(_ opcode: Opcode, _ label: LabelIndex, _ type: ReferenceType) {
        let target = target(type.heapType, isNullable: type.isNullable)
        let test = nextSlot
        highestSlot = max(highestSlot, test + 1)
        let source = slotOfTop()
        emit(FlatInstruction(operation: .refTest, a: test, b: source, c: target.type, small: target.bits))
        branch(to: label, on: FlatInstruction(opcode == .brOnCastFail ? .jumpIfZero : .jumpIfNotZero, a: test))
        lastResult = -1
    }
}
