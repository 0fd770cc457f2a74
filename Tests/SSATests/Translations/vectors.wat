(module
  (memory 1)
  (func $pure (param v128 v128 i32) (result v128 i32)
    (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 31 (local.get 0) (local.get 1))
    (v128.const i32x4 1 2 3 4)
    (v128.bitselect (local.get 0))
    (i16x8.shl (local.get 2))
    (i8x16.replace_lane 15 (local.get 2))
    (i16x8.extract_lane_s 7 (local.get 1)))
  (func $memory (param i32 v128) (result v128 v128 v128 v128 v128)
    (v128.store (local.get 0) (local.get 1))
    (v128.store8_lane offset=4 3 (local.get 0) (local.get 1))
    (v128.store64_lane 1 (local.get 0) (local.get 1))
    (v128.load8x8_s (local.get 0))
    (v128.load16_splat (local.get 0))
    (v128.load64_splat (local.get 0))
    (v128.load32_zero (local.get 0))
    (v128.load32_lane 2 (local.get 0) (local.get 1))))

;; SSA form
;; function "pure" (v128, v128, i32) -> (v128, i32) {
;; block0(v0: v128, v1: v128, v2: i32):
;;     v3 = vector.i8x16.shuffle[0x1f161514131211100706050403020100] v0, v1
;;     v4 = constantVector[0x00000004000000030000000200000001]
;;     v5 = vector.v128.bitselect v3, v4, v0
;;     v6 = vector.i16x8.shl v5, v2
;;     v7 = vector.i8x16.replace_lane[15] v6, v2
;;     v8 = vector.i16x8.extract_lane_s[7] v1
;;     return v7, v8
;; }
;; function "memory" (i32, v128) -> (5*v128) {
;; block0(v0: i32, v1: v128):
;;     v2 = extendUnsigned.i32 v0
;;     v3 = constant.i64[16]
;;     v4 = add.i64 v2, v3
;;     v5 = loadContext.i64[72]
;;     v6 = compare.greaterUnsigned.i64 v4, v5
;;     trapIf["out of bounds memory access"] v6
;;     v7 = loadContext.i64[64]
;;     v8 = add.i64 v7, v2
;;     store.full.v128 v8, v1
;;     v9 = vector.i8x16.extract_lane_u[3] v1
;;     v10 = extendUnsigned.i32 v0
;;     v11 = constant.i64[5]
;;     v12 = add.i64 v10, v11
;;     v13 = loadContext.i64[72]
;;     v14 = compare.greaterUnsigned.i64 v12, v13
;;     trapIf["out of bounds memory access"] v14
;;     v15 = loadContext.i64[64]
;;     v16 = add.i64 v15, v10
;;     store.unsigned8.i32[4] v16, v9
;;     v17 = vector.f64x2.extract_lane[1] v1
;;     v18 = extendUnsigned.i32 v0
;;     v19 = constant.i64[8]
;;     v20 = add.i64 v18, v19
;;     v21 = loadContext.i64[72]
;;     v22 = compare.greaterUnsigned.i64 v20, v21
;;     trapIf["out of bounds memory access"] v22
;;     v23 = loadContext.i64[64]
;;     v24 = add.i64 v23, v18
;;     store.full.f64 v24, v17
;;     v25 = extendUnsigned.i32 v0
;;     v26 = constant.i64[8]
;;     v27 = add.i64 v25, v26
;;     v28 = loadContext.i64[72]
;;     v29 = compare.greaterUnsigned.i64 v27, v28
;;     trapIf["out of bounds memory access"] v29
;;     v30 = loadContext.i64[64]
;;     v31 = add.i64 v30, v25
;;     v32 = load.full.f64 v31
;;     v33 = vectorFromScalar.f64 v32
;;     v34 = vector.i16x8.extend_low_i8x16_s v33
;;     v35 = extendUnsigned.i32 v0
;;     v36 = constant.i64[2]
;;     v37 = add.i64 v35, v36
;;     v38 = loadContext.i64[72]
;;     v39 = compare.greaterUnsigned.i64 v37, v38
;;     trapIf["out of bounds memory access"] v39
;;     v40 = loadContext.i64[64]
;;     v41 = add.i64 v40, v35
;;     v42 = load.unsigned16.i32 v41
;;     v43 = vector.i16x8.splat v42
;;     v44 = extendUnsigned.i32 v0
;;     v45 = constant.i64[8]
;;     v46 = add.i64 v44, v45
;;     v47 = loadContext.i64[72]
;;     v48 = compare.greaterUnsigned.i64 v46, v47
;;     trapIf["out of bounds memory access"] v48
;;     v49 = loadContext.i64[64]
;;     v50 = add.i64 v49, v44
;;     v51 = load.full.f64 v50
;;     v52 = vector.f64x2.splat v51
;;     v53 = extendUnsigned.i32 v0
;;     v54 = constant.i64[4]
;;     v55 = add.i64 v53, v54
;;     v56 = loadContext.i64[72]
;;     v57 = compare.greaterUnsigned.i64 v55, v56
;;     trapIf["out of bounds memory access"] v57
;;     v58 = loadContext.i64[64]
;;     v59 = add.i64 v58, v53
;;     v60 = load.full.f32 v59
;;     v61 = vectorFromScalar.f32 v60
;;     v62 = extendUnsigned.i32 v0
;;     v63 = constant.i64[4]
;;     v64 = add.i64 v62, v63
;;     v65 = loadContext.i64[72]
;;     v66 = compare.greaterUnsigned.i64 v64, v65
;;     trapIf["out of bounds memory access"] v66
;;     v67 = loadContext.i64[64]
;;     v68 = add.i64 v67, v62
;;     v69 = load.full.f32 v68
;;     v70 = vector.f32x4.replace_lane[2] v1, v69
;;     return v34, v43, v52, v61, v70
;; }
