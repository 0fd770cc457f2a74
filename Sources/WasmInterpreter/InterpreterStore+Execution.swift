import WasmModel

/// Why the loop stopped.
enum Exit {
    case finished
    case trapped(Trap)
    /// The handle of an exception that no active function catches.
    case threw(Int)
    case exhausted(Exhaustion)
    /// A function of the host ended the run with an exit code.
    case exited(UInt32)
}

extension InterpreterStore {
    /// Executes a function whose arguments are in the first slots of the value stack; its results will be there.
    ///
    /// Calls use the frame stack of the store, never that of the host. Nothing is checked that the ``Flattener``
    /// knows: it made the words of validated code, so that every slot that they name is below the number of slots that
    /// the function claims when it is entered, and every jump stays in the function.
    ///
    /// A case of the `switch` that ends goes on with the next word; taken jumps leave the innermost loop for their
    /// common end, and calls go to their common beginning.
    ///
    /// The loop touches no counted reference and no stored property of the store, which would be checked for exclusive
    /// access: what needs one is a call.
    ///
    /// Spec: core 3.0, section 4.6 "Instructions".
    func execute(_ address: Int) -> Exit {
        let functions = self.functions.base
        let memories = self.memories.base
        let tables = self.tables.base
        let globals = self.globals.base
        let relaxed = self.relaxed
        let firstFrame = frameStack
        // The function that was called from outside is active, too.
        let lastFrame = frameStack + (limits.callDepth - 1)
        let stackEnd = valueStack + limits.valueStackSlots
        var frame = firstFrame
        var fuel = self.fuel
        var exit = Exit.finished

        // The active function, its frame, and the word that is next.
        var function = functions + address
        if function.pointee.code == nil { flatten(function, at: address) }
        var slots: Slots = valueStack
        var next = function.pointee.code!
        // The memory that loads and stores use: that with index zero when a function is entered or gone on with.
        var memory = 0
        var memoryBase = memories[0].base
        var memorySize: UInt64 = 0
        // What is to be called, and where its arguments are. The first call is a tail call of nobody.
        var callee = function
        var arguments = slots
        var isTail = true

        run: while true {
            // MARK: Calls
            if let code = callee.pointee.code {
                if isTail {
                    slots.update(from: arguments, count: callee.pointee.parameterSlots)
                } else {
                    if frame >= lastFrame {
                        exit = .exhausted(.callStack)
                        break run
                    }
                    frame.pointee = FrameRecord(next: next, slots: slots, function: function)
                    frame += 1
                    slots = arguments
                }
                if callee.pointee.frameSlots > stackEnd - slots {
                    exit = .exhausted(.callStack)
                    break run
                }
                fuel &-= callee.pointee.fuel
                if fuel < 0 {
                    exit = .exhausted(.fuel)
                    break run
                }
                let initialCount = callee.pointee.initialCount
                if initialCount > 0, let initial = callee.pointee.initial {
                    let target = slots + callee.pointee.parameterSlots
                    target[0] = initial[0]
                    if initialCount > 1 { (target + 1).update(from: initial + 1, count: initialCount &- 1) }
                }
                function = callee
                next = code + 1
            } else if callee.pointee.host >= 0 {
                fuel &-= Int64(callee.pointee.parameterSlots + callee.pointee.resultSlots + 1)
                if fuel < 0 {
                    exit = .exhausted(.fuel)
                    break run
                }
                if callee.pointee.frameSlots > stackEnd - arguments {
                    exit = .exhausted(.callStack)
                    break run
                }
                exit = callHost(callee.pointee, at: callee - functions, arguments)
                guard case .finished = exit else { break run }
                fuel &-= hostCharge
                if fuel < 0 {
                    exit = .exhausted(.fuel)
                    break run
                }
                if isTail {
                    slots.update(from: arguments, count: callee.pointee.resultSlots)
                    if frame == firstFrame { break run }
                    frame -= 1
                    function = frame.pointee.function
                    slots = frame.pointee.slots
                    next = frame.pointee.next
                }
            } else {
                flatten(callee, at: callee - functions)
                continue run
            }
            if function.pointee.memory != memory {
                memory = function.pointee.memory
                memoryBase = memories[memory].base
                memorySize = memories[memory].byteCount
            }

            while true {
                var at = next
                words: while true {
                    at = next
                    next += 1
                    switch at.pointee.code {
                    // MARK: Control
                    case .unreachable:
                        exit = .trapped(.unreachable)
                        break run
                    case .data: break
                    case .loop:
                        fuel &-= Int64(at.a)
                        if fuel < 0 {
                            exit = .exhausted(.fuel)
                            break run
                        }
                    case .jump: break words
                    case .jumpIfNotZero: if slots.u64(at.a) != 0 { break words }
                    case .jumpIfZero: if slots.u64(at.a) == 0 { break words }
                    case .jumpTable:
                        at = next + Int(min(slots.u32(at.a), at.b &- 1))
                        next = at + 1
                        break words
                    case .leave:
                        if at.b == 1 {
                            slots[0] = slots[Int(at.a)]
                        } else if at.b > 1 {
                            slots.update(from: slots + Int(at.a), count: Int(at.b))
                        }
                        if frame == firstFrame { break run }
                        frame -= 1
                        function = frame.pointee.function
                        slots = frame.pointee.slots
                        next = frame.pointee.next
                        if function.pointee.memory != memory {
                            memory = function.pointee.memory
                            memoryBase = memories[memory].base
                            memorySize = memories[memory].byteCount
                        }
                    case .call:
                        callee = functions + Int(at.b)
                        arguments = slots + Int(at.a)
                        isTail = false
                        continue run
                    case .returnCall:
                        callee = functions + Int(at.b)
                        arguments = slots + Int(at.a)
                        isTail = true
                        continue run
                    case .callIndirect, .returnCallIndirect:
                        let table = tables + Int(next.a)
                        next += 1
                        let position = slots.u64(at.b)
                        if position >= table.pointee.count {
                            exit = .trapped(.undefinedElement)
                            break run
                        }
                        let reference = table.pointee.elements[Int(position)]
                        if reference == 0 {
                            exit = .trapped(.uninitializedElement)
                            break run
                        }
                        callee = functions + Int(reference &- 1)
                        if callee.pointee.type != at.c, !isSubtype(callee.pointee.type, of: at.c) {
                            exit = .trapped(.indirectCallTypeMismatch)
                            break run
                        }
                        arguments = slots + Int(at.a)
                        isTail = at.pointee.code == .returnCallIndirect
                        continue run
                    case .callReference, .returnCallReference:
                        let reference = slots.u64(at.b)
                        if reference == 0 {
                            exit = .trapped(.nullFunctionReference)
                            break run
                        }
                        callee = functions + Int(reference &- 1)
                        arguments = slots + Int(at.a)
                        isTail = at.pointee.code == .returnCallReference
                        continue run
                    case .throw, .throwReference:
                        let depth = frame - firstFrame
                        let landing = raise(at.pointee, in: function, slots, before: next, depth: depth)
                        exit = landing.exit
                        guard case .finished = exit else { break run }
                        fuel &-= landing.fuel
                        if fuel < 0 {
                            exit = .exhausted(.fuel)
                            break run
                        }
                        function = landing.function
                        slots = landing.slots
                        next = landing.start
                        frame = firstFrame + landing.depth
                        if function.pointee.memory != memory {
                            memory = function.pointee.memory
                            memoryBase = memories[memory].base
                            memorySize = memories[memory].byteCount
                        }

                    // MARK: Comparing jumps
                    case .jumpI32Eq: if slots.u32(at.a) == slots.u32(at.b) { break words }
                    case .jumpI32Ne: if slots.u32(at.a) != slots.u32(at.b) { break words }
                    case .jumpI32LtS: if slots.s32(at.a) < slots.s32(at.b) { break words }
                    case .jumpI32LtU: if slots.u32(at.a) < slots.u32(at.b) { break words }
                    case .jumpI32GtS: if slots.s32(at.a) > slots.s32(at.b) { break words }
                    case .jumpI32GtU: if slots.u32(at.a) > slots.u32(at.b) { break words }
                    case .jumpI32LeS: if slots.s32(at.a) <= slots.s32(at.b) { break words }
                    case .jumpI32LeU: if slots.u32(at.a) <= slots.u32(at.b) { break words }
                    case .jumpI32GeS: if slots.s32(at.a) >= slots.s32(at.b) { break words }
                    case .jumpI32GeU: if slots.u32(at.a) >= slots.u32(at.b) { break words }
                    case .jumpI32EqImmediate: if slots.u32(at.a) == at.b { break words }
                    case .jumpI32NeImmediate: if slots.u32(at.a) != at.b { break words }
                    case .jumpI32LtSImmediate: if slots.s32(at.a) < at.s32b { break words }
                    case .jumpI32LtUImmediate: if slots.u32(at.a) < at.b { break words }
                    case .jumpI32GtSImmediate: if slots.s32(at.a) > at.s32b { break words }
                    case .jumpI32GtUImmediate: if slots.u32(at.a) > at.b { break words }
                    case .jumpI32LeSImmediate: if slots.s32(at.a) <= at.s32b { break words }
                    case .jumpI32LeUImmediate: if slots.u32(at.a) <= at.b { break words }
                    case .jumpI32GeSImmediate: if slots.s32(at.a) >= at.s32b { break words }
                    case .jumpI32GeUImmediate: if slots.u32(at.a) >= at.b { break words }
                    case .jumpI64Eq: if slots.u64(at.a) == slots.u64(at.b) { break words }
                    case .jumpI64Ne: if slots.u64(at.a) != slots.u64(at.b) { break words }
                    case .jumpI64LtS: if slots.s64(at.a) < slots.s64(at.b) { break words }
                    case .jumpI64LtU: if slots.u64(at.a) < slots.u64(at.b) { break words }
                    case .jumpI64GtS: if slots.s64(at.a) > slots.s64(at.b) { break words }
                    case .jumpI64GtU: if slots.u64(at.a) > slots.u64(at.b) { break words }
                    case .jumpI64LeS: if slots.s64(at.a) <= slots.s64(at.b) { break words }
                    case .jumpI64LeU: if slots.u64(at.a) <= slots.u64(at.b) { break words }
                    case .jumpI64GeS: if slots.s64(at.a) >= slots.s64(at.b) { break words }
                    case .jumpI64GeU: if slots.u64(at.a) >= slots.u64(at.b) { break words }
                    case .jumpI64EqImmediate: if slots.u64(at.a) == at.u64b { break words }
                    case .jumpI64NeImmediate: if slots.u64(at.a) != at.u64b { break words }
                    case .jumpI64LtSImmediate: if slots.s64(at.a) < at.s64b { break words }
                    case .jumpI64LtUImmediate: if slots.u64(at.a) < at.u64b { break words }
                    case .jumpI64GtSImmediate: if slots.s64(at.a) > at.s64b { break words }
                    case .jumpI64GtUImmediate: if slots.u64(at.a) > at.u64b { break words }
                    case .jumpI64LeSImmediate: if slots.s64(at.a) <= at.s64b { break words }
                    case .jumpI64LeUImmediate: if slots.u64(at.a) <= at.u64b { break words }
                    case .jumpI64GeSImmediate: if slots.s64(at.a) >= at.s64b { break words }
                    case .jumpI64GeUImmediate: if slots.u64(at.a) >= at.u64b { break words }
                    case .addJumpI32Ne:
                        let sum = slots.u32(at.a) &+ at.signedSmall
                        slots.set(at.a, sum)
                        if sum != slots.u32(at.b) { break words }
                    case .addJumpI32NeImmediate:
                        let sum = slots.u32(at.a) &+ at.signedSmall
                        slots.set(at.a, sum)
                        if sum != at.b { break words }
                    case .addJumpI32LtS:
                        let sum = slots.u32(at.a) &+ at.signedSmall
                        slots.set(at.a, sum)
                        if Int32(bitPattern: sum) < slots.s32(at.b) { break words }
                    case .addJumpI32LtSImmediate:
                        let sum = slots.u32(at.a) &+ at.signedSmall
                        slots.set(at.a, sum)
                        if Int32(bitPattern: sum) < at.s32b { break words }
                    case .addJumpI32LtU:
                        let sum = slots.u32(at.a) &+ at.signedSmall
                        slots.set(at.a, sum)
                        if sum < slots.u32(at.b) { break words }
                    case .addJumpI32LtUImmediate:
                        let sum = slots.u32(at.a) &+ at.signedSmall
                        slots.set(at.a, sum)
                        if sum < at.b { break words }
                    case .i32AddThenJump:
                        slots.set(at.a, slots.u32(at.a) &+ slots.u32(at.b))
                        break words
                    case .i64AddThenJump:
                        slots.set(at.a, slots.u64(at.a) &+ slots.u64(at.b))
                        break words
                    case .i32AddImmediateThenJump:
                        slots.set(at.a, slots.u32(at.a) &+ at.b)
                        break words
                    case .i64AddImmediateThenJump:
                        slots.set(at.a, slots.u64(at.a) &+ at.u64b)
                        break words
                    case .jumpIfAnyBit: if slots.u64(at.a) & at.u64b != 0 { break words }
                    case .jumpIfNoBit: if slots.u64(at.a) & at.u64b == 0 { break words }

                    // MARK: Moves
                    case .copy: slots[Int(at.a)] = slots[Int(at.b)]
                    case .copyMany: (slots + Int(at.a)).update(from: slots + Int(at.b), count: Int(at.c))
                    case .constant: slots.set(at.a, at.pointee.wide)
                    case .select:
                        let source = slots.u32(next.a) != 0 ? at.b : at.c
                        next += 1
                        slots[Int(at.a)] = slots[Int(source)]
                        if at.pointee.small == 2 { slots[Int(at.a) + 1] = slots[Int(source) + 1] }
                    case .globalGet:
                        slots[Int(at.a)] = globals[Int(at.b) * 2]
                        if at.pointee.small == 2 { slots[Int(at.a) + 1] = globals[Int(at.b) * 2 + 1] }
                    case .globalSet:
                        globals[Int(at.a) * 2] = slots[Int(at.b)]
                        if at.pointee.small == 2 { globals[Int(at.a) * 2 + 1] = slots[Int(at.b) + 1] }
                    case .checkNotNull:
                        if slots.u64(at.a) == 0 {
                            exit = .trapped(.nullReference)
                            break run
                        }

                    // MARK: Tables and segments
                    case .tableGet:
                        let table = tables + Int(at.c)
                        let position = slots.u64(at.b)
                        if position >= table.pointee.count {
                            exit = .trapped(.outOfBoundsTableAccess)
                            break run
                        }
                        slots.set(at.a, table.pointee.elements[Int(position)])
                    case .tableSet:
                        let table = tables + Int(at.c)
                        let position = slots.u64(at.a)
                        if position >= table.pointee.count {
                            exit = .trapped(.outOfBoundsTableAccess)
                            break run
                        }
                        table.pointee.elements[Int(position)] = slots.u64(at.b)
                    case .tableSize: slots.set(at.a, tables[Int(at.b)].count)
                    case .tableGrow:
                        let table = Int(at.b)
                        let count = slots.u64(at.a &+ 1)
                        let old = growTable(table, by: count, filledWith: slots.u64(at.a))
                        fuel &-= old == nil ? 0 : Int64(count >> 3)
                        if fuel < 0 {
                            exit = .exhausted(.fuel)
                            break run
                        }
                        let failure: UInt64 = tables[table].type.addressType == .i32 ? 0xFFFF_FFFF : .max
                        slots.set(at.a, old ?? failure)
                    case .bulk:
                        let count = slots.u64(at.a &+ 2)
                        // A unit of fuel pays for sixteen.
                        let payable = UInt64(fuel) >= 1 << 60 ? .max : UInt64(fuel) << 4 | 15
                        if let trap = bulk(at.pointee, slots.u64(at.a), slots.u64(at.a &+ 1), count, payable: payable) {
                            exit = .trapped(trap)
                            break run
                        }
                        fuel &-= Int64(count >> 4)
                        if fuel < 0 {
                            exit = .exhausted(.fuel)
                            break run
                        }
                    case .elementDrop: dropElementSegment(Int(at.b))
                    case .dataDrop: dropDataSegment(Int(at.b))

                    // MARK: Memories
                    case .useMemory:
                        memory = Int(at.a)
                        memoryBase = memories[memory].base
                        memorySize = memories[memory].byteCount
                    case .effectiveAddress:
                        let (sum, overflow) = slots.u64(at.b).addingReportingOverflow(next.pointee.wide)
                        next += 1
                        // Loads and stores may add their width to what is not greater.
                        if overflow || sum > 1 << 62 { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, sum)
                    case .memorySize: slots.set(at.a, memories[Int(at.b)].byteCount >> 16)
                    case .memoryGrow:
                        let pages = slots.u64(at.a)
                        let old = growMemory(Int(at.b), byPages: pages)
                        fuel &-= old == nil ? 0 : Int64(pages << 12)
                        if fuel < 0 {
                            exit = .exhausted(.fuel)
                            break run
                        }
                        let failure: UInt64 = memories[Int(at.b)].type.addressType == .i32 ? 0xFFFF_FFFF : .max
                        slots.set(at.a, old ?? failure)
                        memoryBase = memories[memory].base
                        memorySize = memories[memory].byteCount
                    case .load8U:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 1 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, UInt64(memoryBase.read(UInt8.self, at: address)))
                    case .load16U:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 2 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, UInt64(memoryBase.read(UInt16.self, at: address)))
                    case .load32:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 4 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, UInt64(memoryBase.read(UInt32.self, at: address)))
                    case .load64:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 8 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, memoryBase.read(UInt64.self, at: address))
                    case .i32Load8S:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 1 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, Int32(memoryBase.read(Int8.self, at: address)))
                    case .i32Load16S:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 2 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, Int32(memoryBase.read(Int16.self, at: address)))
                    case .i64Load8S:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 1 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, Int64(memoryBase.read(Int8.self, at: address)))
                    case .i64Load16S:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 2 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, Int64(memoryBase.read(Int16.self, at: address)))
                    case .i64Load32S:
                        let address = slots.u64(at.b) &+ UInt64(at.c)
                        if address &+ 4 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, Int64(memoryBase.read(Int32.self, at: address)))
                    case .load32Scaled:
                        let address = UInt64(slots.u32(at.b) &<< UInt32(at.pointee.small)) &+ UInt64(at.c)
                        if address &+ 4 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, UInt64(memoryBase.read(UInt32.self, at: address)))
                    case .load32Indexed:
                        let address = UInt64(slots.u32(at.b) &+ slots.u32(at.c) &<< UInt32(at.pointee.small))
                        if address &+ 4 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, UInt64(memoryBase.read(UInt32.self, at: address)))
                    case .load64Scaled:
                        let address = UInt64(slots.u32(at.b) &<< UInt32(at.pointee.small)) &+ UInt64(at.c)
                        if address &+ 8 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, memoryBase.read(UInt64.self, at: address))
                    case .load64Indexed:
                        let address = UInt64(slots.u32(at.b) &+ slots.u32(at.c) &<< UInt32(at.pointee.small))
                        if address &+ 8 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        slots.set(at.a, memoryBase.read(UInt64.self, at: address))
                    case .store8:
                        let address = slots.u64(at.a) &+ UInt64(at.c)
                        if address &+ 1 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        memoryBase.write(UInt8(truncatingIfNeeded: slots.u64(at.b)), at: address)
                    case .store16:
                        let address = slots.u64(at.a) &+ UInt64(at.c)
                        if address &+ 2 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        memoryBase.write(UInt16(truncatingIfNeeded: slots.u64(at.b)), at: address)
                    case .store32:
                        let address = slots.u64(at.a) &+ UInt64(at.c)
                        if address &+ 4 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        memoryBase.write(UInt32(truncatingIfNeeded: slots.u64(at.b)), at: address)
                    case .store64:
                        let address = slots.u64(at.a) &+ UInt64(at.c)
                        if address &+ 8 > memorySize { exit = .trapped(.outOfBoundsMemoryAccess); break run }
                        memoryBase.write(UInt64(truncatingIfNeeded: slots.u64(at.b)), at: address)

                    // MARK: Integers of 32 bits
                    case .i32Eqz: slots.set(at.a, slots.u32(at.b) == 0)
                    case .i32Eq: slots.set(at.a, slots.u32(at.b) == slots.u32(at.c))
                    case .i32Ne: slots.set(at.a, slots.u32(at.b) != slots.u32(at.c))
                    case .i32LtS: slots.set(at.a, slots.s32(at.b) < slots.s32(at.c))
                    case .i32LtU: slots.set(at.a, slots.u32(at.b) < slots.u32(at.c))
                    case .i32GtS: slots.set(at.a, slots.s32(at.b) > slots.s32(at.c))
                    case .i32GtU: slots.set(at.a, slots.u32(at.b) > slots.u32(at.c))
                    case .i32LeS: slots.set(at.a, slots.s32(at.b) <= slots.s32(at.c))
                    case .i32LeU: slots.set(at.a, slots.u32(at.b) <= slots.u32(at.c))
                    case .i32GeS: slots.set(at.a, slots.s32(at.b) >= slots.s32(at.c))
                    case .i32GeU: slots.set(at.a, slots.u32(at.b) >= slots.u32(at.c))
                    case .i32EqImmediate: slots.set(at.a, slots.u32(at.b) == at.c)
                    case .i32NeImmediate: slots.set(at.a, slots.u32(at.b) != at.c)
                    case .i32LtSImmediate: slots.set(at.a, slots.s32(at.b) < at.s32c)
                    case .i32LtUImmediate: slots.set(at.a, slots.u32(at.b) < at.c)
                    case .i32GtSImmediate: slots.set(at.a, slots.s32(at.b) > at.s32c)
                    case .i32GtUImmediate: slots.set(at.a, slots.u32(at.b) > at.c)
                    case .i32LeSImmediate: slots.set(at.a, slots.s32(at.b) <= at.s32c)
                    case .i32LeUImmediate: slots.set(at.a, slots.u32(at.b) <= at.c)
                    case .i32GeSImmediate: slots.set(at.a, slots.s32(at.b) >= at.s32c)
                    case .i32GeUImmediate: slots.set(at.a, slots.u32(at.b) >= at.c)
                    case .i32Add: slots.set(at.a, slots.u32(at.b) &+ slots.u32(at.c))
                    case .i32Sub: slots.set(at.a, slots.u32(at.b) &- slots.u32(at.c))
                    case .i32Mul: slots.set(at.a, slots.u32(at.b) &* slots.u32(at.c))
                    case .i32And: slots.set(at.a, slots.u32(at.b) & slots.u32(at.c))
                    case .i32Or: slots.set(at.a, slots.u32(at.b) | slots.u32(at.c))
                    case .i32Xor: slots.set(at.a, slots.u32(at.b) ^ slots.u32(at.c))
                    case .i32Shl: slots.set(at.a, slots.u32(at.b) &<< slots.u32(at.c))
                    case .i32ShrS: slots.set(at.a, slots.s32(at.b) &>> slots.s32(at.c))
                    case .i32ShrU: slots.set(at.a, slots.u32(at.b) &>> slots.u32(at.c))
                    case .i32Rotl: slots.set(at.a, Numerics.rotateLeft(slots.u32(at.b), slots.u32(at.c)))
                    case .i32Rotr: slots.set(at.a, Numerics.rotateLeft(slots.u32(at.b), 0 &- slots.u32(at.c)))
                    case .i32AddImmediate: slots.set(at.a, slots.u32(at.b) &+ at.c)
                    case .i32MulImmediate: slots.set(at.a, slots.u32(at.b) &* at.c)
                    case .i32AndImmediate: slots.set(at.a, slots.u32(at.b) & at.c)
                    case .i32OrImmediate: slots.set(at.a, slots.u32(at.b) | at.c)
                    case .i32XorImmediate: slots.set(at.a, slots.u32(at.b) ^ at.c)
                    case .i32ShlImmediate: slots.set(at.a, slots.u32(at.b) &<< at.c)
                    case .i32ShrSImmediate: slots.set(at.a, slots.s32(at.b) &>> at.s32c)
                    case .i32ShrUImmediate: slots.set(at.a, slots.u32(at.b) &>> at.c)
                    case .i32AddShifted:
                        slots.set(at.a, slots.u32(at.b) &+ slots.u32(at.c) &<< UInt32(at.pointee.small))
                    case .i32DivS:
                        let left = slots.s32(at.b)
                        let right = slots.s32(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        if right == -1, left == .min { exit = .trapped(.integerOverflow); break run }
                        slots.set(at.a, left / right)
                    case .i32DivU:
                        let left = slots.u32(at.b)
                        let right = slots.u32(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        slots.set(at.a, left / right)
                    case .i32RemS:
                        let left = slots.s32(at.b)
                        let right = slots.s32(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        slots.set(at.a, right == -1 ? 0 : left % right)
                    case .i32RemU:
                        let left = slots.u32(at.b)
                        let right = slots.u32(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        slots.set(at.a, left % right)
                    case .i32Clz: slots.set(at.a, UInt32(slots.u32(at.b).leadingZeroBitCount))
                    case .i32Ctz: slots.set(at.a, UInt32(slots.u32(at.b).trailingZeroBitCount))
                    case .i32Popcnt: slots.set(at.a, UInt32(slots.u32(at.b).nonzeroBitCount))
                    case .i32Extend8S: slots.set(at.a, Int32(Int8(truncatingIfNeeded: slots.u32(at.b))))
                    case .i32Extend16S: slots.set(at.a, Int32(Int16(truncatingIfNeeded: slots.u32(at.b))))
                    case .i32WrapI64: slots.set(at.a, slots.u32(at.b))

                    // MARK: Integers of 64 bits
                    case .i64Eqz: slots.set(at.a, slots.u64(at.b) == 0)
                    case .i64Eq: slots.set(at.a, slots.u64(at.b) == slots.u64(at.c))
                    case .i64Ne: slots.set(at.a, slots.u64(at.b) != slots.u64(at.c))
                    case .i64LtS: slots.set(at.a, slots.s64(at.b) < slots.s64(at.c))
                    case .i64LtU: slots.set(at.a, slots.u64(at.b) < slots.u64(at.c))
                    case .i64GtS: slots.set(at.a, slots.s64(at.b) > slots.s64(at.c))
                    case .i64GtU: slots.set(at.a, slots.u64(at.b) > slots.u64(at.c))
                    case .i64LeS: slots.set(at.a, slots.s64(at.b) <= slots.s64(at.c))
                    case .i64LeU: slots.set(at.a, slots.u64(at.b) <= slots.u64(at.c))
                    case .i64GeS: slots.set(at.a, slots.s64(at.b) >= slots.s64(at.c))
                    case .i64GeU: slots.set(at.a, slots.u64(at.b) >= slots.u64(at.c))
                    case .i64EqImmediate: slots.set(at.a, slots.u64(at.b) == at.u64c)
                    case .i64NeImmediate: slots.set(at.a, slots.u64(at.b) != at.u64c)
                    case .i64LtSImmediate: slots.set(at.a, slots.s64(at.b) < at.s64c)
                    case .i64LtUImmediate: slots.set(at.a, slots.u64(at.b) < at.u64c)
                    case .i64GtSImmediate: slots.set(at.a, slots.s64(at.b) > at.s64c)
                    case .i64GtUImmediate: slots.set(at.a, slots.u64(at.b) > at.u64c)
                    case .i64LeSImmediate: slots.set(at.a, slots.s64(at.b) <= at.s64c)
                    case .i64LeUImmediate: slots.set(at.a, slots.u64(at.b) <= at.u64c)
                    case .i64GeSImmediate: slots.set(at.a, slots.s64(at.b) >= at.s64c)
                    case .i64GeUImmediate: slots.set(at.a, slots.u64(at.b) >= at.u64c)
                    case .i64Add: slots.set(at.a, slots.u64(at.b) &+ slots.u64(at.c))
                    case .i64Sub: slots.set(at.a, slots.u64(at.b) &- slots.u64(at.c))
                    case .i64Mul: slots.set(at.a, slots.u64(at.b) &* slots.u64(at.c))
                    case .i64And: slots.set(at.a, slots.u64(at.b) & slots.u64(at.c))
                    case .i64Or: slots.set(at.a, slots.u64(at.b) | slots.u64(at.c))
                    case .i64Xor: slots.set(at.a, slots.u64(at.b) ^ slots.u64(at.c))
                    case .i64Shl: slots.set(at.a, slots.u64(at.b) &<< slots.u64(at.c))
                    case .i64ShrS: slots.set(at.a, slots.s64(at.b) &>> slots.s64(at.c))
                    case .i64ShrU: slots.set(at.a, slots.u64(at.b) &>> slots.u64(at.c))
                    case .i64Rotl: slots.set(at.a, Numerics.rotateLeft(slots.u64(at.b), slots.u64(at.c)))
                    case .i64Rotr: slots.set(at.a, Numerics.rotateLeft(slots.u64(at.b), 0 &- slots.u64(at.c)))
                    case .i64AddImmediate: slots.set(at.a, slots.u64(at.b) &+ at.u64c)
                    case .i64MulImmediate: slots.set(at.a, slots.u64(at.b) &* at.u64c)
                    case .i64AndImmediate: slots.set(at.a, slots.u64(at.b) & at.u64c)
                    case .i64OrImmediate: slots.set(at.a, slots.u64(at.b) | at.u64c)
                    case .i64XorImmediate: slots.set(at.a, slots.u64(at.b) ^ at.u64c)
                    case .i64ShlImmediate: slots.set(at.a, slots.u64(at.b) &<< at.u64c)
                    case .i64ShrSImmediate: slots.set(at.a, slots.s64(at.b) &>> at.s64c)
                    case .i64ShrUImmediate: slots.set(at.a, slots.u64(at.b) &>> at.u64c)
                    case .i64DivS:
                        let left = slots.s64(at.b)
                        let right = slots.s64(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        if right == -1, left == .min { exit = .trapped(.integerOverflow); break run }
                        slots.set(at.a, left / right)
                    case .i64DivU:
                        let left = slots.u64(at.b)
                        let right = slots.u64(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        slots.set(at.a, left / right)
                    case .i64RemS:
                        let left = slots.s64(at.b)
                        let right = slots.s64(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        slots.set(at.a, right == -1 ? 0 : left % right)
                    case .i64RemU:
                        let left = slots.u64(at.b)
                        let right = slots.u64(at.c)
                        if right == 0 { exit = .trapped(.integerDivideByZero); break run }
                        slots.set(at.a, left % right)
                    case .i64Clz: slots.set(at.a, UInt64(slots.u64(at.b).leadingZeroBitCount))
                    case .i64Ctz: slots.set(at.a, UInt64(slots.u64(at.b).trailingZeroBitCount))
                    case .i64Popcnt: slots.set(at.a, UInt64(slots.u64(at.b).nonzeroBitCount))
                    case .i64Extend8S: slots.set(at.a, Int64(Int8(truncatingIfNeeded: slots.u64(at.b))))
                    case .i64Extend16S: slots.set(at.a, Int64(Int16(truncatingIfNeeded: slots.u64(at.b))))
                    case .i64Extend32S: slots.set(at.a, Int64(Int32(truncatingIfNeeded: slots.u64(at.b))))

                    // MARK: Floating point
                    case .f32Eq: slots.set(at.a, slots.f32(at.b) == slots.f32(at.c))
                    case .f32Ne: slots.set(at.a, slots.f32(at.b) != slots.f32(at.c))
                    case .f32Lt: slots.set(at.a, slots.f32(at.b) < slots.f32(at.c))
                    case .f32Gt: slots.set(at.a, slots.f32(at.b) > slots.f32(at.c))
                    case .f32Le: slots.set(at.a, slots.f32(at.b) <= slots.f32(at.c))
                    case .f32Ge: slots.set(at.a, slots.f32(at.b) >= slots.f32(at.c))
                    case .f32Add: slots.set(at.a, slots.f32(at.b) + slots.f32(at.c))
                    case .f32Sub: slots.set(at.a, slots.f32(at.b) - slots.f32(at.c))
                    case .f32Mul: slots.set(at.a, slots.f32(at.b) * slots.f32(at.c))
                    case .f32Div: slots.set(at.a, slots.f32(at.b) / slots.f32(at.c))
                    case .f32Abs: slots.set(at.a, slots.u32(at.b) & ~0x8000_0000)
                    case .f32Neg: slots.set(at.a, slots.u32(at.b) ^ 0x8000_0000)
                    case .f32Sqrt: slots.set(at.a, slots.f32(at.b).squareRoot())
                    case .f32AddProduct:
                        slots.set(at.a, slots.f32(next.a) + slots.f32(at.b) * slots.f32(at.c))
                        next += 1
                    case .f64AddProduct:
                        slots.set(at.a, slots.f64(next.a) + slots.f64(at.b) * slots.f64(at.c))
                        next += 1
                    case .f64Eq: slots.set(at.a, slots.f64(at.b) == slots.f64(at.c))
                    case .f64Ne: slots.set(at.a, slots.f64(at.b) != slots.f64(at.c))
                    case .f64Lt: slots.set(at.a, slots.f64(at.b) < slots.f64(at.c))
                    case .f64Gt: slots.set(at.a, slots.f64(at.b) > slots.f64(at.c))
                    case .f64Le: slots.set(at.a, slots.f64(at.b) <= slots.f64(at.c))
                    case .f64Ge: slots.set(at.a, slots.f64(at.b) >= slots.f64(at.c))
                    case .f64Add: slots.set(at.a, slots.f64(at.b) + slots.f64(at.c))
                    case .f64Sub: slots.set(at.a, slots.f64(at.b) - slots.f64(at.c))
                    case .f64Mul: slots.set(at.a, slots.f64(at.b) * slots.f64(at.c))
                    case .f64Div: slots.set(at.a, slots.f64(at.b) / slots.f64(at.c))
                    case .f64Abs: slots.set(at.a, slots.u64(at.b) & ~0x8000_0000_0000_0000)
                    case .f64Neg: slots.set(at.a, slots.u64(at.b) ^ 0x8000_0000_0000_0000)
                    case .f64Sqrt: slots.set(at.a, slots.f64(at.b).squareRoot())
                    case .f32ConvertI32S: slots.set(at.a, Float(slots.s32(at.b)))
                    case .f32ConvertI32U: slots.set(at.a, Float(slots.u32(at.b)))
                    case .f64ConvertI32S: slots.set(at.a, Double(slots.s32(at.b)))
                    case .f64ConvertI32U: slots.set(at.a, Double(slots.u32(at.b)))
                    case .f32DemoteF64: slots.set(at.a, Float(slots.f64(at.b)))
                    case .f64PromoteF32: slots.set(at.a, Double(slots.f32(at.b)))

                    // MARK: Groups
                    case .numeric:
                        if let trap = NumericExecution.execute(at.pointee, slots) {
                            exit = .trapped(trap)
                            break run
                        }
                    case .aggregate:
                        let current = FrameRecord(next: next, slots: slots, function: function)
                        let step = aggregate(at.pointee, slots, in: (current, depth: frame - firstFrame))
                        exit = step.exit
                        guard case .finished = exit else { break run }
                        fuel &-= step.fuel
                        if fuel < 0 {
                            exit = .exhausted(.fuel)
                            break run
                        }
                    case .vectorConstant:
                        slots.set(at.a, next[0].wide)
                        slots.set(at.a &+ 1, next[1].wide)
                        next += 2
                    case .shuffle:
                        VectorExecution.shuffle(at.pointee, next[0].wide, next[1].wide, slots)
                        next += 2
                    case .vectorLoad:
                        if !VectorExecution.load(at.pointee, slots, memoryBase, memorySize) {
                            exit = .trapped(.outOfBoundsMemoryAccess); break run
                        }
                    case .vectorLoadLane:
                        next += 1
                        if !VectorExecution.loadLane(at.pointee, at[1].a, slots, memoryBase, memorySize) {
                            exit = .trapped(.outOfBoundsMemoryAccess)
                            break run
                        }
                    case .vectorStore:
                        if !VectorExecution.store(at.pointee, slots, memoryBase, memorySize) {
                            exit = .trapped(.outOfBoundsMemoryAccess); break run
                        }
                    case .lanes: VectorExecution.executeLanes(at.pointee, slots)
                    case .i8x16: VectorExecution.executeI8x16(at.pointee, slots)
                    case .i16x8: VectorExecution.executeI16x8(at.pointee, slots)
                    case .i32x4: VectorExecution.executeI32x4(at.pointee, slots)
                    case .i64x2: VectorExecution.executeI64x2(at.pointee, slots)
                    case .f32x4: VectorExecution.executeF32x4(at.pointee, slots)
                    case .f64x2: VectorExecution.executeF64x2(at.pointee, slots)
                    case .relaxed: VectorExecution.executeRelaxed(at.pointee, slots, relaxed)
                    case .vectorTernary:
                        next += 1
                        VectorExecution.executeTernary(at.pointee, at[1].a, slots, relaxed)
                    }
                }

                // MARK: Taken jumps
                let distance = at.pointee.distance
                next += distance
                if distance < 0 {
                    // Only loops are behind.
                    fuel &-= Int64(next.a)
                    next += 1
                    if fuel < 0 {
                        exit = .exhausted(.fuel)
                        break run
                    }
                }
            }
        }
        self.fuel = max(0, fuel)
        return exit
    }
}

extension UnsafeMutableRawPointer {
    /// The number at an offset, which need not be aligned.
    @inline(__always)
    fileprivate func read<Number: BitwiseCopyable>(_: Number.Type, at offset: UInt64) -> Number {
        loadUnaligned(fromByteOffset: Int(truncatingIfNeeded: offset), as: Number.self)
    }

    /// Writes a number at an offset, which need not be aligned.
    @inline(__always)
    fileprivate func write<Number: BitwiseCopyable>(_ number: Number, at offset: UInt64) {
        withUnsafePointer(to: number) {
            (self + Int(truncatingIfNeeded: offset)).copyMemory(from: $0, byteCount: MemoryLayout<Number>.size)
        }
    }
}
