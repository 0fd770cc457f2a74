import Foundation

/// The configuration of Wasmtime by options of text.
///
/// | option | value |
/// |---|---|
/// | `strategy` | `cranelift` or, from release 45, `winch` |
/// | `opt-level` | `none`, `speed` or `speed-and-size` |
/// | `regalloc` | `backtracking` or `single-pass`; from release 45 |
/// | `target` | `pulley64`: the interpreter of Wasmtime; from release 38 |
/// | `max-stack` | of wasm code, in bytes |
/// | `cranelift-FLAG` | the value of a setting of Cranelift; from release 14 |
/// | `wasm-PROPOSAL` | `true` or `false`, e.g. `wasm-tail-call`; all that the release and the compiler have is on without it |
/// | `nan-canonicalization`, `debug-verifier`, `signals-based-traps` | `true` or `false` |
/// | `memory-reservation`, `memory-guard-size` | in bytes |
///
/// Source: `wasmtime/config.h`.
struct WasmtimeConfiguration {
    private typealias Pointer = ForeignPointer
    private typealias SetFlag = @convention(c) (Pointer, Bool) -> Void
    private typealias SetByte = @convention(c) (Pointer, UInt8) -> Void
    private typealias SetWord = @convention(c) (Pointer, UInt64) -> Void
    private typealias SetText = @convention(c) (Pointer, UnsafePointer<CChar>) -> Pointer?
    private typealias SetTexts = @convention(c) (Pointer, UnsafePointer<CChar>, UnsafePointer<CChar>) -> Void

    /// The configuration of the library; an engine that is made with it takes it.
    let pointer: ForeignPointer
    /// What the options choose, in a few words.
    let summary: String
    let isWinch: Bool
    private let library: SharedLibrary
    private let release: WasmtimeRelease

    private static let names = [
        "strategy", "opt-level", "regalloc", "target", "max-stack", "cranelift-FLAG", "wasm-PROPOSAL",
        "nan-canonicalization", "debug-verifier", "signals-based-traps", "memory-reservation", "memory-guard-size",
    ]

    init(
        _ library: SharedLibrary,
        _ release: WasmtimeRelease,
        _ options: [String: String]
    ) throws(LibraryEngineError) {
        self.library = library
        self.release = release
        let new: @convention(c) () -> Pointer = try library.function("wasm_config_new")
        pointer = new()
        isWinch = options["strategy"] == "winch"
        summary = options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        // One case after the other is compiled, and nobody unwinds through compiled code.
        try set("wasmtime_config_parallel_compilation_set", false)
        if library.has("wasmtime_config_native_unwind_info_set") {
            try set("wasmtime_config_native_unwind_info_set", false)
        }
        try enableProposals()
        // The target is set before flags, which are its own.
        if let target = options["target"] { try setTarget(target) }
        for (name, value) in options.sorted(by: { $0.key < $1.key }) where name != "target" { try set(name, to: value) }
    }

    /// Enables every proposal that the release and the compiler have; an engine with one that they do not have stops the process.
    private func enableProposals() throws(LibraryEngineError) {
        var proposals = ["multi_memory", "memory64", "wide_arithmetic"]
        if !isWinch { proposals += ["tail_call", "function_references", "relaxed_simd", "exceptions"] }
        if !isWinch, release.hasGarbageCollection { proposals.append("gc") }
        for proposal in proposals where library.has("wasmtime_config_wasm_\(proposal)_set") {
            try set("wasmtime_config_wasm_\(proposal)_set", true)
        }
    }

