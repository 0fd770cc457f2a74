import WasmModel

/// The instructions.
///
/// Spec: core 3.0, section 3.4 "Instructions".
extension BodyValidator {
    @inline(__always)
    mutating func check(_ pointer: UnsafePointer<Instruction>) throws(ValidationError) {
        let signature = signatures.of(pointer.pointee.opcode)
        guard features.isSuperset(of: signature.pointee.feature), !isConstant else {
            return try checkGenerally(pointer, signature)
        }
        // The frequent ones are checked without a detour; the others, and those with immediates of another kind, in general.
        switch signature.pointee.route {
        case .numeric:
            guard case .none = pointer.pointee.immediate else { break }
            if signature.pointee.operandCount > 1 { try pop(signature.pointee.second) }
            try pop(signature.pointee.first)
            push(signature.pointee.result)
            return
        case .i32Constant:
            guard case .i32 = pointer.pointee.immediate else { break }
            return push(.i32)
        case .localGet:
            guard case .local(let index) = pointer.pointee.immediate else { break }
            let type = try local(index)
            if !isInitialized(index, type) { throw fail("uninitialized local \(index)") }
            return push(type)
        case .localSet:
            guard case .local(let index) = pointer.pointee.immediate else { break }
            let type = try local(index)
            try pop(type)
            return initialize(index, type)
        case .localTee:
            guard case .local(let index) = pointer.pointee.immediate else { break }
            let type = try local(index)
            try pop(type)
            initialize(index, type)
            return push(type)
        case .memoryAccess:
            guard case .memoryArgument(let argument) = pointer.pointee.immediate else { break }
            let address = try checkArgument(argument, signature)
            if signature.pointee.operandCount > 1 { try pop(signature.pointee.second) }
            try pop(address)
            if signature.pointee.hasResult { push(signature.pointee.result) }
            return
        case .end:
            guard case .none = pointer.pointee.immediate else { break }
            return try checkEnd()
        case .general: break
        }
        try checkGenerally(pointer, signature)
    }

    @inline(never)
    private mutating func checkGenerally(
        _ pointer: UnsafePointer<Instruction>,
        _ signature: UnsafePointer<OpcodeSignature>
    ) throws(ValidationError) {
        let opcode = pointer.pointee.opcode
        if !features.isSuperset(of: signature.pointee.feature) {
            try need(signature.pointee.feature, opcode.row.name)
        }
        guard pointer.pointee.immediate.kind == signature.pointee.immediate else {
            throw fail("immediate operands of another kind than \(opcode.row.name) has")
        }
        if isConstant { try checkIsConstant(opcode, signature) }
        if signature.pointee.isPlain {
            try checkPlain(pointer, signature)
        } else {
            try checkOther(pointer.pointee)
        }
    }

    private func checkIsConstant(
        _ opcode: Opcode,
        _ signature: UnsafePointer<OpcodeSignature>
    ) throws(ValidationError) {
        guard signature.pointee.isConstant else { throw fail("constant expression required") }
        if OpcodeSignature.extendedConstants.contains(opcode) {
            try need(.extendedConstants, "\(opcode.row.name) in a constant expression")
        }
    }

    // MARK: Plain instructions

    private mutating func checkPlain(
        _ pointer: UnsafePointer<Instruction>,
        _ signature: UnsafePointer<OpcodeSignature>
    ) throws(ValidationError) {
        var address = PackedType.bottom
        switch pointer.pointee.immediate {
        case .none: break
        case .memoryArgument(let argument): address = try checkArgument(argument, signature)
        case .memoryArgumentAndLane(let argument, let lane):
            address = try checkArgument(argument, signature)
            if lane >= signature.pointee.laneCount { throw fail("invalid lane index") }
        case .memory(let index): address = PackedType(try addressType(index))
        case .lane(let lane): if lane >= signature.pointee.laneCount { throw fail("invalid lane index") }
        case .lanes(let lanes):
            // Each byte must be below 32.
            if (lanes.low | lanes.high) & 0xE0E0_E0E0_E0E0_E0E0 != 0 { throw fail("invalid lane index") }
        case .element(let index): _ = try element(index)
        case .data(let index): try checkData(index)
        default: break
        }
        let (first, second) = (signature.pointee.first, signature.pointee.second)
        let (third, result) = (signature.pointee.third, signature.pointee.result)
        if signature.pointee.operandCount > 2 { try pop(third == .address ? address : third) }
        if signature.pointee.operandCount > 1 { try pop(second == .address ? address : second) }
        if signature.pointee.operandCount > 0 { try pop(first == .address ? address : first) }
        if signature.pointee.hasResult { push(result == .address ? address : result) }
    }

    @inline(__always)
    private func checkArgument(
        _ argument: MemoryArgument,
        _ signature: UnsafePointer<OpcodeSignature>
    ) throws(ValidationError) -> PackedType {
        let type = try addressType(argument.memory)
        if argument.alignment > signature.pointee.naturalAlignment {
            throw fail("alignment must not be larger than natural")
        }
        if type == .i32 && argument.offset > UInt64(UInt32.max) { throw fail("offset out of range") }
        return PackedType(type)
    }

    // MARK: Other instructions

