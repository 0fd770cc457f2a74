import Execution

/// Engines that take turns, as one line of a chart: those of one machine and level, in whatever way results come and audited or not.
enum EngineGroup {
    /// - Parameter machines: the families of the compilers in this program.
    static func name(of engine: String, machines: [String]) -> String {
        let name = EngineName(engine)
        guard machines.contains(name.family) else { return engine }
        return EngineName(family: name.family, options: Array(name.options.prefix(1))).description
    }
}
