;; Vectors: the sum of the squares of differences of bytes, 16 at a time, and a scaled sum of floats, four at a time.
(module
  (memory 2)

  (func $fill
    (local $address i32)
    (loop $words
      (i32.store (local.get $address) (i32.mul (local.get $address) (i32.const 0x9E3779B1)))
      (br_if $words
        (i32.lt_u (local.tee $address (i32.add (local.get $address) (i32.const 4))) (i32.const 131072)))))

  (func $distance (result i32)
    (local $address i32) (local $low v128) (local $high v128) (local $sum v128)
    (loop $vectors
      (local.set $low
        (i16x8.sub
          (i16x8.extend_low_i8x16_u (v128.load (local.get $address)))
          (i16x8.extend_low_i8x16_u (v128.load offset=65536 (local.get $address)))))
      (local.set $high
        (i16x8.sub
          (i16x8.extend_high_i8x16_u (v128.load (local.get $address)))
          (i16x8.extend_high_i8x16_u (v128.load offset=65536 (local.get $address)))))
      (local.set $sum
        (i32x4.add
          (local.get $sum)
          (i32x4.add
            (i32x4.dot_i16x8_s (local.get $low) (local.get $low))
            (i32x4.dot_i16x8_s (local.get $high) (local.get $high)))))
      (br_if $vectors
        (i32.lt_u (local.tee $address (i32.add (local.get $address) (i32.const 16))) (i32.const 65536))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
      (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))

  (func $weight (result i32)
    (local $address i32) (local $sum v128)
    (loop $vectors
      (local.set $sum
        (f32x4.add
          (f32x4.mul (local.get $sum) (f32x4.splat (f32.const 0.875)))
          (f32x4.convert_i32x4_s (v128.load (local.get $address)))))
      (br_if $vectors
        (i32.lt_u (local.tee $address (i32.add (local.get $address) (i32.const 16))) (i32.const 65536))))
    (i32.xor
      (i32x4.extract_lane 1 (local.get $sum))
      (i32x4.extract_lane 2 (local.get $sum))))

  (func (export "run") (result i64)
    (local $round i32) (local $sum i64)
    (call $fill)
    (loop $rounds
      (local.set $sum
        (i64.add
          (i64.rotl (local.get $sum) (i64.const 1))
          (i64.extend_i32_u (i32.add (call $distance) (call $weight)))))
      (i32.store (i32.shl (local.get $round) (i32.const 2)) (i32.wrap_i64 (local.get $sum)))
      (br_if $rounds
        (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (i32.const 3000))))
    (local.get $sum)))
