;; Steps of the Mandelbrot iteration over a square of points: floats in locals, and a loop with two ends.
(module
  (func $steps (param $x f64) (param $y f64) (result i32)
    (local $real f64) (local $imaginary f64) (local $squareOfReal f64) (local $squareOfImaginary f64) (local $count i32)
    (block $outside
      (loop $iterations
        (local.set $squareOfReal (f64.mul (local.get $real) (local.get $real)))
        (local.set $squareOfImaginary (f64.mul (local.get $imaginary) (local.get $imaginary)))
        (br_if $outside
          (f64.gt (f64.add (local.get $squareOfReal) (local.get $squareOfImaginary)) (f64.const 4)))
        (local.set $imaginary
          (f64.add
            (f64.mul (f64.mul (local.get $real) (local.get $imaginary)) (f64.const 2))
            (local.get $y)))
        (local.set $real
          (f64.add (f64.sub (local.get $squareOfReal) (local.get $squareOfImaginary)) (local.get $x)))
        (br_if $iterations
          (i32.lt_u (local.tee $count (i32.add (local.get $count) (i32.const 1))) (i32.const 500)))))
    (local.get $count))

  (func (export "run") (result i64)
    (local $row i32) (local $column i32) (local $sum i64)
    (loop $rows
      (local.set $column (i32.const 0))
      (loop $columns
        (local.set $sum
          (i64.add
            (local.get $sum)
            (i64.extend_i32_u
              (call $steps
                (f64.sub (f64.mul (f64.convert_i32_s (local.get $column)) (f64.const 0.0125)) (f64.const 2))
                (f64.sub (f64.mul (f64.convert_i32_s (local.get $row)) (f64.const 0.0125)) (f64.const 1.25))))))
        (br_if $columns
          (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (i32.const 240))))
      (br_if $rows (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (i32.const 200))))
    (local.get $sum)))
