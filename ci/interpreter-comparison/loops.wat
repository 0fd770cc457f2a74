;; Three kinds of loops: numbers in locals, bytes of a memory, and a product of matrices of floats.
(module
  (memory 16)

  ;; Steps of Collatz sequences, added up.
  (func $collatz (param $limit i32) (result i64)
    (local $start i32) (local $value i64) (local $steps i64)
    (local.set $start (i32.const 1))
    (loop $starts
      (local.set $value (i64.extend_i32_u (local.get $start)))
      (block $done
        (loop $sequence
          (br_if $done (i64.eq (local.get $value) (i64.const 1)))
          (if (i64.eqz (i64.and (local.get $value) (i64.const 1)))
            (then (local.set $value (i64.shr_u (local.get $value) (i64.const 1))))
            (else (local.set $value (i64.add (i64.mul (local.get $value) (i64.const 3)) (i64.const 1)))))
          (local.set $steps (i64.add (local.get $steps) (i64.const 1)))
          (br $sequence)))
      (local.set $start (i32.add (local.get $start) (i32.const 1)))
      (br_if $starts (i32.lt_u (local.get $start) (local.get $limit))))
    (local.get $steps))

  ;; The number of primes below a limit, by the sieve of Eratosthenes.
  (func $sieve (param $limit i32) (result i32)
    (local $number i32) (local $multiple i32) (local $count i32)
    (memory.fill (i32.const 0) (i32.const 0) (local.get $limit))
    (local.set $number (i32.const 2))
    (loop $numbers
      (if (i32.eqz (i32.load8_u (local.get $number)))
        (then
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (local.set $multiple (i32.add (local.get $number) (local.get $number)))
          (block $end
            (loop $multiples
              (br_if $end (i32.ge_u (local.get $multiple) (local.get $limit)))
              (i32.store8 (local.get $multiple) (i32.const 1))
              (local.set $multiple (i32.add (local.get $multiple) (local.get $number)))
              (br $multiples)))))
      (br_if $numbers (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (local.get $limit))))
    (local.get $count))

  ;; The trace of the product of two matrices of 128 by 128 numbers.
  (func $product (result f64)
    (local $row i32) (local $column i32) (local $index i32) (local $sum f64) (local $trace f64)
    (local.set $row (i32.const 0))
    (loop $fill
      (f64.store (i32.shl (local.get $row) (i32.const 3)) (f64.convert_i32_u (i32.rem_u (local.get $row) (i32.const 7))))
      (f64.store offset=131072
        (i32.shl (local.get $row) (i32.const 3))
        (f64.convert_i32_u (i32.rem_u (local.get $row) (i32.const 5))))
      (br_if $fill (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.const 16384))))
    (local.set $row (i32.const 0))
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
                  (i32.shl (i32.add (i32.shl (local.get $row) (i32.const 7)) (local.get $index)) (i32.const 3)))
                (f64.load offset=131072
                  (i32.shl (i32.add (i32.shl (local.get $index) (i32.const 7)) (local.get $column)) (i32.const 3))))))
          (br_if $indices
            (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (i32.const 128))))
        (if (i32.eq (local.get $row) (local.get $column))
          (then (local.set $trace (f64.add (local.get $trace) (local.get $sum)))))
        (br_if $columns
          (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (i32.const 128))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.const 128))))
    (local.get $trace))

  (func (export "run") (result i64)
    (local $round i32) (local $sum i64)
    (local.set $sum (call $collatz (i32.const 300000)))
    (loop $rounds
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (call $sieve (i32.const 1000000)))))
      (local.set $sum (i64.add (local.get $sum) (i64.trunc_f64_s (call $product))))
      (br_if $rounds (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 8))))
    (local.get $sum)))
