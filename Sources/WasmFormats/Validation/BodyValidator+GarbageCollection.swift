import WasmModel

/// Structures, arrays, small integers and casts.
///
/// Spec: core 3.0, section 3.4 "Instructions", aggregate and reference instructions.
extension BodyValidator {
    mutating func checkAggregate(_ instruction: Instruction) throws(ValidationError) {
        switch (instruction.opcode, instruction.immediate) {
        case (.structNew, .type(let index)):
            let fields = try structure(index)
            try pop(spaces.types.members(fields))
            push(reference(index))
        case (.structNewDefault, .type(let index)):
            guard spaces.types.areAllDefaultable(try structure(index)) else {
                throw fail("type mismatch: a field has no default")
            }
            push(reference(index))
        case (.structGet, .typeAndField(let index, let field)):
            try getField(try self.field(index, field), isPackedNeeded: false, of: index)
        case (.structGetS, .typeAndField(let index, let field)), (.structGetU, .typeAndField(let index, let field)):
            try getField(try self.field(index, field), isPackedNeeded: true, of: index)
        case (.structSet, .typeAndField(let index, let field)):
            let type = try self.field(index, field)
            guard type.isMutable else { throw fail("immutable field \(field)") }
            try pop(unpacked(type))
            try pop(nullableReference(index))
        case (.refI31, _):
            try pop(.i32)
            push(PackedType(isNullable: false, .i31))
        case (.i31GetS, _), (.i31GetU, _):
            try pop(PackedType(isNullable: true, .i31))
            push(.i32)
        case (.anyConvertExtern, _): try convert(from: .external, to: .any)
        case (.externConvertAny, _): try convert(from: .any, to: .external)
        case (.refTest, .heapType(let type)), (.refTestNull, .heapType(let type)):
            try popForCast(type)
            push(.i32)
        case (.refCast, .heapType(let type)):
            try popForCast(type)
            push(PackedType(isNullable: false, PackedHeapType(type)))
        case (.refCastNull, .heapType(let type)):
            try popForCast(type)
            push(PackedType(isNullable: true, PackedHeapType(type)))
        default: try checkArray(instruction)
        }
    }

    private mutating func checkArray(_ instruction: Instruction) throws(ValidationError) {
        switch (instruction.opcode, instruction.immediate) {
        case (.arrayNew, .type(let index)):
            let element = try self.array(index)
            try pop(.i32)
            try pop(unpacked(element))
            push(reference(index))
        case (.arrayNewDefault, .type(let index)):
            guard unpacked(try self.array(index)).isDefaultable else {
                throw fail("type mismatch: the element type has no default")
            }
            try pop(.i32)
            push(reference(index))
        case (.arrayNewFixed, .typeAndLength(let index, let length)):
            let type = unpacked(try self.array(index))
            try popRepeated(type, length)
            push(reference(index))
        case (.arrayNewData, .typeAndData(let index, let data)):
            try checkNumeric(try self.array(index))
            try checkData(data)
            try pop(.i32)
            try pop(.i32)
            push(reference(index))
        case (.arrayNewElem, .typeAndElement(let index, let segment)):
            try checkElement(segment, for: try self.array(index))
            try pop(.i32)
            try pop(.i32)
            push(reference(index))
        case (.arrayGet, .type(let index)):
            let element = try self.array(index)
            try pop(.i32)
            try getField(element, isPackedNeeded: false, of: index)
        case (.arrayGetS, .type(let index)), (.arrayGetU, .type(let index)):
            let element = try self.array(index)
            try pop(.i32)
            try getField(element, isPackedNeeded: true, of: index)
        case (.arraySet, .type(let index)):
            let element = try mutableArray(index)
            try pop(unpacked(element))
            try pop(.i32)
            try pop(nullableReference(index))
        case (.arrayLen, _):
            try pop(PackedType(isNullable: true, .array))
            push(.i32)
        case (.arrayFill, .type(let index)):
            let element = try mutableArray(index)
            try pop(.i32)
            try pop(unpacked(element))
            try pop(.i32)
            try pop(nullableReference(index))
        case (.arrayCopy, .types(let destination, let source)):
            let (to, from) = (try mutableArray(destination), try self.array(source))
            guard spaces.types.matches(from.storage, to.storage) else { throw fail("array types do not match") }
            try pop(.i32)
            try pop(.i32)
            try pop(nullableReference(source))
            try pop(.i32)
            try pop(nullableReference(destination))
        case (.arrayInitData, .typeAndData(let index, let data)):
            try checkNumeric(try mutableArray(index))
            try checkData(data)
            try popInitialization(of: index)
        case (.arrayInitElem, .typeAndElement(let index, let segment)):
            try checkElement(segment, for: try mutableArray(index))
            try popInitialization(of: index)
        default: throw unsupported(instruction)
        }
    }

