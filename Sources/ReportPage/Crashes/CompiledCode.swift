import Execution
import Triage
import WasmModel

/// What a compiler makes of the module of a crash, as `compile --emit listing` writes it.
public enum CompiledCode: Hashable, Sendable {
    /// The lines of the listing, and what is to be said of it.
    case listing([String], remark: String? = nil)
    /// There is none, and why.
    case unavailable(String)
}

/// A request for the code of one compiler.
public struct CodeRequest: Hashable, Sendable {
    /// The path of the module.
    public let module: String
    public let engine: EngineName
    /// The deliberate bug that the compiler is to have.
    public let specimen: String?
    public let focus: CodeFocus

    /// Makes a request.
    public init(module: String, engine: EngineName, specimen: String?, focus: CodeFocus) {
        self.module = module
        self.engine = engine
        self.specimen = specimen
        self.focus = focus
    }

    /// Asks for what a machine's compiler makes of a crash, by default that of the machine that fails.
    public init(_ folder: CrashFolder, family: String? = nil) {
        let engine = folder.report.engine
        self.init(
            module: "\(folder.path)/\(CrashFolder.File.module)",
            engine: EngineName(family: family ?? engine.family, options: engine.options),
            specimen: folder.report.specimen,
            focus: folder.codeFocus
        )
    }
}
