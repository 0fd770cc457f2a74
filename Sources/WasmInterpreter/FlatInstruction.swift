import WasmModel

/// One word of flat code: an operation on the slots of a frame.
///
/// A frame is a run of 8-byte slots: the locals, parameters first, then constants of the function, then the operand
/// stack. As heights are known when code is flattened, every value has a fixed slot, and an operation names the slots
/// that it reads and writes. A vector takes two slots. Numbers of 32 bits are zero-extended.
struct FlatInstruction {
    /// What the word does, which says what the other fields mean.
    var code: FlatOpcode
    var small: UInt8 = 0
    /// Which instruction of a group the word is; `nop` outside of groups.
    var opcode = Opcode.nop
    var a: UInt32 = 0
    var b: UInt32 = 0
    var c: UInt32 = 0

    init(_ code: FlatOpcode, a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0, small: UInt8 = 0) {
        self.code = code
        self.small = small
        self.a = a
        self.b = b
        self.c = c
    }

    /// The word of an instruction that has one of its own.
    init(operation opcode: Opcode, a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0, small: UInt8 = 0) {
        self.init(FlatOpcode(opcode), a: a, b: b, c: c, small: small)
        self.opcode = opcode
    }

    /// The 64-bit number in `b` and `c`.
    @inline(__always)
    var wide: UInt64 { UInt64(b) | UInt64(c) << 32 }

    /// The distance of a jump, in words.
    @inline(__always)
    var distance: Int { Int(Int32(bitPattern: c)) }
}

extension UnsafeMutablePointer where Pointee == FlatInstruction {
    @inline(__always) var a: UInt32 { pointee.a }
    @inline(__always) var b: UInt32 { pointee.b }
    @inline(__always) var c: UInt32 { pointee.c }
    // Immediate operands: those of 64 bits are sign-extended.
    @inline(__always) var s32b: Int32 { Int32(bitPattern: pointee.b) }
    @inline(__always) var s64b: Int64 { Int64(s32b) }
    @inline(__always) var u64b: UInt64 { UInt64(bitPattern: s64b) }
    @inline(__always) var signedSmall: UInt32 { UInt32(bitPattern: Int32(Int8(bitPattern: pointee.small))) }
    @inline(__always) var s32c: Int32 { Int32(bitPattern: pointee.c) }
    @inline(__always) var s64c: Int64 { Int64(s32c) }
    @inline(__always) var u64c: UInt64 { UInt64(bitPattern: s64c) }
}

/// What calls need to know about a function of the store.
struct FunctionRecord {
    /// Nil for host functions, and for functions that were not called yet.
    var code: UnsafeMutablePointer<FlatInstruction>?
    /// What the slots behind the parameters hold at first: zeros of the other locals, then constants.
    var initial: UnsafeMutablePointer<UInt64>?
    var initialCount = 0
    /// All slots that the function may touch, results included.
    var frameSlots = 0
    var parameterSlots = 0
    var resultSlots = 0
    /// What a call costs before anything in a loop, in units of fuel.
    var fuel: Int64 = 0
    /// The address of the memory with index zero.
    var memory = 0
    /// The canonical type.
    var type: UInt32 = 0
    /// The position of the host function; negative for functions of modules.
    var host = -1
    /// The position of the definition in its module.
    var definition = -1
    /// The position of the function's handlers of exceptions in the store; negative where it has none.
    var handlerTable = -1
    /// The position of the function's root map in the store; negative before it is called.
    var rootMap = -1
}

/// A memory of the store.
struct MemoryRecord {
    var base: UnsafeMutableRawPointer
    var byteCount: UInt64
    /// The bytes that are allocated; those beyond the size are zero.
    var capacity: UInt64
    var type: MemoryType
}

/// A table of the store; an element is a reference as it stands in a slot.
struct TableRecord {
    var elements: UnsafeMutablePointer<UInt64>
    var count: UInt64
    var capacity: UInt64
    var type: TableType
}

/// A caller that waits.
struct FrameRecord {
    var next: UnsafeMutablePointer<FlatInstruction>
    var slots: UnsafeMutablePointer<UInt64>
    var function: UnsafeMutablePointer<FunctionRecord>
}

extension Opcode {
    /// The number of 8-byte slots that the result of a numeric or memory instruction takes.
    var resultWidth: UInt32 { row.results?.first == .value(.v128) ? 2 : 1 }
}

extension ValueType {
    /// The number of 8-byte slots that a value takes.
    var slotCount: Int {
        switch self {
        case .i32, .i64, .f32, .f64, .reference: 1
        case .v128: 2
        }
    }
}

extension [ValueType] {
    /// The number of 8-byte slots that values of the types take.
    var slotCount: Int { reduce(0) { $0 + $1.slotCount } }
}
