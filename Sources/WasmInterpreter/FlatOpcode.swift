/// What a word of flat code does.
///
/// Frequent operations have a case each, which the execution loop knows; the cases at the end stand for groups of
/// instructions that are functions of their own, which go by ``FlatInstruction/opcode``.
///
/// `a`, `b`, `c` and `small` are the fields of ``FlatInstruction``. Numeric operations: `a` is the slot of the result,
/// `b` and `c` are those of the operands; in those that are called immediate `c` is the right operand itself, of an
/// `i64` sign-extended. Comparing jumps: `a` and `b` are compared, the latter may be the number itself, and execution
/// goes on `c` words further where the comparison holds. Jumps count from the following word. A jump backwards goes to
/// a `loop`, whose fuel it pays.
enum FlatOpcode: UInt8 {
    // MARK: Control
    case unreachable
    /// Belongs to the word before.
    case data
    /// Pays `a` units of fuel.
    case loop
    case jump
    /// Tests slot `a`.
    case jumpIfNotZero, jumpIfZero
    /// Goes on at one of the `b` following words, all `jump`, by slot `a`; the last is the default.
    case jumpTable
    /// Copies `b` slots from slot `a` on to the frame's start, and leaves the frame.
    case leave
    /// Calls the function of address `b` with the arguments from slot `a` on.
    case call, returnCall
    /// Calls the function in slot `b`, in the table that the following word names in `a`, which must be of type `c`.
    case callIndirect, returnCallIndirect
    /// Calls the function in slot `b`.
    case callReference, returnCallReference
    /// Throws an exception of tag address `b` with the `c` slots from slot `a` on.
    case `throw`
    /// Throws the exception in slot `a`.
    case throwReference

    // MARK: Comparing jumps
    case jumpI32Eq, jumpI32Ne, jumpI32LtS, jumpI32LtU, jumpI32GtS, jumpI32GtU, jumpI32LeS, jumpI32LeU, jumpI32GeS,
        jumpI32GeU
    case jumpI32EqImmediate, jumpI32NeImmediate, jumpI32LtSImmediate, jumpI32LtUImmediate, jumpI32GtSImmediate,
        jumpI32GtUImmediate, jumpI32LeSImmediate, jumpI32LeUImmediate, jumpI32GeSImmediate, jumpI32GeUImmediate
    case jumpI64Eq, jumpI64Ne, jumpI64LtS, jumpI64LtU, jumpI64GtS, jumpI64GtU, jumpI64LeS, jumpI64LeU, jumpI64GeS,
        jumpI64GeU
    case jumpI64EqImmediate, jumpI64NeImmediate, jumpI64LtSImmediate, jumpI64LtUImmediate, jumpI64GtSImmediate,
        jumpI64GtUImmediate, jumpI64LeSImmediate, jumpI64LeUImmediate, jumpI64GeSImmediate, jumpI64GeUImmediate

    /// As the comparing jumps of the same names, after `small`, which is signed, was added to slot `a`.
    case addJumpI32Ne, addJumpI32LtS, addJumpI32LtU
    case addJumpI32NeImmediate, addJumpI32LtSImmediate, addJumpI32LtUImmediate
    /// Add `b`, a slot or a number, to slot `a` and jump in any case.
    case i32AddThenJump, i64AddThenJump, i32AddImmediateThenJump, i64AddImmediateThenJump
    /// Tests the bits of slot `a` that are set in `b`, which is sign-extended.
    case jumpIfAnyBit, jumpIfNoBit

    // MARK: Moves
    /// Copies slot `b` to slot `a`.
    case copy
    /// Copies `c` slots from slot `b` on to slot `a` on; they may overlap.
    case copyMany
    /// `a` becomes the number in `b` and `c`.
    case constant
    /// `a` becomes `b` or `c` by slot `a` of the following word; `small` slots wide.
    case select
    /// `small` slots wide; the address of the global is `b` where it is read, `a` where it is written.
    case globalGet, globalSet
    /// Traps where slot `a` is null.
    case checkNotNull

