import Execution
import Foundation
import Testing
import WasmModel

@testable import WorkerIsolation

/// The JSON of what hosts are asked and of what they say of themselves, against literal text: hosts are written by others.
struct HostedCaseTests {
    private func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private let test = TestCase(
        wasm: [0, 1],
        invocations: [Invocation(export: "f", arguments: [.i32(1), .reference(.function(3))])]
    )

    @Test func `a case whose host decodes the module has the bytes and the calls and nothing besides`() throws {
        #expect(
            try json(HostedCase(test))
                == #"{"invocations":[{"arguments":["i32:1","ref:func-3"],"export":"f"}],"wasm":"AAE="}"#
        )
    }

    @Test func `a case with all that can be at its boundary`() throws {
        var hosted = HostedCase(test)
        hosted.test.usesFreshInstances = true
        hosted.results = [[.i32, .v128, .externalReference]]
        hosted.imports = [
            HostedCase.ImportedFunction(
                module: "env",
                name: "log",
                function: HostFunction(
                    importOrdinal: 2,
                    type: FunctionType(
                        parameters: [.i64, .f32],
                        results: [.f32, .i32, .reference(ReferenceType(isNullable: false, .exception))]
                    )
                )
            )
        ]
        hosted.globals = [HostedCase.Item(name: "g", type: .f64)]
        hosted.tables = [HostedCase.Item(name: "t", type: .functionReference)]
        hosted.tags = [HostedCase.Tag(name: "e", index: 1, parameters: [.i32, .externalReference])]
        hosted.functions = "all functions"
        #expect(
            try json(hosted) == """
                {"freshInstances":true,"functions":"all functions","globals":[{"name":"g","type":"f64"}],\
                "imports":[{"answers":["parameter:1","i32:136314881","missing"],"module":"env","name":"log","ordinal":2,\
                "parameters":["i64","f32"],"results":["f32","i32","(ref exn)"]}],\
                "invocations":[{"arguments":["i32:1","ref:func-3"],"export":"f","results":["i32","v128","externref"]}],\
                "tables":[{"name":"t","type":"funcref"}],\
                "tags":[{"index":1,"name":"e","parameters":["i32","externref"]}],"wasm":"AAE="}
                """
        )
    }

    @Test func `a request for a case has its companions`() throws {
        let test = TestCase(wasm: [0, 1], invocations: [], companions: [[2], [3, 4]])
        let request = HostRequest(.test(HostedCase(test)), engine: "interpreter", specimen: nil, budget: Budget())
        #expect(try JSONLine.decode(HostRequest.self, try json(request)) == request)
    }

    @Test func `a request to describe itself`() throws {
        let request = HostRequest(.description, engine: "mine:fast", specimen: nil, budget: Budget())
        let text = try json(request)
        #expect(text.contains(#""describe":true"#) && text.contains(#""engine":"mine:fast""#))
        #expect(text.contains(#""version":1"#) && !text.contains(#""case""#))
        #expect(try JSONLine.decode(HostRequest.self, text) == request)
    }

    @Test func `a request for the cost of compiling a module, and its answer`() throws {
        let request = HostRequest(.compilation([0, 1]), engine: "x86_64:none:loads", specimen: nil, budget: Budget())
        let text = try json(request)
        #expect(text.contains(#""compile":"AAE=""#) && !text.contains(#""case""#))
        #expect(try JSONLine.decode(HostRequest.self, text) == request)
        let answer = HostResponse.compilation(CompilationCost(bytes: 100, frameBytes: 16, seconds: 0.5))
        #expect(
            try json(answer) == #"{"compilation":{"bytes":100,"frameBytes":16,"seconds":0.5},"version":1}"#
        )
        #expect(try JSONLine.decode(HostResponse.self, try json(answer)) == answer)
    }

    @Test func `a description has all keys`() throws {
        var description = HostDescription(name: "V8", release: "15.0")
        description.values = ["i32", "v128"]
        description.exactNaNs = true
        description.showsTables = true
        #expect(
            try json(HostResponse.description(description)) == """
                {"description":{"exactNaNs":true,"name":"V8","namesTraps":false,"providesFunctions":false,"release":"15.0",\
                "showsGlobals":false,"showsTables":true,"values":["i32","v128"]},"version":1}
                """
        )
    }

    @Test func `what a description leaves out is not there`() throws {
        let short = #"{"version":1,"description":{"name":"mine","release":"7","colour":"blue"}}"#
        let response = try JSONLine.decode(HostResponse.self, short)
        #expect(response == .description(HostDescription(name: "mine", release: "7")))
    }

    @Test(arguments: [
        #"{"version":1,"description":{"name":"mine"}}"#, #"{"version":1,"description":{"release":"7"}}"#,
        #"{"version":2,"description":{"name":"mine","release":"7"}}"#,
        #"{"description":{"name":"mine","release":"7"}}"#,
        #"{"version":1,"description":{"name":"mine","release":"7","values":"i32"}}"#, #"{"version":1}"#, "[]", "",
    ])
    func `a description without a name, a release or the right version is none`(_ text: String) {
        #expect(throws: (any Error).self) { try JSONLine.decode(HostResponse.self, text) }
    }

    @Test func `values that engines hide have names of their own`() throws {
        let text =
            #"{"end":"returned","values":["ref:opaque-func","ref:opaque-extern","ref:null","f32:nan","f64:nan"]}"#
        guard case .returned(let values) = try JSONLine.decode(InvocationOutcome.self, text) else {
            Issue.record("it returned")
            return
        }
        #expect(values[0...2] == [.reference(.opaque("func")), .reference(.opaque("extern")), .reference(.null)])
        guard case .f32(let single) = values[3], case .f64(let double) = values[4] else {
            Issue.record("\(values)")
            return
        }
        #expect(Float(bitPattern: single).isNaN && Double(bitPattern: double).isNaN)
        #expect(
            try JSONLine.decode(InvocationOutcome.self, #"{"end":"trapped","trap":"trap"}"#) == .trapped(.unnamed)
        )
    }
}
