import SSA
import Testing

@Suite struct FunctionTextTests {
    @Test func `text that is read is written as it was`() throws {
        let text = """
            function "a \\"quoted\\" \\{a} name" (300*i32, i64, i64, f32) -> (reference, v128, f64) {
            block0(\((0..<303).map { "v\($0): \($0 < 300 ? "i32" : $0 < 302 ? "i64" : "f32")" }.joined(separator: ", "))):
                v303 = constantVector[0x00112233445566778899aabbccddeeff]
                v304 = constant.f64[0x7ff0000000000001]
                v305 = constant.f32[0xffc00000]
                v306 = constant.i64[-9223372036854775808] @0x1f
                v307 = load.unsigned8.i64[16] v306
                store.full.f32 v306, v305
                v308..v312 = call[12] v0 : (i32) -> (5*reference)
                call[13] : () -> ()
                storeContext.reference[80] v308
                v313 = callRuntime[memoryGrow] v0, v300 : (i32, i64) -> (i64)
                trapUnless["integer overflow"] v0
                branchIf v1, block1(v308, v303), block2
            block1(v314: reference, v315: v128):
                return v314, v315, v304
            block2:
                branchTable v1, block3, block4
            block3:
                trap["unreachable"]
            block4:
                v316 = callIndirect v300, v0 : (i32) -> (reference)
                return v316, v303, v304
            }

            """
        let function = try FunctionParser.parse(text)
        #expect(function.description == text)
        #expect(isSame(try FunctionParser.parse(function.description), function))
        try Verifier.verify(function)
    }

    @Test(arguments: [
        ("block0:\nfrobnicate\n}", "line 3: unknown operation frobnicate"),
        ("block0:\nv0 = add v1, v2\n}", "line 3: add lacks its type"),
        ("block0:\nv0 = constant.i32\n}", "line 3: constant lacks its immediate"),
        ("block1:\nreturn\n}", "line 2: block1 where block0 comes next"),
        ("block0:\ntrap[\"boredom\"]\n}", "line 3: unknown trap boredom"),
        ("block0(v1: i32, v3: i32):\nreturn\n}", "line 2: the parameters of a block are consecutive values"),
        ("block0:\nv4000000000 = constant.i32[1]\n}", "line 3: the range v4000000000..v4000000000 is no range"),
    ])
    func `a mistake is reported with its line`(body: String, message: String) {
        let error = #expect(throws: FunctionSyntaxError.self) {
            try FunctionParser.parse("function \"f\" () -> () {\n\(body)")
        }
        #expect(error?.description == message)
    }
}
