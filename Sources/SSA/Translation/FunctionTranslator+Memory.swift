import WasmFormats
import WasmModel

extension FunctionTranslator {
    // MARK: Checks

    mutating func trap(_ trap: Trap, if condition: Value) {
        builder.emit(.trapIf, .i32, condition, immediate: Int64(trap.code))
    }

    mutating func trap(_ trap: Trap, unless condition: Value) {
        builder.emit(.trapUnless, .i32, condition, immediate: Int64(trap.code))
    }

    // MARK: Addresses

    /// Pops an address or a length, and widens it to an i64.
    mutating func popIndex(_ type: AddressType) -> Value {
        let value = pop()
        return type == .i32 ? builder.emit(.extendUnsigned, .i32, value) : value
    }

    /// Pushes an i64 as an address or a length.
    mutating func pushIndex(_ value: Value, _ type: AddressType) {
        push(type == .i32 ? builder.emit(.wrap, .i64, value) : value)
    }

    func addressType(of memory: MemoryIndex) -> AddressType { module.module.memoryTypes[memory.position].addressType }

    // MARK: Memory

    mutating func translateLoad(_ width: MemoryWidth, _ type: IRType, _ argument: MemoryArgument) {
        let (address, offset) = checkedAddress(pop(), argument, size: width.size(of: type))
        push(builder.emit(.load(width), type, address, immediate: offset))
    }

    mutating func translateStore(_ width: MemoryWidth, _ type: IRType, _ argument: MemoryArgument) {
        let value = pop()
        let (address, offset) = checkedAddress(pop(), argument, size: width.size(of: type))
        builder.emit(.store(width), type, address, value, immediate: offset)
    }

    /// Checks the bounds of an access and answers its machine address, as a value and a byte offset that fits 31 bits.
    ///
    /// Base and length are loaded from the instance context for each access, as any call may grow the memory.
    ///
    /// Spec: core 3.0, section 4.6.9 "Memory Instructions".
    private mutating func checkedAddress(
        _ index: Value,
        _ argument: MemoryArgument,
        size: Int
    ) -> (address: Value, offset: Int64) {
        let address =
            switch addressType(of: argument.memory) {
            case .i32: checked32BitAddress(index, argument, size: size)
            case .i64: checked64BitAddress(index, argument, size: size)
            }
        if argument.offset <= UInt64(Int32.max) { return (address, Int64(argument.offset)) }
        let offset = builder.constant(.i64, Int64(bitPattern: argument.offset))
        return (builder.emit(.add, .i64, address, offset), 0)
    }

