;; x86_64 compile: SIGILL; export () -> (143*i32) arithmetic seed 32

;; the reduced module
(module
  (type (;0;) (func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (export "main" (func 0))
  (func (;0;) (type 0) (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 0
    i32.const 32
    i32.const 1
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 32
    i32.const 0
    i32.const 2147483647
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 32
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 2
    i32.const 0
    i32.const -2147483648
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 127
    i32.const 31
    i32.const 31
    i32.const 0
    i32.const 0
    i32.const -1
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const -1
    i32.const -2147483648
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 32
    i32.const 0
    i32.const 0
    i32.const -2147483648
    i32.const 0
    i32.const 31
    i32.const 32
    i32.const 1
    i32.const 0
    i32.const 32
    i32.const 127
    i32.const 127
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 2147483647
    i32.const 32
    i32.const 0
    i32.const 2147483647
    i32.const 1
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const -2147483648
    i32.const -1
    i32.const 127
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const -1
    i32.const 0
    i32.const 32
    i32.const 32
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 2
    i32.const 128
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 2147483647
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 2147483647
    i32.const 0
    i32.const 0
    i32.const 127
    i32.const 2
    i32.const 0
    i32.const 31
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 0
    i32.const 1
    i32.const 2
    i64.const 1
    i64.const -9223372036854775808
    i64.rotr
    i32.wrap_i64
  )
)
(assert_return (invoke "main") (i32.const 0) (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 32) (i32.const 0) (i32.const 2147483647) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 32) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const -2147483648) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 127) (i32.const 31) (i32.const 31)
    (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1)
    (i32.const -2147483648) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 32) (i32.const 0) (i32.const 0) (i32.const -2147483648) (i32.const 0) (i32.const 31)
    (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 32) (i32.const 127) (i32.const 127) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 2147483647) (i32.const 32) (i32.const 0) (i32.const 2147483647) (i32.const 1) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const -2147483648) (i32.const -1) (i32.const 127) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1)
    (i32.const 0) (i32.const 32) (i32.const 32) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 2)
    (i32.const 128) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 2147483647) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 2147483647) (i32.const 0) (i32.const 0) (i32.const 127) (i32.const 2) (i32.const 0)
    (i32.const 31) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 1))

