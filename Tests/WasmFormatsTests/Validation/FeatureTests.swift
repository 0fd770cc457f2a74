import Testing
import WasmFormats
import WasmModel

struct FeatureTests {
    /// What the validator says of a module in the text format; nil where it is valid.
    private func error(_ source: String, _ features: FeatureSet) throws -> ValidationError? {
        let module = try TextParser.module("(module \(source))")
        do {
            _ = try Validator.validate(module, features: features)
            return nil
        } catch {
            return error
        }
    }

    /// Each module needs its feature, and beside it only what the features name.
    private static let cases: [(feature: String, source: String, message: String)] = [
        ("multi-value", "(func (result i32 i32) i32.const 1 i32.const 2)", "several results"),
        ("multi-value", "(type (func (param i32))) (func i32.const 1 block (type 0) drop end)", "block type"),
        ("sign-extension", "(func (param i32) local.get 0 i32.extend8_s drop)", "i32.extend8_s"),
        ("saturating-truncation", "(func (param f32) local.get 0 i32.trunc_sat_f32_s drop)", "i32.trunc_sat_f32_s"),
        ("bulk-memory", "(memory 1) (func i32.const 0 i32.const 0 i32.const 0 memory.fill)", "memory.fill"),
        ("bulk-memory", "(memory 1) (data \"x\")", "data segment"),
        (
            "bulk-memory", "(table 1 funcref) (func) (elem (i32.const 0) funcref (ref.func 0))",
            "element segment of expressions"
        ),
        ("function-references", "(table 1 funcref (ref.null func))", "table with an initializer"),
        ("reference-types", "(func (param externref))", "reference type"),
        ("reference-types", "(table 1 funcref) (table 1 funcref)", "multiple tables"),
        ("reference-types", "(table 1 funcref) (func i32.const 0 table.get 0 drop)", "table.get"),
        ("simd", "(func (param v128))", "v128"),
        ("simd", "(func v128.const i32x4 0 0 0 0 drop)", "v128.const"),
        (
            "relaxed-simd", "(func (param v128) local.get 0 local.get 0 i8x16.relaxed_swizzle drop)",
            "i8x16.relaxed_swizzle"
        ),
        ("tail-calls", "(func return_call 0)", "return_call"),
        ("exceptions", "(tag)", "tag"),
        ("exceptions", "(func try_table end)", "try_table"),
        ("function-references", "(type (func)) (func (param (ref null 0)))", "defined heap type"),
        ("function-references", "(func (param (ref func)))", "reference type without null"),
        ("gc", "(type (struct))", "struct"),
        ("gc", "(func (param anyref))", "heap type any"),
        ("gc", "(func i32.const 1 ref.i31 drop)", "ref.i31"),
        ("extended-const", "(global i32 (i32.add (i32.const 1) (i32.const 2)))", "i32.add in a constant expression"),
        ("multi-memory", "(memory 1) (memory 1)", "multiple memories"),
        ("memory64", "(memory i64 1)", "memory with 64-bit addresses"),
        ("memory64", "(table i64 1 funcref)", "table with 64-bit addresses"),
    ]

    @Test(arguments: cases)
    func `a module that needs a feature is refused without it, and the message names both`(
        feature: String,
        source: String,
        message: String
    ) throws {
        let named = try #require(FeatureSet.named.first { $0.name == feature }).feature
        #expect(try error(source, .wasm3) == nil)
        let refusal = try #require(try error(source, FeatureSet.wasm3.subtracting(named)))
        #expect(refusal.reason.contains(message), "\(refusal)")
        #expect(refusal.reason.contains(" requires feature "), "\(refusal)")
        #expect(refusal.missingFeatures.isSubset(of: named) && !refusal.missingFeatures.isEmpty)
        #expect(try error(source, .mvp) != nil)
        #expect(try (error(source, .wasm2) == nil) == FeatureSet.wasm2.contains(named))
    }

    @Test
    func `every feature has a case here`() {
        #expect(Set(Self.cases.map(\.feature)) == Set(FeatureSet.named.map(\.name)))
    }

    @Test
    func `what is invalid is not a matter of features`() throws {
        let mistake = try #require(try error("(func (result i32))", .mvp))
        #expect(mistake.missingFeatures.isEmpty)
    }

    @Test
    func `the decoder reads older encodings as they were`() throws {
        let header: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        func reason(_ bytes: [UInt8], _ features: FeatureSet) -> String? {
            do {
                _ = try BinaryDecoder.decode(header + bytes, features: features)
                return nil
            } catch {
                return error.reason
            }
        }
        let cases: [(bytes: [UInt8], reason: String)] = [
            // The flags of a memory with 64-bit addresses; a limit of more than 32 bits; flags in two bytes.
            ([5, 3, 1, 4, 0], "integer too large"),
            ([5, 7, 1, 0, 0x80, 0x80, 0x80, 0x80, 0x10], "integer too large"),
            ([5, 4, 1, 0x81, 0, 0], "integer representation too long"),
            // An imported tag.
            ([2, 6, 1, 0, 0, 4, 0, 0], "malformed import kind"),
            // memory.fill and memory.copy with zeros of two bytes.
            (body([0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 11, 0x80, 0, 0x0B]), "zero byte expected"),
            (body([0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 10, 0, 0x80, 0, 0x0B]), "zero byte expected"),
            // memory.size of memory 1; a load with a memory index; a load at an offset of more than 32 bits.
            (body([0x3F, 1, 0x1A, 0x0B]), "zero byte expected"),
            (body([0x41, 0, 0x28, 0x42, 0, 0, 0x1A, 0x0B]), "malformed memop flags"),
            (body([0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x10, 0x1A, 0x0B]), "integer too large"),
        ]
        for (bytes, expected) in cases {
            #expect(reason(bytes, .wasm2) == expected, "\(bytes)")
            #expect(reason(bytes, .wasm3) == nil || bytes[0] == 5 && bytes[3] == 0x81, "\(bytes)")
        }
    }

    /// The sections of a module of one function.
    private func body(_ instructions: [UInt8]) -> [UInt8] {
        let size = UInt8(instructions.count + 1)
        return [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, size + 2, 1, size, 0] + instructions
    }
}
