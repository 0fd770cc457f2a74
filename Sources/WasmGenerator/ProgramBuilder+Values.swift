import WasmModel

/// Values that are put on the stack, and taken off it.
extension ProgramBuilder {
    /// Takes all values of the innermost block away.
    mutating func absorbAll() { while stack.count > floor { absorbTop() } }

    /// Takes the value on top of the stack away: mixed into the one below it or into a global, so that it is seen, or where the program is not
    /// bounded dropped.
    mutating func absorbTop() {
        let type = stack.removeLast()
        // Of many values not all: what each is, is what recipes are there for.
        let isOneOfMany = stack.count - floor > 8
        guard isBounded, !decisions.oneIn(isOneOfMany ? 2 : 12) else { return emit(.drop) }
        let isBelow = stack.count > floor && stack.last == type
        switch type {
        case .i32: isBelow ? emit(combination(.i32Sub, .i32Xor)) : mix(.i32)
        case .i64: isBelow ? emit(combination(.i64Sub, .i64Rotl)) : mix(.i64)
        case .v128: isBelow ? emit(combination(.i32x4Sub, .v128Xor)) : mix(.v128)
        case .f32:
            emit(.i32ReinterpretF32)
            mix(.i32)
        case .f64:
            emit(.i64ReinterpretF64)
            mix(.i64)
        case .reference:
            emit(.refIsNull)
            mix(.i32)
        }
    }

    /// Mostly the first, in which the order matters.
    private mutating func combination(_ usual: Opcode, _ other: Opcode) -> Opcode { decisions.oneIn(4) ? other : usual }

    /// Combines the value on the stack with the global for what is taken off it, or with the local that stands for it, in a way that depends
    /// on the order: the sign changes with each value, and in one of four the bits move.
    private mutating func mix(_ type: ValueType) {
        let local = accumulator(type)
        let place = local.map(Immediate.local) ?? .global(GlobalIndex(ownGlobals(type).last))
        emit(local == nil ? .globalGet : .localGet, place)
        let moves = decisions.oneIn(4)
        switch type {
        case .i64:
            if moves {
                emit(.i64Const, .i64(13))
                emit(.i64Rotl)
            }
            emit(.i64Sub)
        case .v128:
            if moves {
                emit(.i32Const, .i32(3))
                emit(.i64x2Shl)
            }
            emit(.i32x4Sub)
        case .i32, .f32, .f64, .reference:
            if moves {
                emit(.i32Const, .i32(7))
                emit(.i32Rotl)
            }
            emit(.i32Sub)
        }
        emit(local == nil ? .globalSet : .localSet, place)
    }

    /// The local that stands for a global in a function that writes none before its end; nil in others.
    private mutating func accumulator(_ type: ValueType) -> LocalIndex? {
        guard accumulators != nil else { return nil }
        if let local = accumulators?[type] { return local }
        let local = takeLocal(type)
        accumulators?[type] = local
        return local
    }

    /// Combines what locals stood for with the globals.
    mutating func spillAccumulators() {
        let locals = accumulators ?? [:]
        accumulators = nil
        for type in [ValueType.i32, .i64, .v128] {
            guard let local = locals[type] else { continue }
            emit(.localGet, .local(local))
            mix(type)
        }
    }

    /// Gives a global another value, which its callers have to see.
    mutating func changeGlobal() {
        let type = decisions.choose(from: types)
        let index = ownGlobals(type).first
        emit(.globalGet, .global(GlobalIndex(index)))
        switch type {
        case .i32, .i64:
            number(Int64(1 + decisions.choose(200)), type)
            emit(type == .i64 ? .i64Add : .i32Add)
        case .f32: emit(.f32Neg)
        case .f64: emit(.f64Neg)
        case .v128, .reference: emit(.v128Not)
        }
        emit(.globalSet, .global(GlobalIndex(index)))
    }

    /// Lets a number be seen, which says what was reached and in which order.
    mutating func mark(_ number: Int) {
        emit(.i32Const, .i32(Int32(truncatingIfNeeded: number)))
        mix(.i32)
    }

    /// Puts a value of the type on the stack: a local, a global or a constant.
    mutating func push(_ type: ValueType) {
        let choice = decisions.choose(4)
        if choice == 1 || choice == 2, let local = chooseLocal(type) {
            emit(.localGet, .local(local))
        } else if choice == 3, types.contains(type) {
            emit(.globalGet, .global(chooseGlobal(type, lastOneIn: 4)))
        } else {
            constant(type)
        }
        stack.append(type)
    }

