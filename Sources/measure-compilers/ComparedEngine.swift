/// A compiler that is measured beside others.
protocol ComparedEngine: AnyObject {
    var name: String { get }
    /// How many results a function may have at most; nil for no limit below those that are measured.
    var resultLimit: Int? { get }

    /// Decodes, validates and compiles a module, up to code in executable memory.
    func compile(_ wasm: [UInt8]) throws -> any CompiledCode
}

/// A module as code.
protocol CompiledCode: AnyObject {
    /// Makes an instance and calls its export `run`, which takes nothing and gives an i64.
    /// - Returns: the result, and the seconds that the call took.
    func timedRun() throws -> (result: UInt64, seconds: Double)
}

extension Duration {
    /// The whole of it, in seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
