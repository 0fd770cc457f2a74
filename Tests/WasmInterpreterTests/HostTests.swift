import Testing
import WasmFormats
import WasmInterpreter
import WasmModel

@Suite struct HostTests {
    @Test func `host calls are logged with their arguments and answer in closed form`() throws {
        let type = FunctionType(parameters: [.i32, .i64], results: [.i64, .f32, .i32])
        let host = HostFunction(importOrdinal: 3, type: type)
        let program = try Program(
            """
            (module (func $h (export "h") (import "host" "h") (param i32 i64) (result i64 f32 i32))
              (func (export "f") (result i64 f32 i32) i32.const 7 i64.const 8 call $h)
              (func (export "g") (result i64 f32 i32) i32.const 1 i64.const 2 return_call $h))
            """,
            imports: { [.function($0.allocateFunction(host))] }
        )
        #expect(program.run("f") == .returned(host.results(for: [.i32(7), .i64(8)])))
        #expect(program.run("g") == .returned(host.results(for: [.i32(1), .i64(2)])))
        #expect(program.run("h", .i32(5), .i64(6)) == .returned(host.results(for: [.i32(5), .i64(6)])))
        let log = program.store.hostCallLog.first
        #expect(log.map(\.importOrdinal) == [3, 3, 3])
        #expect(log.map(\.arguments) == [[.i32(7), .i64(8)], [.i32(1), .i64(2)], [.i32(5), .i64(6)]])
    }

    @Test func `a host function with 300 parameters and 300 results keeps the order`() throws {
        let types = list(0..<300) { $0 % 2 == 0 ? "i32" : "f64" }
        let list300: [ValueType] = (0..<300).map { $0 % 2 == 0 ? .i32 : .f64 }
        let program = try Program(
            """
            (module (import "host" "h" (func $h (param \(types)) (result \(types))))
              (func (export "f") (param \(types)) (result \(types)) \(list(0..<300) { "local.get \($0)" }) call $h))
            """,
            imports: { store in
                let type = FunctionType(parameters: list300, results: list300)
                return [.function(store.allocateFunction(type) { arguments, _ in .returned(arguments) })]
            }
        )
        let values: [WasmValue] = (0..<300).map { $0 % 2 == 0 ? .i32(UInt32($0)) : .f64(Double($0).bitPattern) }
        #expect(program.run("f", values) == .returned(values))
    }

    @Test func `a host function can trap`() throws {
        let program = try Program(
            #"(module (import "host" "h" (func $h)) (func (export "f") call $h))"#,
            imports: { [.function($0.allocateFunction(FunctionType()) { _, _ in .trapped(.unreachable) })] }
        )
        #expect(program.run("f") == .trapped(.unreachable))
    }

    @Test func `the end of the log ends the execution`() throws {
        let program = try Program(
            #"(module (import "host" "h" (func $h)) (func (export "f") (loop call $h br 0)))"#,
            limits: ExecutionLimits(hostCalls: 10),
            imports: { [.function($0.allocateFunction(HostFunction(importOrdinal: 0, type: FunctionType())))] }
        )
        #expect(program.run("f") == .exhausted(.hostCalls))
        #expect(program.store.hostCallLog.count == 10)
    }

    @Test func `imports that are absent or of another type are named`() throws {
        let text = #"(module (import "a" "b" (func)) (import "c" "d" (global i32)))"#
        #expect(throws: InstantiationError.unknownImport(position: 0, module: "a", name: "b")) { try Program(text) }
        #expect(throws: InstantiationError.incompatibleImport(position: 1, module: "c", name: "d")) {
            try Program(text) { store in
                let global = store.allocateGlobal(GlobalType(.i64, isMutable: false), .i64(1))
                return [.function(store.allocateFunction(FunctionType()) { _, _ in .returned([]) }), .global(global)]
            }
        }
    }

    @Test func `globals, memories and tables can be observed`() throws {
        let program = try Program(
            """
            (module (global $g (export "g") (mut i64) (i64.const 1)) (memory (export "m") 1) (table (export "t") 3 funcref)
              (elem (i32.const 1) $f)
              (func $f (export "f") (global.set $g (i64.const -1)) (i32.store8 (i32.const 5) (i32.const 0x1AB))))
            """
        )
        #expect(program.run() == .returned([]))
        let store = program.store
        let instance = program.instance
        #expect(store.value(of: instance.globals[0], in: instance) == .i64(.max))
        #expect(store.withBytes(of: instance.memories[0]) { Array($0[4..<7]) } == [0, 0xAB, 0])
        #expect(store.withBytes(of: instance.memories[0], \.count) == 65536)
        #expect(store.elements(of: instance.tables[0], in: instance) == [.null, .function(0), .null])
    }

    @Test func `an exported function of another instance works on its own memory`() throws {
        let store = InterpreterStore()
        let library = try store.instantiate(
            try Validator.validate(
                try TextParser.module(
                    """
                    (module (memory 1) (data (i32.const 0) "\\2a")
                      (func (export "get") (result i32) (i32.load8_u (i32.const 0))))
                    """
                )
            )
        )
        let user = try store.instantiate(
            try Validator.validate(
                try TextParser.module(
                    """
                    (module (import "library" "get" (func $get (result i32))) (memory 1) (data (i32.const 0) "\\07")
                      (func (export "f") (result i32 i32) call $get (i32.load8_u (i32.const 0))))
                    """
                )
            ),
            resolving: { library.export($0.name) }
        )
        let function = try #require(user.exportedFunction("f"))
        #expect(store.invoke(function) == returned([42, 7]))
    }
}
