// Switches to another stack, calls the stub there, and switches back.
// The frame pointer is the only register that must outlive the call: the stub keeps the registers of the host's C convention.

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
    movq %r8, %rsp
    movq %rdi, %rax
    movq %rsi, %rdi
    movq %rdx, %rsi
    movq %rcx, %rdx
    callq *%rax
    movq %rbp, %rsp
    popq %rbp
    .cfi_def_cfa %rsp, 8
    retq
    .cfi_endproc
#elif defined(__aarch64__)
// AAPCS64: x0 stub, x1 context, x2 callee, x3 values, x4 top of the stack.
SYMBOL(native_entry_call):
    .cfi_startproc
    stp x29, x30, [sp, #-16]!
    .cfi_def_cfa_offset 16
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    mov x29, sp
    .cfi_def_cfa_register x29
    mov sp, x4
    mov x9, x0
    mov x0, x1
    mov x1, x2
    mov x2, x3
    blr x9
    mov sp, x29
    ldp x29, x30, [sp], #16
    .cfi_def_cfa sp, 0
    ret
    .cfi_endproc
#else
#error "no entry into machine code for this architecture"
#endif

#if defined(__linux__)
    .section .note.GNU-stack, "", %progbits
#endif
