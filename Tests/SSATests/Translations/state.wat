(module
  (type $binary (func (param i32 i64) (result i64 i32)))
  (import "host" "f" (func $imported (type $binary)))
  (import "host" "g" (global $imported_global i64))
  (memory 1)
  (table 4 funcref)
  (global $counter (mut f32) (f32.const 0))

  (func $memory (param i32 i64) (result i32)
    (i64.store16 offset=6 (local.get 0) (local.get 1))
    (i32.load8_s (local.get 0)))

  (func $grow (param i32) (result i32 i32)
    (memory.grow (local.get 0))
    (memory.size))

  (func $globals (result i64 f32)
    (global.set $counter (f32.const 1))
    (global.get $imported_global)
    (global.get $counter))

  (func $calls (param i32 i64) (result i64 i32)
    (call $imported (call $twice (local.get 0) (local.get 1)))
    drop
    drop
    (call_indirect (type $binary) (local.get 0) (local.get 1) (i32.const 2)))

  (func $twice (param i32 i64) (result i32 i64)
    (local.get 0)
    (local.get 1)))

;; SSA form
;; function "memory" (i32, i64) -> (i32) {
;; block0(v0: i32, v1: i64):
;;     v2 = extendUnsigned.i32 v0
;;     v3 = constant.i64[8]
;;     v4 = add.i64 v2, v3
;;     v5 = loadContext.i64[72]
;;     v6 = compare.greaterUnsigned.i64 v4, v5
;;     trapIf["out of bounds memory access"] v6
;;     v7 = loadContext.i64[64]
;;     v8 = add.i64 v7, v2
;;     store.unsigned16.i64[6] v8, v1
;;     v9 = extendUnsigned.i32 v0
;;     v10 = constant.i64[1]
;;     v11 = add.i64 v9, v10
;;     v12 = loadContext.i64[72]
;;     v13 = compare.greaterUnsigned.i64 v11, v12
;;     trapIf["out of bounds memory access"] v13
;;     v14 = loadContext.i64[64]
;;     v15 = add.i64 v14, v9
;;     v16 = load.signed8.i32 v15
;;     return v16
;; }
;; function "grow" (i32) -> (i32, i32) {
;; block0(v0: i32):
;;     v1 = extendUnsigned.i32 v0
;;     v2 = constant.i32[0]
;;     v3 = callRuntime[memoryGrow] v2, v1 : (i32, i64) -> (i64)
;;     v4 = wrap.i64 v3
;;     v5 = loadContext.i64[72]
;;     v6 = constant.i64[16]
;;     v7 = shiftRightUnsigned.i64 v5, v6
;;     v8 = wrap.i64 v7
;;     return v4, v8
;; }
;; function "globals" () -> (i64, f32) {
;; block0:
;;     v0 = constant.f32[0x3f800000]
;;     storeContext.f32[112] v0
;;     v1 = loadContext.i64[96]
;;     v2 = load.full.i64 v1
;;     v3 = loadContext.f32[112]
;;     return v2, v3
;; }
;; function "calls" (i32, i64) -> (i64, i32) {
;; block0(v0: i32, v1: i64):
;;     v2..v3 = call[5] v0, v1 : (i32, i64) -> (i32, i64)
;;     v4 = loadContext.i64[32]
;;     v5..v6 = callIndirect v4, v2, v3 : (i32, i64) -> (i64, i32)
;;     v7 = constant.i32[2]
;;     v8 = extendUnsigned.i32 v7
;;     v9 = loadContext.i64[88]
;;     v10 = compare.greaterOrEqualUnsigned.i64 v8, v9
;;     trapIf["undefined element"] v10
;;     v11 = loadContext.i64[80]
;;     v12 = constant.i64[3]
;;     v13 = shiftLeft.i64 v8, v12
;;     v14 = add.i64 v11, v13
;;     v15 = load.full.reference v14
;;     v16 = constant.reference[0]
;;     v17 = compare.equal.reference v15, v16
;;     trapIf["uninitialized element"] v17
;;     v18 = load.full.i32[16] v15
;;     v19 = loadContext.i32[128]
;;     v20 = compare.notEqual.i32 v18, v19
;;     trapIf["indirect call type mismatch"] v20
;;     v21..v22 = callIndirect v15, v0, v1 : (i32, i64) -> (i64, i32)
;;     return v21, v22
;; }
;; function "twice" (i32, i64) -> (i32, i64) {
;; block0(v0: i32, v1: i64):
;;     return v0, v1
;; }
