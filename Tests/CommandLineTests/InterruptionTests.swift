import Foundation
import Testing

/// Ctrl-C: status 130, and what was done until then.
struct InterruptionTests {
    private let tool: CommandLineTool
    /// More than anything uses up.
    private let endless = ["--fuel", "9000000000000000000", "--timeout", "100000"]

    init() throws { tool = try CommandLineTool() }

    private func interrupt(_ arguments: [String], onceSaid text: String) throws -> CommandLineTool.Ending {
        let ending = try tool.run(arguments, signal: (SIGINT, text))
        #expect(!ending.wasKilled && ending.status == 130, "\(arguments): \(ending.status) \(ending.error)")
        return ending
    }

    @Test
    func `what was run until then is shown, and the rest as interrupted`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module (func (export \"l\") (loop $t (br $t))))", to: "loop.wat")
        let ran = try interrupt(["run", file] + endless, onceSaid: "interpreter")
        #expect(ran.text.contains("not run: interrupted"), "\(ran.text)")
        let replayed = try interrupt(["replay", file] + endless, onceSaid: "interpreter")
        #expect(replayed.text.hasSuffix("1 case, 0 failed, nothing compared, interrupted\n"), "\(replayed.text)")
        let searched = try interrupt(["boundary", file] + endless, onceSaid: "a module of")
        #expect(searched.text.hasSuffix("\ninterrupted\n"), "\(searched.text)")
    }

    @Test
    func `scripts that were run until then are counted`() throws {
        defer { tool.removeFolder() }
        let script = "(module (func (export \"l\") (loop $t (br $t))))"
        let short = try tool.write(script, to: "a.wast")
        let long = try tool.write("\(script) (invoke \"l\")", to: "b.wast")
        let ran = try interrupt(["wast", short, long] + endless, onceSaid: "b.wast")
        #expect(ran.text.contains("in all (1 script)"), "\(ran.text)")
    }

    @Test
    func `what is reduced until then is written`() throws {
        defer { tool.removeFolder() }
        // So many functions that a reduction takes a while.
        let types = String(repeating: " i32", count: 300)
        let values = String(repeating: " i32.const 1", count: 300)
        let functions = (0..<200).map { "(func (export \"f\($0)\") (result\(types))\(values))" }
        let file = try tool.write("(module \(functions.joined()))", to: "many.wat")
        let engine = ["--engines", "x86_64:none:definitions", "--inject", "operand-index-u8"]
        let reduced = try interrupt(["reduce", file] + engine, onceSaid: " runs (")
        #expect(reduced.text.contains("findings/0001-"), "\(reduced.text)")
        let kept = try FileManager.default.contentsOfDirectory(atPath: tool.path("findings"))
        #expect(kept.contains { $0.hasPrefix("0001-") })
        #expect(try tool.run(["replay", "findings"] + engine).status == 0)
    }
}
