import WasmModel

/// One word of flat code: an operation on the slots of a frame.
///
/// A frame is a run of 8-byte slots: the locals, parameters first, then the constants of the function, then the
/// operand stack. As heights are known when code is flattened, every value has a fixed slot, and an operation names
/// the slots that it reads and writes. A vector takes two slots. Numbers of 32 bits are zero-extended.
///
/// Numeric and memory operations keep their opcode: `a` is the slot of the result, `b` and `c` are those of the
/// operands; for loads `c` is the constant offset, for stores `a` is the address, `b` the value. Other opcodes stand
/// for what structured control has become:
///
/// | opcode | meaning in flat code |
/// |---|---|
/// | `loop` | pay `a` units of fuel |
/// | `local.get` | copy slot `b` to slot `a` |
/// | `block` | copy `c` slots from slot `b` on to slot `a` on; they may overlap |
/// | `br` | jump by `c` |
/// | `br_if` | jump by `c` where slot `a` is not zero |
/// | `if` | jump by `c` where slot `a` is zero |
/// | `br_table` | go on at one of the `b` following words, all `br`, by slot `a`; the last is the default |
/// | `return` | copy `b` slots from slot `a` on to the frame's start, and leave the frame |
/// | `call` | call function address `b` with the arguments from slot `a` on |
/// | `select` | `a` becomes `b` or `c` by the slot in `a` of the following word; `small` slots wide |
/// | `drop` | memory instructions use memory address `a` from here on |
/// | `throw` | throw an exception of tag address `b` with the `c` slots from slot `a` on |
/// | `throw_ref` | throw the exception in slot `a` |
/// | `ref.test`, `ref.cast` | of the reference in slot `b` for the ``CastTarget`` in `small` and `c`, the latter traps |
/// | `end` | `a` becomes the sum of slot `b` and the 64-bit number in the following word; traps on overflow |
///
/// Jumps count from the following word.
struct FlatInstruction {
    var opcode: Opcode
    var small: UInt16 = 0
    var a: UInt32 = 0
    var b: UInt32 = 0
    var c: UInt32 = 0

    init(_ opcode: Opcode, a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0, small: UInt16 = 0) {
        self.opcode = opcode
        self.small = small
        self.a = a
        self.b = b
        self.c = c
    }

    /// The 64-bit number in `b` and `c`.
    @inline(__always)
    var wide: UInt64 { UInt64(b) | UInt64(c) << 32 }

    /// The distance of a jump, in words.
    @inline(__always)
    var distance: Int { Int(Int32(bitPattern: c)) }
}

/// What calls need to know about a function of the store.
struct FunctionRecord {
    /// Nil for host functions, and for functions that were not called yet.
    var code: UnsafeMutablePointer<FlatInstruction>?
    var codeCount = 0
    var constants: UnsafeMutablePointer<UInt64>?
    var constantCount = 0
    /// All slots that the function may touch, results included.
    var frameSlots = 0
    var parameterSlots = 0
    var localSlots = 0
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
