;; Recursion, with direct calls and through a table.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (table funcref (elem $add $subtract $exchange $greater))

  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $subtract (type $binary) (i32.sub (local.get 0) (local.get 1)))
  (func $exchange (type $binary) (call $subtract (local.get 1) (local.get 0)))
  (func $greater (type $binary)
    (if (result i32) (i32.gt_s (local.get 0) (local.get 1)) (then (local.get 0)) (else (local.get 1))))

  (func $fibonacci (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else
        (i32.add
          (call $fibonacci (i32.sub (local.get 0) (i32.const 1)))
          (call $fibonacci (i32.sub (local.get 0) (i32.const 2)))))))

  (func $takeuchi (param i32 i32 i32) (result i32)
    (if (i32.ge_s (local.get 1) (local.get 0)) (then (return (local.get 2))))
    (call $takeuchi
      (call $takeuchi (i32.sub (local.get 0) (i32.const 1)) (local.get 1) (local.get 2))
      (call $takeuchi (i32.sub (local.get 1) (i32.const 1)) (local.get 2) (local.get 0))
      (call $takeuchi (i32.sub (local.get 2) (i32.const 1)) (local.get 0) (local.get 1))))

  (func $mix (param $count i32) (result i32)
    (local $value i32)
    (loop $calls
      (local.set $value
        (call_indirect (type $binary)
          (local.get $value) (local.get $count) (i32.and (local.get $count) (i32.const 3))))
      (br_if $calls (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $value))

  (func (export "run") (result i64)
    (i64.extend_i32_s
      (i32.add
        (i32.add (call $fibonacci (i32.const 36)) (call $takeuchi (i32.const 24) (i32.const 16) (i32.const 8)))
        (call $mix (i32.const 15000000))))))
