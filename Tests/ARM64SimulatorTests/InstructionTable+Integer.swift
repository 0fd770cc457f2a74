/// Instructions of the general registers.
extension InstructionTable {
    static let dataProcessingImmediate = """
        913ffc20 | add x0, x1, #4095 | x1=ffffffffffffffff | x0=ffe
        11400420 | add w0, w1, #1, lsl #12 | x1=ffffffff | x0=fff
        910083ff | add sp, sp, #32 | | sp=10020020
        910043e0 | add x0, sp, #16 | | x0=10020010
        b1000420 | adds x0, x1, #1 | x1=7fffffffffffffff | x0=8000000000000000 nzcv=9
        31000420 | adds w0, w1, #1 | x1=ffffffff | x0=0 nzcv=6
        d1000420 | sub x0, x1, #1 | x1=0 | x0=ffffffffffffffff
        51000420 | sub w0, w1, #1 | x1=0 | x0=ffffffff
        d14043ff | sub sp, sp, #16, lsl #12 | | sp=10010000
        f1000020 | subs x0, x1, #0 | x1=5 | x0=5 nzcv=2
        7100043f | cmp w1, #1 | x1=180000000 | nzcv=3
        f100043f | cmp x1, #1 | x1=0 | nzcv=8
        3100043f | cmn w1, #1 | x1=7fffffff | nzcv=9
        f10003ff | cmp sp, #0 | | nzcv=2
        92009c20 | and x0, x1, #0xff00ff00ff00ff | x1=ffffffffffffffff | x0=ff00ff00ff00ff
        12010420 | and w0, w1, #0x80000001 | x1=ffffffffffffffff | x0=80000001
        b2410020 | orr x0, x1, #0x8000000000000000 | x1=1 | x0=8000000000000001
        321f7820 | orr w0, w1, #0xfffffffe | x1=fffffffffffffffe | x0=fffffffe
        d200f020 | eor x0, x1, #0x5555555555555555 | x1=ffffffffffffffff | x0=aaaaaaaaaaaaaaaa
        52000820 | eor w0, w1, #0x7 | x1=ffffffffffffffff | x0=fffffff8
        f241003f | tst x1, #0x8000000000000000 | x1=8000000000000000 nzcv=3 | nzcv=8
        72010020 | ands w0, w1, #0x80000000 | x1=ffffffffffffffff | x0=80000000 nzcv=8
        927cec3f | and sp, x1, #0xfffffffffffffff0 | x1=1002003f | sp=10020030
        d2ffffe0 | movz x0, #0xffff, lsl #48 | x0=7 | x0=ffff000000000000
        92800000 | movn x0, #0 | x0=1 | x0=ffffffffffffffff
        12bfffe0 | movn w0, #0xffff, lsl #16 | | x0=ffff
        f2c24680 | movk x0, #0x1234, lsl #32 | x0=ffffffffffffffff | x0=ffff1234ffffffff
        72a00000 | movk w0, #0, lsl #16 | x0=ffffffffffffffff | x0=ffff
        93442c20 | sbfx x0, x1, #4, #8 | x1=ff0 | x0=ffffffffffffffff
        131f7c20 | sbfx w0, w1, #31, #1 | x1=80000000 | x0=ffffffff
        d37cfc20 | ubfx x0, x1, #60, #4 | x1=ffffffffffffffff | x0=f
        d3410020 | lsl x0, x1, #63 | x1=3 | x0=8000000000000000
        53010020 | lsl w0, w1, #31 | x1=ffffffffffffffff | x0=80000000
        d37ffc20 | lsr x0, x1, #63 | x1=8000000000000000 | x0=1
        53017c20 | lsr w0, w1, #1 | x1=ffffffffffffffff | x0=7fffffff
        937ffc20 | asr x0, x1, #63 | x1=8000000000000000 | x0=ffffffffffffffff
        131f7c20 | asr w0, w1, #31 | x1=80000000 | x0=ffffffff
        93401c20 | sxtb x0, w1 | x1=80 | x0=ffffffffffffff80
        13003c20 | sxth w0, w1 | x1=8000 | x0=ffff8000
        93407c20 | sxtw x0, w1 | x1=80000000 | x0=ffffffff80000000
        53001c20 | uxtb w0, w1 | x1=ffffffffffffffff | x0=ff
        53003c20 | uxth w0, w1 | x1=ffffffffffffffff | x0=ffff
        93780c20 | sbfiz x0, x1, #8, #4 | x1=f8 | x0=fffffffffffff800
        53040c20 | ubfiz w0, w1, #28, #4 | x1=ff | x0=f0000000
        b3440c20 | bfi x0, x1, #60, #4 | x0=0 x1=ffffffffffffffff | x0=f000000000000000
        33181c20 | bfi w0, w1, #8, #8 | x0=ffffffffffffffff x1=0 | x0=ffff00ff
        b360bc20 | bfxil x0, x1, #32, #16 | x0=ffffffffffffffff x1=0 | x0=ffffffffffff0000
        b340fc20 | bfi x0, x1, #0, #64 | x0=0 x1=ffffffffffffffff | x0=ffffffffffffffff
        93c20420 | extr x0, x1, x2, #1 | x1=1 x2=0 | x0=8000000000000000
        93c20020 | extr x0, x1, x2, #0 | x1=1 x2=9 | x0=9
        13827c20 | extr w0, w1, w2, #31 | x1=1 x2=8000000080000000 | x0=3
        93c11020 | ror x0, x1, #4 | x1=f | x0=f000000000000000
        """

