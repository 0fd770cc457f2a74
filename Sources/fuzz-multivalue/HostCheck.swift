import Differential
import Execution
import WasmFormats
import WasmModel
import WorkerIsolation

/// One case that shows whether a host carries something that it claims.
struct HostCheck: Sendable {
    /// What it shows, in words.
    let name: String
    /// Whether the host claims what the case needs.
    let applies: @Sendable (HostDescription) -> Bool
    let test: TestCase
    /// Of each call; nil for the usual time. What has no end is stopped after it.
    var seconds: Double?
    /// By which way the case is carried; nil for the first that can.
    var carriage: String?
    /// What has to come of it; nil for what the oracle does.
    var expected: Expectation?

    /// What else than agreement with the oracle a case may have to come to.
    enum Expectation: Sendable {
        /// The module is invalid, and the host says so.
        case rejected
        /// The host is stopped, and works again for the next case.
        case stopped
        /// The stack is exhausted, which ends the call and not the host.
        case exhausted
    }

    /// All checks, in the order in which they are made.
    static var all: [HostCheck] {
        typeChecks + [manyValues, memoryOfResults, nanBits] + stateChecks + endChecks + [hostCalls, largeModule]
    }

    private init(
        _ name: String,
        _ text: String,
        _ calls: [Invocation] = [],
        fresh: Bool = false,
        carriage: String? = nil,
        expected: Expectation? = nil,
        seconds: Double? = nil,
        where applies: @escaping @Sendable (HostDescription) -> Bool = { _ in true }
    ) {
        guard let module = try? TextParser.module(text) else { preconditionFailure("the module of '\(name)' is text") }
        self.name = name
        self.applies = applies
        self.carriage = carriage
        self.expected = expected
        self.seconds = seconds
        test = TestCase(wasm: BinaryEncoder.encode(module), invocations: calls, usesFreshInstances: fresh)
    }

    private static func call(_ export: String, _ arguments: [WasmValue] = []) -> Invocation {
        Invocation(export: export, arguments: arguments)
    }

    // MARK: Values

    private static let edgeValues: [(type: String, values: [WasmValue])] = [
        ("i32", [.i32(0), .i32(.max), .i32(0x8000_0000), .i32(7)]),
        ("i64", [.i64(0), .i64(.max), .i64(1 << 63), .i64(0x1234_5678_9ABC_DEF0)]),
        ("f32", [.f32(0), .f32(0x8000_0000), .f32(0x7F80_0000), .f32(1), .f32(0x3FC0_0000)]),
        ("f64", [.f64(0), .f64(1 << 63), .f64(1), .f64(0x7FF0_0000_0000_0000), .f64(0x4009_21FB_5444_2D18)]),
        ("v128", [.v128(V128(low: 1, high: 0x8000_0000_0000_0000)), .v128(V128(low: .max, high: 0))]),
        ("externref", [.reference(.null), .reference(.external(7)), .reference(.external(8))]),
        ("funcref", [.reference(.null), .reference(.function(0))]),
    ]

    private static var typeChecks: [HostCheck] {
        edgeValues.map { type, values in
            HostCheck(
                "\(type) as an argument and as a result",
                "(module (func (export \"same\") (param \(type)) (result \(type)) local.get 0))",
                values.map { call("same", [$0]) },
                carriage: "direct"
            ) { $0.values.contains(type) }
        }
    }

    private static let manyValues = HostCheck(
        "60 arguments and results of i32 and f64 in one call",
        """
        (module (func (export "turn") (param \(repeated("i32 f64", 30))) (result \(repeated("f64 i32", 30)))
          \((0..<30).map { "local.get \(59 - 2 * $0) local.get \(58 - 2 * $0)" }.joined(separator: " "))))
        """,
        [call("turn", (0..<30).flatMap { [WasmValue.i32(UInt32($0)), .f64(Double($0).bitPattern)] })],
        carriage: "direct"
    ) { $0.values.contains("i32") && $0.values.contains("f64") }

    private static func repeated(_ text: String, _ count: Int) -> String {
        [String](repeating: text, count: count).joined(separator: " ")
    }

