import Foundation
import Testing
import WasmFormats
import WasmInterpreter
import WasmModel
import WasmScripts

/// Modules of millions of items take a debug build half a minute.
private let runsAll = ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil

/// The smallest modules beyond the limits, as text and as bytes.
struct LimitAgreementTests {
    /// What a module is refused for, by the reader of its format or by the validator.
    private func refusal(_ module: () throws -> Module) throws -> (reason: String, isLimit: Bool)? {
        do {
            _ = try Validator.validate(try module())
            return nil
        } catch let error as DecodingError {
            return (error.reason, error.isLimit)
        } catch let error as TextError {
            return (error.reason, error.isLimit)
        } catch let error as ValidationError {
            return (error.reason, error.isLimit)
        }
    }

    /// Runs a script of commands that all have a module beyond a limit.
    private func expectSkipped(_ modules: [ScriptModule]) {
        let commands = modules.flatMap { module in
            [
                ScriptCommand(.module(module)), ScriptCommand(.definition(module)),
                ScriptCommand(.assertInvalid(module, "type mismatch")),
                ScriptCommand(.assertUnlinkable(module, "unknown import")),
            ]
        }
        let report = ScriptRunner.run(Script(commands: commands), on: InterpreterEngine())
        #expect(report.skipped == commands.count)
        #expect(report.passed == 0)
        #expect(report.failures.isEmpty)
        #expect(report.refused.allSatisfy { $0.hasPrefix("implementation limit: ") })
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static func chain(_ depth: Int) -> String {
        "(type (sub (struct)))" + (0..<depth).map { "(type (sub \($0) (struct)))" }.joined()
    }

    @Test(
        arguments: [
            ("101 memories exceed 100", repeated("(memory 0)", 101)),
            ("101 memories exceed 100", "(import \"a\" \"b\" (memory 0))" + repeated("(memory 0)", 100)),
            ("100001 tables exceed 100000", repeated("(table 0 funcref)", 100_001)),
            ("100001 data segments exceed 100000", repeated("(data)", 100_001)),
            ("10001 fields exceed 10000", "(type (struct (field\(repeated(" i8", 10_001)))))"),
            ("sub type depth 64 exceeds 63", chain(64)),
            ("50001 locals exceed 50000", "(func (local\(repeated(" i32", 50_001))))"),
        ] + (runsAll ? [("10100000 operands on the stack exceed 10000000", operands)] : []) as [(String, String)]
    )
    func `a module beyond a limit is refused the same way as text, as quoted text and as bytes`(
        reason: String,
        fields: String
    ) throws {
        let module = try TextParser.module(fields)
        let bytes = BinaryEncoder.encode(module)
        let asText = try #require(try refusal { module })
        let asBytes = try #require(try refusal { try BinaryDecoder.decode(bytes) })
        #expect(asText.reason == "implementation limit: \(reason)")
        #expect(asBytes.reason == asText.reason)
        #expect(asText.isLimit && asBytes.isLimit)
        expectSkipped([
            ScriptModule(.text(module)), ScriptModule(.quoted(Array(fields.utf8))), ScriptModule(.binary(bytes)),
        ])
    }

    /// Calls of a function of 100,000 results until there are more than ten million.
    private static var operands: String {
        "(func (result\(repeated(" i32", 100_000))) unreachable)" + "(func\(repeated(" call 0", 101)) unreachable)"
    }

    /// Modules that text of some megabytes would be, as the parser would make them.
    private static var large: [(String, Module)] {
        func module(_ make: (inout Module) -> Void) -> Module {
            var module = Module()
            make(&module)
            return module
        }
        let number = ValueType.i32
        let most = Array(repeating: number, count: 1_000_001)
        let zero = [Instruction(.i32Const, .i32(0)), Instruction(.end)]
        return [
            (
                "1000001 types exceed 1000000",
                module {
                    $0.types = Array(repeating: SubType(.function(FunctionType())), count: 1_000_001)
                    $0.recursionGroups = (0..<1_000_001).map { $0..<$0 + 1 }
                }
            ),
            ("1000001 parameters exceed 1000000", module { _ = $0.addType(FunctionType(parameters: most)) }),
            ("1000001 results exceed 1000000", module { _ = $0.addType(FunctionType(results: most)) }),
            (
                "1000001 functions exceed 1000000",
                module {
                    let function = Function(type: $0.addType(FunctionType()), body: [Instruction(.end)])
                    $0.functions = Array(repeating: function, count: 1_000_001)
                }
            ),
            (
                "1000001 tags exceed 1000000",
                module { $0.tags = Array(repeating: $0.addType(FunctionType()), count: 1_000_001) }
            ),
            (
                "1000001 globals exceed 1000000",
                module {
                    let global = Global(type: GlobalType(number, isMutable: false), initializer: zero)
                    $0.globals = Array(repeating: global, count: 1_000_001)
                }
            ),
            (
                "1000001 imports exceed 1000000",
                module {
                    let type = ExternalType.global(GlobalType(number, isMutable: false))
                    $0.imports = Array(repeating: Import(module: "", name: "", type: type), count: 1_000_001)
                }
            ),
            (
                "1000001 exports exceed 1000000",
                module { $0.exports = Array(repeating: Export(name: "", item: .memory(0)), count: 1_000_001) }
            ),
            (
                "10000001 elements exceed 10000000",
                module {
                    let items = ElementItems.functions(Array(repeating: 0, count: 10_000_001))
                    let type = ReferenceType(isNullable: false, .function)
                    $0.elements = [ElementSegment(type: type, items: items, mode: .passive)]
                }
            ),
        ]
    }

    @Test(.enabled(if: runsAll, "takes half a minute; set SLOW_TESTS=1"))
    func `a module of millions of items is refused the same way as text and as bytes`() throws {
        for (reason, module) in Self.large {
            let bytes = BinaryEncoder.encode(module)
            let asText = try #require(try refusal { module }, "\(reason)")
            let asBytes = try #require(try refusal { try BinaryDecoder.decode(bytes) }, "\(reason)")
            #expect(asText.reason == "implementation limit: \(reason)")
            #expect(asBytes.reason == asText.reason)
            #expect(asText.isLimit && asBytes.isLimit)
            expectSkipped([ScriptModule(.text(module)), ScriptModule(.binary(bytes))])
        }
    }

    @Test(.enabled(if: runsAll, "takes half a minute; set SLOW_TESTS=1"))
    func `a body of too many bytes is refused the same way where it was text`() throws {
        let labels = Array(repeating: LabelIndex(UInt32.max), count: ModuleLimits.bodySizeInBytes / 5)
        func module(_ labels: [LabelIndex]) -> Module {
            var module = Module()
            let body = [Instruction(.brTable, .labelTable(labels)), Instruction(.end)]
            module.functions = [Function(type: module.addType(FunctionType()), body: body)]
            return module
        }
        // A byte for the locals, the opcode, the number of labels in four, the labels and the `end`.
        let size = 1 + 1 + 4 + 5 * labels.count + 1
        let large = module(labels)
        let asText = try #require(try refusal { large })
        #expect(
            asText.reason
                == "implementation limit: \(size) bytes in a function body exceed \(ModuleLimits.bodySizeInBytes)"
        )
        #expect(asText.isLimit)
        let asBytes = try #require(try refusal { try BinaryDecoder.decode(BinaryEncoder.encode(large)) })
        #expect(asBytes == asText)
        // Two labels less, and it is looked at.
        #expect(try refusal { module(Array(labels.dropLast(2))) }?.isLimit == false)
    }

