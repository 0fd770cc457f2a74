;; The primes below two million, by a sieve with one bit a number: shifts, masks and bytes of memory.
(module
  (memory 4)

  (func $sieve (param $limit i32) (result i32)
    (local $number i32) (local $multiple i32) (local $count i32) (local $address i32)
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 262144))
    (local.set $number (i32.const 2))
    (loop $numbers
      (if
        (i32.eqz
          (i32.and
            (i32.shr_u
              (i32.load8_u (i32.shr_u (local.get $number) (i32.const 3)))
              (i32.and (local.get $number) (i32.const 7)))
            (i32.const 1)))
        (then
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (local.set $multiple (i32.shl (local.get $number) (i32.const 1)))
          (block $end
            (loop $multiples
              (br_if $end (i32.ge_u (local.get $multiple) (local.get $limit)))
              (local.set $address (i32.shr_u (local.get $multiple) (i32.const 3)))
              (i32.store8
                (local.get $address)
                (i32.or
                  (i32.load8_u (local.get $address))
                  (i32.shl (i32.const 1) (i32.and (local.get $multiple) (i32.const 7)))))
              (local.set $multiple (i32.add (local.get $multiple) (local.get $number)))
              (br $multiples)))))
      (br_if $numbers
        (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (local.get $limit))))
    (local.get $count))

  (func (export "run") (result i64)
    (local $round i32) (local $sum i64)
    (loop $rounds
      (local.set $sum (i64.add (local.get $sum) (i64.extend_i32_u (call $sieve (i32.const 2000000)))))
      (br_if $rounds (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 3))))
    (local.get $sum)))
