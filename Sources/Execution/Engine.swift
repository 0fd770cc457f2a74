import WasmFormats
import WasmModel

/// Something that runs modules: an interpreter, a compiler with a machine, or an engine in another process.
public protocol Engine: Sendable {
    /// By which options and reports call the engine.
    var name: EngineName { get }
    /// What the engine is and what it can do.
    var capabilities: EngineCapabilities { get }
    /// Why the engine cannot be used here; nil where it can.
    var obstacle: String? { get }

    /// Runs a test case from its bytes to its observation. May take the process down with it where the engine is at fault: who cannot
    /// afford that uses an isolated engine.
    func run(_ test: TestCase, within budget: Budget) -> Outcome
}

extension Engine {
    /// Nothing is known of an engine that says nothing of itself.
    public var capabilities: EngineCapabilities { .unstated }
    /// An engine in this program can always be used.
    public var obstacle: String? { nil }
}

/// An engine in a process of its own, whose processor time tells what it does with a case.
public protocol MeasuredEngine: Engine {
    /// Runs a case, and says how much processor time the engine took, in seconds; nil where it did not complete the case.
    func processorSeconds(_ test: TestCase, within budget: Budget) -> Double?
}

/// An engine to which cases are carried, as it is outside of this program.
public protocol CarryingEngine: MeasuredEngine {
    /// What starts it, in the form in which it was defined.
    var definitionText: String { get }
    /// How often a case was carried, by the way, since the last call.
    func takeCarriageCounts() -> [String: Int]
    /// The same engine once for each way by which cases are carried, where there are several.
    func variants() -> [any Engine]
    /// How anybody sees what the engine does with a case.
    /// - Parameter expected: what the oracle does.
    func reproduction(of test: TestCase, expected: Outcome) -> Reproduction?
}

/// An engine that judges others: it can be asked for every behaviour that the specification allows.
public protocol Oracle: Engine {
    /// The same engine with a choice of what relaxed instructions do; without, it is that of the deterministic profile.
    func choosing(_ relaxed: RelaxedParameters) -> any Engine
}

/// An engine in this process, which is embedded by two things: it makes modules ready, and it makes stores for them.
///
/// Running a test case (``TestCase/run(on:within:)``), running a script and everything else that runs wasm is a function over the store.
public protocol StoreEngine: Engine {
    /// What decodes and validates the bytes of test cases; engines may share one.
    var reader: ModuleReader { get }

    /// Makes a module ready to be instantiated any number of times; a compiler compiles it here.
    func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule

    /// Makes a module ready from its bytes; an engine with a decoder and a validator of its own uses them.
    func prepare(wasm: [UInt8]) throws(EngineFailure) -> any PreparedModule

    /// Makes an empty store.
    func makeStore(within budget: Budget) throws(EngineFailure) -> any Store
}

extension StoreEngine {
    /// One that no other engine has, and that is forgotten after its first module.
    public var reader: ModuleReader { ModuleReader() }

    /// Decodes, validates, prepares, instantiates and calls.
    public func run(_ test: TestCase, within budget: Budget) -> Outcome { test.run(on: self, within: budget) }

    /// Decodes, validates and prepares; a module that is malformed or invalid is refused.
    public func prepare(wasm: [UInt8]) throws(EngineFailure) -> any PreparedModule {
        let module: ValidatedModule
        do {
            module = try reader.module(wasm)
        } catch {
            switch error {
            case .rejected(let reason), .refused(let reason): throw .refused(reason)
            }
        }
        return try prepare(module)
    }
}

/// A module as an engine instantiates it; of the engine that made it.
public protocol PreparedModule {
    var module: ValidatedModule { get }
}

/// Why an engine does not go on.
public enum EngineFailure: Error, Hashable, Sendable {
    /// It does not do this, and says what: the name of an instruction, a feature or a limit.
    case refused(String)
    /// It stopped in a way that it should not, and says why.
    case crashed(String)
}
