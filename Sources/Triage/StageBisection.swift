import Execution

/// Asks engines that leave out a stage, or that leave it out of one function, whether a case still fails.
public struct StageBisection {
    /// The stages of the engine at fault.
    private let stages: [CompilerStage]
    /// The engine with the same configuration for another machine; nil where there is none.
    private let counterpart: EngineName?
    private let makeEngine: (EngineName) -> any Engine

    /// Makes a bisection.
    /// - Parameter makeEngine: makes an engine of a full name, with the deliberate bug that the engine at fault has.
    init(stages: [CompilerStage], counterpart: EngineName?, makeEngine: @escaping (EngineName) -> any Engine) {
        self.stages = stages
        self.counterpart = counterpart
        self.makeEngine = makeEngine
    }

    /// Makes the bisection of an engine; nil of one that has no stages to leave out.
    /// - Parameter makeEngine: as above.
    public init?(
        of engine: EngineName,
        in registry: EngineRegistry,
        makeEngine: @escaping (EngineName) -> any Engine
    ) {
        let stages = registry.stages(of: engine)
        if stages.isEmpty { return nil }
        self.init(stages: stages, counterpart: registry.counterpart(of: engine), makeEngine: makeEngine)
    }

    /// A module with more functions has none of them named.
    private static let mostFunctions = 64

    /// Finds what a failure needs.
    /// - Parameters:
    ///   - functions: the indices of the functions that the module defines.
    ///   - passes: whether the case is completed by an engine as it should; an engine that says nothing does not pass.
    ///   - fails: whether the case fails in an engine in the way that is looked into.
    func culprit(
        of engine: EngineName,
        functions: Range<Int>,
        passes: (any Engine) throws -> Bool,
        fails: (any Engine) throws -> Bool
    ) rethrows -> CulpritStage {
        var needed = try stages.filter { try passes(makeEngine($0.leftOut(of: engine))) }
        if needed.contains(where: \.isPart) { needed.removeAll { stage in !stage.isPart && hasParts(stage) } }
        var culprits: [Int] = []
        if let first = needed.first, functions.count <= Self.mostFunctions {
            culprits = try functions.filter { try passes(makeEngine(first.leftOut(of: engine, in: $0))) }
        }
        return CulpritStage(
            stages: needed.map(\.description),
            functions: culprits,
            failsOnOtherMachine: try failsOnOtherMachine(fails)
        )
    }

    /// Whether a case fails in the engine with the same configuration for the other machine; nil where there is none.
    func failsOnOtherMachine(_ fails: (any Engine) throws -> Bool) rethrows -> Bool? {
        try counterpart.map { try fails(makeEngine($0)) }
    }

    /// Whether the parts among the stages are those of a stage: they follow it.
    private func hasParts(_ stage: CompilerStage) -> Bool {
        guard let position = stages.firstIndex(of: stage), position + 1 < stages.count else { return false }
        return stages[position + 1].isPart
    }
}
