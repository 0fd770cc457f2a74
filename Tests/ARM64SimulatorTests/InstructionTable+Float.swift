/// Instructions of scalar floating point.
extension InstructionTable {
    static let floatArithmetic = """
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=40700000
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=0
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=7fc00000
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=7f800000
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=7f800000
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=2
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=7fc00005
        1e222820 | fadd s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e622820 | fadd d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=3fd3333333333334
        1e622820 | fadd d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=0
        1e622820 | fadd d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff0000000000000
        1e622820 | fadd d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=0
        1e622820 | fadd d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=7ff8000000000007
        1e622820 | fadd d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e622820 | fadd d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=0
        1e622820 | fadd d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=4010000000000000
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=bf400000
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=0
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=7f800000
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=7f800000
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=0
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=0
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=7fc00005
        1e223820 | fsub s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e623820 | fsub d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=bfb999999999999a
        1e623820 | fsub d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=8000000000000000
        1e623820 | fsub d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff8000000000000
        1e623820 | fsub d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=0
        1e623820 | fsub d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=7ff8000000000007
        1e623820 | fsub d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e623820 | fsub d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=7ff0000000000000
        1e623820 | fsub d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=c000000000000000
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=40580000
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=80000000
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=ff800000
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=7fc00000
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=7f800000
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=0
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=7fc00005
        1e220820 | fmul s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e620820 | fmul d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=3f947ae147ae147c
        1e620820 | fmul d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=8000000000000000
        1e620820 | fmul d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff0000000000000
        1e620820 | fmul d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=0
        1e620820 | fmul d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=7ff8000000000007
        1e620820 | fmul d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e620820 | fmul d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=fff0000000000000
        1e620820 | fmul d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=4008000000000000
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=3f2aaaab
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=7fc00000
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=7fc00000
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=7f800000
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=3f800000
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=3f800000
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=7fc00005
        1e221820 | fdiv s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e621820 | fdiv d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=3fe0000000000000
        1e621820 | fdiv d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=7ff8000000000000
        1e621820 | fdiv d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff8000000000000
        1e621820 | fdiv d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=7ff8000000000000
        1e621820 | fdiv d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=7ff8000000000007
        1e621820 | fdiv d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e621820 | fdiv d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=bff0000000000000
        1e621820 | fdiv d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=3fd5555555555555
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=c0580000
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=0
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=7f800000
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=ffc00000
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=ffc00007
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=7fc00003
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=ff800000
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=80000000
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=ffc00005
        1e228820 | fnmul s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=ffc00001
        1e628820 | fnmul d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=bf947ae147ae147c
        1e628820 | fnmul d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=0
        1e628820 | fnmul d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=fff0000000000000
        1e628820 | fnmul d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=8000000000000000
        1e628820 | fnmul d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=fff8000000000007
        1e628820 | fnmul d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=fff8000000000007
        1e628820 | fnmul d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=7ff0000000000000
        1e628820 | fnmul d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=c008000000000000
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=40100000
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=0
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=7f800000
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=7f800000
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=7f7fc99e
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=1
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=7fc00005
        1e224820 | fmax s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e624820 | fmax d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=3fc999999999999a
        1e624820 | fmax d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=0
        1e624820 | fmax d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff0000000000000
        1e624820 | fmax d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=0
        1e624820 | fmax d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=7ff8000000000007
        1e624820 | fmax d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e624820 | fmax d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=7fee42d130773b76
        1e624820 | fmax d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=4008000000000000
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=3fc00000
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=80000000
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=ff800000
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=0
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=7f7fc99e
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=1
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=7fc00005
        1e225820 | fmin s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e625820 | fmin d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=3fb999999999999a
        1e625820 | fmin d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=8000000000000000
        1e625820 | fmin d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff0000000000000
        1e625820 | fmin d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=0
        1e625820 | fmin d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=7ff8000000000007
        1e625820 | fmin d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e625820 | fmin d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=ffee42d130773b76
        1e625820 | fmin d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=3ff0000000000000
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=40100000
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=0
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=7f800000
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=7f800000
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=7f7fc99e
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=1
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=3f800000
        1e226820 | fmaxnm s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e626820 | fmaxnm d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=3fc999999999999a
        1e626820 | fmaxnm d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=0
        1e626820 | fmaxnm d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff0000000000000
        1e626820 | fmaxnm d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=0
        1e626820 | fmaxnm d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=4000000000000000
        1e626820 | fmaxnm d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e626820 | fmaxnm d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=7fee42d130773b76
        1e626820 | fmaxnm d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=4008000000000000
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef013fc00000 v2=9_abcdef0140100000 | v0=3fc00000
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 | v0=80000000
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef01ff800000 | v0=ff800000
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef017f800000 v2=9_abcdef0100000000 | v0=0
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ffc00009 | v0=7fc00007
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef017fc00007 v2=9_abcdef01ff800003 | v0=ffc00003
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef017f7fc99e v2=9_abcdef017f7fc99e | v0=7f7fc99e
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef0100000001 v2=9_abcdef0100000001 | v0=1
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef017fc00005 | v0=3f800000
        1e227820 | fminnm s0, s1, s2 | v1=9_abcdef017f800001 v2=9_abcdef013f800000 | v0=7fc00001
        1e627820 | fminnm d0, d1, d2 | v1=9_3fb999999999999a v2=9_3fc999999999999a | v0=3fb999999999999a
        1e627820 | fminnm d0, d1, d2 | v1=9_8000000000000000 v2=9_0000000000000000 | v0=8000000000000000
        1e627820 | fminnm d0, d1, d2 | v1=9_7ff0000000000000 v2=9_7ff0000000000000 | v0=7ff0000000000000
        1e627820 | fminnm d0, d1, d2 | v1=9_0000000000000000 v2=9_0000000000000000 | v0=0
        1e627820 | fminnm d0, d1, d2 | v1=9_7ff8000000000007 v2=9_4000000000000000 | v0=4000000000000000
        1e627820 | fminnm d0, d1, d2 | v1=9_3ff0000000000000 v2=9_7ff0000000000007 | v0=7ff8000000000007
        1e627820 | fminnm d0, d1, d2 | v1=9_7fee42d130773b76 v2=9_ffee42d130773b76 | v0=ffee42d130773b76
        1e627820 | fminnm d0, d1, d2 | v1=9_3ff0000000000000 v2=9_4008000000000000 | v0=3ff0000000000000
        """

