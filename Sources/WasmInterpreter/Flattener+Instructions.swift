import WasmFormats
import WasmModel

/// Instructions that stay where they are.
extension Flattener {
    mutating func flatten(_ instruction: Instruction) {
        switch instruction.immediate {
        case .block(let type):
            switch instruction.opcode {
            case .loop: open(.loop, type)
            case .if: open(.then, type)
            default: open(.block, type)
            }
        case .label(let label): flattenBranch(instruction.opcode, label)
        case .labelTable(let labels): branchTable(labels)
        case .local(let local): flattenLocal(instruction.opcode, local)
        case .global(let global): flattenGlobal(instruction.opcode, global)
        case .function(let function):
            switch instruction.opcode {
            case .call: call(function)
            case .returnCall: call(function, isTail: true)
            default: pushConstant(UInt64(instance.functions[function.position].rawValue) + 1)
            }
        case .callIndirect(let type, let table):
            callIndirect(type, table, isTail: instruction.opcode == .returnCallIndirect)
        case .type(let type):
            switch instruction.opcode {
            case .callRef, .returnCallRef: callReference(type, isTail: instruction.opcode == .returnCallRef)
            default: flattenAggregate(instruction)
            }
        case .i32(let value): pushConstant(UInt64(UInt32(bitPattern: value)))
        case .i64(let value): pushConstant(UInt64(bitPattern: value))
        case .f32(let bits): pushConstant(UInt64(bits))
        case .f64(let bits): pushConstant(bits)
        case .heapType:
            if instruction.opcode == .refNull { pushConstant(0) } else { flattenAggregate(instruction) }
        case .types, .typeAndField, .typeAndLength, .typeAndData, .typeAndElement, .castBranch:
            flattenAggregate(instruction)
        case .memoryArgument(let argument): flattenAccess(instruction.opcode, argument)
        case .memory(let memory):
            flattenOperation(
                instruction.opcode,
                immediate: instance.memories[memory.position].rawValue,
                operands: instruction.opcode == .memorySize ? 0 : instruction.opcode == .memoryGrow ? 1 : 3,
                hasResult: instruction.opcode != .memoryFill
            )
        case .memories(let target, let source):
            flattenOperation(
                instruction.opcode,
                immediate: instance.memories[target.position].rawValue,
                instance.memories[source.position].rawValue,
                operands: 3,
                hasResult: false
            )
        case .dataAndMemory(let data, let memory):
            flattenOperation(
                instruction.opcode,
                immediate: instance.memories[memory.position].rawValue,
                UInt32(instance.firstDataSegment) + data.rawValue,
                operands: 3,
                hasResult: false
            )
        case .data(let data):
            let segment = UInt32(instance.firstDataSegment) + data.rawValue
            flattenOperation(instruction.opcode, immediate: segment, operands: 0, hasResult: false)
        case .table(let table): flattenTable(instruction.opcode, table)
        case .tables(let target, let source):
            flattenOperation(
                instruction.opcode,
                immediate: instance.tables[target.position].rawValue,
                instance.tables[source.position].rawValue,
                operands: 3,
                hasResult: false
            )
        case .elementAndTable(let element, let table):
            flattenOperation(
                instruction.opcode,
                immediate: instance.tables[table.position].rawValue,
                UInt32(instance.firstElementSegment) + element.rawValue,
                operands: 3,
                hasResult: false
            )
        case .element(let element):
            let segment = UInt32(instance.firstElementSegment) + element.rawValue
            flattenOperation(instruction.opcode, immediate: segment, operands: 0, hasResult: false)
        case .none, .selectTypes: flattenPlain(instruction.opcode)
        case .tryTable(let type, let clauses): openTryTable(type, clauses)
        case .tag(let tag): self.throw(tag)
        case .v128(let vector): pushConstant(vector)
        case .lane(let lane): flattenLane(instruction.opcode, lane)
        case .lanes(let numbers): flattenShuffle(numbers)
        case .memoryArgumentAndLane(let argument, let lane): flattenLaneAccess(instruction.opcode, argument, lane)
        }
    }

    private mutating func flattenBranch(_ opcode: Opcode, _ label: LabelIndex) {
        switch opcode {
        case .brIf:
            let condition = popCondition()
            branch(to: label, on: condition)
        case .brOnNull:
            let source = slotOfTop()
            let reference = popValue()
            branch(to: label, on: FlatInstruction(.jumpIfZero, a: source))
            // The reference is still where it was.
            if reference.isAlias { pushAlias(of: source, width: 1) } else { push() }
        case .brOnNonNull:
            branch(to: label, on: FlatInstruction(.jumpIfNotZero, a: slotOfTop()))
            popValue()
        default: branch(to: label)
        }
        lastResult = -1
    }

    // MARK: Variables

