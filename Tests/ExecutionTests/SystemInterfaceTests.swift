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
        let logged = try #require(answer.effects.loggedCall)
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
            #expect(answer.effects.loggedCall == nil)
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
        let unknown = Import(module: SystemFunction.module, name: "path_close", type: .function(0))
        #expect(SystemFunction(unknown, type: FunctionType(results: [.i32]), importOrdinal: 0) == nil)
    }

    /// The type of every function as the witx has it, in letters: `i` of 32 bits, `I` of 64 bits.
    private static let signatures = """
        args_get ii, args_sizes_get ii, environ_get ii, environ_sizes_get ii, clock_res_get ii, clock_time_get iIi,
        fd_advise iIIi, fd_allocate iII, fd_close i, fd_datasync i, fd_fdstat_get ii, fd_fdstat_set_flags ii,
        fd_fdstat_set_rights iII, fd_filestat_get ii, fd_filestat_set_size iI, fd_filestat_set_times iIIi,
        fd_pread iiiIi, fd_prestat_get ii, fd_prestat_dir_name iii, fd_pwrite iiiIi, fd_read iiii,
        fd_readdir iiiIi, fd_renumber ii, fd_seek iIii, fd_sync i, fd_tell ii, fd_write iiii,
        path_create_directory iii, path_filestat_get iiiii, path_filestat_set_times iiiiIIi, path_link iiiiiii,
        path_open iiiiiIIii, path_readlink iiiiii, path_remove_directory iii, path_rename iiiiii,
        path_symlink iiiii, path_unlink_file iii, poll_oneoff iiii, proc_raise i, sched_yield, random_get ii,
        sock_accept iii, sock_recv iiiiii, sock_send iiiii, sock_shutdown ii
        """

    @Test func `all functions of the first snapshot are there with their types`() throws {
        let rows = Self.signatures.split(separator: ",").map { $0.split { $0.isWhitespace } }
        #expect(rows.count + 1 == SystemFunction.Kind.allCases.count)
        for row in rows {
            let kind = try #require(SystemFunction.Kind(rawValue: String(row[0])), "\(row[0])")
            let parameters = row.count == 1 ? [] : row[1].map { $0 == "I" ? ValueType.i64 : .i32 }
            #expect(kind.type == FunctionType(parameters: parameters, results: [.i32]), "\(kind)")
        }
        #expect(SystemFunction.Kind.exit.type == FunctionType(parameters: [.i32]))
    }

    @Test func `clocks that do not exist are invalid, the others go on together`() throws {
        var memory = [UInt8](repeating: 0, count: 16)
        var times: [UInt64] = []
        for clock in [0, 1, 2, 3, 4, 9, UInt32.max] {
            let expected = HostAnswer.returned([.i32(clock < 4 ? 0 : 28)])
            #expect(try call(.clockTime, [.i32(clock), .i64(0), .i32(8)], &memory).answer == expected)
            if clock < 4 { times.append(number(memory, at: 8)) }
            #expect(try call(.clockResolution, [.i32(clock), .i32(0)], &memory).answer == expected)
        }
        #expect(number(memory, at: 0) == 1_000_000)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == 1_000_000 })
    }

    /// The number that a call answers with all parameters behind the first being zero.
    private func error(_ kind: SystemFunction.Kind, _ first: UInt32) throws -> UInt32 {
        var memory = [UInt8](repeating: 0, count: 64)
        var arguments = kind.type.parameters.map { $0 == .i64 ? WasmValue.i64(0) : .i32(0) }
        // The folder of a symbolic link comes third.
        arguments[kind == .symbolicLink ? 2 : 0] = .i32(first)
        guard case .returned(let values) = try call(kind, arguments, &memory).answer,
            case .i32(let error)? = values.first
        else { return .max }
        return error
    }

    @Test func `functions on descriptors say what is wrong with a stream, and that others are not open`() throws {
        let ofDescriptors = SystemFunction.Kind.allCases.filter {
            ["fd_", "path_", "sock_"].contains { [name = $0.rawValue] prefix in name.hasPrefix(prefix) }
        }
        #expect(ofDescriptors.count == 35)
        for kind in ofDescriptors {
            for descriptor in [3, 4, 1000, UInt32.max] { #expect(try error(kind, descriptor) == 8, "\(kind)") }
            let expected: UInt32 =
                switch kind {
                case .preopened, .preopenedName: 8
                case .advise, .readAt, .writeAt, .seek, .tell: 70
                case .allocate, .setSize, .setTimes, .synchronize, .synchronizeData, .read: 76
                case .accept, .receive, .send, .shutdown: 57
                case .closeDescriptor, .renumber, .status, .setFlags, .setRights, .fileStatus, .write: 0
                case .argumentsGet, .argumentsSizes, .environmentGet, .environmentSizes, .clockResolution, .clockTime,
                    .poll, .exit, .raise, .yield, .randomGet:
                    .max
                case .readDirectory, .createDirectory, .pathStatus, .setPathTimes, .link, .open, .readLink,
                    .removeDirectory, .rename, .symbolicLink, .unlink:
                    54
                }
            #expect(try SystemInterfaceTests().error(kind, 1) == expected, "\(kind)")
        }
    }

    @Test func `streams can be closed, renumbered and deprived of rights`() throws {
        var memory = [UInt8](repeating: 0xAA, count: 64)
        func answers(_ kind: SystemFunction.Kind, _ arguments: WasmValue..., error: UInt32) throws {
            let answer = try call(kind, arguments, &memory).answer
            #expect(answer == .returned([.i32(error)]), "\(kind) \(arguments)")
        }
        try answers(.fileStatus, .i32(2), .i32(0), error: 0)
        #expect((0..<8).map { number(memory, at: $0 * 8) } == [0, 2, 2, 1, 0, 0, 0, 0])
        try answers(.setFlags, .i32(1), .i32(5), error: 0)
        try answers(.setFlags, .i32(1), .i32(32), error: 28)
        try answers(.status, .i32(1), .i32(0), error: 0)
        let rights = number(memory, at: 8)
        #expect(number(memory, at: 0) == 2 | 5 << 16 && rights & (1 << 6) != 0 && number(memory, at: 16) == 0)
        // A terminal is what can neither be sought nor told the place of.
        #expect(rights & (1 << 2 | 1 << 5) == 0)
        try answers(.setRights, .i32(1), .i64(rights | 1), .i64(0), error: 76)
        try answers(.setRights, .i32(1), .i64(0), .i64(0), error: 0)
        try answers(.write, .i32(1), .i32(0), .i32(0), .i32(0), error: 76)
        try answers(.write, .i32(0), .i32(0), .i32(0), .i32(0), error: 76)
        try answers(.renumber, .i32(2), .i32(7), error: 8)
        try answers(.renumber, .i32(7), .i32(2), error: 8)
        try answers(.renumber, .i32(2), .i32(1), error: 0)
        try answers(.write, .i32(2), .i32(0), .i32(0), .i32(0), error: 8)
        try answers(.write, .i32(1), .i32(0), .i32(0), .i32(0), error: 0)
        try answers(.closeDescriptor, .i32(1), error: 0)
        try answers(.closeDescriptor, .i32(1), error: 8)
        try answers(.read, .i32(0), .i32(0), .i32(0), .i32(0), error: 0)
    }

    @Test(arguments: [
        (UInt32(0), HostAnswer.returned([.i32(0)])), (6, .exited(134)), (9, .exited(137)), (13, .returned([.i32(0)])),
        (18, .returned([.i32(58)])), (30, .exited(158)), (31, .returned([.i32(28)])), (.max, .returned([.i32(28)])),
    ])
    func `a signal ends the program, is ignored or is no signal`(signal: UInt32, answer: HostAnswer) throws {
        var memory: [UInt8] = []
        #expect(try call(.raise, [.i32(signal)], &memory).answer == answer)
    }

    @Test func `what a call costs grows with the bytes that it goes through`() throws {
        var memory = [UInt8](repeating: 0, count: 70_000)
        memory[0] = 16
        memory.replaceSubrange(4..<8, with: [0, 0, 1, 0])
        let write: [WasmValue] = [.i32(1), .i32(0), .i32(1), .i32(8)]
        #expect(try call(.write, write, &memory).effects.fuel == 1 + (65_536 + 8) / 4)
        #expect(try call(.randomGet, [.i32(0), .i32(65_536)], &memory).effects.fuel == 1 + 65_536 / 4)
        #expect(try call(.yield, [], &memory).effects.fuel == 1)
    }

    @Test func `addresses are of the first 4 GiB of a memory`() {
        // Nothing is accessed.
        let start = UnsafeMutableRawPointer(bitPattern: 65_536)
        let memory = SystemMemory(UnsafeMutableRawBufferPointer(start: start, count: 5 << 30))
        #expect(memory.isWithin(0xFFFF_FFFF, 1) && memory.isWithin(1 << 32, 0))
        #expect(!memory.isWithin(0xFFFF_FFFF, 2) && !memory.isWithin(1 << 32, 1) && !memory.isWithin(.max, 2))
    }
}

/// The number of 64 bits at an address.
func number(_ memory: [UInt8], at address: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(memory[address + $1]) << UInt64($1 * 8) }
}
