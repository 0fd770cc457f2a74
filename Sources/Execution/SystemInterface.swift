import WasmModel

/// A system that is the same in every run and in every engine: one argument, no environment, a clock that ticks with every question, numbers
/// that only look random, no files. What a program writes is logged as the arguments of a host call.
///
/// For one store.
///
/// Source: WASI snapshot preview 1, `wasi_snapshot_preview1.witx`.
public final class SystemInterface {
    private var clockQuestions: UInt64 = 0
    private var randomState: UInt64 = 0x5AFE_C0DE

    /// Makes a system in its first state.
    public init() {}

    /// What a call comes to.
    struct Answer {
        var answer: HostAnswer
        /// For the log of host calls: what was written.
        var loggedCall: HostCall?
    }

    /// Numbers of errors.
    private enum ErrorNumber: UInt32 {
        case success = 0
        case badDescriptor = 8
        case fault = 21
        case invalid = 28
        case notSeekable = 70
    }

    private static let arguments = ["program"]
    /// In nanoseconds; where the clock begins, and by how much it is later at each question.
    private static let (clockStart, clockTick): (UInt64, UInt64) = (1_700_000_000_000_000_000, 1_000_000)
    /// What one call writes or reads at most of its vectors.
    private static let mostVectors: UInt32 = 1024
    private static let mostBytes = 1 << 20

    /// Performs a call.
    /// - Parameter memory: of the caller, see ``WasmModel/HostBody``.
    func call(
        _ function: SystemFunction,
        _ arguments: [WasmValue],
        _ memory: UnsafeMutableRawBufferPointer
    ) -> Answer {
        let numbers = arguments.map { argument -> UInt64 in
            switch argument {
            case .i32(let bits): UInt64(bits)
            case .i64(let bits): bits
            case .f32, .f64, .v128, .reference: 0
            }
        }
        if function.kind == .exit {
            return Answer(answer: .exited(UInt32(truncatingIfNeeded: numbers[0])))
        }
        var logged: HostCall?
        let bytes = HostMemory(bytes: memory)
        let error = perform(function, numbers, bytes, &logged)
        return Answer(answer: .returned([.i32(error.rawValue)]), loggedCall: logged)
    }

    /// A function of the host that performs the calls of one function of the system.
    /// - Parameter log: gets what is for the log of host calls.
    public func body(of function: SystemFunction, log: @escaping (HostCall) -> Void) -> HostBody {
        { [self] arguments, memory in
            let answer = call(function, arguments, memory)
            if let call = answer.loggedCall { log(call) }
            return answer.answer
        }
    }

    private func perform(
        _ function: SystemFunction,
        _ numbers: [UInt64],
        _ memory: HostMemory,
        _ logged: inout HostCall?
    ) -> ErrorNumber {
        switch function.kind {
        case .argumentsGet: strings(Self.arguments, at: numbers[0], numbers[1], memory)
        case .argumentsSizes: sizes(Self.arguments, at: numbers[0], numbers[1], memory)
        case .environmentGet: strings([], at: numbers[0], numbers[1], memory)
        case .environmentSizes: sizes([], at: numbers[0], numbers[1], memory)
        case .clockResolution: memory.store(Self.clockTick, at: numbers[1]) ? .success : .fault
        case .clockTime: time(at: numbers[2], memory)
        case .randomGet: random(at: numbers[0], count: numbers[1], memory)
        case .write: write(function, numbers, memory, &logged)
        case .read: numbers[0] == 0 ? (memory.store(UInt32(0), at: numbers[3]) ? .success : .fault) : .badDescriptor
        case .seek: numbers[0] < 3 ? .notSeekable : .badDescriptor
        case .closeDescriptor: numbers[0] < 3 ? .success : .badDescriptor
        case .status: status(numbers[0], at: numbers[1], memory)
        case .preopened, .preopenedName: .badDescriptor
        case .yield: .success
        case .exit: .invalid
        }
    }

    private func sizes(_ strings: [String], at count: UInt64, _ size: UInt64, _ memory: HostMemory) -> ErrorNumber {
        let bytes = strings.reduce(0) { $0 + $1.utf8.count + 1 }
        return memory.store(UInt32(strings.count), at: count) && memory.store(UInt32(bytes), at: size)
            ? .success : .fault
    }

    private func strings(_ strings: [String], at list: UInt64, _ buffer: UInt64, _ memory: HostMemory) -> ErrorNumber {
        var next = buffer
        for (position, string) in strings.enumerated() {
            guard memory.store(UInt32(truncatingIfNeeded: next), at: list + UInt64(position) * 4) else { return .fault }
            for byte in Array(string.utf8) + [0] {
                guard memory.store(byte, at: next) else { return .fault }
                next += 1
            }
        }
        return .success
    }

    private func time(at address: UInt64, _ memory: HostMemory) -> ErrorNumber {
        defer { clockQuestions += 1 }
        return memory.store(Self.clockStart + clockQuestions * Self.clockTick, at: address) ? .success : .fault
    }

