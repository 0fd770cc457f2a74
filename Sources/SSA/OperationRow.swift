/// What the table of operations says of one of them.
struct OperationRow: Sendable {
    /// In the text form; conditions, widths and wasm instructions follow after a dot.
    let name: StaticString
    let types: RecordTypes
    let operands: OperandRules
    let results: ResultRule
    let effect: OperationEffect
    let immediate: OperationImmediate
    /// For a terminator.
    let targets: TargetRule?
    let marks: OperationMarks
}

extension Operation {
    /// A row of the table.
    @inline(__always)
    func row(
        _ name: StaticString,
        _ types: RecordTypes,
        _ operands: OperandRules,
        _ results: ResultRule,
        _ effect: OperationEffect,
        _ immediate: OperationImmediate = .none,
        to targets: TargetRule? = nil,
        is marks: OperationMarks = []
    ) -> OperationRow {
        OperationRow(
            name: name,
            types: types,
            operands: operands,
            results: results,
            effect: effect,
            immediate: immediate,
            targets: targets,
            marks: marks
        )
    }
}

/// What else is true of some operations.
struct OperationMarks: OptionSet, Sendable {
    let rawValue: UInt8

    /// The two operands can be exchanged. Not for floats: which of two NaNs an operation passes on may depend on their order.
    static let commutative = OperationMarks(rawValue: 1)
    /// The operation faults for operands that the checks before it exclude, so it must not come before them.
    static let guarded = OperationMarks(rawValue: 2)
}

/// The types that the record of an instruction can have, and whether the text form says which it is.
struct RecordTypes: Sendable {
    private let bits: UInt8
    let isInText: Bool

    private init(_ types: UInt8, isInText: Bool = true) {
        bits = types
        self.isInText = isInText
    }

    static let i32 = RecordTypes(1 << 0)
    static let i64 = RecordTypes(1 << 1)
    static let f32 = RecordTypes(1 << 2)
    static let f64 = RecordTypes(1 << 3)
    static let integer = RecordTypes(0b000011)
    static let integerOrReference = RecordTypes(0b100011)
    static let float = RecordTypes(0b001100)
    /// All but v128.
    static let scalar = RecordTypes(0b101111)
    static let any = RecordTypes(0b111111)
    /// It follows from the operation.
    static let v128 = RecordTypes(1 << 4, isInText: false)
    /// It means nothing, or follows from the operation.
    static let unsaid = RecordTypes(0b111111, isInText: false)

    func contains(_ type: IRType) -> Bool { bits & 1 << type.rawValue != 0 }
}

/// The type of an operand.
enum OperandRule: Sendable {
    /// The record's.
    case type
    case only(IRType)
    /// An i64 or a reference.
    case address
    /// An i32 or an i64.
    case integer
    /// An f32 or an f64.
    case float
    /// Another type than the record's with the same size.
    case otherOfSameSize
}

/// The operands of an operation.
enum OperandRules: Sendable {
    case none
    case one(OperandRule)
    case two(OperandRule, OperandRule)
    case three(OperandRule, OperandRule, OperandRule)
    /// Those of the wasm instruction.
    case opcode
    /// The results of the function.
    case returned
    /// The parameters of the signature.
    case arguments
    /// An address, then the parameters of the signature.
    case calleeArguments
}

/// The results of an operation.
enum ResultRule: Sendable {
    case none
    /// One, of the record's type.
    case type
    case always(IRType)
    /// That of the wasm instruction.
    case opcode
    /// Those of the signature.
    case signature
    /// None here; those of the signature are the function's.
    case returned
}

/// How many targets a terminator has.
enum TargetRule: Sendable {
    case zero, one, two, oneOrMore
}

/// What an operation does beside computing its results.
public enum OperationEffect: Sendable {
    /// Nothing; the result is always the same for the same operands and immediate, so that it can be computed once for several times,
    /// or not at all.
    case pure
    /// The first operand is an address.
    case readsMemory
    case readsContext
    /// The first operand is an address.
    case writesMemory
    /// Of the context, or of anything.
    case writesContext
    /// It may not go on to the next instruction, or must be where it is.
    case leaves
}

/// What the immediate of an instruction is.
enum OperationImmediate: Sendable {
    case none
    /// The bits of a number: decimal for integers, hexadecimal for floats.
    case number
    /// The position of a vector in ``IRFunction/vectorConstants``.
    case vector
    /// The number of a lane.
    case lane
    /// What it is for the wasm instruction: nothing, a lane, or a vector.
    case opcode
    /// A byte offset that is not written where it is zero.
    case optionalOffset
    case offset
    case function
    /// The number of a ``RuntimeFunction``.
    case runtime
    /// The code of a trap, written as its text.
    case trap
}
