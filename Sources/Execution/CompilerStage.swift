/// A stage of a compiler that it can do without, or by other means, so that it can be asked whether a failure needs it.
public struct CompilerStage: Hashable, Sendable {
    /// What is behind the name of an engine that is without the stage, e.g. `without-code-motion`.
    public var option: String
    /// For people, e.g. `loop-invariant code motion`.
    public var description: String
    /// Whether it is a part of another one of the compiler's stages, which then is no news.
    public var isPart: Bool

    /// What stands between the option and the index of the only function that is compiled without the stage.
    public static let place = "-in-"

    /// Makes a stage.
    public init(option: String, description: String, isPart: Bool) {
        self.option = option
        self.description = description
        self.isPart = isPart
    }

    /// The name of an engine without the stage.
    /// - Parameter function: the only function that is compiled without it, by its index; nil for all.
    public func leftOut(of engine: EngineName, in function: Int? = nil) -> EngineName {
        EngineName(
            family: engine.family,
            options: engine.options + [option + (function.map { "\(Self.place)\($0)" } ?? "")]
        )
    }
}
