import Testing
import WasmFormats
import WasmModel

/// Type 0 is a structure, type 1 a subtype of it, type 2 an array of bytes that cannot be changed, type 3 the function's.
private func module(_ parameters: [ValueType], _ results: [ValueType], body: [Instruction]) -> Module {
    var module = Module()
    let number = FieldType(.value(.i64), isMutable: false)
    let byte = FieldType(.packedI8, isMutable: true)
    module.types = [
        SubType(isFinal: false, .structure([number])),
        SubType(supertypes: [0], .structure([number, byte])),
        SubType(.array(FieldType(.packedI8, isMutable: false))),
    ]
    module.recursionGroups = [0..<1, 1..<2, 2..<3]
    let type = module.addType(FunctionType(parameters: parameters, results: results))
    module.functions = [Function(type: type, locals: [], body: body + [Instruction(.end)])]
    return module
}

private func reference(_ index: TypeIndex, isNullable: Bool = false) -> ValueType {
    .reference(ReferenceType(isNullable: isNullable, .defined(index)))
}

private func reason(_ module: Module) -> String? {
    do {
        _ = try Validator.validate(module)
        return nil
    } catch { return error.reason }
}

struct AggregateValidationTests {
    @Test func `a subtype stands where its supertype is expected, and not the other way round`() {
        let get = [Instruction(.localGet, .local(0))]
        #expect(reason(module([reference(1)], [reference(0)], body: get)) == nil)
        #expect(reason(module([reference(0)], [reference(1)], body: get))?.hasPrefix("type mismatch") == true)
        #expect(
            reason(module([reference(0, isNullable: true)], [reference(0)], body: get))?.hasPrefix("type mismatch")
                == true
        )
    }

    @Test func `fields have the type and mutability of the structure`() {
        let get = Instruction(.localGet, .local(0))
        let read = [get, Instruction(.structGet, .typeAndField(0, 0))]
        #expect(reason(module([reference(1)], [.i64], body: read)) == nil)
        let packed = [get, Instruction(.structGetS, .typeAndField(1, 1))]
        #expect(reason(module([reference(1)], [.i32], body: packed)) == nil)
        let unknown = [get, Instruction(.structGet, .typeAndField(0, 1))]
        #expect(reason(module([reference(1)], [.i32], body: unknown)) == "unknown field 1")
        let write = [get, Instruction(.i64Const, .i64(0)), Instruction(.structSet, .typeAndField(0, 0))]
        #expect(reason(module([reference(0)], [], body: write)) == "immutable field 0")
        let set = [
            get, Instruction(.i32Const, .i32(0)), Instruction(.i32Const, .i32(0)), Instruction(.arraySet, .type(2)),
        ]
        #expect(reason(module([reference(2)], [], body: set)) == "immutable array")
    }

    @Test func `a cast branch carries the narrower type`() {
        let (wide, narrow) = (
            ReferenceType(isNullable: true, .defined(0)), ReferenceType(isNullable: false, .defined(1))
        )
        let get = Instruction(.localGet, .local(0))
        let tail = [Instruction(.drop), Instruction(.unreachable)]
        let branch = [get, Instruction(.brOnCast, .castBranch(0, wide, narrow))] + tail
        #expect(reason(module([.reference(wide)], [reference(1)], body: branch)) == nil)
        let failing = [get, Instruction(.brOnCastFail, .castBranch(0, wide, narrow))] + tail
        let expected = "type mismatch: expected (ref 1), found (ref null 0)"
        #expect(reason(module([.reference(wide)], [reference(1)], body: failing)) == expected)
    }

    @Test func `a type that does not match its supertype is refused`() {
        var sample = module([], [], body: [])
        sample.types[1].composite = .structure([FieldType(.value(.i32), isMutable: false)])
        #expect(reason(sample)?.hasPrefix("sub type") == true)
    }

    @Test func `recursive types that are written twice are one type`() throws {
        var sample = Module()
        let element = FieldType(.value(reference(0, isNullable: true)), isMutable: true)
        let again = FieldType(.value(reference(1, isNullable: true)), isMutable: true)
        sample.types = [SubType(.array(element)), SubType(.array(again)), SubType(.array(element))]
        sample.recursionGroups = [0..<1, 1..<2, 2..<3]
        #expect(try Validator.validate(sample).canonicalTypes == [0, 0, 2])
    }

    @Test func `every opcode has a rule`() {
        for row in OpcodeTable.rows {
            for immediate in sampleImmediates(row.immediate) {
                let body = [Instruction(.unreachable), Instruction(row.opcode, immediate)]
                let found = reason(module([], [], body: body))
                #expect(found?.hasPrefix("unsupported") != true, "\(row.name)")
                #expect(found?.hasPrefix("immediate operands") != true, "\(row.name)")
            }
        }
    }
}
