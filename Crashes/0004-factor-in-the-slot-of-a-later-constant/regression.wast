;; a joined product and sum read a factor whose slot a later constant had taken

;; the reduced module
(module
  (type (;0;) (func (result f64)))
  (export "f" (func 0))
  (func (;0;) (type 0) (result f64)
    f64.const 0x0p+0 (;=0.0;)
    f64.abs
    drop
    f64.const 0x1p+0 (;=1.0;)
    f64.abs
    drop
    f64.const 0x1p+1 (;=2.0;)
    f64.abs
    drop
    f64.const 0x1.8p+1 (;=3.0;)
    f64.abs
    drop
    f64.const 0x1p+2 (;=4.0;)
    f64.abs
    drop
    f64.const 0x1.4p+2 (;=5.0;)
    f64.abs
    drop
    f64.const 0x1.8p+2 (;=6.0;)
    f64.abs
    drop
    f64.const 0x1.cp+2 (;=7.0;)
    f64.abs
    drop
    f64.const 0x1p+3 (;=8.0;)
    f64.abs
    drop
    f64.const 0x1.2p+3 (;=9.0;)
    f64.abs
    drop
    f64.const 0x1.4p+3 (;=10.0;)
    f64.abs
    drop
    f64.const 0x1.6p+3 (;=11.0;)
    f64.abs
    drop
    f64.const 0x1.8p+3 (;=12.0;)
    f64.abs
    drop
    f64.const 0x1.ap+3 (;=13.0;)
    f64.abs
    drop
    f64.const 0x1.cp+3 (;=14.0;)
    f64.abs
    drop
    f64.const 0x1.ep+3 (;=15.0;)
    f64.abs
    drop
    f64.const 0x1p+32 (;=4294967296.0;)
    f64.const 0x1.fffffca501acbp-1 (;=0.9999999;)
    f64.mul
    i64.const 2
    f64.reinterpret_i64
    f64.add
  )
)
(assert_return (invoke "f") (f64.const 0x1.fffffca501acbp+31))