    // MARK: Tables, memories and segments
    /// `c` is the address of the table.
    case tableGet, tableSet
    /// `b` is the address of the table.
    case tableSize, tableGrow
    /// `a` is the first of three slots, `b` and `c` what the instruction names.
    case bulk
    case elementDrop, dataDrop
    /// Loads and stores use memory address `a` from here on.
    case useMemory
    /// `a` becomes the sum of slot `b` and the 64-bit number in the following word; traps where no memory is so large.
    case effectiveAddress
    case memorySize, memoryGrow
    /// `a` is the result, `b` the address, `c` the constant offset.
    case load8U, load16U, load32, load64, i32Load8S, i32Load16S, i64Load8S, i64Load16S, i64Load32S
    /// The address is `b`, as a number of 32 bits, shifted to the left by `small`, and the constant offset `c`.
    case load32Scaled, load64Scaled
    /// The address is the 32-bit sum of `b` and of `c` shifted to the left by `small`.
    case load32Indexed, load64Indexed
    /// `a` is the address, `b` the value, `c` the constant offset.
    case store8, store16, store32, store64

    // MARK: Integers of 32 bits
    case i32Eqz, i32Eq, i32Ne, i32LtS, i32LtU, i32GtS, i32GtU, i32LeS, i32LeU, i32GeS, i32GeU
    case i32EqImmediate, i32NeImmediate, i32LtSImmediate, i32LtUImmediate, i32GtSImmediate, i32GtUImmediate,
        i32LeSImmediate, i32LeUImmediate, i32GeSImmediate, i32GeUImmediate
    case i32Add, i32Sub, i32Mul, i32And, i32Or, i32Xor, i32Shl, i32ShrS, i32ShrU, i32Rotl, i32Rotr
    case i32AddImmediate, i32MulImmediate, i32AndImmediate, i32OrImmediate, i32XorImmediate, i32ShlImmediate,
        i32ShrSImmediate, i32ShrUImmediate
    /// The sum of `b` and of `c` shifted to the left by `small`.
    case i32AddShifted
    case i32DivS, i32DivU, i32RemS, i32RemU
    case i32Clz, i32Ctz, i32Popcnt, i32Extend8S, i32Extend16S, i32WrapI64

    // MARK: Integers of 64 bits
    case i64Eqz, i64Eq, i64Ne, i64LtS, i64LtU, i64GtS, i64GtU, i64LeS, i64LeU, i64GeS, i64GeU
    case i64EqImmediate, i64NeImmediate, i64LtSImmediate, i64LtUImmediate, i64GtSImmediate, i64GtUImmediate,
        i64LeSImmediate, i64LeUImmediate, i64GeSImmediate, i64GeUImmediate
    case i64Add, i64Sub, i64Mul, i64And, i64Or, i64Xor, i64Shl, i64ShrS, i64ShrU, i64Rotl, i64Rotr
    case i64AddImmediate, i64MulImmediate, i64AndImmediate, i64OrImmediate, i64XorImmediate, i64ShlImmediate,
        i64ShrSImmediate, i64ShrUImmediate
    case i64DivS, i64DivU, i64RemS, i64RemU
    case i64Clz, i64Ctz, i64Popcnt, i64Extend8S, i64Extend16S, i64Extend32S

    // MARK: Floating point
    case f32Eq, f32Ne, f32Lt, f32Gt, f32Le, f32Ge, f32Add, f32Sub, f32Mul, f32Div, f32Abs, f32Neg, f32Sqrt
    /// The sum of slot `a` of the following word and of the product of `b` and `c`, rounded twice.
    case f32AddProduct, f64AddProduct
    case f64Eq, f64Ne, f64Lt, f64Gt, f64Le, f64Ge, f64Add, f64Sub, f64Mul, f64Div, f64Abs, f64Neg, f64Sqrt
    case f32ConvertI32S, f32ConvertI32U, f64ConvertI32S, f64ConvertI32U, f32DemoteF64, f64PromoteF32

    // MARK: Groups
    /// Scalar numeric instructions that are none of the above.
    case numeric
    /// Structures, arrays, integers as references, and casts.
    case aggregate
    case vectorConstant, shuffle, vectorLoad, vectorLoadLane, vectorStore
    case lanes, i8x16, i16x8, i32x4, i64x2, f32x4, f64x2, relaxed
    /// Vector instructions with three operands; the following word has the last one in `a`.
    case vectorTernary
}
