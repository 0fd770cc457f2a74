import WasmModel

/// Where everything is in the memory that a carriage adds, in bytes.
///
/// A value takes 16 bytes, its number in the low ones; a reference is a ``ReferenceKind`` code. First the words of ``Word``, then a
/// record for each call (its status in 16 bytes, then the values), the exported globals, 16 bytes for each exported table (the
/// number of elements and of those that are not null, 8 bytes each), and what grows: the log of calls of the host (of each call the
/// ordinal in 16 bytes, then the arguments), then the elements that are not null (8 bytes of position, 8 of code).
struct CarriageLayout: Hashable, Sendable {
    /// The words at the start.
    enum Word: Int {
        /// Where ``CarriageStatus/noHostValue`` goes outside of calls.
        case status = 0
        /// The offset of the record of the call that is made.
        case currentRecord = 4
        /// How much of what grows is in use.
        case used = 8
        /// Not zero where what grows found no place.
        case overflow = 12
        /// How much was in use when the log was complete.
        case logEnd = 16
    }

    static let slotSize = 16
    /// What grows may take so many bytes, and 64 KiB more.
    static let growthBound = 64 << 20
    static let pageSize = 65_536

    /// The offset of the record of each call.
    private(set) var records: [Int] = []
    /// The offset of the exported globals.
    private(set) var globals = 0
    /// The offset of the exported tables.
    private(set) var tables = 0
    /// The offset of what grows.
    private(set) var growth: Int

    /// Makes a layout.
    /// - Parameters:
    ///   - values: the greatest number of values of each call.
    ///   - globals: the number of exported globals.
    ///   - tables: the number of exported tables.
    init(values: [Int], globals globalCount: Int, tables tableCount: Int) {
        var offset = 2 * Self.slotSize
        records.reserveCapacity(values.count)
        for count in values {
            records.append(offset)
            offset += (1 + count) * Self.slotSize
        }
        globals = offset
        tables = globals + globalCount * Self.slotSize
        growth = tables + tableCount * Self.slotSize
    }

    /// In pages, what is there from the start.
    var pageCount: Int { growth / Self.pageSize + 1 }

    /// The offset of a value of the record of a call.
    func value(_ position: Int, ofCall call: Int) -> Int { records[call] + (1 + position) * Self.slotSize }
}

/// How a call ended, as a rewritten case stores it; a thrown exception is ``threw`` and the index of its tag.
enum CarriageStatus {
    static let none: UInt32 = 0
    static let returned: UInt32 = 1
    static let noHostValue: UInt32 = 2
    static let threw: UInt32 = 3
}

/// The memory that a carriage adds, as instructions use it.
struct CarriageMemory {
    /// What an offset is counted from.
    enum Base {
        case zero
        case local(Int)
    }

    let index: MemoryIndex
    let layout: CarriageLayout
    /// Makes place for so many bytes of what grows, and answers their offset in it, or -1.
    let reserve: FunctionIndex?

    /// Adds the memory to a module.
    /// - Parameter grows: whether anything grows.
    /// - Throws: where it is one memory too many.
    init(_ layout: CarriageLayout, in carried: inout CarriedModule, grows: Bool) throws(CarriageObstacle) {
        self.layout = layout
        guard carried.module.memories.isEmpty || carried.features.contains(.multiMemory) else {
            throw CarriageObstacle("the module has a memory, and a second one needs multi-memory")
        }
        guard layout.growth <= CarriageLayout.growthBound else {
            throw CarriageObstacle("\(layout.growth) bytes for results are more than \(CarriageLayout.growthBound)")
        }
        index = MemoryIndex(carried.module.memories.count)
        let pages = layout.pageCount
        let maximum = pages + (grows ? CarriageLayout.growthBound / CarriageLayout.pageSize : 0)
        carried.module.memories.append(
            MemoryType(limits: Limits(minimum: UInt64(pages), maximum: UInt64(maximum)))
        )
        guard grows else {
            reserve = nil
            return
        }
        var code = CodeWriter(parameterCount: 1)
        Self.writeReserve(&code, index, layout)
        reserve = carried.add(code, FunctionType(parameters: [.i32], results: [.i32]))
    }

