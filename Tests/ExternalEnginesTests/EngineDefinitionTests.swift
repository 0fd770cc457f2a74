import Execution
import Testing

@testable import ExternalEngines

struct EngineDefinitionTests {
    @Test func `each kind is read into its parts`() throws {
        let library = try EngineDefinition("mine:fast=c-api:/opt/lib mine.so,strategy=winch,opt-level=none,empty=")
        #expect(library.name == "mine:fast")
        #expect(
            library.kind
                == .library(
                    path: "/opt/lib mine.so",
                    options: [.init("strategy", "winch"), .init("opt-level", "none"), .init("empty", "")]
                )
        )
        #expect(
            try EngineDefinition("d8=js:d8 --liftoff-only --x=1").kind
                == .javaScript(Command(program: "d8", ["--liftoff-only", "--x=1"]))
        )
        #expect(try EngineDefinition("h=host:python3 h.py").kind == .host(Command(program: "python3", ["h.py"])))
        for place in EngineDefinition.FilePlace.allCases {
            let kind = try EngineDefinition("c=command:run --file=\(place.placeholder) x").kind
            #expect(kind == .command(Command(program: "run", ["--file=\(place.placeholder)", "x"]), place))
        }
    }

    @Test func `words are separated as in a shell, and nothing is expanded`() throws {
        func command(_ text: String) throws -> Command {
            guard case .host(let command) = try EngineDefinition("h=host:\(text)").kind else {
                return Command(program: "")
            }
            return command
        }
        #expect(try command("  a   b\tc ") == Command(program: "a", ["b", "c"]))
        #expect(try command("a 'b  c' \"d 'e'\" f'g h'i ''") == Command(program: "a", ["b  c", "d 'e'", "fg hi", ""]))
        #expect(try command("a $HOME * ~ \\n") == Command(program: "a", ["$HOME", "*", "~", "\\n"]))
        #expect(try command("'/opt/my engine/run' x") == Command(program: "/opt/my engine/run", ["x"]))
    }

    @Test func `what has an equals sign before the program is a variable`() throws {
        let definition = try EngineDefinition("h=host:LOG=1 LEVEL='two words' EMPTY= engine --flag=2 LATE=3")
        #expect(
            definition.kind
                == .host(
                    Command(
                        program: "engine",
                        ["--flag=2", "LATE=3"],
                        variables: ["LOG": "1", "LEVEL": "two words", "EMPTY": ""]
                    )
                )
        )
    }

    @Test(arguments: [
        "mine:fast=c-api:/opt/lib.so,strategy=winch,opt-level=none", "a=c-api:lib.so", "d8=js:d8 --liftoff-only",
        "h=host:LOG='a b' EMPTY='' './my engine' 'x y' '' \"it's\"", "c=command:run {wasm}",
        "c_1.2-x:y=command:t {wast}",
    ])
    func `the description of a definition is read as the same one`(_ text: String) throws {
        let definition = try EngineDefinition(text)
        // A quote within a word is written as a shell has it, which this reader takes apart into the same word only without a backslash.
        guard !definition.description.contains("\\") else { return }
        #expect(try EngineDefinition(definition.description) == definition)
    }

    @Test(arguments: [
        ("mine", ["'mine' is not NAME=KIND:"]),
        ("", ["'' is not NAME=KIND:"]),
        ("=host:x", ["'' is no name", "letters"]),
        ("my engine=host:x", ["'my engine' is no name", "letters"]),
        ("mine:=host:x", ["'mine:' is no name"]),
        ("m\u{e4}=host:x", ["is no name"]),
        ("mine=host", ["'mine': 'host' has no kind", "c-api, js, command, host"]),
        ("mine=shell:x", ["'mine': no such kind 'shell'", "c-api, js, command, host"]),
        ("mine=:x", ["'mine': no such kind ''"]),
        ("mine:memory=host:x", ["'mine:memory': ':memory' stands for a way to carry cases"]),
        ("mine:script:fast=host:x", ["':script' stands for a way"]),
        ("mine=c-api:", ["'mine': c-api: needs the path of a shared library"]),
        ("mine=c-api:lib.so,fast", ["'mine': 'fast' is not option=value"]),
        ("mine=c-api:lib.so,=fast", ["'mine': '=fast' is not option=value"]),
        ("mine=c-api:lib.so,", ["'mine': '' is not option=value"]),
        ("mine=js:", ["'mine': js: needs a command"]),
        ("mine=host:  ", ["'mine': host: needs a command"]),
        ("mine=host:A=1", ["'mine': host: needs a command"]),
        ("mine=host:''", ["'mine': host: needs a command"]),
        ("mine=host:run 'x", ["'mine': a quote is not closed in 'run 'x'"]),
        ("mine=command:run", ["'mine': ", "{wasm}", "{wast}", "{json}"]),
        ("mine=command:run {wasm} {wast}", ["'mine': ", "{wasm}", "{wast}", "{json}"]),
        ("mine=command:{wasm}", ["'mine': ", "{wasm}"]),
    ])
    func `each mistake is one line that says what is wrong`(_ text: String, _ parts: [String]) {
        do {
            let definition = try EngineDefinition(text)
            Issue.record("'\(text)' was read as \(definition)")
        } catch {
            for part in parts { #expect(error.description.contains(part), "\(error.description)") }
            #expect(!error.description.contains("\n"))
        }
    }
}