    static let addition = """
        8b020020 | add x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=0
        0b020020 | add w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=ffffffff
        8b020020 | add x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=8000000000000000
        0b020020 | add w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=0
        8b020020 | add x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=1111111111111100
        ab020020 | adds x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=0 nzcv=6
        2b020020 | adds w0, w1, w2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=0 nzcv=6
        2b020020 | adds w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=ffffffff nzcv=8
        ab020020 | adds x0, x1, x2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=7fffffffffffffff nzcv=3
        ab020020 | adds x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=8000000000000000 nzcv=9
        2b020020 | adds w0, w1, w2 | x1=7fffffffffffffff x2=1 nzcv=2 | x0=0 nzcv=6
        2b020020 | adds w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=0 nzcv=6
        ab020020 | adds x0, x1, x2 | x1=7fffffff x2=80000001 | x0=100000000
        ab020020 | adds x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=1111111111111100
        2b020020 | adds w0, w1, w2 | x1=123456789abcdef0 x2=fedcba9876543210 | x0=11111100 nzcv=2
        cb020020 | sub x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=fffffffffffffffe
        4b020020 | sub w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=1
        cb020020 | sub x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=7ffffffffffffffe
        4b020020 | sub w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=fffffffe
        cb020020 | sub x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=13579be02468ace0
        eb020020 | subs x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=fffffffffffffffe nzcv=a
        6b020020 | subs w0, w1, w2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=fffffffe nzcv=a
        6b020020 | subs w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=1 nzcv=0
        eb020020 | subs x0, x1, x2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=8000000000000001 nzcv=8
        eb020020 | subs x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=7ffffffffffffffe nzcv=2
        6b020020 | subs w0, w1, w2 | x1=7fffffffffffffff x2=1 nzcv=2 | x0=fffffffe nzcv=a
        6b020020 | subs w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=fffffffe nzcv=9
        eb020020 | subs x0, x1, x2 | x1=7fffffff x2=80000001 | x0=fffffffffffffffe nzcv=8
        eb020020 | subs x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=13579be02468ace0 nzcv=0
        6b020020 | subs w0, w1, w2 | x1=123456789abcdef0 x2=fedcba9876543210 | x0=2468ace0 nzcv=3
        ba020020 | adcs x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=1
        3a020020 | adcs w0, w1, w2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=1
        3a020020 | adcs w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=0 nzcv=6
        ba020020 | adcs x0, x1, x2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=8000000000000000 nzcv=a
        ba020020 | adcs x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=8000000000000000 nzcv=9
        3a020020 | adcs w0, w1, w2 | x1=7fffffffffffffff x2=1 nzcv=2 | x0=1
        3a020020 | adcs w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=1
        ba020020 | adcs x0, x1, x2 | x1=7fffffff x2=80000001 | x0=100000000
        ba020020 | adcs x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=1111111111111101
        3a020020 | adcs w0, w1, w2 | x1=123456789abcdef0 x2=fedcba9876543210 | x0=11111100 nzcv=2
        fa020020 | sbcs x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=fffffffffffffffe nzcv=a
        7a020020 | sbcs w0, w1, w2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=fffffffe nzcv=a
        7a020020 | sbcs w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=1 nzcv=0
        fa020020 | sbcs x0, x1, x2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=8000000000000001 nzcv=8
        fa020020 | sbcs x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=7ffffffffffffffd nzcv=2
        7a020020 | sbcs w0, w1, w2 | x1=7fffffffffffffff x2=1 nzcv=2 | x0=fffffffe nzcv=a
        7a020020 | sbcs w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=fffffffe nzcv=9
        fa020020 | sbcs x0, x1, x2 | x1=7fffffff x2=80000001 | x0=fffffffffffffffd nzcv=8
        fa020020 | sbcs x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=13579be02468ace0 nzcv=0
        7a020020 | sbcs w0, w1, w2 | x1=123456789abcdef0 x2=fedcba9876543210 | x0=2468acdf nzcv=3
        9a020020 | adc x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=1
        1a020020 | adc w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=0
        9a020020 | adc x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=8000000000000000
        1a020020 | adc w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=1
        9a020020 | adc x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=1111111111111101
        da020020 | sbc x0, x1, x2 | x1=ffffffffffffffff x2=1 nzcv=2 | x0=fffffffffffffffe
        5a020020 | sbc w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=2 | x0=1
        da020020 | sbc x0, x1, x2 | x1=7fffffffffffffff x2=1 | x0=7ffffffffffffffd
        5a020020 | sbc w0, w1, w2 | x1=7fffffff x2=80000001 nzcv=2 | x0=fffffffe
        da020020 | sbc x0, x1, x2 | x1=123456789abcdef0 x2=fedcba9876543210 nzcv=2 | x0=13579be02468ace0
        cb0103e0 | neg x0, x1 | x1=8000000000000000 | x0=8000000000000000
        6b0103e0 | negs w0, w1 | x1=80000000 | x0=80000000 nzcv=9
        eb01003f | cmp x1, x1 | x1=ffffffffffffffff | nzcv=6
        8b02003f | add xzr, x1, x2 | x1=1 x2=2 |
        8b02fc20 | add x0, x1, x2, lsl #63 | x1=1 x2=3 | x0=8000000000000001
        2b427c20 | adds w0, w1, w2, lsr #31 | x1=ffffffff x2=80000000 | x0=0 nzcv=6
        cb82fc20 | sub x0, x1, x2, asr #63 | x1=0 x2=8000000000000000 | x0=1
        eb021020 | subs x0, x1, x2, lsl #4 | x1=10 x2=1 | x0=0 nzcv=6
        4b821020 | sub w0, w1, w2, asr #4 | x1=0 x2=80000000 | x0=8000000
        8b224020 | add x0, x1, w2, uxtw | x1=1 x2=ffffffffffffffff | x0=100000000
        8b22cc20 | add x0, x1, w2, sxtw #3 | x1=64 x2=ffffffff | x0=5c
        8b221020 | add x0, x1, w2, uxtb #4 | x1=0 x2=ffffffffffffffff | x0=ff0
        0b22a420 | add w0, w1, w2, sxth #1 | x1=0 x2=8000 | x0=ffff0000
        cb2263ff | sub sp, sp, x2 | x2=30 | sp=1001ffd0
        8b2253ff | add sp, sp, w2, uxtw #4 | x2=2 | sp=10020020
        eb2223e0 | subs x0, sp, w2, uxth | x2=ffff0000 | x0=10020000 nzcv=2
        eb22803f | cmp x1, w2, sxtb | x1=ffffffffffffffff x2=ff | nzcv=6
        ab22e820 | adds x0, x1, x2, sxtx #2 | x1=4 x2=ffffffffffffffff | x0=0 nzcv=6
        """

