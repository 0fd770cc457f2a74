import WasmInterpreter
import WasmScripts

extension InterpreterEngine: ScriptEngine {
    /// Makes an empty store; its fuel is far beyond what a sane script needs, so that every script ends.
    public func makeScriptStore() -> any ScriptStore {
        InterpreterScriptEngine(limits: ExecutionLimits(fuel: 20_000_000_000)).makeScriptStore()
    }
}

extension EngineCatalog {
    /// The engines that a name stands for, as engines for specification scripts.
    /// - Throws: where there is no such engine, or where it cannot run scripts.
    public func scriptEngines(named name: String) throws(UnknownEngine) -> [any ScriptEngine] {
        var result: [any ScriptEngine] = []
        for engine in try engines(named: name) {
            guard let engine = engine as? any ScriptEngine else {
                throw UnknownEngine(name: name, reason: "cannot run scripts")
            }
            result.append(engine)
        }
        return result
    }
}
