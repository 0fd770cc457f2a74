;; The same module as for definitions at level speed: results in memory are loaded behind the call.
(module
  (func $six (param i32) (result i32 i32 i32 i32 i32 i64)
    (i32.const 1) (local.get 0) (i32.const 3) (local.get 0) (i32.add (local.get 0) (i32.const 5)) (i64.const 6))
  (func (export "reversed") (param i32) (result i64 i32)
    (local i32 i64)
    (call $six (local.get 0))
    (local.set 2) (local.set 1) (drop) (drop) (drop) (drop)
    (local.get 2) (local.get 1)))

;; compiled
;; ; SSA form
;; function "six" (i32) -> (5*i32, i64) {
;; block0(v0: i32):
;;     v1 = constant.i32[1] @0x33
;;     v2 = constant.i32[3] @0x37
;;     v3 = constant.i32[5] @0x3d
;;     v4 = add.i32 v0, v3 @0x3f
;;     v5 = constant.i64[6] @0x40
;;     return v1, v0, v2, v0, v4, v5 @0x42
;; }
;; function "$1" (i32) -> (i64, i32) {
;; block0(v0: i32):
;;     v1..v6 = call[0] v0 : (i32) -> (5*i32, i64) @0x4b
;;     return v6, v5 @0x59
;; }
;; ; x86_64: instructions
;; ; function 0 six
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i7
;; ;   results: i32 i0, i32 i1, i32 i2, i32 i6, i32 i7, i64 i8
;; ; selected
;; function six
;; block 0:
;;     %0:fixed i7 = entry
;;   ; wasm 0x33
;;     %1:register = mov32OI #1
;;   ; wasm 0x37
;;     %2:register = mov32OI #3
;;   ; wasm 0x3d
;;     %3:register = mov32OI #5
;;   ; wasm 0x3f
;;     %4:reuse 1 = add32RM %0:register, %3:any
;;   ; wasm 0x40
;;     %5:register = loadImmediate #6
;;   ; wasm 0x42
;;     return %1:fixed i0, %0:fixed i1, %2:fixed i2, %0:fixed i6, %4:fixed i7, %5:fixed i8
;; ; allocated
;; function six
;; block 0:
;;     %0:i7 = entry
;;     move i7 -> i1
;;   ; wasm 0x33
;;     %1:i0 = mov32OI #1
;;   ; wasm 0x37
;;     %2:i2 = mov32OI #3
;;   ; wasm 0x3d
;;     %3:i3 = mov32OI #5
;;   ; wasm 0x3f
;;     move i1 -> i7
;;     %4:i7 = add32RM %0:i7, %3:i3
;;   ; wasm 0x40
;;     %5:i8 = loadImmediate #6
;;   ; wasm 0x42
;;     move i1 -> i6
;;     return %1:i0, %0:i1, %2:i2, %0:i6, %4:i7, %5:i8
;; ; frame of 0 bytes, pops 0 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i7
;; ;   results: i64 i0, i32 i1
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed i7 = entry
;;   ; wasm 0x4b
;;     %1:fixed i0, %2:fixed i1, %3:fixed i2, %4:fixed i6, %5:fixed i7, %6:fixed i8 = call function 0 %0:fixed i7
;;   ; wasm 0x59
;;     return %6:fixed i0, %5:fixed i1
;; ; allocated
;; function $1
;; block 0:
;;     %0:i7 = entry
;;   ; wasm 0x4b
;;     %1:i0, %2:i1, %3:i2, %4:i6, %5:i7, %6:i8 = call function 0 %0:i7
;;     move i7 -> i1
;;     move i8 -> i0
;;   ; wasm 0x59
;;     return %6:i0, %5:i1
;; ; frame of 0 bytes, pops 0 bytes
;; ; entry stub for 1 -> 2 values
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i7
;; ;   results: i64 i0, i32 i1
;; ; selected
;; function entry stub
;; block 0:
;;     %0:fixed i6, %1:fixed i2 = entry
;;     %2:any = loadAddress.i32 +0 %1:register
;;     %3:fixed i0, %4:fixed i1 = call register %0:register, %2:fixed i7
;;     storeAddress.i64 +0 %3:any, %1:register
;;     storeAddress.i32 +16 %4:any, %1:register
;;     %5:register = loadImmediate #0
;;     returnToHost %5:fixed i0
;; ; allocated
;; function entry stub
;; block 0:
;;     %0:i6, %1:i2 = entry
;;     move i6 -> i0
;;     move i2 -> i1
;;     move i2 -> slot 0
;;     %2:i7 = loadAddress.i32 +0 %1:i1
;;     %3:i0, %4:i1 = call register %0:i0, %2:i7
;;     move i0 -> i2
;;     move slot 0 -> i0
;;     storeAddress.i64 +0 %3:i2, %1:i0
;;     storeAddress.i32 +16 %4:i1, %1:i0
;;     %5:i0 = loadImmediate #0
;;     returnToHost %5:i0
;; ; frame of 64 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ;   sp+16: registers of the host, 48 bytes
;; ; x86_64: code
;; ; x86_64, 337 bytes, results by loads
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
;; function 0 six, 0x50..<0x90, frame of 0 bytes
;;   00000050  55                              pushq %rbp
;;   00000051  48 8b ec                        movq %rsp, %rbp
;;   00000054  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000058  49 3b e3                        cmpq %r11, %rsp
;;   0000005b  0f 82 25 00 00 00               jb 0x86
;;   00000061  48 8b cf                        movq %rdi, %rcx
;;   00000064  b8 01 00 00 00                  movl $0x1, %eax                           ; wasm 0x33
;;   00000069  ba 03 00 00 00                  movl $0x3, %edx                           ; wasm 0x37
;;   0000006e  bb 05 00 00 00                  movl $0x5, %ebx                           ; wasm 0x3d
;;   00000073  48 8b f9                        movq %rcx, %rdi
;;   00000076  03 fb                           addl %ebx, %edi                           ; wasm 0x3f
;;   00000078  41 b8 06 00 00 00               movl $0x6, %r8d                           ; wasm 0x40
;;   0000007e  48 8b f1                        movq %rcx, %rsi
;;   00000081  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x42
;;   00000084  5d                              popq %rbp
;;   00000085  c3                              retq
;;   00000086  b8 00 10 00 00                  movl $0x1000, %eax
;;   0000008b  e9 70 ff ff ff                  jmp 0x0
;; function 1 $1, 0x90..<0xbb, frame of 0 bytes
;;   00000090  55                              pushq %rbp
;;   00000091  48 8b ec                        movq %rsp, %rbp
;;   00000094  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000098  49 3b e3                        cmpq %r11, %rsp
;;   0000009b  0f 82 10 00 00 00               jb 0xb1
;;   000000a1  e8 aa ff ff ff                  callq 0x50                                ; wasm 0x4b
;;   000000a6  48 8b cf                        movq %rdi, %rcx
;;   000000a9  49 8b c0                        movq %r8, %rax
;;   000000ac  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x59
;;   000000af  5d                              popq %rbp
;;   000000b0  c3                              retq
;;   000000b1  b8 00 10 00 00                  movl $0x1000, %eax
;;   000000b6  e9 45 ff ff ff                  jmp 0x0
;; entry stub for 1 -> 2 values, 0xc0..<0x151, frame of 64 bytes
;;   000000c0  55                              pushq %rbp
;;   000000c1  48 8b ec                        movq %rsp, %rbp
;;   000000c4  48 83 ec 30                     subq $0x30, %rsp
;;   000000c8  48 89 5d f0                     movq %rbx, -0x10(%rbp)
;;   000000cc  4c 89 65 e8                     movq %r12, -0x18(%rbp)
;;   000000d0  4c 89 6d e0                     movq %r13, -0x20(%rbp)
;;   000000d4  4c 89 75 d8                     movq %r14, -0x28(%rbp)
;;   000000d8  4c 89 7d d0                     movq %r15, -0x30(%rbp)
;;   000000dc  4c 8b f7                        movq %rdi, %r14
;;   000000df  4d 8b 3e                        movq (%r14), %r15
;;   000000e2  49 8b 3f                        movq (%r15), %rdi
;;   000000e5  48 89 7d f8                     movq %rdi, -0x8(%rbp)
;;   000000e9  49 89 2f                        movq %rbp, (%r15)
;;   000000ec  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   000000f0  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   000000f7  49 3b e3                        cmpq %r11, %rsp
;;   000000fa  0f 82 47 00 00 00               jb 0x147
;;   00000100  48 83 ec 10                     subq $0x10, %rsp
;;   00000104  48 8b c6                        movq %rsi, %rax
;;   00000107  48 8b ca                        movq %rdx, %rcx
;;   0000010a  48 89 14 24                     movq %rdx, (%rsp)
;;   0000010e  8b 39                           movl (%rcx), %edi
;;   00000110  ff d0                           callq *%rax
;;   00000112  48 8b d0                        movq %rax, %rdx
;;   00000115  48 8b 04 24                     movq (%rsp), %rax
;;   00000119  48 89 10                        movq %rdx, (%rax)
;;   0000011c  89 48 10                        movl %ecx, 0x10(%rax)
;;   0000011f  b8 00 00 00 00                  movl $0x0, %eax
;;   00000124  4d 8b 3e                        movq (%r14), %r15
;;   00000127  48 8b 75 f8                     movq -0x8(%rbp), %rsi
;;   0000012b  49 89 37                        movq %rsi, (%r15)
;;   0000012e  48 8b 5d f0                     movq -0x10(%rbp), %rbx
;;   00000132  4c 8b 65 e8                     movq -0x18(%rbp), %r12
;;   00000136  4c 8b 6d e0                     movq -0x20(%rbp), %r13
;;   0000013a  4c 8b 75 d8                     movq -0x28(%rbp), %r14
;;   0000013e  4c 8b 7d d0                     movq -0x30(%rbp), %r15
;;   00000142  48 8b e5                        movq %rbp, %rsp
;;   00000145  5d                              popq %rbp
;;   00000146  c3                              retq
;;   00000147  b8 00 10 00 00                  movl $0x1000, %eax
;;   0000014c  e9 af fe ff ff                  jmp 0x0
;; ; arm64: instructions
;; ; function 0 six
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0
;; ;   results: i32 i0, i32 i1, i32 i2, i32 i3, i32 i4, i64 i5
;; ; selected
;; function six
;; block 0:
;;     %0:fixed i0 = entry
;;   ; wasm 0x33
;;     %1:register = loadImmediate #1
;;   ; wasm 0x37
;;     %2:register = loadImmediate #3
;;   ; wasm 0x3d
;;     %3:register = loadImmediate #5
;;   ; wasm 0x3f
;;     %4:register = addShifted.32 %0:register, %3:register
;;   ; wasm 0x40
;;     %5:register = loadImmediate #6
;;   ; wasm 0x42
;;     return %1:fixed i0, %0:fixed i1, %2:fixed i2, %0:fixed i3, %4:fixed i4, %5:fixed i5
;; ; allocated
;; function six
;; block 0:
;;     %0:i0 = entry
;;     move i0 -> i1
;;   ; wasm 0x33
;;     %1:i0 = loadImmediate #1
;;   ; wasm 0x37
;;     %2:i2 = loadImmediate #3
;;   ; wasm 0x3d
;;     %3:i3 = loadImmediate #5
;;   ; wasm 0x3f
;;     %4:i4 = addShifted.32 %0:i1, %3:i3
;;   ; wasm 0x40
;;     %5:i5 = loadImmediate #6
;;   ; wasm 0x42
;;     move i1 -> i3
;;     return %1:i0, %0:i1, %2:i2, %0:i3, %4:i4, %5:i5
;; ; frame of 0 bytes, pops 0 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0
;; ;   results: i64 i0, i32 i1
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed i0 = entry
;;   ; wasm 0x4b
;;     %1:fixed i0, %2:fixed i1, %3:fixed i2, %4:fixed i3, %5:fixed i4, %6:fixed i5 = call function 0 %0:fixed i0
;;   ; wasm 0x59
;;     return %6:fixed i0, %5:fixed i1
;; ; allocated
;; function $1
;; block 0:
;;     %0:i0 = entry
;;   ; wasm 0x4b
;;     %1:i0, %2:i1, %3:i2, %4:i3, %5:i4, %6:i5 = call function 0 %0:i0
;;     move i4 -> i1
;;     move i5 -> i0
;;   ; wasm 0x59
;;     return %6:i0, %5:i1
;; ; frame of 0 bytes, pops 0 bytes
;; ; entry stub for 1 -> 2 values
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0
;; ;   results: i64 i0, i32 i1
;; ; selected
;; function entry stub
;; block 0:
;;     %0:fixed i1, %1:fixed i2 = entry
;;     %2:any = loadAddress.i32 +0 %1:register
;;     %3:fixed i0, %4:fixed i1 = call register %0:register, %2:fixed i0
;;     storeAddress.i64 +0 %3:any, %1:register
;;     storeAddress.i32 +16 %4:any, %1:register
;;     %5:register = loadImmediate #0
;;     returnToHost %5:fixed i0
;; ; allocated
;; function entry stub
;; block 0:
;;     %0:i1, %1:i2 = entry
;;     move i2 -> i0
;;     move i2 -> slot 0
;;     %2:i0 = loadAddress.i32 +0 %1:i0
;;     %3:i0, %4:i1 = call register %0:i1, %2:i0
;;     move i0 -> i2
;;     move slot 0 -> i0
;;     storeAddress.i64 +0 %3:i2, %1:i0
;;     storeAddress.i32 +16 %4:i1, %1:i0
;;     %5:i0 = loadImmediate #0
;;     returnToHost %5:i0
;; ; frame of 176 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ;   sp+16: registers of the host, 160 bytes
;; ; arm64: code
;; ; arm64, 552 bytes, results by loads
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
;; function 0 six, 0x90..<0xd4, frame of 0 bytes
;;   00000090  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000094  fd 03 00 91                     mov x29, sp
;;   00000098  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000009c  ff 63 31 eb                     cmp sp, x17
;;   000000a0  63 01 00 54                     b.lo 0xcc
;;   000000a4  e1 03 00 aa                     mov x1, x0
;;   000000a8  20 00 80 52                     mov w0, #0x1                              ; wasm 0x33
;;   000000ac  62 00 80 52                     mov w2, #0x3                              ; wasm 0x37
;;   000000b0  a3 00 80 52                     mov w3, #0x5                              ; wasm 0x3d
;;   000000b4  24 00 03 0b                     add w4, w1, w3                            ; wasm 0x3f
;;   000000b8  c5 00 80 52                     mov w5, #0x6                              ; wasm 0x40
;;   000000bc  e3 03 01 aa                     mov x3, x1
;;   000000c0  bf 03 00 91                     mov sp, x29                               ; wasm 0x42
;;   000000c4  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000c8  c0 03 5f d6                     ret
;;   000000cc  00 00 82 52                     mov w0, #0x1000
;;   000000d0  cc ff ff 17                     b 0x0
;; function 1 $1, 0xe0..<0x114, frame of 0 bytes
;;   000000e0  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   000000e4  fd 03 00 91                     mov x29, sp
;;   000000e8  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   000000ec  ff 63 31 eb                     cmp sp, x17
;;   000000f0  e3 00 00 54                     b.lo 0x10c
;;   000000f4  e7 ff ff 97                     bl 0x90                                   ; wasm 0x4b
;;   000000f8  e1 03 04 aa                     mov x1, x4
;;   000000fc  e0 03 05 aa                     mov x0, x5
;;   00000100  bf 03 00 91                     mov sp, x29                               ; wasm 0x59
;;   00000104  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   00000108  c0 03 5f d6                     ret
;;   0000010c  00 00 82 52                     mov w0, #0x1000
;;   00000110  bc ff ff 17                     b 0x0
;; entry stub for 1 -> 2 values, 0x120..<0x228, frame of 176 bytes
;;   00000120  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000124  fd 03 00 91                     mov x29, sp
;;   00000128  ff 83 02 d1                     sub sp, sp, #0xa0
;;   0000012c  b3 03 1f f8                     stur x19, [x29, #-0x10]
;;   00000130  b4 83 1e f8                     stur x20, [x29, #-0x18]
;;   00000134  b5 03 1e f8                     stur x21, [x29, #-0x20]
;;   00000138  b6 83 1d f8                     stur x22, [x29, #-0x28]
;;   0000013c  b7 03 1d f8                     stur x23, [x29, #-0x30]
;;   00000140  b8 83 1c f8                     stur x24, [x29, #-0x38]
;;   00000144  b9 03 1c f8                     stur x25, [x29, #-0x40]
;;   00000148  ba 83 1b f8                     stur x26, [x29, #-0x48]
;;   0000014c  bb 03 1b f8                     stur x27, [x29, #-0x50]
;;   00000150  bc 83 1a f8                     stur x28, [x29, #-0x58]
;;   00000154  a8 03 1a fc                     stur d8, [x29, #-0x60]
;;   00000158  a9 83 19 fc                     stur d9, [x29, #-0x68]
;;   0000015c  aa 03 19 fc                     stur d10, [x29, #-0x70]
;;   00000160  ab 83 18 fc                     stur d11, [x29, #-0x78]
;;   00000164  ac 03 18 fc                     stur d12, [x29, #-0x80]
;;   00000168  ad 83 17 fc                     stur d13, [x29, #-0x88]
;;   0000016c  ae 03 17 fc                     stur d14, [x29, #-0x90]
;;   00000170  af 83 16 fc                     stur d15, [x29, #-0x98]
;;   00000174  fc 03 00 aa                     mov x28, x0
;;   00000178  90 03 40 f9                     ldr x16, [x28]
;;   0000017c  00 02 40 f9                     ldr x0, [x16]
;;   00000180  a0 83 1f f8                     stur x0, [x29, #-0x8]
;;   00000184  1d 02 00 f9                     str x29, [x16]
;;   00000188  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000018c  31 42 00 91                     add x17, x17, #0x10
;;   00000190  ff 63 31 eb                     cmp sp, x17
;;   00000194  63 04 00 54                     b.lo 0x220
;;   00000198  ff 43 00 d1                     sub sp, sp, #0x10
;;   0000019c  e0 03 02 aa                     mov x0, x2
;;   000001a0  e2 03 00 f9                     str x2, [sp]
;;   000001a4  00 00 40 b9                     ldr w0, [x0]
;;   000001a8  20 00 3f d6                     blr x1
;;   000001ac  e2 03 00 aa                     mov x2, x0
;;   000001b0  e0 03 40 f9                     ldr x0, [sp]
;;   000001b4  02 00 00 f9                     str x2, [x0]
;;   000001b8  01 10 00 b9                     str w1, [x0, #0x10]
;;   000001bc  00 00 80 52                     mov w0, #0x0
;;   000001c0  90 03 40 f9                     ldr x16, [x28]
;;   000001c4  a1 83 5f f8                     ldur x1, [x29, #-0x8]
;;   000001c8  01 02 00 f9                     str x1, [x16]
;;   000001cc  b3 03 5f f8                     ldur x19, [x29, #-0x10]
;;   000001d0  b4 83 5e f8                     ldur x20, [x29, #-0x18]
;;   000001d4  b5 03 5e f8                     ldur x21, [x29, #-0x20]
;;   000001d8  b6 83 5d f8                     ldur x22, [x29, #-0x28]
;;   000001dc  b7 03 5d f8                     ldur x23, [x29, #-0x30]
;;   000001e0  b8 83 5c f8                     ldur x24, [x29, #-0x38]
;;   000001e4  b9 03 5c f8                     ldur x25, [x29, #-0x40]
;;   000001e8  ba 83 5b f8                     ldur x26, [x29, #-0x48]
;;   000001ec  bb 03 5b f8                     ldur x27, [x29, #-0x50]
;;   000001f0  bc 83 5a f8                     ldur x28, [x29, #-0x58]
;;   000001f4  a8 03 5a fc                     ldur d8, [x29, #-0x60]
;;   000001f8  a9 83 59 fc                     ldur d9, [x29, #-0x68]
;;   000001fc  aa 03 59 fc                     ldur d10, [x29, #-0x70]
;;   00000200  ab 83 58 fc                     ldur d11, [x29, #-0x78]
;;   00000204  ac 03 58 fc                     ldur d12, [x29, #-0x80]
;;   00000208  ad 83 57 fc                     ldur d13, [x29, #-0x88]
;;   0000020c  ae 03 57 fc                     ldur d14, [x29, #-0x90]
;;   00000210  af 83 56 fc                     ldur d15, [x29, #-0x98]
;;   00000214  bf 03 00 91                     mov sp, x29
;;   00000218  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   0000021c  c0 03 5f d6                     ret
;;   00000220  00 00 82 52                     mov w0, #0x1000
;;   00000224  77 ff ff 17                     b 0x0