    /// Checks a branch that casts; the operand comes last of what the label takes.
    mutating func checkCastBranch(
        _ label: LabelIndex,
        from source: ReferenceType,
        to target: ReferenceType,
        branchesOnSuccess: Bool
    ) throws(ValidationError) {
        try checkType(source)
        try checkType(target)
        let (from, to) = (PackedType(source), PackedType(target))
        guard spaces.types.isSubtype(to, of: from) else { throw mismatch("a subtype of \(from)", "\(to)") }
        let rest = target.isNullable ? from.withoutNull : from
        let types = try labelTypes(label)
        guard types.count > 0 else { throw mismatch("a label with a reference", "[]") }
        let last = pool[types.start + types.count - 1]
        let carried = branchesOnSuccess ? to : rest
        guard spaces.types.isSubtype(carried, of: last) else { throw mismatch(last, carried) }
        let others = TypeRun(start: types.start, count: types.count - 1)
        try pop(from)
        try pop(others)
        try push(others)
        push(branchesOnSuccess ? rest : to)
    }

    // MARK: Types

    private func kind(_ index: TypeIndex) throws(ValidationError) -> TypeSpace.Kind {
        guard index.position < spaces.types.kinds.count else { throw fail("unknown type \(index)") }
        return spaces.types.kinds[index.position]
    }

    /// Checks that a type is one of a structure.
    private func structure(_ index: TypeIndex) throws(ValidationError) -> Int {
        guard try kind(index) == .structure else {
            throw fail("type mismatch: type \(index) is no structure type")
        }
        return index.position
    }

    private func field(_ index: TypeIndex, _ field: FieldIndex) throws(ValidationError) -> FieldType {
        let type = try structure(index)
        guard field.position < spaces.types.members(type).count else { throw fail("unknown field \(field)") }
        return spaces.types.field(field.position, of: type)
    }

    private func array(_ index: TypeIndex) throws(ValidationError) -> FieldType {
        guard try kind(index) == .array else { throw fail("type mismatch: type \(index) is no array type") }
        return spaces.types.field(0, of: index.position)
    }

    private func mutableArray(_ index: TypeIndex) throws(ValidationError) -> FieldType {
        let element = try array(index)
        guard element.isMutable else { throw fail("immutable array") }
        return element
    }

    private func unpacked(_ field: FieldType) -> PackedType { PackedType(field.storage.unpacked) }

    private func isPacked(_ field: FieldType) -> Bool {
        switch field.storage {
        case .value: false
        case .packedI8, .packedI16: true
        }
    }

    private func reference(_ index: TypeIndex) -> PackedType {
        PackedType(isNullable: false, PackedHeapType(rawValue: index.rawValue))
    }

    private func nullableReference(_ index: TypeIndex) -> PackedType {
        PackedType(isNullable: true, PackedHeapType(rawValue: index.rawValue))
    }

    private func checkNumeric(_ element: FieldType) throws(ValidationError) {
        guard !unpacked(element).isReference else { throw fail("array type is not numeric or vector") }
    }

    private func checkElement(_ segment: ElementIndex, for element: FieldType) throws(ValidationError) {
        let (source, target) = (try self.element(segment), unpacked(element))
        guard spaces.types.isSubtype(source, of: target) else { throw mismatch(target, source) }
    }

    // MARK: Operands

    private mutating func getField(
        _ field: FieldType,
        isPackedNeeded: Bool,
        of index: TypeIndex
    ) throws(ValidationError) {
        guard isPacked(field) == isPackedNeeded else {
            throw fail(isPackedNeeded ? "type mismatch: the field is not packed" : "type mismatch: the field is packed")
        }
        try pop(nullableReference(index))
        push(unpacked(field))
    }

    /// Pops so many operands of one type; a count from the module costs no more than the operands that are there.
    private mutating func popRepeated(_ type: PackedType, _ count: UInt32) throws(ValidationError) {
        let available = min(stack.count - base, Int(count))
        for _ in 0..<available { try pop(type) }
        if available < Int(count) && !isUnreachable { throw mismatch("\(count) of \(type)", "\(available)") }
    }

    private mutating func popInitialization(of index: TypeIndex) throws(ValidationError) {
        try pop(.i32)
        try pop(.i32)
        try pop(.i32)
        try pop(nullableReference(index))
    }

    private mutating func convert(from source: PackedHeapType, to target: PackedHeapType) throws(ValidationError) {
        let type = try popReference()
        let expected = PackedType(isNullable: true, source)
        guard spaces.types.isSubtype(type, of: expected) else { throw mismatch(expected, type) }
        push(PackedType(isNullable: type.isNullable, target))
    }

    /// Pops a reference of the hierarchy that a heap type is in.
    private mutating func popForCast(_ type: HeapType) throws(ValidationError) {
        try checkType(type)
        let packed = PackedHeapType(type)
        try pop(PackedType(isNullable: true, spaces.types.top(of: packed)))
    }
}
