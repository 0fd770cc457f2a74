import MachineCode
import Testing
import WasmFormats
import WasmModel
import X64Backend

@testable import Runtime

/// Memories, tables, types and imports of a store; no code is executed.
@Suite struct SharedItemTests {
    /// A machine that is never asked to run.
    private final class NoRunner: CodeRunner {
        func call(_ entry: EntryCall, in store: CompiledStore) -> RunEnd { .fault("nothing is executed") }
    }

    private let store: CompiledStore

    init() throws {
        store = try CompiledStore(
            runner: NoRunner(),
            limits: CompiledStore.Limits(memoryPages: 16, tableElements: 1000)
        )
    }

    private func instantiate(_ text: String, _ imports: [LinkedItem] = []) throws -> CompiledInstance {
        let module = try Validator.validate(TextParser.module(text))
        return try store.instantiate(module, compiled: ModuleCompiler(X64Backend()).compile(module), imports: imports)
    }

    private func failure(_ text: String, _ imports: [LinkedItem]) throws -> RuntimeFailure? {
        do {
            _ = try instantiate(text, imports)
            return nil
        } catch let failure as RuntimeFailure {
            return failure
        }
    }

    @Test func `what is imported twice is made once, and a function that is a value only has no code here`() throws {
        let text = """
            (module (type $t (func)) (import "a" "m" (memory 1)) (import "a" "m" (memory 1)) (import "a" "m" (memory 1 2))
              (import "a" "f" (func (type $t))) (import "a" "f" (func (type $t))) (import "a" "g" (global (ref $t))))
            """
        let items = try store.allocateImports(of: Validator.validate(TextParser.module(text)))
        let state = try instantiate(text, items).state
        #expect(state.memories[0] === state.memories[1] && state.memories[0] !== state.memories[2])
        #expect(state.functions[0] == state.functions[1])
        let value = try Validator.validate(
            TextParser.module("(module (type $t (func (param i32))) (import \"a\" \"g\" (global (ref $t))))")
        )
        #expect(throws: RuntimeFailure.unavailableImport(position: 0, module: "a", name: "g")) {
            try store.allocateImports(of: value)
        }
    }

    @Test func `a memory grows in place up to its maximum and the limit`() throws {
        let memory = try LinearMemory(MemoryType(limits: Limits(minimum: 1, maximum: 3)), maximumPages: 16)
        let base = memory.pages.start
        base.storeBytes(of: 0xAB, as: UInt8.self)
        #expect(memory.grow(byPages: 3) == -1)
        #expect(memory.grow(byPages: 2) == 1)
        #expect(memory.grow(byPages: 1) == -1)
        #expect(memory.grow(byPages: .max) == -1)
        #expect(memory.pages.start == base && base.load(as: UInt8.self) == 0xAB)
        #expect((base + 3 * 65_536 - 1).load(as: UInt8.self) == 0)
        let bounded = try LinearMemory(MemoryType(addressType: .i64, limits: Limits(minimum: 0)), maximumPages: 16)
        #expect(bounded.grow(byPages: 17) == -1)
        #expect(bounded.grow(byPages: 16) == 0)
        #expect(throws: RuntimeFailure.exhausted("memory exhausted")) {
            try LinearMemory(MemoryType(addressType: .i64, limits: Limits(minimum: 17)), maximumPages: 16)
        }
    }

    @Test func `a table grows in place, and tells everyone who sees it`() throws {
        let type = TableType(limits: Limits(minimum: 2), element: ReferenceType(isNullable: true, .external))
        let table = try ElementTable(type, maximumElements: 1000)
        let cells = UnsafeMutableRawPointer.allocate(byteCount: 32, alignment: 16)
        defer { cells.deallocate() }
        table.publish(to: cells)
        table.publish(to: cells + 16)
        #expect(table.grow(by: 998, filledWith: 5) == 2)
        #expect(table.grow(by: 1, filledWith: 5) == -1)
        #expect(Array(table.elements.prefix(3)) == [0, 0, 5] && table.elements[999] == 5)
        for offset in [0, 16] {
            #expect(cells.load(fromByteOffset: offset, as: UnsafeMutableRawPointer.self) == table.pages.start)
            #expect(cells.load(fromByteOffset: offset + 8, as: UInt64.self) == 1000)
        }
    }

    @Test func `imports have to match in kind, limits, mutability and type`() throws {
        let exporter = try instantiate(
            """
            (module
              (memory (export "memory") 2 4) (table (export "table") 5 externref)
              (global (export "constant") (ref func) (ref.func 0)) (global (export "variable") (mut i64) (i64.const 1))
              (tag (export "tag") (param i32)) (func (export "function") (param i32)))
            """
        )
        var items: [String: ExternalIndex] = [:]
        for export in exporter.module.module.exports { items[export.name] = export.item }
        let accepted: [(String, String)] = [
            ("memory", "(memory 2 4)"), ("memory", "(memory 1)"), ("table", "(table 1 externref)"),
            ("constant", "(global (ref func))"), ("constant", "(global funcref)"), ("variable", "(global (mut i64))"),
            ("tag", "(tag (param i32))"), ("function", "(func (param i32))"),
        ]
        let refused: [(String, String)] = [
            ("memory", "(memory 3)"), ("memory", "(memory 2 3)"), ("memory", "(memory i64 1)"),
            ("memory", "(table 1 externref)"), ("table", "(table 1 10 externref)"), ("table", "(table 1 funcref)"),
            ("constant", "(global externref)"), ("variable", "(global i64)"), ("variable", "(global (mut i32))"),
            ("tag", "(tag)"), ("tag", "(func (param i32))"), ("function", "(func)"), ("function", "(tag (param i32))"),
        ]
        for (name, type) in accepted {
            let item = try #require(items[name])
            let result = try failure("(module (import \"m\" \"\(name)\" \(type)))", [.item(item, of: exporter)])
            #expect(result == nil, "\(name) as \(type)")
        }
        for (name, type) in refused {
            let item = try #require(items[name])
            let result = try failure("(module (import \"m\" \"\(name)\" \(type)))", [.item(item, of: exporter)])
            #expect(
                result == .incompatibleImport(position: 0, module: "m", name: name),
                "\(name) as \(type)"
            )
        }
        #expect(
            try failure("(module (import \"m\" \"x\" (func)))", [])
                == .unknownImport(position: 0, module: "m", name: "x")
        )
    }

    @Test func `an import that grew is as large as it is now`() throws {
        let exporter = try instantiate("(module (memory (export \"memory\") 1 8))")
        let importer = "(module (import \"m\" \"memory\" (memory 3)))"
        #expect(try failure(importer, [.item(.memory(0), of: exporter)]) != nil)
        #expect(exporter.state.memories[0].grow(byPages: 2) == 1)
        #expect(try failure(importer, [.item(.memory(0), of: exporter)]) == nil)
    }

    @Test func `constant expressions give globals, elements and offsets their values`() throws {
        let instance = try instantiate(
            """
            (module
              (global $a i32 (i32.add (i32.const 40) (i32.mul (i32.const 3) (i32.const -1))))
              (global $b i64 (i64.sub (i64.const 1) (i64.const 2)))
              (global $c v128 (v128.const i64x2 1 2))
              (global $f funcref (ref.func $g))
              (table $t 4 funcref (ref.func $h))
              (elem (table $t) (i32.sub (global.get $a) (i32.const 36)) funcref (global.get $f) (ref.null func))
              (memory 1)
              (data (i32.sub (global.get $a) (i32.const 35)) "xyz")
              (func $g) (func $h))
            """
        )
        #expect(instance.globalValue(0) == .i32(37))
        #expect(instance.globalValue(1) == .i64(.max))
        #expect(instance.globalValue(2) == .v128(V128(low: 1, high: 2)))
        #expect(instance.globalValue(3) == .reference(.function(0)))
        #expect(instance.tableElements(0) == [.function(1), .function(0), .null, .function(1)])
        #expect(instance.memoryBytes(0).prefix(6) == [0, 0, 120, 121, 122, 0])
    }

    @Test func `a function keeps its index in the instance that is asked, also in a table of another one`() throws {
        let first = try instantiate(
            "(module (func) (func $f (export \"f\")) (table (export \"t\") 3 funcref) (elem (i32.const 0) $f))"
        )
        let second = try instantiate(
            """
            (module (import "m" "f" (func $f)) (import "m" "t" (table 3 funcref)) (func $own)
              (elem (i32.const 1) $f $own))
            """,
            [.item(.function(1), of: first), .item(.table(0), of: first)]
        )
        #expect(first.tableElements(0) == [.function(1), .function(1), .opaque("func")])
        #expect(second.tableElements(0) == [.function(0), .function(0), .function(1)])
    }
}
