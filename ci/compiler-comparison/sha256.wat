;; The compression function of SHA-256 over blocks that are made from the digest before: rotations of i32, eight values
;; that change places in a loop, and a schedule in memory. The round constants are the cube roots of primes in fewer bits
;; than the standard's, so the digests are others.
;;
;; FIPS 180-4, section 6.2.2.
(module
  ;; 0: the constants; 256: the schedule; 512: the digest.
  (memory 1)

  ;; About the first 32 bits behind the point of the cube root of a number below 512, by bisection: only the upper bits of
  ;; the cube are compared.
  (func $root (param $number i32) (result i32)
    (local $low i64) (local $high i64) (local $middle i64)
    (local.set $high (i64.const 0x800000000))
    (loop $halves
      (local.set $middle (i64.shr_u (i64.add (local.get $low) (local.get $high)) (i64.const 1)))
      (if
        (i64.le_u
          (i64.mul
            (i64.shr_u
              (i64.mul (i64.shr_u (local.get $middle) (i64.const 4)) (i64.shr_u (local.get $middle) (i64.const 4)))
              (i64.const 32))
            (i64.shr_u (local.get $middle) (i64.const 8)))
          (i64.shl (i64.extend_i32_u (local.get $number)) (i64.const 48)))
        (then (local.set $low (local.get $middle)))
        (else (local.set $high (local.get $middle))))
      (br_if $halves (i64.gt_u (i64.sub (local.get $high) (local.get $low)) (i64.const 1))))
    (i32.wrap_i64 (local.get $low)))

  ;; A constant for each of the first 64 primes.
  (func $prepare
    (local $number i32) (local $divisor i32) (local $address i32)
    (local.set $number (i32.const 2))
    (loop $numbers
      (local.set $divisor (i32.const 2))
      (block $composite
        (block $prime
          (loop $divisors
            (br_if $prime (i32.gt_u (i32.mul (local.get $divisor) (local.get $divisor)) (local.get $number)))
            (br_if $composite (i32.eqz (i32.rem_u (local.get $number) (local.get $divisor))))
            (local.set $divisor (i32.add (local.get $divisor) (i32.const 1)))
            (br $divisors)))
        (i32.store (local.get $address) (call $root (local.get $number)))
        (local.set $address (i32.add (local.get $address) (i32.const 4))))
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (br_if $numbers (i32.lt_u (local.get $address) (i32.const 256)))))

  ;; Fills the schedule from the digest.
  (func $schedule (param $salt i32)
    (local $address i32) (local $word i32) (local $other i32)
    (loop $words
      (i32.store offset=256
        (local.get $address)
        (i32.xor
          (i32.load offset=512 (i32.and (local.get $address) (i32.const 31)))
          (i32.mul (i32.add (local.get $address) (local.get $salt)) (i32.const 0x9E3779B1))))
      (br_if $words (i32.lt_u (local.tee $address (i32.add (local.get $address) (i32.const 4))) (i32.const 64))))
    (loop $words
      (local.set $word (i32.load offset=196 (local.get $address)))
      (local.set $other (i32.load offset=248 (local.get $address)))
      (i32.store offset=256
        (local.get $address)
        (i32.add
          (i32.add
            (i32.load offset=192 (local.get $address))
            (i32.xor
              (i32.xor
                (i32.rotr (local.get $word) (i32.const 7))
                (i32.rotr (local.get $word) (i32.const 18)))
              (i32.shr_u (local.get $word) (i32.const 3))))
          (i32.add
            (i32.load offset=228 (local.get $address))
            (i32.xor
              (i32.xor
                (i32.rotr (local.get $other) (i32.const 17))
                (i32.rotr (local.get $other) (i32.const 19)))
              (i32.shr_u (local.get $other) (i32.const 10))))))
      (br_if $words (i32.lt_u (local.tee $address (i32.add (local.get $address) (i32.const 4))) (i32.const 256)))))

  (func $compress
    (local $a i32) (local $b i32) (local $c i32) (local $d i32)
    (local $e i32) (local $f i32) (local $g i32) (local $h i32)
    (local $first i32) (local $second i32) (local $address i32)
    (local.set $a (i32.load offset=512 (i32.const 0)))
    (local.set $b (i32.load offset=516 (i32.const 0)))
    (local.set $c (i32.load offset=520 (i32.const 0)))
    (local.set $d (i32.load offset=524 (i32.const 0)))
    (local.set $e (i32.load offset=528 (i32.const 0)))
    (local.set $f (i32.load offset=532 (i32.const 0)))
    (local.set $g (i32.load offset=536 (i32.const 0)))
    (local.set $h (i32.load offset=540 (i32.const 0)))
    (loop $rounds
      (local.set $first
        (i32.add
          (i32.add
            (i32.add
              (local.get $h)
              (i32.xor
                (i32.xor (i32.rotr (local.get $e) (i32.const 6)) (i32.rotr (local.get $e) (i32.const 11)))
                (i32.rotr (local.get $e) (i32.const 25))))
            (i32.xor
              (i32.and (local.get $e) (local.get $f))
              (i32.and (i32.xor (local.get $e) (i32.const -1)) (local.get $g))))
          (i32.add (i32.load (local.get $address)) (i32.load offset=256 (local.get $address)))))
      (local.set $second
        (i32.add
          (i32.xor
            (i32.xor (i32.rotr (local.get $a) (i32.const 2)) (i32.rotr (local.get $a) (i32.const 13)))
            (i32.rotr (local.get $a) (i32.const 22)))
          (i32.xor
            (i32.xor (i32.and (local.get $a) (local.get $b)) (i32.and (local.get $a) (local.get $c)))
            (i32.and (local.get $b) (local.get $c)))))
      (local.set $h (local.get $g))
      (local.set $g (local.get $f))
      (local.set $f (local.get $e))
      (local.set $e (i32.add (local.get $d) (local.get $first)))
      (local.set $d (local.get $c))
      (local.set $c (local.get $b))
      (local.set $b (local.get $a))
      (local.set $a (i32.add (local.get $first) (local.get $second)))
      (br_if $rounds
        (i32.lt_u (local.tee $address (i32.add (local.get $address) (i32.const 4))) (i32.const 256))))
    (i32.store offset=512 (i32.const 0) (i32.add (i32.load offset=512 (i32.const 0)) (local.get $a)))
    (i32.store offset=516 (i32.const 0) (i32.add (i32.load offset=516 (i32.const 0)) (local.get $b)))
    (i32.store offset=520 (i32.const 0) (i32.add (i32.load offset=520 (i32.const 0)) (local.get $c)))
    (i32.store offset=524 (i32.const 0) (i32.add (i32.load offset=524 (i32.const 0)) (local.get $d)))
    (i32.store offset=528 (i32.const 0) (i32.add (i32.load offset=528 (i32.const 0)) (local.get $e)))
    (i32.store offset=532 (i32.const 0) (i32.add (i32.load offset=532 (i32.const 0)) (local.get $f)))
    (i32.store offset=536 (i32.const 0) (i32.add (i32.load offset=536 (i32.const 0)) (local.get $g)))
    (i32.store offset=540 (i32.const 0) (i32.add (i32.load offset=540 (i32.const 0)) (local.get $h))))

  (func (export "run") (result i64)
    (local $block i32)
    (call $prepare)
    (loop $blocks
      (call $schedule (local.get $block))
      (call $compress)
      (br_if $blocks (i32.lt_u (local.tee $block (i32.add (local.get $block) (i32.const 1))) (i32.const 40000))))
    (i64.load offset=512 (i32.const 0))))