    static let floatFusedMultiplyAdd = """
        1f020c20 | fmadd s0, s1, s2, s3 | v1=a3f800001 v2=a3f800001 v3=abf800002 | v0=28800000
        1f020c20 | fmadd s0, s1, s2, s3 | v1=a40000000 v2=a40400000 v3=a40800000 | v0=41200000
        1f020c20 | fmadd s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a3f800000 | v0=7fc00000
        1f420c20 | fmadd d0, d1, d2, d3 | v1=3ff000001ad7f29b v2=3ff000001ad7f29b v3=bff0000035afe535 | v0=3d07049b87121b4f
        1f420c20 | fmadd d0, d1, d2, d3 | v1=4000000000000000 v2=4008000000000000 v3=4010000000000000 | v0=4024000000000000
        1f420c20 | fmadd d0, d1, d2, d3 | v1=7ff0000000000000 v2=0 v3=3ff0000000000000 | v0=7ff8000000000000
        1f020c20 | fmadd s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7fc00003 | v0=7fc00000
        1f020c20 | fmadd s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7f800001 | v0=7fc00001
        1f020c20 | fmadd s0, s1, s2, s3 | v1=a7fc00002 v2=a7f800005 v3=a7fc00003 | v0=7fc00005
        1f420c20 | fmadd d0, d1, d2, d3 | v1=7ff8000000000002 v2=7ff8000000000004 v3=3ff0000000000000 | v0=7ff8000000000002
        1f028c20 | fmsub s0, s1, s2, s3 | v1=a3f800001 v2=a3f800001 v3=abf800002 | v0=c0000002
        1f028c20 | fmsub s0, s1, s2, s3 | v1=a40000000 v2=a40400000 v3=a40800000 | v0=c0000000
        1f028c20 | fmsub s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a3f800000 | v0=7fc00000
        1f428c20 | fmsub d0, d1, d2, d3 | v1=3ff000001ad7f29b v2=3ff000001ad7f29b v3=bff0000035afe535 | v0=c000000035afe54c
        1f428c20 | fmsub d0, d1, d2, d3 | v1=4000000000000000 v2=4008000000000000 v3=4010000000000000 | v0=c000000000000000
        1f428c20 | fmsub d0, d1, d2, d3 | v1=7ff0000000000000 v2=0 v3=3ff0000000000000 | v0=7ff8000000000000
        1f028c20 | fmsub s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7fc00003 | v0=7fc00000
        1f028c20 | fmsub s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7f800001 | v0=7fc00001
        1f028c20 | fmsub s0, s1, s2, s3 | v1=a7fc00002 v2=a7f800005 v3=a7fc00003 | v0=7fc00005
        1f428c20 | fmsub d0, d1, d2, d3 | v1=7ff8000000000002 v2=7ff8000000000004 v3=3ff0000000000000 | v0=fff8000000000002
        1f220c20 | fnmadd s0, s1, s2, s3 | v1=a3f800001 v2=a3f800001 v3=abf800002 | v0=a8800000
        1f220c20 | fnmadd s0, s1, s2, s3 | v1=a40000000 v2=a40400000 v3=a40800000 | v0=c1200000
        1f220c20 | fnmadd s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a3f800000 | v0=7fc00000
        1f620c20 | fnmadd d0, d1, d2, d3 | v1=3ff000001ad7f29b v2=3ff000001ad7f29b v3=bff0000035afe535 | v0=bd07049b87121b4f
        1f620c20 | fnmadd d0, d1, d2, d3 | v1=4000000000000000 v2=4008000000000000 v3=4010000000000000 | v0=c024000000000000
        1f620c20 | fnmadd d0, d1, d2, d3 | v1=7ff0000000000000 v2=0 v3=3ff0000000000000 | v0=7ff8000000000000
        1f220c20 | fnmadd s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7fc00003 | v0=7fc00000
        1f220c20 | fnmadd s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7f800001 | v0=ffc00001
        1f220c20 | fnmadd s0, s1, s2, s3 | v1=a7fc00002 v2=a7f800005 v3=a7fc00003 | v0=7fc00005
        1f620c20 | fnmadd d0, d1, d2, d3 | v1=7ff8000000000002 v2=7ff8000000000004 v3=3ff0000000000000 | v0=fff8000000000002
        1f228c20 | fnmsub s0, s1, s2, s3 | v1=a3f800001 v2=a3f800001 v3=abf800002 | v0=40000002
        1f228c20 | fnmsub s0, s1, s2, s3 | v1=a40000000 v2=a40400000 v3=a40800000 | v0=40000000
        1f228c20 | fnmsub s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a3f800000 | v0=7fc00000
        1f628c20 | fnmsub d0, d1, d2, d3 | v1=3ff000001ad7f29b v2=3ff000001ad7f29b v3=bff0000035afe535 | v0=4000000035afe54c
        1f628c20 | fnmsub d0, d1, d2, d3 | v1=4000000000000000 v2=4008000000000000 v3=4010000000000000 | v0=4000000000000000
        1f628c20 | fnmsub d0, d1, d2, d3 | v1=7ff0000000000000 v2=0 v3=3ff0000000000000 | v0=7ff8000000000000
        1f228c20 | fnmsub s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7fc00003 | v0=7fc00000
        1f228c20 | fnmsub s0, s1, s2, s3 | v1=a7f800000 v2=a00000000 v3=a7f800001 | v0=ffc00001
        1f228c20 | fnmsub s0, s1, s2, s3 | v1=a7fc00002 v2=a7f800005 v3=a7fc00003 | v0=7fc00005
        1f628c20 | fnmsub d0, d1, d2, d3 | v1=7ff8000000000002 v2=7ff8000000000004 v3=3ff0000000000000 | v0=7ff8000000000002
        """

