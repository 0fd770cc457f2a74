import Testing

/// `compile --function`.
struct FunctionListingTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private func module() throws -> String {
        try tool.write(
            """
            (module
              (import "env" "log" (func $log (param i32)))
              (func $first (export "main") (call $log (i32.const 1)))
              (func $second (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
              (func (export "2") (call $first)))
            """,
            to: "functions.wat"
        )
    }

    @Test(arguments: ["x86_64", "arm64"])
    func `a function is shown alone, by index, export or name, in every listing`(_ target: String) throws {
        defer { tool.removeFolder() }
        let file = try module()
        func emit(_ stage: String, _ function: String) throws -> CommandLineTool.Ending {
            try tool.run(["compile", file, "--target", target, "--emit", stage, "--function", function])
        }
        for stage in ["ssa", "machine", "listing"] {
            let whole = try tool.run(["compile", file, "--target", target, "--emit", stage])
            let second = try emit(stage, "2")
            #expect(second.status == 0, "\(second.error)")
            #expect(second.text.count < whole.text.count / 2)
            #expect(try emit(stage, "second").text == second.text)
            #expect(try emit(stage, "$second").text == second.text)
            let first = try emit(stage, "main")
            #expect(first.status == 0 && first.text != second.text)
            #expect(try emit(stage, "first").text == first.text)
            // What is shown alone is what is shown among the others.
            #expect(whole.text.contains(second.text.split(separator: "\n\n", maxSplits: 1).last ?? ""))
        }
        let listing = try emit("listing", "2")
        #expect(listing.text.contains("function 2 ") && listing.text.contains("trap: integer divide by zero"))
        #expect(!listing.text.contains("function 1 ") && !listing.text.contains("trap exit"))
        for stage in ["machine", "listing"] {
            let stub = try emit(stage, "log")
            #expect(stub.status == 0 && stub.text.contains("exit stub of import 0"), "\(stub.text)\(stub.error)")
            #expect(!stub.text.contains("function 1 "))
        }
    }

    @Test
    func `a function that is not there is said with the names that are nearest`() throws {
        defer { tool.removeFolder() }
        let file = try module()
        let empty = try tool.write("(module)", to: "empty.wat")
        let cases: [(arguments: [String], part: String)] = [
            ([file, "--function", "secnd"], "--function: no function 'secnd' (nearest are second, "),
            ([file, "--function", "4"], "--function: no function 4 (the module has 0 to 3)"),
            ([file, "--function", "99999999999999999999"], "the module has 0 to 3"),
            ([empty, "--function", "0"], "--function: no function 0 (the module has none)"),
            ([empty, "--function", "f"], "--function: no function 'f' (none has a name; give its index)"),
            ([file, "--function", "0", "--emit", "ssa"], "function 0 is imported, and has no ssa"),
            ([file, "--function", "1", "--emit", "binary"], "--function has no use beside --emit binary"),
        ]
        for (arguments, part) in cases {
            let ending = try tool.run(["compile", "--target", "x86_64"] + arguments)
            #expect(ending.isOneLineError, "\(arguments): \(ending.status) \(ending.error)")
            #expect(ending.error.contains(part), "\(arguments): \(ending.error)")
        }
    }
}
