import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

/// Numeric instructions where implementations go wrong, with their results by hand: they judge the oracle where the
/// specification's scripts are not present, or too large for every run.
@Suite struct NumberTests {
    private func unary(_ name: String, _ argument: WasmValue, type: String) throws -> CallOutcome? {
        try Program("(module (func (export \"f\") (param \(type)) (result \(type)) local.get 0 \(name)))")
            .run("f", argument)
    }

    private func binary(_ name: String, _ left: WasmValue, _ right: WasmValue, type: String) throws
        -> CallOutcome?
    {
        try Program(
            "(module (func (export \"f\") (param \(type) \(type)) (result \(type)) local.get 0 local.get 1 \(name)))"
        ).run("f", left, right)
    }

    @Test func `nearest rounds ties to the even neighbour and keeps the sign of zero`() throws {
        for (number, expected) in [
            (0.5, 0.0), (-0.5, -0.0), (1.5, 2), (2.5, 2), (-2.5, -2), (3.5, 4), (4.5, 4), (2.4, 2), (2.6, 3),
        ] {
            #expect(
                try unary("f32.nearest", .f32(Float(number).bitPattern), type: "f32")
                    == .returned([.f32(Float(expected).bitPattern)])
            )
            #expect(
                try unary("f64.nearest", .f64(number.bitPattern), type: "f64")
                    == .returned([.f64(expected.bitPattern)])
            )
        }
    }

    @Test func `the remainder of the least number by minus one is zero, and the quotient overflows`() throws {
        let least = WasmValue.i32(1 << 31)
        let wideLeast = WasmValue.i64(1 << 63)
        #expect(try binary("i32.rem_s", least, .i32(.max), type: "i32") == .returned([.i32(0)]))
        #expect(try binary("i64.rem_s", wideLeast, .i64(.max), type: "i64") == .returned([.i64(0)]))
        #expect(try binary("i32.div_s", least, .i32(.max), type: "i32") == .trapped(.integerOverflow))
        #expect(try binary("i64.div_s", wideLeast, .i64(.max), type: "i64") == .trapped(.integerOverflow))
        #expect(try binary("i32.rem_s", .i32(1), .i32(0), type: "i32") == .trapped(.integerDivideByZero))
    }

    @Test func `the minimum of both zeros is the negative one and the maximum the positive one`() throws {
        let zeros = [WasmValue.f32(0), .f32(1 << 31)]
        let wideZeros = [WasmValue.f64(0), .f64(1 << 63)]
        for first in 0..<2 {
            let second = 1 - first
            #expect(
                try binary("f32.min", zeros[first], zeros[second], type: "f32") == .returned([.f32(1 << 31)])
            )
            #expect(try binary("f32.max", zeros[first], zeros[second], type: "f32") == .returned([.f32(0)]))
            #expect(
                try binary("f64.min", wideZeros[first], wideZeros[second], type: "f64")
                    == .returned([.f64(1 << 63)])
            )
            #expect(
                try binary("f64.max", wideZeros[first], wideZeros[second], type: "f64") == .returned([.f64(0)])
            )
        }
    }

    @Test func `shifts to the right extend with the sign or with zeros, by the count modulo the width`() throws {
        let minus = WasmValue.i32(0x8000_0000)
        let wideMinus = WasmValue.i64(1 << 63)
        #expect(try binary("i32.shr_s", minus, .i32(33), type: "i32") == .returned([.i32(0xC000_0000)]))
        #expect(try binary("i32.shr_u", minus, .i32(33), type: "i32") == .returned([.i32(0x4000_0000)]))
        #expect(try binary("i64.shr_s", wideMinus, .i64(65), type: "i64") == .returned([.i64(3 << 62)]))
        #expect(try binary("i64.shr_u", wideMinus, .i64(65), type: "i64") == .returned([.i64(1 << 62)]))
    }
}
