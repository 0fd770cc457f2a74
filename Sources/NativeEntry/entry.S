// Switches to another stack, calls the stub there, and switches back.
// The frame pointer must outlive the call; the other registers that the host's C convention gives to the caller are filled with a
// pattern before and compared with it after, so that a stub that does not keep one of them is an answer of its own.

#include "include/native_entry.h"

#if defined(__APPLE__)
#define SYMBOL(name) _##name
#else
#define SYMBOL(name) name
#endif

    .text
    .globl SYMBOL(native_entry_call)
    .p2align 4

#if defined(__x86_64__)
// System V AMD64 ABI: rdi stub, rsi context, rdx callee, rcx values, r8 top of the stack.
SYMBOL(native_entry_call):
    .cfi_startproc
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    .cfi_offset %rbx, -24
    .cfi_offset %r12, -32
    .cfi_offset %r13, -40
    .cfi_offset %r14, -48
    .cfi_offset %r15, -56
    movq %r8, %rsp
    movq %rdi, %rax
    movq %rsi, %rdi
    movq %rdx, %rsi
    movq %rcx, %rdx
    movabsq $0x5AFE0003C0DE0001, %rbx
    movabsq $0x5AFE000CC0DE0002, %r12
    movabsq $0x5AFE000DC0DE0003, %r13
    movabsq $0x5AFE000EC0DE0004, %r14
    movabsq $0x5AFE000FC0DE0005, %r15
    callq *%rax
    leaq -40(%rbp), %rsp
    movabsq $0x5AFE0003C0DE0001, %rcx
    cmpq %rcx, %rbx
    jne 1f
    movabsq $0x5AFE000CC0DE0002, %rcx
    cmpq %rcx, %r12
    jne 1f
    movabsq $0x5AFE000DC0DE0003, %rcx
    cmpq %rcx, %r13
    jne 1f
    movabsq $0x5AFE000EC0DE0004, %rcx
    cmpq %rcx, %r14
    jne 1f
    movabsq $0x5AFE000FC0DE0005, %rcx
    cmpq %rcx, %r15
    je 2f
1:
    movl $NATIVE_ENTRY_REGISTERS_CHANGED, %eax
2:
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    .cfi_def_cfa %rsp, 8
    retq
    .cfi_endproc
#elif defined(__aarch64__)
// AAPCS64: x0 stub, x1 context, x2 callee, x3 values, x4 top of the stack.
SYMBOL(native_entry_call):
    .cfi_startproc
    stp x29, x30, [sp, #-160]!
    .cfi_def_cfa_offset 160
    .cfi_offset x29, -160
    .cfi_offset x30, -152
    mov x29, sp
    .cfi_def_cfa_register x29
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov sp, x4
    mov x9, x0
    mov x0, x1
    mov x1, x2
    mov x2, x3
    adr x10, 2f
    ldp x19, x20, [x10]
    ldp x21, x22, [x10, #16]
    ldp x23, x24, [x10, #32]
    ldp x25, x26, [x10, #48]
    ldp x27, x28, [x10, #64]
    ldp d8, d9, [x10]
    ldp d10, d11, [x10, #16]
    ldp d12, d13, [x10, #32]
    ldp d14, d15, [x10, #48]
    blr x9
    mov sp, x29
    adr x10, 2f
    ldp x11, x12, [x10]
    fmov x13, d8
    fmov x14, d9
    cmp x11, x19
    ccmp x12, x20, #0, eq
    ccmp x11, x13, #0, eq
    ccmp x12, x14, #0, eq
    ldp x11, x12, [x10, #16]
    fmov x13, d10
    fmov x14, d11
    ccmp x11, x21, #0, eq
    ccmp x12, x22, #0, eq
    ccmp x11, x13, #0, eq
    ccmp x12, x14, #0, eq
    ldp x11, x12, [x10, #32]
    fmov x13, d12
    fmov x14, d13
    ccmp x11, x23, #0, eq
    ccmp x12, x24, #0, eq
    ccmp x11, x13, #0, eq
    ccmp x12, x14, #0, eq
    ldp x11, x12, [x10, #48]
    fmov x13, d14
    fmov x14, d15
    ccmp x11, x25, #0, eq
    ccmp x12, x26, #0, eq
    ccmp x11, x13, #0, eq
    ccmp x12, x14, #0, eq
    ldp x11, x12, [x10, #64]
    ccmp x11, x27, #0, eq
    ccmp x12, x28, #0, eq
    b.eq 1f
    mov w0, #NATIVE_ENTRY_REGISTERS_CHANGED
1:
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x29, x30, [sp], #160
    .cfi_def_cfa sp, 0
    ret
    .cfi_endproc
    .p2align 3
2:
    .quad 0x5AFE0013C0DE0001, 0x5AFE0014C0DE0002, 0x5AFE0015C0DE0003, 0x5AFE0016C0DE0004, 0x5AFE0017C0DE0005
    .quad 0x5AFE0018C0DE0006, 0x5AFE0019C0DE0007, 0x5AFE001AC0DE0008, 0x5AFE001BC0DE0009, 0x5AFE001CC0DE000A
#else
#error "no entry into machine code for this architecture"
#endif

#if defined(__linux__)
    .section .note.GNU-stack, "", %progbits
#endif
