import Invariants
import WasmModel

extension FlatOpcode {
    /// What executes an instruction that is one word of flat code, or more words that begin with its own.
    init(_ opcode: Opcode) {
        self =
            switch opcode {
            case .unreachable: .unreachable
            case .throw: .throw
            case .throwRef: .throwReference
            case .return: .leave
            case .call: .call
            case .callIndirect: .callIndirect
            case .returnCall: .returnCall
            case .returnCallIndirect: .returnCallIndirect
            case .callRef: .callReference
            case .returnCallRef: .returnCallReference
            case .select, .selectTyped: .select
            case .globalGet: .globalGet
            case .globalSet: .globalSet
            case .tableGet: .tableGet
            case .tableSet: .tableSet
            case .i32Load, .f32Load, .i64Load32U: .load32
            case .i64Load, .f64Load: .load64
            case .i32Load8S: .i32Load8S
            case .i32Load8U, .i64Load8U: .load8U
            case .i32Load16S: .i32Load16S
            case .i32Load16U, .i64Load16U: .load16U
            case .i64Load8S: .i64Load8S
            case .i64Load16S: .i64Load16S
            case .i64Load32S: .i64Load32S
            case .i32Store, .f32Store, .i64Store32: .store32
            case .i64Store, .f64Store: .store64
            case .i32Store8, .i64Store8: .store8
            case .i32Store16, .i64Store16: .store16
            case .memorySize: .memorySize
            case .memoryGrow: .memoryGrow
            case .i32Eqz: .i32Eqz
            case .i32Eq: .i32Eq
            case .i32Ne: .i32Ne
            case .i32LtS: .i32LtS
            case .i32LtU: .i32LtU
            case .i32GtS: .i32GtS
            case .i32GtU: .i32GtU
            case .i32LeS: .i32LeS
            case .i32LeU: .i32LeU
            case .i32GeS: .i32GeS
            case .i32GeU: .i32GeU
            case .i64Eqz, .refIsNull: .i64Eqz
            case .i64Eq, .refEq: .i64Eq
            case .i64Ne: .i64Ne
            case .i64LtS: .i64LtS
            case .i64LtU: .i64LtU
            case .i64GtS: .i64GtS
            case .i64GtU: .i64GtU
            case .i64LeS: .i64LeS
            case .i64LeU: .i64LeU
            case .i64GeS: .i64GeS
            case .i64GeU: .i64GeU
            case .f32Eq: .f32Eq
            case .f32Ne: .f32Ne
            case .f32Lt: .f32Lt
            case .f32Gt: .f32Gt
            case .f32Le: .f32Le
            case .f32Ge: .f32Ge
            case .f64Eq: .f64Eq
            case .f64Ne: .f64Ne
            case .f64Lt: .f64Lt
            case .f64Gt: .f64Gt
            case .f64Le: .f64Le
            case .f64Ge: .f64Ge
            case .i32Clz: .i32Clz
            case .i32Ctz: .i32Ctz
            case .i32Popcnt: .i32Popcnt
            case .i32Add: .i32Add
            case .i32Sub: .i32Sub
            case .i32Mul: .i32Mul
            case .i32DivS: .i32DivS
            case .i32DivU: .i32DivU
            case .i32RemS: .i32RemS
            case .i32RemU: .i32RemU
            case .i32And: .i32And
            case .i32Or: .i32Or
            case .i32Xor: .i32Xor
            case .i32Shl: .i32Shl
            case .i32ShrS: .i32ShrS
            case .i32ShrU: .i32ShrU
            case .i32Rotl: .i32Rotl
            case .i32Rotr: .i32Rotr
            case .i64Clz: .i64Clz
            case .i64Ctz: .i64Ctz
            case .i64Popcnt: .i64Popcnt
            case .i64Add: .i64Add
            case .i64Sub: .i64Sub
            case .i64Mul: .i64Mul
            case .i64DivS: .i64DivS
            case .i64DivU: .i64DivU
            case .i64RemS: .i64RemS
            case .i64RemU: .i64RemU
            case .i64And: .i64And
            case .i64Or: .i64Or
            case .i64Xor: .i64Xor
            case .i64Shl: .i64Shl
            case .i64ShrS: .i64ShrS
            case .i64ShrU: .i64ShrU
            case .i64Rotl: .i64Rotl
            case .i64Rotr: .i64Rotr
            case .f32Abs: .f32Abs
            case .f32Neg: .f32Neg
            case .f32Ceil, .f32Floor, .f32Trunc, .f32Nearest, .f32Min, .f32Max, .f32Copysign, .f64Ceil, .f64Floor,
                .f64Trunc, .f64Nearest, .f64Min, .f64Max, .f64Copysign, .i32TruncF32S, .i32TruncF32U, .i32TruncF64S,
                .i32TruncF64U, .i64TruncF32S, .i64TruncF32U, .i64TruncF64S, .i64TruncF64U, .f32ConvertI64S,
                .f32ConvertI64U, .f64ConvertI64S, .f64ConvertI64U, .i32TruncSatF32S, .i32TruncSatF32U,
                .i32TruncSatF64S, .i32TruncSatF64U, .i64TruncSatF32S, .i64TruncSatF32U, .i64TruncSatF64S,
                .i64TruncSatF64U:
                .numeric
            case .f32Sqrt: .f32Sqrt
            case .f32Add: .f32Add
            case .f32Sub: .f32Sub
            case .f32Mul: .f32Mul
            case .f32Div: .f32Div
            case .f64Abs: .f64Abs
            case .f64Neg: .f64Neg
            case .f64Sqrt: .f64Sqrt
            case .f64Add: .f64Add
            case .f64Sub: .f64Sub
            case .f64Mul: .f64Mul
            case .f64Div: .f64Div
            case .i32WrapI64: .i32WrapI64
            case .i64ExtendI32S, .i64Extend32S: .i64Extend32S
            case .f32ConvertI32S: .f32ConvertI32S
            case .f32ConvertI32U: .f32ConvertI32U
            case .f32DemoteF64: .f32DemoteF64
            case .f64ConvertI32S: .f64ConvertI32S
            case .f64ConvertI32U: .f64ConvertI32U
            case .f64PromoteF32: .f64PromoteF32
            case .i32Extend8S: .i32Extend8S
            case .i32Extend16S: .i32Extend16S
            case .i64Extend8S: .i64Extend8S
            case .i64Extend16S: .i64Extend16S
            case .refAsNonNull: .checkNotNull
            case .structNew, .structNewDefault, .structGet, .structGetS, .structGetU, .structSet, .arrayNew,
                .arrayNewDefault, .arrayNewFixed, .arrayNewData, .arrayNewElem, .arrayGet, .arrayGetS, .arrayGetU,
                .arraySet, .arrayLen, .arrayFill, .arrayCopy, .arrayInitData, .arrayInitElem, .refTest,
                .refTestNull, .refCast, .refCastNull, .brOnCast, .brOnCastFail, .refI31, .i31GetS, .i31GetU:
                .aggregate
            case .memoryInit, .memoryCopy, .memoryFill, .tableInit, .tableCopy, .tableFill: .bulk
            case .dataDrop: .dataDrop
            case .elemDrop: .elementDrop
            case .tableGrow: .tableGrow
            case .tableSize: .tableSize
            case .v128Load, .v128Load8x8S, .v128Load8x8U, .v128Load16x4S, .v128Load16x4U, .v128Load32x2S,
                .v128Load32x2U, .v128Load8Splat, .v128Load16Splat, .v128Load32Splat, .v128Load64Splat,
                .v128Load32Zero, .v128Load64Zero:
                .vectorLoad
            case .v128Store, .v128Store8Lane, .v128Store16Lane, .v128Store32Lane, .v128Store64Lane: .vectorStore
            case .v128Const: .vectorConstant
            case .i8x16Shuffle: .shuffle
            case .i8x16Swizzle, .i8x16Splat, .i16x8Splat, .i32x4Splat, .i64x2Splat, .f32x4Splat, .f64x2Splat,
                .i8x16ExtractLaneS, .i8x16ExtractLaneU, .i8x16ReplaceLane, .i16x8ExtractLaneS, .i16x8ExtractLaneU,
                .i16x8ReplaceLane, .i32x4ExtractLane, .i32x4ReplaceLane, .i64x2ExtractLane, .i64x2ReplaceLane,
                .f32x4ExtractLane, .f32x4ReplaceLane, .f64x2ExtractLane, .f64x2ReplaceLane, .v128Not, .v128And,
                .v128Andnot, .v128Or, .v128Xor, .v128AnyTrue:
                .lanes
            case .i8x16Eq, .i8x16Ne, .i8x16LtS, .i8x16LtU, .i8x16GtS, .i8x16GtU, .i8x16LeS, .i8x16LeU, .i8x16GeS,
                .i8x16GeU, .i8x16Abs, .i8x16Neg, .i8x16Popcnt, .i8x16AllTrue, .i8x16Bitmask, .i8x16NarrowI16x8S,
                .i8x16NarrowI16x8U, .i8x16Shl, .i8x16ShrS, .i8x16ShrU, .i8x16Add, .i8x16AddSatS, .i8x16AddSatU,
                .i8x16Sub, .i8x16SubSatS, .i8x16SubSatU, .i8x16MinS, .i8x16MinU, .i8x16MaxS, .i8x16MaxU,
                .i8x16AvgrU:
                .i8x16
            case .i16x8Eq, .i16x8Ne, .i16x8LtS, .i16x8LtU, .i16x8GtS, .i16x8GtU, .i16x8LeS, .i16x8LeU, .i16x8GeS,
                .i16x8GeU, .i16x8ExtaddPairwiseI8x16S, .i16x8ExtaddPairwiseI8x16U, .i16x8Abs, .i16x8Neg,
                .i16x8Q15mulrSatS, .i16x8AllTrue, .i16x8Bitmask, .i16x8NarrowI32x4S, .i16x8NarrowI32x4U,
                .i16x8ExtendLowI8x16S, .i16x8ExtendHighI8x16S, .i16x8ExtendLowI8x16U, .i16x8ExtendHighI8x16U,
                .i16x8Shl, .i16x8ShrS, .i16x8ShrU, .i16x8Add, .i16x8AddSatS, .i16x8AddSatU, .i16x8Sub,
                .i16x8SubSatS, .i16x8SubSatU, .i16x8Mul, .i16x8MinS, .i16x8MinU, .i16x8MaxS, .i16x8MaxU,
                .i16x8AvgrU, .i16x8ExtmulLowI8x16S, .i16x8ExtmulHighI8x16S, .i16x8ExtmulLowI8x16U,
                .i16x8ExtmulHighI8x16U:
                .i16x8
            case .i32x4Eq, .i32x4Ne, .i32x4LtS, .i32x4LtU, .i32x4GtS, .i32x4GtU, .i32x4LeS, .i32x4LeU, .i32x4GeS,
                .i32x4GeU, .i32x4ExtaddPairwiseI16x8S, .i32x4ExtaddPairwiseI16x8U, .i32x4Abs, .i32x4Neg,
                .i32x4AllTrue, .i32x4Bitmask, .i32x4ExtendLowI16x8S, .i32x4ExtendHighI16x8S, .i32x4ExtendLowI16x8U,
                .i32x4ExtendHighI16x8U, .i32x4Shl, .i32x4ShrS, .i32x4ShrU, .i32x4Add, .i32x4Sub, .i32x4Mul,
                .i32x4MinS, .i32x4MinU, .i32x4MaxS, .i32x4MaxU, .i32x4DotI16x8S, .i32x4ExtmulLowI16x8S,
                .i32x4ExtmulHighI16x8S, .i32x4ExtmulLowI16x8U, .i32x4ExtmulHighI16x8U:
                .i32x4
            case .f32x4Eq, .f32x4Ne, .f32x4Lt, .f32x4Gt, .f32x4Le, .f32x4Ge, .f32x4DemoteF64x2Zero, .f32x4Ceil,
                .f32x4Floor, .f32x4Trunc, .f32x4Nearest, .f32x4Abs, .f32x4Neg, .f32x4Sqrt, .f32x4Add, .f32x4Sub,
                .f32x4Mul, .f32x4Div, .f32x4Min, .f32x4Max, .f32x4Pmin, .f32x4Pmax, .i32x4TruncSatF32x4S,
                .i32x4TruncSatF32x4U, .f32x4ConvertI32x4S, .f32x4ConvertI32x4U:
                .f32x4
            case .f64x2Eq, .f64x2Ne, .f64x2Lt, .f64x2Gt, .f64x2Le, .f64x2Ge, .f64x2PromoteLowF32x4, .f64x2Ceil,
                .f64x2Floor, .f64x2Trunc, .f64x2Nearest, .f64x2Abs, .f64x2Neg, .f64x2Sqrt, .f64x2Add, .f64x2Sub,
                .f64x2Mul, .f64x2Div, .f64x2Min, .f64x2Max, .f64x2Pmin, .f64x2Pmax, .i32x4TruncSatF64x2SZero,
                .i32x4TruncSatF64x2UZero, .f64x2ConvertLowI32x4S, .f64x2ConvertLowI32x4U:
                .f64x2
            case .v128Bitselect, .f32x4RelaxedMadd, .f32x4RelaxedNmadd, .f64x2RelaxedMadd, .f64x2RelaxedNmadd,
                .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect, .i64x2RelaxedLaneselect,
                .i32x4RelaxedDotI8x16I7x16AddS:
                .vectorTernary
            case .v128Load8Lane, .v128Load16Lane, .v128Load32Lane, .v128Load64Lane: .vectorLoadLane
            case .i64x2Abs, .i64x2Neg, .i64x2AllTrue, .i64x2Bitmask, .i64x2ExtendLowI32x4S, .i64x2ExtendHighI32x4S,
                .i64x2ExtendLowI32x4U, .i64x2ExtendHighI32x4U, .i64x2Shl, .i64x2ShrS, .i64x2ShrU, .i64x2Add,
                .i64x2Sub, .i64x2Mul, .i64x2Eq, .i64x2Ne, .i64x2LtS, .i64x2GtS, .i64x2LeS, .i64x2GeS,
                .i64x2ExtmulLowI32x4S, .i64x2ExtmulHighI32x4S, .i64x2ExtmulLowI32x4U, .i64x2ExtmulHighI32x4U:
                .i64x2
            case .i8x16RelaxedSwizzle, .i32x4RelaxedTruncF32x4S, .i32x4RelaxedTruncF32x4U,
                .i32x4RelaxedTruncF64x2SZero, .i32x4RelaxedTruncF64x2UZero, .f32x4RelaxedMin, .f32x4RelaxedMax,
                .f64x2RelaxedMin, .f64x2RelaxedMax, .i16x8RelaxedQ15mulrS, .i16x8RelaxedDotI8x16I7x16S:
                .relaxed
            // These become other words, or none.
            case .nop, .block, .loop, .if, .else, .end, .br, .brIf, .brTable, .tryTable, .drop, .localGet,
                .localSet, .localTee, .i32Const, .i64Const, .f32Const, .f64Const, .i64ExtendI32U,
                .i32ReinterpretF32, .i64ReinterpretF64, .f32ReinterpretI32, .f64ReinterpretI64, .refNull, .refFunc,
                .brOnNull, .brOnNonNull, .anyConvertExtern, .externConvertAny:
                invariantFailed("structured instruction in flat code")
            }
    }
}
