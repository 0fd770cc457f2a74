import ByteCoding
import Testing
import WasmFormats
import WasmModel

/// Modules at the limits that the JavaScript interface lets engines have, and one beyond.
struct PublicLimitTests {
    private func types(_ count: Int) -> [ValueType] {
        let mix: [ValueType] = [.i32, .i64, .f32, .f64, .externalReference]
        return (0..<count).map { mix[$0 % mix.count] }
    }

    private func module(_ type: FunctionType, locals: [LocalRun] = [], _ body: [Instruction]) -> Module {
        var module = Module()
        let index = module.addType(type)
        module.functions = [Function(type: index, locals: locals, body: body + [Instruction(.end)])]
        return module
    }

    /// Encodes, decodes and validates.
    private func validated(_ module: Module) throws -> ValidatedModule {
        let decoded = try BinaryDecoder.decode(BinaryEncoder.encode(module))
        #expect(decoded == module)
        return try Validator.validate(decoded)
    }

    private func refusal(_ module: Module) -> ValidationError? {
        do {
            _ = try Validator.validate(try BinaryDecoder.decode(BinaryEncoder.encode(module)))
            return nil
        } catch {
            return error as? ValidationError
        }
    }

    @Test func `a function of 1000 parameters and 1000 results is valid`() throws {
        let type = FunctionType(parameters: types(1000), results: types(1000))
        var body = (0..<1000).map { Instruction(.localGet, .local(LocalIndex($0))) }
        body += [Instruction(.call, .function(0)), Instruction(.call, .function(0))]
        let valid = try validated(module(type, body))
        #expect(valid.definedFunctions[0].maximumOperandHeight == 1000)
        // One operand of a thousand has another type.
        body[500] = Instruction(.localGet, .local(501))
        let error = try #require(refusal(module(type, body)))
        #expect(error.reason.hasPrefix("type mismatch"))
        #expect(error.instruction == 1000)
    }

