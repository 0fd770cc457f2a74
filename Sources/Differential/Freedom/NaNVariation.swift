import WasmFormats
import WasmModel

/// Rewrites a module for a ``NaNChoice``.
struct NaNVariation {
    /// Whether a module can make a NaN at all.
    static func makesNaNs(_ module: Module, _ relaxed: RelaxedParameters) -> Bool {
        module.functions.contains { $0.body.contains { resultShape($0.opcode, relaxed) != nil } }
    }

    private static func resultShape(_ opcode: Opcode, _ relaxed: RelaxedParameters) -> NaNShape? {
        guard let shape = NaNShape(computedBy: opcode) else { return nil }
        // With the other choices these move an operand.
        switch opcode {
        case .f32x4RelaxedMin, .f64x2RelaxedMin: return relaxed.minimum == .standard ? shape : nil
        case .f32x4RelaxedMax, .f64x2RelaxedMax: return relaxed.maximum == .standard ? shape : nil
        default: return shape
        }
    }

    private static func operandShape(_ opcode: Opcode, result: NaNShape) -> NaNShape {
        switch opcode {
        case .f32DemoteF64: .f64
        case .f64PromoteF32: .f32
        case .f32x4DemoteF64x2Zero: .f64x2
        case .f64x2PromoteLowF32x4: .f32x4
        default: result
        }
    }

    // MARK: Rewriting

    /// The module with another choice of NaNs; nil where it is not valid any more, because it is at a limit.
    static func varied(
        _ module: ValidatedModule,
        _ choice: NaNChoice,
        _ relaxed: RelaxedParameters
    ) -> ValidatedModule? {
        var varied = module.module
        let chance = GlobalIndex(module.globalTypes.count)
        if case .mixed(let seed) = choice {
            varied.globals.append(
                Global(
                    type: GlobalType(.i64, isMutable: true),
                    initializer: [
                        Instruction(.i64Const, .i64(Int64(bitPattern: seed &* Self.multiplier))), Instruction(.end),
                    ]
                )
            )
        }
        for position in varied.functions.indices {
            let function = varied.functions[position]
            guard function.body.contains(where: { resultShape($0.opcode, relaxed) != nil }) else { continue }
            let firstLocal = module.definedFunctions[position].localCount
            var rewriter = NaNVariation(choice: choice, firstLocal: firstLocal, chance: chance)
            for instruction in function.body {
                if let shape = resultShape(instruction.opcode, relaxed) {
                    rewriter.append(instruction, result: shape)
                } else {
                    rewriter.body.append(instruction)
                }
            }
            varied.functions[position].body = rewriter.body
            varied.functions[position].offsets = InstructionOffsets()
            varied.functions[position].locals += [
                LocalRun(count: 4, type: .f32), LocalRun(count: 4, type: .f64), LocalRun(count: 4, type: .v128),
            ]
        }
        return try? Validator.validate(varied)
    }

    private let choice: NaNChoice
    private let firstLocal: Int
    /// The state of a linear congruential generator, in modules whose NaNs are ``NaNChoice/mixed(seed:)``.
    private let chance: GlobalIndex
    private var body: [Instruction] = []

    /// Of the generator, as Knuth's MMIX has it; its low bits hardly change from one number to the next.
    private static let (multiplier, increment) = (
        6_364_136_223_846_793_005 as UInt64, 1_442_695_040_888_963_407 as UInt64
    )

    private init(choice: NaNChoice, firstLocal: Int, chance: GlobalIndex) {
        self.choice = choice
        self.firstLocal = firstLocal
        self.chance = chance
    }

    /// The local for an operand, or with number 3 for the result.
    private func local(_ shape: NaNShape, _ number: Int) -> Immediate {
        .local(LocalIndex(firstLocal + 4 * shape.localGroup + number))
    }

