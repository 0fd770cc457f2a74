import ARM64Backend
import RegisterAllocation
import Runtime
import SSA
import Testing
import WasmFormats
import WasmModel
import X64Backend

@testable import MachineCode

/// The whole pipeline, from text to results; runs on x86_64 hosts.
@Suite struct PipelineTests {
    static let cycle: [(name: String, type: ValueType)] = [
        ("i32", .i32), ("f64", .f64), ("i64", .i64), ("f32", .f32), ("i32", .i32),
    ]

    static func types(_ count: Int) -> String {
        (0..<count).map { cycle[$0 % cycle.count].name }.joined(separator: " ")
    }

    static func values(_ count: Int) -> [WasmValue] {
        (0..<count).map { position in
            let number = UInt64(position) + 1
            return switch cycle[position % cycle.count].type {
            case .i32: .i32(UInt32(number))
            case .i64: .i64(number << 33 | number)
            case .f32: .f32(Float(number).bitPattern)
            case .f64, .v128, .reference: .f64(Double(number).bitPattern)
            }
        }
    }

    static func gets(_ count: Int) -> String {
        (0..<count).map { "local.get \($0)" }.joined(separator: " ")
    }

    static func module(_ text: String) throws -> ValidatedModule {
        try Validator.validate(TextParser.module("(module \(text))"))
    }

    /// Runs an export of a module; nil where the host cannot run the code.
    static func run(
        _ text: String,
        _ arguments: [WasmValue],
        _ strategy: ResultStrategy = .definitions,
        function: FunctionIndex? = nil
    ) throws -> CallEnd? {
        let module = try module(text)
        let compiled = try ModuleCompiler(X64Backend(), PipelineConfiguration(resultStrategy: strategy)).compile(module)
        #if arch(x86_64)
            let instance = try CompiledInstance(
                module,
                compiled: compiled,
                runner: NativeRunner(),
                limits: .init(stackBytes: 8 << 20, memoryPages: 16)
            )
            return try instance.call(function ?? FunctionIndex(module.functionTypeIndices.count - 1), arguments)
        #else
            return nil
        #endif
    }

