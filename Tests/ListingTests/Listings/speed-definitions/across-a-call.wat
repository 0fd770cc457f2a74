;; What lives across a call is stored once; constants are made again where they are used.
(module
  (func $other (param i64) (result i64) (local.get 0))
  (func (param i64 f64) (result f64 i64)
    (local i64)
    (local.set 2 (i64.mul (local.get 0) (i64.const 1234567890123)))
    (call $other (local.get 2)) (drop)
    (f64.add (local.get 1) (f64.const 0.5))
    (i64.add (local.get 2) (call $other (i64.const 1234567890123)))))

;; compiled
;; ; SSA form
;; function "other" (i64) -> (i64) {
;; block0(v0: i64):
;;     return v0 @0x23
;; }
;; function "$1" (i64, f64) -> (f64, i64) {
;; block0(v0: i64, v1: f64):
;;     v2 = constant.i64[1234567890123] @0x31
;;     v3 = multiply.i64 v0, v2 @0x31
;;     v4 = call[0] v3 : (i64) -> (i64) @0x36
;;     v5 = constant.f64[0x3fe0000000000000] @0x44
;;     v6 = floatAdd.f64 v1, v5 @0x44
;;     v7 = constant.i64[1234567890123] @0x4e
;;     v8 = call[0] v7 : (i64) -> (i64) @0x4e
;;     v9 = add.i64 v3, v8 @0x50
;;     return v6, v9 @0x51
;; }
;; ; x86_64: instructions
;; ; function 0 other
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i64 i7
;; ;   results: i64 i0
;; ; selected
;; function other
;; block 0:
;;     %0:fixed i7 = entry
;;   ; wasm 0x23
;;     return %0:fixed i0
;; ; allocated
;; function other
;; block 0:
;;     %0:i7 = entry
;;   ; wasm 0x23
;;     move i7 -> i0
;;     return %0:i0
;; ; frame of 0 bytes, pops 0 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i64 i7, f64 v0
;; ;   results: f64 v0, i64 i0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed i7, %1:fixed v0 = entry
;;   ; wasm 0x31
;;     %2:register = loadImmediate #1234567890123
;;     %3:reuse 1 = imul64RM %0:register, %2:any
;;   ; wasm 0x36
;;     %4:fixed i0 = call function 0 %3:fixed i7
;;   ; wasm 0x44
;;     %6:reuse 1 = addsd pool 0x3fe0000000000000 %1:register
;;   ; wasm 0x4e
;;     %7:register = loadImmediate #1234567890123
;;     %8:fixed i0 = call function 0 %7:fixed i7
;;   ; wasm 0x50
;;     %9:reuse 1 = add64RM %8:register, %3:any
;;   ; wasm 0x51
;;     return %6:fixed v0, %9:fixed i0
;; ; allocated
;; function $1
;; block 0:
;;     %0:i7, %1:v0 = entry
;;   ; wasm 0x31
;;     move i7 -> slot 0
;;     move v0 -> slot 1
;;     %2:i0 = loadImmediate #1234567890123
;;     move slot 0 -> i7
;;     %3:i7 = imul64RM %0:i7, %2:i0
;;   ; wasm 0x36
;;     move i7 -> slot 0
;;     move slot 0 -> i7
;;     %4:i0 = call function 0 %3:i7
;;   ; wasm 0x44
;;     move slot 1 -> v0
;;     %6:v0 = addsd pool 0x3fe0000000000000 %1:v0
;;   ; wasm 0x4e
;;     move v0 -> slot 1
;;     %7:i7 = loadImmediate #1234567890123
;;     %8:i0 = call function 0 %7:i7
;;   ; wasm 0x50
;;     move i0 -> i6
;;     move i6 -> i0
;;     %9:i0 = add64RM %8:i0, %3:slot 0
;;   ; wasm 0x51
;;     move slot 1 -> v0
;;     return %6:v0, %9:i0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 16 bytes
;; ; x86_64: code
;; ; x86_64, 272 bytes, results by definitions
;; trap exit, 0x0..<0x4e, frame of 0 bytes
;;   00000000  4c 8d b8 ff ef ff ff            leaq -0x1001(%rax), %r15
;;   00000007  45 85 ff                        testl %r15d, %r15d
;;   0000000a  0f 85 15 00 00 00               jne 0x25
;;   00000010  49 8b 06                        movq (%r14), %rax
;;   00000013  48 8b 68 10                     movq 0x10(%rax), %rbp
;;   00000017  4c 8b 78 18                     movq 0x18(%rax), %r15
;;   0000001b  49 8d 27                        leaq (%r15), %rsp
;;   0000001e  4c 8b 78 08                     movq 0x8(%rax), %r15
;;   00000022  41 ff e7                        jmpq *%r15
;;   00000025  4d 8b 3e                        movq (%r14), %r15
;;   00000028  49 8b 2f                        movq (%r15), %rbp
;;   0000002b  4d 8b 3e                        movq (%r14), %r15
;;   0000002e  48 8b 75 f8                     movq -0x8(%rbp), %rsi
;;   00000032  49 89 37                        movq %rsi, (%r15)
;;   00000035  48 8b 5d f0                     movq -0x10(%rbp), %rbx
;;   00000039  4c 8b 65 e8                     movq -0x18(%rbp), %r12
;;   0000003d  4c 8b 6d e0                     movq -0x20(%rbp), %r13
;;   00000041  4c 8b 75 d8                     movq -0x28(%rbp), %r14
;;   00000045  4c 8b 7d d0                     movq -0x30(%rbp), %r15
;;   00000049  48 8b e5                        movq %rbp, %rsp
;;   0000004c  5d                              popq %rbp
;;   0000004d  c3                              retq
;; function 0 other, 0x50..<0x73, frame of 0 bytes
;;   00000050  55                              pushq %rbp
;;   00000051  48 8b ec                        movq %rsp, %rbp
;;   00000054  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000058  49 3b e3                        cmpq %r11, %rsp
;;   0000005b  0f 82 08 00 00 00               jb 0x69
;;   00000061  48 8b c7                        movq %rdi, %rax
;;   00000064  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x23
;;   00000067  5d                              popq %rbp
;;   00000068  c3                              retq
;;   00000069  b8 00 10 00 00                  movl $0x1000, %eax
;;   0000006e  e9 8d ff ff ff                  jmp 0x0
;; function 1 $1, 0x80..<0x110, frame of 16 bytes
;;   00000080  55                              pushq %rbp
;;   00000081  48 8b ec                        movq %rsp, %rbp
;;   00000084  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000088  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   0000008f  49 3b e3                        cmpq %r11, %rsp
;;   00000092  0f 82 65 00 00 00               jb 0xfd
;;   00000098  48 83 ec 10                     subq $0x10, %rsp
;;   0000009c  48 89 3c 24                     movq %rdi, (%rsp)
;;   000000a0  f2 0f 11 44 24 08               movsd %xmm0, 0x8(%rsp)
;;   000000a6  48 b8 cb 04 fb 71 1f 01 00 00   movabsq $0x11f71fb04cb, %rax              ; wasm 0x31
;;   000000b0  48 8b 3c 24                     movq (%rsp), %rdi
;;   000000b4  48 0f af f8                     imulq %rax, %rdi
;;   000000b8  48 89 3c 24                     movq %rdi, (%rsp)
;;   000000bc  48 8b 3c 24                     movq (%rsp), %rdi
;;   000000c0  e8 8b ff ff ff                  callq 0x50                                ; wasm 0x36
;;   000000c5  f2 0f 10 44 24 08               movsd 0x8(%rsp), %xmm0
;;   000000cb  f2 0f 58 05 35 00 00 00         addsd 0x35(%rip), %xmm0                   ; wasm 0x44
;;   000000d3  f2 0f 11 44 24 08               movsd %xmm0, 0x8(%rsp)
;;   000000d9  48 bf cb 04 fb 71 1f 01 00 00   movabsq $0x11f71fb04cb, %rdi              ; wasm 0x4e
;;   000000e3  e8 68 ff ff ff                  callq 0x50
;;   000000e8  48 8b f0                        movq %rax, %rsi
;;   000000eb  48 8b c6                        movq %rsi, %rax
;;   000000ee  48 03 04 24                     addq (%rsp), %rax                         ; wasm 0x50
;;   000000f2  f2 0f 10 44 24 08               movsd 0x8(%rsp), %xmm0
;;   000000f8  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x51
;;   000000fb  5d                              popq %rbp
;;   000000fc  c3                              retq
;;   000000fd  b8 00 10 00 00                  movl $0x1000, %eax
;;   00000102  e9 f9 fe ff ff                  jmp 0x0
;;   00000107  00 00 00 00 00 00 00 e0         .byte 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0xe0
;;   0000010f  3f                              .byte 0x3f
;; ; arm64: instructions
;; ; function 0 other
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i64 i0
;; ;   results: i64 i0
;; ; selected
;; function other
;; block 0:
;;     %0:fixed i0 = entry
;;   ; wasm 0x23
;;     return %0:fixed i0
;; ; allocated
;; function other
;; block 0:
;;     %0:i0 = entry
;;   ; wasm 0x23
;;     return %0:i0
;; ; frame of 0 bytes, pops 0 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i64 i0, f64 v0
;; ;   results: f64 v0, i64 i0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed i0, %1:fixed v0 = entry
;;   ; wasm 0x31
;;     %2:register = loadImmediate #1234567890123
;;     %3:register = madd.64 %0:register, %2:register
;;   ; wasm 0x36
;;     %4:fixed i0 = call function 0 %3:fixed i0
;;   ; wasm 0x44
;;     %5:register = floatConstant 0x3fe0000000000000
;;     %6:register = fadd.64 %1:register, %5:register
;;   ; wasm 0x4e
;;     %7:register = loadImmediate #1234567890123
;;     %8:fixed i0 = call function 0 %7:fixed i0
;;   ; wasm 0x50
;;     %9:register = addShifted.64 %3:register, %8:register
;;   ; wasm 0x51
;;     return %6:fixed v0, %9:fixed i0
;; ; allocated
;; function $1
;; block 0:
;;     %0:i0, %1:v0 = entry
;;   ; wasm 0x31
;;     move v0 -> slot 0
;;     %2:i2 = loadImmediate #1234567890123
;;     %3:i0 = madd.64 %0:i0, %2:i2
;;   ; wasm 0x36
;;     move i0 -> slot 1
;;     move slot 1 -> i0
;;     %4:i0 = call function 0 %3:i0
;;   ; wasm 0x44
;;     %5:v5 = floatConstant 0x3fe0000000000000
;;     move slot 0 -> v0
;;     %6:v0 = fadd.64 %1:v0, %5:v5
;;   ; wasm 0x4e
;;     move v0 -> slot 0
;;     %7:i0 = loadImmediate #1234567890123
;;     %8:i0 = call function 0 %7:i0
;;   ; wasm 0x50
;;     move i0 -> i8
;;     move slot 1 -> i0
;;     %9:i0 = addShifted.64 %3:i0, %8:i8
;;   ; wasm 0x51
;;     move slot 0 -> v0
;;     return %6:v0, %9:i0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 16 bytes
;; ; arm64: code
;; ; arm64, 320 bytes, results by definitions
;; trap exit, 0x0..<0x8c, frame of 0 bytes
;;   00000000  10 04 40 d1                     sub x16, x0, #0x1, lsl #12
;;   00000004  10 06 00 d1                     sub x16, x16, #0x1
;;   00000008  f0 00 00 35                     cbnz w16, 0x24
;;   0000000c  80 03 40 f9                     ldr x0, [x28]
;;   00000010  1d 08 40 f9                     ldr x29, [x0, #0x10]
;;   00000014  10 0c 40 f9                     ldr x16, [x0, #0x18]
;;   00000018  1f 02 00 91                     mov sp, x16
;;   0000001c  10 04 40 f9                     ldr x16, [x0, #0x8]
;;   00000020  00 02 1f d6                     br x16
;;   00000024  90 03 40 f9                     ldr x16, [x28]
;;   00000028  1d 02 40 f9                     ldr x29, [x16]
;;   0000002c  90 03 40 f9                     ldr x16, [x28]
;;   00000030  a1 83 5f f8                     ldur x1, [x29, #-0x8]
;;   00000034  01 02 00 f9                     str x1, [x16]
;;   00000038  b3 03 5f f8                     ldur x19, [x29, #-0x10]
;;   0000003c  b4 83 5e f8                     ldur x20, [x29, #-0x18]
;;   00000040  b5 03 5e f8                     ldur x21, [x29, #-0x20]
;;   00000044  b6 83 5d f8                     ldur x22, [x29, #-0x28]
;;   00000048  b7 03 5d f8                     ldur x23, [x29, #-0x30]
;;   0000004c  b8 83 5c f8                     ldur x24, [x29, #-0x38]
;;   00000050  b9 03 5c f8                     ldur x25, [x29, #-0x40]
;;   00000054  ba 83 5b f8                     ldur x26, [x29, #-0x48]
;;   00000058  bb 03 5b f8                     ldur x27, [x29, #-0x50]
;;   0000005c  bc 83 5a f8                     ldur x28, [x29, #-0x58]
;;   00000060  a8 03 5a fc                     ldur d8, [x29, #-0x60]
;;   00000064  a9 83 59 fc                     ldur d9, [x29, #-0x68]
;;   00000068  aa 03 59 fc                     ldur d10, [x29, #-0x70]
;;   0000006c  ab 83 58 fc                     ldur d11, [x29, #-0x78]
;;   00000070  ac 03 58 fc                     ldur d12, [x29, #-0x80]
;;   00000074  ad 83 57 fc                     ldur d13, [x29, #-0x88]
;;   00000078  ae 03 57 fc                     ldur d14, [x29, #-0x90]
;;   0000007c  af 83 56 fc                     ldur d15, [x29, #-0x98]
;;   00000080  bf 03 00 91                     mov sp, x29
;;   00000084  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   00000088  c0 03 5f d6                     ret
;; function 0 other, 0x90..<0xb8, frame of 0 bytes
;;   00000090  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000094  fd 03 00 91                     mov x29, sp
;;   00000098  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000009c  ff 63 31 eb                     cmp sp, x17
;;   000000a0  83 00 00 54                     b.lo 0xb0
;;   000000a4  bf 03 00 91                     mov sp, x29                               ; wasm 0x23
;;   000000a8  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000ac  c0 03 5f d6                     ret
;;   000000b0  00 00 82 52                     mov w0, #0x1000
;;   000000b4  d3 ff ff 17                     b 0x0
;; function 1 $1, 0xc0..<0x140, frame of 16 bytes
;;   000000c0  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   000000c4  fd 03 00 91                     mov x29, sp
;;   000000c8  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   000000cc  31 42 00 91                     add x17, x17, #0x10
;;   000000d0  ff 63 31 eb                     cmp sp, x17
;;   000000d4  23 03 00 54                     b.lo 0x138
;;   000000d8  ff 43 00 d1                     sub sp, sp, #0x10
;;   000000dc  e0 03 00 fd                     str d0, [sp]
;;   000000e0  62 99 80 d2                     mov x2, #0x4cb                            ; wasm 0x31
;;   000000e4  62 3f ae f2                     movk x2, #0x71fb, lsl #16
;;   000000e8  e2 23 c0 f2                     movk x2, #0x11f, lsl #32
;;   000000ec  00 7c 02 9b                     mul x0, x0, x2
;;   000000f0  e0 07 00 f9                     str x0, [sp, #0x8]
;;   000000f4  e0 07 40 f9                     ldr x0, [sp, #0x8]
;;   000000f8  e6 ff ff 97                     bl 0x90                                   ; wasm 0x36
;;   000000fc  05 10 6c 1e                     fmov d5, #0.50000000                      ; wasm 0x44
;;   00000100  e0 03 40 fd                     ldr d0, [sp]
;;   00000104  00 28 65 1e                     fadd d0, d0, d5
;;   00000108  e0 03 00 fd                     str d0, [sp]
;;   0000010c  60 99 80 d2                     mov x0, #0x4cb                            ; wasm 0x4e
;;   00000110  60 3f ae f2                     movk x0, #0x71fb, lsl #16
;;   00000114  e0 23 c0 f2                     movk x0, #0x11f, lsl #32
;;   00000118  de ff ff 97                     bl 0x90
;;   0000011c  e8 03 00 aa                     mov x8, x0
;;   00000120  e0 07 40 f9                     ldr x0, [sp, #0x8]
;;   00000124  00 00 08 8b                     add x0, x0, x8                            ; wasm 0x50
;;   00000128  e0 03 40 fd                     ldr d0, [sp]
;;   0000012c  bf 03 00 91                     mov sp, x29                               ; wasm 0x51
;;   00000130  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   00000134  c0 03 5f d6                     ret
;;   00000138  00 00 82 52                     mov w0, #0x1000
;;   0000013c  b1 ff ff 17                     b 0x0
