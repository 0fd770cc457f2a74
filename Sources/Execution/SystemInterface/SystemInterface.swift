import WasmModel

/// A system that is the same in every run and in every engine: one argument, no environment, a clock that ticks with every question, numbers
/// that only look random, three streams, no files, folders or sockets. What a program writes is logged as the arguments of a host call.
///
/// For one store.
///
/// Source: WASI snapshot preview 1, `wasi_snapshot_preview1.witx`.
public final class SystemInterface {
    var clock = SystemClock()
    var descriptors: [UInt64: SystemDescriptor] = [
        0: SystemDescriptor(.input), 1: SystemDescriptor(.output), 2: SystemDescriptor(.error),
    ]
    private var randomState: UInt64 = 0x5AFE_C0DE

    /// Makes a system in its first state.
    public init() {}

    /// What a call comes to.
    struct Answer {
        var answer: HostAnswer
        var effects = Effects()
    }

    /// What a call does beside its answer and what it writes to the memory.
    struct Effects {
        /// For the log of host calls: what was written.
        var loggedCall: HostCall?
        /// The bytes that the call went through.
        var byteCount: UInt64 = 0

        /// What the call costs, in units of fuel.
        var fuel: UInt64 { 1 + byteCount / SystemInterface.bytesPerUnitOfFuel }
    }

    private static let arguments = ["program"]
    /// What one call writes or reads at most of its vectors, and the subscriptions of one poll.
    static let mostVectors: UInt64 = 1024
    static let mostBytes = 1 << 20
    /// Going through so many bytes takes about as long as the loop iterations that a unit of fuel pays for.
    static let bytesPerUnitOfFuel: UInt64 = 4

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
        var effects = Effects()
        let error: SystemErrorNumber
        switch function.kind {
        case .exit: return Answer(answer: .exited(UInt32(truncatingIfNeeded: numbers[0])))
        case .raise:
            switch SystemSignal(UInt32(truncatingIfNeeded: numbers[0])) {
            case .terminates(let status): return Answer(answer: .exited(status))
            case .ignored: error = .success
            case .stops: error = .notSupported
            case .unknown: error = .invalid
            }
        case .argumentsGet, .argumentsSizes, .environmentGet, .environmentSizes, .clockResolution, .clockTime, .advise,
            .allocate, .closeDescriptor, .synchronizeData, .status, .setFlags, .setRights, .fileStatus, .setSize,
            .setTimes, .readAt, .preopened, .preopenedName, .writeAt, .read, .readDirectory, .renumber, .seek,
            .synchronize, .tell, .write, .createDirectory, .pathStatus, .setPathTimes, .link, .open, .readLink,
            .removeDirectory, .rename, .symbolicLink, .unlink, .poll, .yield, .randomGet, .accept, .receive, .send,
            .shutdown:
            error = perform(function, numbers, SystemMemory(memory), &effects)
        }
        return Answer(answer: .returned([.i32(UInt32(error.rawValue))]), effects: effects)
    }

    /// A function of the host that performs the calls of one function of the system.
    /// - Parameters:
    ///   - log: gets what is for the log of host calls.
    ///   - charge: gets what each call costs, in units of fuel.
    public func body(
        of function: SystemFunction,
        log: @escaping (HostCall) -> Void,
        charge: @escaping (UInt64) -> Void
    ) -> HostBody {
        { [self] arguments, memory in
            let answer = call(function, arguments, memory)
            if let call = answer.effects.loggedCall { log(call) }
            charge(answer.effects.fuel)
            return answer.answer
        }
    }

    private func perform(
        _ function: SystemFunction,
        _ numbers: [UInt64],
        _ memory: SystemMemory,
        _ effects: inout Effects
    ) -> SystemErrorNumber {
        switch function.kind {
        case .argumentsGet: strings(Self.arguments, at: numbers[0], numbers[1], memory)
        case .argumentsSizes: sizes(Self.arguments, at: numbers[0], numbers[1], memory)
        case .environmentGet: strings([], at: numbers[0], numbers[1], memory)
        case .environmentSizes: sizes([], at: numbers[0], numbers[1], memory)
        case .clockResolution: clock.resolution(of: numbers[0], at: numbers[1], memory)
        case .clockTime: clock.time(of: numbers[0], at: numbers[2], memory)
        case .randomGet: random(at: numbers[0], count: numbers[1], memory, &effects)
        case .poll: poll(numbers, memory, &effects)
        case .yield: .success
        case .write: write(function, numbers, memory, &effects)
        case .read: read(numbers[0], countAt: numbers[3], memory)
        case .closeDescriptor: close(numbers[0])
        case .renumber: renumber(numbers[0], to: numbers[1])
        case .status: describe(numbers[0], \.status, at: numbers[1], memory)
        case .fileStatus: fileStatus(numbers[0], at: numbers[1], memory)
        case .setFlags: descriptors[numbers[0]]?.setFlags(numbers[1]) ?? .badDescriptor
        case .setRights: descriptors[numbers[0]]?.setRights(numbers[1], inheriting: numbers[2]) ?? .badDescriptor
        case .advise, .readAt, .writeAt, .seek, .tell: refusal(of: numbers[0], .notSeekable)
        case .allocate, .setSize, .setTimes, .synchronize, .synchronizeData: refusal(of: numbers[0], .notCapable)
        case .preopened, .preopenedName: .badDescriptor
        case .readDirectory, .createDirectory, .pathStatus, .setPathTimes, .link, .open, .readLink, .removeDirectory,
            .rename, .unlink:
            refusal(of: numbers[0], .notDirectory)
        case .symbolicLink: refusal(of: numbers[2], .notDirectory)
        case .accept, .receive, .send, .shutdown: refusal(of: numbers[0], .notSocket)
        case .exit, .raise: .invalid
        }
    }

    private func sizes(
        _ strings: [String],
        at count: UInt64,
        _ size: UInt64,
        _ memory: SystemMemory
    ) -> SystemErrorNumber {
        let bytes = strings.reduce(0) { $0 + $1.utf8.count + 1 }
        return memory.store(UInt32(strings.count), at: count) && memory.store(UInt32(bytes), at: size)
            ? .success : .fault
    }

    private func strings(
        _ strings: [String],
        at list: UInt64,
        _ buffer: UInt64,
        _ memory: SystemMemory
    ) -> SystemErrorNumber {
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

    /// The stream of Steele, Lea and Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
    private func random(
        at address: UInt64,
        count: UInt64,
        _ memory: SystemMemory,
        _ effects: inout Effects
    ) -> SystemErrorNumber {
        guard count <= UInt64(Self.mostBytes) else { return .invalid }
        guard var target = memory.bytes(at: address, count: count) else { return .fault }
        effects.byteCount = count
        for position in target.indices {
            randomState &+= 0x9E37_79B9_7F4A_7C15
            var bits = (randomState ^ (randomState >> 30)) &* 0xBF58_476D_1CE4_E5B9
            bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
            target[position] = UInt8(truncatingIfNeeded: bits >> 56)
        }
        return .success
    }
}
