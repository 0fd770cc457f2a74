import Invariants
import WasmModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How an aggregate instruction ended, and what it costs beyond the fuel of any instruction.
struct AggregateStep {
    var exit = Exit.finished
    /// In units of fuel.
    var fuel: Int64 = 0

    static func trapped(_ trap: Trap) -> AggregateStep { AggregateStep(exit: .trapped(trap)) }
    static let done = AggregateStep()
}

/// Structures, arrays, integers as references, and casts.
///
/// Spec: core 3.0, section 4.6.9 "Aggregate Instructions" and section 4.6.8 "Reference Instructions".
extension InterpreterStore {
    /// Executes an instruction of flat code that ``Flattener/flattenAggregate(_:)`` made.
    /// - Parameter frame: the frame with the word behind the instruction, and the number of callers that wait; nil in constant
    ///   expressions.
    @inline(never)
    func aggregate(_ word: FlatInstruction, _ slots: Slots, in frame: (FrameRecord, depth: Int)?) -> AggregateStep {
        switch word.opcode {
        case .structNew, .structNewDefault: return makeStructure(word, slots, frame)
        case .structGet, .structGetS, .structGetU, .structSet: return accessField(word, slots)
        case .arrayNew, .arrayNewDefault, .arrayNewFixed: return makeArray(word, slots, frame)
        case .arrayNewData, .arrayNewElem: return makeArrayFromSegment(word, slots, frame)
        case .arrayGet, .arrayGetS, .arrayGetU, .arraySet: return accessElement(word, slots)
        case .arrayLen:
            let reference = slots.u64(word.b)
            if reference == 0 { return .trapped(.nullArrayReference) }
            slots.set(word.a, heap.length(of: ReferenceBits.handle(reference)))
        case .arrayFill: return fillArray(word, slots)
        case .arrayCopy: return copyArray(word, slots)
        case .arrayInitData, .arrayInitElem: return initializeArray(word, slots)
        case .refTest: slots.set(word.a, isInstance(slots.u64(word.b), word))
        case .refCast: if !isInstance(slots.u64(word.b), word) { return .trapped(.castFailure) }
        case .refI31: slots.set(word.a, ReferenceBits.integer(slots.u32(word.b)))
        case .i31GetS, .i31GetU:
            let reference = slots.u64(word.b)
            if reference == 0 { return .trapped(.nullI31Reference) }
            let value = UInt32(truncatingIfNeeded: reference) & 0x7FFF_FFFF
            if word.opcode == .i31GetU {
                slots.set(word.a, value)
            } else {
                slots.set(word.a, Int32(bitPattern: value << 1) >> 1)
            }
        default: invariantFailed("aggregate instruction in flat code")
        }
        return .done
    }

    private func kind(_ word: FlatInstruction) -> StorageKind { StorageKind(rawValue: word.small)! }

    // MARK: Casts

    /// Whether a reference is of the type that a word describes.
    private func isInstance(_ reference: UInt64, _ word: FlatInstruction) -> Bool {
        if reference == 0 { return word.small & CastTarget.nullable != 0 }
        let isObject = reference & ReferenceBits.object != 0
        switch CastTarget.Kind(rawValue: word.small & ~CastTarget.nullable)! {
        case .none: return false
        case .all: return true
        case .equatable: return isObject || reference & ReferenceBits.integer != 0
        case .integer: return !isObject && reference & ReferenceBits.integer != 0
        case .structure: return isObject && heap.kind(of: ReferenceBits.handle(reference)) == .structure
        case .array: return isObject && heap.kind(of: ReferenceBits.handle(reference)) == .array
        case .object:
            return isObject && types.isSubtype(heap.type(of: ReferenceBits.handle(reference)), of: word.c)
        case .function: return types.isSubtype(functions[Int(reference - 1)].type, of: word.c)
        }
    }

    // MARK: Structures

    /// Where an instruction stands.
    /// - Parameter operands: the number of slots of its operands, which begin at slot `a`.
    private func site(
        of word: FlatInstruction,
        operands: Int,
        _ frame: (FrameRecord, depth: Int)?
    ) -> AllocationSite? {
        frame.map { frame, depth in
            AllocationSite(
                function: frame.function,
                slots: frame.slots,
                next: frame.next,
                depth: depth,
                end: Int(word.a) + operands
            )
        }
    }