    private static let memoryOfResults = HostCheck(
        "results by way of a memory",
        "(module (func (export \"f\") (result i64 f32) i64.const -2 f32.const 1.5))",
        [call("f"), call("f")],
        carriage: "memory"
    )

    private static let nanBits = HostCheck(
        "the bits of NaNs",
        "(module (func (export \"same\") (param f64) (result f64) local.get 0))",
        [call("same", [.f64(0x7FF8_0000_0000_1234)]), call("same", [.f64(0xFFF4_0000_0000_0001)])],
        carriage: "direct"
    ) { $0.exactNaNs && $0.values.contains("f64") }

    // MARK: State

    private static let counter = """
        (module (global $n (export "n") (mut i32) i32.const 0)
          (func (export "up") (result i32)
            global.get $n i32.const 1 i32.add global.set $n global.get $n))
        """

    private static var stateChecks: [HostCheck] {
        [
            HostCheck(
                "a memory, in blocks that are not zero",
                """
                (module (memory (export "m") 2)
                  (data (i32.const 0) "a") (data (i32.const 65535) "bc") (data (i32.const 131071) "d"))
                """
            ),
            HostCheck(
                "an instance that stays between calls",
                counter,
                [call("up"), call("up"), call("up")]
            ),
            HostCheck(
                "an instance of its own for each call",
                counter,
                [call("up"), call("up")],
                fresh: true,
                carriage: "direct"
            ) { $0.values.contains("i32") && $0.showsGlobals },
            HostCheck(
                "exported globals",
                """
                (module (global (export "b") i64 i64.const -5) (global (export "a") f32 f32.const 0.5))
                """,
                carriage: "direct"
            ) { $0.showsGlobals && $0.values.contains("i64") && $0.values.contains("f32") },
            HostCheck(
                "an exported table",
                """
                (module (table (export "t") 3 funcref) (elem (i32.const 1) func $f) (func $f (export "f")))
                """,
                carriage: "direct"
            ) { $0.showsTables && $0.values.contains("funcref") },
        ]
    }

    // MARK: Ends

    private static let traps = """
        (module (memory 1)
          (func (export "unreachable") unreachable)
          (func (export "divide") i32.const 1 i32.const 0 i32.div_s drop)
          (func (export "overflow") i32.const 0x80000000 i32.const -1 i32.div_s drop)
          (func (export "beyond") i32.const 65536 i32.load drop)
          (func (export "conversion") f32.const nan i32.trunc_f32_s drop))
        """

    private static var endChecks: [HostCheck] {
        [
            HostCheck(
                "traps",
                traps,
                ["unreachable", "divide", "overflow", "beyond", "conversion"].map { call($0) }
            ),
            HostCheck(
                "an exception that nothing catches",
                "(module (tag $t (param i32 i64)) (func (export \"f\") i32.const 1 i64.const 2 throw $t))",
                [call("f")]
            ),
            HostCheck(
                "a start function that traps",
                "(module (func $start unreachable) (start $start))"
            ),
            HostCheck("an invalid module", "(module (func (result i32) i64.const 1))", expected: .rejected),
            HostCheck(
                "a stack that is exhausted",
                "(module (func $f (export \"f\") call $f call $f))",
                [call("f")],
                expected: .exhausted
            ),
            HostCheck(
                "a call without end, and a case after it",
                "(module (func (export \"f\") loop br 0 end))",
                [call("f")],
                expected: .stopped,
                seconds: 1
            ),
        ]
    }

    private static let hostCalls = HostCheck(
        "imported functions",
        """
        (module (import "h" "f" (func $f (param i32 f64) (result f64 i32))) (import "h" "g" (func $g (param i32)))
          (func (export "run") (result f64 i32) i32.const 3 f64.const 2.5 call $f i32.const 9 call $g))
        """,
        [call("run")],
        carriage: "direct"
    ) { $0.providesFunctions && $0.values.contains("i32") && $0.values.contains("f64") }

    private static let largeModule = HostCheck(
        "a module of a megabyte",
        "(module (memory 20) (data (i32.const 5) \"\(String(repeating: "x", count: 1 << 20))\") (func (export \"f\")))",
        [call("f")]
    )
}
