/// The rows of vector instructions: what each pure SIMD or relaxed SIMD instruction of wasm becomes, as
/// ``VectorPrograms`` reads them. No operand may be in its spill slot.
///
/// A step is a case of ``ARM64Form`` and its registers in the order Rd, Rn, Rm, then the immediate; `#` is the lane
/// of the wasm instruction. Behind the form stand the arrangement of its lanes (the narrow ones where there are
/// two), its condition, `w` for registers of 32 bits, `double` for floats of 64. `t` and `u` are the vector scratch
/// registers, `g` is the general-purpose one, `z` the zero register. `constant` puts 16 bytes, highest first, or
/// the mask of a shuffle into a register, and may change `g`.
///
/// No scratch register lives beyond its row.
enum ARM64VectorRows {
    static let text = """
        // Bits.
        v128.not | a | mvn16B d a
        v128.and | a b | and16B d a b
        v128.andnot | a b | bic16B d a b
        v128.or | a b | orr16B d a b
        v128.xor | a b | eor16B d a b
        v128.bitselect | =c a b | bsl16B c a b
        v128.any_true | a | umaxp.4s t a a; fmovXD g t; subsImmediate z g 0; csinc.w.eq d z z

        // Lanes. `tbl` answers zero where the index is beyond its table, which here is the scratch registers v30
        // and v31.
        i8x16.shuffle | a b | orr16B t a a; orr16B u b b; constant d mask; tbl2 d t d
        i8x16.swizzle | a b | tbl1 d a b
        i8x16.splat | a | dupW.16b d a
        i16x8.splat | a | dupW.8h d a
        i32x4.splat | a | dupW.4s d a
        i64x2.splat | a | dupX d a
        f32x4.splat | a | dupElement.4s d a 0
        f64x2.splat | a | dupElement.2d d a 0
        i8x16.extract_lane_s | a | smov.16b d a #
        i8x16.extract_lane_u | a | umov.16b d a #
        i16x8.extract_lane_s | a | smov.8h d a #
        i16x8.extract_lane_u | a | umov.8h d a #
        i32x4.extract_lane | a | umovS.4s d a #
        i64x2.extract_lane | a | umovD.2d d a #
        f32x4.extract_lane | a | dupScalar.4s d a #
        f64x2.extract_lane | a | dupScalar.2d d a #
        i8x16.replace_lane | =a b | insW.16b a b #
        i16x8.replace_lane | =a b | insW.8h a b #
        i32x4.replace_lane | =a b | insW.4s a b #
        i64x2.replace_lane | =a b | insX.2d a b #
        f32x4.replace_lane | =a b | insElement.4s a b #
        f64x2.replace_lane | =a b | insElement.2d a b #

        // Comparisons.
        i8x16.eq | a b | cmeq.16b d a b
        i8x16.ne | a b | cmeq.16b d a b; mvn16B d d
        i8x16.lt_s | a b | cmgt.16b d b a
        i8x16.gt_s | a b | cmgt.16b d a b
        i8x16.le_s | a b | cmge.16b d b a
        i8x16.ge_s | a b | cmge.16b d a b
        i8x16.lt_u | a b | cmhi.16b d b a
        i8x16.gt_u | a b | cmhi.16b d a b
        i8x16.le_u | a b | cmhs.16b d b a
        i8x16.ge_u | a b | cmhs.16b d a b
        i16x8.eq | a b | cmeq.8h d a b
        i16x8.ne | a b | cmeq.8h d a b; mvn16B d d
        i16x8.lt_s | a b | cmgt.8h d b a
        i16x8.gt_s | a b | cmgt.8h d a b
        i16x8.le_s | a b | cmge.8h d b a
        i16x8.ge_s | a b | cmge.8h d a b
        i16x8.lt_u | a b | cmhi.8h d b a
        i16x8.gt_u | a b | cmhi.8h d a b
        i16x8.le_u | a b | cmhs.8h d b a
        i16x8.ge_u | a b | cmhs.8h d a b
        i32x4.eq | a b | cmeq.4s d a b
        i32x4.ne | a b | cmeq.4s d a b; mvn16B d d
        i32x4.lt_s | a b | cmgt.4s d b a
        i32x4.gt_s | a b | cmgt.4s d a b
        i32x4.le_s | a b | cmge.4s d b a
        i32x4.ge_s | a b | cmge.4s d a b
        i32x4.lt_u | a b | cmhi.4s d b a
        i32x4.gt_u | a b | cmhi.4s d a b
        i32x4.le_u | a b | cmhs.4s d b a
        i32x4.ge_u | a b | cmhs.4s d a b
        i64x2.eq | a b | cmeq.2d d a b
        i64x2.ne | a b | cmeq.2d d a b; mvn16B d d
        i64x2.lt_s | a b | cmgt.2d d b a
        i64x2.gt_s | a b | cmgt.2d d a b
        i64x2.le_s | a b | cmge.2d d b a
        i64x2.ge_s | a b | cmge.2d d a b
        f32x4.eq | a b | fcmeq.4s d a b
        f32x4.ne | a b | fcmeq.4s d a b; mvn16B d d
        f32x4.lt | a b | fcmgt.4s d b a
        f32x4.gt | a b | fcmgt.4s d a b
        f32x4.le | a b | fcmge.4s d b a
        f32x4.ge | a b | fcmge.4s d a b
        f64x2.eq | a b | fcmeq.2d d a b
        f64x2.ne | a b | fcmeq.2d d a b; mvn16B d d
        f64x2.lt | a b | fcmgt.2d d b a
        f64x2.gt | a b | fcmgt.2d d a b
        f64x2.le | a b | fcmge.2d d b a
        f64x2.ge | a b | fcmge.2d d a b

        // Integers.
        i8x16.abs | a | absVector.16b d a
        i8x16.neg | a | negVector.16b d a
        i8x16.add | a b | addVector.16b d a b
        i8x16.sub | a b | subVector.16b d a b
        i8x16.min_s | a b | smin.16b d a b
        i8x16.min_u | a b | umin.16b d a b
        i8x16.max_s | a b | smax.16b d a b
        i8x16.max_u | a b | umax.16b d a b
        i8x16.add_sat_s | a b | sqadd.16b d a b
        i8x16.add_sat_u | a b | uqadd.16b d a b
        i8x16.sub_sat_s | a b | sqsub.16b d a b
        i8x16.sub_sat_u | a b | uqsub.16b d a b
        i8x16.avgr_u | a b | urhadd.16b d a b
        i16x8.abs | a | absVector.8h d a
        i16x8.neg | a | negVector.8h d a
        i16x8.add | a b | addVector.8h d a b
        i16x8.sub | a b | subVector.8h d a b
        i16x8.min_s | a b | smin.8h d a b
        i16x8.min_u | a b | umin.8h d a b
        i16x8.max_s | a b | smax.8h d a b
        i16x8.max_u | a b | umax.8h d a b
        i16x8.add_sat_s | a b | sqadd.8h d a b
        i16x8.add_sat_u | a b | uqadd.8h d a b
        i16x8.sub_sat_s | a b | sqsub.8h d a b
        i16x8.sub_sat_u | a b | uqsub.8h d a b
        i16x8.avgr_u | a b | urhadd.8h d a b
        i32x4.abs | a | absVector.4s d a
        i32x4.neg | a | negVector.4s d a
        i32x4.add | a b | addVector.4s d a b
        i32x4.sub | a b | subVector.4s d a b
        i32x4.min_s | a b | smin.4s d a b
        i32x4.min_u | a b | umin.4s d a b
        i32x4.max_s | a b | smax.4s d a b
        i32x4.max_u | a b | umax.4s d a b
        i64x2.abs | a | absVector.2d d a
        i64x2.neg | a | negVector.2d d a
        i64x2.add | a b | addVector.2d d a b
        i64x2.sub | a b | subVector.2d d a b
        i8x16.popcnt | a | cnt.16b d a

        // All lanes are true where the least is not zero, or, of doublewords, where the sum of "is zero" is not a
        // NaN.
        i8x16.all_true | a | uminv.16b t a; fmovWS g t; subsImmediate.w z g 0; csinc.w.eq d z z
        i16x8.all_true | a | uminv.8h t a; fmovWS g t; subsImmediate.w z g 0; csinc.w.eq d z z
        i32x4.all_true | a | uminv.4s t a; fmovWS g t; subsImmediate.w z g 0; csinc.w.eq d z z
        i64x2.all_true | a | cmeqZero.2d t a; addpD t t; fcmp.double t t; csinc.w.ne d z z

        // The bits of the signs are at different places in the lanes before these are added; those of the upper
        // eight bytes are put beside those of the lower.
        i8x16.bitmask | a | cmltZero.16b t a; constant u 80402010080402018040201008040201; and16B t t u; ext16B u t
            t 8; zip1.16b t t u; addv.8h t t; fmovWS d t
        i16x8.bitmask | a | cmltZero.8h t a; constant u 00800040002000100008000400020001; and16B t t u; addv.8h t t;
            fmovWS d t
        i32x4.bitmask | a | cmltZero.4s t a; constant u 00000008000000040000000200000001; and16B t t u; addv.4s t t;
            fmovWS d t
        i64x2.bitmask | a | ushr.2d t a 63; ext16B u t t 8; sli.2d t u 1; fmovWS d t

        // Shifts go left by the signed low byte of each lane.
        i8x16.shl | a b | andImmediate.w g b 7; dupW.16b t g; ushl.16b d a t
        i8x16.shr_s | a b | andImmediate.w g b 7; subShifted g z g; dupW.16b t g; sshl.16b d a t
        i8x16.shr_u | a b | andImmediate.w g b 7; subShifted g z g; dupW.16b t g; ushl.16b d a t
        i16x8.shl | a b | andImmediate.w g b 15; dupW.8h t g; ushl.8h d a t
        i16x8.shr_s | a b | andImmediate.w g b 15; subShifted g z g; dupW.8h t g; sshl.8h d a t
        i16x8.shr_u | a b | andImmediate.w g b 15; subShifted g z g; dupW.8h t g; ushl.8h d a t
        i32x4.shl | a b | andImmediate.w g b 31; dupW.4s t g; ushl.4s d a t
        i32x4.shr_s | a b | andImmediate.w g b 31; subShifted g z g; dupW.4s t g; sshl.4s d a t
        i32x4.shr_u | a b | andImmediate.w g b 31; subShifted g z g; dupW.4s t g; ushl.4s d a t
        i64x2.shl | a b | andImmediate.w g b 63; dupX t g; ushl.2d d a t
        i64x2.shr_s | a b | andImmediate.w g b 63; subShifted g z g; dupX t g; sshl.2d d a t
        i64x2.shr_u | a b | andImmediate.w g b 63; subShifted g z g; dupX t g; ushl.2d d a t

        // Products. That of doublewords is made of the lower halves' product and the sum of those of the lower
        // and the upper ones.
        i16x8.mul | a b | mulVector.8h d a b
        i32x4.mul | a b | mulVector.4s d a b
        i64x2.mul | a b | rev64Vector.4s t b; mulVector.4s t t a; addp.4s t t t; xtn.2s u b; shll.2s d t; xtn.2s t
            a; umlalVector.2s d t u
        i32x4.dot_i16x8_s | a b | smullVector.4h t a b; smullVector.8h u a b; addp.4s d t u
        i16x8.q15mulr_sat_s | a b | sqrdmulh.8h d a b
        i16x8.extmul_low_i8x16_s | a b | smullVector.8b d a b
        i16x8.extmul_high_i8x16_s | a b | smullVector.16b d a b
        i16x8.extmul_low_i8x16_u | a b | umullVector.8b d a b
        i16x8.extmul_high_i8x16_u | a b | umullVector.16b d a b
        i32x4.extmul_low_i16x8_s | a b | smullVector.4h d a b
        i32x4.extmul_high_i16x8_s | a b | smullVector.8h d a b
        i32x4.extmul_low_i16x8_u | a b | umullVector.4h d a b
        i32x4.extmul_high_i16x8_u | a b | umullVector.8h d a b
        i64x2.extmul_low_i32x4_s | a b | smullVector.2s d a b
        i64x2.extmul_high_i32x4_s | a b | smullVector.4s d a b
        i64x2.extmul_low_i32x4_u | a b | umullVector.2s d a b
        i64x2.extmul_high_i32x4_u | a b | umullVector.4s d a b

        // Sums of neighbours, narrowing and extension.
        i16x8.extadd_pairwise_i8x16_s | a | saddlp.16b d a
        i16x8.extadd_pairwise_i8x16_u | a | uaddlp.16b d a
        i32x4.extadd_pairwise_i16x8_s | a | saddlp.8h d a
        i32x4.extadd_pairwise_i16x8_u | a | uaddlp.8h d a
        i8x16.narrow_i16x8_s | a b | sqxtn.8b d a; sqxtn.16b d b
        i8x16.narrow_i16x8_u | a b | sqxtun.8b d a; sqxtun.16b d b
        i16x8.narrow_i32x4_s | a b | sqxtn.4h d a; sqxtn.8h d b
        i16x8.narrow_i32x4_u | a b | sqxtun.4h d a; sqxtun.8h d b
        i16x8.extend_low_i8x16_s | a | sshll.8b d a 0
        i16x8.extend_high_i8x16_s | a | sshll.16b d a 0
        i16x8.extend_low_i8x16_u | a | ushll.8b d a 0
        i16x8.extend_high_i8x16_u | a | ushll.16b d a 0
        i32x4.extend_low_i16x8_s | a | sshll.4h d a 0
        i32x4.extend_high_i16x8_s | a | sshll.8h d a 0
        i32x4.extend_low_i16x8_u | a | ushll.4h d a 0
        i32x4.extend_high_i16x8_u | a | ushll.8h d a 0
        i64x2.extend_low_i32x4_s | a | sshll.2s d a 0
        i64x2.extend_high_i32x4_s | a | sshll.4s d a 0
        i64x2.extend_low_i32x4_u | a | ushll.2s d a 0
        i64x2.extend_high_i32x4_u | a | ushll.4s d a 0

        // Floats. Minimum and maximum give a NaN where an operand is one, and order zeros by their signs.
        f32x4.abs | a | fabsVector.4s d a
        f32x4.neg | a | fnegVector.4s d a
        f32x4.sqrt | a | fsqrtVector.4s d a
        f32x4.nearest | a | frintnVector.4s d a
        f32x4.floor | a | frintmVector.4s d a
        f32x4.ceil | a | frintpVector.4s d a
        f32x4.trunc | a | frintzVector.4s d a
        f32x4.add | a b | faddVector.4s d a b
        f32x4.sub | a b | fsubVector.4s d a b
        f32x4.mul | a b | fmulVector.4s d a b
        f32x4.div | a b | fdivVector.4s d a b
        f32x4.min | a b | fminVector.4s d a b
        f32x4.max | a b | fmaxVector.4s d a b
        f32x4.pmin | a b | fcmgt.4s d a b; bsl16B d b a
        f32x4.pmax | a b | fcmgt.4s d b a; bsl16B d b a
        f64x2.abs | a | fabsVector.2d d a
        f64x2.neg | a | fnegVector.2d d a
        f64x2.sqrt | a | fsqrtVector.2d d a
        f64x2.nearest | a | frintnVector.2d d a
        f64x2.floor | a | frintmVector.2d d a
        f64x2.ceil | a | frintpVector.2d d a
        f64x2.trunc | a | frintzVector.2d d a
        f64x2.add | a b | faddVector.2d d a b
        f64x2.sub | a b | fsubVector.2d d a b
        f64x2.mul | a b | fmulVector.2d d a b
        f64x2.div | a b | fdivVector.2d d a b
        f64x2.min | a b | fminVector.2d d a b
        f64x2.max | a b | fmaxVector.2d d a b
        f64x2.pmin | a b | fcmgt.2d d a b; bsl16B d b a
        f64x2.pmax | a b | fcmgt.2d d b a; bsl16B d b a

        // Conversions saturate, and make 0 of a NaN.
        f32x4.demote_f64x2_zero | a | fcvtn2S d a
        f64x2.promote_low_f32x4 | a | fcvtl2D d a
        f32x4.convert_i32x4_s | a | scvtfVector.4s d a
        f64x2.convert_low_i32x4_s | a | sshll.2s d a 0; scvtfVector.2d d d
        i32x4.trunc_sat_f32x4_s | a | fcvtzsVector.4s d a
        i32x4.relaxed_trunc_f32x4_s | a | fcvtzsVector.4s d a
        i32x4.trunc_sat_f64x2_s_zero | a | fcvtzsVector.2d d a; sqxtn.2s d d
        i32x4.relaxed_trunc_f64x2_s_zero | a | fcvtzsVector.2d d a; sqxtn.2s d d
        f32x4.convert_i32x4_u | a | ucvtfVector.4s d a
        f64x2.convert_low_i32x4_u | a | ushll.2s d a 0; ucvtfVector.2d d d
        i32x4.trunc_sat_f32x4_u | a | fcvtzuVector.4s d a
        i32x4.relaxed_trunc_f32x4_u | a | fcvtzuVector.4s d a
        i32x4.trunc_sat_f64x2_u_zero | a | fcvtzuVector.2d d a; uqxtn.2s d d
        i32x4.relaxed_trunc_f64x2_u_zero | a | fcvtzuVector.2d d a; uqxtn.2s d d

        // Relaxed. Of the behaviours that the specification allows: swizzle zero, truncations saturated, products
        // not rounded before the addition, selection of every bit, minimum and maximum standard, the product of
        // fractions saturated, the dot product's second operand signed.
        i8x16.relaxed_swizzle | a b | tbl1 d a b
        f32x4.relaxed_madd | =c a b | fmla.4s c a b
        f32x4.relaxed_nmadd | =c a b | fmls.4s c a b
        f32x4.relaxed_min | a b | fminVector.4s d a b
        f32x4.relaxed_max | a b | fmaxVector.4s d a b
        f64x2.relaxed_madd | =c a b | fmla.2d c a b
        f64x2.relaxed_nmadd | =c a b | fmls.2d c a b
        f64x2.relaxed_min | a b | fminVector.2d d a b
        f64x2.relaxed_max | a b | fmaxVector.2d d a b
        i8x16.relaxed_laneselect | =c a b | bsl16B c a b
        i16x8.relaxed_laneselect | =c a b | bsl16B c a b
        i32x4.relaxed_laneselect | =c a b | bsl16B c a b
        i64x2.relaxed_laneselect | =c a b | bsl16B c a b
        i16x8.relaxed_q15mulr_s | a b | sqrdmulh.8h d a b
        i16x8.relaxed_dot_i8x16_i7x16_s | a b | smullVector.8b t a b; smullVector.16b u a b; addp.8h d t u
        i32x4.relaxed_dot_i8x16_i7x16_add_s | =c a b | smullVector.8b t a b; smullVector.16b u a b; addp.8h t t u;
            sadalp.8h c t
        """
}