    /// Index and offset have 32 bits, so that their sum with the size does not wrap in 64 bits.
    private mutating func checked32BitAddress(_ index: Value, _ argument: MemoryArgument, size: Int) -> Value {
        let index = builder.emit(.extendUnsigned, .i32, index)
        let extent = builder.constant(.i64, Int64(argument.offset) + Int64(size))
        let end = builder.emit(.add, .i64, index, extent)
        let length = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryLength(argument.memory)))
        trap(.outOfBoundsMemoryAccess, if: builder.emit(.compare(.greaterUnsigned), .i64, end, length))
        let base = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryBase(argument.memory)))
        return builder.emit(.add, .i64, base, index)
    }

    /// The end of the access is out of bounds too where it wraps; an offset with which the size alone wraps always is.
    private mutating func checked64BitAddress(_ index: Value, _ argument: MemoryArgument, size: Int) -> Value {
        let (extent, wraps) = argument.offset.addingReportingOverflow(UInt64(size))
        if wraps {
            trap(.outOfBoundsMemoryAccess, if: builder.constant(.i32, 1))
        } else {
            let end = builder.emit(.add, .i64, index, builder.constant(.i64, Int64(bitPattern: extent)))
            let length = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryLength(argument.memory)))
            let isWrapped = builder.emit(.compare(.lessUnsigned), .i64, end, index)
            let isBeyond = builder.emit(.compare(.greaterUnsigned), .i64, end, length)
            trap(.outOfBoundsMemoryAccess, if: builder.emit(.or, .i32, isWrapped, isBeyond))
        }
        let base = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryBase(argument.memory)))
        return builder.emit(.add, .i64, base, index)
    }

    mutating func translateMemorySize(_ memory: MemoryIndex) {
        let length = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryLength(memory)))
        let pages = builder.emit(.shiftRightUnsigned, .i64, length, builder.constant(.i64, 16))
        pushIndex(pages, addressType(of: memory))
    }

    mutating func translateMemoryGrow(_ memory: MemoryIndex) {
        let pages = popIndex(addressType(of: memory))
        let results = callRuntime(.memoryGrow, [indexConstant(memory.rawValue), pages])
        pushIndex(results[0], addressType(of: memory))
    }

    mutating func translate(_ operation: BulkLowering, _ immediate: Immediate) {
        switch operation {
        case .copy:
            let (destination, source) = immediate.memories
            translateCopy(
                .memoryCopy,
                to: (destination.rawValue, addressType(of: destination)),
                from: (source.rawValue, addressType(of: source))
            )
        case .fill:
            let memory = immediate.memory
            let count = popIndex(addressType(of: memory))
            let byte = pop()
            let start = popIndex(addressType(of: memory))
            callRuntime(.memoryFill, [indexConstant(memory.rawValue), start, byte, count])
        case .initialize:
            let (data, memory) = immediate.dataAndMemory
            translateInitialization(.memoryInit, of: (memory.rawValue, addressType(of: memory)), from: data.rawValue)
        case .dropData: callRuntime(.dataDrop, [indexConstant(immediate.data.rawValue)])
        }
    }

    /// Copies a run of one memory or table to another; the length has the smaller of the two address types.
    mutating func translateCopy(
        _ function: RuntimeFunction,
        to destination: (index: UInt32, type: AddressType),
        from source: (index: UInt32, type: AddressType)
    ) {
        let count = popIndex(destination.type == .i64 && source.type == .i64 ? .i64 : .i32)
        let from = popIndex(source.type)
        let to = popIndex(destination.type)
        callRuntime(function, [indexConstant(destination.index), indexConstant(source.index), to, from, count])
    }

    /// Copies a run of a segment to a memory or table.
    mutating func translateInitialization(
        _ function: RuntimeFunction,
        of destination: (index: UInt32, type: AddressType),
        from segment: UInt32
    ) {
        let count = popIndex(.i32)
        let from = popIndex(.i32)
        let to = popIndex(destination.type)
        callRuntime(function, [indexConstant(destination.index), indexConstant(segment), to, from, count])
    }

    // MARK: Globals

    /// The address of the cell of an imported global; nil where the module defines the global.
    private mutating func importedCell(_ global: GlobalIndex) -> Value? {
        guard global.position < module.module.importCounts.globals else { return nil }
        return builder.emit(.loadContext, .i64, immediate: Int64(module.layout.globalCell(global)))
    }

    mutating func translateGlobalGet(_ global: GlobalIndex) {
        let type = IRType(module.module.globalTypes[global.position].valueType)
        if let cell = importedCell(global) {
            push(builder.emit(.load(.full), type, cell))
            return
        }
        push(builder.emit(.loadContext, type, immediate: Int64(module.layout.globalCell(global))))
    }

    mutating func translateGlobalSet(_ global: GlobalIndex) {
        let value = pop()
        let type = builder.type(of: value)
        if let cell = importedCell(global) {
            builder.emit(.store(.full), type, cell, value)
            return
        }
        builder.emit(.storeContext, type, value, immediate: Int64(module.layout.globalCell(global)))
    }
}

extension MemoryWidth {
    /// How many bytes are moved.
    public func size(of type: IRType) -> Int {
        switch self {
        case .full: type.size
        case .signed8, .unsigned8: 1
        case .signed16, .unsigned16: 2
        case .signed32, .unsigned32: 4
        }
    }
}