    static let logical = """
        8a020020 | and x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=f000f000f000f000
        0a020020 | and w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=f0f0f0f
        8ac21020 | and x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=8000000000000000
        0a822020 | and w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=ff000000
        8a220020 | bic x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=f000f000f000f00
        0a220020 | bic w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=f0f0f0f0
        8ae21020 | bic x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=0
        0aa22020 | bic w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=ff
        aa020020 | orr x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=fff0fff0fff0fff0
        2a020020 | orr w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=ffffffff
        aac21020 | orr x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=f000000000000000
        2a822020 | orr w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=ff8000ff
        aa220020 | orn x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=ff0fff0fff0fff0f
        2a220020 | orn w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=ffffffff
        aae21020 | orn x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=8fffffffffffffff
        2aa22020 | orn w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=ff7fffff
        ca020020 | eor x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=ff00ff00ff00ff0
        4a020020 | eor w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=f0f0f0f0
        cac21020 | eor x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=7000000000000000
        4a822020 | eor w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=8000ff
        ca220020 | eon x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=f00ff00ff00ff00f
        4a220020 | eon w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=f0f0f0f
        cae21020 | eon x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=8fffffffffffffff
        4aa22020 | eon w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=ff7fff00
        ea020020 | ands x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=f000f000f000f000 nzcv=8
        6a020020 | ands w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=f0f0f0f nzcv=0
        eac21020 | ands x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=8000000000000000 nzcv=8
        6a822020 | ands w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=ff000000 nzcv=8
        ea220020 | bics x0, x1, x2 | x1=ff00ff00ff00ff00 x2=f0f0f0f0f0f0f0f0 nzcv=3 | x0=f000f000f000f00 nzcv=0
        6a220020 | bics w0, w1, w2 | x1=ffffffffffffffff x2=f0f0f0f00f0f0f0f nzcv=1 | x0=f0f0f0f0 nzcv=8
        eae21020 | bics x0, x1, x2, ror #4 | x1=8000000000000000 x2=f | x0=0 nzcv=4
        6aa22020 | bics w0, w1, w2, asr #8 | x1=ff0000ff x2=80000000 | x0=ff
        2a2103e0 | mvn w0, w1 | x1=0 | x0=ffffffff
        6a02003f | tst w1, w2 | x1=8000000000000000 x2=ffffffffffffffff nzcv=f | nzcv=4
        8a620420 | bic x0, x1, x2, lsr #1 | x1=ffffffffffffffff x2=ffffffffffffffff | x0=8000000000000000
        2a224020 | orn w0, w1, w2, lsl #16 | x1=1 x2=ffff | x0=ffff
        aa0103e0 | mov x0, x1 | x1=ffffffffffffffff | x0=ffffffffffffffff
        2a0103e0 | mov w0, w1 | x1=ffffffffffffffff | x0=ffffffff
        """

