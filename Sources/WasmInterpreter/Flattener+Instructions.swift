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
        case .referenceType:
            emit(FlatInstruction(.unreachable))
        }
    }

    private mutating func flattenBranch(_ opcode: Opcode, _ label: LabelIndex) {
        switch opcode {
        case .brIf:
            let condition = pop()
            branch(to: label, on: condition.source)
        case .brOnNull:
            let test = testNull()
            let reference = pop()
            branch(to: label, on: test)
            // The reference is still where it was.
            push()
            if reference.source != reference.slot {
                entries[entries.count - 1].source = reference.source
                aliases.append(entries.count - 1)
                if reference.source < firstConstantSlot { aliasCounts[Int(reference.source)] += 1 }
            }
        case .brOnNonNull:
            let test = testNull()
            branch(to: label, on: test, isNegated: true)
            _ = pop()
        default: branch(to: label)
        }
        lastResult = -1
    }

    /// Puts into the slot above the stack whether the uppermost reference is null.
    private mutating func testNull() -> UInt32 {
        let source = entries[entries.count - 1].source
        let test = nextSlot
        highestSlot = max(highestSlot, test + 1)
        emit(FlatInstruction(.refIsNull, a: test, b: source))
        return test
    }

    mutating func pushConstant(_ bits: UInt64) {
        if let slot = constantSlots[bits] {
            pushAlias(of: slot, width: 1)
        } else {
            let slot = push()
            emitResult(
                FlatInstruction(
                    .i64Const,
                    a: slot,
                    b: UInt32(truncatingIfNeeded: bits),
                    c: UInt32(truncatingIfNeeded: bits >> 32)
                )
            )
        }
    }

    /// Emits an instruction whose result is the uppermost value, in slot `a`.
    private mutating func emitResult(_ instruction: FlatInstruction) {
        emit(instruction)
        lastResult = code.count - 1
    }

    // MARK: Variables

    private mutating func flattenLocal(_ opcode: Opcode, _ local: LocalIndex) {
        let slot = localSlots[local.position]
        let width = UInt32(localWidths[local.position])
        if opcode == .localGet {
            pushAlias(of: slot, width: width)
            return
        }
        let computed = lastResult
        let value = pop()
        if value.source != slot {
            if aliasCounts[Int(slot)] > 0 { settle() }
            if computed >= 0, lastResult == computed, value.source == value.slot,
                code[computed].a == value.slot
            {
                code[computed].a = slot
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
            emitResult(FlatInstruction(.globalGet, a: slot, b: address, small: UInt16(width)))
        } else {
            let value = pop()
            emit(FlatInstruction(.globalSet, a: address, b: value.source, small: UInt16(width)))
        }
    }

    // MARK: Memory and tables

    private mutating func flattenAccess(_ opcode: Opcode, _ argument: MemoryArgument) {
        let row = opcode.row
        let isStore = row.results?.isEmpty ?? false
        let value: Entry? = isStore ? pop() : nil
        let address = pop()
        let slot = isStore ? 0 : push(width: opcode.resultWidth)
        let place = emitPlace(of: address, argument)
        if let value {
            emit(FlatInstruction(opcode, a: place.slot, b: value.source, c: place.offset))
        } else {
            emitResult(FlatInstruction(opcode, a: slot, b: place.slot, c: place.offset))
        }
    }

    /// Makes the memory of an access the one in use, and finds the slot and the constant whose sum is the address.
    mutating func emitPlace(of address: Entry, _ argument: MemoryArgument) -> (slot: UInt32, offset: UInt32) {
        if memoryInUse != argument.memory.position {
            memoryInUse = argument.memory.position
            emit(FlatInstruction(.drop, a: instance.memories[argument.memory.position].rawValue))
        }
        var place = address.source
        var offset = UInt32(truncatingIfNeeded: argument.offset)
        if instance.module.memoryTypes[argument.memory.position].addressType == .i64 {
            // The sum may need 65 bits, so it is made by an instruction of its own, into a slot that is above all
            // that is in use.
            place = address.slot + 3
            highestSlot = max(highestSlot, place + 1)
            emit(FlatInstruction(.end, a: place, b: address.source))
            emit(
                FlatInstruction(
                    .nop,
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
            emitResult(FlatInstruction(opcode, a: slot, b: index.source, c: address))
        case .tableSet:
            let value = pop()
            let index = pop()
            emit(FlatInstruction(opcode, a: index.source, b: value.source, c: address))
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
        emit(FlatInstruction(opcode, a: base, b: first, c: second))
    }

    // MARK: Numbers and the rest

    private mutating func flattenPlain(_ opcode: Opcode) {
        if let operands = opcode.row.operands {
            switch operands.count {
            case 0: break
            case 1:
                let operand = pop()
                let slot = push(width: opcode.resultWidth)
                emitResult(FlatInstruction(opcode, a: slot, b: operand.source))
            case 3: flattenTernary(opcode)
            default:
                let right = pop()
                let left = pop()
                let slot = push(width: opcode.resultWidth)
                emitResult(FlatInstruction(opcode, a: slot, b: left.source, c: right.source))
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
            _ = pop()
            lastResult = -1
        case .select, .selectTyped:
            let condition = pop()
            let otherwise = pop()
            let value = pop()
            let slot = push(width: value.width)
            emit(
                FlatInstruction(.select, a: slot, b: value.source, c: otherwise.source, small: UInt16(value.width))
            )
            emit(FlatInstruction(.nop, a: condition.source))
        case .throwRef: throwReference()
        case .refEq, .arrayLen, .anyConvertExtern, .externConvertAny, .refI31, .i31GetS, .i31GetU:
            flattenAggregate(Instruction(opcode))
        case .refIsNull:
            let reference = pop()
            let slot = push()
            emitResult(FlatInstruction(.refIsNull, a: slot, b: reference.source))
        case .refAsNonNull:
            // Only a check: the reference stays where it is.
            emit(FlatInstruction(.refAsNonNull, a: entries[entries.count - 1].source))
        default:
            // `unreachable`; other instructions are refused before they come here.
            emit(FlatInstruction(.unreachable))
            setUnreachable()
        }
    }
}
