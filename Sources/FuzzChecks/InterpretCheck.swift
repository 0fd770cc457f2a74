import Execution
import FuzzDriver
import Invariants
import WasmFormats
import WasmGenerator
import WasmInterpreter
import WasmModel

/// Arbitrary valid modules under limits: every call ends, and ends the same way each time.
public enum InterpretCheck {
    /// What can be seen of a run.
    private struct Result {
        /// Why there is no instance, or what stopped the engine.
        var failure: String?
        var outcomes: [InvocationOutcome] = []
        /// The fuel that was left after each call.
        var fuel: [UInt64] = []
        var globals: [WasmValue] = []
        var memories: [UInt64] = []
        var hostCalls = HostCallLog()

        /// The first thing in which another run differs, with what it is in both; nil where none does.
        func difference(from other: Result) -> String? {
            if failure != other.failure {
                return "instantiation: \(Self.text(failure)) and \(Self.text(other.failure))"
            }
            for (call, outcomes) in zip(outcomes, other.outcomes).enumerated() {
                guard case .returned(let mine) = outcomes.0, case .returned(let others) = outcomes.1 else { continue }
                if let difference = Self.difference("result", mine, others) { return "call \(call), \(difference)" }
            }
            return Self.difference("outcome of call", outcomes, other.outcomes)
                ?? Self.difference("fuel left after call", fuel, other.fuel)
                ?? Self.difference("global", globals, other.globals)
                ?? Self.difference("digest of memory", memories, other.memories)
                ?? Self.difference("host call", hostCalls.first, other.hostCalls.first)
                ?? Self.difference("log of host calls", [hostCalls], [other.hostCalls])
        }

        private static func text(_ failure: String?) -> String { failure ?? "succeeded" }

        private static func difference<Part: Equatable>(_ name: String, _ mine: [Part], _ others: [Part]) -> String? {
            if mine == others { return nil }
            guard let position = zip(mine, others).enumerated().first(where: { $0.1.0 != $0.1.1 })?.offset else {
                return "number of parts, \(name): \(mine.count) and \(others.count)"
            }
            return "\(name) \(position): \(mine[position]) and \(others[position])"
        }
    }

    /// Small enough that no input takes long, and large enough that ordinary programs end before them.
    private static let limits = ExecutionLimits(
        valueStackSlots: 32_768,
        tableElements: 20_000,
        heapBytes: 1 << 20,
        hostCalls: 1000,
        allMemoryPages: 64,
        allTableElements: 100_000
    )
    private static let budget = Budget(fuel: 50_000, callDepth: 200, memoryPages: 32)
    private static let maximumCalls = 16

    /// Interprets the module that the bytes are or, where they are none, the one that they decide; stops the process where
    /// a second run, in which no instructions are fused, differs.
    /// - Returns: whether the module could be instantiated.
    @discardableResult
    public static func check(_ bytes: [UInt8]) -> Bool {
        let module = module(from: bytes)
        let first = run(module, fusesInstructions: true)
        if let difference = first.difference(from: run(module, fusesInstructions: false)) {
            invariantFailed("interpreting with and without fused instructions gives the same result: \(difference)")
        }
        return first.failure == nil
    }

    /// The module that bytes are or decide.
    private static func module(from bytes: [UInt8]) -> ValidatedModule {
        if let decoded = try? BinaryDecoder.decode(bytes), let module = try? Validator.validate(decoded) {
            return module
        }
        var decisions = DecisionSource(bytes)
        let module: Module
        if decisions.oneIn(4) {
            let profile = Profile.all[decisions.choose(Profile.all.count)].portable
            module = profile.recipe(from: &decisions, maximumArity: 300).generate().module
        } else {
            module =
                switch decisions.choose(2) {
                case 0: ProgramBuilder.module(from: decisions, isBounded: false)
                default: ProgramBuilder.module(from: decisions, isBounded: true)
                }
        }
        do {
            return try Validator.validate(module)
        } catch {
            invariantFailed("what decisions make is valid: \(error)")
        }
    }

    private static func run(_ module: ValidatedModule, fusesInstructions: Bool) -> Result {
        var result = Result()
        guard let host = try? HostImports(module) else {
            result.failure = "an import that the host has no value for"
            return result
        }
        let engine = InterpreterEngine(limits: limits, fusesInstructions: fusesInstructions)
        do {
            let store = try engine.makeStore(within: budget)
            let instance = try store.instantiate(try engine.prepare(module), imports: host.items)
            for (number, export) in module.module.exports.enumerated() where result.outcomes.count < maximumCalls {
                guard case .function(let function) = export.item else { continue }
                let type = module.functionType(of: function)
                if type.parameters.contains(where: { !canBeNull($0) }) { continue }
                for isZero in type.parameters.isEmpty ? [true] : [true, false] {
                    let arguments = arguments(type, isZero: isZero, number)
                    result.outcomes.append(try store.invoke(function, of: instance, arguments))
                    result.fuel.append(store.remainingFuel ?? 0)
                }
            }
            for position in module.globalTypes.indices {
                result.globals.append(try store.value(of: GlobalIndex(position), in: instance))
            }
            for position in module.memoryTypes.indices {
                result.memories.append(digest(try store.bytes(of: MemoryIndex(position), in: instance)))
            }
            result.hostCalls = store.hostCalls
        } catch {
            result.failure = text(of: error)
        }
        return result
    }

    /// An error as text. Swift's runtime keeps the name of each type that it has printed, once and for good, in a place where LeakSanitizer does
    /// not find it if the runtime is linked statically.
    private static func text(of error: any Error) -> String {
        fuzz_driver_leak_tracking(false)
        defer { fuzz_driver_leak_tracking(true) }
        return "\(error)"
    }

    /// Whether a type has a value that everybody can make.
    private static func canBeNull(_ type: ValueType) -> Bool {
        if case .reference(let type) = type { type.isNullable } else { true }
    }

    private static func digest(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes(digest) }

    private static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = UInt64(bytes.count)
        for offset in stride(from: 0, to: bytes.count & ~7, by: 8) {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x100_0000_01B3
            hash ^= hash >> 29
        }
        return hash
    }

    private static func arguments(_ type: FunctionType, isZero: Bool, _ number: Int) -> [WasmValue] {
        type.parameters.enumerated().map { position, type in
            let bits = isZero ? 0 : UInt64(number * 31 + position + 1) &* 0x9E37_79B9_7F4A_7C15
            return switch type {
            case .i32: .i32(isZero ? 0 : UInt32(position + number))
            case .i64: .i64(bits)
            case .f32: .f32(isZero ? 0 : Float(position).bitPattern)
            case .f64: .f64(bits)
            case .v128: .v128(V128(low: bits, high: ~bits))
            case .reference: .reference(.null)
            }
        }
    }
}
