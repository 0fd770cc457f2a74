(module
  ;; Both locals change in the loop; the result is one of them.
  (func $factorial (param $n i64) (result i64)
    (local $product i64)
    (local.set $product (i64.const 1))
    (block $done
      (loop $again
        (br_if $done (i64.eqz (local.get $n)))
        (local.set $product (i64.mul (local.get $product) (local.get $n)))
        (local.set $n (i64.sub (local.get $n) (i64.const 1)))
        (br $again)))
    (local.get $product))

  ;; The loop's parameters are the same each time, and are no parameters of its block.
  (func $swap (param $count i32) (result i32 i64)
    i32.const 1
    i64.const 2
    i32.const 3
    (loop $again (param i32 i64 i32) (result i32 i64)
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $again (local.get $count))
      drop))

  ;; Nobody branches to this loop.
  (func $once (param i32) (result i32)
    (loop (result i32) (local.get 0)))

  ;; A loop without end.
  (func $forever
    (loop $again (br $again))))

;; SSA form
;; function "factorial" (i64) -> (i64) {
;; block0(v0: i64):
;;     v3 = constant.i64[1]
;;     jump block1(v3, v0)
;; block1(v1: i64, v2: i64):
;;     v4 = constant.i64[0]
;;     v5 = compare.equal.i64 v2, v4
;;     branchIf v5, block3, block2
;; block2:
;;     v6 = multiply.i64 v1, v2
;;     v7 = constant.i64[1]
;;     v8 = subtract.i64 v2, v7
;;     jump block1(v6, v8)
;; block3:
;;     return v1
;; }
;; function "swap" (i32) -> (i32, i64) {
;; block0(v0: i32):
;;     v2 = constant.i32[1]
;;     v3 = constant.i64[2]
;;     jump block1(v0)
;; block1(v1: i32):
;;     v4 = constant.i32[1]
;;     v5 = subtract.i32 v1, v4
;;     branchIf v5, block2, block3
;; block2:
;;     jump block1(v5)
;; block3:
;;     return v2, v3
;; }
;; function "once" (i32) -> (i32) {
;; block0(v0: i32):
;;     return v0
;; }
;; function "forever" () -> () {
;; block0:
;;     jump block1
;; block1:
;;     jump block1
;; }
