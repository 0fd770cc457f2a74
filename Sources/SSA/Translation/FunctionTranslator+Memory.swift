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

    // MARK: Memory

    mutating func translateLoad(
        _ width: MemoryWidth,
        _ type: IRType,
        _ argument: MemoryArgument
    ) throws(TranslationError) {
        let (address, offset) = try checkedAddress(pop(), argument, size: width.size(of: type))
        push(builder.emit(.load(width), type, address, immediate: offset))
    }

    mutating func translateStore(
        _ width: MemoryWidth,
        _ type: IRType,
        _ argument: MemoryArgument
    ) throws(TranslationError) {
        let value = pop()
        let (address, offset) = try checkedAddress(pop(), argument, size: width.size(of: type))
        builder.emit(.store(width), type, address, value, immediate: offset)
    }

    /// Checks the bounds of an access and answers its machine address, as a value and a byte offset that fits 31 bits.
    ///
    /// Index and offset have 32 bits, so that their sum with the size does not wrap in 64 bits. Base and length are loaded
    /// from the instance context for each access, as any call may grow the memory.
    ///
    /// Spec: core 3.0, section 4.6.9 "Memory Instructions".
    private mutating func checkedAddress(
        _ index: Value,
        _ argument: MemoryArgument,
        size: Int
    ) throws(TranslationError) -> (address: Value, offset: Int64) {
        try refuse64BitMemory(argument.memory)
        let offset = Int64(truncatingIfNeeded: argument.offset)
        let index = builder.emit(.extendUnsigned, .i32, index)
        let end = builder.emit(.add, .i64, index, builder.constant(.i64, offset + Int64(size)))
        let length = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryLength(argument.memory)))
        trap(.outOfBoundsMemoryAccess, if: builder.emit(.compare(.greaterUnsigned), .i64, end, length))
        let base = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryBase(argument.memory)))
        let address = builder.emit(.add, .i64, base, index)
        if offset <= Int64(Int32.max) { return (address, offset) }
        return (builder.emit(.add, .i64, address, builder.constant(.i64, offset)), 0)
    }

    mutating func translateMemorySize(_ memory: MemoryIndex) throws(TranslationError) {
        try refuse64BitMemory(memory)
        let length = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.memoryLength(memory)))
        let pages = builder.emit(.shiftRightUnsigned, .i64, length, builder.constant(.i64, 16))
        push(builder.emit(.wrap, .i64, pages))
    }

    mutating func translateMemoryGrow(_ memory: MemoryIndex) throws(TranslationError) {
        try refuse64BitMemory(memory)
        let pages = builder.emit(.extendUnsigned, .i32, pop())
        let number = builder.constant(.i32, Int64(memory.rawValue))
        let function = RuntimeFunction.memoryGrow
        let results = builder.emitCall(
            .callRuntime,
            function.signature,
            operands: [number, pages],
            immediate: function.rawValue
        )
        push(builder.emit(.wrap, .i64, results[0]))
    }

    private func refuse64BitMemory(_ memory: MemoryIndex) throws(TranslationError) {
        if module.module.memoryTypes[memory.position].addressType == .i64 {
            throw refusal(.unsupported("64-bit memory"))
        }
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
