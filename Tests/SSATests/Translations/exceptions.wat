(module
  (type $pair (func (param i32 f64)))
  (tag $pair (type $pair))
  (tag $empty)
  (func $callee (param i32) (result i32) (local.get 0))

  (func $throw (param i32 f64)
    (throw $pair (local.get 0) (local.get 1)))

  (func $throw_ref (param exnref)
    (throw_ref (local.get 0)))

  ;; Each call has its own landing, which passes the locals that the body assigns.
  (func $catch (param i32) (result i32 f64) (local i32)
    (block $caught (result i32 f64)
      (try_table (result i32) (catch $pair $caught)
        (call $callee (local.get 0))
        (local.set 1)
        (call $callee (local.get 1)))
      (f64.const 1))
    (drop)
    (local.get 1)
    (i32.add)
    (f64.const 2))

  ;; The inner clauses are tried first, then the outer ones; catch_all ends the search.
  (func $nested (result i32)
    (block $all
      (block $pair (result i32 f64 exnref)
        (try_table (catch_all $all)
          (try_table (catch_ref $pair $pair) (catch $empty $all)
            (throw $empty)))
        (return (i32.const 1)))
      (drop) (drop)
      (return))
    (i32.const 3))

  ;; A tail call leaves the handlers behind.
  (func $tail (param i32) (result i32)
    (block $all
      (try_table (catch_all $all)
        (return_call $callee (local.get 0))))
    (i32.const 1))

  ;; Nothing throws: no landing.
  (func $quiet (result i32)
    (block $all
      (try_table (catch_all $all) (nop)))
    (i32.const 1)))

;; SSA form
;; function "callee" (i32) -> (i32) {
;; block0(v0: i32):
;;     return v0
;; }
;; function "throw" (i32, f64) -> () {
;; block0(v0: i32, v1: f64):
;;     v2 = constant.i32[0]
;;     v3 = callRuntime[allocateException] v2 : (i32) -> (reference)
;;     store.full.i32[16] v3, v0
;;     store.full.f64[32] v3, v1
;;     callRuntime[throwReference] v3 : (reference) -> ()
;;     trap["unreachable"]
;; }
;; function "throw_ref" (reference) -> () {
;; block0(v0: reference):
;;     v1 = constant.reference[0]
;;     v2 = compare.equal.reference v0, v1
;;     trapIf["null exception reference"] v2
;;     callRuntime[throwReference] v0 : (reference) -> ()
;;     trap["unreachable"]
;; }
;; function "catch" (i32) -> (i32, f64) {
;; block0(v0: i32):
;;     v5 = constant.i32[0]
;;     v6 = tryCall[0] v0, block1, block3 : (i32) -> (i32)
;; block1:
;;     v7 = tryCall[0] v6, block2, block4 : (i32) -> (i32)
;; block2:
;;     jump block8
;; block3:
;;     v8 = landingPad
;;     jump block5(v8, v5)
;; block4:
;;     v9 = landingPad
;;     jump block5(v9, v6)
;; block5(v1: reference, v2: i32):
;;     v10 = load.full.i64 v1
;;     v11 = loadContext.i64[64]
;;     v12 = compare.equal.i64 v10, v11
;;     branchIf v12, block6, block7
;; block6:
;;     v13 = load.full.i32[16] v1
;;     v14 = load.full.f64[32] v1
;;     jump block9(v13, v2)
;; block7:
;;     callRuntime[throwReference] v1 : (reference) -> ()
;;     trap["unreachable"]
;; block8:
;;     jump block9(v7, v6)
;; block9(v3: i32, v4: i32):
;;     v15 = add.i32 v3, v4
;;     v16 = constant.f64[0x4000000000000000]
;;     return v15, v16
;; }
;; function "nested" () -> (i32) {
;; block0:
;;     v0 = constant.i32[1]
;;     v1 = callRuntime[allocateException] v0 : (i32) -> (reference)
;;     tryCallRuntime[throwReference] v1, block1, block2 : (reference) -> ()
;; block1:
;;     trap["unreachable"]
;; block2:
;;     v2 = landingPad
;;     v3 = load.full.i64 v2
;;     v4 = loadContext.i64[64]
;;     v5 = compare.equal.i64 v3, v4
;;     branchIf v5, block3, block4
;; block3:
;;     v6 = load.full.i32[16] v2
;;     v7 = load.full.f64[32] v2
;;     jump block5
;; block4:
;;     v8 = loadContext.i64[72]
;;     v9 = compare.equal.i64 v3, v8
;;     branchIf v9, block6, block6
;; block5:
;;     return v6
;; block6:
;;     v10 = constant.i32[3]
;;     return v10
;; }
;; function "tail" (i32) -> (i32) {
;; block0(v0: i32):
;;     returnCall[0] v0 : (i32) -> (i32)
;; }
;; function "quiet" () -> (i32) {
;; block0:
;;     v0 = constant.i32[1]
;;     return v0
;; }
