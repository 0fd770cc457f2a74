import Testing
import WasmModel

@testable import Execution

struct SystemInterfaceTests {
    private let system = SystemInterface()

    private func function(_ kind: SystemFunction.Kind) throws -> SystemFunction {
        let item = Import(module: SystemFunction.module, name: kind.rawValue, type: .function(0))
        return try #require(SystemFunction(item, type: kind.type, importOrdinal: 5))
    }

    private func call(
        _ kind: SystemFunction.Kind,
        _ arguments: [WasmValue],
        _ memory: inout [UInt8]
    ) throws -> SystemInterface.Answer {
        let function = try function(kind)
        return memory.withUnsafeMutableBytes { system.call(function, arguments, $0) }
    }

    @Test func `what is written is logged with its descriptor and read back from the log`() throws {
        var memory = [UInt8](repeating: 0, count: 64)
        memory.replaceSubrange(32..<51, with: Array("nineteen characters".utf8))
        memory[0] = 32
        memory[4] = 19
        let answer = try call(.write, [.i32(2), .i32(0), .i32(1), .i32(8)], &memory)
        #expect(answer.answer == .returned([.i32(0)]))
        #expect(memory[8] == 19)
        let logged = try #require(answer.loggedCall)
        #expect(logged.importOrdinal == 5)
        let text = try #require(WrittenText(logged.arguments))
        #expect(text.descriptor == 2 && text.bytes == Array("nineteen characters".utf8))
    }

    @Test func `addresses outside of the memory are a fault and never an access`() throws {
        var memory = [UInt8](repeating: 0, count: 16)
        for kind in SystemFunction.Kind.allCases where kind != .exit {
            let arguments = kind.type.parameters.map { type -> WasmValue in
                type == .i64 ? .i64(.max) : .i32(0xFFFF_FFF0)
            }
            let answer = try call(kind, arguments, &memory)
            guard case .returned(let values) = answer.answer else {
                Issue.record("\(kind)")
                continue
            }
            // An empty environment is written without an access.
            let succeeds = kind == .yield || kind == .environmentGet
            #expect((values == [.i32(0)]) == succeeds, "\(kind)")
            #expect(answer.loggedCall == nil)
        }
        #expect(memory == [UInt8](repeating: 0, count: 16))
    }

    @Test func `clock and random numbers are the same in every system, and go on`() throws {
        var first = [UInt8](repeating: 0, count: 32)
        for kind in [SystemFunction.Kind.clockTime, .randomGet] {
            let arguments: [WasmValue] =
                kind == .clockTime ? [.i32(0), .i64(0), .i32(0)] : [.i32(16), .i32(16)]
            _ = try call(kind, arguments, &first)
        }
        var again = [UInt8](repeating: 0, count: 32)
        let other = SystemInterfaceTests()
        _ = try other.call(.clockTime, [.i32(0), .i64(0), .i32(0)], &again)
        _ = try other.call(.randomGet, [.i32(16), .i32(16)], &again)
        #expect(first == again)
        _ = try call(.clockTime, [.i32(0), .i64(0), .i32(0)], &again)
        #expect(again[..<8] != first[..<8])
    }

    @Test func `an end with a status is one, and a function of another type is a stub`() throws {
        var memory: [UInt8] = []
        #expect(try call(.exit, [.i32(7)], &memory).answer == .exited(7))
        let item = Import(module: SystemFunction.module, name: "fd_write", type: .function(0))
        #expect(SystemFunction(item, type: FunctionType(parameters: [.i32]), importOrdinal: 0) == nil)
        let unknown = Import(module: SystemFunction.module, name: "path_open", type: .function(0))
        #expect(SystemFunction(unknown, type: FunctionType(results: [.i32]), importOrdinal: 0) == nil)
    }
}
