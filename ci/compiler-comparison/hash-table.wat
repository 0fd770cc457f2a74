;; A table of 64-bit keys with linear probing, filled and asked with numbers of a generator: multiplications and shifts of
;; i64, and memory accesses that depend on each other.
(module
  ;; 65,536 entries of 16 bytes: a key, which is not zero where there is one, and a count.
  (memory 16)
  (global $state (mut i64) (i64.const 0x2545F4914F6CDD1D))

  ;; The next number of xorshift64*.
  (func $next (result i64)
    (local $x i64)
    (local.set $x (global.get $state))
    (local.set $x (i64.xor (local.get $x) (i64.shr_u (local.get $x) (i64.const 12))))
    (local.set $x (i64.xor (local.get $x) (i64.shl (local.get $x) (i64.const 25))))
    (local.set $x (i64.xor (local.get $x) (i64.shr_u (local.get $x) (i64.const 27))))
    (global.set $state (local.get $x))
    (i64.mul (local.get $x) (i64.const 0x2545F4914F6CDD1D)))

  ;; The address of the entry of a key, or of the empty entry where it belongs.
  (func $find (param $key i64) (result i32)
    (local $address i32) (local $found i64)
    (local.set $address
      (i32.shl
        (i32.wrap_i64 (i64.shr_u (i64.mul (local.get $key) (i64.const 0x9E3779B97F4A7C15)) (i64.const 48)))
        (i32.const 4)))
    (block $end
      (loop $probes
        (local.set $found (i64.load (local.get $address)))
        (br_if $end (i64.eqz (local.get $found)))
        (br_if $end (i64.eq (local.get $found) (local.get $key)))
        (local.set $address
          (i32.and (i32.add (local.get $address) (i32.const 16)) (i32.const 0xFFFFF)))
        (br $probes)))
    (local.get $address))

  (func (export "run") (result i64)
    (local $round i32) (local $key i64) (local $address i32) (local $sum i64)
    (loop $rounds
      ;; One of 40,000 keys.
      (local.set $key (i64.add (i64.rem_u (call $next) (i64.const 40000)) (i64.const 1)))
      (local.set $address (call $find (local.get $key)))
      (i64.store (local.get $address) (local.get $key))
      (i64.store offset=8
        (local.get $address)
        (i64.add (i64.load offset=8 (local.get $address)) (i64.const 1)))
      (local.set $sum
        (i64.add
          (i64.rotl (local.get $sum) (i64.const 1))
          (i64.load offset=8 (local.get $address))))
      (br_if $rounds (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 2000000))))
    (local.get $sum)))
