import Invariants
import WasmModel

/// Why the loop stopped.
enum Exit {
    case finished
    case trapped(Trap)
    /// The handle of an exception that no active function catches.
    case threw(Int)
    case exhausted(Exhaustion)
}

/// Whether an access of so many bytes leaves a memory.
@inline(__always)
private func outOfBounds(_ address: UInt64, _ width: UInt64, _ size: UInt64) -> Bool {
    // The address may be anything in memories with wide addresses, so nothing may be added to it.
    size < width || address > size &- width
}

extension Store {
    /// Executes a function whose arguments are in the first slots of the value stack; its results will be there.
    ///
    /// Calls use the frame stack of the store, never that of the host.
    ///
    /// Spec: core 3.0, section 4.6 "Instructions".
    func execute(_ address: Int) -> Exit {
        let functions = self.functions.base
        let memories = self.memories.base
        let tables = self.tables.base
        let globals = self.globals.base
        let frames = frameStack
        let depthLimit = limits.callDepth
        let relaxed = self.relaxed
        let stackEnd = valueStack + limits.valueStackSlots
        var depth = 0
        var fuel = self.fuel
        var exit = Exit.finished

        var function = functions + address
        var slots: Slots = valueStack
        var memory = 0
        var memoryBase = memories[0].base
        var memorySize: UInt64 = 0
        // Where execution goes on; nil at the start of a function.
        var start: UnsafeMutablePointer<FlatInstruction>?

        run: while true {
            if start == nil {
                // The callee is in `function`, its frame in `slots`.
                if function.pointee.code == nil { flatten(function, at: function - functions) }
                let callee = function.pointee
                if callee.frameSlots > stackEnd - slots {
                    exit = .exhausted(.callStack)
                    break run
                }
                fuel &-= callee.fuel
                if fuel < 0 {
                    exit = .exhausted(.fuel)
                    break run
                }
                var slot = slots + callee.parameterSlots
                for _ in callee.parameterSlots..<callee.localSlots {
                    slot.pointee = 0
                    slot += 1
                }
                for position in 0..<callee.constantCount { slot[position] = callee.constants![position] }
                start = callee.code! + 1
            }
            var next = start!
            memory = function.pointee.memory
            memoryBase = memories[memory].base
            memorySize = memories[memory].byteCount
            // The function that is to be called, with its arguments.
            let callee: UnsafeMutablePointer<FunctionRecord>
            let arguments: Slots
            let isTail: Bool
            dispatch: while true {
                let word = next.pointee
                next += 1
                switch word.opcode {
                // MARK: Control
                case .unreachable:
                    exit = .trapped(.unreachable)
                    break run
                case .nop: break
                case .loop:
                    fuel &-= Int64(word.a)
                    if fuel < 0 {
                        exit = .exhausted(.fuel)
                        break run
                    }
                case .br: next += word.distance
                case .brIf: if slots.u32(word.a) != 0 { next += word.distance }
                case .if: if slots.u32(word.a) == 0 { next += word.distance }
                case .brTable:
                    next += Int(min(slots.u32(word.a), word.b &- 1))
                    next += next.pointee.distance + 1
                case .return:
                    if word.b == 1 {
                        slots[0] = slots[Int(word.a)]
                    } else if word.b > 1 {
                        slots.update(from: slots + Int(word.a), count: Int(word.b))
                    }
                    if depth == 0 { break run }
                    depth &-= 1
                    function = frames[depth].function
                    slots = frames[depth].slots
                    start = frames[depth].next
                    continue run
                case .call:
                    callee = functions + Int(word.b)
                    arguments = slots + Int(word.a)
                    isTail = false
                    break dispatch
                case .returnCall:
                    callee = functions + Int(word.b)
                    arguments = slots + Int(word.a)
                    isTail = true
                    break dispatch
                case .callIndirect, .returnCallIndirect:
                    let table = tables[Int(next.pointee.a)]
                    next += 1
                    let position = slots.u64(word.b)
                    if position >= table.count {
                        exit = .trapped(.undefinedElement)
                        break run
                    }
                    let reference = table.elements[Int(position)]
                    if reference == 0 {
                        exit = .trapped(.uninitializedElement)
                        break run
                    }
                    callee = functions + Int(reference &- 1)
                    if callee.pointee.type != word.c, !types.isSubtype(callee.pointee.type, of: word.c) {
                        exit = .trapped(.indirectCallTypeMismatch)
                        break run
                    }
                    arguments = slots + Int(word.a)
                    isTail = word.opcode == .returnCallIndirect
                    break dispatch
                case .callRef, .returnCallRef:
                    let reference = slots.u64(word.b)
                    if reference == 0 {
                        exit = .trapped(.nullFunctionReference)
                        break run
                    }
                    callee = functions + Int(reference &- 1)
                    arguments = slots + Int(word.a)
                    isTail = word.opcode == .returnCallRef
                    break dispatch

                case .throw, .throwRef:
                    let landing = raise(word, in: function, slots, before: next, depth: depth)
                    exit = landing.exit
                    guard case .finished = exit else { break run }
                    fuel &-= landing.fuel
                    if fuel < 0 {
                        exit = .exhausted(.fuel)
                        break run
                    }
                    function = landing.function
                    slots = landing.slots
                    start = landing.start
                    depth = landing.depth
                    continue run

                // MARK: Moves
                case .localGet: slots[Int(word.a)] = slots[Int(word.b)]
                case .block: (slots + Int(word.a)).update(from: slots + Int(word.b), count: Int(word.c))
                case .i64Const: slots.set(word.a, word.wide)
                case .select:
                    let source = slots.u32(next.pointee.a) != 0 ? word.b : word.c
                    next += 1
                    slots[Int(word.a)] = slots[Int(source)]
                    if word.small == 2 { slots[Int(word.a) + 1] = slots[Int(source) + 1] }
                case .globalGet:
                    slots[Int(word.a)] = globals[Int(word.b) * 2]
                    if word.small == 2 { slots[Int(word.a) + 1] = globals[Int(word.b) * 2 + 1] }
                case .globalSet:
                    globals[Int(word.a) * 2] = slots[Int(word.b)]
                    if word.small == 2 { globals[Int(word.a) * 2 + 1] = slots[Int(word.b) + 1] }

                // MARK: References
                case .refIsNull: slots.set(word.a, slots.u64(word.b) == 0)
                case .refAsNonNull:
                    if slots.u64(word.a) == 0 {
                        exit = .trapped(.nullReference)
                        break run
                    }

                case .structNew, .structNewDefault, .structGet, .structGetS, .structGetU, .structSet, .arrayNew,
                    .arrayNewDefault, .arrayNewFixed, .arrayNewData, .arrayNewElem, .arrayGet, .arrayGetS, .arrayGetU,
                    .arraySet, .arrayLen, .arrayFill, .arrayCopy, .arrayInitData, .arrayInitElem, .refTest, .refCast,
                    .refI31, .i31GetS, .i31GetU:
                    let step = aggregate(word, slots)
                    exit = step.exit
                    guard case .finished = exit else { break run }
                    fuel &-= step.fuel
                    if fuel < 0 {
                        exit = .exhausted(.fuel)
                        break run
                    }

                // MARK: Tables
                case .tableGet:
                    let table = tables[Int(word.c)]
                    let position = slots.u64(word.b)
                    if position >= table.count {
                        exit = .trapped(.outOfBoundsTableAccess)
                        break run
                    }
                    slots.set(word.a, table.elements[Int(position)])
                case .tableSet:
                    let table = tables[Int(word.c)]
                    let position = slots.u64(word.a)
                    if position >= table.count {
                        exit = .trapped(.outOfBoundsTableAccess)
                        break run
                    }
                    table.elements[Int(position)] = slots.u64(word.b)
                case .tableSize: slots.set(word.a, tables[Int(word.b)].count)
                case .tableGrow:
                    let table = Int(word.b)
                    let count = slots.u64(word.a &+ 1)
                    let old = growTable(table, by: count, filledWith: slots.u64(word.a))
                    fuel &-= old == nil ? 0 : Int64(count >> 3)
                    let failure: UInt64 = tables[table].type.addressType == .i32 ? 0xFFFF_FFFF : .max
                    slots.set(word.a, old ?? failure)
                case .tableFill, .tableCopy, .tableInit, .memoryFill, .memoryCopy, .memoryInit:
                    let first = slots.u64(word.a)
                    let second = slots.u64(word.a &+ 1)
                    let count = slots.u64(word.a &+ 2)
                    if let trap = bulk(word, first, second, count) {
                        exit = .trapped(trap)
                        break run
                    }
                    fuel &-= Int64(count >> 4)
                    if fuel < 0 {
                        exit = .exhausted(.fuel)
                        break run
                    }
                case .elemDrop: elementSegments[Int(word.b)] = []
                case .dataDrop: dataSegments[Int(word.b)] = []

                // MARK: Memories
                case .drop:
                    memory = Int(word.a)
                    memoryBase = memories[memory].base
                    memorySize = memories[memory].byteCount
                case .end:
                    let (sum, overflow) = slots.u64(word.b).addingReportingOverflow(next.pointee.wide)
                    next += 1
                    if overflow {
                        exit = .trapped(.outOfBoundsMemoryAccess)
                        break run
                    }
                    slots.set(word.a, sum)
                case .memorySize: slots.set(word.a, memories[Int(word.b)].byteCount >> 16)
                case .memoryGrow:
                    let pages = slots.u64(word.a)
                    let old = growMemory(Int(word.b), byPages: pages)
                    fuel &-= old == nil ? 0 : Int64(pages << 12)
                    let failure: UInt64 = memories[Int(word.b)].type.addressType == .i32 ? 0xFFFF_FFFF : .max
                    slots.set(word.a, old ?? failure)
                    memoryBase = memories[memory].base
                    memorySize = memories[memory].byteCount
                case .i32Load, .f32Load:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 4, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt32.self
                    )
                    slots.set(word.a, value)
                case .i64Load, .f64Load:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 8, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt64.self
                    )
                    slots.set(word.a, value)
                case .i32Load8S:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 1, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: Int8.self
                    )
                    slots.set(word.a, Int32(value))
                case .i32Load8U:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 1, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt8.self
                    )
                    slots.set(word.a, UInt32(value))
                case .i32Load16S:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 2, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: Int16.self
                    )
                    slots.set(word.a, Int32(value))
                case .i32Load16U:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 2, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt16.self
                    )
                    slots.set(word.a, UInt32(value))
                case .i64Load8S:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 1, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: Int8.self
                    )
                    slots.set(word.a, Int64(value))
                case .i64Load8U:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 1, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt8.self
                    )
                    slots.set(word.a, UInt64(value))
                case .i64Load16S:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 2, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: Int16.self
                    )
                    slots.set(word.a, Int64(value))
                case .i64Load16U:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 2, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt16.self
                    )
                    slots.set(word.a, UInt64(value))
                case .i64Load32S:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 4, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: Int32.self
                    )
                    slots.set(word.a, Int64(value))
                case .i64Load32U:
                    let address = slots.u64(word.b) &+ UInt64(word.c)
                    if outOfBounds(address, 4, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    let value = memoryBase.loadUnaligned(
                        fromByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt32.self
                    )
                    slots.set(word.a, UInt64(value))
                case .i32Store, .f32Store:
                    let address = slots.u64(word.a) &+ UInt64(word.c)
                    if outOfBounds(address, 4, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    memoryBase.storeBytes(
                        of: UInt32(truncatingIfNeeded: slots.u64(word.b)),
                        toByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt32.self
                    )
                case .i64Store, .f64Store:
                    let address = slots.u64(word.a) &+ UInt64(word.c)
                    if outOfBounds(address, 8, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    memoryBase.storeBytes(
                        of: UInt64(truncatingIfNeeded: slots.u64(word.b)),
                        toByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt64.self
                    )
                case .i32Store8, .i64Store8:
                    let address = slots.u64(word.a) &+ UInt64(word.c)
                    if outOfBounds(address, 1, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    memoryBase.storeBytes(
                        of: UInt8(truncatingIfNeeded: slots.u64(word.b)),
                        toByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt8.self
                    )
                case .i32Store16, .i64Store16:
                    let address = slots.u64(word.a) &+ UInt64(word.c)
                    if outOfBounds(address, 2, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    memoryBase.storeBytes(
                        of: UInt16(truncatingIfNeeded: slots.u64(word.b)),
                        toByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt16.self
                    )
                case .i64Store32:
                    let address = slots.u64(word.a) &+ UInt64(word.c)
                    if outOfBounds(address, 4, memorySize) { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                    memoryBase.storeBytes(
                        of: UInt32(truncatingIfNeeded: slots.u64(word.b)),
                        toByteOffset: Int(truncatingIfNeeded: address),
                        as: UInt32.self
                    )

                // MARK: Numbers
                case .i32Eqz: slots.set(word.a, slots.u32(word.b) == 0)
                case .i32Eq: slots.set(word.a, slots.u32(word.b) == slots.u32(word.c))
                case .i32Ne: slots.set(word.a, slots.u32(word.b) != slots.u32(word.c))
                case .i32LtS: slots.set(word.a, slots.s32(word.b) < slots.s32(word.c))
                case .i32LtU: slots.set(word.a, slots.u32(word.b) < slots.u32(word.c))
                case .i32GtS: slots.set(word.a, slots.s32(word.b) > slots.s32(word.c))
                case .i32GtU: slots.set(word.a, slots.u32(word.b) > slots.u32(word.c))
                case .i32LeS: slots.set(word.a, slots.s32(word.b) <= slots.s32(word.c))
                case .i32LeU: slots.set(word.a, slots.u32(word.b) <= slots.u32(word.c))
                case .i32GeS: slots.set(word.a, slots.s32(word.b) >= slots.s32(word.c))
                case .i32GeU: slots.set(word.a, slots.u32(word.b) >= slots.u32(word.c))
                case .i32Clz: slots.set(word.a, UInt32(slots.u32(word.b).leadingZeroBitCount))
                case .i32Ctz: slots.set(word.a, UInt32(slots.u32(word.b).trailingZeroBitCount))
                case .i32Popcnt: slots.set(word.a, UInt32(slots.u32(word.b).nonzeroBitCount))
                case .i32Add: slots.set(word.a, slots.u32(word.b) &+ slots.u32(word.c))
                case .i32Sub: slots.set(word.a, slots.u32(word.b) &- slots.u32(word.c))
                case .i32Mul: slots.set(word.a, slots.u32(word.b) &* slots.u32(word.c))
                case .i32And: slots.set(word.a, slots.u32(word.b) & slots.u32(word.c))
                case .i32Or: slots.set(word.a, slots.u32(word.b) | slots.u32(word.c))
                case .i32Xor: slots.set(word.a, slots.u32(word.b) ^ slots.u32(word.c))
                case .i32Shl: slots.set(word.a, slots.u32(word.b) &<< slots.u32(word.c))
                case .i32ShrU: slots.set(word.a, slots.u32(word.b) &>> slots.u32(word.c))
                case .i32ShrS: slots.set(word.a, slots.s32(word.b) &>> slots.s32(word.c))
                case .i32Rotl: slots.set(word.a, Numerics.rotateLeft(slots.u32(word.b), slots.u32(word.c)))
                case .i32Rotr: slots.set(word.a, Numerics.rotateLeft(slots.u32(word.b), 0 &- slots.u32(word.c)))
                case .i32DivS:
                    let left = slots.s32(word.b)
                    let right = slots.s32(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    if right == -1, left == .min { exit = .trapped(.integerOverflow); break run }
                    slots.set(word.a, left / right)
                case .i32DivU:
                    let left = slots.u32(word.b)
                    let right = slots.u32(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    slots.set(word.a, left / right)
                case .i32RemS:
                    let left = slots.s32(word.b)
                    let right = slots.s32(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    slots.set(word.a, right == -1 ? 0 : left % right)
                case .i32RemU:
                    let left = slots.u32(word.b)
                    let right = slots.u32(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    slots.set(word.a, left % right)
                case .i64Eqz: slots.set(word.a, slots.u64(word.b) == 0)
                case .i64Eq: slots.set(word.a, slots.u64(word.b) == slots.u64(word.c))
                case .i64Ne: slots.set(word.a, slots.u64(word.b) != slots.u64(word.c))
                case .i64LtS: slots.set(word.a, slots.s64(word.b) < slots.s64(word.c))
                case .i64LtU: slots.set(word.a, slots.u64(word.b) < slots.u64(word.c))
                case .i64GtS: slots.set(word.a, slots.s64(word.b) > slots.s64(word.c))
                case .i64GtU: slots.set(word.a, slots.u64(word.b) > slots.u64(word.c))
                case .i64LeS: slots.set(word.a, slots.s64(word.b) <= slots.s64(word.c))
                case .i64LeU: slots.set(word.a, slots.u64(word.b) <= slots.u64(word.c))
                case .i64GeS: slots.set(word.a, slots.s64(word.b) >= slots.s64(word.c))
                case .i64GeU: slots.set(word.a, slots.u64(word.b) >= slots.u64(word.c))
                case .i64Clz: slots.set(word.a, UInt64(slots.u64(word.b).leadingZeroBitCount))
                case .i64Ctz: slots.set(word.a, UInt64(slots.u64(word.b).trailingZeroBitCount))
                case .i64Popcnt: slots.set(word.a, UInt64(slots.u64(word.b).nonzeroBitCount))
                case .i64Add: slots.set(word.a, slots.u64(word.b) &+ slots.u64(word.c))
                case .i64Sub: slots.set(word.a, slots.u64(word.b) &- slots.u64(word.c))
                case .i64Mul: slots.set(word.a, slots.u64(word.b) &* slots.u64(word.c))
                case .i64And: slots.set(word.a, slots.u64(word.b) & slots.u64(word.c))
                case .i64Or: slots.set(word.a, slots.u64(word.b) | slots.u64(word.c))
                case .i64Xor: slots.set(word.a, slots.u64(word.b) ^ slots.u64(word.c))
                case .i64Shl: slots.set(word.a, slots.u64(word.b) &<< slots.u64(word.c))
                case .i64ShrU: slots.set(word.a, slots.u64(word.b) &>> slots.u64(word.c))
                case .i64ShrS: slots.set(word.a, slots.s64(word.b) &>> slots.s64(word.c))
                case .i64Rotl: slots.set(word.a, Numerics.rotateLeft(slots.u64(word.b), slots.u64(word.c)))
                case .i64Rotr: slots.set(word.a, Numerics.rotateLeft(slots.u64(word.b), 0 &- slots.u64(word.c)))
                case .i64DivS:
                    let left = slots.s64(word.b)
                    let right = slots.s64(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    if right == -1, left == .min { exit = .trapped(.integerOverflow); break run }
                    slots.set(word.a, left / right)
                case .i64DivU:
                    let left = slots.u64(word.b)
                    let right = slots.u64(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    slots.set(word.a, left / right)
                case .i64RemS:
                    let left = slots.s64(word.b)
                    let right = slots.s64(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    slots.set(word.a, right == -1 ? 0 : left % right)
                case .i64RemU:
                    let left = slots.u64(word.b)
                    let right = slots.u64(word.c)
                    if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                    slots.set(word.a, left % right)
                case .f32Eq: slots.set(word.a, slots.f32(word.b) == slots.f32(word.c))
                case .f32Ne: slots.set(word.a, slots.f32(word.b) != slots.f32(word.c))
                case .f32Lt: slots.set(word.a, slots.f32(word.b) < slots.f32(word.c))
                case .f32Gt: slots.set(word.a, slots.f32(word.b) > slots.f32(word.c))
                case .f32Le: slots.set(word.a, slots.f32(word.b) <= slots.f32(word.c))
                case .f32Ge: slots.set(word.a, slots.f32(word.b) >= slots.f32(word.c))
                case .f32Abs: slots.set(word.a, slots.u32(word.b) & ~0x8000_0000)
                case .f32Neg: slots.set(word.a, slots.u32(word.b) ^ 0x8000_0000)
                case .f32Copysign: slots.set(word.a, slots.u32(word.b) & ~0x8000_0000 | slots.u32(word.c) & 0x8000_0000)
                case .f32Ceil: slots.set(word.a, slots.f32(word.b).rounded(.up))
                case .f32Floor: slots.set(word.a, slots.f32(word.b).rounded(.down))
                case .f32Trunc: slots.set(word.a, slots.f32(word.b).rounded(.towardZero))
                case .f32Nearest: slots.set(word.a, slots.f32(word.b).rounded(.toNearestOrEven))
                case .f32Sqrt: slots.set(word.a, slots.f32(word.b).squareRoot())
                case .f32Add: slots.set(word.a, slots.f32(word.b) + slots.f32(word.c))
                case .f32Sub: slots.set(word.a, slots.f32(word.b) - slots.f32(word.c))
                case .f32Mul: slots.set(word.a, slots.f32(word.b) * slots.f32(word.c))
                case .f32Div: slots.set(word.a, slots.f32(word.b) / slots.f32(word.c))
                case .f32Min: slots.set(word.a, Numerics.minimum(slots.f32(word.b), slots.f32(word.c)))
                case .f32Max: slots.set(word.a, Numerics.maximum(slots.f32(word.b), slots.f32(word.c)))
                case .f64Eq: slots.set(word.a, slots.f64(word.b) == slots.f64(word.c))
                case .f64Ne: slots.set(word.a, slots.f64(word.b) != slots.f64(word.c))
                case .f64Lt: slots.set(word.a, slots.f64(word.b) < slots.f64(word.c))
                case .f64Gt: slots.set(word.a, slots.f64(word.b) > slots.f64(word.c))
                case .f64Le: slots.set(word.a, slots.f64(word.b) <= slots.f64(word.c))
                case .f64Ge: slots.set(word.a, slots.f64(word.b) >= slots.f64(word.c))
                case .f64Abs: slots.set(word.a, slots.u64(word.b) & ~0x8000_0000_0000_0000)
                case .f64Neg: slots.set(word.a, slots.u64(word.b) ^ 0x8000_0000_0000_0000)
                case .f64Copysign:
                    slots.set(
                        word.a,
                        slots.u64(word.b) & ~0x8000_0000_0000_0000 | slots.u64(word.c) & 0x8000_0000_0000_0000
                    )
                case .f64Ceil: slots.set(word.a, slots.f64(word.b).rounded(.up))
                case .f64Floor: slots.set(word.a, slots.f64(word.b).rounded(.down))
                case .f64Trunc: slots.set(word.a, slots.f64(word.b).rounded(.towardZero))
                case .f64Nearest: slots.set(word.a, slots.f64(word.b).rounded(.toNearestOrEven))
                case .f64Sqrt: slots.set(word.a, slots.f64(word.b).squareRoot())
                case .f64Add: slots.set(word.a, slots.f64(word.b) + slots.f64(word.c))
                case .f64Sub: slots.set(word.a, slots.f64(word.b) - slots.f64(word.c))
                case .f64Mul: slots.set(word.a, slots.f64(word.b) * slots.f64(word.c))
                case .f64Div: slots.set(word.a, slots.f64(word.b) / slots.f64(word.c))
                case .f64Min: slots.set(word.a, Numerics.minimum(slots.f64(word.b), slots.f64(word.c)))
                case .f64Max: slots.set(word.a, Numerics.maximum(slots.f64(word.b), slots.f64(word.c)))
                case .i32WrapI64: slots.set(word.a, slots.u32(word.b))
                case .i64ExtendI32S: slots.set(word.a, Int64(slots.s32(word.b)))
                case .i64ExtendI32U: slots.set(word.a, UInt64(slots.u32(word.b)))
                case .i32TruncF32S:
                    let value = Double(slots.f32(word.b))
                    guard let integer = Numerics.truncateSigned32(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i32TruncSatF32S:
                    let value = Double(slots.f32(word.b))
                    slots.set(word.a, Numerics.truncateSigned32(value) ?? Numerics.saturate(value, to: Int32.self))
                case .i32TruncF32U:
                    let value = Double(slots.f32(word.b))
                    guard let integer = Numerics.truncateUnsigned32(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i32TruncSatF32U:
                    let value = Double(slots.f32(word.b))
                    slots.set(word.a, Numerics.truncateUnsigned32(value) ?? Numerics.saturate(value, to: UInt32.self))
                case .i32TruncF64S:
                    let value = slots.f64(word.b)
                    guard let integer = Numerics.truncateSigned32(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i32TruncSatF64S:
                    let value = slots.f64(word.b)
                    slots.set(word.a, Numerics.truncateSigned32(value) ?? Numerics.saturate(value, to: Int32.self))
                case .i32TruncF64U:
                    let value = slots.f64(word.b)
                    guard let integer = Numerics.truncateUnsigned32(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i32TruncSatF64U:
                    let value = slots.f64(word.b)
                    slots.set(word.a, Numerics.truncateUnsigned32(value) ?? Numerics.saturate(value, to: UInt32.self))
                case .i64TruncF32S:
                    let value = Double(slots.f32(word.b))
                    guard let integer = Numerics.truncateSigned64(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i64TruncSatF32S:
                    let value = Double(slots.f32(word.b))
                    slots.set(word.a, Numerics.truncateSigned64(value) ?? Numerics.saturate(value, to: Int64.self))
                case .i64TruncF32U:
                    let value = Double(slots.f32(word.b))
                    guard let integer = Numerics.truncateUnsigned64(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i64TruncSatF32U:
                    let value = Double(slots.f32(word.b))
                    slots.set(word.a, Numerics.truncateUnsigned64(value) ?? Numerics.saturate(value, to: UInt64.self))
                case .i64TruncF64S:
                    let value = slots.f64(word.b)
                    guard let integer = Numerics.truncateSigned64(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i64TruncSatF64S:
                    let value = slots.f64(word.b)
                    slots.set(word.a, Numerics.truncateSigned64(value) ?? Numerics.saturate(value, to: Int64.self))
                case .i64TruncF64U:
                    let value = slots.f64(word.b)
                    guard let integer = Numerics.truncateUnsigned64(value) else {
                        exit = .trapped(Numerics.truncationTrap(value))
                        break run
                    }
                    slots.set(word.a, integer)
                case .i64TruncSatF64U:
                    let value = slots.f64(word.b)
                    slots.set(word.a, Numerics.truncateUnsigned64(value) ?? Numerics.saturate(value, to: UInt64.self))
                case .f32ConvertI32S: slots.set(word.a, Float(slots.s32(word.b)))
                case .f32ConvertI32U: slots.set(word.a, Float(slots.u32(word.b)))
                case .f32ConvertI64S: slots.set(word.a, Float(slots.s64(word.b)))
                case .f32ConvertI64U: slots.set(word.a, Float(slots.u64(word.b)))
                case .f64ConvertI32S: slots.set(word.a, Double(slots.s32(word.b)))
                case .f64ConvertI32U: slots.set(word.a, Double(slots.u32(word.b)))
                case .f64ConvertI64S: slots.set(word.a, Double(slots.s64(word.b)))
                case .f64ConvertI64U: slots.set(word.a, Double(slots.u64(word.b)))
                case .f32DemoteF64: slots.set(word.a, Float(slots.f64(word.b)))
                case .f64PromoteF32: slots.set(word.a, Double(slots.f32(word.b)))
                case .i32Extend8S: slots.set(word.a, Int32(Int8(truncatingIfNeeded: slots.u32(word.b))))
                case .i32Extend16S: slots.set(word.a, Int32(Int16(truncatingIfNeeded: slots.u32(word.b))))
                case .i64Extend8S: slots.set(word.a, Int64(Int8(truncatingIfNeeded: slots.u64(word.b))))
                case .i64Extend16S: slots.set(word.a, Int64(Int16(truncatingIfNeeded: slots.u64(word.b))))
                case .i64Extend32S: slots.set(word.a, Int64(Int32(truncatingIfNeeded: slots.u64(word.b))))
                case .i32ReinterpretF32, .i64ReinterpretF64, .f32ReinterpretI32, .f64ReinterpretI64:
                    slots.set(word.a, slots.u64(word.b))

                // MARK: Vectors
                case .v128Const:
                    slots.set(word.a, next[0].wide)
                    slots.set(word.a &+ 1, next[1].wide)
                    next += 2
                case .i8x16Shuffle:
                    VectorExecution.shuffle(word, next[0].wide, next[1].wide, slots)
                    next += 2
                case .v128Load, .v128Load8x8S, .v128Load8x8U, .v128Load16x4S, .v128Load16x4U, .v128Load32x2S,
                    .v128Load32x2U, .v128Load8Splat, .v128Load16Splat, .v128Load32Splat, .v128Load64Splat,
                    .v128Load32Zero, .v128Load64Zero:
                    if !VectorExecution.load(word, slots, memoryBase, memorySize) {
                        exit = .trapped(.outOfBoundsMemoryAccess)
                        break run
                    }
                case .v128Load8Lane, .v128Load16Lane, .v128Load32Lane, .v128Load64Lane:
                    let operand = next.pointee.a
                    next += 1
                    if !VectorExecution.loadLane(word, operand, slots, memoryBase, memorySize) {
                        exit = .trapped(.outOfBoundsMemoryAccess)
                        break run
                    }
                case .v128Store, .v128Store8Lane, .v128Store16Lane, .v128Store32Lane, .v128Store64Lane:
                    if !VectorExecution.store(word, slots, memoryBase, memorySize) {
                        exit = .trapped(.outOfBoundsMemoryAccess)
                        break run
                    }
                case .i8x16Swizzle, .i8x16Splat, .i16x8Splat, .i32x4Splat, .i64x2Splat, .f32x4Splat, .f64x2Splat,
                    .i8x16ExtractLaneS, .i8x16ExtractLaneU, .i8x16ReplaceLane, .i16x8ExtractLaneS, .i16x8ExtractLaneU,
                    .i16x8ReplaceLane, .i32x4ExtractLane, .i32x4ReplaceLane, .i64x2ExtractLane, .i64x2ReplaceLane,
                    .f32x4ExtractLane, .f32x4ReplaceLane, .f64x2ExtractLane, .f64x2ReplaceLane, .v128Not, .v128And,
                    .v128Andnot, .v128Or, .v128Xor, .v128AnyTrue:
                    VectorExecution.executeLanes(word, slots)
                case .i8x16Eq, .i8x16Ne, .i8x16LtS, .i8x16LtU, .i8x16GtS, .i8x16GtU, .i8x16LeS, .i8x16LeU, .i8x16GeS,
                    .i8x16GeU, .i8x16Abs, .i8x16Neg, .i8x16Popcnt, .i8x16AllTrue, .i8x16Bitmask, .i8x16NarrowI16x8S,
                    .i8x16NarrowI16x8U, .i8x16Shl, .i8x16ShrS, .i8x16ShrU, .i8x16Add, .i8x16AddSatS, .i8x16AddSatU,
                    .i8x16Sub, .i8x16SubSatS, .i8x16SubSatU, .i8x16MinS, .i8x16MinU, .i8x16MaxS, .i8x16MaxU,
                    .i8x16AvgrU:
                    VectorExecution.executeI8x16(word, slots)
                case .i16x8Eq, .i16x8Ne, .i16x8LtS, .i16x8LtU, .i16x8GtS, .i16x8GtU, .i16x8LeS, .i16x8LeU, .i16x8GeS,
                    .i16x8GeU, .i16x8ExtaddPairwiseI8x16S, .i16x8ExtaddPairwiseI8x16U, .i16x8Abs, .i16x8Neg,
                    .i16x8Q15mulrSatS, .i16x8AllTrue, .i16x8Bitmask, .i16x8NarrowI32x4S, .i16x8NarrowI32x4U,
                    .i16x8ExtendLowI8x16S, .i16x8ExtendHighI8x16S, .i16x8ExtendLowI8x16U, .i16x8ExtendHighI8x16U,
                    .i16x8Shl, .i16x8ShrS, .i16x8ShrU, .i16x8Add, .i16x8AddSatS, .i16x8AddSatU, .i16x8Sub,
                    .i16x8SubSatS, .i16x8SubSatU, .i16x8Mul, .i16x8MinS, .i16x8MinU, .i16x8MaxS, .i16x8MaxU,
                    .i16x8AvgrU, .i16x8ExtmulLowI8x16S, .i16x8ExtmulHighI8x16S, .i16x8ExtmulLowI8x16U,
                    .i16x8ExtmulHighI8x16U:
                    VectorExecution.executeI16x8(word, slots)
                case .i32x4Eq, .i32x4Ne, .i32x4LtS, .i32x4LtU, .i32x4GtS, .i32x4GtU, .i32x4LeS, .i32x4LeU, .i32x4GeS,
                    .i32x4GeU, .i32x4ExtaddPairwiseI16x8S, .i32x4ExtaddPairwiseI16x8U, .i32x4Abs, .i32x4Neg,
                    .i32x4AllTrue, .i32x4Bitmask, .i32x4ExtendLowI16x8S, .i32x4ExtendHighI16x8S, .i32x4ExtendLowI16x8U,
                    .i32x4ExtendHighI16x8U, .i32x4Shl, .i32x4ShrS, .i32x4ShrU, .i32x4Add, .i32x4Sub, .i32x4Mul,
                    .i32x4MinS, .i32x4MinU, .i32x4MaxS, .i32x4MaxU, .i32x4DotI16x8S, .i32x4ExtmulLowI16x8S,
                    .i32x4ExtmulHighI16x8S, .i32x4ExtmulLowI16x8U, .i32x4ExtmulHighI16x8U:
                    VectorExecution.executeI32x4(word, slots)
                case .i64x2Abs, .i64x2Neg, .i64x2AllTrue, .i64x2Bitmask, .i64x2ExtendLowI32x4S, .i64x2ExtendHighI32x4S,
                    .i64x2ExtendLowI32x4U, .i64x2ExtendHighI32x4U, .i64x2Shl, .i64x2ShrS, .i64x2ShrU, .i64x2Add,
                    .i64x2Sub, .i64x2Mul, .i64x2Eq, .i64x2Ne, .i64x2LtS, .i64x2GtS, .i64x2LeS, .i64x2GeS,
                    .i64x2ExtmulLowI32x4S, .i64x2ExtmulHighI32x4S, .i64x2ExtmulLowI32x4U, .i64x2ExtmulHighI32x4U:
                    VectorExecution.executeI64x2(word, slots)
                case .f32x4Eq, .f32x4Ne, .f32x4Lt, .f32x4Gt, .f32x4Le, .f32x4Ge, .f32x4DemoteF64x2Zero, .f32x4Ceil,
                    .f32x4Floor, .f32x4Trunc, .f32x4Nearest, .f32x4Abs, .f32x4Neg, .f32x4Sqrt, .f32x4Add, .f32x4Sub,
                    .f32x4Mul, .f32x4Div, .f32x4Min, .f32x4Max, .f32x4Pmin, .f32x4Pmax, .i32x4TruncSatF32x4S,
                    .i32x4TruncSatF32x4U, .f32x4ConvertI32x4S, .f32x4ConvertI32x4U:
                    VectorExecution.executeF32x4(word, slots)
                case .f64x2Eq, .f64x2Ne, .f64x2Lt, .f64x2Gt, .f64x2Le, .f64x2Ge, .f64x2PromoteLowF32x4, .f64x2Ceil,
                    .f64x2Floor, .f64x2Trunc, .f64x2Nearest, .f64x2Abs, .f64x2Neg, .f64x2Sqrt, .f64x2Add, .f64x2Sub,
                    .f64x2Mul, .f64x2Div, .f64x2Min, .f64x2Max, .f64x2Pmin, .f64x2Pmax, .i32x4TruncSatF64x2SZero,
                    .i32x4TruncSatF64x2UZero, .f64x2ConvertLowI32x4S, .f64x2ConvertLowI32x4U:
                    VectorExecution.executeF64x2(word, slots)
                case .i8x16RelaxedSwizzle, .i32x4RelaxedTruncF32x4S, .i32x4RelaxedTruncF32x4U,
                    .i32x4RelaxedTruncF64x2SZero, .i32x4RelaxedTruncF64x2UZero, .f32x4RelaxedMin, .f32x4RelaxedMax,
                    .f64x2RelaxedMin, .f64x2RelaxedMax, .i16x8RelaxedQ15mulrS, .i16x8RelaxedDotI8x16I7x16S:
                    VectorExecution.executeRelaxed(word, slots, relaxed)
                case .v128Bitselect, .f32x4RelaxedMadd, .f32x4RelaxedNmadd, .f64x2RelaxedMadd, .f64x2RelaxedNmadd,
                    .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect, .i64x2RelaxedLaneselect,
                    .i32x4RelaxedDotI8x16I7x16AddS:
                    VectorExecution.executeTernary(word, next.pointee.a, slots, relaxed)
                    next += 1

                // MARK: What is not in flat code
                case .else, .selectTyped, .localSet, .localTee, .i32Const, .f32Const, .f64Const, .refNull, .refFunc,
                    .brOnNull, .brOnNonNull, .tryTable, .refEq, .refTestNull, .refCastNull, .brOnCast, .brOnCastFail,
                    .anyConvertExtern, .externConvertAny:
                    invariantFailed("structured instruction in flat code")
                }
            }

            // A call: the loop was left with a callee.
            if callee.pointee.host >= 0 {
                fuel &-= Int64(callee.pointee.parameterSlots + callee.pointee.resultSlots + 1)
                self.fuel = fuel
                if callee.pointee.frameSlots > stackEnd - arguments {
                    exit = .exhausted(.callStack)
                    break run
                }
                exit = callHost(callee.pointee, arguments, from: functionInstances[function - functions])
                guard case .finished = exit else { break run }
                if !isTail {
                    start = next
                    continue run
                }
                slots.update(from: arguments, count: callee.pointee.resultSlots)
                if depth == 0 { break run }
                depth &-= 1
                function = frames[depth].function
                slots = frames[depth].slots
                start = frames[depth].next
                continue run
            }
            if isTail {
                slots.update(from: arguments, count: callee.pointee.parameterSlots)
            } else {
                // The function that was called from outside is active, too.
                if depth &+ 1 >= depthLimit {
                    exit = .exhausted(.callStack)
                    break run
                }
                frames[depth] = FrameRecord(next: next, slots: slots, function: function)
                depth &+= 1
                slots = arguments
            }
            function = callee
            start = nil
        }
        self.fuel = max(0, fuel)
        return exit
    }
}
