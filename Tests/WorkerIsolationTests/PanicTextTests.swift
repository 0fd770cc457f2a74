import Testing

@testable import WorkerIsolation

/// What programs of several languages print when they end themselves.
struct PanicTextTests {
    private func message(_ lines: String) -> String? {
        PanicText(lines.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))?.message
    }

    @Test func `Rust prints the place first and the message on the next line`() {
        let said = message(
            """
            something before

            thread '<unnamed>' (4711) panicked at cranelift/codegen/src/machinst/reg.rs:85:9:
            assertion `left == right` failed
              left: 1
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            """
        )
        #expect(said == "cranelift/codegen/src/machinst/reg.rs:85:9: assertion `left == right` failed")
    }

    @Test func `Rust before 1.73 prints the message before the place`() {
        let said = message(
            "thread '<unnamed>' panicked at 'assertion failed: reg.is_real()', src/machinst/vcode.rs:1021:9\nnote: run with"
        )
        #expect(said == "'assertion failed: reg.is_real()', src/machinst/vcode.rs:1021:9")
    }

    @Test func `the C library names the file of an assertion, and the program before it is left out`() {
        let said = message("engine: src/compile.c:81: emit: Assertion `slot < limit' failed.\nAborted")
        #expect(said == "assertion failed: src/compile.c:81: emit: Assertion `slot < limit' failed.")
    }

    @Test func `V8 prints the place and then the check`() {
        let said = message(
            """


            #
            # Fatal error in ../../src/wasm/baseline/liftoff-compiler.cc, line 1234
            # Check failed: IsValid(reg).
            #
            """
        )
        #expect(
            said == "fatal error in ../../src/wasm/baseline/liftoff-compiler.cc, line 1234: Check failed: IsValid(reg)."
        )
    }

    @Test func `JavaScriptCore prints the condition and then the place`() {
        let said = message(
            "ASSERTION FAILED: index < size\nSource/JavaScriptCore/wasm/WasmBBQJIT.cpp(310) : void f()\n1   0x7f00 WTFCrash"
        )
        #expect(
            said
                == "assertion failed: index < size, Source/JavaScriptCore/wasm/WasmBBQJIT.cpp(310) : void f()"
        )
    }

    @Test func `SpiderMonkey prints its assertions on one line`() {
        #expect(
            message("Assertion failure: stackDepth() > 0, at js/src/wasm/WasmBaselineCompile.cpp:42")
                == "Assertion failure: stackDepth() > 0, at js/src/wasm/WasmBaselineCompile.cpp:42"
        )
        #expect(message("Hit MOZ_CRASH(out of registers) at x.cpp:7") == "Hit MOZ_CRASH(out of registers) at x.cpp:7")
    }

    @Test func `AddressSanitizer is told by the kind of error and the functions of the engine`() throws {
        let said = try #require(
            message(
                """
                =================================================================
                ==4711==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011 at pc 0x55 bp 0x7f sp 0x7f
                READ of size 1 at 0x602000000011 thread T0
                    #0 0x4a3b2c in __interceptor_memcpy (/usr/bin/engine+0x4a3b2c)
                    #1 0x55d0c1a2 in wasm::Emitter::copy(int) src/emit.cpp:77:3
                    #2 0x55d0c1a3 in std::function<void ()>::operator()() const functional:1
                    #3 0x55d0c1a4 in wasm::compile src/compile.cpp:9
                    #4 0x55d0c1a5 in main src/main.cpp:5
                    #5 0x55d0c1a6 in __libc_start_main (/lib/libc.so.6+0x2)
                SUMMARY: AddressSanitizer: heap-buffer-overflow src/emit.cpp:77:3 in wasm::Emitter::copy(int)
                """
            )
        )
        #expect(said == "sanitizer: heap-buffer-overflow in wasm::Emitter::copy(int) < wasm::compile < main")
    }

    @Test func `UndefinedBehaviorSanitizer is told by its error`() {
        #expect(
            message("src/emit.cpp:7:3: runtime error: shift exponent 64 is too large for 64-bit type")
                == "shift exponent 64 is too large for 64-bit type"
        )
    }

    @Test func `C++, Go and bun are known, too`() {
        #expect(
            message("terminate called after throwing an instance of 'std::out_of_range'\n  what():  vector::at")
                == "terminate called after throwing an instance of 'std::out_of_range' what():  vector::at"
        )
        #expect(
            message("panic: runtime error: index out of range [255] with length 255\n\ngoroutine 1 [running]:")
                == "index out of range [255] with length 255"
        )
        #expect(message("panic: odd number of results\n\ngoroutine 1 [running]:") == "panic: odd number of results")
        #expect(
            message("panic(main thread): Segmentation fault at address 0xBBADBEEF\noh no")
                == "panic(main thread): Segmentation fault at address 0xBBADBEEF"
        )
    }

    @Test func `a message is one line and has an end`() throws {
        let long = try #require(message("panic: " + String(repeating: "x", count: 10_000)))
        #expect(long.count == 400)
        #expect(message("thread panicked at a.rs:1:2:\nfirst") == "a.rs:1:2: first")
        #expect(message("thread panicked at a.rs:1:2:") == "a.rs:1:2:", "nothing follows")
    }

    @Test func `what is no end of a program is none`() {
        #expect(message("") == nil)
        #expect(message("a warning\nSegmentation fault (core dumped)") == nil)
    }
}
