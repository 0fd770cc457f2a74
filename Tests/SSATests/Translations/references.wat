(module
  (type $final (func (param i32) (result i32)))
  (type $open (sub (func (param i32))))
  (import "m" "f" (func $imported (type $final)))
  (table $t 1 funcref)
  (table $wide i64 1 externref)
  (elem $e func $imported)
  (elem declare func $defined)
  (func $defined (type $final) (local.get 0))

  (func $refs (param funcref) (result funcref funcref i32 funcref)
    (ref.null func) (ref.func $imported)
    (ref.is_null (local.get 0))
    (ref.func $defined))

  (func $branches (param $r (ref null $final)) (result i32) (local $s (ref $final))
    (block $null
      (block $some (result (ref $final))
        (br_on_non_null $some (local.get $r))
        (drop (br_on_null $null (local.get $r)))
        (return (call_ref $final (i32.const 1) (ref.as_non_null (local.get $r)))))
      (local.set $s)
      (return_call_ref $final (i32.const 2) (local.get $s)))
    (i32.const 0))

  (func $call_open (param i32)
    (call_indirect $t (type $open) (i32.const 5) (local.get 0)))

  (func $tail_table (param i32) (result i32)
    (return_call_indirect $t (type $final) (i32.const 5) (local.get 0)))

  (func $tail_import (param i32) (result i32)
    (return_call $imported (local.get 0)))

  (func $tables (param i32 i64 externref) (result funcref i64)
    (table.set $wide (local.get 1) (local.get 2))
    (table.init $t $e (local.get 0) (i32.const 0) (i32.const 1))
    (table.fill $wide (local.get 1) (local.get 2) (i64.const 3))
    (table.copy $wide $wide (i64.const 0) (i64.const 1) (i64.const 2))
    (elem.drop $e)
    (drop (table.size $t))
    (table.get $t (local.get 0))
    (table.grow $wide (local.get 2) (i64.const 4))))