;; 142 results
(module
  (type (;0;) (func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (type (;1;) (func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (global (;0;) (mut i32) (i32.const 0))
  (global (;1;) (mut i32) (i32.const 1))
  (global (;2;) (mut i32) (i32.const 0))
  (global (;3;) (mut i32) (i32.const 1))
  (export "main" (func 0))
  (export "iterations" (global 0))
  (export "condition" (global 1))
  (export "target" (global 2))
  (export "slot" (global 3))
  (func (;0;) (type 0) (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i64.const 63
    i64.const 2147483647
    i64.ge_u
    i32.const 32
    i32.const 2
    i32.or
    i32.lt_u
    i32.const 32
    i32.const -1
    i32.add
    f32.const 0x1p-1 (;=0.5;)
    i32.trunc_sat_f32_s
    i32.shr_s
    i32.clz
    i32.const 1
    i32.extend8_s
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    i64.trunc_sat_f64_u
    i64.eqz
    i64.const 4294967296
    i64.const 0
    i64.lt_u
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.trunc
    f32.abs
    i32.trunc_sat_f32_u
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.const 0x1p-1 (;=0.5;)
    f64.copysign
    f64.const -0x1p+0 (;=-1.0;)
    f64.neg
    f64.eq
    f64.const 0x1p-1 (;=0.5;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.min
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.floor
    f64.gt
    i32.ge_u
    i32.const 32
    i32.const 128
    i32.shr_u
    i64.const 9223372036854775807
    i64.eqz
    i32.le_s
    f64.const 0x1p+0 (;=1.0;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.eq
    i64.const 9223372036854775807
    i64.const 1
    i64.eq
    i32.shr_u
    i32.ne
    f32.const 0x0.000002p-126 (;=1e-45;)
    i64.trunc_sat_f32_s
    f64.convert_i64_s
    i32.trunc_sat_f64_s
    i32.const 2147483647
    i32.const 1
    i32.or
    i32.eqz
    f64.const 0x1p-1 (;=0.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.eq
    i64.const 2147483648
    i64.const 64
    i64.le_u
    i32.xor
    i32.ge_s
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.lt
    i64.const 4294967296
    i64.popcnt
    i64.const 63
    i64.extend32_s
    i64.rotl
    i32.const -1
    i32.const -1
    i32.xor
    i64.extend_i32_s
    i64.ge_u
    i64.const 4294967296
    i64.const 64
    i64.gt_s
    i32.const 2147483647
    i32.const 128
    i32.rotr
    i32.add
    i64.const 64
    i64.const 0
    i64.gt_u
    i32.const 32
    i32.const 2
    i32.lt_u
    i32.const 32
    i32.extend16_s
    i32.lt_s
    i64.const -9223372036854775808
    i64.const 2147483647
    i64.gt_u
    i64.const 63
    i64.const -9223372036854775808
    i64.gt_u
    f64.const 0x1p+31 (;=2147483648.0;)
    i32.trunc_sat_f64_u
    i64.const 2147483648
    i32.wrap_i64
    i32.add
    i64.const 4294967295
    i64.const 64
    i64.or
    i32.wrap_i64
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.ge
    i32.popcnt
    i32.ge_s
    f32.const 0x1.8p+0 (;=1.5;)
    i32.trunc_sat_f32_u
    i32.const -2147483648
    i32.const 31
    i32.rotr
    i32.rotr
    i64.const 0
    i64.const 0
    i64.or
    i64.const 0
    i64.const 2
    i64.shr_u
    i64.ge_u
    i32.lt_u
    i32.const 2
    i32.const -2147483648
    i32.lt_u
    i64.const 1
    i64.const 2147483648
    i64.gt_u
    i32.const -2147483648
    i32.const 0
    i32.eq
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.div
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.floor
    f32.gt
    f32.const 0x1.4p+1 (;=2.5;)
    f32.const inf
    f32.ne
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.sqrt
    f32.const 0x1.8p+0 (;=1.5;)
    f32.ceil
    f32.ge
    i64.const 64
    i32.wrap_i64
    i64.const 2
    i64.const 0
    i64.eq
    i32.const 128
    i32.const 32
    i32.ge_u
    i32.ge_u
    i32.const 127
    i32.const 32
    i32.lt_u
    i32.const 31
    i64.extend_i32_u
    i32.const 2
    i64.extend_i32_s
    i64.gt_s
    i32.const 31
    i32.const 2
    i32.gt_u
    i32.clz
    f32.const 0x1p+0 (;=1.0;)
    f32.ceil
    f32.floor
    i32.trunc_sat_f32_s
    f32.const 0x0p+0 (;=0.0;)
    f32.const 0x1.fffffep+127 (;=3.4028235e+38;)
    f32.eq
    i32.const -1
    i32.const 31
    i32.le_u
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.gt
    i32.const 0
    i32.const 31
    i32.lt_s
    i32.mul
    i32.const 0
    i32.const 128
    i32.shr_u
    i32.const -1
    i32.const -1
    i32.le_u
    i32.shl
    f32.const nan
    f32.const -0x0p+0 (;=-0.0;)
    f32.div
    f32.const -0x1p+0 (;=-1.0;)
    f32.nearest
    f32.ge
    i32.const -1
    i32.const 2147483647
    i32.ge_u
    i32.const -2147483648
    i32.const 32
    i32.le_u
    i64.const 63
    i64.ctz
    i64.eqz
    i64.const 2147483647
    i64.const 2
    i64.xor
    i64.const 64
    i64.const 4294967296
    i64.shr_s
    i64.rotl
    i64.const 1
    i64.const 4294967295
    i64.xor
    f64.const 0x1p+31 (;=2147483648.0;)
    i64.trunc_sat_f64_u
    i64.xor
    i64.ge_u
    f32.const nan
    i32.trunc_sat_f32_s
    f64.const -0x1p-1 (;=-0.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.ge
    i32.or
    f64.const nan
    f64.const -0x0p+0 (;=-0.0;)
    f64.gt
    f64.const -0x0p+0 (;=-0.0;)
    f64.const inf
    f64.eq
    i32.eq
    i64.const 63
    i64.clz
    i64.eqz
    i32.sub
    i64.const 0
    i64.const -9223372036854775808
    i64.gt_u
    i64.const 2147483648
    i64.eqz
    i32.or
    i32.const 32
    i32.const -2147483648
    i32.gt_u
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.gt
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.ne
    i32.le_s
    i64.const 4294967296
    i64.const 2147483648
    i64.or
    i64.const 64
    i64.const 4294967296
    i64.mul
    i64.le_u
    f32.const 0x1p+32 (;=4.2949673e+09;)
    i32.trunc_sat_f32_s
    i32.const 2
    i32.const 0
    i32.xor
    i32.le_u
    i32.mul
    i32.const -2147483648
    i32.extend8_s
    f32.const 0x1p-1 (;=0.5;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.lt
    i32.const 31
    i64.extend_i32_u
    i64.const 2147483647
    i64.clz
    i64.ge_u
    i32.const 127
    i32.const 2
    i32.ge_u
    i64.const 2147483647
    i64.const 9223372036854775807
    i64.lt_u
    i32.ge_u
    i32.gt_s
    i32.const 32
    i32.const -1
    i32.ge_u
    i32.const 128
    i32.const 128
    i32.eq
    i32.shr_s
    i32.const 1
    i32.extend16_s
    i32.const 1
    i32.const 0
    i32.shr_u
    i32.rotr
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.eq
    i64.const 2147483647
    i64.const 0
    i64.lt_u
    i32.ne
    i32.const 32
    i32.const 2147483647
    i32.gt_u
    i32.extend8_s
    i32.const 127
    i32.const 2
    i32.gt_s
    i32.const 127
    i32.const 2
    i32.and
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.sqrt
    i64.const -9223372036854775808
    f64.convert_i64_u
    f64.ne
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.const 0x1.4p+1 (;=2.5;)
    f64.add
    f64.const nan
    f64.nearest
    f64.gt
    i32.ne
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.ge
    f32.const 0x1.4p+1 (;=2.5;)
    f32.nearest
    i32.trunc_sat_f32_u
    i32.const 1
    i32.const 1
    i32.ge_s
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1p+0 (;=1.0;)
    f64.le
    i32.ne
    i32.gt_u
    i64.const 1
    i64.extend32_s
    i64.const 0
    i64.const 2
    i64.shl
    i64.rotr
    f64.const nan
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.mul
    i64.trunc_sat_f64_s
    i64.lt_u
    i64.const 4294967296
    i64.const 2147483648
    i64.rotl
    i64.const 64
    i64.const 1
    i64.add
    i64.gt_s
    f32.const -inf
    f32.trunc
    i32.const 2
    f32.convert_i32_s
    f32.lt
    f32.const 0x1p+0 (;=1.0;)
    i32.trunc_sat_f32_s
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.const 0x1.fffffep+127 (;=3.4028235e+38;)
    f32.ge
    i32.const 2147483647
    i32.extend16_s
    i32.extend8_s
    i32.const 32
    i32.const -2147483648
    i32.xor
    i32.const -2147483648
    i32.const 0
    i32.gt_u
    i32.and
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.lt
    i32.const 31
    i32.popcnt
    i32.and
    i32.add
    f32.const -0x1p+0 (;=-1.0;)
    i32.trunc_sat_f32_s
    i32.const 2147483647
    i32.const 2147483647
    i32.shl
    i64.const -1
    i64.const 4294967295
    i64.gt_s
    i32.lt_u
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    i64.trunc_sat_f64_s
    i64.const 2147483647
    i64.clz
    i64.ge_s
    i32.ge_u
    i32.const 1
    i32.const 2147483647
    i32.le_s
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.le
    f32.const -0x0p+0 (;=-0.0;)
    f32.const 0x1p+0 (;=1.0;)
    f32.ne
    i64.const 0
    i64.const -9223372036854775808
    i64.lt_s
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    i64.trunc_sat_f64_s
    i64.ctz
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    i64.trunc_sat_f64_s
    i64.extend32_s
    i64.ge_s
    i32.const 0
    i32.const -2147483648
    i32.rotl
    i32.const -1
    i32.popcnt
    i32.gt_s
    i32.const 127
    i32.const 32
    i32.xor
    i32.const -2147483648
    i32.const 2
    i32.lt_s
    i32.ne
    i32.mul
    f64.const 0x1p-1 (;=0.5;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.sub
    f64.const 0x1p+31 (;=2147483648.0;)
    f64.ceil
    f64.le
    f64.const nan
    i32.trunc_sat_f64_u
    i32.const 0
    i32.const 128
    i32.ge_u
    i32.gt_s
    i32.const 31
    i32.const 31
    i32.rotl
    i64.const 1
    i64.const 0
    i64.lt_s
    i32.and
    i32.xor
    i64.const 1
    i64.const 2147483648
    i64.shl
    i64.eqz
    i64.const 4294967296
    i64.const 4294967295
    i64.and
    i64.const 2147483647
    i64.const 63
    i64.shr_s
    i64.lt_u
    i32.shr_u
    f64.const -0x0p+0 (;=-0.0;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.lt
    i32.eqz
    i32.const -2147483648
    i32.const 2147483647
    i32.shr_s
    i32.const -1
    f32.convert_i32_s
    f32.const 0x1p+31 (;=2.1474836e+09;)
    f32.neg
    f32.ge
    i64.const 64
    i64.extend8_s
    i64.const 2147483647
    i64.clz
    i64.ge_u
    i32.xor
    i32.const 127
    i32.extend8_s
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.abs
    f64.nearest
    i64.const 1
    i64.const 1
    i64.rotr
    f64.convert_i64_u
    f64.ne
    i64.const 4294967296
    i64.const 2147483647
    i64.le_u
    f64.const -0x0p+0 (;=-0.0;)
    f64.abs
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.floor
    f64.gt
    f64.const -0x1p+0 (;=-1.0;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.gt
    i32.const 0
    i32.const 128
    i32.mul
    i32.shr_u
    i64.const -1
    i64.const -1
    i64.eq
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.gt
    i32.lt_s
    f32.const 0x1p+64 (;=1.8446744e+19;)
    f32.const 0x0p+0 (;=0.0;)
    f32.max
    i32.trunc_sat_f32_s
    i32.or
    i64.const 4294967295
    f64.convert_i64_u
    f64.sqrt
    f64.const -0x1p+0 (;=-1.0;)
    f64.nearest
    i64.const 1
    f64.convert_i64_s
    f64.max
    f64.le
    f32.const 0x1p-1 (;=0.5;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.copysign
    i32.trunc_sat_f32_s
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.ne
    i32.const -1
    i32.const 1
    i32.or
    i32.const 1
    f32.convert_i32_s
    f32.neg
    i32.trunc_sat_f32_s
    i32.const 32
    i32.const 1
    i32.le_s
    i32.const 32
    i32.const 127
    i32.and
    i32.const 127
    i32.popcnt
    i32.and
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.copysign
    f32.trunc
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.trunc
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.max
    f32.max
    f32.gt
    f64.const 0x1.8p+0 (;=1.5;)
    f64.ceil
    f64.floor
    i32.trunc_sat_f64_u
    i32.const 0
    i32.const 127
    i32.shr_u
    i32.const 2
    i32.ctz
    i32.const 128
    i32.const -2147483648
    i32.gt_s
    f64.const inf
    f64.const 0x1p-1 (;=0.5;)
    f64.ne
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.eq
    f32.const 0x1.8p+0 (;=1.5;)
    f32.floor
    f32.const -0x1p+0 (;=-1.0;)
    f32.ceil
    f32.gt
    i64.const 1
    i64.const 64
    i64.mul
    i64.eqz
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.div
    f64.neg
    f32.const 0x1p+63 (;=9.223372e+18;)
    f64.promote_f32
    i32.const -2147483648
    f64.convert_i32_u
    f64.div
    f64.ne
    i64.const 4294967296
    f32.convert_i64_u
    f32.const 0x0p+0 (;=0.0;)
    f32.const 0x1.8p+0 (;=1.5;)
    f32.add
    f32.ne
    f32.const inf
    f32.const 0x0p+0 (;=0.0;)
    f32.gt
    i32.extend8_s
    i32.lt_u
    i64.const 2
    i64.const 9223372036854775807
    i64.shr_s
    i64.const 64
    i64.const 2147483647
    i64.and
    i64.lt_u
    i32.const 2
    i32.const -2147483648
    i32.le_s
    i32.const -1
    i32.const 32
    i32.add
    i32.ne
    i32.add
    i64.const 2
    i64.extend8_s
    f64.reinterpret_i64
    i64.const 63
    f64.convert_i64_u
    f64.const nan
    f64.copysign
    f64.gt
    f64.const nan
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.lt
    i64.const 2
    i64.const 2147483648
    i64.ge_s
    i32.gt_s
    i64.const 9223372036854775807
    i64.extend8_s
    i32.const 1
    i64.extend_i32_s
    i64.ne
    i64.const 4294967296
    i64.const 63
    i64.eq
    i32.popcnt
    f32.const -0x1p-1 (;=-0.5;)
    f32.neg
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.nearest
    f32.eq
    i32.or
    i64.const 2
    i64.const -9223372036854775808
    i64.and
    i64.const -9223372036854775808
    i64.popcnt
    i64.gt_s
    f32.const -0x1p-1 (;=-0.5;)
    i32.trunc_sat_f32_u
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.gt
    i32.ge_s
    i32.const 2
    i32.const 128
    i32.gt_u
    i32.const 2147483647
    i32.const 0
    i32.shl
    i32.shr_s
    i32.xor
    i32.const 2147483647
    i32.eqz
    i32.const 2147483647
    i32.const -1
    i32.ge_u
    i32.or
    i64.const -9223372036854775808
    i64.extend16_s
    i64.const 64
    i64.const -1
    i64.shr_u
    i64.shl
    i32.wrap_i64
    f64.const -0x0p+0 (;=-0.0;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.gt
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.sub
    f64.ceil
    i64.const 2147483648
    f64.reinterpret_i64
    f64.neg
    f64.ne
    i64.const 9223372036854775807
    i64.const 4294967295
    i64.shl
    i64.const 63
    i64.const 2
    i64.shl
    i64.lt_s
    f32.const 0x1p-1 (;=0.5;)
    f32.const 0x1p-1 (;=0.5;)
    f32.le
    f64.const -0x1p+0 (;=-1.0;)
    f64.const nan
    f64.lt
    i32.add
    i32.or
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.eq
    i32.ctz
    i32.const 2147483647
    i32.popcnt
    i32.extend16_s
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.const -inf
    f32.ne
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.ne
    i32.sub
    i32.ge_s
    i64.const 2147483647
    f64.reinterpret_i64
    f64.const -0x1p+0 (;=-1.0;)
    f64.floor
    f64.lt
    i64.const 4294967295
    f64.reinterpret_i64
    f64.const 0x1p+31 (;=2147483648.0;)
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.add
    f64.gt
    f64.const 0x0p+0 (;=0.0;)
    f64.floor
    f64.const -0x1p+0 (;=-1.0;)
    f64.trunc
    f64.eq
    i32.ge_u
    i32.const 127
    i32.popcnt
    i32.const 2
    i32.ctz
    i64.const 0
    i64.const 64
    i64.lt_u
    i32.const 31
    i32.const 2147483647
    i32.ge_u
    i32.ctz
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.copysign
    i64.trunc_sat_f64_s
    i64.const 2
    i64.extend8_s
    i64.const 4294967296
    i64.const 2147483648
    i64.rotr
    i64.sub
    i64.lt_s
    f32.const -0x1p+0 (;=-1.0;)
    i32.trunc_sat_f32_u
    i32.eqz
    i64.const 4294967295
    i64.const 2
    i64.rotr
    f32.const 0x1p+32 (;=4.2949673e+09;)
    i64.trunc_sat_f32_s
    i64.lt_u
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const 0x1p-1 (;=0.5;)
    f32.ne
    i64.const 4294967295
    i64.const 64
    i64.le_s
    i64.const 4294967296
    i64.const 2147483648
    i64.shl
    i64.extend16_s
    i64.const 2147483648
    i64.const 1
    i64.and
    i64.ctz
    i64.le_s
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.abs
    f64.const inf
    f32.demote_f64
    f32.ne
    f32.const 0x1.4p+1 (;=2.5;)
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.add
    f32.const -inf
    f32.trunc
    f32.lt
    i64.const -9223372036854775808
    i64.const 0
    i64.shr_u
    i64.const 2
    i64.const -1
    i64.shr_u
    i64.le_u
    i32.ge_u
    f32.const nan
    i32.trunc_sat_f32_u
    i32.ctz
    i64.const 1
    i64.const -1
    i64.le_s
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -inf
    f32.eq
    i32.lt_s
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1p+0 (;=1.0;)
    f32.ne
    f32.const 0x1.8p+0 (;=1.5;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.lt
    i64.const 1
    i64.eqz
    i32.eq
    i64.const 4294967296
    i64.const -9223372036854775808
    i64.xor
    i64.const 9223372036854775807
    i64.const 2147483648
    i64.sub
    i64.mul
    i64.const 0
    i64.extend8_s
    i64.const -1
    i64.ctz
    i64.add
    i64.eq
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.min
    i32.const 1
    f64.convert_i32_s
    f64.le
    i64.const 4294967295
    i64.const 2
    i64.shr_u
    i64.const -9223372036854775808
    i64.const -1
    i64.add
    i64.mul
    i64.const 63
    i64.const 2147483647
    i64.rotl
    i64.const 64
    i64.extend16_s
    i64.and
    i64.eq
    i64.const 2
    i64.const 1
    i64.lt_s
    i32.const 1
    i32.const 128
    i32.ge_s
    i32.const 2
    i32.const 1
    i32.shl
    i32.popcnt
  )
)
(assert_return (invoke "main") (i32.const 1) (i32.const 27) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const -2147483648) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 31) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -2147483648)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 1) (i32.const 1) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const -1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const 127) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 2147483647)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const -1) (i32.const -1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 7)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1))
(assert_return (invoke "main") (i32.const 1) (i32.const 27) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const -2147483648) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 31) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -2147483648)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 1) (i32.const 1) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const -1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const 127) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 2147483647)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const -1) (i32.const -1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 7)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1))

