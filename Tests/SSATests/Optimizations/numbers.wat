(module
  (func $folded (result i32)
    (i32.add (i32.mul (i32.const 6) (i32.const 7)) (i32.shl (i32.const 1) (i32.const 33))))
  (func $wraps (result i32)
    (i32.add (i32.const 0x7fffffff) (i32.const 1)))
  (func $unsigned (result i32 i64)
    (i32.div_u (i32.const -1) (i32.const 2))
    (i64.extend_i32_u (i32.const -1)))
  (func $traps (result i32)
    (i32.div_s (i32.const 1) (i32.const 0)))
  (func $notANumber (result f32)
    (f32.div (f32.const 0) (f32.const 0)))
  (func $zeros (result f64)
    (f64.add (f64.const -0) (f64.const -0)))
  (func $identities (param i32) (result i32)
    (i32.xor (i32.or (i32.and (local.get 0) (i32.const -1)) (i32.const 0)) (i32.shl (i32.const 0) (local.get 0))))
  (func $sums (param i32) (result i32)
    (i32.sub (i32.add (i32.add (i32.const 5) (local.get 0)) (i32.const 7)) (i32.const 20)))
  (func $strength (param i32) (result i32 i32 i32)
    (i32.mul (local.get 0) (i32.const 16))
    (i32.div_u (local.get 0) (i32.const 16))
    (i32.rem_u (local.get 0) (i32.const 16)))
  (func $common (param i32 i32) (result i32)
    (i32.mul (i32.add (local.get 0) (local.get 1)) (i32.add (local.get 1) (local.get 0)))))

;; SSA form
;; function "folded" () -> (i32) {
;; block0:
;;     v0 = constant.i32[44]
;;     return v0
;; }
;; function "wraps" () -> (i32) {
;; block0:
;;     v0 = constant.i32[-2147483648]
;;     return v0
;; }
;; function "unsigned" () -> (i32, i64) {
;; block0:
;;     v0 = constant.i32[2147483647]
;;     v1 = constant.i64[4294967295]
;;     return v0, v1
;; }
;; function "traps" () -> (i32) {
;; block0:
;;     v0 = constant.i32[0]
;;     trapUnless["integer divide by zero"] v0
;;     v1 = constant.i32[1]
;;     v2 = divideSigned.i32 v1, v0
;;     return v2
;; }
;; function "notANumber" () -> (f32) {
;; block0:
;;     v0 = constant.f32[0x00000000]
;;     v1 = floatDivide.f32 v0, v0
;;     return v1
;; }
;; function "zeros" () -> (f64) {
;; block0:
;;     v0 = constant.f64[0x8000000000000000]
;;     return v0
;; }
;; function "identities" (i32) -> (i32) {
;; block0(v0: i32):
;;     v1 = constant.i32[0]
;;     v2 = shiftLeft.i32 v1, v0
;;     v3 = exclusiveOr.i32 v0, v2
;;     return v3
;; }
;; function "sums" (i32) -> (i32) {
;; block0(v0: i32):
;;     v1 = constant.i32[-8]
;;     v2 = add.i32 v0, v1
;;     return v2
;; }
;; function "strength" (i32) -> (i32, i32, i32) {
;; block0(v0: i32):
;;     v1 = constant.i32[4]
;;     v2 = shiftLeft.i32 v0, v1
;;     v3 = shiftRightUnsigned.i32 v0, v1
;;     v4 = constant.i32[15]
;;     v5 = and.i32 v0, v4
;;     return v2, v3, v5
;; }
;; function "common" (i32, i32) -> (i32) {
;; block0(v0: i32, v1: i32):
;;     v2 = add.i32 v0, v1
;;     v3 = multiply.i32 v2, v2
;;     return v3
;; }
