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
    func `br_table to labels of different types, which only dead code can have, is not in the first release`() throws {
        let source = """
            (func (block (result i32) (block (result f32) unreachable (br_table 0 1 (i32.const 0))) drop (i32.const 0)) drop)
            """
        #expect(try error(source, .wasm2) == nil)
        let refusal = try #require(try error(source, .mvp))
        #expect(refusal.reason.hasPrefix("type mismatch"))
        #expect(refusal.missingFeatures == .referenceTypes)
        let same = "(func (block (block unreachable (br_table 0 1 (i32.const 0)))))"
        #expect(try error(same, .mvp) == nil)
    }

    /// The bytes of the opcodes of the first release, and of those that 2.0 added, where they have no prefix.
    ///
    /// Spec: core 1.0, appendix "Index of Instructions"; core 2.0, likewise.
    private static let bytes: [(release: FeatureSet, bytes: [ClosedRange<UInt8>])] = [
        (.mvp, [0x00...0x05, 0x0B...0x11, 0x1A...0x1B, 0x20...0x24, 0x28...0xBF]),
        (.wasm2, [0x1C...0x1C, 0x25...0x26, 0xC0...0xC4, 0xD0...0xD2]),
    ]

    private static func isInRelease(_ row: OpcodeRow, _ features: FeatureSet) -> Bool {
        switch (row.prefix, row.number) {
        case (_, nil):
            bytes.contains { $0.release.isSubset(of: features) && $0.bytes.contains { $0.contains(row.prefix) } }
        case (0xFC, let number?): features.isSuperset(of: .wasm2) && number <= 17
        case (0xFD, let number?): features.isSuperset(of: .wasm2) && number <= 0xFF
        case (_, _?): false
        }
    }

    @Test(arguments: [FeatureSet.mvp, .wasm2])
    func `a release refuses every instruction of a later one`(features: FeatureSet) {
        for row in OpcodeTable.rows {
            var module = Module()
            let type = module.addType(FunctionType())
            module.functions = [Function(type: type, body: [Instruction(row.opcode), Instruction(.end)])]
            // Without operands few of them are valid, but the feature is what is missed first.
            var missing: FeatureSet = []
            do { _ = try Validator.validate(module, features: features) } catch { missing = error.missingFeatures }
            #expect(missing.isEmpty == Self.isInRelease(row, features), "\(row.name)")
        }
    }
}
