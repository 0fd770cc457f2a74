import Testing
import WasmFormats
import WasmModel

struct TextMutationTests {
    /// A small generator of repeatable numbers (xorshift).
    private struct Numbers {
        var state: UInt64
        mutating func next(below bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
    }

    @Test
    func `mutated text is parsed or rejected with a place inside it`() throws {
        let original = Array(TextPrinterTests.everything.utf8)
        let lineCount = original.count { $0 == UInt8(ascii: "\n") } + 1
        var numbers = Numbers(state: 0x9E37_79B9_7F4A_7C15)
        var accepted = 0
        var rejected = 0
        for _ in 0..<400 {
            var text = original
            for _ in 0...numbers.next(below: 4) {
                let place = numbers.next(below: text.count)
                switch numbers.next(below: 5) {
                case 0: text[place] = UInt8(numbers.next(below: 256))
                case 1: text.remove(at: place)
                case 2: text.insert(Array("()\" $0".utf8)[numbers.next(below: 6)], at: place)
                case 3:
                    let other = numbers.next(below: text.count)
                    let length = min(numbers.next(below: 40), text.count - other)
                    text.insert(contentsOf: text[other..<other + length], at: place)
                default: text.removeLast(numbers.next(below: 40))
                }
            }
            do {
                let module = try TextParser.module(text)
                #expect(try TextParser.module(TextPrinter.text(of: module)) == module)
                accepted += 1
            } catch {
                #expect(error.line >= 1 && error.column >= 1 && !error.reason.isEmpty)
                #expect(error.line <= lineCount + 40)
                rejected += 1
            }
        }
        #expect(accepted > 0)
        #expect(rejected > 100)
    }

    @Test
    func `the rest of a module after any byte is rejected at its end or before`() throws {
        let text = Array(
            "(module (func $f (param i32) (block $l (result i32) (i32.const 0x1_0))) (data \"\\00\"))".utf8
        )
        for length in 1..<text.count {
            #expect(throws: TextError.self) { try TextParser.module(Array(text.prefix(length))) }
        }
    }
}