    static let floatOneOperand = """
        1e204020 | fmov s0, s1 | v1=9_abcdef0140000000 | v0=40000000
        1e204020 | fmov s0, s1 | v1=9_abcdef0180000000 | v0=80000000
        1e204020 | fmov s0, s1 | v1=9_abcdef01bf800000 | v0=bf800000
        1e204020 | fmov s0, s1 | v1=9_abcdef01ff800001 | v0=ff800001
        1e204020 | fmov s0, s1 | v1=9_abcdef017fc00001 | v0=7fc00001
        1e604020 | fmov d0, d1 | v1=9_4000000000000000 | v0=4000000000000000
        1e604020 | fmov d0, d1 | v1=9_8000000000000000 | v0=8000000000000000
        1e604020 | fmov d0, d1 | v1=9_bff0000000000000 | v0=bff0000000000000
        1e604020 | fmov d0, d1 | v1=9_fff0000000000001 | v0=fff0000000000001
        1e604020 | fmov d0, d1 | v1=9_7ff8000000000005 | v0=7ff8000000000005
        1e20c020 | fabs s0, s1 | v1=9_abcdef0140000000 | v0=40000000
        1e20c020 | fabs s0, s1 | v1=9_abcdef0180000000 | v0=0
        1e20c020 | fabs s0, s1 | v1=9_abcdef01bf800000 | v0=3f800000
        1e20c020 | fabs s0, s1 | v1=9_abcdef01ff800001 | v0=7f800001
        1e20c020 | fabs s0, s1 | v1=9_abcdef017fc00001 | v0=7fc00001
        1e60c020 | fabs d0, d1 | v1=9_4000000000000000 | v0=4000000000000000
        1e60c020 | fabs d0, d1 | v1=9_8000000000000000 | v0=0
        1e60c020 | fabs d0, d1 | v1=9_bff0000000000000 | v0=3ff0000000000000
        1e60c020 | fabs d0, d1 | v1=9_fff0000000000001 | v0=7ff0000000000001
        1e60c020 | fabs d0, d1 | v1=9_7ff8000000000005 | v0=7ff8000000000005
        1e214020 | fneg s0, s1 | v1=9_abcdef0140000000 | v0=c0000000
        1e214020 | fneg s0, s1 | v1=9_abcdef0180000000 | v0=0
        1e214020 | fneg s0, s1 | v1=9_abcdef01bf800000 | v0=3f800000
        1e214020 | fneg s0, s1 | v1=9_abcdef01ff800001 | v0=7f800001
        1e214020 | fneg s0, s1 | v1=9_abcdef017fc00001 | v0=ffc00001
        1e614020 | fneg d0, d1 | v1=9_4000000000000000 | v0=c000000000000000
        1e614020 | fneg d0, d1 | v1=9_8000000000000000 | v0=0
        1e614020 | fneg d0, d1 | v1=9_bff0000000000000 | v0=3ff0000000000000
        1e614020 | fneg d0, d1 | v1=9_fff0000000000001 | v0=7ff0000000000001
        1e614020 | fneg d0, d1 | v1=9_7ff8000000000005 | v0=fff8000000000005
        1e21c020 | fsqrt s0, s1 | v1=9_abcdef0140000000 | v0=3fb504f3
        1e21c020 | fsqrt s0, s1 | v1=9_abcdef0180000000 | v0=80000000
        1e21c020 | fsqrt s0, s1 | v1=9_abcdef01bf800000 | v0=7fc00000
        1e21c020 | fsqrt s0, s1 | v1=9_abcdef01ff800001 | v0=ffc00001
        1e21c020 | fsqrt s0, s1 | v1=9_abcdef017fc00001 | v0=7fc00001
        1e61c020 | fsqrt d0, d1 | v1=9_4000000000000000 | v0=3ff6a09e667f3bcd
        1e61c020 | fsqrt d0, d1 | v1=9_8000000000000000 | v0=8000000000000000
        1e61c020 | fsqrt d0, d1 | v1=9_bff0000000000000 | v0=7ff8000000000000
        1e61c020 | fsqrt d0, d1 | v1=9_fff0000000000001 | v0=fff8000000000001
        1e61c020 | fsqrt d0, d1 | v1=9_7ff8000000000005 | v0=7ff8000000000005
        1e244020 | frintn s0, s1 | v1=9_abcdef0140200000 | v0=40000000
        1e244020 | frintn s0, s1 | v1=9_abcdef01bf000000 | v0=80000000
        1e244020 | frintn s0, s1 | v1=9_abcdef01bfc00000 | v0=c0000000
        1e244020 | frintn s0, s1 | v1=9_abcdef013effffff | v0=0
        1e644020 | frintn d0, d1 | v1=9_4004000000000000 | v0=4000000000000000
        1e644020 | frintn d0, d1 | v1=9_bfe0000000000000 | v0=8000000000000000
        1e644020 | frintn d0, d1 | v1=9_400c000000000000 | v0=4010000000000000
        1e644020 | frintn d0, d1 | v1=9_4330000000000002 | v0=4330000000000002
        1e644020 | frintn d0, d1 | v1=9_7ff0000000000000 | v0=7ff0000000000000
        1e244020 | frintn s0, s1 | v1=9_abcdef017f800001 | v0=7fc00001
        1e24c020 | frintp s0, s1 | v1=9_abcdef0140200000 | v0=40400000
        1e24c020 | frintp s0, s1 | v1=9_abcdef01bf000000 | v0=80000000
        1e24c020 | frintp s0, s1 | v1=9_abcdef01bfc00000 | v0=bf800000
        1e24c020 | frintp s0, s1 | v1=9_abcdef013effffff | v0=3f800000
        1e64c020 | frintp d0, d1 | v1=9_4004000000000000 | v0=4008000000000000
        1e64c020 | frintp d0, d1 | v1=9_bfe0000000000000 | v0=8000000000000000
        1e64c020 | frintp d0, d1 | v1=9_400c000000000000 | v0=4010000000000000
        1e64c020 | frintp d0, d1 | v1=9_4330000000000002 | v0=4330000000000002
        1e64c020 | frintp d0, d1 | v1=9_7ff0000000000000 | v0=7ff0000000000000
        1e24c020 | frintp s0, s1 | v1=9_abcdef017f800001 | v0=7fc00001
        1e254020 | frintm s0, s1 | v1=9_abcdef0140200000 | v0=40000000
        1e254020 | frintm s0, s1 | v1=9_abcdef01bf000000 | v0=bf800000
        1e254020 | frintm s0, s1 | v1=9_abcdef01bfc00000 | v0=c0000000
        1e254020 | frintm s0, s1 | v1=9_abcdef013effffff | v0=0
        1e654020 | frintm d0, d1 | v1=9_4004000000000000 | v0=4000000000000000
        1e654020 | frintm d0, d1 | v1=9_bfe0000000000000 | v0=bff0000000000000
        1e654020 | frintm d0, d1 | v1=9_400c000000000000 | v0=4008000000000000
        1e654020 | frintm d0, d1 | v1=9_4330000000000002 | v0=4330000000000002
        1e654020 | frintm d0, d1 | v1=9_7ff0000000000000 | v0=7ff0000000000000
        1e254020 | frintm s0, s1 | v1=9_abcdef017f800001 | v0=7fc00001
        1e25c020 | frintz s0, s1 | v1=9_abcdef0140200000 | v0=40000000
        1e25c020 | frintz s0, s1 | v1=9_abcdef01bf000000 | v0=80000000
        1e25c020 | frintz s0, s1 | v1=9_abcdef01bfc00000 | v0=bf800000
        1e25c020 | frintz s0, s1 | v1=9_abcdef013effffff | v0=0
        1e65c020 | frintz d0, d1 | v1=9_4004000000000000 | v0=4000000000000000
        1e65c020 | frintz d0, d1 | v1=9_bfe0000000000000 | v0=8000000000000000
        1e65c020 | frintz d0, d1 | v1=9_400c000000000000 | v0=4008000000000000
        1e65c020 | frintz d0, d1 | v1=9_4330000000000002 | v0=4330000000000002
        1e65c020 | frintz d0, d1 | v1=9_7ff0000000000000 | v0=7ff0000000000000
        1e25c020 | frintz s0, s1 | v1=9_abcdef017f800001 | v0=7fc00001
        1e264020 | frinta s0, s1 | v1=9_abcdef0140200000 | v0=40400000
        1e264020 | frinta s0, s1 | v1=9_abcdef01bf000000 | v0=bf800000
        1e264020 | frinta s0, s1 | v1=9_abcdef01bfc00000 | v0=c0000000
        1e264020 | frinta s0, s1 | v1=9_abcdef013effffff | v0=0
        1e664020 | frinta d0, d1 | v1=9_4004000000000000 | v0=4008000000000000
        1e664020 | frinta d0, d1 | v1=9_bfe0000000000000 | v0=bff0000000000000
        1e664020 | frinta d0, d1 | v1=9_400c000000000000 | v0=4010000000000000
        1e664020 | frinta d0, d1 | v1=9_4330000000000002 | v0=4330000000000002
        1e664020 | frinta d0, d1 | v1=9_7ff0000000000000 | v0=7ff0000000000000
        1e264020 | frinta s0, s1 | v1=9_abcdef017f800001 | v0=7fc00001
        1e274020 | frintx s0, s1 | v1=9_abcdef0140200000 | v0=40000000
        1e274020 | frintx s0, s1 | v1=9_abcdef01bf000000 | v0=80000000
        1e274020 | frintx s0, s1 | v1=9_abcdef01bfc00000 | v0=c0000000
        1e274020 | frintx s0, s1 | v1=9_abcdef013effffff | v0=0
        1e674020 | frintx d0, d1 | v1=9_4004000000000000 | v0=4000000000000000
        1e674020 | frintx d0, d1 | v1=9_bfe0000000000000 | v0=8000000000000000
        1e674020 | frintx d0, d1 | v1=9_400c000000000000 | v0=4010000000000000
        1e674020 | frintx d0, d1 | v1=9_4330000000000002 | v0=4330000000000002
        1e674020 | frintx d0, d1 | v1=9_7ff0000000000000 | v0=7ff0000000000000
        1e274020 | frintx s0, s1 | v1=9_abcdef017f800001 | v0=7fc00001
        1e27c020 | frinti s0, s1 | v1=9_abcdef0140200000 | v0=40000000
        1e27c020 | frinti s0, s1 | v1=9_abcdef01bf000000 | v0=80000000
        1e27c020 | frinti s0, s1 | v1=9_abcdef01bfc00000 | v0=c0000000
        1e27c020 | frinti s0, s1 | v1=9_abcdef013effffff | v0=0
        1e67c020 | frinti d0, d1 | v1=9_4004000000000000 | v0=4000000000000000
        1e67c020 | frinti d0, d1 | v1=9_bfe0000000000000 | v0=8000000000000000
        1e67c020 | frinti d0, d1 | v1=9_400c000000000000 | v0=4010000000000000
        1e67c020 | frinti d0, d1 | v1=9_4330000000000002 | v0=4330000000000002
        1e67c020 | frinti d0, d1 | v1=9_7ff0000000000000 | v0=7ff0000000000000
        1e27c020 | frinti s0, s1 | v1=9_abcdef017f800001 | v0=7fc00001
        1e22c020 | fcvt d0, s1 | v1=9_abcdef013fc00000 | v0=3ff8000000000000
        1e22c020 | fcvt d0, s1 | v1=9_abcdef0100000001 | v0=36a0000000000000
        1e22c020 | fcvt d0, s1 | v1=9_abcdef01ffc00005 | v0=fff80000a0000000
        1e22c020 | fcvt d0, s1 | v1=9_abcdef017f800001 | v0=7ff8000020000000
        1e22c020 | fcvt d0, s1 | v1=9_abcdef01ff800000 | v0=fff0000000000000
        1e624020 | fcvt s0, d1 | v1=9_3ff8000000000000 | v0=3fc00000
        1e624020 | fcvt s0, d1 | v1=9_3696d601ad376ab9 | v0=1
        1e624020 | fcvt s0, d1 | v1=9_47effffff0000000 | v0=7f800000
        1e624020 | fcvt s0, d1 | v1=9_47efffffefffffff | v0=7f7fffff
        1e624020 | fcvt s0, d1 | v1=9_3ff0000010000000 | v0=3f800000
        1e624020 | fcvt s0, d1 | v1=9_3ff0000010000004 | v0=3f800001
        1e624020 | fcvt s0, d1 | v1=9_fff8000020000000 | v0=ffc00001
        1e624020 | fcvt s0, d1 | v1=9_7ff0000000000001 | v0=7fc00000
        1e624020 | fcvt s0, d1 | v1=9_01a56e1fc2f8f359 | v0=0
        """

