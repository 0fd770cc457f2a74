;; Small functions: recursion with values that live across calls, and calls through a table.
(module
  (type $binary (func (param i64 i64) (result i64)))
  (table funcref (elem $sum $difference $mixture $product))

  (func $fibonacci (param $n i32) (result i64)
    (if (result i64) (i32.lt_u (local.get $n) (i32.const 2))
      (then (i64.extend_i32_u (local.get $n)))
      (else
        (i64.add
          (call $fibonacci (i32.sub (local.get $n) (i32.const 1)))
          (call $fibonacci (i32.sub (local.get $n) (i32.const 2)))))))

  (func $sum (type $binary) (i64.add (local.get 0) (local.get 1)))
  (func $difference (type $binary) (i64.sub (local.get 0) (local.get 1)))
  (func $mixture (type $binary) (i64.xor (i64.rotl (local.get 0) (i64.const 9)) (local.get 1)))
  (func $product (type $binary) (i64.mul (local.get 0) (i64.or (local.get 1) (i64.const 1))))

  (func $dispatch (param $rounds i32) (result i64)
    (local $round i32) (local $sum i64)
    (loop $calls
      (local.set $sum
        (call_indirect (type $binary)
          (local.get $sum)
          (i64.extend_i32_u (local.get $round))
          (i32.and (i32.add (local.get $round) (i32.wrap_i64 (local.get $sum))) (i32.const 3))))
      (br_if $calls
        (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (local.get $rounds))))
    (local.get $sum))

  (func (export "run") (result i64)
    (i64.add (call $fibonacci (i32.const 30)) (call $dispatch (i32.const 3000000)))))
