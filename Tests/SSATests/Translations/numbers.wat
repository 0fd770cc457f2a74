(module
  (func $remainder (param i64 i64) (result i64)
    (i64.rem_s (local.get 0) (local.get 1)))

  (func $quotient (param i64 i64) (result i64)
    (i64.div_s (local.get 0) (local.get 1)))

  (func $truncate (param f64) (result i32)
    (i32.trunc_f64_s (local.get 0)))

  (func $truncate_unsigned (param f32) (result i64)
    (i64.trunc_f32_u (local.get 0)))

  (func $saturate (param f64) (result i64)
    (i64.trunc_sat_f64_u (local.get 0)))

  (func $convert (param i32) (result f64 f32 i64 i32)
    (f64.convert_i32_u (local.get 0))
    (f32.demote_f64 (f64.convert_i32_s (local.get 0)))
    (i64.extend8_s (i64.extend_i32_s (local.get 0)))
    (i32.reinterpret_f32 (f32.reinterpret_i32 (local.get 0))))

  (func $zero (result i32 i64 f32 f64)
    (local i32 i64 f32 f64)
    (local.get 0) (local.get 1) (local.get 2) (local.get 3)))

;; SSA form
;; function "remainder" (i64, i64) -> (i64) {
;; block0(v0: i64, v1: i64):
;;     v2 = constant.i64[0]
;;     v3 = compare.equal.i64 v1, v2
;;     trapIf["integer divide by zero"] v3
;;     v4 = remainderSigned.i64 v0, v1
;;     return v4
;; }
;; function "quotient" (i64, i64) -> (i64) {
;; block0(v0: i64, v1: i64):
;;     v2 = constant.i64[0]
;;     v3 = compare.equal.i64 v1, v2
;;     trapIf["integer divide by zero"] v3
;;     v4 = constant.i64[-9223372036854775808]
;;     v5 = compare.equal.i64 v0, v4
;;     v6 = constant.i64[-1]
;;     v7 = compare.equal.i64 v1, v6
;;     v8 = and.i32 v5, v7
;;     trapIf["integer overflow"] v8
;;     v9 = divideSigned.i64 v0, v1
;;     return v9
;; }
;; function "truncate" (f64) -> (i32) {
;; block0(v0: f64):
;;     v1 = floatCompare.notEqual.f64 v0, v0
;;     trapIf["invalid conversion to integer"] v1
;;     v2 = constant.f64[0xc1e0000000200000]
;;     v3 = floatCompare.greater.f64 v0, v2
;;     trapUnless["integer overflow"] v3
;;     v4 = constant.f64[0x41e0000000000000]
;;     v5 = floatCompare.less.f64 v0, v4
;;     trapUnless["integer overflow"] v5
;;     v6 = truncateSigned.i32 v0
;;     return v6
;; }
;; function "truncate_unsigned" (f32) -> (i64) {
;; block0(v0: f32):
;;     v1 = floatCompare.notEqual.f32 v0, v0
;;     trapIf["invalid conversion to integer"] v1
;;     v2 = constant.f32[0xbf800000]
;;     v3 = floatCompare.greater.f32 v0, v2
;;     trapUnless["integer overflow"] v3
;;     v4 = constant.f32[0x5f800000]
;;     v5 = floatCompare.less.f32 v0, v4
;;     trapUnless["integer overflow"] v5
;;     v6 = truncateUnsigned.i64 v0
;;     return v6
;; }
;; function "saturate" (f64) -> (i64) {
;; block0(v0: f64):
;;     v1 = truncateSaturatingUnsigned.i64 v0
;;     return v1
;; }
;; function "convert" (i32) -> (f64, f32, i64, i32) {
;; block0(v0: i32):
;;     v1 = convertUnsigned.f64 v0
;;     v2 = convertSigned.f64 v0
;;     v3 = demote.f64 v2
;;     v4 = extendSigned.i32 v0
;;     v5 = signExtend8.i64 v4
;;     v6 = reinterpret.f32 v0
;;     v7 = reinterpret.i32 v6
;;     return v1, v3, v5, v7
;; }
;; function "zero" () -> (i32, i64, f32, f64) {
;; block0:
;;     v0 = constant.i32[0]
;;     v1 = constant.i64[0]
;;     v2 = constant.f32[0x00000000]
;;     v3 = constant.f64[0x0000000000000000]
;;     return v0, v1, v2, v3
;; }
