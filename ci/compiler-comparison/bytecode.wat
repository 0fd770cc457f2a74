;; An interpreter of a small stack machine: a dispatch by br_table in a loop, and a stack in memory.
(module
  (memory 1)
  ;; 0: push the byte that follows; 1: add; 2: duplicate; 3: exchange; 4: multiply; 5: exclusive or; 6: back to the start
  ;; while the counter is not zero; 7: rotate.
  (data (i32.const 0) "\02\07\00\05\01\03\02\04\05\03\07\00\03\01\02\01\07\01\06")

  (func $execute (param $rounds i32) (result i32)
    (local $counter i32) (local $top i32) (local $opcode i32)
    (local.set $top (i32.const 1024))
    (i32.store (i32.const 1024) (i32.const 17))
    (i32.store (i32.const 1020) (i32.const 29))
    (block $end
      (loop $instructions
        (local.set $opcode (i32.load8_u (local.get $counter)))
        (local.set $counter (i32.add (local.get $counter) (i32.const 1)))
        (block $rotate
          (block $again
            (block $exclusiveOr
              (block $multiply
                (block $exchange
                  (block $duplicate
                    (block $add
                      (block $push
                        (br_table $push $add $duplicate $exchange $multiply $exclusiveOr $again $rotate
                          (local.get $opcode)))
                      (local.set $top (i32.add (local.get $top) (i32.const 4)))
                      (i32.store (local.get $top) (i32.load8_u (local.get $counter)))
                      (local.set $counter (i32.add (local.get $counter) (i32.const 1)))
                      (br $instructions))
                    (local.set $top (i32.sub (local.get $top) (i32.const 4)))
                    (i32.store
                      (local.get $top)
                      (i32.add (i32.load (local.get $top)) (i32.load offset=4 (local.get $top))))
                    (br $instructions))
                  (i32.store offset=4 (local.get $top) (i32.load (local.get $top)))
                  (local.set $top (i32.add (local.get $top) (i32.const 4)))
                  (br $instructions))
                (local.set $opcode (i32.load (local.get $top)))
                (i32.store (local.get $top) (i32.load (i32.sub (local.get $top) (i32.const 4))))
                (i32.store (i32.sub (local.get $top) (i32.const 4)) (local.get $opcode))
                (br $instructions))
              (local.set $top (i32.sub (local.get $top) (i32.const 4)))
              (i32.store
                (local.get $top)
                (i32.mul
                  (i32.load (local.get $top))
                  (i32.or (i32.load offset=4 (local.get $top)) (i32.const 1))))
              (br $instructions))
            (local.set $top (i32.sub (local.get $top) (i32.const 4)))
            (i32.store
              (local.get $top)
              (i32.xor (i32.load (local.get $top)) (i32.load offset=4 (local.get $top))))
            (br $instructions))
          (local.set $counter (i32.const 0))
          (local.set $top (i32.const 1024))
          (br_if $instructions (local.tee $rounds (i32.sub (local.get $rounds) (i32.const 1))))
          (br $end))
        (i32.store (local.get $top) (i32.rotl (i32.load (local.get $top)) (i32.const 5)))
        (br $instructions)))
    (i32.load (i32.const 1024)))

  (func (export "run") (result i64)
    (i64.extend_i32_u (call $execute (i32.const 1000000)))))
