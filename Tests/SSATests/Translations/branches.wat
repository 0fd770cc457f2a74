(module
  (func $arms (param $condition i32) (result i32 f64)
    (local.get $condition)
    (if (result i32 f64)
      (then (i32.const 1) (f64.const 1.5))
      (else (i32.const 2) (f64.const -0))))

  ;; Without an else the operands are the results.
  (func $without_else (param i32 i64) (result i64)
    (local.get 1)
    (local.get 0)
    (if (param i64) (result i64)
      (then (i64.const 1) (i64.add))))

  ;; The two labels take the same two values; the function's label returns them.
  (func $table (param i32) (result i32 i32)
    (block $outer (result i32 i32)
      (block $inner (result i32 i32)
        (i32.const 10)
        (i32.const 20)
        (br_table $inner $outer $inner 2 $outer (local.get 0)))
      (i32.add)
      (i32.const 30)))

  ;; Targets without values need no blocks of their own.
  (func $plain_table (param i32)
    (block $a
      (block $b
        (br_table $a $b (local.get 0))))
    nop)

  (func $early_return (param i32 i32) (result i32)
    (block $out
      (br_if $out (local.get 0))
      (return (local.get 1)))
    (i32.const -1))

  (func $select (param f32 f32 i32) (result f32)
    (select (local.get 0) (local.get 1) (local.get 2))))

;; SSA form
;; function "arms" (i32) -> (i32, f64) {
;; block0(v0: i32):
;;     branchIf v0, block1, block2
;; block1:
;;     v3 = constant.i32[1]
;;     v4 = constant.f64[0x3ff8000000000000]
;;     jump block3(v3, v4)
;; block2:
;;     v5 = constant.i32[2]
;;     v6 = constant.f64[0x8000000000000000]
;;     jump block3(v5, v6)
;; block3(v1: i32, v2: f64):
;;     return v1, v2
;; }
;; function "without_else" (i32, i64) -> (i64) {
;; block0(v0: i32, v1: i64):
;;     branchIf v0, block1, block2
;; block1:
;;     v3 = constant.i64[1]
;;     v4 = add.i64 v1, v3
;;     jump block3(v4)
;; block2:
;;     jump block3(v1)
;; block3(v2: i64):
;;     return v2
;; }
;; function "table" (i32) -> (i32, i32) {
;; block0(v0: i32):
;;     v3 = constant.i32[10]
;;     v4 = constant.i32[20]
;;     branchTable v0, block3, block1, block3, block2, block1
;; block1:
;;     jump block4(v3, v4)
;; block2:
;;     return v3, v4
;; block3:
;;     v5 = add.i32 v3, v4
;;     v6 = constant.i32[30]
;;     jump block4(v5, v6)
;; block4(v1: i32, v2: i32):
;;     return v1, v2
;; }
;; function "plain_table" (i32) -> () {
;; block0(v0: i32):
;;     branchTable v0, block1, block1
;; block1:
;;     return
;; }
;; function "early_return" (i32, i32) -> (i32) {
;; block0(v0: i32, v1: i32):
;;     branchIf v0, block2, block1
;; block1:
;;     return v1
;; block2:
;;     v2 = constant.i32[-1]
;;     return v2
;; }
;; function "select" (f32, f32, i32) -> (f32) {
;; block0(v0: f32, v1: f32, v2: i32):
;;     v3 = select.f32 v0, v1, v2
;;     return v3
;; }
