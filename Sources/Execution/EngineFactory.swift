/// Makes the engines of one family.
///
/// To add an engine, write a factory in a file and name it in the list of factories that the program has.
public protocol EngineFactory: Sendable {
    var family: String { get }
    /// The full names of all configurations, whether they can be used here or not.
    var configurations: [EngineName] { get }
    /// Why the family cannot be used here, and how that can be mended; nil where it can.
    var obstacle: String? { get }
    /// What one of the ``configurations`` lacks here, such as its file; nil where nothing is known to be missing.
    func obstacle(to name: EngineName) -> String?
    /// Whether the engines are not in this program, and run only where they are named.
    var isExternal: Bool { get }
    /// The engine of one of the ``configurations``.
    func makeEngine(_ name: EngineName) -> any Engine
    /// The engine of a name that is no configuration of its own, but one of them with something chosen; nil for any other name.
    func makeVariant(_ name: EngineName) -> (any Engine)?
    /// The engine of one of the ``configurations`` whose code checks itself while it runs, under a name of its own; nil where there is none.
    /// Such code fails of mistakes that happen to give right results, and may hide others: both kinds are compared.
    func makeAudited(_ name: EngineName) -> (any Engine)?
    /// The stages that an engine can be asked to leave out, by ``CompilerStage/leftOut(of:in:)``; none for most.
    func stages(of name: EngineName) -> [CompilerStage]
}

extension EngineFactory {
    /// In this program.
    public var isExternal: Bool { false }
    /// Nothing is missing.
    public func obstacle(to name: EngineName) -> String? { nil }
    /// None.
    public func makeVariant(_ name: EngineName) -> (any Engine)? { nil }
    /// None.
    public func makeAudited(_ name: EngineName) -> (any Engine)? { nil }
    /// None.
    public func stages(of name: EngineName) -> [CompilerStage] { [] }
}

/// Every engine that a program knows, by name.
public struct EngineRegistry: Sendable {
    /// What is wrong with the name of an engine.
    public struct UnknownEngine: Error, Hashable, Sendable, CustomStringConvertible {
        public var name: String
        public var reason: String
        /// Names the engine, the mistake and the choice.
        public var description: String { "engine '\(name)': \(reason)" }
    }

    /// The oracle first, then the others.
    public let oracle: any Oracle
    public let factories: [any EngineFactory]

    /// Makes a registry.
    /// - Parameters:
    ///   - oracle: the engine that judges all others.
    ///   - factories: of the oracle's own family, too.
    public init(oracle: any Oracle, factories: [any EngineFactory]) {
        self.oracle = oracle
        self.factories = factories
    }

    /// The names of all engines in the program that can be used here, but for the oracle's.
    public var usableNames: [EngineName] { usableNames(external: false) }

    private func usableNames(external isExternal: Bool) -> [EngineName] {
        factories.filter { $0.obstacle == nil && $0.isExternal == isExternal }.flatMap(\.configurations)
            .filter { $0 != oracle.name }
    }

    /// The name that stands for all engines outside of the program that are here.
    public static let nameOfExternal = "real"

    /// Whether a name is that of an engine outside of the program.
    public func isExternal(_ name: EngineName) -> Bool {
        factories.first { $0.family == name.family }?.isExternal ?? false
    }

