import Differential
import WasmFormats

/// What there is to say of a crash, in the words that a terminal and a page have in common.
public struct CrashStatements: Sendable {
    /// A name with what there is to say, a line each.
    public struct Statement: Hashable, Sendable {
        public var term: String
        public var text: String
        /// Whether it is text of a machine.
        public var isCode: Bool

        /// Words of people.
        static func words(_ term: String, _ text: String) -> Statement {
            Statement(term: term, text: text, isCode: false)
        }

        /// Text of a machine.
        static func code(_ term: String, _ text: String) -> Statement {
            Statement(term: term, text: text, isCode: true)
        }
    }

    /// What fails: the calls, what differs, what was expected and what is observed.
    public let failure: [Statement]
    /// The limits that the boundary fits, which need not be the cause.
    public let hypotheses: [String]
    /// The stage at fault; nil where it was not looked for.
    public let stage: String?
    /// What the engine is, and where the crash comes from.
    public let rest: [Statement]
    /// What shows the crash, for somebody in its folder.
    public let commands: [String]
    /// What each engine does, that at fault first, and in each way into an engine outside of this program.
    public let outcomes: [EngineAccount.Answer]

    /// Says what a report says.
    public init(_ report: CrashReport) {
        failure = Self.failure(report)
        hypotheses = report.hypotheses ?? []
        stage = report.culprit?.description
        rest = Self.rest(report)
        commands = (report.account?.commands ?? []) + (report.commands ?? [ReproductionCommands.replay(report)])
        outcomes = (report.outcomes ?? []) + (report.account?.carriages ?? []) + (report.account?.answers ?? [])
    }

    private static func failure(_ report: CrashReport) -> [Statement] {
        let divergence = report.divergence
        let calls = report.invocations.enumerated().map { number, invocation in
            let arguments = invocation.arguments.map(ValueText.text).joined(separator: ", ")
            return Statement.code("Call \(number)", "\(invocation.export)(\(arguments))")
        }
        return calls + [
            .words("What", divergence.observable.place),
            .code("Expected", ValueText.displayed(divergence.expected)),
            .code("Observed", ValueText.displayed(divergence.observed)),
        ] + (divergence.pattern.map { [.words("Looks like", $0)] } ?? [])
    }

    private static func rest(_ report: CrashReport) -> [Statement] {
        var statements: [Statement] = [
            .code("Engine", report.engine.description), .code("Signature", report.signature.description),
        ]
        if let account = report.account {
            statements.append(.words("Engine outside", "\(account.engine) \(account.version)"))
            statements.append(.code("Started by", account.definition))
        }
        if let specimen = report.specimen { statements.append(.code("Injected", specimen)) }
        statements.append(.words("Size", "\(report.originalSize) B as found, \(report.reducedSize) B reduced"))
        if let recipe = report.recipe { statements.append(.code("Recipe", recipe.summary)) }
        if let origin = report.origin { statements.append(.words("Origin", origin.account)) }
        if let provenance = report.provenance {
            statements.append(.words("Found by", provenance.text))
            if !provenance.arguments.isEmpty {
                statements.append(.code("Arguments", ShellWord.command(provenance.arguments)))
            }
        }
        return statements
    }
}

extension Observable {
    /// Where the difference is, for people.
    fileprivate var place: String {
        switch self {
        case .crash(let phase): "a crash when it is to \(phase.rawValue)"
        case .hang(let phase): "no end when it is to \(phase.rawValue)"
        case .memoryExhaustion(let phase): "no memory left when it is to \(phase.rawValue)"
        case .compileTime: "the time of compilation"
        case .codeSize: "the size of code or frames"
        case .rejection: "whether the module is valid"
        case .instantiation: "the instantiation"
        case .ending(let invocation): "how call \(invocation) ends"
        case .resultCount(let invocation): "the number of results of call \(invocation)"
        case .result(let invocation, let index): "result \(index) of call \(invocation)"
        case .payload(let invocation, let index): "value \(index) of the exception that ends call \(invocation)"
        case .global(let name): "global \(name)"
        case .memory(let name, let byteOffset): "byte \(byteOffset) of memory \(name)"
        case .element(let table, let position): "element \(position) of table \(table)"
        case .hostCallCount: "the number of calls of the host"
        case .hostCallArgument(let call, let index): "argument \(index) of call \(call) of the host"
        }
    }
}
