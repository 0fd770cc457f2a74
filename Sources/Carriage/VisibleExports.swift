import Execution
import WasmFormats
import WasmModel

/// The exports of a module that show state, sorted by name, and the names of the exports of a rewritten module.
struct VisibleExports {
    static let stateName = "state"
    static func callName(_ number: Int) -> String { "call-\(number)" }
    static func memoryName(_ number: Int) -> String { "memory-\(number)" }

    private(set) var globals: [(name: String, global: GlobalIndex)] = []
    private(set) var tables: [(name: String, table: TableIndex)] = []
    private(set) var memories: [(name: String, memory: MemoryIndex)] = []

    init(_ module: ValidatedModule) {
        for export in module.exportsOfState {
            switch export.item {
            case .global(let index): globals.append((export.name, index))
            case .table(let index): tables.append((export.name, index))
            case .memory(let index): memories.append((export.name, index))
            case .function, .tag: break
            }
        }
    }

    /// Whether wasm has to store what is seen.
    var needState: Bool { !globals.isEmpty || !tables.isEmpty }
}

/// On which instances the calls of a rewritten case are made.
enum InstancePlan: Sendable {
    /// All on one.
    case one
    /// Each on one of its own, in one test.
    case fresh
    /// Each on one of its own, in a test of its own.
    case split

    init(_ test: TestCase, isStateCalled: Bool) {
        if !test.usesFreshInstances || test.invocations.isEmpty {
            self = .one
        } else {
            self = isStateCalled ? .split : .fresh
        }
    }
}

/// An exported global.
struct SeenGlobal: Sendable {
    var name: String
    var type: ValueType
}

extension InstancePlan {
    /// The tests that call the exports of a rewritten module.
    func tests(_ wasm: [UInt8], callCount: Int, _ exports: VisibleExports) -> [TestCase] {
        func call(_ name: String) -> Invocation { Invocation(export: name, arguments: []) }
        let calls = (0..<callCount).map { call(VisibleExports.callName($0)) }
        let state = exports.needState ? [call(VisibleExports.stateName)] : []
        return switch self {
        case .one: [TestCase(wasm: wasm, invocations: calls + state)]
        case .fresh: [TestCase(wasm: wasm, invocations: calls, usesFreshInstances: true)]
        case .split: calls.map { TestCase(wasm: wasm, invocations: [$0] + state) }
        }
    }
}