    /// Emits a value that is no constant: of a local, or of a global. It is not put on the stack of types.
    mutating func variable(_ type: ValueType) {
        if !decisions.oneIn(4), let local = chooseLocal(type) {
            emit(.localGet, .local(local))
        } else {
            emit(.globalGet, .global(chooseGlobal(type, lastOneIn: 2)))
        }
    }

    /// A global of a number or a vector: the first or the last of the two that the program has, and where there are fillers often one of these.
    private mutating func chooseGlobal(_ type: ValueType, lastOneIn rarity: Int) -> GlobalIndex {
        if fillers.globals > 0, decisions.oneIn(3) {
            let start = decisions.choose(fillers.globals)
            return GlobalIndex(globals[start...].firstIndex(of: type) ?? 0)
        }
        let own = ownGlobals(type)
        return GlobalIndex(decisions.oneIn(rarity) ? own.last : own.first)
    }

    /// The two globals of a number or a vector that the program has beside fillers.
    private func ownGlobals(_ type: ValueType) -> (first: Int, last: Int) {
        let first = fillers.globals + (types.firstIndex(of: type) ?? 0)
        return (first, first + types.count)
    }

    /// One of the locals of a type; nil where there is none.
    mutating func chooseLocal(_ type: ValueType) -> LocalIndex? {
        guard !locals.isEmpty else { return nil }
        // From one of them on: lists are long, and most types are near.
        let start = decisions.choose(locals.count)
        let position = locals[start...].firstIndex(of: type) ?? locals[..<start].firstIndex(of: type)
        return position.map { LocalIndex($0) }
    }

    /// Emits a whole number as a constant, cut to 32 bits where its type has no more.
    mutating func number(_ value: Int64, _ type: ValueType) {
        if type == .i64 {
            emit(.i64Const, .i64(value))
        } else {
            emit(.i32Const, .i32(Int32(truncatingIfNeeded: value)))
        }
    }

    mutating func constant(_ type: ValueType) {
        let kind = decisions.choose(isBounded ? 6 : 5)
        if kind == 5 { return specialConstant(type) }
        let number = kind == 4 ? decisions.seed() &* 0x9E37_79B9_7F4A_7C15 : UInt64(kind) &- 1
        switch type {
        case .i32: emit(.i32Const, .i32(Int32(truncatingIfNeeded: number)))
        case .i64: emit(.i64Const, .i64(Int64(bitPattern: number)))
        case .f32: emit(.f32Const, .f32(kind == 4 ? UInt32(truncatingIfNeeded: number) : Float(kind).bitPattern))
        case .f64: emit(.f64Const, .f64(kind == 4 ? number : Double(kind).bitPattern))
        case .v128: emit(.v128Const, .v128(V128(low: number, high: ~number)))
        case .reference(let type): reference(type)
        }
    }

    /// Emits a constant that is special for its type.
    mutating func specialConstant(_ type: ValueType) {
        switch type {
        case .i32, .i64: number(decisions.choose(from: SpecialValue.integers), type)
        case .f32: emit(.f32Const, .f32(decisions.choose(from: SpecialValue.narrowFloats)))
        case .f64: emit(.f64Const, .f64(decisions.choose(from: SpecialValue.floats).bitPattern))
        case .v128 where decisions.oneIn(2): emit(.v128Const, .v128(patternedVector()))
        case .v128:
            let low = decisions.choose(from: SpecialValue.floats).bitPattern
            emit(
                .v128Const,
                .v128(V128(low: low, high: UInt64(bitPattern: decisions.choose(from: SpecialValue.integers))))
            )
        case .reference(let type): reference(type)
        }
    }

    /// Emits a reference: null, one to a function, or what was caught.
    private mutating func reference(_ type: ReferenceType) {
        if type.heapType == .exception, !exceptions.isEmpty, decisions.oneIn(2) {
            emit(.localGet, .local(decisions.choose(from: exceptions)))
        } else if type.heapType == .function, isBounded, decisions.oneIn(2) {
            emit(.refFunc, .function(FunctionIndex(decisions.choose(signatures.count))))
        } else {
            emit(.refNull, .heapType(type.heapType))
        }
    }
}
