(module
  (memory 1)
  ;; The memory never has less than 65,536 bytes.
  (func $constant (result i32)
    (i32.add (i32.load offset=65528 (i32.const 4)) (i32.load offset=65528 (i32.const 5))))
  ;; The second access ends before the first one, the third one after it.
  (func $fields (param i32) (result i32)
    (i32.load offset=8 (local.get 0))
    (i32.load offset=4 (local.get 0))
    (i32.load offset=12 (local.get 0))
    (i32.add)
    (i32.add))
  ;; Neither of the branches says anything about what follows.
  (func $branches (param i32 i32)
    (if (local.get 1) (then (i32.store offset=8 (local.get 0) (i32.const 1))))
    (i32.store (local.get 0) (i32.const 2)))
  ;; Growing makes the bound another one, whatever it was before.
  (func $grown (param i32)
    (i32.store offset=8 (local.get 0) (i32.const 1))
    (drop (memory.grow (i32.const 1)))
    (i32.store (local.get 0) (i32.const 2))))

;; SSA form
;; function "constant" () -> (i32) {
;; block0:
;;     v0 = loadContext.i64[72]
;;     v1 = loadContext.i64[64]
;;     v2 = constant.i64[4]
;;     v3 = add.i64 v1, v2
;;     v4 = load.full.i32[65528] v3
;;     v5 = constant.i64[65537]
;;     v6 = compare.lessUnsigned.i64 v0, v5
;;     trapIf["out of bounds memory access"] v6
;;     v7 = constant.i64[5]
;;     v8 = add.i64 v1, v7
;;     v9 = load.full.i32[65528] v8
;;     v10 = add.i32 v4, v9
;;     return v10
;; }
;; function "fields" (i32) -> (i32) {
;; block0(v0: i32):
;;     v1 = extendUnsigned.i32 v0
;;     v2 = constant.i64[12]
;;     v3 = add.i64 v1, v2
;;     v4 = loadContext.i64[72]
;;     v5 = compare.greaterUnsigned.i64 v3, v4
;;     trapIf["out of bounds memory access"] v5
;;     v6 = loadContext.i64[64]
;;     v7 = add.i64 v6, v1
;;     v8 = load.full.i32[8] v7
;;     v9 = load.full.i32[4] v7
;;     v10 = constant.i64[16]
;;     v11 = add.i64 v1, v10
;;     v12 = compare.greaterUnsigned.i64 v11, v4
;;     trapIf["out of bounds memory access"] v12
;;     v13 = load.full.i32[12] v7
;;     v14 = add.i32 v9, v13
;;     v15 = add.i32 v8, v14
;;     return v15
;; }
;; function "branches" (i32, i32) -> () {
;; block0(v0: i32, v1: i32):
;;     branchIf v1, block1, block2
;; block1:
;;     v2 = extendUnsigned.i32 v0
;;     v3 = constant.i64[12]
;;     v4 = add.i64 v2, v3
;;     v5 = loadContext.i64[72]
;;     v6 = compare.greaterUnsigned.i64 v4, v5
;;     trapIf["out of bounds memory access"] v6
;;     v7 = loadContext.i64[64]
;;     v8 = add.i64 v7, v2
;;     v9 = constant.i32[1]
;;     store.full.i32[8] v8, v9
;;     jump block2
;; block2:
;;     v10 = extendUnsigned.i32 v0
;;     v11 = constant.i64[4]
;;     v12 = add.i64 v10, v11
;;     v13 = loadContext.i64[72]
;;     v14 = compare.greaterUnsigned.i64 v12, v13
;;     trapIf["out of bounds memory access"] v14
;;     v15 = loadContext.i64[64]
;;     v16 = add.i64 v15, v10
;;     v17 = constant.i32[2]
;;     store.full.i32 v16, v17
;;     return
;; }
;; function "grown" (i32) -> () {
;; block0(v0: i32):
;;     v1 = extendUnsigned.i32 v0
;;     v2 = constant.i64[12]
;;     v3 = add.i64 v1, v2
;;     v4 = loadContext.i64[72]
;;     v5 = compare.greaterUnsigned.i64 v3, v4
;;     trapIf["out of bounds memory access"] v5
;;     v6 = loadContext.i64[64]
;;     v7 = add.i64 v6, v1
;;     v8 = constant.i32[1]
;;     store.full.i32[8] v7, v8
;;     v9 = constant.i32[0]
;;     v10 = constant.i64[1]
;;     v11 = callRuntime[memoryGrow] v9, v10 : (i32, i64) -> (i64)
;;     v12 = constant.i64[4]
;;     v13 = add.i64 v1, v12
;;     v14 = loadContext.i64[72]
;;     v15 = compare.greaterUnsigned.i64 v13, v14
;;     trapIf["out of bounds memory access"] v15
;;     v16 = loadContext.i64[64]
;;     v17 = add.i64 v16, v1
;;     v18 = constant.i32[2]
;;     store.full.i32 v17, v18
;;     return
;; }
