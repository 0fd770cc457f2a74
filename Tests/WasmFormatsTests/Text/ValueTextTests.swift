import Testing
import WasmFormats
import WasmModel

struct ValueTextTests {
    @Test(arguments: [
        ("-5", ValueType.i32, WasmValue.i32(0xFFFF_FFFB)), ("i32:-5", .i32, .i32(0xFFFF_FFFB)),
        ("+7", .i32, .i32(7)), ("0xffff_ffff", .i32, .i32(.max)), ("-0x8000_0000", .i32, .i32(0x8000_0000)),
        ("18_446_744_073_709_551_615", .i64, .i64(.max)), ("i64:-9223372036854775808", .i64, .i64(1 << 63)),
        ("1.5", .f32, .f32(0x3FC0_0000)), ("-1.5e0", .f32, .f32(0xBFC0_0000)), ("7", .f32, .f32(0x40E0_0000)),
        ("0x1.8p3", .f32, .f32(0x4140_0000)), ("-0x1p-149", .f32, .f32(0x8000_0001)), ("0x1.", .f32, .f32(0x3F80_0000)),
        ("f32:0x3fc0_0000", .f32, .f32(0x3FC0_0000)), ("0x3fc00000", .f32, .f32(0x3FC0_0000)),
        ("inf", .f32, .f32(0x7F80_0000)), ("f64:-inf", .f64, .f64(0xFFF0_0000_0000_0000)),
        ("nan", .f32, .f32(0x7FC0_0000)), ("-nan", .f64, .f64(0xFFF8_0000_0000_0000)),
        ("nan:0x20_0000", .f32, .f32(0x7FA0_0000)), ("f32:-nan:0x200000", .f32, .f32(0xFFA0_0000)),
        ("-nan:canonical", .f32, .f32(0xFFC0_0000)), ("f64:nan:canonical", .f64, .f64(0x7FF8_0000_0000_0000)),
        ("-0.0", .f64, .f64(1 << 63)), ("1_000.5", .f64, .f64(1000.5.bitPattern)),
        ("i32x4:1,-2,0x3,4_0", .v128, .v128(V128(low: 0xFFFF_FFFE_0000_0001, high: 0x0000_0028_0000_0003))),
        ("i64x2:-1,1", .v128, .v128(V128(low: .max, high: 1))),
        ("i16x8:1,2,3,4,5,6,7,-8", .v128, .v128(V128(low: 0x0004_0003_0002_0001, high: 0xFFF8_0007_0006_0005))),
        (
            "i8x16:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,255", .v128,
            .v128(V128(low: 0x0706_0504_0302_0100, high: 0xFF0E_0D0C_0B0A_0908))
        ),
        ("f32x4:1.5,-inf,nan:0x1,0x1p0", .v128, .v128(V128(low: 0xFF80_0000_3FC0_0000, high: 0x3F80_0000_7F80_0001))),
        ("f64x2:0x3ff8000000000000,-0", .v128, .v128(V128(low: 0x3FF8_0000_0000_0000, high: 1 << 63))),
        ("v128:0x1_0000_0000_0000_0002", .v128, .v128(V128(low: 2, high: 1))),
        ("0xff", .v128, .v128(V128(low: 255, high: 0))),
        ("null", .functionReference, .reference(.null)), ("ref:extern-7", .externalReference, .reference(.external(7))),
    ])
    func `values are read as in the text format, with their type or without`(
        _ text: String,
        _ type: ValueType,
        _ value: WasmValue
    ) throws {
        #expect(try ValueText.value(text, of: type) == value)
    }

