(module
  (memory 1)
  (func $twice (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load (local.get 0))))
  (func $storedBetween (param i32) (result i32)
    (i32.load (local.get 0))
    (i32.store (local.get 0) (i32.const 1))
    (i32.load (local.get 0))
    (i32.add)))

;; SSA form
;; function "twice" (i32) -> (i32) {
;; block0(v0: i32):
;;     v1 = extendUnsigned.i32 v0
;;     v2 = constant.i64[4]
;;     v3 = add.i64 v1, v2
;;     v4 = loadContext.i64[72]
;;     v5 = compare.greaterUnsigned.i64 v3, v4
;;     trapIf["out of bounds memory access"] v5
;;     v6 = loadContext.i64[64]
;;     v7 = add.i64 v6, v1
;;     v8 = load.full.i32 v7
;;     v9 = add.i32 v8, v8
;;     return v9
;; }
;; function "storedBetween" (i32) -> (i32) {
;; block0(v0: i32):
;;     v1 = extendUnsigned.i32 v0
;;     v2 = constant.i64[4]
;;     v3 = add.i64 v1, v2
;;     v4 = loadContext.i64[72]
;;     v5 = compare.greaterUnsigned.i64 v3, v4
;;     trapIf["out of bounds memory access"] v5
;;     v6 = loadContext.i64[64]
;;     v7 = add.i64 v6, v1
;;     v8 = load.full.i32 v7
;;     v9 = constant.i32[1]
;;     store.full.i32 v7, v9
;;     v10 = load.full.i32 v7
;;     v11 = add.i32 v8, v10
;;     return v11
;; }
