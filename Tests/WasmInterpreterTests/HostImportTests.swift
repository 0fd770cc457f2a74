import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

/// Items that the host makes for imports of every kind and type.
@Suite struct HostImportTests {
    /// A module with what the host of a test case puts behind its imports.
    private func instantiate(_ text: String) throws -> (store: InterpreterStore, instance: ModuleInstance) {
        let store = InterpreterStore()
        let module = try Validator.validate(try TextParser.module(text))
        return (store, try store.instantiate(module, imports: store.allocateImports(of: module)))
    }

    private func run(_ text: String) throws -> CallOutcome? {
        let (store, instance) = try instantiate(text)
        return instance.exportedFunction("f").map { store.invoke($0) }
    }

    @Test func `functions are of the import's own type, in recursion groups and with references to defined types`()
        throws
    {
        let number = WasmValue.i32(0x0800_0000)
        #expect(
            try run(
                """
                (module (rec (type $a (func)) (type $b (func (result i32)))) (import "env" "f" (func $i (type $b)))
                  (func (export "f") (result i32) call $i))
                """
            ) == .returned([number])
        )
        #expect(
            try run(
                """
                (module (type $t (func)) (import "env" "f" (func (param (ref null $t))))
                  (func (export "f") (result i32) (call 0 (ref.null $t)) (i32.const 4)))
                """
            ) == returned([4])
        )
        #expect(
            try run(
                """
                (module (type $t (sub (func (result i32)))) (type $u (sub final $t (func (result i32))))
                  (import "env" "f" (func (type $u))) (table funcref (elem 0))
                  (func (export "f") (result i32) (call_indirect (type $t) (i32.const 0))))
                """
            ) == .returned([number])
        )
    }

    @Test func `memories, tables, globals and tags are made as asked`() throws {
        let (store, instance) = try instantiate(
            """
            (module (type $s (struct)) (type $t (func (param (ref null $s)) (result i32)))
              (import "env" "m" (memory 2 3)) (import "env" "t" (table i64 3 7 (ref null $s)))
              (import "env" "g" (global i64)) (import "env" "v" (global (mut f64)))
              (import "env" "e" (tag (param (ref null $s)))) (import "env" "f" (func $f (type $t)))
              (import "env" "r" (global $r (ref $t))) (import "env" "u" (table $u 2 (ref $t)))
              (func (export "f") (result i32 i64 i32)
                (memory.size) (table.size 0)
                (call_ref $t (ref.null $s) (global.get $r))))
            """
        )
        let function = try #require(instance.exportedFunction("f"))
        #expect(store.invoke(function) == .returned([.i32(2), .i64(3), .i32(0x0800_0000)]))
        #expect(store.value(of: instance.globals[0], in: instance) == .i64(0x0808_0000_F7F7_FFFF))
        #expect(store.value(of: instance.globals[1], in: instance) == .f64(Double(0x0818_0000).bitPattern))
        #expect(store.value(of: instance.globals[2], in: instance) == .reference(.function(0)))
        #expect(store.elements(of: instance.tables[0], in: instance) == [.null, .null, .null])
        #expect(store.elements(of: instance.tables[1], in: instance) == [.function(0), .function(0)])
    }

    @Test(arguments: ["(global (ref $s))", "(table 1 (ref $s))", "(global (ref exn))", "(global (ref nofunc))"])
    func `an import of a type without a value that the host can make is refused`(type: String) throws {
        #expect(throws: InstantiationError.unavailableImport(position: 0, module: "env", name: "x")) {
            try instantiate("(module (type $s (struct (field (ref extern)))) (import \"env\" \"x\" \(type)))")
        }
    }

    @Test func `structures and arrays of the host are of their types, with zeros and without elements`() throws {
        #expect(
            try run(
                """
                (module (type $s (struct (field i64) (field v128) (field (ref null $s)) (field i8)))
                  (type $a (array (mut (ref extern))))
                  (import "env" "s" (global $s (ref $s))) (import "env" "a" (table $a 2 (ref $a)))
                  (import "env" "any" (global $any (ref struct)))
                  (func (export "f") (result i64 i32 i32 i32 i32 i32)
                    (struct.get $s 0 (global.get $s)) (ref.is_null (struct.get $s 2 (global.get $s)))
                    (struct.get_u $s 3 (global.get $s)) (array.len (table.get $a (i32.const 1)))
                    (ref.eq (table.get $a (i32.const 0)) (table.get $a (i32.const 1)))
                    (ref.test (ref $s) (global.get $any))))
                """
            ) == .returned([.i64(0), .i32(1), .i32(0), .i32(0), .i32(1), .i32(1)])
        )
    }

    @Test func `a function of the host that is a value only has its type, and is called as others are`() throws {
        let (store, instance) = try instantiate(
            """
            (module (type $t (func (param i32) (result i64 (ref $t))))
              (import "env" "r" (global $r (ref $t))) (import "env" "i" (func (param i64)))
              (import "env" "again" (table $again 1 (ref $t)))
              (func (export "f") (result i64 (ref $t)) (call_ref $t (i32.const 5) (global.get $r)))
              (func (export "g") (result i64 (ref $t))
                (call_ref $t (i32.const 6) (table.get $again (i32.const 0)))))
            """
        )
        for name in ["f", "g"] {
            let outcome = store.invoke(try #require(instance.exportedFunction(name)))
            #expect(outcome == .returned([.i64(0x0810_0000_F7EF_FFFF), .reference(.opaque("func"))]))
        }
        #expect(store.hostCallLog.first.map(\.importOrdinal) == [1, 1])
    }

    @Test(
        arguments: [
            ("(ref extern)", "host 134217728"), ("(ref any)", "host 134217728"), ("(ref eq)", "i31"),
            ("(ref i31)", "i31"),
            ("(ref func)", "function"), ("(ref $self)", "function"), ("externref", "host 134217728"),
            ("(ref null $self)", "function"), ("structref", "null"), ("(ref null $s)", "null"), ("nullref", "null"),
            ("exnref", "null"), ("(ref struct)", "none"), ("(ref array)", "none"), ("(ref $s)", "none"),
            ("(ref exn)", "none"), ("(ref none)", "none"), ("(ref nofunc)", "none"), ("(ref noextern)", "none"),
        ]
    )
    func `a result that repeats nothing has its type, or the call traps`(type: String, kind: String) throws {
        let (store, instance) = try instantiate(
            """
            (module (type $s (struct)) (rec (type $self (func (result \(type)))))
              (import "env" "f" (func $i (type $self)))
              (func (export "f") (result \(type) i32) (call $i) (ref.is_null (call $i))))
            """
        )
        let outcome = store.invoke(try #require(instance.exportedFunction("f")))
        switch kind {
        case "none":
            #expect(outcome == .trapped(.noHostValue))
            #expect(store.hostCallLog.count == 1)
        case "null": #expect(outcome == .returned([.reference(.null), .i32(1)]))
        case "function": #expect(outcome == .returned([.reference(.function(0)), .i32(0)]))
        default:
            let isExternal = type.contains("extern")
            let reference: WasmReference = isExternal ? .external(0x0800_0000) : .opaque(kind)
            #expect(outcome == .returned([.reference(reference), .i32(0)]))
        }
    }

    @Test func `references that may be null are so at every second place`() throws {
        let outcome = try run(
            """
            (module (import "env" "f" (func $f (result externref externref anyref i31ref)))
              (func (export "f") (result externref externref anyref i31ref) (call $f)))
            """
        )
        let values: [WasmReference] = [.external(0x0800_0000), .null, .opaque("host 134217730"), .null]
        #expect(outcome == .returned(values.map { .reference($0) }))
    }

    @Test func `what a result repeats is the very object of the argument`() throws {
        #expect(
            try run(
                """
                (module (type $s (struct (field i32))) (import "env" "f" (func $i (param (ref $s) i32) (result i32 (ref $s))))
                  (func (export "f") (result i32)
                    (call $i (struct.new $s (i32.const 42)) (i32.const 1)) (struct.get $s 0) (i32.add)))
                """
            ) == returned([43])
        )
    }

    @Test func `a function of the host works on the memory of the instance that imports it, and can end the run`()
        throws
    {
        let store = InterpreterStore()
        let module = try Validator.validate(
            TextParser.module(
                """
                (module (import "host" "upper" (func $upper (param i32))) (import "host" "exit" (func $exit (param i32)))
                  (memory 1) (memory $m (export "memory") 1) (data (memory $m) (i32.const 8) "a")
                  (tag $t)
                  (func (export "f") (result i32) (call $upper (i32.const 8)) (i32.load8_u $m (i32.const 8)))
                  (func (export "g") (block $h (try_table (catch_all $h) (call $exit (i32.const 3)))) unreachable))
                """
            )
        )
        let types = store.types(of: module)
        let upper = store.allocateFunction(type: 0, in: types) { arguments, memory in
            guard case .i32(let address) = arguments[0] else { return .trapped(.unreachable) }
            memory[Int(address)] -= 32
            return .returned([])
        }
        let exit = store.allocateFunction(type: 0, in: types) { arguments, _ in
            if case .i32(let code) = arguments[0] { .exited(code) } else { .trapped(.unreachable) }
        }
        let instance = try store.instantiate(module, imports: [.function(upper), .function(exit)])
        #expect(store.invoke(try #require(instance.exportedFunction("f"))) == returned([65]))
        #expect(store.invoke(try #require(instance.exportedFunction("g"))) == .exited(3))
    }

    @Test func `an imported function that is exported knows the functions of its module`() throws {
        let (store, instance) = try instantiate(
            """
            (module (import "env" "f" (func $f (param funcref) (result funcref i32)))
              (func $g) (export "f" (func $f)) (elem declare func $g))
            """
        )
        let function = try #require(instance.exportedFunction("f"))
        let argument = WasmValue.reference(.function(1))
        #expect(store.invoke(function, [argument]) == .returned([argument, .i32(0x0800_0001)]))
        #expect(store.hostCallLog.first == [HostCall(importOrdinal: 0, arguments: [argument])])
    }
}
