import WasmModel

/// Operations of which one takes what the other gives, as optimisers put them together: with special constants, with the same value on both
/// sides, turned round, and of the same kind again.
extension ProgramBuilder {
    private static let narrow: [Opcode] = [
        .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i32Mul, .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl, .i32Rotr, .i32Add,
        .i32Sub, .i32And, .i32Or, .i32Xor,
    ]
    private static let wide: [Opcode] = [
        .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i64Mul, .i64Shl, .i64ShrS, .i64ShrU, .i64Rotl, .i64Rotr, .i64Add,
        .i64Sub, .i64And, .i64Or, .i64Xor,
    ]
    private static let single: [Opcode] = [.f32Add, .f32Sub, .f32Mul, .f32Div, .f32Min, .f32Max, .f32Copysign]
    private static let double: [Opcode] = [.f64Add, .f64Sub, .f64Mul, .f64Div, .f64Min, .f64Max, .f64Copysign]

    private static func subtraction(_ type: ValueType) -> Opcode {
        switch type {
        case .i64: .i64Sub
        case .f32: .f32Sub
        case .f64: .f64Sub
        case .i32, .v128, .reference: .i32Sub
        }
    }

    private static let divisions: Set<Opcode> = [
        .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i64DivS, .i64DivU, .i64RemS, .i64RemU,
    ]

    private static func binary(_ type: ValueType) -> [Opcode] {
        switch type {
        case .i64: wide
        case .f32: single
        case .f64: double
        case .i32, .v128, .reference: narrow
        }
    }

    static func comparisons(_ type: ValueType) -> [Opcode] {
        switch type {
        case .i64: [.i64Eq, .i64Ne, .i64LtS, .i64LtU, .i64GtS, .i64GtU, .i64LeS, .i64LeU, .i64GeS, .i64GeU]
        case .f32: [.f32Eq, .f32Ne, .f32Lt, .f32Gt, .f32Le, .f32Ge]
        case .f64: [.f64Eq, .f64Ne, .f64Lt, .f64Gt, .f64Le, .f64Ge]
        case .i32, .v128, .reference:
            [.i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU]
        }
    }

    /// Instructions of one operand, with the types of their results.
    private static func unary(_ type: ValueType) -> [(opcode: Opcode, result: ValueType)] {
        switch type {
        case .i64:
            [
                (.i64Eqz, .i32), (.i64Clz, .i64), (.i64Ctz, .i64), (.i64Popcnt, .i64), (.i32WrapI64, .i32),
                (.i64Extend8S, .i64), (.i64Extend16S, .i64), (.i64Extend32S, .i64), (.f64ConvertI64S, .f64),
                (.f32ConvertI64U, .f32), (.f64ReinterpretI64, .f64),
            ]
        case .f32:
            [
                (.f32Neg, .f32), (.f32Abs, .f32), (.f32Sqrt, .f32), (.f32Ceil, .f32), (.f32Nearest, .f32),
                (.f64PromoteF32, .f64), (.i32ReinterpretF32, .i32), (.i32TruncSatF32S, .i32), (.i64TruncSatF32U, .i64),
            ]
        case .f64:
            [
                (.f64Neg, .f64), (.f64Abs, .f64), (.f64Sqrt, .f64), (.f64Floor, .f64), (.f64Trunc, .f64),
                (.f32DemoteF64, .f32), (.i64ReinterpretF64, .i64), (.i32TruncSatF64U, .i32), (.i64TruncSatF64S, .i64),
            ]
        case .i32, .v128, .reference:
            [
                (.i32Eqz, .i32), (.i32Clz, .i32), (.i32Ctz, .i32), (.i32Popcnt, .i32), (.i32Extend8S, .i32),
                (.i32Extend16S, .i32), (.i64ExtendI32S, .i64), (.i64ExtendI32U, .i64), (.f64ConvertI32U, .f64),
                (.f32ConvertI32S, .f32), (.f32ReinterpretI32, .f32),
            ]
        }
    }

    /// One to four operations on one value.
    mutating func chain() {
        var type = decisions.choose(from: [ValueType.i32, .i32, .i64, .i64, .f32, .f64])
        if stack.count == floor || stack.last != type || decisions.oneIn(3) {
            variable(type)
            stack.append(type)
        }
        if decisions.oneIn(4) { restrict(type) }
        var last: Opcode?
        for _ in 0..<1 + decisions.choose(4) { link(&type, &last) }
    }

    /// Makes the value on the stack one of those for which operations are not what they look like: a whole number negative, and a float
    /// a zero or an infinity, with a sign that compilers do not know, or a NaN.
    mutating func restrict(_ type: ValueType) {
        switch type {
        case .f32:
            emit(.f32Const, .f32(decisions.choose(from: [0, -0.0, .infinity] as [Float]).bitPattern))
            emit(.f32Mul)
        case .f64:
            emit(.f64Const, .f64(decisions.choose(from: [0, -0.0, .infinity] as [Double]).bitPattern))
            emit(.f64Mul)
        case .i64:
            number(decisions.choose(from: [.min, .min + 1, -1 << 32, -8]), type)
            emit(.i64Or)
        case .i32, .v128, .reference:
            number(decisions.choose(from: [1 << 31, 1 << 31 + 1, -1 << 16, -8]), type)
            emit(.i32Or)
        }
    }

