import Testing
import WasmModel

@testable import Triage

struct BoundaryHypothesisTests {
    private func hypotheses(_ type: ValueType, from first: Int, _ exceptions: [Int] = []) -> [String] {
        let boundary = Boundary(variable: .results, lastGood: first - 1, firstBad: first, exceptions: exceptions)
        return boundary.hypotheses(for: [ValueType](repeating: type, count: first))
    }

    @Test func `an index of eight bits with two operands beside it fits 255 results`() {
        #expect(hypotheses(.i32, from: 255) == ["an index of 8 bits, with 2 operands beside the results"])
        #expect(hypotheses(.i32, from: 257) == ["an index of 8 bits"])
    }

    @Test func `one value more than there are registers fits the last register`() {
        #expect(
            hypotheses(.i64, from: 7).contains {
                $0.contains("first value in memory") && $0.contains("integers, of which 6")
            }
        )
        #expect(
            hypotheses(.f32, from: 9).contains {
                $0.contains("first value in memory") && $0.contains("floats, of which 8")
            }
        )
        #expect(hypotheses(.i64, from: 8).isEmpty)
    }

    @Test func `an offset fits where the value begins at it, in slots of 8 bytes or 16`() {
        #expect(hypotheses(.f64, from: 521).contains { $0.hasPrefix("the offset 4096 in slots of 8 bytes, 8 values") })
        #expect(hypotheses(.f64, from: 513).contains { $0.hasPrefix("the offset 4096 in slots of 8 bytes, 0 values") })
        #expect(
            hypotheses(.v128, from: 4097 + 8).contains {
                $0.hasPrefix("the offset 65536 in slots of 16 bytes, 8 values")
            }
        )
        #expect(hypotheses(.f64, from: 522).isEmpty)
    }

    @Test func `the frames of the two sides fit an offset that one of them is beyond`() {
        func hypotheses(_ good: Int, _ bad: Int) -> [String] {
            Boundary(
                variable: .locals,
                lastGood: 510,
                firstBad: 511,
                frames: Boundary.Frames(lastGood: good, firstBad: bad)
            ).hypotheses(for: [])
        }
        #expect(
            hypotheses(4088, 4104)
                == ["a frame beyond 4096 bytes, of 4104 after 4088: an offset of 12 bits, or a page"]
        )
        #expect(hypotheses(4096, 4112).count == 1)
        #expect(hypotheses(4080, 4096).isEmpty && hypotheses(4104, 4120).isEmpty)
    }

    @Test func `the public limit fits a failure beyond 1000`() {
        #expect(hypotheses(.i32, from: 1001).last == "the public limit of 1000")
    }

    @Test func `what is not as the boundary says fits nothing`() {
        #expect(hypotheses(.i32, from: 255, [260]).isEmpty)
        #expect(Boundary(variable: .results, lastGood: nil, firstBad: 0).hypotheses(for: []).isEmpty)
    }
}