    static let floatCompareAndMove = """
        1e222020 | fcmp s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef013f800000 nzcv=9 | nzcv=6
        1e622030 | fcmpe d1, d2 | v1=9_3ff0000000000000 v2=9_3ff0000000000000 | nzcv=6
        1e222020 | fcmp s1, s2 | v1=9_abcdef013f800000 v2=9_abcdef0140000000 nzcv=9 | nzcv=8
        1e622030 | fcmpe d1, d2 | v1=9_3ff0000000000000 v2=9_4000000000000000 | nzcv=8
        1e222020 | fcmp s1, s2 | v1=9_abcdef0140000000 v2=9_abcdef013f800000 nzcv=9 | nzcv=2
        1e622030 | fcmpe d1, d2 | v1=9_4000000000000000 v2=9_3ff0000000000000 | nzcv=2
        1e222020 | fcmp s1, s2 | v1=9_abcdef017fc00000 v2=9_abcdef013f800000 nzcv=9 | nzcv=3
        1e622030 | fcmpe d1, d2 | v1=9_7ff8000000000000 v2=9_3ff0000000000000 | nzcv=3
        1e222020 | fcmp s1, s2 | v1=9_abcdef0100000000 v2=9_abcdef0180000000 nzcv=9 | nzcv=6
        1e622030 | fcmpe d1, d2 | v1=9_0000000000000000 v2=9_8000000000000000 | nzcv=6
        1e202028 | fcmp s1, #0.0 | v1=9_abcdef0180000000 | nzcv=6
        1e602028 | fcmp d1, #0.0 | v1=9_bff0000000000000 | nzcv=8
        1e202038 | fcmpe s1, #0.0 | v1=9_abcdef017fc00000 | nzcv=3
        1e221425 | fccmp s1, s2, #5, ne | v1=9_abcdef013f800000 v2=9_abcdef0140000000 | nzcv=8
        1e620425 | fccmp d1, d2, #5, eq | v1=9_3ff0000000000000 v2=9_4000000000000000 | nzcv=5
        1e621435 | fccmpe d1, d2, #5, ne | v1=9_7ff8000000000000 v2=9_4000000000000000 | nzcv=3
        1e220c20 | fcsel s0, s1, s2, eq | v1=9_abcdef017f800001 v2=9_abcdef0100000001 nzcv=4 | v0=7f800001
        1e620c20 | fcsel d0, d1, d2, eq | v1=9_0000000000000001 v2=9_7ff0000000000001 | v0=7ff0000000000001
        1e2e1000 | fmov s0, #1.0 | v0=ffffffffffffffff | v0=3f800000
        1e781000 | fmov d0, #-0.125 | | v0=bfc0000000000000
        1e27f000 | fmov s0, #31.0 | | v0=41f80000
        1e601000 | fmov d0, #2.0 | | v0=4000000000000000
        1e260020 | fmov w0, s1 | v1=9_abcdef017f800001 | x0=7f800001
        9e660020 | fmov x0, d1 | v1=9_7ff0000000000001 | x0=7ff0000000000001
        9eae0020 | fmov x0, v1.d[1] | v1=9_0000000000000000 | x0=9
        1e270020 | fmov s0, w1 | v0=9_0000000000000000 x1=ffffffffffffffff | v0=ffffffff
        9e670020 | fmov d0, x1 | v0=9_0000000000000000 x1=ffffffffffffffff | v0=ffffffffffffffff
        9eaf0020 | fmov v0.d[1], x1 | v0=9_0000000000000003 x1=5 | v0=5_0000000000000003
        """