    private mutating func checkOther(_ instruction: Instruction) throws(ValidationError) {
        switch (instruction.opcode, instruction.immediate) {
        case (.localGet, .local(let index)):
            let type = try local(index)
            if !isInitialized(index, type) { throw fail("uninitialized local \(index)") }
            push(type)
        case (.localSet, .local(let index)):
            let type = try local(index)
            try pop(type)
            initialize(index, type)
        case (.localTee, .local(let index)):
            let type = try local(index)
            try pop(type)
            initialize(index, type)
            push(type)
        case (.globalGet, .global(let index)):
            let type = try global(index)
            if isConstant && type.isMutable { throw fail("constant expression required") }
            push(PackedType(type.valueType))
        case (.globalSet, .global(let index)):
            let type = try global(index)
            if !type.isMutable { throw fail("immutable global \(index)") }
            try pop(PackedType(type.valueType))
        case (.drop, _): _ = try popAny()
        case (.select, _): try checkSelect()
        case (.selectTyped, .selectTypes(let types)):
            guard types.count == 1 else { throw fail("invalid result arity") }
            try checkType(types[0])
            let type = PackedType(types[0])
            try pop(.i32)
            try pop(type)
            try pop(type)
            push(type)
        case (.unreachable, _), (.block, _), (.loop, _), (.if, _), (.else, _), (.end, _), (.br, _), (.brIf, _),
            (.brTable, _), (.return, _), (.call, _), (.callIndirect, _), (.returnCall, _),
            (.returnCallIndirect, _), (.callRef, _), (.returnCallRef, _), (.throw, _), (.throwRef, _),
            (.tryTable, _), (.brOnNull, _), (.brOnNonNull, _), (.brOnCast, _), (.brOnCastFail, _):
            try checkControl(instruction)
        case (.tableGet, _), (.tableSet, _), (.tableSize, _), (.tableGrow, _), (.tableFill, _), (.tableCopy, _),
            (.tableInit, _), (.memoryInit, _), (.memoryCopy, _), (.memoryFill, _):
            try checkBulk(instruction)
        default: try checkReference(instruction)
        }
    }

    private mutating func checkSelect() throws(ValidationError) {
        try pop(.i32)
        let second = try popAny()
        let first = try popAny()
        guard first.isNumberOrVectorOrBottom && second.isNumberOrVectorOrBottom else {
            throw mismatch("a number or a vector", "\(first.isNumberOrVectorOrBottom ? second : first)")
        }
        guard first == second || first == .bottom || second == .bottom else { throw mismatch(first, second) }
        push(first == .bottom ? second : first)
    }

    // MARK: Tables and memories

    private mutating func checkBulk(_ instruction: Instruction) throws(ValidationError) {
        switch (instruction.opcode, instruction.immediate) {
        case (.tableGet, .table(let index)):
            let type = try table(index)
            try pop(PackedType(type.addressType))
            push(PackedType(type.element))
        case (.tableSet, .table(let index)):
            let type = try table(index)
            try pop(PackedType(type.element))
            try pop(PackedType(type.addressType))
        case (.tableSize, .table(let index)): push(PackedType(try table(index).addressType))
        case (.tableGrow, .table(let index)):
            let type = try table(index)
            try pop(PackedType(type.addressType))
            try pop(PackedType(type.element))
            push(PackedType(type.addressType))
        case (.tableFill, .table(let index)):
            let type = try table(index)
            try pop(PackedType(type.addressType))
            try pop(PackedType(type.element))
            try pop(PackedType(type.addressType))
        case (.tableCopy, .tables(let destination, let source)):
            let (to, from) = (try table(destination), try table(source))
            let (source, target) = (PackedType(from.element), PackedType(to.element))
            guard spaces.types.isSubtype(source, of: target) else { throw mismatch(target, source) }
            try popCopy(to.addressType, from.addressType)
        case (.tableInit, .elementAndTable(let index, let table)):
            let to = try self.table(table)
            let (source, target) = (try element(index), PackedType(to.element))
            guard spaces.types.isSubtype(source, of: target) else { throw mismatch(target, source) }
            try pop(.i32)
            try pop(.i32)
            try pop(PackedType(to.addressType))
        case (.memoryInit, .dataAndMemory(let data, let memory)):
            let type = try addressType(memory)
            try checkData(data)
            try pop(.i32)
            try pop(.i32)
            try pop(PackedType(type))
        case (.memoryCopy, .memories(let destination, let source)):
            try popCopy(try addressType(destination), try addressType(source))
        case (.memoryFill, .memory(let index)):
            let type = PackedType(try addressType(index))
            try pop(type)
            try pop(.i32)
            try pop(type)
        default: throw unsupported(instruction)
        }
    }

    /// Pops the length, the source and the destination of a copy; the length has the smaller of the address types.
    private mutating func popCopy(_ destination: AddressType, _ source: AddressType) throws(ValidationError) {
        try pop(destination == .i64 && source == .i64 ? .i64 : .i32)
        try pop(PackedType(source))
        try pop(PackedType(destination))
    }

    // MARK: References

    private mutating func checkReference(_ instruction: Instruction) throws(ValidationError) {
        switch (instruction.opcode, instruction.immediate) {
        case (.refNull, .heapType(let type)):
            try checkType(type)
            push(PackedType(isNullable: true, PackedHeapType(type)))
        case (.refIsNull, _):
            _ = try popReference()
            push(.i32)
        case (.refFunc, .function(let index)):
            _ = try functionSignature(of: index)
            if !isConstant && !spaces.isDeclared[index.position] {
                throw fail("undeclared function reference \(index)")
            }
            let type = spaces.functions[index.position]
            push(PackedType(isNullable: false, PackedHeapType(rawValue: type.rawValue)))
        case (.refAsNonNull, _):
            let type = try popReference()
            push(type == .bottom ? PackedType(isNullable: false, .bottom) : type.withoutNull)
        case (.refEq, _):
            try pop(.nullableEquatable)
            try pop(.nullableEquatable)
            push(.i32)
        default: try checkAggregate(instruction)
        }
    }

    func unsupported(_ instruction: Instruction) -> ValidationError {
        fail("unsupported: validation of \(instruction.opcode.row.name)")
    }
}
