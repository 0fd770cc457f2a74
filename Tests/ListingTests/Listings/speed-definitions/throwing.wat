;; A call that may throw ends its block; its exceptional successor takes the payload.
(module
  (tag $e (param i32 f64))
  (func $thrower (param i32) (throw $e (local.get 0) (f64.const 1)))
  (func (param i32) (result i32 f64)
    (block $caught (result i32 f64)
      (try_table (catch $e $caught) (call $thrower (local.get 0)))
      (i32.const 7) (f64.const 8))))

;; compiled
;; ; SSA form
;; function "thrower" (i32) -> () {
;; block0(v0: i32):
;;     v1 = constant.i32[0] @0x39
;;     v2 = callRuntime[allocateException] v1 : (i32) -> (reference) @0x39
;;     store.full.i32[16] v2, v0 @0x39
;;     v3 = constant.f64[0x3ff0000000000000] @0x39
;;     store.full.f64[32] v2, v3 @0x39
;;     callRuntime[throwReference] v2 : (reference) -> () @0x39
;;     trap["unreachable"] @0x39
;; }
;; function "$1" (i32) -> (i32, f64) {
;; block0(v0: i32):
;;     tryCall[0] v0, block1, block2 : (i32) -> () @0x48
;; block1:
;;     jump block5 @0x4a
;; block2:
;;     v3 = landingPad @0x48
;;     v4 = load.full.i64 v3 @0x4a
;;     v5 = loadContext.i64[64] @0x4a
;;     v6 = compare.equal.i64 v4, v5 @0x4a
;;     branchIf v6, block3, block4 @0x4a
;; block3:
;;     v7 = load.full.i32[16] v3 @0x4a
;;     v8 = load.full.f64[32] v3 @0x4a
;;     jump block6(v7, v8) @0x4a
;; block4:
;;     callRuntime[throwReference] v3 : (reference) -> () @0x4a
;;     trap["unreachable"] @0x4a
;; block5:
;;     v9 = constant.i32[7] @0x56
;;     v10 = constant.f64[0x4020000000000000] @0x56
;;     jump block6(v9, v10) @0x56
;; block6(v1: i32, v2: f64):
;;     return v1, v2 @0x57
;; }
;; ; x86_64: instructions
;; ; function 0 thrower
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i7
;; ; selected
;; function thrower
;; block 0:
;;     %0:fixed i7 = entry
;;   ; wasm 0x39
;;     %1:register = mov32OI
;;     %2:fixed i0 = call allocateException %1:fixed i7
;;     mov32MR [base + 16] %0:register, %2:register
;;     %3:register = movsdRM pool 0x3ff0000000000000
;;     movsdMR [base + 32] %3:register, %2:register
;;     call throwReference %2:fixed i7
;;     trap #1
;; ; allocated
;; function thrower
;; block 0:
;;     %0:i7 = entry
;;   ; wasm 0x39
;;     move i7 -> slot 0
;;     %1:i7 = mov32OI
;;     %2:i0 = call allocateException %1:i7
;;     move slot 0 -> i7
;;     mov32MR [base + 16] %0:i7, %2:i0
;;     %3:v3 = movsdRM pool 0x3ff0000000000000
;;     movsdMR [base + 32] %3:v3, %2:i0
;;     move i0 -> i7
;;     call throwReference %2:i7
;;     trap #1
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i7
;; ;   results: i32 i0, f64 v0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed i7 = entry
;;   ; wasm 0x48
;;     tryCall function 0 %0:fixed i7 -> block 1, exceptionally block 2
;; block 1:
;;   ; wasm 0x4a
;;     jump -> block 5
;; block 2:
;;   ; wasm 0x48
;;     %3:register = landingPad
;;   ; wasm 0x4a
;;     %4:register = mov64RM [base + 0] %3:register
;;     compareAndBranch cmp64RM [context + 64] equal %4:register -> block 3, block 4
;; block 3:
;;     %7:register = mov32RM [base + 16] %3:register
;;     %8:register = movsdRM [base + 32] %3:register
;;     jump -> block 6(%7, %8)
;; block 4:
;;     call throwReference %3:fixed i7
;;     trap #1
;; block 5:
;;   ; wasm 0x56
;;     %9:register = mov32OI #7
;;     %10:register = movsdRM pool 0x4020000000000000
;;     jump -> block 6(%9, %10)
;; block 6(%1, %2):
;;   ; wasm 0x57
;;     return %1:fixed i0, %2:fixed v0
;; ; allocated
;; function $1
;; block 0:
;;     %0:i7 = entry
;;   ; wasm 0x48
;;     tryCall function 0 %0:i7 -> block 1, exceptionally block 2
;; block 1:
;;   ; wasm 0x4a
;;     jump -> block 5
;; block 2:
;;   ; wasm 0x48
;;     %3:i7 = landingPad
;;   ; wasm 0x4a
;;     %4:i2 = mov64RM [base + 0] %3:i7
;;     compareAndBranch cmp64RM [context + 64] equal %4:i2 -> block 3, block 4
;; block 3:
;;     %7:i0 = mov32RM [base + 16] %3:i7
;;     %8:v0 = movsdRM [base + 32] %3:i7
;;     jump -> block 6(%7, %8)
;; block 4:
;;     call throwReference %3:i7
;;     trap #1
;; block 5:
;;   ; wasm 0x56
;;     %9:i0 = mov32OI #7
;;     %10:v0 = movsdRM pool 0x4020000000000000
;;     jump -> block 6(%9, %10)
;; block 6(%1, %2):
;;   ; wasm 0x57
;;     return %1:i0, %2:v0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+8: context, 8 bytes
;; ; runtime stub allocateException
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i7
;; ;   results: reference i0
;; ; selected
;; function exit stub 1073741834
;; block 0:
;;     %0:fixed i7 = entry
;;     storeFrame.i32 values+0 %0:any
;;     %1:register = contextAddress
;;     %2:register = loadImmediate #1073741834
;;     %3:register = frameAddress.i64 values+0
;;     %4:fixed i0 = callHost %1:fixed i7, %2:fixed i6, %3:fixed i2
;;     leaveIfNotZero %4:fixed i0
;;     %5:any = loadFrame.reference values+0
;;     return %5:fixed i0
;; ; allocated
;; function exit stub 1073741834
;; block 0:
;;     %0:i7 = entry
;;     storeFrame.i32 values+0 %0:i7
;;     %1:i7 = contextAddress
;;     %2:i6 = loadImmediate #1073741834
;;     %3:i2 = frameAddress.i64 values+0
;;     %4:i0 = callHost %1:i7, %2:i6, %3:i2
;;     leaveIfNotZero %4:i0
;;     %5:i0 = loadFrame.reference values+0
;;     return %5:i0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: values for the host, 16 bytes
;; ; runtime stub throwReference
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: reference i7
;; ; selected
;; function exit stub 1073741835
;; block 0:
;;     %0:fixed i7 = entry
;;     storeFrame.reference values+0 %0:any
;;     %1:register = contextAddress
;;     %2:register = loadImmediate #1073741835
;;     %3:register = frameAddress.i64 values+0
;;     %4:fixed i0 = callHost %1:fixed i7, %2:fixed i6, %3:fixed i2
;;     leaveIfNotZero %4:fixed i0
;;     return
;; ; allocated
;; function exit stub 1073741835
;; block 0:
;;     %0:i7 = entry
;;     storeFrame.reference values+0 %0:i7
;;     %1:i7 = contextAddress
;;     %2:i6 = loadImmediate #1073741835
;;     %3:i2 = frameAddress.i64 values+0
;;     %4:i0 = callHost %1:i7, %2:i6, %3:i2
;;     leaveIfNotZero %4:i0
;;     return
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: values for the host, 16 bytes
;; ; x86_64: code
;; ; x86_64, 514 bytes, results by definitions
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
;; function 0 thrower, 0x50..<0xb8, frame of 16 bytes
;;   00000050  55                              pushq %rbp
;;   00000051  48 8b ec                        movq %rsp, %rbp
;;   00000054  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000058  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   0000005f  49 3b e3                        cmpq %r11, %rsp
;;   00000062  0f 82 33 00 00 00               jb 0x9b
;;   00000068  48 83 ec 10                     subq $0x10, %rsp
;;   0000006c  48 89 3c 24                     movq %rdi, (%rsp)
;;   00000070  bf 00 00 00 00                  movl $0x0, %edi                           ; wasm 0x39
;;   00000075  e8 d6 00 00 00                  callq 0x150
;;   0000007a  48 8b 3c 24                     movq (%rsp), %rdi
;;   0000007e  89 78 10                        movl %edi, 0x10(%rax)
;;   00000081  f2 0f 10 1d 27 00 00 00         movsd 0x27(%rip), %xmm3
;;   00000089  f2 0f 11 58 20                  movsd %xmm3, 0x20(%rax)
;;   0000008e  48 8b f8                        movq %rax, %rdi
;;   00000091  e8 1a 01 00 00                  callq 0x1b0
;;   00000096  e9 0a 00 00 00                  jmp 0xa5                                  ; trap: unreachable
;;   0000009b  b8 00 10 00 00                  movl $0x1000, %eax
;;   000000a0  e9 5b ff ff ff                  jmp 0x0
;;   000000a5  b8 01 00 00 00                  movl $0x1, %eax
;;   000000aa  e9 51 ff ff ff                  jmp 0x0
;;   000000af  00 00 00 00 00 00 00 f0         .byte 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0xf0
;;   000000b7  3f                              .byte 0x3f
;; function 1 $1, 0xc0..<0x148, frame of 16 bytes
;;   000000c0  55                              pushq %rbp
;;   000000c1  48 8b ec                        movq %rsp, %rbp
;;   000000c4  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   000000c8  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   000000cf  49 3b e3                        cmpq %r11, %rsp
;;   000000d2  0f 82 53 00 00 00               jb 0x12b
;;   000000d8  48 83 ec 10                     subq $0x10, %rsp
;;   000000dc  4c 89 75 f8                     movq %r14, -0x8(%rbp)
;;   000000e0  e8 6b ff ff ff                  callq 0x50                                ; wasm 0x48; throws to 0xea
;;   000000e5  e9 2f 00 00 00                  jmp 0x119
;;   000000ea  4c 8b 75 f8                     movq -0x8(%rbp), %r14
;;   000000ee  49 8b 3e                        movq (%r14), %rdi
;;   000000f1  48 8b 7f 28                     movq 0x28(%rdi), %rdi
;;   000000f5  48 8b 17                        movq (%rdi), %rdx                         ; wasm 0x4a
;;   000000f8  49 3b 56 40                     cmpq 0x40(%r14), %rdx
;;   000000fc  0f 85 0d 00 00 00               jne 0x10f
;;   00000102  8b 47 10                        movl 0x10(%rdi), %eax
;;   00000105  f2 0f 10 47 20                  movsd 0x20(%rdi), %xmm0
;;   0000010a  e9 17 00 00 00                  jmp 0x126
;;   0000010f  e8 9c 00 00 00                  callq 0x1b0
;;   00000114  e9 1c 00 00 00                  jmp 0x135                                 ; trap: unreachable
;;   00000119  b8 07 00 00 00                  movl $0x7, %eax                           ; wasm 0x56
;;   0000011e  f2 0f 10 05 1a 00 00 00         movsd 0x1a(%rip), %xmm0
;;   00000126  48 8b e5                        movq %rbp, %rsp                           ; wasm 0x57
;;   00000129  5d                              popq %rbp
;;   0000012a  c3                              retq
;;   0000012b  b8 00 10 00 00                  movl $0x1000, %eax
;;   00000130  e9 cb fe ff ff                  jmp 0x0
;;   00000135  b8 01 00 00 00                  movl $0x1, %eax
;;   0000013a  e9 c1 fe ff ff                  jmp 0x0
;;   0000013f  00 00 00 00 00 00 00 20         .byte 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x20
;;   00000147  40                              .byte 0x40
;; runtime stub allocateException, 0x150..<0x1a5, frame of 16 bytes
;;   00000150  55                              pushq %rbp
;;   00000151  48 8b ec                        movq %rsp, %rbp
;;   00000154  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   00000158  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   0000015f  49 3b e3                        cmpq %r11, %rsp
;;   00000162  0f 82 33 00 00 00               jb 0x19b
;;   00000168  48 83 ec 10                     subq $0x10, %rsp
;;   0000016c  89 3c 24                        movl %edi, (%rsp)
;;   0000016f  49 8b fe                        movq %r14, %rdi
;;   00000172  be 0a 00 00 40                  movl $0x4000000a, %esi
;;   00000177  48 8d 14 24                     leaq (%rsp), %rdx
;;   0000017b  48 8b cd                        movq %rbp, %rcx
;;   0000017e  4d 8b 7e 10                     movq 0x10(%r14), %r15
;;   00000182  41 ff d7                        callq *%r15
;;   00000185  85 c0                           testl %eax, %eax
;;   00000187  0f 84 05 00 00 00               je 0x192
;;   0000018d  e9 6e fe ff ff                  jmp 0x0
;;   00000192  48 8b 04 24                     movq (%rsp), %rax
;;   00000196  48 8b e5                        movq %rbp, %rsp
;;   00000199  5d                              popq %rbp
;;   0000019a  c3                              retq
;;   0000019b  b8 00 10 00 00                  movl $0x1000, %eax
;;   000001a0  e9 5b fe ff ff                  jmp 0x0
;; runtime stub throwReference, 0x1b0..<0x202, frame of 16 bytes
;;   000001b0  55                              pushq %rbp
;;   000001b1  48 8b ec                        movq %rsp, %rbp
;;   000001b4  4d 8b 5e 08                     movq 0x8(%r14), %r11                      ; trap: call stack exhausted
;;   000001b8  49 81 c3 10 00 00 00            addq $0x10, %r11
;;   000001bf  49 3b e3                        cmpq %r11, %rsp
;;   000001c2  0f 82 30 00 00 00               jb 0x1f8
;;   000001c8  48 83 ec 10                     subq $0x10, %rsp
;;   000001cc  48 89 3c 24                     movq %rdi, (%rsp)
;;   000001d0  49 8b fe                        movq %r14, %rdi
;;   000001d3  be 0b 00 00 40                  movl $0x4000000b, %esi
;;   000001d8  48 8d 14 24                     leaq (%rsp), %rdx
;;   000001dc  48 8b cd                        movq %rbp, %rcx
;;   000001df  4d 8b 7e 10                     movq 0x10(%r14), %r15
;;   000001e3  41 ff d7                        callq *%r15
;;   000001e6  85 c0                           testl %eax, %eax
;;   000001e8  0f 84 05 00 00 00               je 0x1f3
;;   000001ee  e9 0d fe ff ff                  jmp 0x0
;;   000001f3  48 8b e5                        movq %rbp, %rsp
;;   000001f6  5d                              popq %rbp
;;   000001f7  c3                              retq
;;   000001f8  b8 00 10 00 00                  movl $0x1000, %eax
;;   000001fd  e9 fe fd ff ff                  jmp 0x0
;; ; arm64: instructions
;; ; function 0 thrower
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0
;; ; selected
;; function thrower
;; block 0:
;;     %0:fixed i0 = entry
;;   ; wasm 0x39
;;     %1:register = loadImmediate #0
;;     %2:fixed i0 = call allocateException %1:fixed i0
;;     store storeW #16 %2:register, %0:register
;;     %3:register = floatConstant 0x3ff0000000000000
;;     store storeD #32 %2:register, %3:register
;;     call throwReference %2:fixed i0
;;     trap #1
;; ; allocated
;; function thrower
;; block 0:
;;     %0:i0 = entry
;;   ; wasm 0x39
;;     move i0 -> slot 0
;;     %1:i0 = loadImmediate #0
;;     %2:i0 = call allocateException %1:i0
;;     move slot 0 -> i1
;;     store storeW #16 %2:i0, %0:i1
;;     %3:v3 = floatConstant 0x3ff0000000000000
;;     store storeD #32 %2:i0, %3:v3
;;     call throwReference %2:i0
;;     trap #1
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: spill slots, 8 bytes
;; ; function 1 $1
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0
;; ;   results: i32 i0, f64 v0
;; ; selected
;; function $1
;; block 0:
;;     %0:fixed i0 = entry
;;   ; wasm 0x48
;;     tryCall function 0 %0:fixed i0 -> block 1, exceptionally block 2
;; block 1:
;;   ; wasm 0x4a
;;     jump -> block 5
;; block 2:
;;   ; wasm 0x48
;;     %3:register = landingPad
;;   ; wasm 0x4a
;;     %4:register = load loadX %3:register
;;     %5:any = loadContext.i64 +64
;;     compareAndBranch compare.64 equal %4:register, %5:register -> block 3, block 4
;; block 3:
;;     %7:register = load loadW #16 %3:register
;;     %8:register = load loadD #32 %3:register
;;     jump -> block 6(%7, %8)
;; block 4:
;;     call throwReference %3:fixed i0
;;     trap #1
;; block 5:
;;   ; wasm 0x56
;;     %9:register = loadImmediate #7
;;     %10:register = floatConstant 0x4020000000000000
;;     jump -> block 6(%9, %10)
;; block 6(%1, %2):
;;   ; wasm 0x57
;;     return %1:fixed i0, %2:fixed v0
;; ; allocated
;; function $1
;; block 0:
;;     %0:i0 = entry
;;   ; wasm 0x48
;;     tryCall function 0 %0:i0 -> block 1, exceptionally block 2
;; block 1:
;;   ; wasm 0x4a
;;     jump -> block 5
;; block 2:
;;   ; wasm 0x48
;;     %3:i0 = landingPad
;;   ; wasm 0x4a
;;     %4:i2 = load loadX %3:i0
;;     %5:i3 = loadContext.i64 +64
;;     compareAndBranch compare.64 equal %4:i2, %5:i3 -> block 3, block 4
;; block 3:
;;     %7:i4 = load loadW #16 %3:i0
;;     %8:v0 = load loadD #32 %3:i0
;;     jump -> block 6(%7, %8)
;; block 4:
;;     call throwReference %3:i0
;;     trap #1
;; block 5:
;;   ; wasm 0x56
;;     %9:i4 = loadImmediate #7
;;     %10:v0 = floatConstant 0x4020000000000000
;;     jump -> block 6(%9, %10)
;; block 6(%1, %2):
;;   ; wasm 0x57
;;     move i4 -> i0
;;     return %1:i0, %2:v0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+8: context, 8 bytes
;; ; runtime stub allocateException
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: i32 i0
;; ;   results: reference i0
;; ; selected
;; function exit stub 1073741834
;; block 0:
;;     %0:fixed i0 = entry
;;     storeFrame.i32 values+0 %0:any
;;     %1:register = contextAddress
;;     %2:register = loadImmediate #1073741834
;;     %3:register = frameAddress.i64 values+0
;;     %4:fixed i0 = callHost %1:fixed i0, %2:fixed i1, %3:fixed i2
;;     leaveIfNotZero %4:fixed i0
;;     %5:any = loadFrame.reference values+0
;;     return %5:fixed i0
;; ; allocated
;; function exit stub 1073741834
;; block 0:
;;     %0:i0 = entry
;;     storeFrame.i32 values+0 %0:i0
;;     %1:i0 = contextAddress
;;     %2:i1 = loadImmediate #1073741834
;;     %3:i2 = frameAddress.i64 values+0
;;     %4:i0 = callHost %1:i0, %2:i1, %3:i2
;;     leaveIfNotZero %4:i0
;;     %5:i0 = loadFrame.reference values+0
;;     return %5:i0
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: values for the host, 16 bytes
;; ; runtime stub throwReference
;; ; call layout: 0 bytes of stack arguments, 0 bytes of result area
;; ;   parameters: reference i0
;; ; selected
;; function exit stub 1073741835
;; block 0:
;;     %0:fixed i0 = entry
;;     storeFrame.reference values+0 %0:any
;;     %1:register = contextAddress
;;     %2:register = loadImmediate #1073741835
;;     %3:register = frameAddress.i64 values+0
;;     %4:fixed i0 = callHost %1:fixed i0, %2:fixed i1, %3:fixed i2
;;     leaveIfNotZero %4:fixed i0
;;     return
;; ; allocated
;; function exit stub 1073741835
;; block 0:
;;     %0:i0 = entry
;;     storeFrame.reference values+0 %0:i0
;;     %1:i0 = contextAddress
;;     %2:i1 = loadImmediate #1073741835
;;     %3:i2 = frameAddress.i64 values+0
;;     %4:i0 = callHost %1:i0, %2:i1, %3:i2
;;     leaveIfNotZero %4:i0
;;     return
;; ; frame of 16 bytes, pops 0 bytes
;; ;   sp+0: values for the host, 16 bytes
;; ; arm64: code
;; ; arm64, 536 bytes, results by definitions
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
;; function 0 thrower, 0x90..<0xe0, frame of 16 bytes
;;   00000090  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000094  fd 03 00 91                     mov x29, sp
;;   00000098  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000009c  31 42 00 91                     add x17, x17, #0x10
;;   000000a0  ff 63 31 eb                     cmp sp, x17
;;   000000a4  63 01 00 54                     b.lo 0xd0
;;   000000a8  ff 43 00 d1                     sub sp, sp, #0x10
;;   000000ac  e0 03 00 f9                     str x0, [sp]
;;   000000b0  00 00 80 52                     mov w0, #0x0                              ; wasm 0x39
;;   000000b4  2b 00 00 94                     bl 0x160
;;   000000b8  e1 03 40 f9                     ldr x1, [sp]
;;   000000bc  01 10 00 b9                     str w1, [x0, #0x10]
;;   000000c0  03 10 6e 1e                     fmov d3, #1.00000000
;;   000000c4  03 10 00 fd                     str d3, [x0, #0x20]
;;   000000c8  3e 00 00 94                     bl 0x1c0
;;   000000cc  03 00 00 14                     b 0xd8                                    ; trap: unreachable
;;   000000d0  00 00 82 52                     mov w0, #0x1000
;;   000000d4  cb ff ff 17                     b 0x0
;;   000000d8  20 00 80 52                     mov w0, #0x1
;;   000000dc  c9 ff ff 17                     b 0x0
;; function 1 $1, 0xe0..<0x160, frame of 16 bytes
;;   000000e0  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   000000e4  fd 03 00 91                     mov x29, sp
;;   000000e8  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   000000ec  31 42 00 91                     add x17, x17, #0x10
;;   000000f0  ff 63 31 eb                     cmp sp, x17
;;   000000f4  e3 02 00 54                     b.lo 0x150
;;   000000f8  ff 43 00 d1                     sub sp, sp, #0x10
;;   000000fc  bc 83 1f f8                     stur x28, [x29, #-0x8]
;;   00000100  e4 ff ff 97                     bl 0x90                                   ; wasm 0x48; throws to 0x108
;;   00000104  0d 00 00 14                     b 0x138
;;   00000108  bc 83 5f f8                     ldur x28, [x29, #-0x8]
;;   0000010c  80 03 40 f9                     ldr x0, [x28]
;;   00000110  00 14 40 f9                     ldr x0, [x0, #0x28]
;;   00000114  02 00 40 f9                     ldr x2, [x0]                              ; wasm 0x4a
;;   00000118  83 23 40 f9                     ldr x3, [x28, #0x40]
;;   0000011c  5f 00 03 eb                     cmp x2, x3
;;   00000120  81 00 00 54                     b.ne 0x130
;;   00000124  04 10 40 b9                     ldr w4, [x0, #0x10]
;;   00000128  00 10 40 fd                     ldr d0, [x0, #0x20]
;;   0000012c  05 00 00 14                     b 0x140
;;   00000130  24 00 00 94                     bl 0x1c0
;;   00000134  09 00 00 14                     b 0x158                                   ; trap: unreachable
;;   00000138  e4 00 80 52                     mov w4, #0x7                              ; wasm 0x56
;;   0000013c  00 10 64 1e                     fmov d0, #8.00000000
;;   00000140  e0 03 04 aa                     mov x0, x4
;;   00000144  bf 03 00 91                     mov sp, x29                               ; wasm 0x57
;;   00000148  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   0000014c  c0 03 5f d6                     ret
;;   00000150  00 00 82 52                     mov w0, #0x1000
;;   00000154  ab ff ff 17                     b 0x0
;;   00000158  20 00 80 52                     mov w0, #0x1
;;   0000015c  a9 ff ff 17                     b 0x0
;; runtime stub allocateException, 0x160..<0x1bc, frame of 16 bytes
;;   00000160  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   00000164  fd 03 00 91                     mov x29, sp
;;   00000168  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   0000016c  31 42 00 91                     add x17, x17, #0x10
;;   00000170  ff 63 31 eb                     cmp sp, x17
;;   00000174  03 02 00 54                     b.lo 0x1b4
;;   00000178  ff 43 00 d1                     sub sp, sp, #0x10
;;   0000017c  e0 03 00 b9                     str w0, [sp]
;;   00000180  e0 03 1c aa                     mov x0, x28
;;   00000184  41 01 80 52                     mov w1, #0xa
;;   00000188  01 00 a8 72                     movk w1, #0x4000, lsl #16
;;   0000018c  e2 03 00 91                     mov x2, sp
;;   00000190  e3 03 1d aa                     mov x3, x29
;;   00000194  90 0b 40 f9                     ldr x16, [x28, #0x10]
;;   00000198  00 02 3f d6                     blr x16
;;   0000019c  40 00 00 34                     cbz w0, 0x1a4
;;   000001a0  98 ff ff 17                     b 0x0
;;   000001a4  e0 03 40 f9                     ldr x0, [sp]
;;   000001a8  bf 03 00 91                     mov sp, x29
;;   000001ac  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   000001b0  c0 03 5f d6                     ret
;;   000001b4  00 00 82 52                     mov w0, #0x1000
;;   000001b8  92 ff ff 17                     b 0x0
;; runtime stub throwReference, 0x1c0..<0x218, frame of 16 bytes
;;   000001c0  fd 7b bf a9                     stp x29, x30, [sp, #-0x10]!
;;   000001c4  fd 03 00 91                     mov x29, sp
;;   000001c8  91 07 40 f9                     ldr x17, [x28, #0x8]                      ; trap: call stack exhausted
;;   000001cc  31 42 00 91                     add x17, x17, #0x10
;;   000001d0  ff 63 31 eb                     cmp sp, x17
;;   000001d4  e3 01 00 54                     b.lo 0x210
;;   000001d8  ff 43 00 d1                     sub sp, sp, #0x10
;;   000001dc  e0 03 00 f9                     str x0, [sp]
;;   000001e0  e0 03 1c aa                     mov x0, x28
;;   000001e4  61 01 80 52                     mov w1, #0xb
;;   000001e8  01 00 a8 72                     movk w1, #0x4000, lsl #16
;;   000001ec  e2 03 00 91                     mov x2, sp
;;   000001f0  e3 03 1d aa                     mov x3, x29
;;   000001f4  90 0b 40 f9                     ldr x16, [x28, #0x10]
;;   000001f8  00 02 3f d6                     blr x16
;;   000001fc  40 00 00 34                     cbz w0, 0x204
;;   00000200  80 ff ff 17                     b 0x0
;;   00000204  bf 03 00 91                     mov sp, x29
;;   00000208  fd 7b c1 a8                     ldp x29, x30, [sp], #0x10
;;   0000020c  c0 03 5f d6                     ret
;;   00000210  00 00 82 52                     mov w0, #0x1000
;;   00000214  7b ff ff 17                     b 0x0