    private func set(_ option: String, to value: String) throws(LibraryEngineError) {
        switch option {
        case "strategy": try setStrategy(value)
        case "opt-level":
            let level = try position(of: value, in: ["none", "speed", "speed-and-size"], option)
            let set: SetByte = try library.function("wasmtime_config_cranelift_opt_level_set")
            set(pointer, level)
        case "regalloc":
            let algorithm = try position(of: value, in: ["backtracking", "single-pass"], option)
            let setter = "wasmtime_config_cranelift_regalloc_algorithm_set"
            guard let set: SetByte = library.functionIfPresent(setter) else {
                throw .unsupportedOption(name: option, reason: "this release of Wasmtime has no such choice")
            }
            set(pointer, algorithm)
        case "max-stack": try setWord(option, "wasmtime_config_max_wasm_stack_set", value)
        case "memory-reservation": try setWord(option, "wasmtime_config_memory_reservation_set", value)
        case "memory-guard-size": try setWord(option, "wasmtime_config_memory_guard_size_set", value)
        case "nan-canonicalization": try setFlag(option, "wasmtime_config_cranelift_nan_canonicalization_set", value)
        case "debug-verifier": try setFlag(option, "wasmtime_config_cranelift_debug_verifier_set", value)
        case "signals-based-traps": try setFlag(option, "wasmtime_config_signals_based_traps_set", value)
        default:
            if option.hasPrefix("wasm-") {
                let proposal = option.dropFirst(5).replacing("-", with: "_")
                try setFlag(option, "wasmtime_config_wasm_\(proposal)_set", value)
            } else if option.hasPrefix("cranelift-") {
                guard let set: SetTexts = library.functionIfPresent("wasmtime_config_cranelift_flag_set") else {
                    throw .unsupportedOption(name: option, reason: "this release of Wasmtime takes no flags")
                }
                set(pointer, String(option.dropFirst(10)), value)
            } else {
                throw .unknownOption(name: option, choice: Self.names.joined(separator: ", "))
            }
        }
    }

    private func setStrategy(_ value: String) throws(LibraryEngineError) {
        let strategy = try position(of: value, in: ["auto", "cranelift", "winch"], "strategy")
        if isWinch, !release.hasWinch {
            throw .unsupportedOption(name: "strategy", reason: "this release of Wasmtime has no Winch")
        }
        let set: SetByte = try library.function("wasmtime_config_strategy_set")
        set(pointer, strategy)
    }

    private func setTarget(_ value: String) throws(LibraryEngineError) {
        // The libraries hold no compiler for other machines than their own, and stop the process where one is asked for.
        _ = try position(of: value, in: ["pulley64"], "target")
        guard release.hasPulley, let set: SetText = library.functionIfPresent("wasmtime_config_target_set") else {
            throw .unsupportedOption(name: "target", reason: "this release of Wasmtime has no interpreter")
        }
        guard let error = set(pointer, value) else { return }
        let message: @convention(c) (Pointer, Pointer) -> Void = try library.function("wasmtime_error_message")
        let delete: @convention(c) (Pointer) -> Void = try library.function("wasmtime_error_delete")
        let deleteBytes: @convention(c) (Pointer) -> Void = try library.function("wasm_byte_vec_delete")
        var bytes = ForeignVector()
        let reason = withUnsafeMutablePointer(to: &bytes) { bytes in
            message(error, bytes)
            defer { deleteBytes(bytes) }
            return bytes.pointee.text
        }
        delete(error)
        throw .unsupportedOption(name: "target", reason: reason)
    }

    private func set(_ setter: String, _ flag: Bool) throws(LibraryEngineError) {
        let set: SetFlag = try library.function(setter)
        set(pointer, flag)
    }

    private func setFlag(_ option: String, _ setter: String, _ value: String) throws(LibraryEngineError) {
        let flag = try position(of: value, in: ["false", "true"], option) == 1
        guard library.has(setter) else {
            throw .unsupportedOption(name: option, reason: "this release of Wasmtime has no such option")
        }
        try set(setter, flag)
    }

    private func setWord(_ option: String, _ setter: String, _ value: String) throws(LibraryEngineError) {
        guard let word = UInt64(value) else {
            throw .unknownValue(option: option, value: value, choice: "whole numbers of bytes")
        }
        guard let set: SetWord = library.functionIfPresent(setter) else {
            throw .unsupportedOption(name: option, reason: "this release of Wasmtime has no such option")
        }
        set(pointer, word)
    }

    private func position(
        of value: String,
        in choice: [String],
        _ option: String
    ) throws(LibraryEngineError) -> UInt8 {
        guard let position = choice.firstIndex(of: value) else {
            throw .unknownValue(option: option, value: value, choice: choice.joined(separator: ", "))
        }
        return UInt8(position)
    }
}