    private static func writeReserve(_ code: inout CodeWriter, _ memory: MemoryIndex, _ layout: CarriageLayout) {
        let size = 0
        let used = code.addLocal(.i32)
        let missing = code.addLocal(.i32)
        func load(_ code: inout CodeWriter, _ word: CarriageLayout.Word) {
            code.number(0)
            code.access(.i32Load, memory, offset: word.rawValue, alignment: 2)
        }
        load(&code, .used)
        code.emit(.localTee, .local(LocalIndex(used)))
        code.get(size)
        code.emit(.i32Add)
        code.number(layout.growth + CarriageLayout.pageSize - 1)
        code.emit(.i32Add)
        code.number(16)
        code.emit(.i32ShrU)
        code.emit(.memorySize, .memory(memory))
        code.emit(.i32Sub)
        code.emit(.localTee, .local(LocalIndex(missing)))
        code.number(0)
        code.emit(.i32GtS)
        code.emit(.if, .block(.empty))
        // Some pages more, so that growing is rare; where they are too many, what is needed.
        code.get(missing)
        code.number(15)
        code.emit(.i32Add)
        code.emit(.memoryGrow, .memory(memory))
        code.number(-1)
        code.emit(.i32Eq)
        code.emit(.if, .block(.empty))
        code.get(missing)
        code.emit(.memoryGrow, .memory(memory))
        code.number(-1)
        code.emit(.i32Eq)
        code.emit(.if, .block(.empty))
        code.number(0)
        code.number(1)
        code.access(.i32Store, memory, offset: CarriageLayout.Word.overflow.rawValue, alignment: 2)
        code.number(-1)
        code.emit(.return)
        code.emit(.end)
        code.emit(.end)
        code.emit(.end)
        code.number(0)
        code.get(used)
        code.get(size)
        code.emit(.i32Add)
        code.access(.i32Store, memory, offset: CarriageLayout.Word.used.rawValue, alignment: 2)
        code.get(used)
    }

    // MARK: Storing

    func writeBase(_ base: Base, _ code: inout CodeWriter) {
        switch base {
        case .zero: code.number(0)
        case .local(let local): code.get(local)
        }
    }

    /// Stores a local.
    func store(
        _ local: Int,
        _ type: ValueType,
        _ base: Base,
        offset: Int,
        _ carried: CarriedModule,
        _ code: inout CodeWriter
    ) {
        writeBase(base, &code)
        code.get(local)
        storeTop(type, offset: offset, carried, &code)
    }

    /// Stores the value on top of the stack, below which is the base.
    func storeTop(_ type: ValueType, offset: Int, _ carried: CarriedModule, _ code: inout CodeWriter) {
        switch type {
        case .i32: code.access(.i32Store, index, offset: offset, alignment: 2)
        case .i64: code.access(.i64Store, index, offset: offset, alignment: 3)
        case .f32:
            code.emit(.i32ReinterpretF32)
            code.access(.i32Store, index, offset: offset, alignment: 2)
        case .f64:
            code.emit(.i64ReinterpretF64)
            code.access(.i64Store, index, offset: offset, alignment: 3)
        case .v128: code.access(.v128Store, index, offset: offset, alignment: 4)
        case .reference(let reference):
            carried.writeCode(of: reference, &code)
            code.access(.i64Store, index, offset: offset, alignment: 3)
        }
    }

    /// Stores a number of 32 bits.
    func storeNumber(_ number: Int, _ base: Base, offset: Int, _ code: inout CodeWriter) {
        writeBase(base, &code)
        code.number(number)
        code.access(.i32Store, index, offset: offset, alignment: 2)
    }
}