    static let multiplyDivideShift = """
        9ac20820 | udiv x0, x1, x2 | x1=ffffffffffffffff x2=3 | x0=5555555555555555
        1ac20820 | udiv w0, w1, w2 | x1=ffffffffffffffff x2=3 | x0=55555555
        9ac20820 | udiv x0, x1, x2 | x1=7 x2=0 | x0=0
        1ac20820 | udiv w0, w1, w2 | x1=7 x2=0 | x0=0
        9ac20820 | udiv x0, x1, x2 | x1=8000000000000000 x2=ffffffffffffffff | x0=0
        1ac20820 | udiv w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff | x0=0
        9ac20c20 | sdiv x0, x1, x2 | x1=fffffffffffffff9 x2=2 | x0=fffffffffffffffd
        1ac20c20 | sdiv w0, w1, w2 | x1=fffffffffffffff9 x2=2 | x0=fffffffd
        9ac20c20 | sdiv x0, x1, x2 | x1=7 x2=0 | x0=0
        1ac20c20 | sdiv w0, w1, w2 | x1=7 x2=0 | x0=0
        9ac20c20 | sdiv x0, x1, x2 | x1=8000000000000000 x2=ffffffffffffffff | x0=8000000000000000
        1ac20c20 | sdiv w0, w1, w2 | x1=8000000000000000 x2=ffffffffffffffff | x0=0
        9ac20c20 | sdiv x0, x1, x2 | x1=80000000 x2=ffffffff | x0=0
        1ac20c20 | sdiv w0, w1, w2 | x1=80000000 x2=ffffffff | x0=80000000
        9ac22020 | lsl x0, x1, x2 | x1=3 x2=41 | x0=6
        1ac22020 | lsl w0, w1, w2 | x1=3 x2=41 | x0=6
        9ac22020 | lsl x0, x1, x2 | x1=1 x2=21 | x0=200000000
        1ac22020 | lsl w0, w1, w2 | x1=1 x2=21 | x0=2
        9ac22420 | lsr x0, x1, x2 | x1=8000000000000000 x2=7f | x0=1
        1ac22420 | lsr w0, w1, w2 | x1=8000000000000000 x2=7f | x0=0
        9ac22420 | lsr x0, x1, x2 | x1=ffffffff80000000 x2=21 | x0=7fffffff
        1ac22420 | lsr w0, w1, w2 | x1=ffffffff80000000 x2=21 | x0=40000000
        9ac22820 | asr x0, x1, x2 | x1=8000000000000000 x2=3f | x0=ffffffffffffffff
        1ac22820 | asr w0, w1, w2 | x1=8000000000000000 x2=3f | x0=0
        9ac22820 | asr x0, x1, x2 | x1=80000000 x2=3f | x0=0
        1ac22820 | asr w0, w1, w2 | x1=80000000 x2=3f | x0=ffffffff
        9ac22c20 | ror x0, x1, x2 | x1=1 x2=1 | x0=8000000000000000
        1ac22c20 | ror w0, w1, w2 | x1=1 x2=1 | x0=80000000
        9ac22c20 | ror x0, x1, x2 | x1=1 x2=21 | x0=80000000
        1ac22c20 | ror w0, w1, w2 | x1=1 x2=21 | x0=80000000
        dac00020 | rbit x0, x1 | x1=123456789abcdef | x0=f7b3d591e6a2c480
        5ac00020 | rbit w0, w1 | x1=123456789abcdef | x0=f7b3d591
        dac00020 | rbit x0, x1 | x1=0 | x0=0
        5ac00020 | rbit w0, w1 | x1=0 | x0=0
        dac00020 | rbit x0, x1 | x1=fffffffffffffffe | x0=7fffffffffffffff
        dac00020 | rbit x0, x1 | x1=8000000000000000 | x0=1
        5ac00020 | rbit w0, w1 | x1=8000000000000000 | x0=0
        dac00420 | rev16 x0, x1 | x1=123456789abcdef | x0=23016745ab89efcd
        5ac00420 | rev16 w0, w1 | x1=123456789abcdef | x0=ab89efcd
        dac00420 | rev16 x0, x1 | x1=0 | x0=0
        5ac00420 | rev16 w0, w1 | x1=0 | x0=0
        dac00420 | rev16 x0, x1 | x1=fffffffffffffffe | x0=fffffffffffffeff
        dac00420 | rev16 x0, x1 | x1=8000000000000000 | x0=80000000000000
        5ac00420 | rev16 w0, w1 | x1=8000000000000000 | x0=0
        dac00c20 | rev x0, x1 | x1=123456789abcdef | x0=efcdab8967452301
        5ac00820 | rev w0, w1 | x1=123456789abcdef | x0=efcdab89
        dac00c20 | rev x0, x1 | x1=0 | x0=0
        5ac00820 | rev w0, w1 | x1=0 | x0=0
        dac00c20 | rev x0, x1 | x1=fffffffffffffffe | x0=feffffffffffffff
        dac00c20 | rev x0, x1 | x1=8000000000000000 | x0=80
        5ac00820 | rev w0, w1 | x1=8000000000000000 | x0=0
        dac01020 | clz x0, x1 | x1=123456789abcdef | x0=7
        5ac01020 | clz w0, w1 | x1=123456789abcdef | x0=0
        dac01020 | clz x0, x1 | x1=0 | x0=40
        5ac01020 | clz w0, w1 | x1=0 | x0=20
        dac01020 | clz x0, x1 | x1=fffffffffffffffe | x0=0
        dac01020 | clz x0, x1 | x1=8000000000000000 | x0=0
        5ac01020 | clz w0, w1 | x1=8000000000000000 | x0=20
        dac01420 | cls x0, x1 | x1=123456789abcdef | x0=6
        5ac01420 | cls w0, w1 | x1=123456789abcdef | x0=0
        dac01420 | cls x0, x1 | x1=0 | x0=3f
        5ac01420 | cls w0, w1 | x1=0 | x0=1f
        dac01420 | cls x0, x1 | x1=fffffffffffffffe | x0=3e
        dac01420 | cls x0, x1 | x1=8000000000000000 | x0=0
        5ac01420 | cls w0, w1 | x1=8000000000000000 | x0=1f
        dac00820 | rev32 x0, x1 | x1=123456789abcdef | x0=67452301efcdab89
        9b020c20 | madd x0, x1, x2, x3 | x1=ffffffffffffffff x2=ffffffffffffffff x3=5 | x0=6
        1b020c20 | madd w0, w1, w2, w3 | x1=10000 x2=10001 x3=ffffffffffffffff | x0=ffff
        9b028c20 | msub x0, x1, x2, x3 | x1=ffffffffffffffff x2=ffffffffffffffff x3=5 | x0=4
        1b028c20 | msub w0, w1, w2, w3 | x1=10000 x2=10001 x3=ffffffffffffffff | x0=fffeffff
        9b220c20 | smaddl x0, w1, w2, x3 | x1=ffffffff x2=180000000 x3=1 | x0=80000001
        9b228c20 | smsubl x0, w1, w2, x3 | x1=ffffffff x2=180000000 x3=1 | x0=ffffffff80000001
        9ba20c20 | umaddl x0, w1, w2, x3 | x1=ffffffff x2=180000000 x3=1 | x0=7fffffff80000001
        9ba28c20 | umsubl x0, w1, w2, x3 | x1=ffffffff x2=180000000 x3=1 | x0=8000000080000001
        9b427c20 | smulh x0, x1, x2 | x1=8000000000000000 x2=8000000000000000 | x0=4000000000000000
        9b427c20 | smulh x0, x1, x2 | x1=ffffffffffffffff x2=2 | x0=ffffffffffffffff
        9bc27c20 | umulh x0, x1, x2 | x1=ffffffffffffffff x2=ffffffffffffffff | x0=fffffffffffffffe
        9b027c20 | mul x0, x1, x2 | x1=200000000 x2=200000000 | x0=0
        1b02fc20 | mneg w0, w1, w2 | x1=3 x2=5 | x0=fffffff1
        """