    private mutating func flattenLocal(_ opcode: Opcode, _ local: LocalIndex) {
        let slot = localSlots[local.position]
        let width = UInt32(localWidths[local.position])
        if opcode == .localGet {
            pushAlias(of: slot, width: width)
            return
        }
        let value = popValue()
        if value.source != slot {
            if aliasCounts[Int(slot)] > 0 { settle() }
            if value.isPending, let bits = value.constant {
                emitConstant(to: slot, bits)
            } else if isLastResult(value) {
                code[lastResult].a = slot
                lastResult = -1
            } else {
                emitCopy(to: slot, from: value.source, width: width)
            }
        }
        if opcode == .localTee { pushAlias(of: slot, width: width) }
    }

    private mutating func flattenGlobal(_ opcode: Opcode, _ global: GlobalIndex) {
        let address = instance.globals[global.position].rawValue
        let width = instance.module.globalTypes[global.position].valueType.slotCount
        if opcode == .globalGet {
            let slot = push(width: UInt32(width))
            emitResult(FlatInstruction(.globalGet, a: slot, b: address, small: UInt8(width)))
        } else {
            let value = pop()
            emit(FlatInstruction(.globalSet, a: address, b: value.source, small: UInt8(width)))
        }
    }

    // MARK: Memory and tables

    private mutating func flattenAccess(_ opcode: Opcode, _ argument: MemoryArgument) {
        let row = opcode.row
        let isStore = row.results?.isEmpty ?? false
        let value: Entry? = isStore ? pop() : nil
        let address = pop()
        let slot = isStore ? 0 : push(width: opcode.resultWidth)
        if !isStore, let load = takeAddress(address, of: FlatOpcode(opcode), argument) {
            emitResult(load)
            return
        }
        let place = emitPlace(of: address, argument)
        if let value {
            emit(FlatInstruction(operation: opcode, a: place.slot, b: value.source, c: place.offset))
        } else {
            emitResult(FlatInstruction(operation: opcode, a: slot, b: place.slot, c: place.offset))
        }
    }

    /// Makes one word of a load and of the last word, where that shifts an index to be the address, or adds it shifted.
    private mutating func takeAddress(
        _ address: Entry,
        of load: FlatOpcode,
        _ argument: MemoryArgument
    ) -> FlatInstruction? {
        guard isLastResult(address), load == .load32 || load == .load64, memoryInUse == argument.memory.position,
            instance.module.memoryTypes[argument.memory.position].addressType == .i32
        else { return nil }
        let computed = code[lastResult]
        let offset = UInt32(truncatingIfNeeded: argument.offset)
        switch computed.code {
        case .i32ShlImmediate:
            code.removeLast()
            let count = UInt8(truncatingIfNeeded: computed.c & 31)
            let scaled: FlatOpcode = load == .load32 ? .load32Scaled : .load64Scaled
            return FlatInstruction(scaled, a: address.slot, b: computed.b, c: offset, small: count)
        case .i32AddShifted where offset == 0:
            code.removeLast()
            var word = computed
            word.code = load == .load32 ? .load32Indexed : .load64Indexed
            return word
        default: return nil
        }
    }

    /// Makes the memory of an access the one in use, and finds the slot and the constant whose sum is the address.
    mutating func emitPlace(of address: Entry, _ argument: MemoryArgument) -> (slot: UInt32, offset: UInt32) {
        if memoryInUse != argument.memory.position {
            memoryInUse = argument.memory.position
            emit(FlatInstruction(.useMemory, a: instance.memories[argument.memory.position].rawValue))
        }
        var place = address.source
        var offset = UInt32(truncatingIfNeeded: argument.offset)
        if instance.module.memoryTypes[argument.memory.position].addressType == .i64 {
            // The sum may need 65 bits, so it is made by an instruction of its own, into a slot that is above all
            // that is in use.
            place = address.slot + 3
            highestSlot = max(highestSlot, place + 1)
            emit(FlatInstruction(.effectiveAddress, a: place, b: address.source))
            emit(
                FlatInstruction(
                    .data,
                    b: UInt32(truncatingIfNeeded: argument.offset),
                    c: UInt32(truncatingIfNeeded: argument.offset >> 32)
                )
            )
            offset = 0
        }
        return (place, offset)
    }

    private mutating func flattenTable(_ opcode: Opcode, _ table: TableIndex) {
        let address = instance.tables[table.position].rawValue
        switch opcode {
        case .tableGet:
            let index = pop()
            let slot = push()
            emitResult(FlatInstruction(operation: opcode, a: slot, b: index.source, c: address))
        case .tableSet:
            let value = pop()
            let index = pop()
            emit(FlatInstruction(operation: opcode, a: index.source, b: value.source, c: address))
        case .tableSize: flattenOperation(opcode, immediate: address, operands: 0, hasResult: true)
        case .tableGrow: flattenOperation(opcode, immediate: address, operands: 2, hasResult: true)
        default: flattenOperation(opcode, immediate: address, operands: 3, hasResult: false)
        }
    }

    /// Emits an instruction whose operands are in neighbouring slots from `a` on, where its result also goes.
    private mutating func flattenOperation(
        _ opcode: Opcode,
        immediate first: UInt32,
        _ second: UInt32 = 0,
        operands: Int,
        hasResult: Bool
    ) {
        settle(from: entries.count - operands)
        pop(count: operands)
        let base = nextSlot
        if hasResult { push() }
        emit(FlatInstruction(operation: opcode, a: base, b: first, c: second))
    }

