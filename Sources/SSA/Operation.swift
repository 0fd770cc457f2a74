import WasmModel

/// How many bytes a load or store moves, and how a load widens them to the type of its result.
public enum MemoryWidth: UInt8, Hashable, Sendable, CaseIterable {
    /// As many bytes as the type has.
    case full
    case signed8, unsigned8, signed16, unsigned16, signed32, unsigned32
}

/// What an instruction computes. The instruction's ``InstructionRecord/type`` is the type of the operands where a comparison or conversion
/// has a result of another type, and the type of the result otherwise.
///
/// All operations but calls and those named `trap…` are total: translation puts the checks that wasm demands before them. What else is
/// true of each operation stands in its ``row``.
public enum Operation: Hashable, Sendable {
    // MARK: Constants
    /// The bits of a number of the instruction's type, in ``InstructionRecord/immediate``; for v128 use `constantVector`.
    case constant
    /// A vector: the position in ``IRFunction/vectorConstants`` is the immediate.
    case constantVector

    // MARK: Integers (i32, i64)
    case add, subtract, multiply
    /// The divisor is not zero, and the quotient does not overflow.
    case divideSigned
    /// The divisor is not zero.
    case divideUnsigned
    /// The divisor is not zero; the smallest integer by -1 leaves 0.
    case remainderSigned
    /// The divisor is not zero.
    case remainderUnsigned
    case and, or, exclusiveOr
    /// The amount is taken modulo the width of the type.
    case shiftLeft, shiftRightSigned, shiftRightUnsigned, rotateLeft, rotateRight
    case countLeadingZeros, countTrailingZeros, populationCount
    /// i32 result of 0 or 1; the type is that of the operands. References can be equal or not.
    case compare(IntegerCondition)
    /// The low 8, 16 or 32 bits, sign-extended within the type.
    case signExtend8, signExtend16, signExtend32
    /// i32 to i64; the record's type is i32.
    case extendSigned, extendUnsigned
    /// i64 to i32; the record's type is i64.
    case wrap

    // MARK: Floats (f32, f64), with the semantics of the wasm instructions
    case floatAdd, floatSubtract, floatMultiply, floatDivide, floatMinimum, floatMaximum, floatCopySign
    case floatAbsolute, floatNegate, floatSquareRoot, floatCeiling, floatFloor, floatTruncate, floatNearest
    /// i32 result of 0 or 1; the type is that of the operands.
    case floatCompare(FloatCondition)
    /// f64 to f32; the record's type is f64.
    case demote
    /// f32 to f64; the record's type is f32.
    case promote
    /// Float to integer, rounding toward zero; the operand is in range. The record's type is that of the result, the operand's type is its value's.
    case truncateSigned, truncateUnsigned
    /// Float to integer, rounding toward zero, the nearest integer where out of range, 0 for a NaN.
    case truncateSaturatingSigned, truncateSaturatingUnsigned
    /// Integer to float, rounding to nearest, ties to even; the record's type is that of the result.
    case convertSigned, convertUnsigned
    /// The bits as a number of the record's type, which has the operand's size.
    case reinterpret

    // MARK: Selection
    /// Operands: first, second, condition (i32). The first where the condition is not zero.
    case select

    // MARK: Vectors
    /// A vector instruction of wasm that does not access memory, with exactly its meaning, its operands and its result; the record's type
    /// is the result's. The immediate is the lane; for `i8x16.shuffle` it is the position of the mask in ``IRFunction/vectorConstants``.
    case vector(Opcode)
    /// f32 or f64 to v128: the number in lane 0, zeros in the others. The record's type is the operand's.
    case vectorFromScalar

    // MARK: Memory. Addresses are i64 values of the machine or references; the immediate is a byte offset that is added.
    /// Operand: address.
    case load(MemoryWidth)
    /// Operands: address, value; the type is the value's.
    case store(MemoryWidth)
    /// The field of the instance context at the immediate's byte offset.
    case loadContext
    /// Operand: value; stored in the context's field at the immediate's byte offset.
    case storeContext

    // MARK: Calls. Results: any number.
    /// The immediate is the index of a function that the module defines. ``InstructionRecord/signature`` says the signature.
    case call
    /// Operands: the address of a function record (``InstanceContextLayout/FunctionRecord``), not null, as an i64 or a reference, then the
    /// arguments. The callee has the signature, and runs with the context of its record.
    case callIndirect
    /// A function of the runtime; the immediate is its ``RuntimeFunction`` number.
    case callRuntime
    /// The reference to the exception that arrived; first in a block that is the exceptional target of a call, and only there.
    case landingPad

    // MARK: Checks
    /// Operand: i32; traps with the code in the immediate where it is not zero.
    case trapIf
    /// As ``trapIf``, where it is zero.
    case trapUnless

    // MARK: Terminators
    /// One target.
    case jump
    /// Operand: i32. Two targets: where not zero, where zero.
    case branchIf
    /// Operand: i32, unsigned. Any number of targets, the last for all other values. Targets may carry no arguments.
    case branchTable
    /// Operands: the results.
    case `return`
    /// Always traps, with the code in the immediate.
    case trap
    /// Returns what a call of a function with the same results gives, after this function's frame is gone. The immediate is the index of
    /// a function that the module defines.
    case returnCall
    /// As ``returnCall`` for a callee as that of ``callIndirect``.
    case returnCallIndirect
    /// As ``call``, with two targets without arguments, of which this block is the only predecessor: where the callee returns, and where it
    /// throws. The results are defined in what the first target dominates; the second one begins with ``landingPad``. Without a second one,
    /// which translation never leaves out, exceptions go on to the caller.
    case tryCall
    /// As ``tryCall`` for a callee as that of ``callIndirect``.
    case tryCallIndirect
    /// As ``tryCall`` for a function of the runtime.
    case tryCallRuntime
}
