import WasmModel

/// What rules of optimisers look for: operations with neutral elements, and two of a kind in a row.
extension ProgramBuilder {
    /// Combines the value on the stack with a number that changes nothing, or nothing but a sign, or decides everything. Such rules are easily
    /// wrong for zeros with a sign, NaNs and the least number.
    mutating func identity(_ type: ValueType) {
        if decisions.oneIn(2) { restrict(type) }
        let opcode = decisions.choose(from: Self.opcodesOfIdentities(type))
        guard decisions.oneIn(3) else {
            neutral(type)
            return emit(opcode)
        }
        let value = takeLocal(type)
        emit(.localSet, .local(value))
        neutral(type)
        emit(.localGet, .local(value))
        emit(opcode)
    }

    /// None that traps.
    private static func opcodesOfIdentities(_ type: ValueType) -> [Opcode] {
        switch type {
        case .i64: [.i64Add, .i64Sub, .i64Mul, .i64And, .i64Or, .i64Xor, .i64Shl, .i64ShrS, .i64ShrU, .i64Rotl]
        case .f32: [.f32Add, .f32Sub, .f32Mul, .f32Div, .f32Min, .f32Max]
        case .f64: [.f64Add, .f64Sub, .f64Mul, .f64Div, .f64Min, .f64Max]
        case .i32, .v128, .reference:
            [.i32Add, .i32Sub, .i32Mul, .i32And, .i32Or, .i32Xor, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl]
        }
    }

    private mutating func neutral(_ type: ValueType) {
        switch type {
        case .f32: emit(.f32Const, .f32(decisions.choose(from: [0, -0.0, 1, -1, .infinity] as [Float]).bitPattern))
        case .f64: emit(.f64Const, .f64(decisions.choose(from: [0, -0.0, 1, -1, .infinity] as [Double]).bitPattern))
        case .i32, .i64, .v128, .reference: number(decisions.choose(from: [0, 1, -1]), type == .i64 ? .i64 : .i32)
        }
    }

    /// Combines the whole number on the stack with two constants, one after the other, by operations of a kind, which compilers like to join.
    mutating func joined(_ type: ValueType) {
        let isWide = type == .i64
        let kinds: [[Opcode]] =
            isWide
            ? [
                [.i64Shl, .i64ShrU, .i64ShrS], [.i64Add, .i64Sub], [.i64And, .i64Or, .i64Xor],
                [.i64Rotl, .i64Rotr, .i64Mul],
            ]
            : [
                [.i32Shl, .i32ShrU, .i32ShrS], [.i32Add, .i32Sub], [.i32And, .i32Or, .i32Xor],
                [.i32Rotl, .i32Rotr, .i32Mul],
            ]
        let kind = decisions.choose(4)
        let first = decisions.choose(from: kinds[kind])
        let second = decisions.oneIn(2) ? decisions.choose(from: kinds[kind]) : first
        let width = isWide ? 64 : 32
        let amounts: [Int64] = [1, 2, 7, 8, 16, 24, 31, 32, 33, 48, 63].filter { $0 < width }
        for opcode in [first, second] {
            number(decisions.choose(from: kind == 0 || kind == 3 ? amounts : SpecialValue.integers), type)
            emit(opcode)
        }
    }
}
