;; Lanes of vectors, and a vector in memory between two words.
(module
  (func $three (param v128) (result i64 v128 i64) (i64.const 1) (local.get 0) (i64.const 2))
  (func (param v128 i32) (result i32 v128)
    (local v128)
    (i32x4.extract_lane 2 (i32x4.add (local.get 0) (i32x4.splat (local.get 1))))
    (call $three (local.get 0)) (drop) (local.set 2) (drop) (local.get 2)))

;; compiled
;; ; SSA form
;; function "three" (v128) -> (i64, v128, i64) {
;; block0(v0: v128):
;;     v1 = constant.i64[1] @0x23
;;     v2 = constant.i64[2] @0x27
;;     return v1, v0, v2 @0x29
;; }
;; function "$1" (v128, i32) -> (i32, v128) {
;; block0(v0: v128, v1: i32):
;;     v2 = vector.i32x4.splat v1 @0x32
;;     v3 = vector.i32x4.add v0, v2 @0x34
;;     v4 = vector.i32x4.extract_lane[2] v3 @0x37
;;     v5..v7 = call[0] v0 : (v128) -> (i64, v128, i64) @0x3c
;;     return v4, v6 @0x44
;; }
;; ; x86_64: instructions
;; ; function 0 three
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: v128 v0
;; ;   results: i64 i0, v128 v0, i64 i1
;; ; selected
;; function three
;; block 0:
;;     %0:fixed v0 = entry
;;   ; wasm 0x23
;;     %1:register = loadImmediate #1
;;   ; wasm 0x27
;;     %2:register = loadImmediate #2
;;   ; wasm 0x29
;;     return %1:fixed i0, %0:fixed v0, %2:fixed i1
;; ; allocated
;; function three
;; block 0:
;;     %0:v0 = entry
;;   ; wasm 0x23
;;     %1:i0 = loadImmediate #1
;;   ; wasm 0x27
;;     %2:i1 = loadImmediate #2
;;   ; wasm 0x29
;;     return %1:i0, %0:v0, %2:i1
;; ; frame of 0 bytes, pops 0 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: v128 v0, i32 i7
;; ;   results: i32 i0, v128 v0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed v0, %1:fixed i7 = entry
;;   ; wasm 0x32
;;     %2:register = i32x4.splat %1:any
;;   ; wasm 0x34
;;     %3:reuse 1 = i32x4.add %0:register, %2:any
;;   ; wasm 0x37
;;     %4:register = i32x4.extract_lane #2 %3:register
;;   ; wasm 0x3c
;;     %5:fixed i0, %6:fixed v0, %7:fixed i1 = call function 0 %0:fixed v0
;;   ; wasm 0x44
;;     return %4:fixed i0, %6:fixed v0
;; ; allocated
;; function $1
;; block 0:
;;     %0:v0, %1:i7 = entry
;;     move i7 -> i0
;;   ; wasm 0x32
;;     %2:v2 = i32x4.splat %1:i0
;;   ; wasm 0x34
;;     move v0 -> v1
;;     %3:v1 = i32x4.add %0:v1, %2:v2
;;   ; wasm 0x37
;;     %4:i0 = i32x4.extract_lane #2 %3:v1
;;     move i0 -> slot 0
;;   ; wasm 0x3c
;;     %5:i0, %6:v0, %7:i1 = call function 0 %0:v0
;;     move slot 0 -> i0
;;   ; wasm 0x44
;;     return %4:i0, %6:v0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ; x86_64: code
;; ; x86_64, 209 bytes, results by definitions
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
;; function 0 three, 0x50..<0x7a, frame of 0 bytes
;;   00000050  55                              pushq %rbp
;;   00000051  48 8b ec                        movq %rsp, %rbp
;;   00000054  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000058  49 3b e3                        cmpq %r11, %rsp
;;   0000005b  0f 82 0f 00 00 00               jb 0x70
;;   00000061  b8 01 00 00 00                  movl $0x1, %eax                           ; wasm 0x23
;;   00000066  b9 02 00 00 00                  movl $0x2, %ecx                           ; wasm 0x27
;;   0000006b  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x29
;;   0000006e  5d                              popq %rbp
;;   0000006f  c3                              retq
;;   00000070  b8 00 10 00 00                  movl $0x1000, %eax
;;   00000075  e9 86 ff ff ff                  jmp 0x0
;; function 1 $1, 0x80..<0xd1, frame of 16 bytes
;;   00000080  55                              pushq %rbp
;;   00000081  48 8b ec                        movq %rsp, %rbp
;;   00000084  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000088  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   0000008f  49 3b e3                        cmpq %r11, %rsp
;;   00000092  0f 82 2f 00 00 00               jb 0xc7
;;   00000098  48 83 ec 10                     subq $0x10, %rsp
;;   0000009c  48 8b c7                        movq %rdi, %rax
;;   0000009f  66 0f 6e d0                     movd %eax, %xmm2                          ; wasm 0x32
;;   000000a3  66 0f 70 d2 00                  pshufd $0x0, %xmm2, %xmm2
;;   000000a8  0f 28 c8                        movaps %xmm0, %xmm1
;;   000000ab  66 0f fe ca                     paddd %xmm2, %xmm1                        ; wasm 0x34
;;   000000af  66 0f 3a 16 c8 02               pextrd $0x2, %xmm1, %eax                  ; wasm 0x37
;;   000000b5  48 89 04 24                     movq %rax, (%rsp)
;;   000000b9  e8 92 ff ff ff                  callq 0x50                                ; wasm 0x3c
;;   000000be  48 8b 04 24                     movq (%rsp), %rax
;;   000000c2  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x44
;;   000000c5  5d                              popq %rbp
;;   000000c6  c3                              retq
;;   000000c7  b8 00 10 00 00                  movl $0x1000, %eax
;;   000000cc  e9 2f ff ff ff                  jmp 0x0
;; ; arm64: instructions
;; ; function 0 three
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: v128 v0
;; ;   results: i64 i0, v128 v0, i64 i1
;; ; selected
;; function three
;; block 0:
;;     %0:fixed v0 = entry
;;   ; wasm 0x23
;;     %1:register = loadImmediate #1
;;   ; wasm 0x27
;;     %2:register = loadImmediate #2
;;   ; wasm 0x29
;;     return %1:fixed i0, %0:fixed v0, %2:fixed i1
;; ; allocated
;; function three
;; block 0:
;;     %0:v0 = entry
;;   ; wasm 0x23
;;     %1:i0 = loadImmediate #1
;;   ; wasm 0x27
;;     %2:i1 = loadImmediate #2
;;   ; wasm 0x29
;;     return %1:i0, %0:v0, %2:i1
;; ; frame of 0 bytes, pops 0 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: v128 v0, i32 i0
;; ;   results: i32 i0, v128 v0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed v0, %1:fixed i0 = entry
;;   ; wasm 0x32
;;     %2:register = i32x4.splat %1:register
;;   ; wasm 0x34
;;     %3:register = i32x4.add %0:register, %2:register
;;   ; wasm 0x37
;;     %4:register = i32x4.extract_lane #2 %3:register
;;   ; wasm 0x3c
;;     %5:fixed i0, %6:fixed v0, %7:fixed i1 = call function 0 %0:fixed v0
;;   ; wasm 0x44
;;     return %4:fixed i0, %6:fixed v0
;; ; allocated
;; function $1
;; block 0:
;;     %0:v0, %1:i0 = entry
;;   ; wasm 0x32
;;     %2:v1 = i32x4.splat %1:i0
;;   ; wasm 0x34
;;     %3:v1 = i32x4.add %0:v0, %2:v1
;;   ; wasm 0x37
;;     %4:i0 = i32x4.extract_lane #2 %3:v1
;;     move i0 -> slot 0
;;   ; wasm 0x3c
;;     %5:i0, %6:v0, %7:i1 = call function 0 %0:v0
;;     move slot 0 -> i0
;;   ; wasm 0x44
;;     return %4:i0, %6:v0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ; arm64: code
;; ; arm64, 264 bytes, results by definitions
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
;; function 0 three, 0x90..<0xc0, frame of 0 bytes
;;   00000090  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000094  fd 03 00 91                     mov x29, sp
;;   00000098  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000009c  ff 63 31 eb                     cmp sp, x17
;;   000000a0  c3 00 00 54                     b.lo 0xb8
;;   000000a4  20 00 80 52                     mov w0, #0x1                              ; wasm 0x23
;;   000000a8  41 00 80 52                     mov w1, #0x2                              ; wasm 0x27
;;   000000ac  bf 03 00 91                     mov sp, x29                               ; wasm 0x29
;;   000000b0  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000b4  c0 03 5f d6                     ret
;;   000000b8  00 00 82 52                     mov w0, #0x1000
;;   000000bc  d1 ff ff 17                     b 0x0
;; function 1 $1, 0xc0..<0x108, frame of 16 bytes
;;   000000c0  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   000000c4  fd 03 00 91                     mov x29, sp
;;   000000c8  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   000000cc  31 42 00 91                     add x17, x17, #0x10
;;   000000d0  ff 63 31 eb                     cmp sp, x17
;;   000000d4  63 01 00 54                     b.lo 0x100
;;   000000d8  ff 43 00 d1                     sub sp, sp, #0x10
;;   000000dc  01 0c 04 4e                     dup v1.4s, w0                             ; wasm 0x32
;;   000000e0  01 84 a1 4e                     add v1.4s, v0.4s, v1.4s                   ; wasm 0x34
;;   000000e4  20 3c 14 0e                     mov w0, v1.s[2]                           ; wasm 0x37
;;   000000e8  e0 03 00 f9                     str x0, [sp]
;;   000000ec  e9 ff ff 97                     bl 0x90                                   ; wasm 0x3c
;;   000000f0  e0 03 40 f9                     ldr x0, [sp]
;;   000000f4  bf 03 00 91                     mov sp, x29                               ; wasm 0x44
;;   000000f8  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000fc  c0 03 5f d6                     ret
;;   00000100  00 00 82 52                     mov w0, #0x1000
;;   00000104  bf ff ff 17                     b 0x0