    @Test(.enabled(if: runsAll, "takes half a minute; set SLOW_TESTS=1"))
    func `text of too many bytes is refused as text and as quoted text`() throws {
        let text = [UInt8](repeating: UInt8(ascii: " "), count: ModuleLimits.textSizeInBytes + 1)
        let asText = try #require(try refusal { try TextParser.module(text) })
        #expect(asText.reason == "implementation limit: 134217729 bytes of text exceed 134217728")
        #expect(asText.isLimit)
        expectSkipped([ScriptModule(.quoted(text))])
        let script = ScriptParser.readableScript(text)
        let report = ScriptRunner.run(script, on: InterpreterEngine())
        #expect(report.skipped == 1 && report.failures.isEmpty)
    }

    @Test
    func `a select of very many types is invalid as text and as bytes`() throws {
        var module = Module()
        let types = Array(repeating: ValueType.i32, count: 1_000_001)
        let body = [Instruction(.selectTyped, .selectTypes(types)), Instruction(.end)]
        module.functions = [Function(type: module.addType(FunctionType()), body: body)]
        let asText = try #require(try refusal { module })
        let asBytes = try #require(try refusal { try BinaryDecoder.decode(BinaryEncoder.encode(module)) })
        #expect(asText.reason == "invalid result arity")
        #expect(asBytes == asText)
    }
}
