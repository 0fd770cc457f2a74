import Execution
import InTreeEngines
import TestedEngines
import Testing
import WasmFormats
import WasmModel

/// Programs that use the system interface, in every engine.
@Suite struct SystemProgramTests {
    /// The names of all engines, of code that counts its fuel too.
    static let engines: [(name: EngineName, instrumentation: Instrumentation)] =
        TestedEngines.names.map { ($0, .none) } + TestedEngines.compilerNames.map { ($0, .fuzzing) }

    private func run(
        _ text: String,
        on engine: (name: EngineName, instrumentation: Instrumentation),
        fuel: UInt64 = 1_000_000
    ) throws -> Observation {
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(text)),
            invocations: [Invocation(export: "f", arguments: [])]
        )
        let registry = InTreeEngines.registry(instrumentation: engine.instrumentation)
        let outcome = try registry.engine(named: engine.name).run(test, within: Budget(fuel: fuel))
        guard case .completed(let observation) = outcome else {
            Issue.record("\(outcome)\n\(command(text, fuel))")
            return Observation()
        }
        return observation
    }

    /// A command that runs the module in all engines.
    private func command(_ text: String, _ fuel: UInt64 = 1_000_000) -> String {
        "fuzz-multivalue run - --fuel \(fuel) <<'END'\n\(text)\nEND"
    }

    @Test(arguments: engines)
    func `what writes or asks for random numbers without end uses its fuel up by the bytes`(
        engine: (name: EngineName, instrumentation: Instrumentation)
    ) throws {
        let text = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (memory 17) (data (i32.const 0) "\\10\\00\\00\\00\\00\\00\\10\\00") (global $count (mut i32) (i32.const 0))
              (export "count" (global $count))
              (func (export "f")
                (loop $l
                  (global.set $count (i32.add (global.get $count) (i32.const 1)))
                  (drop (call $random (i32.const 16) (i32.const 0x100000)))
                  (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
                  (br $l))))
            """
        let observation = try run(text, on: engine)
        #expect(observation.invocations == [.exhausted(reason: "fuel exhausted")], "\(command(text))")
        // A call costs 262,145 units or somewhat more, so that the fourth is too much.
        #expect(observation.instances.first?.hostCalls.count == 2, "\(command(text))")
        #expect(observation.instances.first?.globals.map(\.value) == [.i32(2)], "\(command(text))")
    }

    @Test(arguments: engines)
    func `a function of the system that is exported and called alone has to be paid too`(
        engine: (name: EngineName, instrumentation: Instrumentation)
    ) throws {
        let text = """
            (module (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32))) (export "f" (func $yield)))
            """
        #expect(try run(text, on: engine, fuel: 0).invocations == [.exhausted(reason: "fuel exhausted")])
        #expect(try run(text, on: engine).invocations == [.returned([.i32(0)])], "\(command(text))")
    }

    @Test(arguments: engines)
    func `a program of 64-bit addresses gives addresses of 32 bits to the system`(
        engine: (name: EngineName, instrumentation: Instrumentation)
    ) throws {
        let text = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "clock_time_get" (func $time (param i32 i64 i32) (result i32)))
              (memory i64 1) (data (i64.const 0) "\\10\\00\\00\\00\\03\\00\\00\\00") (data (i64.const 16) "abc")
              (func (export "f") (result i32 i32 i32 i64 i32)
                (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)) (i32.load (i64.const 8))
                (call $time (i32.const 1) (i64.const 1) (i32.const 24)) (i64.load (i64.const 24))
                (call $time (i32.const 1) (i64.const 1) (i32.const 0xFFFC))))
            """
        let observation = try run(text, on: engine)
        let expected: [WasmValue] = [.i32(0), .i32(3), .i32(0), .i64(1_700_000_000_000_000_000), .i32(21)]
        #expect(observation.invocations == [.returned(expected)], "\(command(text))")
        let written = observation.instances.first?.hostCalls.first.first.flatMap { WrittenText($0.arguments) }
        #expect(written?.descriptor == 2 && written?.bytes == Array("abc".utf8), "\(command(text))")
    }

    @Test(arguments: engines)
    func `a program looks for folders, sleeps, and ends itself by a signal`(
        engine: (name: EngineName, instrumentation: Instrumentation)
    ) throws {
        let text = """
            (module
              (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_raise" (func $raise (param i32) (result i32)))
              (memory 1) (global $state (mut i32) (i32.const 0)) (export "state" (global $state))
              (func (export "f")
                (global.set $state (call $prestat (i32.const 3) (i32.const 0)))
                (global.set $state (i32.or (i32.shl (global.get $state) (i32.const 8))
                  (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0) (i64.const 0)
                    (i64.const 0) (i32.const 0) (i32.const 0))))
                (i64.store (i32.const 24) (i64.const 1000000000))
                (if (call $poll (i32.const 0) (i32.const 48) (i32.const 1) (i32.const 80)) (then unreachable))
                (global.set $state (i32.or (i32.shl (global.get $state) (i32.const 8)) (i32.load (i32.const 80))))
                (drop (call $raise (i32.const 6)))))
            """
        let observation = try run(text, on: engine)
        #expect(observation.invocations == [.exited(status: 134)], "\(command(text))")
        #expect(observation.instances.first?.globals.map(\.value) == [.i32(0x08_0801)], "\(command(text))")
    }

    @Test func `a function of another name or type is a stub`() throws {
        let text = """
            (module (type $t (func (param i32) (result i64)))
              (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i64 i64 i64) (result i32)))
              (import "wasi_snapshot_preview1" "fd_dup" (func (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_dup" (func (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_sync" (func (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_sync" (func (param i32) (result i32)))
              (import "env" "g" (global (ref $t))))
            """
        let host = try HostImports(try Validator.validate(TextParser.module(text)))
        #expect(host.stubs.map(\.name) == ["fd_write", "fd_dup", "g"])
        #expect(host.items[1] == host.items[2] && host.items[3] == host.items[4] && host.items[1] != host.items[3])
        #expect(host.writers == [])
    }
}