    static let floatConversion = """
        1e200020 | fcvtns w0, s1 | v1=9_abcdef0140200000 | x0=2
        9e600020 | fcvtns x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e600020 | fcvtns w0, d1 | v1=9_bff8000000000000 | x0=fffffffe
        9e200020 | fcvtns x0, s1 | v1=9_abcdef017149f2ca | x0=7fffffffffffffff
        9e600020 | fcvtns x0, d1 | v1=9_c6293e5939a08cea | x0=8000000000000000
        1e280020 | fcvtps w0, s1 | v1=9_abcdef0140200000 | x0=3
        9e680020 | fcvtps x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e680020 | fcvtps w0, d1 | v1=9_bff8000000000000 | x0=ffffffff
        9e280020 | fcvtps x0, s1 | v1=9_abcdef017149f2ca | x0=7fffffffffffffff
        9e680020 | fcvtps x0, d1 | v1=9_c6293e5939a08cea | x0=8000000000000000
        1e300020 | fcvtms w0, s1 | v1=9_abcdef0140200000 | x0=2
        9e700020 | fcvtms x0, d1 | v1=9_bfe0000000000000 | x0=ffffffffffffffff
        1e700020 | fcvtms w0, d1 | v1=9_bff8000000000000 | x0=fffffffe
        9e300020 | fcvtms x0, s1 | v1=9_abcdef017149f2ca | x0=7fffffffffffffff
        9e700020 | fcvtms x0, d1 | v1=9_c6293e5939a08cea | x0=8000000000000000
        1e380020 | fcvtzs w0, s1 | v1=9_abcdef0140200000 | x0=2
        9e780020 | fcvtzs x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e780020 | fcvtzs w0, d1 | v1=9_bff8000000000000 | x0=ffffffff
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef017149f2ca | x0=7fffffffffffffff
        9e780020 | fcvtzs x0, d1 | v1=9_c6293e5939a08cea | x0=8000000000000000
        1e240020 | fcvtas w0, s1 | v1=9_abcdef0140200000 | x0=3
        9e640020 | fcvtas x0, d1 | v1=9_bfe0000000000000 | x0=ffffffffffffffff
        1e640020 | fcvtas w0, d1 | v1=9_bff8000000000000 | x0=fffffffe
        9e240020 | fcvtas x0, s1 | v1=9_abcdef017149f2ca | x0=7fffffffffffffff
        9e640020 | fcvtas x0, d1 | v1=9_c6293e5939a08cea | x0=8000000000000000
        1e210020 | fcvtnu w0, s1 | v1=9_abcdef0140200000 | x0=2
        9e610020 | fcvtnu x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e610020 | fcvtnu w0, d1 | v1=9_bff8000000000000 | x0=0
        9e210020 | fcvtnu x0, s1 | v1=9_abcdef017149f2ca | x0=ffffffffffffffff
        9e610020 | fcvtnu x0, d1 | v1=9_c6293e5939a08cea | x0=0
        1e290020 | fcvtpu w0, s1 | v1=9_abcdef0140200000 | x0=3
        9e690020 | fcvtpu x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e690020 | fcvtpu w0, d1 | v1=9_bff8000000000000 | x0=0
        9e290020 | fcvtpu x0, s1 | v1=9_abcdef017149f2ca | x0=ffffffffffffffff
        9e690020 | fcvtpu x0, d1 | v1=9_c6293e5939a08cea | x0=0
        1e310020 | fcvtmu w0, s1 | v1=9_abcdef0140200000 | x0=2
        9e710020 | fcvtmu x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e710020 | fcvtmu w0, d1 | v1=9_bff8000000000000 | x0=0
        9e310020 | fcvtmu x0, s1 | v1=9_abcdef017149f2ca | x0=ffffffffffffffff
        9e710020 | fcvtmu x0, d1 | v1=9_c6293e5939a08cea | x0=0
        1e390020 | fcvtzu w0, s1 | v1=9_abcdef0140200000 | x0=2
        9e790020 | fcvtzu x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e790020 | fcvtzu w0, d1 | v1=9_bff8000000000000 | x0=0
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef017149f2ca | x0=ffffffffffffffff
        9e790020 | fcvtzu x0, d1 | v1=9_c6293e5939a08cea | x0=0
        1e250020 | fcvtau w0, s1 | v1=9_abcdef0140200000 | x0=3
        9e650020 | fcvtau x0, d1 | v1=9_bfe0000000000000 | x0=0
        1e650020 | fcvtau w0, d1 | v1=9_bff8000000000000 | x0=0
        9e250020 | fcvtau x0, s1 | v1=9_abcdef017149f2ca | x0=ffffffffffffffff
        9e650020 | fcvtau x0, d1 | v1=9_c6293e5939a08cea | x0=0
        1e780020 | fcvtzs w0, d1 | v1=9_41dffffffff9999a | x0=7fffffff
        1e780020 | fcvtzs w0, d1 | v1=9_41e0000000000000 | x0=7fffffff
        1e780020 | fcvtzs w0, d1 | v1=9_c1e00000001ccccd | x0=80000000
        1e780020 | fcvtzs w0, d1 | v1=9_c1e0000000200000 | x0=80000000
        1e780020 | fcvtzs w0, d1 | v1=9_41effffffffccccd | x0=7fffffff
        1e780020 | fcvtzs w0, d1 | v1=9_41f0000000000000 | x0=7fffffff
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef015effffff | x0=7fffff8000000000
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef015f000000 | x0=7fffffffffffffff
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef015f800000 | x0=7fffffffffffffff
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef01df000000 | x0=8000000000000000
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef017fc00000 | x0=0
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef017f800001 | x0=0
        9e380020 | fcvtzs x0, s1 | v1=9_abcdef01ff800000 | x0=8000000000000000
        9e780020 | fcvtzs x0, d1 | v1=9_43dfffffffffffff | x0=7ffffffffffffc00
        9e780020 | fcvtzs x0, d1 | v1=9_43e0000000000000 | x0=7fffffffffffffff
        9e780020 | fcvtzs x0, d1 | v1=9_43efffffffffffff | x0=7fffffffffffffff
        9e780020 | fcvtzs x0, d1 | v1=9_43f0000000000000 | x0=7fffffffffffffff
        1e18c020 | fcvtzs w0, s1, #16 | v1=9_abcdef013fe00000 | x0=1c000
        9e580020 | fcvtzs x0, d1, #64 | v1=9_3fe0000000000000 | x0=7fffffffffffffff
        9e58fc20 | fcvtzs x0, d1, #1 | v1=9_bffc000000000000 | x0=fffffffffffffffd
        1e790020 | fcvtzu w0, d1 | v1=9_41dffffffff9999a | x0=7fffffff
        1e790020 | fcvtzu w0, d1 | v1=9_41e0000000000000 | x0=80000000
        1e790020 | fcvtzu w0, d1 | v1=9_c1e00000001ccccd | x0=0
        1e790020 | fcvtzu w0, d1 | v1=9_c1e0000000200000 | x0=0
        1e790020 | fcvtzu w0, d1 | v1=9_41effffffffccccd | x0=ffffffff
        1e790020 | fcvtzu w0, d1 | v1=9_41f0000000000000 | x0=ffffffff
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef015effffff | x0=7fffff8000000000
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef015f000000 | x0=8000000000000000
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef015f800000 | x0=ffffffffffffffff
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef01df000000 | x0=0
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef017fc00000 | x0=0
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef017f800001 | x0=0
        9e390020 | fcvtzu x0, s1 | v1=9_abcdef01ff800000 | x0=0
        9e790020 | fcvtzu x0, d1 | v1=9_43dfffffffffffff | x0=7ffffffffffffc00
        9e790020 | fcvtzu x0, d1 | v1=9_43e0000000000000 | x0=8000000000000000
        9e790020 | fcvtzu x0, d1 | v1=9_43efffffffffffff | x0=fffffffffffff800
        9e790020 | fcvtzu x0, d1 | v1=9_43f0000000000000 | x0=ffffffffffffffff
        1e19c020 | fcvtzu w0, s1, #16 | v1=9_abcdef013fe00000 | x0=1c000
        9e590020 | fcvtzu x0, d1, #64 | v1=9_3fe0000000000000 | x0=8000000000000000
        9e59fc20 | fcvtzu x0, d1, #1 | v1=9_bffc000000000000 | x0=0
        1e220020 | scvtf s0, w1 | x1=ffffffffffffffff | v0=bf800000
        1e220020 | scvtf s0, w1 | x1=1000001 | v0=4b800000
        1e220020 | scvtf s0, w1 | x1=80000000 | v0=cf000000
        9e220020 | scvtf s0, x1 | x1=ffffffffffffffff | v0=bf800000
        9e220020 | scvtf s0, x1 | x1=8000000000000000 | v0=df000000
        9e220020 | scvtf s0, x1 | x1=4000004000000001 | v0=5e800001
        9e220020 | scvtf s0, x1 | x1=4000004000000000 | v0=5e800000
        1e620020 | scvtf d0, w1 | x1=ffffffffffffffff | v0=bff0000000000000
        9e620020 | scvtf d0, x1 | x1=ffffffffffffffff | v0=bff0000000000000
        9e620020 | scvtf d0, x1 | x1=20000000000001 | v0=4340000000000000
        9e620020 | scvtf d0, x1 | x1=8000000000000401 | v0=c3dfffffffffffff
        1e028020 | scvtf s0, w1, #32 | x1=3 | v0=30400000
        9e420020 | scvtf d0, x1, #64 | x1=8000000000000000 | v0=bfe0000000000000
        1e230020 | ucvtf s0, w1 | x1=ffffffffffffffff | v0=4f800000
        1e230020 | ucvtf s0, w1 | x1=1000001 | v0=4b800000
        1e230020 | ucvtf s0, w1 | x1=80000000 | v0=4f000000
        9e230020 | ucvtf s0, x1 | x1=ffffffffffffffff | v0=5f800000
        9e230020 | ucvtf s0, x1 | x1=8000000000000000 | v0=5f000000
        9e230020 | ucvtf s0, x1 | x1=4000004000000001 | v0=5e800001
        9e230020 | ucvtf s0, x1 | x1=4000004000000000 | v0=5e800000
        1e630020 | ucvtf d0, w1 | x1=ffffffffffffffff | v0=41efffffffe00000
        9e630020 | ucvtf d0, x1 | x1=ffffffffffffffff | v0=43f0000000000000
        9e630020 | ucvtf d0, x1 | x1=20000000000001 | v0=4340000000000000
        9e630020 | ucvtf d0, x1 | x1=8000000000000401 | v0=43e0000000000001
        1e038020 | ucvtf s0, w1, #32 | x1=3 | v0=30400000
        9e430020 | ucvtf d0, x1, #64 | x1=8000000000000000 | v0=3fe0000000000000
        """
}