    private func makeStructure(
        _ word: FlatInstruction,
        _ slots: Slots,
        _ frame: (FrameRecord, depth: Int)?
    ) -> AggregateStep {
        let width = Int(word.c)
        let operands = word.opcode == .structNew ? width : 0
        guard
            let handle = allocate(
                .structure,
                word.b,
                length: width,
                at: site(of: word, operands: operands, frame)
            )
        else { return AggregateStep(exit: .exhausted(.heap)) }
        if word.opcode == .structNew {
            heap.content(of: handle).update(from: slots + Int(word.a), count: width)
        }
        slots.set(word.a, ReferenceBits.object(handle))
        return .done
    }

    private func accessField(_ word: FlatInstruction, _ slots: Slots) -> AggregateStep {
        let reference = slots.u64(word.opcode == .structSet ? word.a : word.b)
        if reference == 0 { return .trapped(.nullStructureReference) }
        let field = heap.content(of: ReferenceBits.handle(reference)) + Int(word.c)
        let isVector = kind(word) == .vector
        if word.opcode == .structSet {
            field[0] = slots.u64(word.b)
            if isVector { field[1] = slots.u64(word.b + 1) }
        } else {
            // The fields of a structure take whole words, whatever their width.
            slots.set(word.a, extend(field[0], kind(word), word.opcode == .structGetS))
            if isVector { slots.set(word.a + 1, field[1]) }
        }
        return .done
    }