    /// The engines that a name stands for, in the order of their families: parts that are left out stand for all their values.
    public func engines(named text: String) throws(UnknownEngine) -> [any Engine] {
        if text == Self.nameOfExternal { return try externalEngines() }
        let pattern = EngineName(text)
        guard let factory = factories.first(where: { $0.family == pattern.family }) else {
            let families = factories.map(\.family).joined(separator: ", ")
            throw UnknownEngine(name: text, reason: "no such engine (choose from \(families))")
        }
        if let unknown = pattern.options.first(where: { !factory.allows($0) }) {
            // A mistake in the name of a stage is helped by the names of stages.
            let stages = factory.allStages
            let isStage = stages.first.map { unknown.hasPrefix($0.prefix { $0 != "-" } + "-") } ?? false
            let options = (isStage ? stages : factory.allOptions).map { ":\($0)" }.joined(separator: ", ")
            let choice = options.isEmpty ? "\(factory.family) has none" : "choose from \(options)"
            throw UnknownEngine(name: text, reason: "no such option ':\(unknown)' (\(choice))")
        }
        if let obstacle = factory.obstacle { throw UnknownEngine(name: text, reason: obstacle) }
        let names = factory.configurations.filter(pattern.matches)
        if names.isEmpty, let variant = factory.makeVariant(pattern) { return [variant] }
        guard !names.isEmpty else { throw UnknownEngine(name: text, reason: factory.contradiction(in: pattern)) }
        if let obstacle = names.lazy.compactMap(factory.obstacle(to:)).first {
            throw UnknownEngine(name: text, reason: obstacle)
        }
        return names.map(factory.makeEngine)
    }

    private func externalEngines() throws(UnknownEngine) -> [any Engine] {
        let engines = factories.filter { $0.isExternal && $0.obstacle == nil }.flatMap { factory in
            factory.configurations.filter { factory.obstacle(to: $0) == nil }.map(factory.makeEngine)
        }
        guard !engines.isEmpty else {
            throw UnknownEngine(
                name: Self.nameOfExternal,
                reason: "no engine outside of the program is here (ci/get-engines fetches some)"
            )
        }
        return engines
    }

    /// The engine of a full name whose code checks itself while it runs; nil where there is none.
    public func auditedEngine(_ name: EngineName) -> (any Engine)? {
        factories.first { $0.family == name.family }?.makeAudited(name)
    }

    /// The stages that an engine can be asked to leave out.
    public func stages(of name: EngineName) -> [CompilerStage] {
        factories.first { $0.family == name.family }?.stages(of: name) ?? []
    }

    /// The engine in this program with the same options for another machine; nil where there is none that can be used here.
    public func counterpart(of name: EngineName) -> EngineName? {
        usableNames.first { $0.family != name.family && $0.options == Array(name.options.prefix($0.options.count)) }
            .map { EngineName(family: $0.family, options: name.options) }
    }

    /// The engine of a full name.
    public func engine(named name: EngineName) throws(UnknownEngine) -> any Engine {
        let engines = try engines(named: name.description)
        guard engines.count == 1 else {
            throw UnknownEngine(name: name.description, reason: "stands for \(engines.count) engines")
        }
        return engines[0]
    }
}

extension EngineFactory {
    /// What the engines of the family can do, as their first configuration says.
    public var capabilities: EngineCapabilities {
        configurations.first.map { makeEngine($0).capabilities } ?? .unstated
    }

    /// All options that occur in the names of the family, in their order.
    fileprivate var allOptions: [String] {
        var options: [String] = []
        for option in configurations.flatMap(\.options) where !options.contains(option) { options.append(option) }
        return options
    }

    /// What can be left out of any configuration, in their order.
    fileprivate var allStages: [String] {
        var options: [String] = []
        for option in configurations.flatMap({ stages(of: $0) }).map(\.option) where !options.contains(option) {
            options.append(option)
        }
        return options
    }

    /// Why nothing has all options of a name, each of which is there.
    fileprivate func contradiction(in pattern: EngineName) -> String {
        let own = EngineName(family: family, options: pattern.options.filter(allOptions.contains))
        guard own != pattern, let full = configurations.first(where: own.matches) else {
            return "its options exclude each other"
        }
        guard pattern.options.starts(with: full.options) else {
            return "what is chosen beside a configuration stands behind its full name, such as \(full)"
        }
        let stages = stages(of: full).map { ":\($0.option)" }.joined(separator: ", ")
        return "\(full) can leave out one stage, which is named last (\(stages))"
    }

    fileprivate func allows(_ option: String) -> Bool {
        allOptions.contains(option)
            || ([EngineName(family: family)] + configurations).contains { name in
                makeVariant(EngineName(family: family, options: name.options + [option])) != nil
            }
    }
}
