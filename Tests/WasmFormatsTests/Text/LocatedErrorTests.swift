import Testing
import WasmFormats
import WasmModel

struct LocatedErrorTests {
    private func located(_ source: String) throws -> String? {
        let module = try TextParser.module(source)
        do throws(ValidationError) {
            _ = try Validator.validate(module)
            return "valid"
        } catch {
            // The places are those of the text for a module that went through the binary format, too.
            let decoded = try BinaryDecoder.decode(BinaryEncoder.encode(module))
            let again = #expect(throws: ValidationError.self) { try Validator.validate(decoded) }
            #expect(again?.instruction == error.instruction && again?.item == error.item)
            return TextParser.located(error, in: Array(source.utf8))?.description
        }
    }

    @Test(arguments: [
        // Flat, and behind an import that has the first index.
        (
            """
            (module
              (import "a" "f" (func))
              (func $g (result i32)
                i32.const 1
                i64.const 2
                i32.add))
            """, "6:5: type mismatch: expected i32, found i64"
        ),
        // Folded: the instruction comes behind its operands, and its place does not.
        (
            """
            (func (result i32)
              (i32.add
                (i64.const 1)
                (i32.const 2)))
            """, "2:4: type mismatch: expected i32, found i64"
        ),
        // The blank line and the comment count, and the column is in characters.
        (
            """
            (func

              (; é ;) (if (result i32) (i32.const 0)
                (then (f32.const 1))
                (else (i32.const 2)))
              drop)
            """, "5:6: type mismatch: instruction requires [i32] but stack has [f32]"
        ),
        (
            """
            (func (block $b (result i64)
              (loop br 1)
              i64.const 1)
              i32.eqz drop)
            """, "2:9: type mismatch: instruction requires [i64] but stack has []"
        ),
        ("(func block end if end)", "1:17: type mismatch: expected i32, and the operand stack is empty"),
        ("(func)\n(func (result i32))", "2:19: type mismatch: instruction requires [i32] but stack has []"),
        ("(func (drop))", "1:8: type mismatch: the operand stack is empty"),
        (
            "(func (result i32)\n  i32.const 1\n  i32.const 2)",
            "3:14: type mismatch: 1 values remain on the operand stack"
        ),
        (
            "(func (param externref) (select (local.get 0) (local.get 0) (i32.const 1)) drop)",
            "1:26: type mismatch: expected a number or a vector, found (ref null extern)"
        ),
        ("(func (export \"f\") (local.get 4) drop)", "1:21: unknown local 4"),
        // What has a constant expression has its own place.
        (
            "(global i32 (i32.const 0))\n(global $b i64 (i32.const 0))",
            "2:1: type mismatch: instruction requires [i64] but stack has [i32]"
        ),
        (
            "(memory 1)\n(data (i32.const 1) \"a\")\n (data (f32.const 0) \"b\")",
            "3:2: type mismatch: instruction requires [i32] but stack has [f32]"
        ),
        (
            "(table 1 funcref)\n(elem (i64.const 0) func)",
            "2:1: type mismatch: instruction requires [i32] but stack has [i64]"
        ),
        (
            "(table 1 (ref func) (ref.null func))",
            "1:1: type mismatch: instruction requires [(ref func)] but stack has [(ref null func)]"
        ),
    ])
    func `what is not valid has the line and the column of the text, and the types`(
        _ source: String,
        _ expected: String
    ) throws {
        #expect(try located(source) == expected)
    }

    @Test func `what has no place in the text says so`() throws {
        #expect(try located("(start 3)") == nil)
        #expect(try located("(func)") == "valid")
    }
}
