;; The callee has more parameters on the stack than the caller, so that the frame above it grows.
(module
  (func $many (param f32 f32 f32 f32 f32 f32 f32 f32 f32 i64) (result f32) (f32.sub (local.get 8) (local.get 0)))
  (func (param f32 i64) (result f32)
    (return_call $many (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0) (local.get 0)
      (local.get 0) (f32.const 2) (f32.const 3) (local.get 1))))

;; compiled
;; ; SSA form
;; function "many" (9*f32, i64) -> (f32) {
;; block0(v0: f32, v1: f32, v2: f32, v3: f32, v4: f32, v5: f32, v6: f32, v7: f32, v8: f32, v9: i64):
;;     v10 = floatSubtract.f32 v8, v0 @0x2d
;;     return v10 @0x2e
;; }
;; function "$1" (f32, i64) -> (f32) {
;; block0(v0: f32, v1: i64):
;;     v2 = constant.f32[0x40000000] @0x4b
;;     v3 = constant.f32[0x40400000] @0x4b
;;     returnCall[0] v0, v0, v0, v0, v0, v0, v0, v2, v3, v1 : (9*f32, i64) -> (f32) @0x4b
;; }
;; ; x86_64: instructions
;; ; function 0 many
;; ; call layout: 16 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: f32 v0, f32 v1, f32 v2, f32 v3, f32 v4, f32 v5, f32 v6, f32 v7, f32 +0, i64 i7
;; ;   results: f32 v0
;; ; selected
;; function many
;; block 0:
;;     %0:fixed v0, %1:fixed v1, %2:fixed v2, %3:fixed v3, %4:fixed v4, %5:fixed v5, %6:fixed v6, %7:fixed v7, %9:fixed i7 = entry
;;     %8:any = loadFrame.f32 incomingArguments+0
;;   ; wasm 0x2d
;;     %10:reuse 1 = subss %8:register, %0:any
;;   ; wasm 0x2e
;;     return %10:fixed v0
;; ; allocated
;; function many
;; block 0:
;;     %0:v0, %1:v1, %2:v2, %3:v3, %4:v4, %5:v5, %6:v6, %7:v7, %9:i7 = entry
;;     move v0 -> v1
;;     %8:v0 = loadFrame.f32 incomingArguments+0
;;   ; wasm 0x2d
;;     %10:v0 = subss %8:v0, %0:v1
;;   ; wasm 0x2e
;;     return %10:v0
;; ; frame of 0 bytes, pops 16 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: f32 v0, i64 i7
;; ;   results: f32 v0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed v0, %1:fixed i7 = entry
;;   ; wasm 0x4b
;;     %2:register = movssRM pool 0x40000000
;;     %3:register = movssRM pool 0x40400000
;;     storeFrame.f32 outgoingArguments+0 %3:any
;;     tailCall function 0 (stack arguments 16) %0:fixed v0, %0:fixed v1, %0:fixed v2, %0:fixed v3, %0:fixed v4, %0:fixed v5, %0:fixed v6, %2:fixed v7, %1:fixed i7
;; ; allocated
;; function $1
;; block 0:
;;     %0:v0, %1:i7 = entry
;;   ; wasm 0x4b
;;     %2:v7 = movssRM pool 0x40000000
;;     %3:v3 = movssRM pool 0x40400000
;;     storeFrame.f32 outgoingArguments+0 %3:v3
;;     move v0 -> v1
;;     move v0 -> v2
;;     move v0 -> v3
;;     move v0 -> v4
;;     move v0 -> v5
;;     move v0 -> v6
;;     tailCall function 0 (stack arguments 16) %0:v0, %0:v1, %0:v2, %0:v3, %0:v4, %0:v5, %0:v6, %2:v7, %1:i7
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: outgoing arguments, 16 bytes
;; ; x86_64: code
;; ; x86_64, 248 bytes, results by definitions
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
;; function 0 many, 0x50..<0x7e, frame of 0 bytes
;;   00000050  55                              pushq %rbp
;;   00000051  48 8b ec                        movq %rsp, %rbp
;;   00000054  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000058  49 3b e3                        cmpq %r11, %rsp
;;   0000005b  0f 82 13 00 00 00               jb 0x74
;;   00000061  0f 28 c8                        movaps %xmm0, %xmm1
;;   00000064  f3 0f 10 45 10                  movss 0x10(%rbp), %xmm0
;;   00000069  f3 0f 5c c1                     subss %xmm1, %xmm0                        ; wasm 0x2d
;;   0000006d  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x2e
;;   00000070  5d                              popq %rbp
;;   00000071  c2 10 00                        retq $0x10
;;   00000074  b8 00 10 00 00                  movl $0x1000, %eax
;;   00000079  e9 82 ff ff ff                  jmp 0x0
;; function 1 $1, 0x80..<0xf8, frame of 16 bytes
;;   00000080  55                              pushq %rbp
;;   00000081  48 8b ec                        movq %rsp, %rbp
;;   00000084  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000088  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   0000008f  49 3b e3                        cmpq %r11, %rsp
;;   00000092  0f 82 4e 00 00 00               jb 0xe6
;;   00000098  48 83 ec 10                     subq $0x10, %rsp
;;   0000009c  f3 0f 10 3d 4c 00 00 00         movss 0x4c(%rip), %xmm7                   ; wasm 0x4b
;;   000000a4  f3 0f 10 1d 48 00 00 00         movss 0x48(%rip), %xmm3
;;   000000ac  f3 0f 11 1c 24                  movss %xmm3, (%rsp)
;;   000000b1  0f 28 c8                        movaps %xmm0, %xmm1
;;   000000b4  0f 28 d0                        movaps %xmm0, %xmm2
;;   000000b7  0f 28 d8                        movaps %xmm0, %xmm3
;;   000000ba  0f 28 e0                        movaps %xmm0, %xmm4
;;   000000bd  0f 28 e8                        movaps %xmm0, %xmm5
;;   000000c0  0f 28 f0                        movaps %xmm0, %xmm6
;;   000000c3  4c 8b 7c 24 18                  movq 0x18(%rsp), %r15
;;   000000c8  48 8b 6c 24 10                  movq 0x10(%rsp), %rbp
;;   000000cd  44 0f 10 3c 24                  movups (%rsp), %xmm15
;;   000000d2  44 0f 11 7c 24 10               movups %xmm15, 0x10(%rsp)
;;   000000d8  4c 89 7c 24 08                  movq %r15, 0x8(%rsp)
;;   000000dd  48 83 c4 08                     addq $0x8, %rsp
;;   000000e1  e9 6a ff ff ff                  jmp 0x50
;;   000000e6  b8 00 10 00 00                  movl $0x1000, %eax
;;   000000eb  e9 10 ff ff ff                  jmp 0x0
;;   000000f0  00 00 00 40 00 00 40 40         .byte 0x0, 0x0, 0x0, 0x40, 0x0, 0x0, 0x40, 0x40
;; ; arm64: instructions
;; ; function 0 many
;; ; call layout: 16 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: f32 v0, f32 v1, f32 v2, f32 v3, f32 v4, f32 v5, f32 v6, f32 v7, f32 +0, i64 i0
;; ;   results: f32 v0
;; ; selected
;; function many
;; block 0:
;;     %0:fixed v0, %1:fixed v1, %2:fixed v2, %3:fixed v3, %4:fixed v4, %5:fixed v5, %6:fixed v6, %7:fixed v7, %9:fixed i0 = entry
;;     %8:any = loadFrame.f32 incomingArguments+0
;;   ; wasm 0x2d
;;     %10:register = fsub.32 %8:register, %0:register
;;   ; wasm 0x2e
;;     return %10:fixed v0
;; ; allocated
;; function many
;; block 0:
;;     %0:v0, %1:v1, %2:v2, %3:v3, %4:v4, %5:v5, %6:v6, %7:v7, %9:i0 = entry
;;     %8:v1 = loadFrame.f32 incomingArguments+0
;;   ; wasm 0x2d
;;     %10:v0 = fsub.32 %8:v1, %0:v0
;;   ; wasm 0x2e
;;     return %10:v0
;; ; frame of 0 bytes, pops 16 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: f32 v0, i64 i0
;; ;   results: f32 v0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed v0, %1:fixed i0 = entry
;;   ; wasm 0x4b
;;     %2:register = floatConstant 0x40000000
;;     %3:register = floatConstant 0x40400000
;;     storeFrame.f32 outgoingArguments+0 %3:any
;;     tailCall function 0 (stack arguments 16) %0:fixed v0, %0:fixed v1, %0:fixed v2, %0:fixed v3, %0:fixed v4, %0:fixed v5, %0:fixed v6, %2:fixed v7, %1:fixed i0
;; ; allocated
;; function $1
;; block 0:
;;     %0:v0, %1:i0 = entry
;;   ; wasm 0x4b
;;     %2:v7 = floatConstant 0x40000000
;;     %3:v3 = floatConstant 0x40400000
;;     storeFrame.f32 outgoingArguments+0 %3:v3
;;     move v0 -> v1
;;     move v0 -> v2
;;     move v0 -> v3
;;     move v0 -> v4
;;     move v0 -> v5
;;     move v0 -> v6
;;     tailCall function 0 (stack arguments 16) %0:v0, %0:v1, %0:v2, %0:v3, %0:v4, %0:v5, %0:v6, %2:v7, %1:i0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: outgoing arguments, 16 bytes
;; ; arm64: code
;; ; arm64, 304 bytes, results by definitions
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
;; function 0 many, 0x90..<0xc4, frame of 0 bytes
;;   00000090  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000094  fd 03 00 91                     mov x29, sp
;;   00000098  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000009c  ff 63 31 eb                     cmp sp, x17
;;   000000a0  e3 00 00 54                     b.lo 0xbc
;;   000000a4  a1 13 40 bd                     ldr s1, [x29, #0x10]
;;   000000a8  20 38 20 1e                     fsub s0, s1, s0                           ; wasm 0x2d
;;   000000ac  bf 03 00 91                     mov sp, x29                               ; wasm 0x2e
;;   000000b0  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000b4  ff 43 00 91                     add sp, sp, #0x10
;;   000000b8  c0 03 5f d6                     ret
;;   000000bc  00 00 82 52                     mov w0, #0x1000
;;   000000c0  d0 ff ff 17                     b 0x0
;; function 1 $1, 0xd0..<0x130, frame of 16 bytes
;;   000000d0  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   000000d4  fd 03 00 91                     mov x29, sp
;;   000000d8  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   000000dc  31 42 00 91                     add x17, x17, #0x10
;;   000000e0  ff 63 31 eb                     cmp sp, x17
;;   000000e4  23 02 00 54                     b.lo 0x128
;;   000000e8  ff 43 00 d1                     sub sp, sp, #0x10
;;   000000ec  07 10 20 1e                     fmov s7, #2.00000000                      ; wasm 0x4b
;;   000000f0  03 10 21 1e                     fmov s3, #3.00000000
;;   000000f4  e3 03 00 bd                     str s3, [sp]
;;   000000f8  01 40 60 1e                     fmov d1, d0
;;   000000fc  02 40 60 1e                     fmov d2, d0
;;   00000100  03 40 60 1e                     fmov d3, d0
;;   00000104  04 40 60 1e                     fmov d4, d0
;;   00000108  05 40 60 1e                     fmov d5, d0
;;   0000010c  06 40 60 1e                     fmov d6, d0
;;   00000110  fe 0f 40 f9                     ldr x30, [sp, #0x18]
;;   00000114  fd 0b 40 f9                     ldr x29, [sp, #0x10]
;;   00000118  ff 03 c0 3d                     ldr q31, [sp]
;;   0000011c  ff 07 80 3d                     str q31, [sp, #0x10]
;;   00000120  ff 43 00 91                     add sp, sp, #0x10
;;   00000124  db ff ff 17                     b 0x90
;;   00000128  00 00 82 52                     mov w0, #0x1000
;;   0000012c  b5 ff ff 17                     b 0x0