    private mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        body.append(Instruction(opcode, immediate))
    }

    private mutating func append(_ instruction: Instruction, result: NaNShape) {
        if choice == .positive {
            body.append(instruction)
            body += result.canonicalised(by: LocalIndex(firstLocal + 4 * result.localGroup + 3))
            return
        }
        let operand = Self.operandShape(instruction.opcode, result: result)
        let count = instruction.opcode.row.operands?.count ?? 0
        for number in (0..<count).reversed() { emit(.localSet, local(operand, number)) }
        for number in 0..<count { emit(.localGet, local(operand, number)) }
        body.append(instruction)
        emit(.localSet, local(result, 3))
        advance()
        if choice == .negative {
            nan(result, ofCanonical: true)
        } else {
            nan(result, ofCanonical: false)
            nan(result, ofCanonical: true)
            for number in 0..<count {
                isNotCanonical(operand, number)
                if number > 0 { emit(operand.localGroup == 2 ? .v128Or : .i32Or) }
            }
            switch instruction.opcode {
            case .f32x4DemoteF64x2Zero:
                // The masks of two lanes of 64 bits become those of the lower two lanes of 32 bits.
                emit(.localTee, local(operand, 0))
                emit(.localGet, local(operand, 0))
                emit(.i8x16Shuffle, .lanes(V128(low: 0x0B0A_0908_0302_0100, high: 0x0B0A_0908_0302_0100)))
            case .f64x2PromoteLowF32x4: emit(.i64x2ExtendLowI32x4S)
            default: break
            }
            emit(result.localGroup == 2 ? .v128Bitselect : .select)
        }
        emit(.localGet, local(result, 3))
        emit(.localGet, local(result, 3))
        emit(.localGet, local(result, 3))
        switch result {
        case .f32: emit(.f32Ne)
        case .f64: emit(.f64Ne)
        case .f32x4: emit(.f32x4Ne)
        case .f64x2: emit(.f64x2Ne)
        }
        emit(result.localGroup == 2 ? .v128Bitselect : .select)
    }

    /// Where NaNs are mixed, the next number of the generator.
    private mutating func advance() {
        guard case .mixed = choice else { return }
        emit(.globalGet, .global(chance))
        emit(.i64Const, .i64(Int64(bitPattern: Self.multiplier)))
        emit(.i64Mul)
        emit(.i64Const, .i64(Int64(bitPattern: Self.increment)))
        emit(.i64Add)
        emit(.globalSet, .global(chance))
    }

    /// The chosen NaN.
    /// - Parameter isCanonical: whether all NaNs among the operands are canonical.
    private mutating func nan(_ shape: NaNShape, ofCanonical isCanonical: Bool) {
        let (canonical, arithmetic) = (NaNChoice.canonicalBits, NaNChoice.arithmeticBits)
        let (sign, all) = (NaNChoice.sign, NaNChoice.signAndPayload)
        switch (choice, isCanonical) {
        case (.negative, _): constant(shape, (canonical.narrow | sign.narrow, canonical.wide | sign.wide))
        case (.arithmetic, false): constant(shape, arithmetic)
        case (.contrary, false): constant(shape, (arithmetic.narrow ^ all.narrow, arithmetic.wide ^ all.wide))
        case (.positive, _), (.arithmetic, true), (.contrary, true): constant(shape, canonical)
        case (.mixed, _): mixed(shape, canonical, open: isCanonical ? sign : all)
        }
    }

    /// A NaN of which some bits are those of the generator.
    private mutating func mixed(_ shape: NaNShape, _ bits: NaNChoice.Bits, open: NaNChoice.Bits) {
        emit(.globalGet, .global(chance))
        switch shape {
        case .f32:
            emit(.i64Const, .i64(32))
            emit(.i64ShrU)
            emit(.i32WrapI64)
            emit(.i32Const, .i32(Int32(bitPattern: open.narrow)))
            emit(.i32And)
            emit(.i32Const, .i32(Int32(bitPattern: bits.narrow)))
            emit(.i32Or)
            emit(.f32ReinterpretI32)
        case .f64:
            emit(.i64Const, .i64(Int64(bitPattern: open.wide)))
            emit(.i64And)
            emit(.i64Const, .i64(Int64(bitPattern: bits.wide)))
            emit(.i64Or)
            emit(.f64ReinterpretI64)
        case .f32x4, .f64x2:
            // In the other half the same bits, a few places further, so that each lane has another sign.
            emit(.i64x2Splat)
            emit(.globalGet, .global(chance))
            emit(.i64Const, .i64(7))
            emit(.i64Rotl)
            emit(.i64x2ReplaceLane, .lane(1))
            constant(shape, open)
            emit(.v128And)
            constant(shape, bits)
            emit(.v128Or)
        }
    }

    private mutating func constant(_ shape: NaNShape, _ bits: NaNChoice.Bits) {
        switch shape {
        case .f32: emit(.f32Const, .f32(bits.narrow))
        case .f64: emit(.f64Const, .f64(bits.wide))
        case .f32x4: splat(bits.narrow)
        case .f64x2: splat(bits.wide)
        }
    }

    private mutating func splat(_ bits: UInt32) { splat(UInt64(bits) << 32 | UInt64(bits)) }

    private mutating func splat(_ bits: UInt64) { emit(.v128Const, .v128(V128(low: bits, high: bits))) }

    /// Whether an operand is a NaN other than the canonical ones: a number for scalars, a mask of lanes for vectors.
    private mutating func isNotCanonical(_ shape: NaNShape, _ number: Int) {
        switch shape {
        case .f32:
            for (comparison, bound) in [(Opcode.i32GtU, Int32(0x7F80_0000)), (.i32Ne, 0x7FC0_0000)] {
                emit(.localGet, local(shape, number))
                emit(.i32ReinterpretF32)
                emit(.i32Const, .i32(.max))
                emit(.i32And)
                emit(.i32Const, .i32(bound))
                emit(comparison)
            }
            emit(.i32And)
        case .f64:
            let bounds = [(Opcode.i64GtU, Int64(0x7FF0_0000_0000_0000)), (.i64Ne, 0x7FF8_0000_0000_0000)]
            for (comparison, bound) in bounds {
                emit(.localGet, local(shape, number))
                emit(.i64ReinterpretF64)
                emit(.i64Const, .i64(.max))
                emit(.i64And)
                emit(.i64Const, .i64(bound))
                emit(comparison)
            }
            emit(.i32And)
        case .f32x4:
            for (comparison, bound) in [(Opcode.i32x4GtU, UInt32(0x7F80_0000)), (.i32x4Ne, 0x7FC0_0000)] {
                emit(.localGet, local(shape, number))
                splat(UInt32(0x7FFF_FFFF))
                emit(.v128And)
                splat(bound)
                emit(comparison)
            }
            emit(.v128And)
        case .f64x2:
            let bounds = [(Opcode.i64x2GtS, UInt64(0x7FF0_0000_0000_0000)), (.i64x2Ne, 0x7FF8_0000_0000_0000)]
            for (comparison, bound) in bounds {
                emit(.localGet, local(shape, number))
                splat(UInt64(0x7FFF_FFFF_FFFF_FFFF))
                emit(.v128And)
                splat(bound)
                emit(comparison)
            }
            emit(.v128And)
        }
    }
}

extension NaNShape {
    /// Which four of the locals that are added hold values of the shape.
    fileprivate var localGroup: Int {
        switch self {
        case .f32: 0
        case .f64: 1
        case .f32x4, .f64x2: 2
        }
    }
}
