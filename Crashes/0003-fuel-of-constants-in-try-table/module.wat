(module
  (type (;0;) (func))
  (tag (;0;) (type 0))
  (export "main" (func 0))
  (func (;0;) (type 0)
    block $caught
      try_table (catch_all $caught)
        i32.const 0
        drop
        i32.const 1
        drop
        i32.const 2
        drop
        i32.const 3
        drop
        i32.const 4
        drop
        i32.const 5
        drop
        i32.const 6
        drop
        i32.const 7
        drop
        i32.const 8
        drop
        i32.const 9
        drop
        i32.const 10
        drop
        i32.const 11
        drop
        i32.const 12
        drop
        i32.const 13
        drop
        i32.const 14
        drop
        i32.const 15
        drop
        block $never
          try_table (catch_all $never)
            i32.const 16
            drop
          end
        end
        block $never
          try_table (catch_all $never)
            i32.const 17
            drop
          end
        end
        block $never
          try_table (catch_all $never)
            i32.const 18
            drop
          end
        end
        throw 0
      end
    end
  )
)