    static let conditional = """
        9a820020 | csel x0, x1, x2, eq | x1=1 x2=2 nzcv=4 | x0=1
        9a820020 | csel x0, x1, x2, eq | x1=1 x2=2 | x0=2
        9a821020 | csel x0, x1, x2, ne | x1=1 x2=2 nzcv=4 | x0=2
        9a821020 | csel x0, x1, x2, ne | x1=1 x2=2 | x0=1
        9a822020 | csel x0, x1, x2, hs | x1=1 x2=2 nzcv=2 | x0=1
        9a822020 | csel x0, x1, x2, hs | x1=1 x2=2 | x0=2
        9a823020 | csel x0, x1, x2, lo | x1=1 x2=2 nzcv=2 | x0=2
        9a823020 | csel x0, x1, x2, lo | x1=1 x2=2 | x0=1
        9a824020 | csel x0, x1, x2, mi | x1=1 x2=2 nzcv=8 | x0=1
        9a824020 | csel x0, x1, x2, mi | x1=1 x2=2 nzcv=7 | x0=2
        9a825020 | csel x0, x1, x2, pl | x1=1 x2=2 nzcv=8 | x0=2
        9a825020 | csel x0, x1, x2, pl | x1=1 x2=2 nzcv=7 | x0=1
        9a826020 | csel x0, x1, x2, vs | x1=1 x2=2 nzcv=1 | x0=1
        9a826020 | csel x0, x1, x2, vs | x1=1 x2=2 nzcv=e | x0=2
        9a827020 | csel x0, x1, x2, vc | x1=1 x2=2 nzcv=1 | x0=2
        9a827020 | csel x0, x1, x2, vc | x1=1 x2=2 nzcv=e | x0=1
        9a828020 | csel x0, x1, x2, hi | x1=1 x2=2 nzcv=2 | x0=1
        9a828020 | csel x0, x1, x2, hi | x1=1 x2=2 nzcv=6 | x0=2
        9a829020 | csel x0, x1, x2, ls | x1=1 x2=2 nzcv=2 | x0=2
        9a829020 | csel x0, x1, x2, ls | x1=1 x2=2 nzcv=6 | x0=1
        9a82a020 | csel x0, x1, x2, ge | x1=1 x2=2 nzcv=9 | x0=1
        9a82a020 | csel x0, x1, x2, ge | x1=1 x2=2 nzcv=8 | x0=2
        9a82b020 | csel x0, x1, x2, lt | x1=1 x2=2 nzcv=9 | x0=2
        9a82b020 | csel x0, x1, x2, lt | x1=1 x2=2 nzcv=8 | x0=1
        9a82c020 | csel x0, x1, x2, gt | x1=1 x2=2 nzcv=9 | x0=1
        9a82c020 | csel x0, x1, x2, gt | x1=1 x2=2 nzcv=d | x0=2
        9a82d020 | csel x0, x1, x2, le | x1=1 x2=2 nzcv=9 | x0=2
        9a82d020 | csel x0, x1, x2, le | x1=1 x2=2 nzcv=4 | x0=1
        9a82e020 | csel x0, x1, x2, al | x1=1 x2=2 | x0=1
        9a82e020 | csel x0, x1, x2, al | x1=1 x2=2 nzcv=f | x0=1
        9a82f020 | csel x0, x1, x2, nv | x1=1 x2=2 | x0=1
        9a82f020 | csel x0, x1, x2, nv | x1=1 x2=2 nzcv=f | x0=1
        9a820420 | csinc x0, x1, x2, eq | x1=1 x2=ffffffffffffffff | x0=0
        1a820420 | csinc w0, w1, w2, eq | x1=1 x2=ffffffff | x0=0
        da820020 | csinv x0, x1, x2, eq | x1=1 x2=1 | x0=fffffffffffffffe
        5a820020 | csinv w0, w1, w2, eq | x1=1 x2=1 | x0=fffffffe
        da820420 | csneg x0, x1, x2, eq | x1=1 x2=1 | x0=ffffffffffffffff
        5a820420 | csneg w0, w1, w2, eq | x1=1 x2=1 | x0=ffffffff
        1a820420 | csinc w0, w1, w2, eq | x1=ffffffffffffffff x2=0 nzcv=4 | x0=ffffffff
        da820420 | csneg x0, x1, x2, eq | x1=9 x2=2 nzcv=4 | x0=9
        1a9f07e0 | cset w0, ne | | x0=1
        da9f03e0 | csetm x0, ne | | x0=ffffffffffffffff
        1a820020 | csel w0, w1, w2, eq | x1=ffffffffffffffff x2=2 nzcv=4 | x0=ffffffff
        fa42102f | ccmp x1, x2, #15, ne | x1=1 x2=1 | nzcv=6
        fa42002f | ccmp x1, x2, #15, eq | x1=1 x2=1 | nzcv=f
        7a42e020 | ccmp w1, w2, #0, al | x1=0 x2=1 | nzcv=8
        7a5f1821 | ccmp w1, #31, #1, ne | x1=10000001f | nzcv=6
        fa5f0829 | ccmp x1, #31, #9, eq | x1=1f | nzcv=9
        ba421020 | ccmn x1, x2, #0, ne | x1=ffffffffffffffff x2=1 | nzcv=6
        3a411820 | ccmn w1, #1, #0, ne | x1=7fffffff | nzcv=9
        ba410825 | ccmn x1, #1, #5, eq | x1=1 | nzcv=5
        3a421023 | ccmn w1, w2, #3, ne | x1=80000000 x2=80000000 | nzcv=7
        fa401823 | ccmp x1, #0, #3, ne | x1=8000000000000000 | nzcv=a
        """
}
