import Testing
import WasmModel

struct TypeListTests {
    @Test(
        arguments: [
            ([], ""), ([.i32], "i32"), ([.i32, .i32], "2*i32"), ([.i32, .f64, .i32, .f64], "i32,f64,i32,f64"),
            ([.i32, .f64, .i32, .f64, .i32, .f64], "3*(i32,f64)"),
            ([.i64, .i32, .f64, .i32, .f64, .i32, .f64, .i32, .v128], "i64,3*(i32,f64),i32,v128"),
            ([.i32, .i32, .f32, .i32, .i32, .f32, .i32, .i32, .f32], "3*(i32,i32,f32)"),
            ([.externalReference, .exceptionReference, .functionReference], "externref,exnref,funcref"),
        ] as [([ValueType], String)]
    )
    func `lists are written with repetitions of types and groups, and read back`(types: [ValueType], text: String)
        throws
    {
        #expect(TypeList.text(types) == text)
        #expect(try TypeList.types(text) == types)
    }

    @Test func `a thousand types that alternate are a few characters`() throws {
        let types = (0..<1001).map { [ValueType.f32, .i32, .f64, .i64][$0 % 4] }
        #expect(TypeList.text(types) == "250*(f32,i32,f64,i64),f32")
        #expect(try TypeList.types(TypeList.text(types)) == types)
    }

    @Test func `spaces mean nothing, and groups may be short, empty or wrong`() throws {
        #expect(try TypeList.types(" 2 * ( i32 , f64 ) , i64 ") == [.i32, .f64, .i32, .f64, .i64])
        #expect(try TypeList.types("1*(i32)") == [.i32])
        #expect(try TypeList.types("0*(i32,i64)") == [])
        for (text, position) in [
            ("i32,2*()", 1), ("2*(i32", 0), ("2*i32)", 0), ("2*(i32,x)", 0), ("(i32,i64)", 0), ("2*(2*i32)", 0),
            ("i32,600000*(i32,i64)", 1), ("-1*i32", 0),
        ] {
            let error = #expect(throws: TypeList.Malformed.self) { try TypeList.types(text) }
            #expect(error?.position == position, "\(text)")
        }
    }

    @Test(
        arguments: [
            ("i32,4294967296*i32", "item 1 of the type list, '4294967296*i32', has a count that is not in 0...1000000"),
            (
                "99999999999999999999999*(i32,f64)",
                "item 0 of the type list, '99999999999999999999999*(i32,f64)', has a count that is not in 0...1000000"
            ),
            ("1000001*i32", "item 0 of the type list, '1000001*i32', has a count that is not in 0...1000000"),
            ("-1*i32", "item 0 of the type list, '-1*i32', has a count that is not in 0...1000000"),
            ("1000000*i32,i64", "item 1 of the type list, 'i64', makes the list longer than 1000000 types"),
            (
                "600000*(i32,i64)",
                "item 0 of the type list, '600000*(i32,i64)', makes the list longer than 1000000 types"
            ),
        ]
    )
    func `a count or a list that is too long is refused with the range`(text: String, message: String) {
        let error = #expect(throws: TypeList.Malformed.self) { try TypeList.types(text) }
        #expect(error?.description == message)
    }

    @Test func `what is no item is named by its beginning, with the types that there are`() {
        let types = "(types: i32, i64, f32, f64, v128, funcref, externref, exnref)"
        for (text, shown) in [
            ("x*i32", "x*i32"), ("*i32", "*i32"), ("+1*i32", "+1*i32"), ("-*i32", "-*i32"), ("99*", "99*"),
            (String(repeating: "9", count: 100), String(repeating: "9", count: 60) + "..."),
        ] {
            let error = #expect(throws: TypeList.Malformed.self) { try TypeList.types(text) }
            #expect(
                error?.description
                    == "item 0 of the type list, '\(shown)', is not a type or COUNT*TYPE \(types)"
            )
        }
    }

    @Test func `the summary of a long list without a pattern is short and says how long it is`() {
        var state: UInt64 = 1
        let types = (0..<500).map { _ -> ValueType in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return [.i32, .i64, .f32, .f64][Int(state >> 60) & 3]
        }
        let summary = TypeList.summary(types)
        #expect(summary.count < 120)
        #expect(summary.hasSuffix("... 500 types"))
        #expect(TypeList.summary([.i32, .f64]) == "i32,f64")
    }
}
