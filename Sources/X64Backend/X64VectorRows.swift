/// The rows of vector instructions: what each pure SIMD or relaxed SIMD instruction of wasm becomes, as
/// ``VectorPrograms`` reads them. A spill slot is aligned.
///
/// A step is a case of ``X64Form`` (with `:` and a condition where it has one) and its operands in the manual's order. `t`
/// and `u` are the vector scratch registers, `g` is the general-purpose one. `#` is the lane of the wasm instruction,
/// `#<<4` sixteen times it. `$` begins a constant in memory: all bytes, halfwords, words or doublewords (`b: w: d: q:`), or
/// 16 bytes, highest first; `$first` and `$second` are the masks with which `pshufb` shuffles the two operands.
///
/// Neither a scratch register nor a constant lives beyond its row.
enum X64VectorRows {
    static let text = """
        // Bits.
        v128.not | =a | pcmpeqd t t; pxor a t
        v128.and | =a b/m | pand a b
        v128.andnot | =b a/m | pandn b a
        v128.or | =a b/m | por a b
        v128.xor | =a b/m | pxor a b
        v128.bitselect | =a b/m c | movapsRM t c; pandn t b; pand a c; por a t
        v128.any_true | a | ptest a a; setccM:notEqual d; movzx32RM8 d d

        // Lanes. `pshufb` answers zero where the index has bit 7, and takes the low four bits of others.
        i8x16.shuffle | =a b/m | movapsRM t b; pshufb t $second; pshufb a $first; por a t
        i8x16.swizzle | =a b/m | movapsRM t b; paddusb t $b:70; pshufb a t
        i8x16.splat | a/m | movdXmmM d a; pxor t t; pshufb d t
        i16x8.splat | a/m | movdXmmM d a; pshuflw d d 0; pshufd d d 0
        i32x4.splat | a/m | movdXmmM d a; pshufd d d 0
        i64x2.splat | a/m | movqXmmM d a; punpcklqdq d d
        f32x4.splat | a | pshufd d a 0
        f64x2.splat | a/m | movddup d a
        i8x16.extract_lane_s | a | pextrb d a #; movsx32RM8 d d
        i8x16.extract_lane_u | a | pextrb d a #
        i16x8.extract_lane_s | a | pextrw d a #; movsx32RM16 d d
        i16x8.extract_lane_u | a | pextrw d a #
        i32x4.extract_lane | a | pextrd d a #
        i64x2.extract_lane | a | pextrq d a #
        f32x4.extract_lane | a/m | pshufd d a #
        f64x2.extract_lane[0] | a/m | movapsRM d a
        f64x2.extract_lane[1] | a/m | pshufd d a 0xEE
        i8x16.replace_lane | =a b/m | pinsrb a b #
        i16x8.replace_lane | =a b/m | pinsrw a b #
        i32x4.replace_lane | =a b/m | pinsrd a b #
        i64x2.replace_lane | =a b/m | pinsrq a b #
        f32x4.replace_lane | =a b/m | insertps a b #<<4
        f64x2.replace_lane[0] | =a b | movsdRM a b
        f64x2.replace_lane[1] | =a b | unpcklpd a b

        // Comparisons of integers: there are only "equal" and "greater, signed"; x <= y where the lesser of the two
        // is x.
        i8x16.eq | =a b/m | pcmpeqb a b
        i8x16.ne | =a b/m | pcmpeqb a b; pcmpeqd t t; pxor a t
        i8x16.lt_s | =b a/m | pcmpgtb b a
        i8x16.lt_u | =a b/m | movapsRM t a; pmaxub t b; pcmpeqb a t; pcmpeqd t t; pxor a t
        i8x16.gt_s | =a b/m | pcmpgtb a b
        i8x16.gt_u | =a b/m | movapsRM t a; pminub t b; pcmpeqb a t; pcmpeqd t t; pxor a t
        i8x16.le_s | =a b/m | movapsRM t a; pminsb t b; pcmpeqb a t
        i8x16.le_u | =a b/m | movapsRM t a; pminub t b; pcmpeqb a t
        i8x16.ge_s | =a b/m | movapsRM t a; pmaxsb t b; pcmpeqb a t
        i8x16.ge_u | =a b/m | movapsRM t a; pmaxub t b; pcmpeqb a t
        i16x8.eq | =a b/m | pcmpeqw a b
        i16x8.ne | =a b/m | pcmpeqw a b; pcmpeqd t t; pxor a t
        i16x8.lt_s | =b a/m | pcmpgtw b a
        i16x8.lt_u | =a b/m | movapsRM t a; pmaxuw t b; pcmpeqw a t; pcmpeqd t t; pxor a t
        i16x8.gt_s | =a b/m | pcmpgtw a b
        i16x8.gt_u | =a b/m | movapsRM t a; pminuw t b; pcmpeqw a t; pcmpeqd t t; pxor a t
        i16x8.le_s | =a b/m | movapsRM t a; pminsw t b; pcmpeqw a t
        i16x8.le_u | =a b/m | movapsRM t a; pminuw t b; pcmpeqw a t
        i16x8.ge_s | =a b/m | movapsRM t a; pmaxsw t b; pcmpeqw a t
        i16x8.ge_u | =a b/m | movapsRM t a; pmaxuw t b; pcmpeqw a t
        i32x4.eq | =a b/m | pcmpeqd a b
        i32x4.ne | =a b/m | pcmpeqd a b; pcmpeqd t t; pxor a t
        i32x4.lt_s | =b a/m | pcmpgtd b a
        i32x4.lt_u | =a b/m | movapsRM t a; pmaxud t b; pcmpeqd a t; pcmpeqd t t; pxor a t
        i32x4.gt_s | =a b/m | pcmpgtd a b
        i32x4.gt_u | =a b/m | movapsRM t a; pminud t b; pcmpeqd a t; pcmpeqd t t; pxor a t
        i32x4.le_s | =a b/m | movapsRM t a; pminsd t b; pcmpeqd a t
        i32x4.le_u | =a b/m | movapsRM t a; pminud t b; pcmpeqd a t
        i32x4.ge_s | =a b/m | movapsRM t a; pmaxsd t b; pcmpeqd a t
        i32x4.ge_u | =a b/m | movapsRM t a; pmaxud t b; pcmpeqd a t
        i64x2.eq | =a b/m | pcmpeqq a b
        i64x2.ne | =a b/m | pcmpeqq a b; pcmpeqd t t; pxor a t
        i64x2.lt_s | =b a/m | pcmpgtq b a
        i64x2.gt_s | =a b/m | pcmpgtq a b
        i64x2.le_s | =a b/m | pcmpgtq a b; pcmpeqd t t; pxor a t
        i64x2.ge_s | =b a/m | pcmpgtq b a; pcmpeqd t t; pxor b t

        // Comparisons of floats: 0 equal, 1 less, 2 less or equal, 4 not equal or unordered.
        f32x4.eq | =a b/m | cmpps a b 0
        f32x4.ne | =a b/m | cmpps a b 4
        f32x4.lt | =a b/m | cmpps a b 1
        f32x4.gt | =b a/m | cmpps b a 1
        f32x4.le | =a b/m | cmpps a b 2
        f32x4.ge | =b a/m | cmpps b a 2
        f64x2.eq | =a b/m | cmppd a b 0
        f64x2.ne | =a b/m | cmppd a b 4
        f64x2.lt | =a b/m | cmppd a b 1
        f64x2.gt | =b a/m | cmppd b a 1
        f64x2.le | =a b/m | cmppd a b 2
        f64x2.ge | =b a/m | cmppd b a 2

        // Integers.
        i8x16.abs | a/m | pabsb d a
        i16x8.abs | a/m | pabsw d a
        i32x4.abs | a/m | pabsd d a
        i64x2.abs | =a | pshufd t a 0xF5; psradI t 31; pxor a t; psubq a t
        i8x16.neg | a/m | pxor d d; psubb d a
        i8x16.add | =a b/m | paddb a b
        i8x16.sub | =a b/m | psubb a b
        i8x16.all_true | a/m | pxor t t; pcmpeqb t a; ptest t t; setccM:equal d; movzx32RM8 d d
        i8x16.min_s | =a b/m | pminsb a b
        i8x16.min_u | =a b/m | pminub a b
        i8x16.max_s | =a b/m | pmaxsb a b
        i8x16.max_u | =a b/m | pmaxub a b
        i8x16.add_sat_s | =a b/m | paddsb a b
        i8x16.add_sat_u | =a b/m | paddusb a b
        i8x16.sub_sat_s | =a b/m | psubsb a b
        i8x16.sub_sat_u | =a b/m | psubusb a b
        i8x16.avgr_u | =a b/m | pavgb a b
        i16x8.neg | a/m | pxor d d; psubw d a
        i16x8.add | =a b/m | paddw a b
        i16x8.sub | =a b/m | psubw a b
        i16x8.all_true | a/m | pxor t t; pcmpeqw t a; ptest t t; setccM:equal d; movzx32RM8 d d
        i16x8.min_s | =a b/m | pminsw a b
        i16x8.min_u | =a b/m | pminuw a b
        i16x8.max_s | =a b/m | pmaxsw a b
        i16x8.max_u | =a b/m | pmaxuw a b
        i16x8.add_sat_s | =a b/m | paddsw a b
        i16x8.add_sat_u | =a b/m | paddusw a b
        i16x8.sub_sat_s | =a b/m | psubsw a b
        i16x8.sub_sat_u | =a b/m | psubusw a b
        i16x8.avgr_u | =a b/m | pavgw a b
        i32x4.neg | a/m | pxor d d; psubd d a
        i32x4.add | =a b/m | paddd a b
        i32x4.sub | =a b/m | psubd a b
        i32x4.all_true | a/m | pxor t t; pcmpeqd t a; ptest t t; setccM:equal d; movzx32RM8 d d
        i32x4.min_s | =a b/m | pminsd a b
        i32x4.min_u | =a b/m | pminud a b
        i32x4.max_s | =a b/m | pmaxsd a b
        i32x4.max_u | =a b/m | pmaxud a b
        i64x2.neg | a/m | pxor d d; psubq d a
        i64x2.add | =a b/m | paddq a b
        i64x2.sub | =a b/m | psubq a b
        i64x2.all_true | a/m | pxor t t; pcmpeqq t a; ptest t t; setccM:equal d; movzx32RM8 d d
        i8x16.popcnt | a | movapsRM t a; pand t $b:0F; movapsRM u $04030302030202010302020102010100; pshufb u t;
            movapsRM t a; psrlwI t 4; pand t $b:0F; movapsRM d $04030302030202010302020102010100; pshufb d t; paddb
            d u
        i8x16.bitmask | a | pmovmskb d a
        i16x8.bitmask | a/m | movapsRM t a; packsswb t t; pmovmskb d t; movzx32RM8 d d
        i32x4.bitmask | a | movmskpsRM d a
        i64x2.bitmask | a | movmskpdRM d a

        // Shifts take the count from a vector register, unmasked. Bytes are shifted in halfwords; bits from the
        // neighbour are masked out by 0xFF shifted alike.
        i8x16.shl | =a b/m | mov32RM g b; and32MI8 g 7; add32MI8 g 8; movdXmmM t g; pcmpeqd u u; psrlw u t;
            packuswb u u; pand a u; sub32MI8 g 8; movdXmmM t g; psllw a t
        i8x16.shr_u | =a b/m | mov32RM g b; and32MI8 g 7; movdXmmM t g; psrlw a t; add32MI8 g 8; movdXmmM t g;
            pcmpeqd u u; psrlw u t; packuswb u u; pand a u
        i8x16.shr_s | =a b/m | mov32RM g b; and32MI8 g 7; add32MI8 g 8; movdXmmM t g; punpckhbw u a; punpcklbw a
            a; psraw u t; psraw a t; packsswb a u
        i16x8.shl | =a b/m | mov32RM g b; and32MI8 g 15; movdXmmM t g; psllw a t
        i16x8.shr_u | =a b/m | mov32RM g b; and32MI8 g 15; movdXmmM t g; psrlw a t
        i16x8.shr_s | =a b/m | mov32RM g b; and32MI8 g 15; movdXmmM t g; psraw a t
        i32x4.shl | =a b/m | mov32RM g b; and32MI8 g 31; movdXmmM t g; pslld a t
        i32x4.shr_u | =a b/m | mov32RM g b; and32MI8 g 31; movdXmmM t g; psrld a t
        i32x4.shr_s | =a b/m | mov32RM g b; and32MI8 g 31; movdXmmM t g; psrad a t
        i64x2.shl | =a b/m | mov32RM g b; and32MI8 g 63; movdXmmM t g; psllq a t
        i64x2.shr_u | =a b/m | mov32RM g b; and32MI8 g 63; movdXmmM t g; psrlq a t
        i64x2.shr_s | =a b/m | mov32RM g b; and32MI8 g 63; movdXmmM t g; movapsRM u $q:8000000000000000; psrlq u
            t; psrlq a t; pxor a u; psubq a u

        // Products.
        i16x8.mul | =a b/m | pmullw a b
        i32x4.mul | =a b/m | pmulld a b
        i64x2.mul | =a b | movapsRM t a; psrlqI t 32; pmuludq t b; movapsRM u b; psrlqI u 32; pmuludq u a; paddq
            t u; psllqI t 32; pmuludq a b; paddq a t
        i32x4.dot_i16x8_s | =a b/m | pmaddwd a b
        i16x8.q15mulr_sat_s | =a b/m | pmulhrsw a b; movapsRM t $w:8000; pcmpeqw t a; pxor a t
        i16x8.extmul_low_i8x16_s | a b/m | pmovsxbw t b; pmovsxbw d a; pmullw d t
        i16x8.extmul_high_i8x16_s | a/m b/m | pshufd t b 0xEE; pmovsxbw t t; pshufd d a 0xEE; pmovsxbw d d;
            pmullw d t
        i32x4.extmul_low_i16x8_s | =a b/m | movapsRM t a; pmulhw t b; pmullw a b; punpcklwd a t
        i32x4.extmul_high_i16x8_s | =a b/m | movapsRM t a; pmulhw t b; pmullw a b; punpckhwd a t
        i64x2.extmul_low_i32x4_s | a/m b/m | pshufd t b 0x50; pshufd d a 0x50; pmuldq d t
        i64x2.extmul_high_i32x4_s | a/m b/m | pshufd t b 0xFA; pshufd d a 0xFA; pmuldq d t
        i16x8.extmul_low_i8x16_u | a b/m | pmovzxbw t b; pmovzxbw d a; pmullw d t
        i16x8.extmul_high_i8x16_u | a/m b/m | pshufd t b 0xEE; pmovzxbw t t; pshufd d a 0xEE; pmovzxbw d d;
            pmullw d t
        i32x4.extmul_low_i16x8_u | =a b/m | movapsRM t a; pmulhuw t b; pmullw a b; punpcklwd a t
        i32x4.extmul_high_i16x8_u | =a b/m | movapsRM t a; pmulhuw t b; pmullw a b; punpckhwd a t
        i64x2.extmul_low_i32x4_u | a/m b/m | pshufd t b 0x50; pshufd d a 0x50; pmuludq d t
        i64x2.extmul_high_i32x4_u | a/m b/m | pshufd t b 0xFA; pshufd d a 0xFA; pmuludq d t

        // Sums of neighbours: products with ones. `pmaddubsw` takes its first operand without a sign; `pmaddwd` has
        // no such form, so 2 to the power of 15 is taken from each lane and added again.
        i16x8.extadd_pairwise_i8x16_s | a/m | movapsRM t a; movapsRM d $b:01; pmaddubsw d t
        i16x8.extadd_pairwise_i8x16_u | =a | pmaddubsw a $b:01
        i32x4.extadd_pairwise_i16x8_s | =a | pmaddwd a $w:0001
        i32x4.extadd_pairwise_i16x8_u | =a | pxor a $w:8000; pmaddwd a $w:0001; paddd a $d:00010000

        // Narrowing and extension.
        i8x16.narrow_i16x8_s | =a b/m | packsswb a b
        i8x16.narrow_i16x8_u | =a b/m | packuswb a b
        i16x8.narrow_i32x4_s | =a b/m | packssdw a b
        i16x8.narrow_i32x4_u | =a b/m | packusdw a b
        i16x8.extend_low_i8x16_s | a/m | pmovsxbw d a
        i16x8.extend_high_i8x16_s | a/m | pshufd d a 0xEE; pmovsxbw d d
        i16x8.extend_low_i8x16_u | a/m | pmovzxbw d a
        i16x8.extend_high_i8x16_u | a/m | pshufd d a 0xEE; pmovzxbw d d
        i32x4.extend_low_i16x8_s | a/m | pmovsxwd d a
        i32x4.extend_high_i16x8_s | a/m | pshufd d a 0xEE; pmovsxwd d d
        i32x4.extend_low_i16x8_u | a/m | pmovzxwd d a
        i32x4.extend_high_i16x8_u | a/m | pshufd d a 0xEE; pmovzxwd d d
        i64x2.extend_low_i32x4_s | a/m | pmovsxdq d a
        i64x2.extend_high_i32x4_s | a/m | pshufd d a 0xEE; pmovsxdq d d
        i64x2.extend_low_i32x4_u | a/m | pmovzxdq d a
        i64x2.extend_high_i32x4_u | a/m | pshufd d a 0xEE; pmovzxdq d d

        // Floats.
        f32x4.abs | =a | andps a $d:7FFFFFFF
        f32x4.neg | =a | xorps a $d:80000000
        f32x4.sqrt | a/m | sqrtps d a
        f32x4.add | =a b/m | addps a b
        f32x4.sub | =a b/m | subps a b
        f32x4.mul | =a b/m | mulps a b
        f32x4.div | =a b/m | divps a b
        f32x4.min | =a b | movapsRM t b; minps t a; minps a b; orps t a; cmpps a t 3; orps t a; psrldI a 10;
            andnps a t
        f32x4.max | =a b | movapsRM t b; maxps t a; maxps a b; xorps a t; orps t a; subps t a; cmpps a t 3;
            psrldI a 10; andnps a t
        f32x4.pmin | =b a/m | minps b a
        f32x4.pmax | =b a/m | maxps b a
        f32x4.nearest | a/m | roundps d a 8
        f32x4.floor | a/m | roundps d a 9
        f32x4.ceil | a/m | roundps d a 10
        f32x4.trunc | a/m | roundps d a 11
        f64x2.abs | =a | andps a $q:7FFFFFFFFFFFFFFF
        f64x2.neg | =a | xorps a $q:8000000000000000
        f64x2.sqrt | a/m | sqrtpd d a
        f64x2.add | =a b/m | addpd a b
        f64x2.sub | =a b/m | subpd a b
        f64x2.mul | =a b/m | mulpd a b
        f64x2.div | =a b/m | divpd a b
        f64x2.min | =a b | movapsRM t b; minpd t a; minpd a b; orps t a; cmppd a t 3; orps t a; psrlqI a 13;
            andnps a t
        f64x2.max | =a b | movapsRM t b; maxpd t a; maxpd a b; xorps a t; orps t a; subpd t a; cmppd a t 3;
            psrlqI a 13; andnps a t
        f64x2.pmin | =b a/m | minpd b a
        f64x2.pmax | =b a/m | maxpd b a
        f64x2.nearest | a/m | roundpd d a 8
        f64x2.floor | a/m | roundpd d a 9
        f64x2.ceil | a/m | roundpd d a 10
        f64x2.trunc | a/m | roundpd d a 11

        // Conversions.
        f32x4.demote_f64x2_zero | a/m | cvtpd2ps d a
        f64x2.promote_low_f32x4 | a/m | cvtps2pd d a
        f32x4.convert_i32x4_s | a/m | cvtdq2ps d a
        f32x4.convert_i32x4_u | =a | pxor t t; pblendw t a 0x55; psubd a t; cvtdq2ps t t; psrldI a 1; cvtdq2ps a
            a; addps a a; addps a t
        f64x2.convert_low_i32x4_s | a/m | cvtdq2pd d a
        f64x2.convert_low_i32x4_u | =a | unpcklps a $d:43300000; subpd a $q:4330000000000000
        i32x4.trunc_sat_f32x4_s | =a | movapsRM t a; cmpps t t 0; andps a t; pxor t a; cvttps2dq a a; pand t a;
            psradI t 31; pxor a t
        i32x4.trunc_sat_f32x4_u | =a | pxor u u; maxps a u; pcmpeqd u u; psrldI u 1; cvtdq2ps u u; movapsRM t a;
            subps t u; cmpps u t 2; cvttps2dq t t; pxor t u; pxor u u; pmaxsd t u; cvttps2dq a a; paddd a t
        i32x4.trunc_sat_f64x2_s_zero | =a | movapsRM t a; cmppd t t 0; andps t $q:41DFFFFFFFC00000; minpd a t;
            cvttpd2dq a a
        i32x4.trunc_sat_f64x2_u_zero | =a | xorps t t; maxpd a t; minpd a $q:41EFFFFFFFE00000; roundpd a a 11;
            addpd a $q:4330000000000000; shufps a t 0x88

        // Relaxed. Of the behaviours that the specification allows: swizzle modulo, signed truncation to the least
        // integer, unsigned truncation saturated, product and sum rounded one after the other, selection of every
        // bit, minimum and maximum right, the product of fractions wrapped, the dot product's second operand
        // unsigned.
        i8x16.relaxed_swizzle | =a b/m | pshufb a b
        i32x4.relaxed_trunc_f32x4_s | a/m | cvttps2dq d a
        i32x4.relaxed_trunc_f32x4_u | =a | pxor u u; maxps a u; pcmpeqd u u; psrldI u 1; cvtdq2ps u u; movapsRM
            t a; subps t u; cmpps u t 2; cvttps2dq t t; pxor t u; pxor u u; pmaxsd t u; cvttps2dq a a; paddd a t
        i32x4.relaxed_trunc_f64x2_s_zero | a/m | cvttpd2dq d a
        i32x4.relaxed_trunc_f64x2_u_zero | =a | xorps t t; maxpd a t; minpd a $q:41EFFFFFFFE00000; roundpd a a
            11; addpd a $q:4330000000000000; shufps a t 0x88
        f32x4.relaxed_madd | =c a b/m | movapsRM t a; mulps t b; addps c t
        f32x4.relaxed_nmadd | =c a b/m | movapsRM t a; mulps t b; subps c t
        f64x2.relaxed_madd | =c a b/m | movapsRM t a; mulpd t b; addpd c t
        f64x2.relaxed_nmadd | =c a b/m | movapsRM t a; mulpd t b; subpd c t
        i8x16.relaxed_laneselect | =a b/m c | movapsRM t c; pandn t b; pand a c; por a t
        i16x8.relaxed_laneselect | =a b/m c | movapsRM t c; pandn t b; pand a c; por a t
        i32x4.relaxed_laneselect | =a b/m c | movapsRM t c; pandn t b; pand a c; por a t
        i64x2.relaxed_laneselect | =a b/m c | movapsRM t c; pandn t b; pand a c; por a t
        f32x4.relaxed_min | =a b/m | minps a b
        f32x4.relaxed_max | =a b/m | maxps a b
        f64x2.relaxed_min | =a b/m | minpd a b
        f64x2.relaxed_max | =a b/m | maxpd a b
        i16x8.relaxed_q15mulr_s | =a b/m | pmulhrsw a b
        i16x8.relaxed_dot_i8x16_i7x16_s | =b a/m | pmaddubsw b a
        i32x4.relaxed_dot_i8x16_i7x16_add_s | =c a/m b | movapsRM t b; pmaddubsw t a; pmaddwd t $w:0001; paddd c
            t
        """
}
