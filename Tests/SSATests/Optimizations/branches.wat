(module
  (func $known (result i32)
    (if (result i32) (i32.eqz (i32.const 0)) (then (i32.const 1)) (else (unreachable))))
  (func $table (result i32)
    (block $a (block $b (br_table $a $b (i32.const 7))) (return (i32.const 1))) (i32.const 2))
  (func $turned (param i32) (result i32)
    (if (result i32) (i32.eqz (i32.eqz (i32.eqz (local.get 0)))) (then (i32.const 1)) (else (i32.const 2))))
  (func $dead (param i32)
    (local i32)
    (local.set 1 (i32.mul (local.get 0) (local.get 0)))))

;; SSA form
;; function "known" () -> (i32) {
;; block0:
;;     v0 = constant.i32[1]
;;     return v0
;; }
;; function "table" () -> (i32) {
;; block0:
;;     v0 = constant.i32[1]
;;     return v0
;; }
;; function "turned" (i32) -> (i32) {
;; block0(v0: i32):
;;     branchIf v0, block2, block1
;; block1:
;;     v2 = constant.i32[1]
;;     jump block3(v2)
;; block2:
;;     v3 = constant.i32[2]
;;     jump block3(v3)
;; block3(v1: i32):
;;     return v1
;; }
;; function "dead" (i32) -> () {
;; block0(v0: i32):
;;     return
;; }