    /// A stored value as it stands in a slot.
    @inline(__always)
    private func extend(_ bits: UInt64, _ kind: StorageKind, _ isSigned: Bool) -> UInt64 {
        switch kind {
        case .byte: isSigned ? UInt64(UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: bits)))) : bits & 0xFF
        case .half: isSigned ? UInt64(UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: bits)))) : bits & 0xFFFF
        case .word, .double, .vector: bits
        }
    }

    // MARK: Arrays

    /// Adds an array of zeros.
    private func allocateArray(
        _ word: FlatInstruction,
        _ kind: StorageKind,
        _ length: UInt64,
        operands: Int,
        _ frame: (FrameRecord, depth: Int)?
    ) -> Int? {
        // A length has 32 bits.
        allocate(
            .array,
            word.b,
            length: Int(length),
            widthExponent: kind.rawValue,
            at: site(of: word, operands: operands, frame)
        )
    }

    /// What it costs to write so many elements.
    private func cost(_ count: UInt64, _ kind: StorageKind) -> Int64 { Int64(count << UInt64(kind.rawValue)) >> 6 }

    private func makeArray(
        _ word: FlatInstruction,
        _ slots: Slots,
        _ frame: (FrameRecord, depth: Int)?
    ) -> AggregateStep {
        let kind = kind(word)
        let (length, operands): (UInt64, Int) =
            switch word.opcode {
            case .arrayNew: (UInt64(slots.u32(word.a + UInt32(kind.slotCount))), kind.slotCount + 1)
            case .arrayNewDefault: (UInt64(slots.u32(word.a)), 1)
            default: (UInt64(word.c), Int(word.c) * kind.slotCount)
            }
        guard let handle = allocateArray(word, kind, length, operands: operands, frame) else {
            return AggregateStep(exit: .exhausted(.heap))
        }
        switch word.opcode {
        case .arrayNew: fill(handle, kind, from: 0, slots + Int(word.a), length)
        case .arrayNewDefault: break
        default:
            let width = UInt64(kind.slotCount)
            for index in 0..<length { store(slots + Int(word.a) + Int(index * width), kind, to: handle, at: index) }
        }
        slots.set(word.a, ReferenceBits.object(handle))
        return AggregateStep(fuel: cost(length, kind))
    }

    private func makeArrayFromSegment(
        _ word: FlatInstruction,
        _ slots: Slots,
        _ frame: (FrameRecord, depth: Int)?
    ) -> AggregateStep {
        let kind = kind(word)
        let start = UInt64(slots.u32(word.a))
        let length = UInt64(slots.u32(word.a + 1))
        if let trap = segmentTrap(word, kind, start, length) { return .trapped(trap) }
        guard let handle = allocateArray(word, kind, length, operands: 2, frame) else {
            return AggregateStep(exit: .exhausted(.heap))
        }
        copySegment(word, kind, start, length, to: handle, at: 0)
        slots.set(word.a, ReferenceBits.object(handle))
        return AggregateStep(fuel: cost(length, kind))
    }

    private func initializeArray(_ word: FlatInstruction, _ slots: Slots) -> AggregateStep {
        let kind = kind(word)
        let reference = slots.u64(word.a)
        let target = UInt64(slots.u32(word.a + 1))
        let start = UInt64(slots.u32(word.a + 2))
        let count = UInt64(slots.u32(word.a + 3))
        if reference == 0 { return .trapped(.nullArrayReference) }
        let handle = ReferenceBits.handle(reference)
        if target + count > heap.length(of: handle) { return .trapped(.outOfBoundsArrayAccess) }
        if let trap = segmentTrap(word, kind, start, count) { return .trapped(trap) }
        copySegment(word, kind, start, count, to: handle, at: target)
        return AggregateStep(fuel: cost(count, kind))
    }

    /// Why so many elements from a place of a segment on cannot be read; of data the place is one of bytes.
    private func segmentTrap(_ word: FlatInstruction, _ kind: StorageKind, _ start: UInt64, _ count: UInt64) -> Trap? {
        switch word.opcode {
        case .arrayNewData, .arrayInitData:
            let size = UInt64(dataSegments[Int(word.c)].count)
            return start + count << UInt64(kind.rawValue) > size ? .outOfBoundsMemoryAccess : nil
        default:
            return start + count > UInt64(elementSegments[Int(word.c)].count) ? .outOfBoundsTableAccess : nil
        }
    }

    private func copySegment(
        _ word: FlatInstruction,
        _ kind: StorageKind,
        _ start: UInt64,
        _ count: UInt64,
        to handle: Int,
        at index: UInt64
    ) {
        guard count > 0 else { return }
        let target = UnsafeMutableRawPointer(heap.content(of: handle)) + Int(index) << Int(kind.rawValue)
        let byteCount = Int(count) << Int(kind.rawValue)
        switch word.opcode {
        case .arrayNewData, .arrayInitData:
            dataSegments[Int(word.c)].withUnsafeBytes { bytes in
                _ = memcpy(target, bytes.baseAddress! + Int(start), byteCount)
            }
        default:
            elementSegments[Int(word.c)].withUnsafeBytes { elements in
                _ = memcpy(target, elements.baseAddress! + Int(start) * 8, byteCount)
            }
        }
    }

    private func accessElement(_ word: FlatInstruction, _ slots: Slots) -> AggregateStep {
        let kind = kind(word)
        let isSet = word.opcode == .arraySet
        let reference = slots.u64(isSet ? word.a : word.b)
        let index = UInt64(slots.u32(isSet ? word.b : word.c))
        if reference == 0 { return .trapped(.nullArrayReference) }
        let handle = ReferenceBits.handle(reference)
        if index >= heap.length(of: handle) { return .trapped(.outOfBoundsArrayAccess) }
        if isSet {
            store(slots + Int(word.c), kind, to: handle, at: index)
            return .done
        }
        let element = UnsafeRawPointer(heap.content(of: handle)) + Int(index) << Int(kind.rawValue)
        let isSigned = word.opcode == .arrayGetS
        switch kind {
        case .byte: slots.set(word.a, extend(UInt64(element.load(as: UInt8.self)), kind, isSigned))
        case .half: slots.set(word.a, extend(UInt64(element.load(as: UInt16.self)), kind, isSigned))
        case .word: slots.set(word.a, element.load(as: UInt32.self))
        case .double: slots.set(word.a, element.load(as: UInt64.self))
        case .vector:
            slots.set(word.a, element.load(as: UInt64.self))
            slots.set(word.a + 1, element.load(fromByteOffset: 8, as: UInt64.self))
        }
        return .done
    }

    /// Writes an element from a slot, or two.
    private func store(_ value: Slots, _ kind: StorageKind, to handle: Int, at index: UInt64) {
        let element = UnsafeMutableRawPointer(heap.content(of: handle)) + Int(index) << Int(kind.rawValue)
        switch kind {
        case .byte: element.storeBytes(of: UInt8(truncatingIfNeeded: value[0]), as: UInt8.self)
        case .half: element.storeBytes(of: UInt16(truncatingIfNeeded: value[0]), as: UInt16.self)
        case .word: element.storeBytes(of: UInt32(truncatingIfNeeded: value[0]), as: UInt32.self)
        case .double: element.storeBytes(of: value[0], as: UInt64.self)
        case .vector:
            element.storeBytes(of: value[0], as: UInt64.self)
            element.storeBytes(of: value[1], toByteOffset: 8, as: UInt64.self)
        }
    }

    private func fill(_ handle: Int, _ kind: StorageKind, from index: UInt64, _ value: Slots, _ count: UInt64) {
        let isZero = value[0] == 0 && (kind != .vector || value[1] == 0)
        if isZero || kind == .byte {
            let target = UnsafeMutableRawPointer(heap.content(of: handle)) + Int(index) << Int(kind.rawValue)
            memset(target, Int32(value[0] & 0xFF), Int(count) << Int(kind.rawValue))
        } else {
            for place in index..<index + count { store(value, kind, to: handle, at: place) }
        }
    }

    private func fillArray(_ word: FlatInstruction, _ slots: Slots) -> AggregateStep {
        let kind = kind(word)
        let reference = slots.u64(word.a)
        let index = UInt64(slots.u32(word.a + 1))
        let count = UInt64(slots.u32(word.a + 2 + UInt32(kind.slotCount)))
        if reference == 0 { return .trapped(.nullArrayReference) }
        let handle = ReferenceBits.handle(reference)
        if index + count > heap.length(of: handle) { return .trapped(.outOfBoundsArrayAccess) }
        fill(handle, kind, from: index, slots + Int(word.a) + 2, count)
        return AggregateStep(fuel: cost(count, kind))
    }

    private func copyArray(_ word: FlatInstruction, _ slots: Slots) -> AggregateStep {
        let kind = kind(word)
        let target = slots.u64(word.a)
        let targetIndex = UInt64(slots.u32(word.a + 1))
        let source = slots.u64(word.a + 2)
        let sourceIndex = UInt64(slots.u32(word.a + 3))
        let count = UInt64(slots.u32(word.a + 4))
        if target == 0 || source == 0 { return .trapped(.nullArrayReference) }
        let to = ReferenceBits.handle(target)
        let from = ReferenceBits.handle(source)
        if targetIndex + count > heap.length(of: to) || sourceIndex + count > heap.length(of: from) {
            return .trapped(.outOfBoundsArrayAccess)
        }
        let shift = Int(kind.rawValue)
        memmove(
            UnsafeMutableRawPointer(heap.content(of: to)) + Int(targetIndex) << shift,
            UnsafeRawPointer(heap.content(of: from)) + Int(sourceIndex) << shift,
            Int(count) << shift
        )
        return AggregateStep(fuel: cost(count, kind))
    }

    // MARK: Constant expressions

    /// Makes an object in a constant expression.
    ///
    /// Spec: core 3.0, section 3.3.10.2 "Constant Expressions".
    func evaluateAggregate(
        _ instruction: Instruction,
        in instance: ModuleInstance,
        _ stack: inout [V128]
    ) throws(InstantiationError) {
        let index: TypeIndex
        var length = 0
        switch instruction.immediate {
        case .type(let type): index = type
        case .typeAndLength(let type, let count): (index, length) = (type, Int(count))
        default: invariantFailed("an aggregate in a constant expression names its type")
        }
        var word = FlatInstruction(operation: instruction.opcode, b: instance.types[index.position])
        var types: [ValueType] = []
        switch instance.module.module.types[index.position].composite {
        case .function: invariantFailed("an aggregate is of a structure or array type")
        case .structure(let fields):
            word.c = instance.structureWords(index)
            if instruction.opcode == .structNew { types = fields.map(\.storage.unpacked) }
        case .array(let field):
            word.small = StorageKind(field.storage).rawValue
            switch instruction.opcode {
            case .arrayNew: types = [field.storage.unpacked, .i32]
            case .arrayNewDefault: types = [.i32]
            default:
                word.c = UInt32(length)
                types = [ValueType](repeating: field.storage.unpacked, count: length)
            }
        }
        var operands: [UInt64] = []
        for (bits, type) in zip(stack.suffix(types.count), types) {
            operands.append(bits.low)
            if type == .v128 { operands.append(bits.high) }
        }
        stack.removeLast(types.count)
        operands.append(0)
        let step = operands.withUnsafeMutableBufferPointer { aggregate(word, $0.baseAddress!, in: nil) }
        switch step.exit {
        case .finished: stack.append(V128(low: operands[0], high: 0))
        case .trapped(let trap): throw .trapped(trap)
        case .exhausted(let limit): throw .exhausted(limit)
        case .threw, .exited: invariantFailed("a constant expression throws nothing and calls nobody")
        }
    }
}
