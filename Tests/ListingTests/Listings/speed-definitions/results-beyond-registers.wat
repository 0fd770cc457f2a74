;; Six results are two more than the integer registers hold, so that the stub and the caller read an area in memory.
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
;;     v1 = constant.i32[5] @0x3f
;;     v2 = add.i32 v0, v1 @0x3f
;;     v3 = constant.i32[1] @0x42
;;     v4 = constant.i32[3] @0x42
;;     v5 = constant.i64[6] @0x42
;;     return v3, v0, v4, v0, v2, v5 @0x42
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
;;   ; wasm 0x3f
;;     %2:register = lea32RM [base + 5] %0:register
;;   ; wasm 0x42
;;     %3:register = mov32OI #1
;;     %4:register = mov32OI #3
;;     %5:register = loadImmediate #6
;;     return %3:fixed i0, %0:fixed i1, %4:fixed i2, %0:fixed i6, %2:fixed i7, %5:fixed i8
;; ; allocated
;; function six
;; block 0:
;;     %0:i7 = entry
;;   ; wasm 0x3f
;;     move i7 -> i1
;;     %2:i7 = lea32RM [base + 5] %0:i1
;;   ; wasm 0x42
;;     %3:i0 = mov32OI #1
;;     %4:i2 = mov32OI #3
;;     %5:i8 = loadImmediate #6
;;     move i1 -> i6
;;     return %3:i0, %0:i1, %4:i2, %0:i6, %2:i7, %5:i8
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
;;   ; wasm 0x59
;;     move i8 -> i0
;;     move i7 -> i1
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
;;     move i2 -> slot 0
;;     %2:i7 = loadAddress.i32 +0 %1:i2
;;     %3:i0, %4:i1 = call register %0:i6, %2:i7
;;     move slot 0 -> i2
;;     storeAddress.i64 +0 %3:i0, %1:i2
;;     storeAddress.i32 +16 %4:i1, %1:i2
;;     %5:i0 = loadImmediate #0
;;     returnToHost %5:i0
;; ; frame of 64 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ;   sp+16: registers of the host, 48 bytes
;; ; x86_64: code
;; ; x86_64, 328 bytes, results by definitions
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
;; function 0 six, 0x50..<0x89, frame of 0 bytes
;;   00000050  55                              pushq %rbp
;;   00000051  48 8b ec                        movq %rsp, %rbp
;;   00000054  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000058  49 3b e3                        cmpq %r11, %rsp
;;   0000005b  0f 82 1e 00 00 00               jb 0x7f
;;   00000061  48 8b cf                        movq %rdi, %rcx
;;   00000064  8d 79 05                        leal 0x5(%rcx), %edi                      ; wasm 0x3f
;;   00000067  b8 01 00 00 00                  movl $0x1, %eax                           ; wasm 0x42
;;   0000006c  ba 03 00 00 00                  movl $0x3, %edx
;;   00000071  41 b8 06 00 00 00               movl $0x6, %r8d
;;   00000077  48 8b f1                        movq %rcx, %rsi
;;   0000007a  48 8b e5                        movq %rbp, %rsp
;;   0000007d  5d                              popq %rbp
;;   0000007e  c3                              retq
;;   0000007f  b8 00 10 00 00                  movl $0x1000, %eax
;;   00000084  e9 77 ff ff ff                  jmp 0x0
;; function 1 $1, 0x90..<0xbb, frame of 0 bytes
;;   00000090  55                              pushq %rbp
;;   00000091  48 8b ec                        movq %rsp, %rbp
;;   00000094  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000098  49 3b e3                        cmpq %r11, %rsp
;;   0000009b  0f 82 10 00 00 00               jb 0xb1
;;   000000a1  e8 aa ff ff ff                  callq 0x50                                ; wasm 0x4b
;;   000000a6  49 8b c0                        movq %r8, %rax
;;   000000a9  48 8b cf                        movq %rdi, %rcx
;;   000000ac  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x59
;;   000000af  5d                              popq %rbp
;;   000000b0  c3                              retq
;;   000000b1  b8 00 10 00 00                  movl $0x1000, %eax
;;   000000b6  e9 45 ff ff ff                  jmp 0x0
;; entry stub for 1 -> 2 values, 0xc0..<0x148, frame of 64 bytes
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
;;   000000fa  0f 82 3e 00 00 00               jb 0x13e
;;   00000100  48 83 ec 10                     subq $0x10, %rsp
;;   00000104  48 89 14 24                     movq %rdx, (%rsp)
;;   00000108  8b 3a                           movl (%rdx), %edi
;;   0000010a  ff d6                           callq *%rsi
;;   0000010c  48 8b 14 24                     movq (%rsp), %rdx
;;   00000110  48 89 02                        movq %rax, (%rdx)
;;   00000113  89 4a 10                        movl %ecx, 0x10(%rdx)
;;   00000116  b8 00 00 00 00                  movl $0x0, %eax
;;   0000011b  4d 8b 3e                        movq (%r14), %r15
;;   0000011e  48 8b 75 f8                     movq -0x8(%rbp), %rsi
;;   00000122  49 89 37                        movq %rsi, (%r15)
;;   00000125  48 8b 5d f0                     movq -0x10(%rbp), %rbx
;;   00000129  4c 8b 65 e8                     movq -0x18(%rbp), %r12
;;   0000012d  4c 8b 6d e0                     movq -0x20(%rbp), %r13
;;   00000131  4c 8b 75 d8                     movq -0x28(%rbp), %r14
;;   00000135  4c 8b 7d d0                     movq -0x30(%rbp), %r15
;;   00000139  48 8b e5                        movq %rbp, %rsp
;;   0000013c  5d                              popq %rbp
;;   0000013d  c3                              retq
;;   0000013e  b8 00 10 00 00                  movl $0x1000, %eax
;;   00000143  e9 b8 fe ff ff                  jmp 0x0
;; ; arm64: instructions
;; ; function 0 six
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0
;; ;   results: i32 i0, i32 i1, i32 i2, i32 i3, i32 i4, i64 i5
;; ; selected
;; function six
;; block 0:
;;     %0:fixed i0 = entry
;;   ; wasm 0x3f
;;     %2:register = addImmediate.32 #5 %0:register
;;   ; wasm 0x42
;;     %3:register = loadImmediate #1
;;     %4:register = loadImmediate #3
;;     %5:register = loadImmediate #6
;;     return %3:fixed i0, %0:fixed i1, %4:fixed i2, %0:fixed i3, %2:fixed i4, %5:fixed i5
;; ; allocated
;; function six
;; block 0:
;;     %0:i0 = entry
;;   ; wasm 0x3f
;;     move i0 -> i1
;;     %2:i4 = addImmediate.32 #5 %0:i1
;;   ; wasm 0x42
;;     %3:i0 = loadImmediate #1
;;     %4:i2 = loadImmediate #3
;;     %5:i5 = loadImmediate #6
;;     move i1 -> i3
;;     return %3:i0, %0:i1, %4:i2, %0:i3, %2:i4, %5:i5
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
;;   ; wasm 0x59
;;     move i5 -> i0
;;     move i4 -> i1
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
;;     move i2 -> slot 0
;;     %2:i0 = loadAddress.i32 +0 %1:i2
;;     %3:i0, %4:i1 = call register %0:i1, %2:i0
;;     move slot 0 -> i2
;;     storeAddress.i64 +0 %3:i0, %1:i2
;;     storeAddress.i32 +16 %4:i1, %1:i2
;;     %5:i0 = loadImmediate #0
;;     returnToHost %5:i0
;; ; frame of 176 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ;   sp+16: registers of the host, 160 bytes
;; ; arm64: code
;; ; arm64, 528 bytes, results by definitions
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
;; function 0 six, 0x90..<0xd0, frame of 0 bytes
;;   00000090  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000094  fd 03 00 91                     mov x29, sp
;;   00000098  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000009c  ff 63 31 eb                     cmp sp, x17
;;   000000a0  43 01 00 54                     b.lo 0xc8
;;   000000a4  e1 03 00 aa                     mov x1, x0
;;   000000a8  24 14 00 11                     add w4, w1, #0x5                          ; wasm 0x3f
;;   000000ac  20 00 80 52                     mov w0, #0x1                              ; wasm 0x42
;;   000000b0  62 00 80 52                     mov w2, #0x3
;;   000000b4  c5 00 80 52                     mov w5, #0x6
;;   000000b8  e3 03 01 aa                     mov x3, x1
;;   000000bc  bf 03 00 91                     mov sp, x29
;;   000000c0  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000c4  c0 03 5f d6                     ret
;;   000000c8  00 00 82 52                     mov w0, #0x1000
;;   000000cc  cd ff ff 17                     b 0x0
;; function 1 $1, 0xd0..<0x104, frame of 0 bytes
;;   000000d0  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   000000d4  fd 03 00 91                     mov x29, sp
;;   000000d8  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   000000dc  ff 63 31 eb                     cmp sp, x17
;;   000000e0  e3 00 00 54                     b.lo 0xfc
;;   000000e4  eb ff ff 97                     bl 0x90                                   ; wasm 0x4b
;;   000000e8  e0 03 05 aa                     mov x0, x5
;;   000000ec  e1 03 04 aa                     mov x1, x4
;;   000000f0  bf 03 00 91                     mov sp, x29                               ; wasm 0x59
;;   000000f4  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000f8  c0 03 5f d6                     ret
;;   000000fc  00 00 82 52                     mov w0, #0x1000
;;   00000100  c0 ff ff 17                     b 0x0
;; entry stub for 1 -> 2 values, 0x110..<0x210, frame of 176 bytes
;;   00000110  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000114  fd 03 00 91                     mov x29, sp
;;   00000118  ff 83 02 d1                     sub sp, sp, #0xa0
;;   0000011c  b3 03 1f f8                     stur x19, [x29, #-0x10]
;;   00000120  b4 83 1e f8                     stur x20, [x29, #-0x18]
;;   00000124  b5 03 1e f8                     stur x21, [x29, #-0x20]
;;   00000128  b6 83 1d f8                     stur x22, [x29, #-0x28]
;;   0000012c  b7 03 1d f8                     stur x23, [x29, #-0x30]
;;   00000130  b8 83 1c f8                     stur x24, [x29, #-0x38]
;;   00000134  b9 03 1c f8                     stur x25, [x29, #-0x40]
;;   00000138  ba 83 1b f8                     stur x26, [x29, #-0x48]
;;   0000013c  bb 03 1b f8                     stur x27, [x29, #-0x50]
;;   00000140  bc 83 1a f8                     stur x28, [x29, #-0x58]
;;   00000144  a8 03 1a fc                     stur d8, [x29, #-0x60]
;;   00000148  a9 83 19 fc                     stur d9, [x29, #-0x68]
;;   0000014c  aa 03 19 fc                     stur d10, [x29, #-0x70]
;;   00000150  ab 83 18 fc                     stur d11, [x29, #-0x78]
;;   00000154  ac 03 18 fc                     stur d12, [x29, #-0x80]
;;   00000158  ad 83 17 fc                     stur d13, [x29, #-0x88]
;;   0000015c  ae 03 17 fc                     stur d14, [x29, #-0x90]
;;   00000160  af 83 16 fc                     stur d15, [x29, #-0x98]
;;   00000164  fc 03 00 aa                     mov x28, x0
;;   00000168  90 03 40 f9                     ldr x16, [x28]
;;   0000016c  00 02 40 f9                     ldr x0, [x16]
;;   00000170  a0 83 1f f8                     stur x0, [x29, #-0x8]
;;   00000174  1d 02 00 f9                     str x29, [x16]
;;   00000178  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000017c  31 42 00 91                     add x17, x17, #0x10
;;   00000180  ff 63 31 eb                     cmp sp, x17
;;   00000184  23 04 00 54                     b.lo 0x208
;;   00000188  ff 43 00 d1                     sub sp, sp, #0x10
;;   0000018c  e2 03 00 f9                     str x2, [sp]
;;   00000190  40 00 40 b9                     ldr w0, [x2]
;;   00000194  20 00 3f d6                     blr x1
;;   00000198  e2 03 40 f9                     ldr x2, [sp]
;;   0000019c  40 00 00 f9                     str x0, [x2]
;;   000001a0  41 10 00 b9                     str w1, [x2, #0x10]
;;   000001a4  00 00 80 52                     mov w0, #0x0
;;   000001a8  90 03 40 f9                     ldr x16, [x28]
;;   000001ac  a1 83 5f f8                     ldur x1, [x29, #-0x8]
;;   000001b0  01 02 00 f9                     str x1, [x16]
;;   000001b4  b3 03 5f f8                     ldur x19, [x29, #-0x10]
;;   000001b8  b4 83 5e f8                     ldur x20, [x29, #-0x18]
;;   000001bc  b5 03 5e f8                     ldur x21, [x29, #-0x20]
;;   000001c0  b6 83 5d f8                     ldur x22, [x29, #-0x28]
;;   000001c4  b7 03 5d f8                     ldur x23, [x29, #-0x30]
;;   000001c8  b8 83 5c f8                     ldur x24, [x29, #-0x38]
;;   000001cc  b9 03 5c f8                     ldur x25, [x29, #-0x40]
;;   000001d0  ba 83 5b f8                     ldur x26, [x29, #-0x48]
;;   000001d4  bb 03 5b f8                     ldur x27, [x29, #-0x50]
;;   000001d8  bc 83 5a f8                     ldur x28, [x29, #-0x58]
;;   000001dc  a8 03 5a fc                     ldur d8, [x29, #-0x60]
;;   000001e0  a9 83 59 fc                     ldur d9, [x29, #-0x68]
;;   000001e4  aa 03 59 fc                     ldur d10, [x29, #-0x70]
;;   000001e8  ab 83 58 fc                     ldur d11, [x29, #-0x78]
;;   000001ec  ac 03 58 fc                     ldur d12, [x29, #-0x80]
;;   000001f0  ad 83 57 fc                     ldur d13, [x29, #-0x88]
;;   000001f4  ae 03 57 fc                     ldur d14, [x29, #-0x90]
;;   000001f8  af 83 56 fc                     ldur d15, [x29, #-0x98]
;;   000001fc  bf 03 00 91                     mov sp, x29
;;   00000200  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   00000204  c0 03 5f d6                     ret
;;   00000208  00 00 82 52                     mov w0, #0x1000
;;   0000020c  7d ff ff 17                     b 0x0