    // MARK: Numbers and the rest

    private mutating func flattenUnary(_ opcode: Opcode) {
        switch opcode {
        case .i64ExtendI32U, .i32ReinterpretF32, .i64ReinterpretF64, .f32ReinterpretI32, .f64ReinterpretI64:
            // The slot holds the same bits.
            return
        case .i32Eqz:
            if let top = entries.last, isLastResult(top), let inverse = code[lastResult].code.inverse {
                code[lastResult].code = inverse
                return
            }
        default: break
        }
        let operand = pop()
        emitResult(FlatInstruction(operation: opcode, a: push(width: opcode.resultWidth), b: operand.source))
    }

    private mutating func flattenBinary(_ opcode: Opcode) {
        let operation = FlatOpcode(opcode)
        let right = popValue()
        let left = popValue()
        if fusesInstructions, let bits = right.constant, let form = operation.immediate(bits) {
            let source = slot(of: left)
            emitResult(FlatInstruction(form.code, a: push(), b: source, c: form.number))
        } else if fusesInstructions, let bits = left.constant, let form = operation.exchanged?.immediate(bits) {
            let source = slot(of: right)
            emitResult(FlatInstruction(form.code, a: push(), b: source, c: form.number))
        } else if operation == .i32Add, let shift = takeShift(right, beside: left) ?? takeShift(left, beside: right) {
            let other = slot(of: shift.slot == right.slot ? left : right)
            let count = UInt8(truncatingIfNeeded: shift.word.c & 31)
            emitResult(FlatInstruction(.i32AddShifted, a: push(), b: other, c: shift.word.b, small: count))
        } else if operation == .f32Add || operation == .f64Add,
            let product = takeProduct(right, beside: left) ?? takeProduct(left, beside: right)
        {
            let other = slot(of: product.slot == right.slot ? left : right)
            let code: FlatOpcode = operation == .f32Add ? .f32AddProduct : .f64AddProduct
            emitResult(FlatInstruction(code, a: push(), b: product.word.b, c: product.word.c))
            self.code.append(FlatInstruction(.data, a: other))
        } else {
            let second = slot(of: right)
            let first = slot(of: left)
            emitResult(FlatInstruction(operation: opcode, a: push(width: opcode.resultWidth), b: first, c: second))
        }
    }

    /// Removes the last word where it multiplies floating-point numbers for an operand of an addition.
    private mutating func takeProduct(_ operand: Entry, beside other: Entry) -> (slot: UInt32, word: FlatInstruction)? {
        takeLast(operand, beside: other) { $0 == .f32Mul || $0 == .f64Mul }
    }

    /// Removes the last word where it shifts an operand of an addition to the left by a constant.
    private mutating func takeShift(_ operand: Entry, beside other: Entry) -> (slot: UInt32, word: FlatInstruction)? {
        takeLast(operand, beside: other) { $0 == .i32ShlImmediate }
    }

    /// Removes the last word where it computes an operand by one of some instructions, so that the next word can do both.
    ///
    /// It stays where the other operand is a number that is in no slot yet and would come into one that the word reads.
    private mutating func takeLast(
        _ operand: Entry,
        beside other: Entry,
        where isTaken: (FlatOpcode) -> Bool
    ) -> (slot: UInt32, word: FlatInstruction)? {
        guard isLastResult(operand), let word = code.last, isTaken(word.code),
            !other.isPending || word.b != other.slot && word.c != other.slot
        else { return nil }
        code.removeLast()
        lastResult = -1
        return (operand.slot, word)
    }

    private mutating func flattenPlain(_ opcode: Opcode) {
        if let operands = opcode.row.operands {
            switch operands.count {
            case 0: break
            case 1: flattenUnary(opcode)
            case 3: flattenTernary(opcode)
            default: flattenBinary(opcode)
            }
            return
        }
        switch opcode {
        case .else: otherwise()
        case .end: end()
        case .return:
            emitReturn()
            setUnreachable()
        case .drop:
            popValue()
            lastResult = -1
        case .select, .selectTyped:
            let condition = pop()
            let otherwise = pop()
            let value = pop()
            let slot = push(width: value.width)
            emit(
                FlatInstruction(.select, a: slot, b: value.source, c: otherwise.source, small: UInt8(value.width))
            )
            emit(FlatInstruction(.data, a: condition.source))
        case .throwRef: throwReference()
        case .refEq, .arrayLen, .anyConvertExtern, .externConvertAny, .refI31, .i31GetS, .i31GetU:
            flattenAggregate(Instruction(opcode))
        case .refIsNull:
            let reference = pop()
            emitResult(FlatInstruction(.i64Eqz, a: push(), b: reference.source))
        case .refAsNonNull:
            // Only a check: the reference stays where it is.
            emit(FlatInstruction(.checkNotNull, a: slotOfTop()))
        default:
            // `unreachable`; other instructions are refused before they come here.
            emit(FlatInstruction(.unreachable))
            setUnreachable()
        }
    }
}
