(module
  (type (;0;) (func (result v128)))
  (global (;0;) (mut v128) (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000))
  (export "f" (func 0))
  (func (;0;) (type 0) (result v128)
    global.get 0
    global.get 0
    v128.const i32x4 0x00200000 0xc1e00000 0x00000000 0x80000000
    f64x2.relaxed_nmadd
  )
)
