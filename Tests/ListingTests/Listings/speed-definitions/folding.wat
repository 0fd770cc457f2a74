;; Addresses, immediates, and comparisons become part of the instructions that use them.
(module
  (memory 1)
  (func (param i32 i32) (result i32)
    (loop $again
      (i32.store offset=8 (local.get 0) (i32.add (i32.load offset=4 (local.get 0)) (i32.const 12)))
      (local.set 0 (i32.add (local.get 0) (i32.const 16)))
      (br_if $again (i32.lt_u (local.get 0) (local.get 1))))
    (local.get 0)))

;; compiled
;; ; SSA form
;; function "$0" (i32, i32) -> (i32) {
;; block0(v0: i32, v1: i32):
;;     v3 = loadContext.i64[72] @0x25
;;     v4 = loadContext.i64[64] @0x25
;;     jump block1(v0) @0x1f
;; block1(v2: i32):
;;     v5 = extendUnsigned.i32 v2 @0x25
;;     v6 = constant.i64[8] @0x25
;;     v7 = add.i64 v5, v6 @0x25
;;     v8 = compare.greaterUnsigned.i64 v7, v3 @0x25
;;     trapIf["out of bounds memory access"] v8 @0x25
;;     v9 = add.i64 v4, v5 @0x25
;;     v10 = load.full.i32[4] v9 @0x25
;;     v11 = constant.i32[12] @0x2a
;;     v12 = add.i32 v10, v11 @0x2a
;;     v13 = constant.i64[12] @0x2b
;;     v14 = add.i64 v5, v13 @0x2b
;;     v15 = compare.greaterUnsigned.i64 v14, v3 @0x2b
;;     trapIf["out of bounds memory access"] v15 @0x2b
;;     store.full.i32[8] v9, v12 @0x2b
;;     v16 = constant.i32[16] @0x32
;;     v17 = add.i32 v2, v16 @0x32
;;     v18 = compare.lessUnsigned.i32 v17, v1 @0x39
;;     branchIf v18, block2, block3 @0x3a
;; block2:
;;     jump block1(v17) @0x3a
;; block3:
;;     return v17 @0x3f
;; }
;; ; x86_64: instructions
;; ; function 0 $0
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i7, i32 i6
;; ;   results: i32 i0
;; ; selected
;; function $0
;; block 0:
;;     %0:fixed i7, %1:fixed i6 = entry
;;   ; wasm 0x25
;;     %3:any = loadContext.i64 +72
;;     %4:any = loadContext.i64 +64
;;   ; wasm 0x1f
;;     jump -> block 1(%0)
;; block 1(%2):
;;   ; wasm 0x25
;;     %5:register = mov32RM %2:any
;;     %7:register = lea64RM [base + 8] %5:register
;;     compareAndTrap cmp64RM above trap code 5 %7:register, %3:any
;;     %10:register = mov32RM [base + index * 1 + 4] %4:register, %5:register
;;   ; wasm 0x2a
;;     %12:register = lea32RM [base + 12] %10:register
;;   ; wasm 0x2b
;;     %14:register = lea64RM [base + 12] %5:register
;;     compareAndTrap cmp64RM above trap code 5 %14:register, %3:any
;;     mov32MR [base + index * 1 + 8] %12:register, %4:register, %5:register
;;   ; wasm 0x32
;;     %17:register = lea32RM [base + 16] %2:register
;;   ; wasm 0x3a
;;     compareAndBranch cmp32RM below %17:register, %1:any -> block 2, block 3
;; block 2:
;;     jump -> block 1(%17)
;; block 3:
;;   ; wasm 0x3f
;;     return %17:fixed i0
;; ; allocated
;; function $0
;; block 0:
;;     %0:i7, %1:i6 = entry
;;   ; wasm 0x25
;;     %3:i1 = loadContext.i64 +72
;;     %4:i2 = loadContext.i64 +64
;;   ; wasm 0x1f
;;     jump -> block 1(%0)
;; block 1(%2):
;;   ; wasm 0x25
;;     %5:i3 = mov32RM %2:i7
;;     %7:i8 = lea64RM [base + 8] %5:i3
;;     compareAndTrap cmp64RM above trap code 5 %7:i8, %3:i1
;;     %10:i8 = mov32RM [base + index * 1 + 4] %4:i2, %5:i3
;;   ; wasm 0x2a
;;     %12:i8 = lea32RM [base + 12] %10:i8
;;   ; wasm 0x2b
;;     %14:i9 = lea64RM [base + 12] %5:i3
;;     compareAndTrap cmp64RM above trap code 5 %14:i9, %3:i1
;;     mov32MR [base + index * 1 + 8] %12:i8, %4:i2, %5:i3
;;   ; wasm 0x32
;;     %17:i7 = lea32RM [base + 16] %2:i7
;;   ; wasm 0x3a
;;     compareAndBranch cmp32RM below %17:i7, %1:i6 -> block 2, block 3
;; block 2:
;;     jump -> block 1(%17)
;; block 3:
;;   ; wasm 0x3f
;;     move i7 -> i0
;;     return %17:i0
;; ; frame of 0 bytes, pops 0 bytes
;; ; x86_64: code
;; ; x86_64, 182 bytes, results by definitions
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
;; function 0 $0, 0x50..<0xb6, frame of 0 bytes
;;   00000050  55                              pushq %rbp
;;   00000051  48 8b ec                        movq %rsp, %rbp
;;   00000054  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000058  49 3b e3                        cmpq %r11, %rsp
;;   0000005b  0f 82 41 00 00 00               jb 0xa2
;;   00000061  49 8b 4e 48                     movq 0x48(%r14), %rcx                     ; wasm 0x25
;;   00000065  49 8b 56 40                     movq 0x40(%r14), %rdx
;;   00000069  8b df                           movl %edi, %ebx                           ; wasm 0x25
;;   0000006b  4c 8d 43 08                     leaq 0x8(%rbx), %r8
;;   0000006f  4c 3b c1                        cmpq %rcx, %r8
;;   00000072  0f 87 34 00 00 00               ja 0xac                                   ; trap: out of bounds memory access
;;   00000078  44 8b 44 1a 04                  movl 0x4(%rdx,%rbx), %r8d
;;   0000007d  45 8d 40 0c                     leal 0xc(%r8), %r8d                       ; wasm 0x2a
;;   00000081  4c 8d 4b 0c                     leaq 0xc(%rbx), %r9                       ; wasm 0x2b
;;   00000085  4c 3b c9                        cmpq %rcx, %r9
;;   00000088  0f 87 1e 00 00 00               ja 0xac                                   ; trap: out of bounds memory access
;;   0000008e  44 89 44 1a 08                  movl %r8d, 0x8(%rdx,%rbx)
;;   00000093  8d 7f 10                        leal 0x10(%rdi), %edi                     ; wasm 0x32
;;   00000096  3b fe                           cmpl %esi, %edi                           ; wasm 0x3a
;;   00000098  72 cf                           jb 0x69
;;   0000009a  48 8b c7                        movq %rdi, %rax
;;   0000009d  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x3f
;;   000000a0  5d                              popq %rbp
;;   000000a1  c3                              retq
;;   000000a2  b8 00 10 00 00                  movl $0x1000, %eax
;;   000000a7  e9 54 ff ff ff                  jmp 0x0
;;   000000ac  b8 05 00 00 00                  movl $0x5, %eax
;;   000000b1  e9 4a ff ff ff                  jmp 0x0
;; ; arm64: instructions
;; ; function 0 $0
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0, i32 i1
;; ;   results: i32 i0
;; ; selected
;; function $0
;; block 0:
;;     %0:fixed i0, %1:fixed i1 = entry
;;   ; wasm 0x25
;;     %3:any = loadContext.i64 +72
;;     %4:any = loadContext.i64 +64
;;   ; wasm 0x1f
;;     jump -> block 1(%0)
;; block 1(%2):
;;   ; wasm 0x25
;;     %5:register = moveLowHalf %2:register
;;     %7:register = addImmediate.64 #8 %5:register
;;     compareAndTrap compare.64 unsignedHigher trap code 5 %7:register, %3:register
;;     %9:register = addShifted.64 %4:register, %5:register
;;     %10:register = load loadW #4 %9:register
;;   ; wasm 0x2a
;;     %12:register = addImmediate.32 #12 %10:register
;;   ; wasm 0x2b
;;     %14:register = addImmediate.64 #12 %5:register
;;     compareAndTrap compare.64 unsignedHigher trap code 5 %14:register, %3:register
;;     store storeW #8 %9:register, %12:register
;;   ; wasm 0x32
;;     %17:register = addImmediate.32 #16 %2:register
;;   ; wasm 0x3a
;;     compareAndBranch compare.32 carryClear %17:register, %1:register -> block 2, block 3
;; block 2:
;;     jump -> block 1(%17)
;; block 3:
;;   ; wasm 0x3f
;;     return %17:fixed i0
;; ; allocated
;; function $0
;; block 0:
;;     %0:i0, %1:i1 = entry
;;   ; wasm 0x25
;;     %3:i2 = loadContext.i64 +72
;;     %4:i3 = loadContext.i64 +64
;;   ; wasm 0x1f
;;     jump -> block 1(%0)
;; block 1(%2):
;;   ; wasm 0x25
;;     %5:i4 = moveLowHalf %2:i0
;;     %7:i5 = addImmediate.64 #8 %5:i4
;;     compareAndTrap compare.64 unsignedHigher trap code 5 %7:i5, %3:i2
;;     %9:i5 = addShifted.64 %4:i3, %5:i4
;;     %10:i6 = load loadW #4 %9:i5
;;   ; wasm 0x2a
;;     %12:i7 = addImmediate.32 #12 %10:i6
;;   ; wasm 0x2b
;;     %14:i8 = addImmediate.64 #12 %5:i4
;;     compareAndTrap compare.64 unsignedHigher trap code 5 %14:i8, %3:i2
;;     store storeW #8 %9:i5, %12:i7
;;   ; wasm 0x32
;;     %17:i0 = addImmediate.32 #16 %2:i0
;;   ; wasm 0x3a
;;     compareAndBranch compare.32 carryClear %17:i0, %1:i1 -> block 2, block 3
;; block 2:
;;     jump -> block 1(%17)
;; block 3:
;;   ; wasm 0x3f
;;     return %17:i0
;; ; frame of 0 bytes, pops 0 bytes
;; ; arm64: code
;; ; arm64, 256 bytes, results by definitions
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
;; function 0 $0, 0x90..<0x100, frame of 0 bytes
;;   00000090  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000094  fd 03 00 91                     mov x29, sp
;;   00000098  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000009c  ff 63 31 eb                     cmp sp, x17
;;   000000a0  83 02 00 54                     b.lo 0xf0
;;   000000a4  82 27 40 f9                     ldr x2, [x28, #0x48]                      ; wasm 0x25
;;   000000a8  83 23 40 f9                     ldr x3, [x28, #0x40]
;;   000000ac  e4 03 00 2a                     mov w4, w0                                ; wasm 0x25
;;   000000b0  85 20 00 91                     add x5, x4, #0x8
;;   000000b4  bf 00 02 eb                     cmp x5, x2                                ; trap: out of bounds memory access
;;   000000b8  08 02 00 54                     b.hi 0xf8
;;   000000bc  65 00 04 8b                     add x5, x3, x4
;;   000000c0  a6 04 40 b9                     ldr w6, [x5, #0x4]
;;   000000c4  c7 30 00 11                     add w7, w6, #0xc                          ; wasm 0x2a
;;   000000c8  88 30 00 91                     add x8, x4, #0xc                          ; wasm 0x2b
;;   000000cc  1f 01 02 eb                     cmp x8, x2                                ; trap: out of bounds memory access
;;   000000d0  48 01 00 54                     b.hi 0xf8
;;   000000d4  a7 08 00 b9                     str w7, [x5, #0x8]
;;   000000d8  00 40 00 11                     add w0, w0, #0x10                         ; wasm 0x32
;;   000000dc  1f 00 01 6b                     cmp w0, w1                                ; wasm 0x3a
;;   000000e0  63 fe ff 54                     b.lo 0xac
;;   000000e4  bf 03 00 91                     mov sp, x29                               ; wasm 0x3f
;;   000000e8  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000000ec  c0 03 5f d6                     ret
;;   000000f0  00 00 82 52                     mov w0, #0x1000
;;   000000f4  c3 ff ff 17                     b 0x0
;;   000000f8  a0 00 80 52                     mov w0, #0x5
;;   000000fc  c1 ff ff 17                     b 0x0