    private mutating func link(_ type: inout ValueType, _ last: inout Opcode?) {
        switch decisions.choose(14) {
        case 0...5: binary(type, &last, isSelf: false)
        case 6: binary(type, &last, isSelf: true)
        case 7:
            last = nil
            let possible = Self.unary(type).filter { features.contains($0.opcode.row.feature) }
            let operation = decisions.choose(from: possible)
            emit(operation.opcode)
            stack[stack.count - 1] = operation.result
            type = operation.result
        case 8, 9: shifted(type)
        case 10: identity(type)
        case 11, 12: type == .i32 || type == .i64 ? joined(type) : identity(type)
        default:
            last = nil
            let opcode = decisions.choose(from: Self.comparisons(type))
            operand(of: type, isSelf: decisions.oneIn(6), isSpecial: !decisions.oneIn(4))
            emit(opcode)
            stack[stack.count - 1] = .i32
            type = .i32
            if decisions.oneIn(2) { emit(.i32Eqz) }
        }
    }

    /// Combines the value on the stack with another; twice in a row by the same instruction, often.
    private mutating func binary(_ type: ValueType, _ last: inout Opcode?, isSelf: Bool) {
        var opcode = decisions.choose(from: Self.binary(type))
        if isSelf, decisions.oneIn(2) {
            opcode = Self.subtraction(type)
            // An infinity or a NaN less itself is no zero.
            if type == .f32 || type == .f64, decisions.oneIn(2) { restrict(type) }
        } else if let last, decisions.oneIn(2) {
            opcode = last
        }
        last = opcode
        let divides = Self.divisions.contains(opcode)
        let isFirst = decisions.oneIn(5) && !isSelf
        if isFirst || isSelf {
            let value = takeLocal(type)
            emit(.localSet, .local(value))
            if isFirst { specialOrNew(type) } else { emit(.localGet, .local(value)) }
            emit(.localGet, .local(value))
            if divides {
                // Odd, so that it is not zero: a trap leaves nothing more to see.
                number(1, type)
                emit(type == .i64 ? .i64Or : .i32Or)
            }
            emit(opcode)
            // What was taken is still needed.
            guard decisions.oneIn(4) else { return }
            emit(.localGet, .local(value))
            // Behind those that may trap.
            emit(decisions.choose(from: Array(Self.binary(type)[4...])))
            return
        }
        if divides, !decisions.oneIn(16) {
            number(decisions.choose(from: Self.divisors), type)
        } else {
            specialOrNew(type)
        }
        emit(opcode)
    }

    /// Special ones that do not trap, but for the least number by -1.
    private static let divisors: [Int64] = [
        2, 3, 1, 4, 5, 7, 8, 10, 16, 64, 127, 128, 255, 256, 1000, 4096, -2, -3, -8, -10, 0x7FFF_FFFF, 0x4000_0000,
        0x1_0000_0001, -0x7FFF_FFFF, -1,
    ]

    /// Emits a constant, mostly a special one, or another value.
    private mutating func specialOrNew(_ type: ValueType) {
        switch type {
        case _ where decisions.oneIn(4): variable(type)
        case .f32 where decisions.oneIn(3): emit(.f32Const, .f32(Float(0).bitPattern))
        case .f64 where decisions.oneIn(3): emit(.f64Const, .f64(Double(0).bitPattern))
        default: specialConstant(type)
        }
    }

    private mutating func operand(of type: ValueType, isSelf: Bool, isSpecial: Bool) {
        if isSelf {
            let value = takeLocal(type)
            emit(.localTee, .local(value))
            emit(.localGet, .local(value))
        } else if isSpecial {
            specialConstant(type)
        } else {
            variable(type)
        }
    }

    /// Adds another value that is shifted by a constant, or combines with it, as addresses of elements are made.
    private mutating func shifted(_ type: ValueType) {
        guard type == .i32 || type == .i64 else { return }
        variable(type)
        number(Int64(decisions.choose(from: [1, 2, 3, 3, 3, 4, 8, 31])), type)
        let isWide = type == .i64
        emit(
            decisions.choose(
                from: isWide ? [.i64Shl, .i64Shl, .i64ShrU, .i64ShrS] : [.i32Shl, .i32Shl, .i32ShrU, .i32ShrS]
            )
        )
        emit(
            decisions.choose(
                from: isWide
                    ? [.i64Add, .i64Add, .i64Sub, .i64And, .i64Or] : [.i32Add, .i32Add, .i32Sub, .i32And, .i32Or]
            )
        )
    }
}