    @Test func `50,000 locals in as many runs are valid, and one more is refused with the figure and the place`() throws
    {
        let runs = types(50_000).map { LocalRun(count: 1, type: $0) }
        let body = [Instruction(.localGet, .local(49_998)), Instruction(.localSet, .local(3))]
        #expect(try validated(module(FunctionType(), locals: runs, body)).definedFunctions[0].localCount == 50_000)
        let wrong = [Instruction(.localGet, .local(49_998)), Instruction(.localSet, .local(0))]
        #expect(refusal(module(FunctionType(), locals: runs, wrong))?.instruction == 1)
        #expect(
            refusal(module(FunctionType(), locals: [LocalRun(count: 50_001, type: .i32)], []))?.description
                == "implementation limit: 50001 locals exceed 50000, in function 0, at byte offset 0x1b"
        )
        let huge = [LocalRun(count: .max - 1, type: .i32), LocalRun(count: 1, type: .i64)]
        #expect(refusal(module(FunctionType(), locals: huge, []))?.reason.contains("4294967295 locals exceed") == true)
    }

    @Test func `locals without a default keep their rules behind runs that are not written out`() throws {
        let reference = ValueType.reference(ReferenceType(isNullable: false, .function))
        let runs = [
            LocalRun(count: 20_000, type: .i32), LocalRun(count: 20_000, type: .functionReference),
            LocalRun(count: 2, type: reference),
        ]
        let last = Immediate.local(LocalIndex(40_001))
        let set = [
            Instruction(.unreachable), Instruction(.end), Instruction(.block, .block(.empty)),
            Instruction(.localGet, .local(0)), Instruction(.refAsNonNull), Instruction(.localSet, last),
            Instruction(.localGet, last), Instruction(.drop), Instruction(.end),
        ]
        let start = [Instruction(.block, .block(.empty))]
        // Parameter 0 is a reference; the locals begin after it.
        let type = FunctionType(parameters: [.functionReference])
        #expect(throws: Never.self) { try validated(module(type, locals: runs, start + set)) }
        let afterwards = start + set + [Instruction(.localGet, last), Instruction(.drop)]
        #expect(refusal(module(type, locals: runs, afterwards))?.reason == "uninitialized local 40001")
        let other = start + set + [Instruction(.localGet, .local(40_002)), Instruction(.drop)]
        #expect(refusal(module(type, locals: runs, other))?.reason == "uninitialized local 40002")
        let nullable = start + set + [Instruction(.localGet, .local(39_999)), Instruction(.drop)]
        #expect(throws: Never.self) { try validated(module(type, locals: runs, nullable)) }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a few bytes that declare 50,000 locals cost no more than their number, in each of 20,000 functions`() throws {
        var module = Module()
        let type = module.addType(FunctionType())
        let body = [Instruction(.localGet, .local(49_999)), Instruction(.drop), Instruction(.end)]
        let function = Function(type: type, locals: [LocalRun(count: 50_000, type: .i64)], body: body)
        module.functions = Array(repeating: function, count: 20_000)
        #expect(try Validator.validate(module).definedFunctions.count == 20_000)
    }

    @Test func `100,000 nested blocks are decoded, validated and encoded`() throws {
        var body = Array(repeating: Instruction(.block, .block(.empty)), count: 100_000)
        body.append(Instruction(.br, .label(99_999)))
        body.append(contentsOf: repeatElement(Instruction(.end), count: 100_000))
        #expect(try validated(module(FunctionType(), body)).definedFunctions[0].maximumControlDepth == 100_001)
        body[100_000] = Instruction(.br, .label(100_001))
        #expect(refusal(module(FunctionType(), body))?.reason == "unknown label 100001")
    }

    @Test func `a br_table of 1,000,000 targets is valid, and its last target is checked`() throws {
        var labels = (0...1_000_000).map { LabelIndex($0 & 1) }
        func body() -> [Instruction] {
            [
                Instruction(.block, .block(.empty)), Instruction(.i32Const, .i32(0)),
                Instruction(.brTable, .labelTable(labels)), Instruction(.end),
            ]
        }
        #expect(throws: Never.self) { try validated(module(FunctionType(), body())) }
        labels[999_999] = 2
        #expect(
            refusal(module(FunctionType(), body()))?.description.hasPrefix("unknown label 2, in function 0") == true
        )
    }

    @Test(.timeLimit(.minutes(10)))
    func `br_tables to 1000 blocks of 1000 results look at their operands once`() throws {
        var module = Module()
        let wide = module.addType(FunctionType(results: types(1000)))
        // The same types under another index are the same list.
        let other = module.addType(FunctionType(results: types(1000)))
        var body = (0..<1000).map { Instruction(.block, .block(.type($0 & 1 == 0 ? wide : other))) }
        let table = Instruction(.brTable, .labelTable((0..<1000).map { LabelIndex($0) }))
        for _ in 0..<50 { body += [Instruction(.call, .function(0)), Instruction(.i32Const, .i32(0)), table] }
        body += Array(repeating: Instruction(.end), count: 1001)
        module.functions = [Function(type: wide, body: body)]
        #expect(throws: Never.self) { try validated(module) }
        module.functions[0].body[1000 + 3 * 49] = Instruction(.nop)
        #expect(refusal(module)?.reason.hasPrefix("type mismatch") == nil)
        module.functions[0].body[1000] = Instruction(.nop)
        #expect(refusal(module)?.reason.hasPrefix("type mismatch") == true)
    }

    @Test func `operands beyond ten million are refused with the figure`() throws {
        var wide = module(FunctionType(results: types(100_000)), [Instruction(.unreachable)])
        wide.functions[0].body = Array(repeating: Instruction(.call, .function(0)), count: 101) + [Instruction(.end)]
        let error = try #require(refusal(wide))
        #expect(error.reason == "implementation limit: 10100000 operands on the stack exceed 10000000")
        #expect(error.instruction == 100)
        #expect(error.offset != nil)
    }

    @Test func `text and bytes are refused for the same limits in the same words`() throws {
        var modules: [Module] = []
        var many = Module()
        many.memories = [MemoryType(limits: Limits(minimum: 1))]
        many.data = Array(repeating: DataSegment(bytes: [], mode: .passive), count: ModuleLimits.dataSegments + 1)
        modules.append(many)
        var wide = Module()
        wide.types = [SubType(.structure(Array(repeating: FieldType(.packedI8, isMutable: false), count: 10_001)))]
        wide.recursionGroups = [0..<1]
        modules.append(wide)
        for module in modules {
            let byDecoder = #expect(throws: DecodingError.self) {
                try BinaryDecoder.decode(BinaryEncoder.encode(module))
            }
            let byValidator = #expect(throws: ValidationError.self) { try Validator.validate(module) }
            #expect(byDecoder?.reason == byValidator?.reason)
            #expect(byDecoder?.isLimit == true && byValidator?.isLimit == true)
        }
        #expect(modules.count == 2)
    }

    // MARK: Types

    @Test func `more than a million types are refused by their number, before they are read`() {
        func decodingError(_ content: [UInt8]) -> String? {
            var writer = ByteWriter()
            writer.append([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1])
            writer.count(content.count)
            writer.append(content)
            do { _ = try BinaryDecoder.decode(writer.bytes) } catch { return error.description }
            return nil
        }
        func number(_ value: Int) -> [UInt8] {
            var writer = ByteWriter()
            writer.count(value)
            return writer.bytes
        }
        let filler = [UInt8](repeating: 0, count: 1_000_100)
        #expect(
            decodingError(number(1_000_001) + filler)
                == "implementation limit: 1000001 types exceed 1000000, at byte offset 0xc"
        )
        // One type, then a group of a million.
        #expect(
            decodingError([2, 0x60, 0, 0, 0x4E] + number(1_000_000) + filler)
                == "implementation limit: 1000001 types exceed 1000000, at byte offset 0x11"
        )
    }

    @Test func `a recursion group of 20,000 types that refer to each other is valid, and an index beyond it is not`()
        throws
    {
        func group(_ count: Int, last: Int) -> Module {
            var module = Module()
            module.types = (0..<count).map { position in
                let next = TypeIndex(position == count - 1 ? last : position + 1)
                let reference = ReferenceType(isNullable: true, .defined(next))
                return SubType(.structure([FieldType(.value(.reference(reference)), isMutable: true)]))
            }
            module.recursionGroups = [0..<count]
            return module
        }
        let valid = try validated(group(20_000, last: 0))
        #expect(valid.canonicalTypes == (0..<20_000).map { TypeIndex($0) })
        #expect(refusal(group(20_000, last: 20_000))?.reason == "unknown type 20000")
    }

    @Test
    func `equal recursion groups have the identity of the first, and those that differ in one type have their own`()
        throws
    {
        func group(at start: Int, odd: Bool) -> [SubType] {
            (0..<50).map { number in
                let next = ReferenceType(isNullable: true, .defined(TypeIndex(start + (number + 1) % 50)))
                let isMutable = number < 49 || !odd
                return SubType(.structure([FieldType(.value(.reference(next)), isMutable: isMutable)]))
            }
        }
        var module = Module()
        for number in 0..<400 {
            let start = module.types.count
            module.types += group(at: start, odd: number == 399)
            module.recursionGroups.append(start..<module.types.count)
        }
        let valid = try validated(module)
        for position in 0..<399 * 50 { #expect(valid.canonicalTypes[position] == TypeIndex(position % 50)) }
        #expect(valid.canonicalTypes[399 * 50] == TypeIndex(399 * 50))
    }

    @Test func `a chain of 63 supertypes is valid, and 64 are refused with the figure`() throws {
        func chain(_ depth: Int) -> Module {
            var module = Module()
            for position in 0...depth {
                let supertypes = position == 0 ? [] : [TypeIndex(position - 1)]
                module.types.append(SubType(isFinal: false, supertypes: supertypes, .structure([])))
                module.recursionGroups.append(position..<position + 1)
            }
            return module
        }
        #expect(throws: Never.self) { try validated(chain(63)) }
        #expect(refusal(chain(64))?.reason == "implementation limit: sub type depth 64 exceeds 63")
    }

    @Test(.timeLimit(.minutes(10)))
    func `structures of 10,000 fields cost one look for each instruction in dead code`() throws {
        var module = Module()
        let run = module.addType(FunctionType())
        let field = FieldType(.packedI8, isMutable: true)
        module.types.append(SubType(.structure(Array(repeating: field, count: 10_000))))
        module.recursionGroups.append(1..<2)
        var body = [Instruction(.unreachable)]
        for _ in 0..<20_000 {
            body += [Instruction(.structNewDefault, .type(1)), Instruction(.drop)]
            body += [Instruction(.unreachable), Instruction(.structNew, .type(1)), Instruction(.drop)]
        }
        module.functions = [Function(type: run, body: body + [Instruction(.end)])]
        #expect(throws: Never.self) { try validated(module) }
    }
}

