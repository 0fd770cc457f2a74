import Execution
import WasmFormats
import WasmInterpreter
import WasmModel

/// An engine that is added: the interpreter, which gives the negative of every i32 that a call returns. All of it is in this file.
struct NegatingFactory: EngineFactory {
    let family = "negating"
    let obstacle: String? = nil
    let configurations: [EngineName] = ["negating:honest", "negating:mistaken"]
    let capabilities = EngineCapabilities(
        summary: "an interpreter with a mistake",
        version: "1",
        machine: "none",
        features: .wasm3,
        refusals: "memories"
    )

    func makeEngine(_ name: EngineName) -> any Engine {
        NegatingEngine(name: name, isMistaken: name.options == ["mistaken"])
    }
}

private struct NegatingEngine: StoreEngine {
    let name: EngineName
    let isMistaken: Bool
    private let base = InterpreterEngine()

    func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        guard module.memoryTypes.isEmpty else { throw .refused("memories") }
        return try base.prepare(module)
    }

    func makeStore(within budget: Budget) throws(EngineFailure) -> any Store {
        NegatingStore(try base.makeStore(within: budget), isMistaken: isMistaken)
    }
}

private final class NegatingStore: Store {
    private let base: any Store
    private let isMistaken: Bool

    init(_ base: any Store, isMistaken: Bool) {
        self.base = base
        self.isMistaken = isMistaken
    }

    func instantiate(
        _ module: any PreparedModule,
        imports: [ImportedItem]
    ) throws(InstantiationFailure) -> InstanceNumber {
        try base.instantiate(module, imports: imports)
    }

    func invoke(
        _ function: FunctionIndex,
        of instance: InstanceNumber,
        _ arguments: [WasmValue]
    ) throws(EngineFailure) -> InvocationOutcome {
        let ending = try base.invoke(function, of: instance, arguments)
        guard isMistaken, case .returned(let values) = ending else { return ending }
        return .returned(
            values.map { value in
                if case .i32(let bits) = value { .i32(0 &- bits) } else { value }
            }
        )
    }

    func value(of global: GlobalIndex, in instance: InstanceNumber) throws(EngineFailure) -> WasmValue {
        try base.value(of: global, in: instance)
    }

    func bytes(of memory: MemoryIndex, in instance: InstanceNumber) throws(EngineFailure) -> [UInt8] {
        try base.bytes(of: memory, in: instance)
    }

    func elements(of table: TableIndex, in instance: InstanceNumber) throws(EngineFailure) -> [WasmReference] {
        try base.elements(of: table, in: instance)
    }

    var hostCalls: HostCallLog { base.hostCalls }

    var remainingFuel: UInt64? { base.remainingFuel }
}
