import Carriage
import Execution
import WasmFormats
import WasmModel
import WasmScripts

/// A case as files for a command, and what the end of the command says of it.
struct CommandCase {
    /// The files; the first is the one that the command is given.
    let files: [(name: String, bytes: [UInt8])]
    let way: Carriage
    /// The calls that are checked.
    let calls: Set<Int>
    /// Whether it is checked what the instances show.
    let checksState: Bool
    /// What the lines of the script are about; nil where the file is a module.
    private let subjects: [(line: Int, subject: CarriedScript.Subject)]?

    // MARK: Modules that check themselves

    /// A case for each module of a check.
    static func modules(_ check: SelfCheck) -> [CommandCase] {
        check.startedParts.map { part in
            CommandCase(
                files: [("case.wasm", part.wasm)],
                way: .selfCheck,
                calls: part.calls,
                checksState: part.checksState,
                subjects: nil
            )
        }
    }

    // MARK: Scripts

    /// - Throws: where the form of the command cannot say what the script says.
    init(
        _ script: CarriedScript,
        _ way: Carriage,
        _ place: EngineDefinition.FilePlace
    ) throws(CarriageObstacle) {
        let lines: [Int]
        switch place {
        case .wasm: preconditionFailure("a module is no script")
        case .wast:
            let (text, numbers) = ScriptPrinter.numberedText(of: script.script)
            files = [("case.wast", Array(text.utf8))]
            lines = numbers
        case .json:
            do throws(CommandFileError) {
                let written = try CommandFile.written(script.script, source: "case.json")
                files = [("case.json", Array(written.text.utf8))] + written.modules.map { ($0.name, $0.bytes) }
            } catch {
                throw CarriageObstacle(error.reason)
            }
            lines = Array(1..<script.steps.count + 1)
        }
        self.way = way
        subjects = zip(lines, script.steps).map { ($0, $1.subject) }
        calls = script.assertedCalls
        checksState = script.steps.contains { if case .state = $0.subject { true } else { false } }
    }

    private init(
        files: [(name: String, bytes: [UInt8])],
        way: Carriage,
        calls: Set<Int>,
        checksState: Bool,
        subjects: [(line: Int, subject: CarriedScript.Subject)]?
    ) {
        self.files = files
        self.way = way
        self.calls = calls
        self.checksState = checksState
        self.subjects = subjects
    }

    /// A module without calls: whether it is taken.
    init(instantiating wasm: [UInt8], _ place: EngineDefinition.FilePlace) {
        let script = Script(commands: [ScriptCommand(.module(ScriptModule(.binary(wasm))))])
        switch place {
        case .wasm: files = [("case.wasm", wasm)]
        case .wast: files = [("case.wast", Array(ScriptPrinter.text(of: script).utf8))]
        case .json:
            guard let written = try? CommandFile.written(script, source: "case.json") else {
                preconditionFailure("every module has a form in a command file")
            }
            files = [("case.json", Array(written.text.utf8))] + written.modules.map { ($0.name, $0.bytes) }
        }
        way = place == .wasm ? .selfCheck : .script
        calls = []
        checksState = false
        subjects = place == .wasm ? nil : []
    }

    /// A script that asserts another result than a function has.
    /// - Parameter place: of a script.
    static func wrongResult(_ place: EngineDefinition.FilePlace) -> CommandCase {
        let text = "(module (func (export \"wrong\") (result i32) i32.const 1))"
        guard let module = try? TextParser.module(text),
            let script = try? CarriedScript(
                module,
                form: .binary,
                invocations: [Invocation(export: "wrong", arguments: [])],
                expected: [.returned([.i32(2)])],
                usesFreshInstances: false
            ),
            let part = try? CommandCase(script, .script, place)
        else { preconditionFailure("every script can have a function that returns a number") }
        return part
    }

    // MARK: Answers

    /// What the end of the command says.
    enum Answer: Hashable {
        /// All that is checked is as it has to be.
        case agreement
        /// Something is not.
        case difference(Difference)
        /// The stack was used up, or another bound of the engine reached.
        case exhausted(String)
        case other(Outcome)
    }

    /// What is not as it has to be.
    struct Difference: Hashable {
        /// In words, and of what, where that is known; at least one.
        var parts: [Part]
        /// Whether all else was checked as well.
        var isComplete = false

        struct Part: Hashable {
            var text: String
            var subject: CarriedScript.Subject?
        }

        init(_ text: String, _ subject: CarriedScript.Subject? = nil) {
            parts = [Part(text: text, subject: subject)]
        }

        init(_ parts: [Part], isComplete: Bool) {
            self.parts = parts
            self.isComplete = isComplete
        }
    }

    func answer(status: Int32, _ text: CommandText) -> Answer {
        subjects == nil ? answerOfModule(status, text) : answerOfScript(status, text)
    }

    private func answerOfModule(_ status: Int32, _ text: CommandText) -> Answer {
        // Some report a trap and end as if there were none.
        guard status != 0 || text.complains else { return .agreement }
        guard let (line, sign) = text.firstSign else {
            // Whoever looks at functions when they are called has not looked at any.
            let isUnknown = calls.isEmpty && !checksState && text.tellsOfNoStart
            return isUnknown
                ? .other(.refused(reason: "the command needs a function to start with")) : refusal(status, text)
        }
        switch sign {
        case .refusal: return .other(.refused(reason: line))
        case .exhaustion: return .exhausted(line)
        case .trap(.unreachable): return .difference(Difference("the module that checks itself found a difference"))
        case .trap: return .difference(Difference("a call that has to end otherwise: \(line)"))
        }
    }

    private func answerOfScript(_ status: Int32, _ text: CommandText) -> Answer {
        let isComplete = text.passed.map { $0.count == $0.all } ?? true
        if status == 0, isComplete { return .agreement }
        if let (line, sign) = text.firstSign {
            if sign == .refusal { return .other(.refused(reason: line)) }
            if sign == .exhaustion { return .exhausted(line) }
        }
        var parts: [Difference.Part] = []
        for (number, said) in text.failures(of: files[0].name) {
            let subject = subjects?.last { $0.line <= number }?.subject
            switch subject {
            case .call, .state: if parts.last?.subject != subject { parts.append(.init(text: said, subject: subject)) }
            // A module that is not taken: a limit that this program does not know the words for, or a mistake.
            case .preparation, nil: return .other(.refused(reason: said))
            }
        }
        // Who counts what passed has come to the end.
        if !parts.isEmpty { return .difference(Difference(parts, isComplete: text.passed != nil)) }
        if let line = text.lines.first(where: CommandText.tellsOfMismatch) { return .difference(Difference(line)) }
        return refusal(status, text)
    }

    private func refusal(_ status: Int32, _ text: CommandText) -> Answer {
        .other(.refused(reason: "exit status \(status): \(text.telling)"))
    }
}