;; 143 results
(module
  (type (;0;) (func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (type (;1;) (func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (global (;0;) (mut i32) (i32.const 0))
  (global (;1;) (mut i32) (i32.const 1))
  (global (;2;) (mut i32) (i32.const 0))
  (global (;3;) (mut i32) (i32.const 1))
  (export "main" (func 0))
  (export "iterations" (global 0))
  (export "condition" (global 1))
  (export "target" (global 2))
  (export "slot" (global 3))
  (func (;0;) (type 0) (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i64.const 63
    i64.const 2147483647
    i64.ge_u
    i32.const 32
    i32.const 2
    i32.or
    i32.lt_u
    i32.const 32
    i32.const -1
    i32.add
    f32.const 0x1p-1 (;=0.5;)
    i32.trunc_sat_f32_s
    i32.shr_s
    i32.clz
    i32.const 1
    i32.extend8_s
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    i64.trunc_sat_f64_u
    i64.eqz
    i64.const 4294967296
    i64.const 0
    i64.lt_u
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.trunc
    f32.abs
    i32.trunc_sat_f32_u
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.const 0x1p-1 (;=0.5;)
    f64.copysign
    f64.const -0x1p+0 (;=-1.0;)
    f64.neg
    f64.eq
    f64.const 0x1p-1 (;=0.5;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.min
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.floor
    f64.gt
    i32.ge_u
    i32.const 32
    i32.const 128
    i32.shr_u
    i64.const 9223372036854775807
    i64.eqz
    i32.le_s
    f64.const 0x1p+0 (;=1.0;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.eq
    i64.const 9223372036854775807
    i64.const 1
    i64.eq
    i32.shr_u
    i32.ne
    f32.const 0x0.000002p-126 (;=1e-45;)
    i64.trunc_sat_f32_s
    f64.convert_i64_s
    i32.trunc_sat_f64_s
    i32.const 2147483647
    i32.const 1
    i32.or
    i32.eqz
    f64.const 0x1p-1 (;=0.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.eq
    i64.const 2147483648
    i64.const 64
    i64.le_u
    i32.xor
    i32.ge_s
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.lt
    i64.const 4294967296
    i64.popcnt
    i64.const 63
    i64.extend32_s
    i64.rotl
    i32.const -1
    i32.const -1
    i32.xor
    i64.extend_i32_s
    i64.ge_u
    i64.const 4294967296
    i64.const 64
    i64.gt_s
    i32.const 2147483647
    i32.const 128
    i32.rotr
    i32.add
    i64.const 64
    i64.const 0
    i64.gt_u
    i32.const 32
    i32.const 2
    i32.lt_u
    i32.const 32
    i32.extend16_s
    i32.lt_s
    i64.const -9223372036854775808
    i64.const 2147483647
    i64.gt_u
    i64.const 63
    i64.const -9223372036854775808
    i64.gt_u
    f64.const 0x1p+31 (;=2147483648.0;)
    i32.trunc_sat_f64_u
    i64.const 2147483648
    i32.wrap_i64
    i32.add
    i64.const 4294967295
    i64.const 64
    i64.or
    i32.wrap_i64
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.ge
    i32.popcnt
    i32.ge_s
    f32.const 0x1.8p+0 (;=1.5;)
    i32.trunc_sat_f32_u
    i32.const -2147483648
    i32.const 31
    i32.rotr
    i32.rotr
    i64.const 0
    i64.const 0
    i64.or
    i64.const 0
    i64.const 2
    i64.shr_u
    i64.ge_u
    i32.lt_u
    i32.const 2
    i32.const -2147483648
    i32.lt_u
    i64.const 1
    i64.const 2147483648
    i64.gt_u
    i32.const -2147483648
    i32.const 0
    i32.eq
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.div
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.floor
    f32.gt
    f32.const 0x1.4p+1 (;=2.5;)
    f32.const inf
    f32.ne
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.sqrt
    f32.const 0x1.8p+0 (;=1.5;)
    f32.ceil
    f32.ge
    i64.const 64
    i32.wrap_i64
    i64.const 2
    i64.const 0
    i64.eq
    i32.const 128
    i32.const 32
    i32.ge_u
    i32.ge_u
    i32.const 127
    i32.const 32
    i32.lt_u
    i32.const 31
    i64.extend_i32_u
    i32.const 2
    i64.extend_i32_s
    i64.gt_s
    i32.const 31
    i32.const 2
    i32.gt_u
    i32.clz
    f32.const 0x1p+0 (;=1.0;)
    f32.ceil
    f32.floor
    i32.trunc_sat_f32_s
    f32.const 0x0p+0 (;=0.0;)
    f32.const 0x1.fffffep+127 (;=3.4028235e+38;)
    f32.eq
    i32.const -1
    i32.const 31
    i32.le_u
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.gt
    i32.const 0
    i32.const 31
    i32.lt_s
    i32.mul
    i32.const 0
    i32.const 128
    i32.shr_u
    i32.const -1
    i32.const -1
    i32.le_u
    i32.shl
    f32.const nan
    f32.const -0x0p+0 (;=-0.0;)
    f32.div
    f32.const -0x1p+0 (;=-1.0;)
    f32.nearest
    f32.ge
    i32.const -1
    i32.const 2147483647
    i32.ge_u
    i32.const -2147483648
    i32.const 32
    i32.le_u
    i64.const 63
    i64.ctz
    i64.eqz
    i64.const 2147483647
    i64.const 2
    i64.xor
    i64.const 64
    i64.const 4294967296
    i64.shr_s
    i64.rotl
    i64.const 1
    i64.const 4294967295
    i64.xor
    f64.const 0x1p+31 (;=2147483648.0;)
    i64.trunc_sat_f64_u
    i64.xor
    i64.ge_u
    f32.const nan
    i32.trunc_sat_f32_s
    f64.const -0x1p-1 (;=-0.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.ge
    i32.or
    f64.const nan
    f64.const -0x0p+0 (;=-0.0;)
    f64.gt
    f64.const -0x0p+0 (;=-0.0;)
    f64.const inf
    f64.eq
    i32.eq
    i64.const 63
    i64.clz
    i64.eqz
    i32.sub
    i64.const 0
    i64.const -9223372036854775808
    i64.gt_u
    i64.const 2147483648
    i64.eqz
    i32.or
    i32.const 32
    i32.const -2147483648
    i32.gt_u
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.gt
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.ne
    i32.le_s
    i64.const 4294967296
    i64.const 2147483648
    i64.or
    i64.const 64
    i64.const 4294967296
    i64.mul
    i64.le_u
    f32.const 0x1p+32 (;=4.2949673e+09;)
    i32.trunc_sat_f32_s
    i32.const 2
    i32.const 0
    i32.xor
    i32.le_u
    i32.mul
    i32.const -2147483648
    i32.extend8_s
    f32.const 0x1p-1 (;=0.5;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.lt
    i32.const 31
    i64.extend_i32_u
    i64.const 2147483647
    i64.clz
    i64.ge_u
    i32.const 127
    i32.const 2
    i32.ge_u
    i64.const 2147483647
    i64.const 9223372036854775807
    i64.lt_u
    i32.ge_u
    i32.gt_s
    i32.const 32
    i32.const -1
    i32.ge_u
    i32.const 128
    i32.const 128
    i32.eq
    i32.shr_s
    i32.const 1
    i32.extend16_s
    i32.const 1
    i32.const 0
    i32.shr_u
    i32.rotr
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.eq
    i64.const 2147483647
    i64.const 0
    i64.lt_u
    i32.ne
    i32.const 32
    i32.const 2147483647
    i32.gt_u
    i32.extend8_s
    i32.const 127
    i32.const 2
    i32.gt_s
    i32.const 127
    i32.const 2
    i32.and
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.sqrt
    i64.const -9223372036854775808
    f64.convert_i64_u
    f64.ne
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.const 0x1.4p+1 (;=2.5;)
    f64.add
    f64.const nan
    f64.nearest
    f64.gt
    i32.ne
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.ge
    f32.const 0x1.4p+1 (;=2.5;)
    f32.nearest
    i32.trunc_sat_f32_u
    i32.const 1
    i32.const 1
    i32.ge_s
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1p+0 (;=1.0;)
    f64.le
    i32.ne
    i32.gt_u
    i64.const 1
    i64.extend32_s
    i64.const 0
    i64.const 2
    i64.shl
    i64.rotr
    f64.const nan
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.mul
    i64.trunc_sat_f64_s
    i64.lt_u
    i64.const 4294967296
    i64.const 2147483648
    i64.rotl
    i64.const 64
    i64.const 1
    i64.add
    i64.gt_s
    f32.const -inf
    f32.trunc
    i32.const 2
    f32.convert_i32_s
    f32.lt
    f32.const 0x1p+0 (;=1.0;)
    i32.trunc_sat_f32_s
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.const 0x1.fffffep+127 (;=3.4028235e+38;)
    f32.ge
    i32.const 2147483647
    i32.extend16_s
    i32.extend8_s
    i32.const 32
    i32.const -2147483648
    i32.xor
    i32.const -2147483648
    i32.const 0
    i32.gt_u
    i32.and
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.lt
    i32.const 31
    i32.popcnt
    i32.and
    i32.add
    f32.const -0x1p+0 (;=-1.0;)
    i32.trunc_sat_f32_s
    i32.const 2147483647
    i32.const 2147483647
    i32.shl
    i64.const -1
    i64.const 4294967295
    i64.gt_s
    i32.lt_u
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    i64.trunc_sat_f64_s
    i64.const 2147483647
    i64.clz
    i64.ge_s
    i32.ge_u
    i32.const 1
    i32.const 2147483647
    i32.le_s
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.le
    f32.const -0x0p+0 (;=-0.0;)
    f32.const 0x1p+0 (;=1.0;)
    f32.ne
    i64.const 0
    i64.const -9223372036854775808
    i64.lt_s
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    i64.trunc_sat_f64_s
    i64.ctz
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    i64.trunc_sat_f64_s
    i64.extend32_s
    i64.ge_s
    i32.const 0
    i32.const -2147483648
    i32.rotl
    i32.const -1
    i32.popcnt
    i32.gt_s
    i32.const 127
    i32.const 32
    i32.xor
    i32.const -2147483648
    i32.const 2
    i32.lt_s
    i32.ne
    i32.mul
    f64.const 0x1p-1 (;=0.5;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.sub
    f64.const 0x1p+31 (;=2147483648.0;)
    f64.ceil
    f64.le
    f64.const nan
    i32.trunc_sat_f64_u
    i32.const 0
    i32.const 128
    i32.ge_u
    i32.gt_s
    i32.const 31
    i32.const 31
    i32.rotl
    i64.const 1
    i64.const 0
    i64.lt_s
    i32.and
    i32.xor
    i64.const 1
    i64.const 2147483648
    i64.shl
    i64.eqz
    i64.const 4294967296
    i64.const 4294967295
    i64.and
    i64.const 2147483647
    i64.const 63
    i64.shr_s
    i64.lt_u
    i32.shr_u
    f64.const -0x0p+0 (;=-0.0;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.lt
    i32.eqz
    i32.const -2147483648
    i32.const 2147483647
    i32.shr_s
    i32.const -1
    f32.convert_i32_s
    f32.const 0x1p+31 (;=2.1474836e+09;)
    f32.neg
    f32.ge
    i64.const 64
    i64.extend8_s
    i64.const 2147483647
    i64.clz
    i64.ge_u
    i32.xor
    i32.const 127
    i32.extend8_s
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.abs
    f64.nearest
    i64.const 1
    i64.const 1
    i64.rotr
    f64.convert_i64_u
    f64.ne
    i64.const 4294967296
    i64.const 2147483647
    i64.le_u
    f64.const -0x0p+0 (;=-0.0;)
    f64.abs
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.floor
    f64.gt
    f64.const -0x1p+0 (;=-1.0;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.gt
    i32.const 0
    i32.const 128
    i32.mul
    i32.shr_u
    i64.const -1
    i64.const -1
    i64.eq
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.gt
    i32.lt_s
    f32.const 0x1p+64 (;=1.8446744e+19;)
    f32.const 0x0p+0 (;=0.0;)
    f32.max
    i32.trunc_sat_f32_s
    i32.or
    i64.const 4294967295
    f64.convert_i64_u
    f64.sqrt
    f64.const -0x1p+0 (;=-1.0;)
    f64.nearest
    i64.const 1
    f64.convert_i64_s
    f64.max
    f64.le
    f32.const 0x1p-1 (;=0.5;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.copysign
    i32.trunc_sat_f32_s
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.ne
    i32.const -1
    i32.const 1
    i32.or
    i32.const 1
    f32.convert_i32_s
    f32.neg
    i32.trunc_sat_f32_s
    i32.const 32
    i32.const 1
    i32.le_s
    i32.const 32
    i32.const 127
    i32.and
    i32.const 127
    i32.popcnt
    i32.and
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.copysign
    f32.trunc
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.trunc
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.max
    f32.max
    f32.gt
    f64.const 0x1.8p+0 (;=1.5;)
    f64.ceil
    f64.floor
    i32.trunc_sat_f64_u
    i32.const 0
    i32.const 127
    i32.shr_u
    i32.const 2
    i32.ctz
    i32.const 128
    i32.const -2147483648
    i32.gt_s
    f64.const inf
    f64.const 0x1p-1 (;=0.5;)
    f64.ne
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.eq
    f32.const 0x1.8p+0 (;=1.5;)
    f32.floor
    f32.const -0x1p+0 (;=-1.0;)
    f32.ceil
    f32.gt
    i64.const 1
    i64.const 64
    i64.mul
    i64.eqz
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.div
    f64.neg
    f32.const 0x1p+63 (;=9.223372e+18;)
    f64.promote_f32
    i32.const -2147483648
    f64.convert_i32_u
    f64.div
    f64.ne
    i64.const 4294967296
    f32.convert_i64_u
    f32.const 0x0p+0 (;=0.0;)
    f32.const 0x1.8p+0 (;=1.5;)
    f32.add
    f32.ne
    f32.const inf
    f32.const 0x0p+0 (;=0.0;)
    f32.gt
    i32.extend8_s
    i32.lt_u
    i64.const 2
    i64.const 9223372036854775807
    i64.shr_s
    i64.const 64
    i64.const 2147483647
    i64.and
    i64.lt_u
    i32.const 2
    i32.const -2147483648
    i32.le_s
    i32.const -1
    i32.const 32
    i32.add
    i32.ne
    i32.add
    i64.const 2
    i64.extend8_s
    f64.reinterpret_i64
    i64.const 63
    f64.convert_i64_u
    f64.const nan
    f64.copysign
    f64.gt
    f64.const nan
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.lt
    i64.const 2
    i64.const 2147483648
    i64.ge_s
    i32.gt_s
    i64.const 9223372036854775807
    i64.extend8_s
    i32.const 1
    i64.extend_i32_s
    i64.ne
    i64.const 4294967296
    i64.const 63
    i64.eq
    i32.popcnt
    f32.const -0x1p-1 (;=-0.5;)
    f32.neg
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.nearest
    f32.eq
    i32.or
    i64.const 2
    i64.const -9223372036854775808
    i64.and
    i64.const -9223372036854775808
    i64.popcnt
    i64.gt_s
    f32.const -0x1p-1 (;=-0.5;)
    i32.trunc_sat_f32_u
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.gt
    i32.ge_s
    i32.const 2
    i32.const 128
    i32.gt_u
    i32.const 2147483647
    i32.const 0
    i32.shl
    i32.shr_s
    i32.xor
    i32.const 2147483647
    i32.eqz
    i32.const 2147483647
    i32.const -1
    i32.ge_u
    i32.or
    i64.const -9223372036854775808
    i64.extend16_s
    i64.const 64
    i64.const -1
    i64.shr_u
    i64.shl
    i32.wrap_i64
    f64.const -0x0p+0 (;=-0.0;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.gt
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.sub
    f64.ceil
    i64.const 2147483648
    f64.reinterpret_i64
    f64.neg
    f64.ne
    i64.const 9223372036854775807
    i64.const 4294967295
    i64.shl
    i64.const 63
    i64.const 2
    i64.shl
    i64.lt_s
    f32.const 0x1p-1 (;=0.5;)
    f32.const 0x1p-1 (;=0.5;)
    f32.le
    f64.const -0x1p+0 (;=-1.0;)
    f64.const nan
    f64.lt
    i32.add
    i32.or
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.eq
    i32.ctz
    i32.const 2147483647
    i32.popcnt
    i32.extend16_s
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.const -inf
    f32.ne
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.ne
    i32.sub
    i32.ge_s
    i64.const 2147483647
    f64.reinterpret_i64
    f64.const -0x1p+0 (;=-1.0;)
    f64.floor
    f64.lt
    i64.const 4294967295
    f64.reinterpret_i64
    f64.const 0x1p+31 (;=2147483648.0;)
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.add
    f64.gt
    f64.const 0x0p+0 (;=0.0;)
    f64.floor
    f64.const -0x1p+0 (;=-1.0;)
    f64.trunc
    f64.eq
    i32.ge_u
    i32.const 127
    i32.popcnt
    i32.const 2
    i32.ctz
    i64.const 0
    i64.const 64
    i64.lt_u
    i32.const 31
    i32.const 2147483647
    i32.ge_u
    i32.ctz
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.copysign
    i64.trunc_sat_f64_s
    i64.const 2
    i64.extend8_s
    i64.const 4294967296
    i64.const 2147483648
    i64.rotr
    i64.sub
    i64.lt_s
    f32.const -0x1p+0 (;=-1.0;)
    i32.trunc_sat_f32_u
    i32.eqz
    i64.const 4294967295
    i64.const 2
    i64.rotr
    f32.const 0x1p+32 (;=4.2949673e+09;)
    i64.trunc_sat_f32_s
    i64.lt_u
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const 0x1p-1 (;=0.5;)
    f32.ne
    i64.const 4294967295
    i64.const 64
    i64.le_s
    i64.const 4294967296
    i64.const 2147483648
    i64.shl
    i64.extend16_s
    i64.const 2147483648
    i64.const 1
    i64.and
    i64.ctz
    i64.le_s
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.abs
    f64.const inf
    f32.demote_f64
    f32.ne
    f32.const 0x1.4p+1 (;=2.5;)
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.add
    f32.const -inf
    f32.trunc
    f32.lt
    i64.const -9223372036854775808
    i64.const 0
    i64.shr_u
    i64.const 2
    i64.const -1
    i64.shr_u
    i64.le_u
    i32.ge_u
    f32.const nan
    i32.trunc_sat_f32_u
    i32.ctz
    i64.const 1
    i64.const -1
    i64.le_s
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -inf
    f32.eq
    i32.lt_s
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1p+0 (;=1.0;)
    f32.ne
    f32.const 0x1.8p+0 (;=1.5;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.lt
    i64.const 1
    i64.eqz
    i32.eq
    i64.const 4294967296
    i64.const -9223372036854775808
    i64.xor
    i64.const 9223372036854775807
    i64.const 2147483648
    i64.sub
    i64.mul
    i64.const 0
    i64.extend8_s
    i64.const -1
    i64.ctz
    i64.add
    i64.eq
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.min
    i32.const 1
    f64.convert_i32_s
    f64.le
    i64.const 4294967295
    i64.const 2
    i64.shr_u
    i64.const -9223372036854775808
    i64.const -1
    i64.add
    i64.mul
    i64.const 63
    i64.const 2147483647
    i64.rotl
    i64.const 64
    i64.extend16_s
    i64.and
    i64.eq
    i64.const 2
    i64.const 1
    i64.lt_s
    i32.const 1
    i32.const 128
    i32.ge_s
    i32.const 2
    i32.const 1
    i32.shl
    i32.popcnt
    i64.const 1
    i64.const -9223372036854775808
    i64.rotr
    i32.wrap_i64
    i32.const 2
    f64.convert_i32_u
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1p-1 (;=0.5;)
    f64.mul
    f64.le
    i32.and
  )
)
(assert_return (invoke "main") (i32.const 1) (i32.const 27) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const -2147483648) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 31) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -2147483648)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 1) (i32.const 1) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const -1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const 127) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 2147483647)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const -1) (i32.const -1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 7)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1))
(assert_return (invoke "main") (i32.const 1) (i32.const 27) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const -2147483648) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 31) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -2147483648)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 1) (i32.const 1) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const -1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const 127) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 2147483647)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const -1) (i32.const -1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 7)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1))