    @Test(arguments: [0, 1, 2, 7, 17, 64, 254, 300, 2000], ResultStrategy.allCases)
    func `arguments come back through direct and indirect calls and blocks`(
        count: Int,
        strategy: ResultStrategy
    ) throws {
        let type = "(param \(Self.types(count))) (result \(Self.types(count)))"
        let end = try Self.run(
            """
            (type $t (func \(type)))
            (table funcref (elem $identity $through))
            (func $identity (type $t) \(Self.gets(count)))
            (func $through (type $t) \(Self.gets(count)) call $identity
              block (type $t) end
              i32.const 0 call_indirect (type $t))
            (func (export "f") (type $t) \(Self.gets(count)) i32.const 1 call_indirect (type $t))
            """,
            Self.values(count),
            strategy
        )
        if let end { #expect(end == .returned(Self.values(count))) }
    }

    @Test(arguments: [0, 1, 7, 17, 300, 1000], ResultStrategy.allCases)
    func `arguments come back from the host`(count: Int, strategy: ResultStrategy) throws {
        let type = "(param \(Self.types(count))) (result \(Self.types(count)))"
        let end = try Self.run(
            """
            (type $t (func \(type)))
            (import "host" "f" (func $host (type $t)))
            (func (export "f") (type $t) \(Self.gets(count)) call $host)
            """,
            Self.values(count),
            strategy
        )
        guard let end else { return }
        let types = (0..<count).map { Self.cycle[$0 % Self.cycle.count].type }
        let host = HostFunction(importOrdinal: 0, type: FunctionType(parameters: types, results: types))
        #expect(end == .returned(host.results(for: Self.values(count))))
    }

    @Test func `ten thousand results through every edge`() throws {
        let count = 10_000
        let type = FunctionType(
            parameters: [.i32],
            results: [ValueType](repeating: .i32, count: count)
        )
        var module = Module()
        let index = module.addType(type)
        module.functions.append(
            Function(
                type: index,
                body: (0..<count).map { Instruction(.i32Const, .i32(Int32($0))) } + [Instruction(.end)]
            )
        )
        module.functions.append(
            Function(
                type: index,
                body: [Instruction(.localGet, .local(0)), Instruction(.call, .function(0)), Instruction(.end)]
            )
        )
        module.exports.append(Export(name: "f", item: .function(1)))
        let valid = try Validator.validate(module)
        let compiled = try ModuleCompiler(X64Backend()).compile(valid)
        #if arch(x86_64)
            let instance = try CompiledInstance(
                valid,
                compiled: compiled,
                runner: NativeRunner(),
                limits: .init(stackBytes: 8 << 20, memoryPages: 16)
            )
            #expect(try instance.call(1, [.i32(0)]) == .returned((0..<count).map { .i32(UInt32($0)) }))
        #else
            #expect(compiled.entryStubOffsets[1] >= 0)
        #endif
    }

    @Test func `a trap leaves through any depth of calls`() throws {
        let count = 40
        let end = try Self.run(
            """
            (type $t (func (param \(Self.types(count))) (result \(Self.types(count)))))
            (func $inner (type $t) unreachable)
            (func (export "f") (type $t) \(Self.gets(count)) call $inner)
            """,
            Self.values(count)
        )
        if let end { #expect(end == .trapped(.unreachable)) }
    }

    @Test func `endless recursion with stack arguments ends as an exhausted stack`() throws {
        let count = 40
        let end = try Self.run(
            """
            (type $t (func (param \(Self.types(count))) (result \(Self.types(count)))))
            (func $f (export "f") (type $t) \(Self.gets(count)) call $f)
            """,
            Self.values(count)
        )
        if let end { #expect(end == .exhausted("call stack exhausted")) }
    }

    @Test(arguments: [(0, 10), (1, 20), (2, 30), (3, 30), (0xFFFF_FFFF, 30)] as [(UInt32, UInt32)])
    func `a branch table takes its last target for all indices beyond`(index: UInt32, expected: UInt32) throws {
        let end = try Self.run(
            """
            (func (export "f") (param i32) (result i32)
              block block block local.get 0 br_table 0 1 2 end i32.const 10 return end i32.const 20 return end i32.const 30)
            """,
            [.i32(index)]
        )
        if let end { #expect(end == .returned([.i32(expected)])) }
    }

    @Test func `values on branches arrive in loops`() throws {
        let end = try Self.run(
            """
            (func (export "f") (param i32) (result i32 i64)
              i32.const 1 i64.const 1
              loop (param i32 i64) (result i32 i64)
                (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                i64.const 3 i64.mul
                (br_if 0 (local.get 0))
              end)
            """,
            [.i32(4)]
        )
        if let end { #expect(end == .returned([.i32(1), .i64(81)])) }
    }

    @Test func `more results than the limit are a named error with the figure`() throws {
        let module = try Self.module(
            "(func (export \"f\") (result \(Self.types(20))) unreachable) (func (param i32))"
        )
        var configuration = PipelineConfiguration()
        configuration.limits.resultCount = 19
        #expect(throws: CompilationError(.limit(.resultCount, actual: 20, limit: 19), function: 0)) {
            try ModuleCompiler(X64Backend(), configuration).compile(module)
        }
    }

    @Test func `more branches and labels than the limits are named errors with the figures`() throws {
        let module = try Self.module(
            """
            (tag) (func $g)
            (func (param i32) (block $h (try_table (catch_all $h) (call $g)))
              (block (br_if 0 (local.get 0)) (block (br_table 0 1 0 1 0 1 (local.get 0)))))
            """
        )
        var configuration = PipelineConfiguration()
        configuration.limits.branchCount = 3
        configuration.limits.branchTableLabelCount = 6
        _ = try ModuleCompiler(X64Backend(), configuration).compile(module)
        configuration.limits.branchCount = 2
        #expect(throws: CompilationError(.limit(.branchCount, actual: 3, limit: 2), function: 1)) {
            try ModuleCompiler(X64Backend(), configuration).compile(module)
        }
        configuration.limits.branchCount = 3
        configuration.limits.branchTableLabelCount = 5
        #expect(throws: CompilationError(.limit(.branchTableLabelCount, actual: 6, limit: 5), function: 1)) {
            try ModuleCompiler(X64Backend(), configuration).compile(module)
        }
    }

    @Test func `an allocator that loses operands is found by the checker`() throws {
        let module = try Self.module("(func (export \"f\") (result \(Self.types(300))) unreachable)")
        var configuration = PipelineConfiguration()
        let healthy = configuration.allocator
        configuration.allocator = RegisterAllocator {
            (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            var allocation = try healthy.allocate(problem)
            for instruction in problem.instructions {
                for operand in instruction.operands.dropFirst(256) { allocation.locations[operand] = .none }
            }
            return allocation
        }
        let error = #expect(throws: CompilationError.self) {
            try ModuleCompiler(X64Backend(), configuration).compile(module)
        }
        guard case .brokenInvariant(let text) = error?.reason else {
            Issue.record("the reason is \(String(describing: error))")
            return
        }
        #expect(text.hasPrefix("allocation is correct: entry stub"))
    }

    @Test func `both machines compile the same module, and the regions cover the code`() throws {
        let module = try Self.module(
            """
            (import "host" "f" (func $host (param i32) (result i32)))
            (func (export "f") (param \(Self.types(30))) (result \(Self.types(30))) \(Self.gets(30)))
            (func (export "g") (param i32) (result i32) local.get 0 call $host)
            """
        )
        for backend in [X64Backend(), ARM64Backend()] as [any MachineBackend] {
            let compiled = try ModuleCompiler(backend).compile(module)
            #expect(compiled.functionOffsets.count == 3)
            #expect(compiled.entryStubOffsets.map { $0 >= 0 } == [false, true, true])
            #expect(compiled.regions.last?.range.upperBound == compiled.code.count)
            for (left, right) in zip(compiled.regions, compiled.regions.dropFirst()) {
                #expect((0..<16).contains(right.range.lowerBound - left.range.upperBound))
            }
            for offset in compiled.functionOffsets {
                #expect(compiled.region(at: offset)?.range.lowerBound == offset)
                #expect(offset % 16 == 0)
            }
        }
    }

    @Test func `the text of a machine function names every instruction and location`() throws {
        let text = "(module (func (export \"f\") (param i32 i32) (result i32) local.get 0))"
        // Offsets are those of a binary.
        let module = try Validator.validate(BinaryDecoder.decode(BinaryEncoder.encode(TextParser.module(text))))
        let compiler = ModuleCompiler(X64Backend())
        let function = try compiler.select(compiler.translate(ModuleTranslator(module), 0))
        let listing = function.text(for: compiler.backend)
        #expect(listing.contains("= entry\n"))
        #expect(listing.contains("return %0:fixed i0\n"))
        let detail = try compiler.finish(function)
        #expect(function.text(for: compiler.backend, with: detail.allocation).contains("return %0:i0\n"))
        #expect(listing.contains("\n  ; wasm 0x"))
    }

    @Test func `a branch over more than a mebibyte of code is emitted with another reach`() throws {
        // The tables lie in the code, so that a conditional branch over them needs more than the 19 bits that ARM64 has.
        let entries = [LabelIndex](repeating: 0, count: 45_000)
        var body = [
            Instruction(.block, .block(.empty)), Instruction(.localGet, .local(0)), Instruction(.brIf, .label(0)),
        ]
        for _ in 0..<6 {
            body += [
                Instruction(.block, .block(.empty)), Instruction(.localGet, .local(0)),
                Instruction(.brTable, .labelTable(entries)), Instruction(.end),
            ]
        }
        body += [Instruction(.end), Instruction(.localGet, .local(0)), Instruction(.end)]
        var module = Module()
        let type = module.addType(FunctionType(parameters: [.i32], results: [.i32]))
        module.functions = [Function(type: type, body: body)]
        let valid = try Validator.validate(module)
        let compiler = ModuleCompiler(ARM64Backend())
        let detail = try compiler.finish(compiler.select(compiler.translate(ModuleTranslator(valid), 0)))
        #expect(detail.compiled.bytes.count > 6 * 45_000 * 4)
        #expect(detail.compiled.branchReach == .far)
    }
}
