(module
  (memory $a 1)
  (memory $b i64 1)
  (data $d "abc")
  (func $wide (param i64) (result i64)
    (i64.load16_u $b offset=0x1_0000_0000 (local.get 0)))
  (func $never (param i64 i32)
    (i32.store $b offset=0xffff_ffff_ffff_fffd (local.get 0) (local.get 1)))
  (func $sizes (param i64) (result i32 i64 i64)
    (memory.size $a)
    (memory.size $b)
    (memory.grow $b (local.get 0)))
  (func $bulk (param i32 i64)
    (memory.copy $a $b (local.get 0) (local.get 1) (i32.const 3))
    (memory.fill $b (local.get 1) (i32.const 7) (i64.const 4))
    (memory.init $b $d (local.get 1) (i32.const 0) (i32.const 3))
    (data.drop $d)))

;; SSA form
;; function "wide" (i64) -> (i64) {
;; block0(v0: i64):
;;     v1 = constant.i64[4294967298]
;;     v2 = add.i64 v0, v1
;;     v3 = loadContext.i64[88]
;;     v4 = compare.lessUnsigned.i64 v2, v0
;;     v5 = compare.greaterUnsigned.i64 v2, v3
;;     v6 = or.i32 v4, v5
;;     trapIf["out of bounds memory access"] v6
;;     v7 = loadContext.i64[80]
;;     v8 = add.i64 v7, v0
;;     v9 = constant.i64[4294967296]
;;     v10 = add.i64 v8, v9
;;     v11 = load.unsigned16.i64 v10
;;     return v11
;; }
;; function "never" (i64, i32) -> () {
;; block0(v0: i64, v1: i32):
;;     v2 = constant.i32[1]
;;     trapIf["out of bounds memory access"] v2
;;     v3 = loadContext.i64[80]
;;     v4 = add.i64 v3, v0
;;     v5 = constant.i64[-3]
;;     v6 = add.i64 v4, v5
;;     store.full.i32 v6, v1
;;     return
;; }
;; function "sizes" (i64) -> (i32, i64, i64) {
;; block0(v0: i64):
;;     v1 = loadContext.i64[72]
;;     v2 = constant.i64[16]
;;     v3 = shiftRightUnsigned.i64 v1, v2
;;     v4 = wrap.i64 v3
;;     v5 = loadContext.i64[88]
;;     v6 = constant.i64[16]
;;     v7 = shiftRightUnsigned.i64 v5, v6
;;     v8 = constant.i32[1]
;;     v9 = callRuntime[memoryGrow] v8, v0 : (i32, i64) -> (i64)
;;     return v4, v7, v9
;; }
;; function "bulk" (i32, i64) -> () {
;; block0(v0: i32, v1: i64):
;;     v2 = constant.i32[3]
;;     v3 = extendUnsigned.i32 v2
;;     v4 = extendUnsigned.i32 v0
;;     v5 = constant.i32[0]
;;     v6 = constant.i32[1]
;;     callRuntime[memoryCopy] v5, v6, v4, v1, v3 : (i32, i32, i64, i64, i64) -> ()
;;     v7 = constant.i32[7]
;;     v8 = constant.i64[4]
;;     v9 = constant.i32[1]
;;     callRuntime[memoryFill] v9, v1, v7, v8 : (i32, i64, i32, i64) -> ()
;;     v10 = constant.i32[0]
;;     v11 = constant.i32[3]
;;     v12 = extendUnsigned.i32 v11
;;     v13 = extendUnsigned.i32 v10
;;     v14 = constant.i32[1]
;;     v15 = constant.i32[0]
;;     callRuntime[memoryInit] v14, v15, v1, v13, v12 : (i32, i32, i64, i64, i64) -> ()
;;     v16 = constant.i32[0]
;;     callRuntime[dataDrop] v16 : (i32) -> ()
;;     return
;; }