;; SSA form
;; function "defined" (i32) -> (i32) {
;; block0(v0: i32):
;;     return v0
;; }
;; function "refs" (reference) -> (reference, reference, i32, reference) {
;; block0(v0: reference):
;;     v1 = constant.reference[0]
;;     v2 = loadContext.i64[32]
;;     v3 = reinterpret.reference v2
;;     v4 = constant.reference[0]
;;     v5 = compare.equal.reference v0, v4
;;     v6 = loadContext.i64[32]
;;     v7 = constant.i64[32]
;;     v8 = add.i64 v6, v7
;;     v9 = reinterpret.reference v8
;;     return v1, v3, v5, v9
;; }
;; function "branches" (reference) -> (i32) {
;; block0(v0: reference):
;;     v1 = constant.reference[0]
;;     v2 = compare.notEqual.reference v0, v1
;;     branchIf v2, block3, block1
;; block1:
;;     v3 = constant.reference[0]
;;     v4 = compare.equal.reference v0, v3
;;     branchIf v4, block4, block2
;; block2:
;;     v5 = constant.i32[1]
;;     v6 = constant.reference[0]
;;     v7 = compare.equal.reference v0, v6
;;     trapIf["null reference"] v7
;;     v8 = constant.reference[0]
;;     v9 = compare.equal.reference v0, v8
;;     trapIf["null function reference"] v9
;;     v10 = callIndirect v0, v5 : (i32) -> (i32)
;;     return v10
;; block3:
;;     v11 = constant.i32[2]
;;     v12 = constant.reference[0]
;;     v13 = compare.equal.reference v0, v12
;;     trapIf["null function reference"] v13
;;     returnCallIndirect v0, v11 : (i32) -> (i32)
;; block4:
;;     v14 = constant.i32[0]
;;     return v14
;; }
;; function "call_open" (i32) -> () {
;; block0(v0: i32):
;;     v1 = constant.i32[5]
;;     v2 = extendUnsigned.i32 v0
;;     v3 = loadContext.i64[72]
;;     v4 = compare.greaterOrEqualUnsigned.i64 v2, v3
;;     trapIf["undefined element"] v4
;;     v5 = loadContext.i64[64]
;;     v6 = constant.i64[3]
;;     v7 = shiftLeft.i64 v2, v6
;;     v8 = add.i64 v5, v7
;;     v9 = load.full.reference v8
;;     v10 = constant.reference[0]
;;     v11 = compare.equal.reference v9, v10
;;     trapIf["uninitialized element"] v11
;;     v12 = load.full.i32[16] v9
;;     v13 = loadContext.i32[100]
;;     v14 = compare.notEqual.i32 v12, v13
;;     branchIf v14, block1, block2
;; block1:
;;     v15 = callRuntime[isSubtype] v12, v13 : (i32, i32) -> (i32)
;;     trapUnless["indirect call type mismatch"] v15
;;     jump block2
;; block2:
;;     callIndirect v9, v1 : (i32) -> ()
;;     return
;; }
;; function "tail_table" (i32) -> (i32) {
;; block0(v0: i32):
;;     v1 = constant.i32[5]
;;     v2 = extendUnsigned.i32 v0
;;     v3 = loadContext.i64[72]
;;     v4 = compare.greaterOrEqualUnsigned.i64 v2, v3
;;     trapIf["undefined element"] v4
;;     v5 = loadContext.i64[64]
;;     v6 = constant.i64[3]
;;     v7 = shiftLeft.i64 v2, v6
;;     v8 = add.i64 v5, v7
;;     v9 = load.full.reference v8
;;     v10 = constant.reference[0]
;;     v11 = compare.equal.reference v9, v10
;;     trapIf["uninitialized element"] v11
;;     v12 = load.full.i32[16] v9
;;     v13 = loadContext.i32[96]
;;     v14 = compare.notEqual.i32 v12, v13
;;     trapIf["indirect call type mismatch"] v14
;;     returnCallIndirect v9, v1 : (i32) -> (i32)
;; }
;; function "tail_import" (i32) -> (i32) {
;; block0(v0: i32):
;;     v1 = loadContext.i64[32]
;;     returnCallIndirect v1, v0 : (i32) -> (i32)
;; }
;; function "tables" (i32, i64, reference) -> (reference, i64) {
;; block0(v0: i32, v1: i64, v2: reference):
;;     v3 = loadContext.i64[88]
;;     v4 = compare.greaterOrEqualUnsigned.i64 v1, v3
;;     trapIf["out of bounds table access"] v4
;;     v5 = loadContext.i64[80]
;;     v6 = constant.i64[3]
;;     v7 = shiftLeft.i64 v1, v6
;;     v8 = add.i64 v5, v7
;;     store.full.reference v8, v2
;;     v9 = constant.i32[0]
;;     v10 = constant.i32[1]
;;     v11 = extendUnsigned.i32 v10
;;     v12 = extendUnsigned.i32 v9
;;     v13 = extendUnsigned.i32 v0
;;     v14 = constant.i32[0]
;;     v15 = constant.i32[0]
;;     callRuntime[tableInit] v14, v15, v13, v12, v11 : (i32, i32, i64, i64, i64) -> ()
;;     v16 = constant.i64[3]
;;     v17 = constant.i32[1]
;;     callRuntime[tableFill] v17, v1, v2, v16 : (i32, i64, reference, i64) -> ()
;;     v18 = constant.i64[0]
;;     v19 = constant.i64[1]
;;     v20 = constant.i64[2]
;;     v21 = constant.i32[1]
;;     v22 = constant.i32[1]
;;     callRuntime[tableCopy] v21, v22, v18, v19, v20 : (i32, i32, i64, i64, i64) -> ()
;;     v23 = constant.i32[0]
;;     callRuntime[elementDrop] v23 : (i32) -> ()
;;     v24 = loadContext.i64[72]
;;     v25 = wrap.i64 v24
;;     v26 = extendUnsigned.i32 v0
;;     v27 = loadContext.i64[72]
;;     v28 = compare.greaterOrEqualUnsigned.i64 v26, v27
;;     trapIf["out of bounds table access"] v28
;;     v29 = loadContext.i64[64]
;;     v30 = constant.i64[3]
;;     v31 = shiftLeft.i64 v26, v30
;;     v32 = add.i64 v29, v31
;;     v33 = load.full.reference v32
;;     v34 = constant.i64[4]
;;     v35 = constant.i32[1]
;;     v36 = callRuntime[tableGrow] v35, v2, v34 : (i32, reference, i64) -> (i64)
;;     return v33, v36
;; }