;; 144 results
(module
  (type (;0;) (func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (type (;1;) (func (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
  (global (;0;) (mut i32) (i32.const 0))
  (global (;1;) (mut i32) (i32.const 1))
  (global (;2;) (mut i32) (i32.const 0))
  (global (;3;) (mut i32) (i32.const 1))
  (export "main" (func 0))
  (export "iterations" (global 0))
  (export "condition" (global 1))
  (export "target" (global 2))
  (export "slot" (global 3))
  (func (;0;) (type 0) (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32
      i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i64.const 63
    i64.const 2147483647
    i64.ge_u
    i32.const 32
    i32.const 2
    i32.or
    i32.lt_u
    i32.const 32
    i32.const -1
    i32.add
    f32.const 0x1p-1 (;=0.5;)
    i32.trunc_sat_f32_s
    i32.shr_s
    i32.clz
    i32.const 1
    i32.extend8_s
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    i64.trunc_sat_f64_u
    i64.eqz
    i64.const 4294967296
    i64.const 0
    i64.lt_u
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.trunc
    f32.abs
    i32.trunc_sat_f32_u
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.const 0x1p-1 (;=0.5;)
    f64.copysign
    f64.const -0x1p+0 (;=-1.0;)
    f64.neg
    f64.eq
    f64.const 0x1p-1 (;=0.5;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.min
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.floor
    f64.gt
    i32.ge_u
    i32.const 32
    i32.const 128
    i32.shr_u
    i64.const 9223372036854775807
    i64.eqz
    i32.le_s
    f64.const 0x1p+0 (;=1.0;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.eq
    i64.const 9223372036854775807
    i64.const 1
    i64.eq
    i32.shr_u
    i32.ne
    f32.const 0x0.000002p-126 (;=1e-45;)
    i64.trunc_sat_f32_s
    f64.convert_i64_s
    i32.trunc_sat_f64_s
    i32.const 2147483647
    i32.const 1
    i32.or
    i32.eqz
    f64.const 0x1p-1 (;=0.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.eq
    i64.const 2147483648
    i64.const 64
    i64.le_u
    i32.xor
    i32.ge_s
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.lt
    i64.const 4294967296
    i64.popcnt
    i64.const 63
    i64.extend32_s
    i64.rotl
    i32.const -1
    i32.const -1
    i32.xor
    i64.extend_i32_s
    i64.ge_u
    i64.const 4294967296
    i64.const 64
    i64.gt_s
    i32.const 2147483647
    i32.const 128
    i32.rotr
    i32.add
    i64.const 64
    i64.const 0
    i64.gt_u
    i32.const 32
    i32.const 2
    i32.lt_u
    i32.const 32
    i32.extend16_s
    i32.lt_s
    i64.const -9223372036854775808
    i64.const 2147483647
    i64.gt_u
    i64.const 63
    i64.const -9223372036854775808
    i64.gt_u
    f64.const 0x1p+31 (;=2147483648.0;)
    i32.trunc_sat_f64_u
    i64.const 2147483648
    i32.wrap_i64
    i32.add
    i64.const 4294967295
    i64.const 64
    i64.or
    i32.wrap_i64
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.ge
    i32.popcnt
    i32.ge_s
    f32.const 0x1.8p+0 (;=1.5;)
    i32.trunc_sat_f32_u
    i32.const -2147483648
    i32.const 31
    i32.rotr
    i32.rotr
    i64.const 0
    i64.const 0
    i64.or
    i64.const 0
    i64.const 2
    i64.shr_u
    i64.ge_u
    i32.lt_u
    i32.const 2
    i32.const -2147483648
    i32.lt_u
    i64.const 1
    i64.const 2147483648
    i64.gt_u
    i32.const -2147483648
    i32.const 0
    i32.eq
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.div
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.floor
    f32.gt
    f32.const 0x1.4p+1 (;=2.5;)
    f32.const inf
    f32.ne
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.sqrt
    f32.const 0x1.8p+0 (;=1.5;)
    f32.ceil
    f32.ge
    i64.const 64
    i32.wrap_i64
    i64.const 2
    i64.const 0
    i64.eq
    i32.const 128
    i32.const 32
    i32.ge_u
    i32.ge_u
    i32.const 127
    i32.const 32
    i32.lt_u
    i32.const 31
    i64.extend_i32_u
    i32.const 2
    i64.extend_i32_s
    i64.gt_s
    i32.const 31
    i32.const 2
    i32.gt_u
    i32.clz
    f32.const 0x1p+0 (;=1.0;)
    f32.ceil
    f32.floor
    i32.trunc_sat_f32_s
    f32.const 0x0p+0 (;=0.0;)
    f32.const 0x1.fffffep+127 (;=3.4028235e+38;)
    f32.eq
    i32.const -1
    i32.const 31
    i32.le_u
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.gt
    i32.const 0
    i32.const 31
    i32.lt_s
    i32.mul
    i32.const 0
    i32.const 128
    i32.shr_u
    i32.const -1
    i32.const -1
    i32.le_u
    i32.shl
    f32.const nan
    f32.const -0x0p+0 (;=-0.0;)
    f32.div
    f32.const -0x1p+0 (;=-1.0;)
    f32.nearest
    f32.ge
    i32.const -1
    i32.const 2147483647
    i32.ge_u
    i32.const -2147483648
    i32.const 32
    i32.le_u
    i64.const 63
    i64.ctz
    i64.eqz
    i64.const 2147483647
    i64.const 2
    i64.xor
    i64.const 64
    i64.const 4294967296
    i64.shr_s
    i64.rotl
    i64.const 1
    i64.const 4294967295
    i64.xor
    f64.const 0x1p+31 (;=2147483648.0;)
    i64.trunc_sat_f64_u
    i64.xor
    i64.ge_u
    f32.const nan
    i32.trunc_sat_f32_s
    f64.const -0x1p-1 (;=-0.5;)
    f64.const -0x0p+0 (;=-0.0;)
    f64.ge
    i32.or
    f64.const nan
    f64.const -0x0p+0 (;=-0.0;)
    f64.gt
    f64.const -0x0p+0 (;=-0.0;)
    f64.const inf
    f64.eq
    i32.eq
    i64.const 63
    i64.clz
    i64.eqz
    i32.sub
    i64.const 0
    i64.const -9223372036854775808
    i64.gt_u
    i64.const 2147483648
    i64.eqz
    i32.or
    i32.const 32
    i32.const -2147483648
    i32.gt_u
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.gt
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.ne
    i32.le_s
    i64.const 4294967296
    i64.const 2147483648
    i64.or
    i64.const 64
    i64.const 4294967296
    i64.mul
    i64.le_u
    f32.const 0x1p+32 (;=4.2949673e+09;)
    i32.trunc_sat_f32_s
    i32.const 2
    i32.const 0
    i32.xor
    i32.le_u
    i32.mul
    i32.const -2147483648
    i32.extend8_s
    f32.const 0x1p-1 (;=0.5;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.lt
    i32.const 31
    i64.extend_i32_u
    i64.const 2147483647
    i64.clz
    i64.ge_u
    i32.const 127
    i32.const 2
    i32.ge_u
    i64.const 2147483647
    i64.const 9223372036854775807
    i64.lt_u
    i32.ge_u
    i32.gt_s
    i32.const 32
    i32.const -1
    i32.ge_u
    i32.const 128
    i32.const 128
    i32.eq
    i32.shr_s
    i32.const 1
    i32.extend16_s
    i32.const 1
    i32.const 0
    i32.shr_u
    i32.rotr
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.eq
    i64.const 2147483647
    i64.const 0
    i64.lt_u
    i32.ne
    i32.const 32
    i32.const 2147483647
    i32.gt_u
    i32.extend8_s
    i32.const 127
    i32.const 2
    i32.gt_s
    i32.const 127
    i32.const 2
    i32.and
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.sqrt
    i64.const -9223372036854775808
    f64.convert_i64_u
    f64.ne
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.const 0x1.4p+1 (;=2.5;)
    f64.add
    f64.const nan
    f64.nearest
    f64.gt
    i32.ne
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.ge
    f32.const 0x1.4p+1 (;=2.5;)
    f32.nearest
    i32.trunc_sat_f32_u
    i32.const 1
    i32.const 1
    i32.ge_s
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1p+0 (;=1.0;)
    f64.le
    i32.ne
    i32.gt_u
    i64.const 1
    i64.extend32_s
    i64.const 0
    i64.const 2
    i64.shl
    i64.rotr
    f64.const nan
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.mul
    i64.trunc_sat_f64_s
    i64.lt_u
    i64.const 4294967296
    i64.const 2147483648
    i64.rotl
    i64.const 64
    i64.const 1
    i64.add
    i64.gt_s
    f32.const -inf
    f32.trunc
    i32.const 2
    f32.convert_i32_s
    f32.lt
    f32.const 0x1p+0 (;=1.0;)
    i32.trunc_sat_f32_s
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.const 0x1.fffffep+127 (;=3.4028235e+38;)
    f32.ge
    i32.const 2147483647
    i32.extend16_s
    i32.extend8_s
    i32.const 32
    i32.const -2147483648
    i32.xor
    i32.const -2147483648
    i32.const 0
    i32.gt_u
    i32.and
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.lt
    i32.const 31
    i32.popcnt
    i32.and
    i32.add
    f32.const -0x1p+0 (;=-1.0;)
    i32.trunc_sat_f32_s
    i32.const 2147483647
    i32.const 2147483647
    i32.shl
    i64.const -1
    i64.const 4294967295
    i64.gt_s
    i32.lt_u
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    i64.trunc_sat_f64_s
    i64.const 2147483647
    i64.clz
    i64.ge_s
    i32.ge_u
    i32.const 1
    i32.const 2147483647
    i32.le_s
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.le
    f32.const -0x0p+0 (;=-0.0;)
    f32.const 0x1p+0 (;=1.0;)
    f32.ne
    i64.const 0
    i64.const -9223372036854775808
    i64.lt_s
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    i64.trunc_sat_f64_s
    i64.ctz
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    i64.trunc_sat_f64_s
    i64.extend32_s
    i64.ge_s
    i32.const 0
    i32.const -2147483648
    i32.rotl
    i32.const -1
    i32.popcnt
    i32.gt_s
    i32.const 127
    i32.const 32
    i32.xor
    i32.const -2147483648
    i32.const 2
    i32.lt_s
    i32.ne
    i32.mul
    f64.const 0x1p-1 (;=0.5;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.sub
    f64.const 0x1p+31 (;=2147483648.0;)
    f64.ceil
    f64.le
    f64.const nan
    i32.trunc_sat_f64_u
    i32.const 0
    i32.const 128
    i32.ge_u
    i32.gt_s
    i32.const 31
    i32.const 31
    i32.rotl
    i64.const 1
    i64.const 0
    i64.lt_s
    i32.and
    i32.xor
    i64.const 1
    i64.const 2147483648
    i64.shl
    i64.eqz
    i64.const 4294967296
    i64.const 4294967295
    i64.and
    i64.const 2147483647
    i64.const 63
    i64.shr_s
    i64.lt_u
    i32.shr_u
    f64.const -0x0p+0 (;=-0.0;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.lt
    i32.eqz
    i32.const -2147483648
    i32.const 2147483647
    i32.shr_s
    i32.const -1
    f32.convert_i32_s
    f32.const 0x1p+31 (;=2.1474836e+09;)
    f32.neg
    f32.ge
    i64.const 64
    i64.extend8_s
    i64.const 2147483647
    i64.clz
    i64.ge_u
    i32.xor
    i32.const 127
    i32.extend8_s
    f64.const 0x0.0000000000001p-1022 (;=5e-324;)
    f64.abs
    f64.nearest
    i64.const 1
    i64.const 1
    i64.rotr
    f64.convert_i64_u
    f64.ne
    i64.const 4294967296
    i64.const 2147483647
    i64.le_u
    f64.const -0x0p+0 (;=-0.0;)
    f64.abs
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.floor
    f64.gt
    f64.const -0x1p+0 (;=-1.0;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.gt
    i32.const 0
    i32.const 128
    i32.mul
    i32.shr_u
    i64.const -1
    i64.const -1
    i64.eq
    f32.const 0x1p+0 (;=1.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.gt
    i32.lt_s
    f32.const 0x1p+64 (;=1.8446744e+19;)
    f32.const 0x0p+0 (;=0.0;)
    f32.max
    i32.trunc_sat_f32_s
    i32.or
    i64.const 4294967295
    f64.convert_i64_u
    f64.sqrt
    f64.const -0x1p+0 (;=-1.0;)
    f64.nearest
    i64.const 1
    f64.convert_i64_s
    f64.max
    f64.le
    f32.const 0x1p-1 (;=0.5;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.copysign
    i32.trunc_sat_f32_s
    f32.const 0x1p+63 (;=9.223372e+18;)
    f32.const 0x1p+32 (;=4.2949673e+09;)
    f32.ne
    i32.const -1
    i32.const 1
    i32.or
    i32.const 1
    f32.convert_i32_s
    f32.neg
    i32.trunc_sat_f32_s
    i32.const 32
    i32.const 1
    i32.le_s
    i32.const 32
    i32.const 127
    i32.and
    i32.const 127
    i32.popcnt
    i32.and
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p-1 (;=-0.5;)
    f32.copysign
    f32.trunc
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.trunc
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.max
    f32.max
    f32.gt
    f64.const 0x1.8p+0 (;=1.5;)
    f64.ceil
    f64.floor
    i32.trunc_sat_f64_u
    i32.const 0
    i32.const 127
    i32.shr_u
    i32.const 2
    i32.ctz
    i32.const 128
    i32.const -2147483648
    i32.gt_s
    f64.const inf
    f64.const 0x1p-1 (;=0.5;)
    f64.ne
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.const -0x1p-1 (;=-0.5;)
    f64.eq
    f32.const 0x1.8p+0 (;=1.5;)
    f32.floor
    f32.const -0x1p+0 (;=-1.0;)
    f32.ceil
    f32.gt
    i64.const 1
    i64.const 64
    i64.mul
    i64.eqz
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.div
    f64.neg
    f32.const 0x1p+63 (;=9.223372e+18;)
    f64.promote_f32
    i32.const -2147483648
    f64.convert_i32_u
    f64.div
    f64.ne
    i64.const 4294967296
    f32.convert_i64_u
    f32.const 0x0p+0 (;=0.0;)
    f32.const 0x1.8p+0 (;=1.5;)
    f32.add
    f32.ne
    f32.const inf
    f32.const 0x0p+0 (;=0.0;)
    f32.gt
    i32.extend8_s
    i32.lt_u
    i64.const 2
    i64.const 9223372036854775807
    i64.shr_s
    i64.const 64
    i64.const 2147483647
    i64.and
    i64.lt_u
    i32.const 2
    i32.const -2147483648
    i32.le_s
    i32.const -1
    i32.const 32
    i32.add
    i32.ne
    i32.add
    i64.const 2
    i64.extend8_s
    f64.reinterpret_i64
    i64.const 63
    f64.convert_i64_u
    f64.const nan
    f64.copysign
    f64.gt
    f64.const nan
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.lt
    i64.const 2
    i64.const 2147483648
    i64.ge_s
    i32.gt_s
    i64.const 9223372036854775807
    i64.extend8_s
    i32.const 1
    i64.extend_i32_s
    i64.ne
    i64.const 4294967296
    i64.const 63
    i64.eq
    i32.popcnt
    f32.const -0x1p-1 (;=-0.5;)
    f32.neg
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.nearest
    f32.eq
    i32.or
    i64.const 2
    i64.const -9223372036854775808
    i64.and
    i64.const -9223372036854775808
    i64.popcnt
    i64.gt_s
    f32.const -0x1p-1 (;=-0.5;)
    i32.trunc_sat_f32_u
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.gt
    i32.ge_s
    i32.const 2
    i32.const 128
    i32.gt_u
    i32.const 2147483647
    i32.const 0
    i32.shl
    i32.shr_s
    i32.xor
    i32.const 2147483647
    i32.eqz
    i32.const 2147483647
    i32.const -1
    i32.ge_u
    i32.or
    i64.const -9223372036854775808
    i64.extend16_s
    i64.const 64
    i64.const -1
    i64.shr_u
    i64.shl
    i32.wrap_i64
    f64.const -0x0p+0 (;=-0.0;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.gt
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.sub
    f64.ceil
    i64.const 2147483648
    f64.reinterpret_i64
    f64.neg
    f64.ne
    i64.const 9223372036854775807
    i64.const 4294967295
    i64.shl
    i64.const 63
    i64.const 2
    i64.shl
    i64.lt_s
    f32.const 0x1p-1 (;=0.5;)
    f32.const 0x1p-1 (;=0.5;)
    f32.le
    f64.const -0x1p+0 (;=-1.0;)
    f64.const nan
    f64.lt
    i32.add
    i32.or
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const -0x0p+0 (;=-0.0;)
    f32.eq
    i32.ctz
    i32.const 2147483647
    i32.popcnt
    i32.extend16_s
    f32.const 0x1.fffffep-1 (;=0.99999994;)
    f32.const -inf
    f32.ne
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.ne
    i32.sub
    i32.ge_s
    i64.const 2147483647
    f64.reinterpret_i64
    f64.const -0x1p+0 (;=-1.0;)
    f64.floor
    f64.lt
    i64.const 4294967295
    f64.reinterpret_i64
    f64.const 0x1p+31 (;=2147483648.0;)
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.add
    f64.gt
    f64.const 0x0p+0 (;=0.0;)
    f64.floor
    f64.const -0x1p+0 (;=-1.0;)
    f64.trunc
    f64.eq
    i32.ge_u
    i32.const 127
    i32.popcnt
    i32.const 2
    i32.ctz
    i64.const 0
    i64.const 64
    i64.lt_u
    i32.const 31
    i32.const 2147483647
    i32.ge_u
    i32.ctz
    f64.const 0x1.fffffffep+30 (;=2147483647.5;)
    f64.const 0x1.fffffffffffffp-1 (;=0.9999999999999999;)
    f64.copysign
    i64.trunc_sat_f64_s
    i64.const 2
    i64.extend8_s
    i64.const 4294967296
    i64.const 2147483648
    i64.rotr
    i64.sub
    i64.lt_s
    f32.const -0x1p+0 (;=-1.0;)
    i32.trunc_sat_f32_u
    i32.eqz
    i64.const 4294967295
    i64.const 2
    i64.rotr
    f32.const 0x1p+32 (;=4.2949673e+09;)
    i64.trunc_sat_f32_s
    i64.lt_u
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.const 0x1p-1 (;=0.5;)
    f32.ne
    i64.const 4294967295
    i64.const 64
    i64.le_s
    i64.const 4294967296
    i64.const 2147483648
    i64.shl
    i64.extend16_s
    i64.const 2147483648
    i64.const 1
    i64.and
    i64.ctz
    i64.le_s
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.abs
    f64.const inf
    f32.demote_f64
    f32.ne
    f32.const 0x1.4p+1 (;=2.5;)
    f32.const 0x0.000002p-126 (;=1e-45;)
    f32.add
    f32.const -inf
    f32.trunc
    f32.lt
    i64.const -9223372036854775808
    i64.const 0
    i64.shr_u
    i64.const 2
    i64.const -1
    i64.shr_u
    i64.le_u
    i32.ge_u
    f32.const nan
    i32.trunc_sat_f32_u
    i32.ctz
    i64.const 1
    i64.const -1
    i64.le_s
    f32.const -0x0p+0 (;=-0.0;)
    f32.const -inf
    f32.eq
    i32.lt_s
    f32.const 0x1p+0 (;=1.0;)
    f32.const 0x1p+0 (;=1.0;)
    f32.ne
    f32.const 0x1.8p+0 (;=1.5;)
    f32.const -0x1p+0 (;=-1.0;)
    f32.lt
    i64.const 1
    i64.eqz
    i32.eq
    i64.const 4294967296
    i64.const -9223372036854775808
    i64.xor
    i64.const 9223372036854775807
    i64.const 2147483648
    i64.sub
    i64.mul
    i64.const 0
    i64.extend8_s
    i64.const -1
    i64.ctz
    i64.add
    i64.eq
    f64.const 0x1p+64 (;=1.8446744073709552e+19;)
    f64.const 0x1p+63 (;=9.223372036854776e+18;)
    f64.min
    i32.const 1
    f64.convert_i32_s
    f64.le
    i64.const 4294967295
    i64.const 2
    i64.shr_u
    i64.const -9223372036854775808
    i64.const -1
    i64.add
    i64.mul
    i64.const 63
    i64.const 2147483647
    i64.rotl
    i64.const 64
    i64.extend16_s
    i64.and
    i64.eq
    i64.const 2
    i64.const 1
    i64.lt_s
    i32.const 1
    i32.const 128
    i32.ge_s
    i32.const 2
    i32.const 1
    i32.shl
    i32.popcnt
    i64.const 1
    i64.const -9223372036854775808
    i64.rotr
    i32.wrap_i64
    i32.const 2
    f64.convert_i32_u
    f64.const 0x1.fffffffffffffp+1023 (;=1.7976931348623157e+308;)
    f64.const 0x1p-1 (;=0.5;)
    f64.mul
    f64.le
    i32.and
    i64.const -1
    i64.clz
    i64.const 64
    i64.extend8_s
    i64.or
    i64.const 1
    i64.const 1
    i64.add
    i64.popcnt
    i64.le_u
  )
)
(assert_return (invoke "main") (i32.const 1) (i32.const 27) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const -2147483648) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 31) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -2147483648)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 1) (i32.const 1) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const -1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const 127) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 2147483647)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const -1) (i32.const -1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 7)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 0))
(assert_return (invoke "main") (i32.const 1) (i32.const 27) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const -2147483648) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 64) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 31) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -2147483648)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 2) (i32.const 1) (i32.const 1) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const -1) (i32.const 1) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const -1) (i32.const 0)
    (i32.const 127) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 2147483647)
    (i32.const 0) (i32.const 0) (i32.const 1) (i32.const -1) (i32.const -1) (i32.const 0) (i32.const 0)
    (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 7)
    (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 1)
    (i32.const 0) (i32.const 1) (i32.const 1) (i32.const 1) (i32.const 32) (i32.const 0) (i32.const 0)
    (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)
    (i32.const 1) (i32.const 0))
