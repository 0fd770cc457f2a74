(module
  (import "m" "f" (func $f))
  (memory 1)
  (global $g (mut i32) (i32.const 0))
  (func $sum (param $n i32) (result i32)
    (local $i i32) (local $s i32)
    (loop $next
      (local.set $s (i32.add (local.get $s) (i32.load (i32.shl (local.get $i) (i32.const 2)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (i32.mul (local.get $n) (local.get $n)))))
    (local.get $s))
  (func $withCalls (param $n i32)
    (loop $next
      (call $f)
      (i32.store (local.get $n) (global.get $g))
      (br_if $next (i32.lt_u (global.get $g) (local.get $n)))))
  (func $fuel
    (loop $next
      (global.set $g (i32.sub (global.get $g) (i32.const 1)))
      (br_if $next (global.get $g)))))

;; SSA form
;; function "sum" (i32) -> (i32) {
;; block0(v0: i32):
;;     v3 = loadContext.i64[72]
;;     v4 = loadContext.i64[64]
;;     v5 = multiply.i32 v0, v0
;;     v6 = constant.i32[0]
;;     jump block1(v6, v6)
;; block1(v1: i32, v2: i32):
;;     v7 = constant.i32[2]
;;     v8 = shiftLeft.i32 v2, v7
;;     v9 = extendUnsigned.i32 v8
;;     v10 = constant.i64[4]
;;     v11 = add.i64 v9, v10
;;     v12 = compare.greaterUnsigned.i64 v11, v3
;;     trapIf["out of bounds memory access"] v12
;;     v13 = add.i64 v4, v9
;;     v14 = load.full.i32 v13
;;     v15 = add.i32 v1, v14
;;     v16 = constant.i32[1]
;;     v17 = add.i32 v2, v16
;;     v18 = compare.lessUnsigned.i32 v17, v5
;;     branchIf v18, block2, block3
;; block2:
;;     jump block1(v15, v17)
;; block3:
;;     return v15
;; }
;; function "withCalls" (i32) -> () {
;; block0(v0: i32):
;;     v1 = loadContext.i64[32]
;;     v2 = extendUnsigned.i32 v0
;;     v3 = constant.i64[4]
;;     v4 = add.i64 v2, v3
;;     jump block1
;; block1:
;;     callIndirect v1 : () -> ()
;;     v5 = loadContext.i32[80]
;;     v6 = loadContext.i64[72]
;;     v7 = compare.greaterUnsigned.i64 v4, v6
;;     trapIf["out of bounds memory access"] v7
;;     v8 = loadContext.i64[64]
;;     v9 = add.i64 v8, v2
;;     store.full.i32 v9, v5
;;     v10 = compare.lessUnsigned.i32 v5, v0
;;     branchIf v10, block1, block2
;; block2:
;;     return
;; }
;; function "fuel" () -> () {
;; block0:
;;     jump block1
;; block1:
;;     v0 = loadContext.i32[80]
;;     v1 = constant.i32[-1]
;;     v2 = add.i32 v0, v1
;;     storeContext.i32[80] v2
;;     branchIf v2, block1, block2
;; block2:
;;     return
;; }