    @Test(arguments: [
        ("2147483648000", ValueType.i32, "is out of the range of i32, which is -2147483648 to 4294967295"),
        ("-2147483649", .i32, "is out of the range of i32, which is -2147483648 to 4294967295"),
        (
            "18446744073709551616", .i64,
            "is out of the range of i64, which is -9223372036854775808 to 18446744073709551615"
        ),
        ("1.5", .i32, "is not of type i32 (write i32:0)"), ("1__0", .i32, "is not of type i32 (write i32:0)"),
        ("i64:1", .i32, "is not of type i32 (write i32:0)"), ("", .i32, "is not of type i32 (write i32:0)"),
        ("1e39", .f32, "is out of the range of f32"), ("0x1p128", .f32, "is out of the range of f32"),
        ("nan:0x0", .f32, "has no payload of a NaN of f32, which is 0x1 to 0x7fffff"),
        ("nan:0x800000", .f32, "has no payload of a NaN of f32, which is 0x1 to 0x7fffff"),
        ("0x1_0000_0000", .f32, "has more than the 32 bits of f32"),
        (
            "-0x10", .f64,
            "is the bits of the float, which have no sign; write a point or an exponent such as p0"
        ),
        ("1.5 (0x3fc00001)", .f32, "names bits that are not those of the number"),
        ("infinity", .f32, "is not of type f32 (write f32:0x00000000)"),
        ("i32x4:1,2,3", .v128, "has 3 lanes, and i32x4 has 4"),
        (
            "i8x16:0,0,300,0,0,0,0,0,0,0,0,0,0,0,0,0", .v128,
            "has lane 2, '300', which is out of the range of i8, which is -128 to 255"
        ),
        ("f64x2:1,x", .v128, "has lane 1, 'x', which is not of type f64 (write f64:0x0000000000000000)"),
        ("v128:0x123456789012345678901234567890123", .v128, "has more than the 128 bits of v128"),
        ("7", .v128, "is not of type v128 (write i32x4:0,0,0,0 or another shape, or v128:0x0)"),
        ("f32:1", .externalReference, "is not of type externref (write ref:null)"),
        (
            "null", .reference(ReferenceType(isNullable: false, .function)), "is null, which is no value of (ref func)"
        ),
    ])
    func `what is no value is refused with the range or an example`(_ text: String, _ type: ValueType, _ reason: String)
    {
        let error = #expect(throws: ValueText.Malformed.self) { try ValueText.value(text, of: type) }
        #expect(error?.description == reason)
    }

    @Test(arguments: [
        (WasmValue.i32(0xFFFF_FFFB), ValueType.i32, "i32:-5"), (.i64(.max), .i64, "i64:-1"),
        (.f32(0x3FC0_0000), .f32, "f32:1.5 (0x3fc00000)"), (.f32(0x8000_0000), .f32, "f32:-0.0 (0x80000000)"),
        (.f32(1), .f32, "f32:1e-45 (0x00000001)"), (.f64(0x7FF0_0000_0000_0000), .f64, "f64:inf (0x7ff0000000000000)"),
        (.f64(0xFFF8_0000_0000_0000), .f64, "f64:-nan (0xfff8000000000000)"),
        (.f32(0x7FA0_0000), .f32, "f32:nan:0x200000 (0x7fa00000)"),
        (.v128(V128(low: 0xFFFF_FFFE_0000_0001, high: 3)), .v128, "i32x4:0x1,0xfffffffe,0x3,0x0"),
        (.reference(.null), .externalReference, "ref:null"),
    ])
    func `what is printed reads back, a float also without its bits`(
        _ value: WasmValue,
        _ type: ValueType,
        _ text: String
    ) throws {
        #expect(ValueText.text(of: value) == text)
        #expect(try ValueText.value(text, of: type) == value)
        #expect(try ValueText.value(text.prefix { $0 != " " }, of: type) == value)
        #expect(ValueText.displayed("a (\(value), b), \(value)") == "a (\(text), b), \(text)")
    }

    @Test
    func `text without values stays as it is`() {
        for text in ["", "f32:0x", "2 results, f64:x (", "rejected: xf32:0x00000001"] {
            #expect(ValueText.displayed(text) == text)
        }
    }
}
