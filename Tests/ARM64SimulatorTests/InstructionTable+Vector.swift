/// Instructions of advanced SIMD.
extension InstructionTable {
    static let vector = """
        0e221c20 | and v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=ff8001
        4e221c20 | and v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=f0f0110305070_0000000000ff8001
        0e621c20 | bic v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=fedcba9800000000
        4e621c20 | bic v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=80f0700000020406_fedcba9800000000
        0ea21c20 | orr v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=fedcba98ffffffff
        4ea21c20 | orr v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=8fff7f0ff0f2f4f6_fedcba98ffffffff
        0ee21c20 | orn v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=ffffffff00ff8001
        4ee21c20 | orn v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=f0fffff11f3f5f7f_ffffffff00ff8001
        2e221c20 | eor v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=fedcba98ff007ffe
        6e221c20 | eor v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=8ff0700ee0c2a486_fedcba98ff007ffe
        2e621c20 | bsl v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=5454101055ffd555
        6e621c20 | bsl v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=c3f3f0d30307474_5454101055ffd555
        2ea21c20 | bit v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=5555555500ff8001
        6ea21c20 | bit v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=303f3f311c3c5c7c_5555555500ff8001
        2ee21c20 | bif v0.8b, v1.8b, v2.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=fedcba98aaaaaaaa
        6ee21c20 | bif v0.16b, v1.16b, v2.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 v2=f0f0f0ff0f0f0f0_00000000ffffffff | v0=83f37303c0c2c4c6_fedcba98aaaaaaaa
        0e205820 | cnt v0.8b, v1.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=705050300080101
        4e205820 | cnt v0.16b, v1.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=108070101030305_0705050300080101
        2e205820 | not v0.8b, v1.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=1234567ff007ffe
        6e205820 | not v0.16b, v1.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=7f0080feefcdab89_01234567ff007ffe
        0e31b820 | addv b0, v1.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=ac
        4e31b820 | addv b0, v1.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=b7
        0e71b820 | addv h0, v1.4h | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=3a74
        4e71b820 | addv h0, v1.8h | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=9f1c
        4eb1b820 | addv s0, v1.4s | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=910e0e10
        2e303820 | uaddlv h0, v1.8b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=4ac
        6e303820 | uaddlv h0, v1.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=7b7
        2e703820 | uaddlv s0, v1.4h | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=23a74
        6e703820 | uaddlv s0, v1.8h | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=39f1c
        6eb03820 | uaddlv d0, v1.4s | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=1910e0e10
        4f07e7e0 | movi v0.16b, #255 | v0=33333333cccccccc_55555555aaaaaaaa | v0=ffffffffffffffff_ffffffffffffffff
        0f00e420 | movi v0.8b, #1 | v0=33333333cccccccc_55555555aaaaaaaa | v0=101010101010101
        4f006420 | movi v0.4s, #1, lsl #24 | v0=33333333cccccccc_55555555aaaaaaaa | v0=100000001000000_0100000001000000
        0f00c420 | movi v0.2s, #1, msl #8 | v0=33333333cccccccc_55555555aaaaaaaa | v0=1ff000001ff
        4f00d420 | movi v0.4s, #1, msl #16 | v0=33333333cccccccc_55555555aaaaaaaa | v0=1ffff0001ffff_0001ffff0001ffff
        6f000400 | mvni v0.4s, #0 | v0=33333333cccccccc_55555555aaaaaaaa | v0=ffffffffffffffff_ffffffffffffffff
        6f00a420 | mvni v0.8h, #1, lsl #8 | v0=33333333cccccccc_55555555aaaaaaaa | v0=fefffefffefffeff_fefffefffefffeff
        6f05e540 | movi v0.2d, #0xff00ff00ff00ff00 | v0=33333333cccccccc_55555555aaaaaaaa | v0=ff00ff00ff00ff00_ff00ff00ff00ff00
        2f00e420 | movi d0, #0xff | v0=33333333cccccccc_55555555aaaaaaaa | v0=ff
        4f0035e0 | orr v0.4s, #15, lsl #8 | v0=33333333cccccccc_55555555aaaaaaaa | v0=33333f33cccccfcc_55555f55aaaaafaa
        0f009420 | orr v0.4h, #1 | v0=33333333cccccccc_55555555aaaaaaaa | v0=55555555aaabaaab
        6f0797e0 | bic v0.8h, #255 | v0=33333333cccccccc_55555555aaaaaaaa | v0=33003300cc00cc00_55005500aa00aa00
        2f0777e0 | bic v0.2s, #255, lsl #24 | v0=33333333cccccccc_55555555aaaaaaaa | v0=55555500aaaaaa
        4f03f600 | fmov v0.4s, #1.0 | v0=33333333cccccccc_55555555aaaaaaaa | v0=3f8000003f800000_3f8000003f800000
        0f04f400 | fmov v0.2s, #-2.0 | v0=33333333cccccccc_55555555aaaaaaaa | v0=c0000000c0000000
        6f03f400 | fmov v0.2d, #0.5 | v0=33333333cccccccc_55555555aaaaaaaa | v0=3fe0000000000000_3fe0000000000000
        4e1f0420 | dup v0.16b, v1.b[15] | v1=80ff7f0110325476_fedcba9800ff8001 | v0=8080808080808080_8080808080808080
        0e060420 | dup v0.4h, v1.h[1] | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=ff00ff00ff00ff
        4e180420 | dup v0.2d, v1.d[1] | v1=80ff7f0110325476_fedcba9800ff8001 | v0=80ff7f0110325476_80ff7f0110325476
        4e040c20 | dup v0.4s, w1 | x1=fffffffffffffffe | v0=fffffffefffffffe_fffffffefffffffe
        0e010c20 | dup v0.8b, w1 | v0=33333333cccccccc_55555555aaaaaaaa x1=1ab | v0=abababababababab
        4e080c20 | dup v0.2d, x1 | x1=8000000000000000 | v0=8000000000000000_8000000000000000
        5e180420 | mov d0, v1.d[1] | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=80ff7f0110325476
        5e1c0420 | mov s0, v1.s[3] | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=80ff7f01
        5e110420 | mov b0, v1.b[8] | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=76
        0e1f3c20 | umov w0, v1.b[15] | v1=80ff7f0110325476_fedcba9800ff8001 | x0=80
        0e1e3c20 | umov w0, v1.h[7] | v1=80ff7f0110325476_fedcba9800ff8001 | x0=80ff
        0e1c3c20 | mov w0, v1.s[3] | v1=80ff7f0110325476_fedcba9800ff8001 | x0=80ff7f01
        4e183c20 | mov x0, v1.d[1] | v1=80ff7f0110325476_fedcba9800ff8001 | x0=80ff7f0110325476
        0e1f2c20 | smov w0, v1.b[15] | v1=80ff7f0110325476_fedcba9800ff8001 | x0=ffffff80
        4e1e2c20 | smov x0, v1.h[7] | v1=80ff7f0110325476_fedcba9800ff8001 | x0=ffffffffffff80ff
        4e1c2c20 | smov x0, v1.s[3] | v1=80ff7f0110325476_fedcba9800ff8001 | x0=ffffffff80ff7f01
        4e1f1c20 | mov v0.b[15], w1 | v0=33333333cccccccc_55555555aaaaaaaa x1=177 | v0=77333333cccccccc_55555555aaaaaaaa
        4e081c20 | mov v0.d[0], x1 | v0=33333333cccccccc_55555555aaaaaaaa x1=ffffffffffffffff | v0=33333333cccccccc_ffffffffffffffff
        6e1c0420 | mov v0.s[3], v1.s[0] | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=ff8001cccccccc_55555555aaaaaaaa
        6e017c20 | mov v0.b[0], v1.b[15] | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=33333333cccccccc_55555555aaaaaa80
        4ea11c20 | mov v0.16b, v1.16b | v0=33333333cccccccc_55555555aaaaaaaa v1=80ff7f0110325476_fedcba9800ff8001 | v0=80ff7f0110325476_fedcba9800ff8001
        """
}