    /// The stream of Steele, Lea and Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
    private func random(at address: UInt64, count: UInt64, _ memory: HostMemory) -> ErrorNumber {
        guard count <= UInt64(Self.mostBytes) else { return .invalid }
        for offset in 0..<count {
            randomState &+= 0x9E37_79B9_7F4A_7C15
            var bits = (randomState ^ (randomState >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            guard memory.store(UInt8(truncatingIfNeeded: bits >> 56), at: address + offset) else { return .fault }
        }
        return .success
    }

    /// Standard input, output and error are all that there is: character devices, which may be read or written and nothing else.
    private func status(_ descriptor: UInt64, at address: UInt64, _ memory: HostMemory) -> ErrorNumber {
        guard descriptor < 3 else { return .badDescriptor }
        let characterDevice: UInt64 = 2
        let right: UInt64 = descriptor == 0 ? 1 << 1 : 1 << 6
        let isStored =
            memory.store(characterDevice, at: address) && memory.store(right, at: address + 8)
            && memory.store(UInt64(0), at: address + 16)
        return isStored ? .success : .fault
    }

    private func write(
        _ function: SystemFunction,
        _ numbers: [UInt64],
        _ memory: HostMemory,
        _ logged: inout HostCall?
    ) -> ErrorNumber {
        guard numbers[0] == 1 || numbers[0] == 2 else { return .badDescriptor }
        guard numbers[2] <= UInt64(Self.mostVectors) else { return .invalid }
        var written: [UInt8] = []
        for vector in 0..<numbers[2] {
            guard let start = memory.load(UInt32.self, at: numbers[1] + vector * 8),
                let count = memory.load(UInt32.self, at: numbers[1] + vector * 8 + 4),
                let bytes = memory.bytes(at: UInt64(start), count: UInt64(count))
            else { return .fault }
            // The rest is for the next call, as with any descriptor.
            written += bytes.prefix(Self.mostBytes - written.count)
        }
        guard memory.store(UInt32(written.count), at: numbers[3]) else { return .fault }
        logged = HostCall(
            importOrdinal: function.importOrdinal,
            arguments: WrittenText(descriptor: UInt32(numbers[0]), bytes: written).arguments
        )
        return .success
    }
}

/// What a program wrote, as the arguments of a logged host call: the descriptor, the number of bytes, and the bytes in vectors.
public struct WrittenText: Hashable, Sendable {
    public var descriptor: UInt32
    public var bytes: [UInt8]

    init(descriptor: UInt32, bytes: [UInt8]) {
        self.descriptor = descriptor
        self.bytes = bytes
    }

    var arguments: [WasmValue] {
        var arguments: [WasmValue] = [.i32(descriptor), .i32(UInt32(bytes.count))]
        for start in stride(from: 0, to: bytes.count, by: 16) {
            var halves: [UInt64] = [0, 0]
            for (position, byte) in bytes[start..<min(start + 16, bytes.count)].enumerated() {
                halves[position / 8] |= UInt64(byte) << UInt64(position % 8 * 8)
            }
            arguments.append(.v128(V128(low: halves[0], high: halves[1])))
        }
        return arguments
    }

    /// Reads the arguments of a call of `fd_write`; nil for any others.
    public init?(_ arguments: [WasmValue]) {
        guard arguments.count >= 2, case .i32(let descriptor) = arguments[0], case .i32(let count) = arguments[1],
            arguments.count == 2 + (Int(count) + 15) / 16
        else { return nil }
        var bytes: [UInt8] = []
        for argument in arguments.dropFirst(2) {
            guard case .v128(let vector) = argument else { return nil }
            for half in [vector.low, vector.high] {
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: half >> shift))
                }
            }
        }
        self.init(descriptor: descriptor, bytes: Array(bytes.prefix(Int(count))))
    }
}

/// The memory of a caller, every access to which is checked.
private struct HostMemory {
    let bytes: UnsafeMutableRawBufferPointer

    private func isWithin(_ address: UInt64, _ count: UInt64) -> Bool {
        let (end, overflow) = address.addingReportingOverflow(count)
        return !overflow && end <= UInt64(bytes.count)
    }

    func store<Number: FixedWidthInteger>(_ number: Number, at address: UInt64) -> Bool {
        guard isWithin(address, UInt64(Number.bitWidth / 8)) else { return false }
        bytes.storeBytes(of: number.littleEndian, toByteOffset: Int(address), as: Number.self)
        return true
    }

    func load<Number: FixedWidthInteger>(_ type: Number.Type, at address: UInt64) -> Number? {
        guard isWithin(address, UInt64(Number.bitWidth / 8)) else { return nil }
        return Number(littleEndian: bytes.loadUnaligned(fromByteOffset: Int(address), as: type))
    }

    func bytes(at address: UInt64, count: UInt64) -> UnsafeMutableRawBufferPointer.SubSequence? {
        isWithin(address, count) ? bytes[Int(address)..<Int(address + count)] : nil
    }
}
