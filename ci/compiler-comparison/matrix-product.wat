;; The product of two matrices of 96 by 96 floats in memory, several times; the answer is the bits of its trace.
(module
  (memory 4)

  (func $fill
    (local $index i32)
    (loop $cells
      (f64.store
        (i32.shl (local.get $index) (i32.const 3))
        (f64.convert_i32_u (i32.rem_u (local.get $index) (i32.const 7))))
      (f64.store offset=73728
        (i32.shl (local.get $index) (i32.const 3))
        (f64.convert_i32_u (i32.rem_u (local.get $index) (i32.const 5))))
      (br_if $cells (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (i32.const 9216)))))

  (func $multiply
    (local $row i32) (local $column i32) (local $index i32) (local $sum f64)
    (loop $rows
      (local.set $column (i32.const 0))
      (loop $columns
        (local.set $index (i32.const 0))
        (local.set $sum (f64.const 0))
        (loop $indices
          (local.set $sum
            (f64.add
              (local.get $sum)
              (f64.mul
                (f64.load
                  (i32.shl
                    (i32.add (i32.mul (local.get $row) (i32.const 96)) (local.get $index))
                    (i32.const 3)))
                (f64.load offset=73728
                  (i32.shl
                    (i32.add (i32.mul (local.get $index) (i32.const 96)) (local.get $column))
                    (i32.const 3))))))
          (br_if $indices
            (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (i32.const 96))))
        (f64.store offset=147456
          (i32.shl
            (i32.add (i32.mul (local.get $row) (i32.const 96)) (local.get $column))
            (i32.const 3))
          (local.get $sum))
        (br_if $columns
          (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (i32.const 96))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.const 96)))))

  (func $trace (result f64)
    (local $row i32) (local $sum f64)
    (loop $rows
      (local.set $sum
        (f64.add
          (local.get $sum)
          (f64.load offset=147456 (i32.mul (local.get $row) (i32.const 776)))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.const 96))))
    (local.get $sum))

  (func (export "run") (result i64)
    (local $round i32)
    (call $fill)
    (loop $rounds
      (call $multiply)
      (br_if $rounds (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 40))))
    (i64.reinterpret_f64 (call $trace))))
