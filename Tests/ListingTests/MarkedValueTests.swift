import InTreeEngines
import Listing
import MachineCode
import Testing
import WasmFormats

/// The value that a layout names apart.
struct MarkedValueTests {
    private let module: ValidatedModule

    init() throws {
        let text = """
            (module (import "e" "log" (func $log (param f64 i32)))
              (func (export "f") (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
                (call $log (f64.const 1) (i32.const 2)) \(String(repeating: "(i32.const 3)", count: 10))))
            """
        module = try Validator.validate(BinaryDecoder.decode(BinaryEncoder.encode(TextParser.module(text))))
    }

    private func regions(_ value: String?) throws -> [Substring] {
        let compiler = CompilerFactory(.x86_64).compiler(.none, .definitions)
        var text = ""
        try ModuleListing(module, compiler, instructionSet: .x86_64).writeDisassembly(
            withLayouts: true,
            marking: value.map { try MarkedValue($0, in: module) }
        ) { text += $0 }
        return text.split(separator: "\n\n")
    }

    @Test func `the layout of a function names a result that differs, with its place`() throws {
        let function = try #require(try regions("1:results:9").first { $0.hasPrefix("function 1 ") })
        let lines = function.split(separator: "\n")
        let results = try #require(lines.first { $0.hasPrefix(";   results: ") })
        let place = try #require(results.split(separator: ", ").last)
        #expect(place.hasPrefix("i32 +"))
        #expect(lines.contains(";   differs: result 9, \(place)"))
        #expect(lines.contains { $0.hasPrefix("; frame of ") })
    }

    @Test func `an argument of a host call is marked in the stub of its import, and nowhere else`() throws {
        let marked = try regions("0:parameters:0").filter { $0.contains("differs: ") }
        #expect(marked.count == 1 && marked[0].hasPrefix("exit stub of import 0 "))
        #expect(marked[0].contains(";   differs: parameter 0, f64 "))
        #expect(try regions(nil).allSatisfy { !$0.contains("differs: ") })
    }

    @Test(arguments: [
        ("", "is not of the form"), ("1", "is not of the form"), ("1:results", "is not of the form"),
        ("1:result:0", "is not of the form"), ("-1:results:0", "is not of the form"),
        ("1:results:+1", "is not of the form"), ("1:results:0:0", "is not of the form"),
        ("99999999999999999999:results:0", "is not of the form"), (":results:", "is not of the form"),
        ("2:results:0", "the module has 2 functions"), ("1:results:10", "function 1 has 10 results"),
        ("1:parameters:0", "function 1 has 0 parameters"),
    ])
    func `a value that is not there is said`(_ text: String, _ reason: String) throws {
        #expect(throws: MarkedValue.Missing.self, "\(text)") { try MarkedValue(text, in: module) }
        do throws(MarkedValue.Missing) { _ = try MarkedValue(text, in: module) } catch {
            #expect(error.description.contains(reason), "\(text): \(error)")
        }
    }
}