/// Small binaries that claim much.
struct ExaggerationTests {
    private func decodingError(code: [UInt8]) -> DecodingError? {
        var writer = ByteWriter()
        writer.append([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0])
        writer.byte(10)
        writer.sized { section in
            section.count(1)
            section.sized { $0.append(code) }
        }
        do { _ = try BinaryDecoder.decode(writer.bytes) } catch { return error }
        return nil
    }

    private let most: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]

    @Test func `counts in bodies that the bytes cannot hold are refused before anything is allocated`() {
        for code in [most, [0, 0x0E] + most, [0, 0x1F, 0x40] + most, [0, 0x1C] + most] {
            #expect(decodingError(code: code)?.reason == "unexpected end of section or function", "\(code)")
        }
    }

    @Test func `LEB128 integers that are too long or too large are refused at their first byte`() {
        // i32.const, local.get, i64.const, br: the opcode stands at offset 23.
        let tooLong: [[UInt8]] = [
            [0x41, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], [0x20, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
            [0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
            [0x0C, 0xFF, 0xFF, 0xFF, 0xFF, 0x8F, 0x00],
        ]
        for code in tooLong {
            let error = decodingError(code: [0] + code + [0x0B])
            #expect(error == DecodingError("integer representation too long", offset: 24), "\(code)")
        }
        let tooLarge: [[UInt8]] = [
            [0x41, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x20, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F],
            [0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
        ]
        for code in tooLarge {
            let error = decodingError(code: [0] + code + [0x0B])
            #expect(error == DecodingError("integer too large", offset: 24), "\(code)")
        }
    }

    @Test func `integers of every length are decoded`() throws {
        for shift in 0..<32 {
            for number in [Int32(1) << shift, 0 &- (Int32(1) << shift), (Int32(1) << shift) &- 1, ~(Int32(1) << shift)]
            {
                var writer = ByteWriter()
                writer.signed(Int64(number))
                writer.unsigned(UInt32(bitPattern: number))
                let read = try writer.bytes.withUnsafeBytes { buffer throws -> (Int32, UInt32, Int) in
                    var reader = ByteReader(buffer)
                    return (try reader.s32(), try reader.u32(), reader.remaining)
                }
                #expect(read == (number, UInt32(bitPattern: number), 0))
            }
        }
    }
}
