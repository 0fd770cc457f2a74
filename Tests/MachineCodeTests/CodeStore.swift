import ARM64Backend
import ARM64Simulator
import MachineCode
import NativeEntry
import Runtime
import SSA
import Testing
import WasmFormats
import WasmModel
import X64Backend

/// A machine that the tests run compiled code on.
enum TestMachine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case x86_64, arm64

    /// The machines whose code can be run here: x86_64 natively, ARM64 in the simulator.
    static var runnable: [TestMachine] {
        #if arch(x86_64)
            allCases
        #else
            [.arm64]
        #endif
    }

    var backend: any MachineBackend {
        switch self {
        case .x86_64: X64Backend()
        case .arm64: ARM64Backend()
        }
    }

    var testDescription: String { rawValue }
}

/// A pipeline that a test runs through: a machine and a way to get stack results.
struct TestPipeline: Sendable, CustomTestStringConvertible {
    var machine: TestMachine
    var strategy: ResultStrategy
    var isAudited = false
    var allocator = Allocator.singlePass

    /// The choice of register allocators.
    enum Allocator: String, CaseIterable, Sendable { case singlePass, backtracking }

    static let all = TestMachine.runnable.flatMap { machine in
        ResultStrategy.allCases.map { TestPipeline(machine: machine, strategy: $0) }
    }

    var configuration: PipelineConfiguration {
        var configuration = PipelineConfiguration(resultStrategy: strategy)
        configuration.isAudited = isAudited
        switch allocator {
        case .singlePass: configuration.allocator = .singlePass()
        case .backtracking: configuration.allocator = .backtracking()
        }
        return configuration
    }
    var testDescription: String {
        "\(machine.rawValue):\(strategy.rawValue)" + (isAudited ? ":audited" : "") + ":\(allocator)"
    }

    /// The same pipeline with audited code.
    var audited: TestPipeline { TestPipeline(machine: machine, strategy: strategy, isAudited: true) }

    /// The same pipeline with the other allocator.
    var backtracking: TestPipeline {
        TestPipeline(machine: machine, strategy: strategy, isAudited: isAudited, allocator: .backtracking)
    }
}

/// A value in a 16-byte slot.
typealias RawValue = SIMD2<UInt64>

/// Instances of compiled modules that can call each other, with a host of the test's own: less than the runtime, and
/// nothing of it.
final class CodeStore {
    let machine: TestMachine
    private(set) var instances: [CodeInstance] = []
    /// The answer of the host to a call of an imported function, given the callee's number and its values.
    var host: (UInt32, UnsafeMutablePointer<RawValue>) -> UInt32 = { _, _ in 0 }
    /// By how many bytes the stack pointer is wrong when the host enters a stub.
    var stackMisalignment = 0
    /// Whether instances are made without a stack limit.
    var stackLimitIsZero = false
    /// The lowest address of the stack.
    var stackBottom: UInt64 { stack.start.number + UInt64(Self.guardSize) }
    /// The distance from the top of the stack of the deepest frame that called the host, in bytes.
    private(set) var deepestHostCall = 0

    fileprivate let simulator = ARM64Simulator()
    fileprivate let state: ZeroedPages
    private let stack: ZeroedPages
    private let exceptions: ZeroedPages
    private var exceptionCount = 0

    init(_ machine: TestMachine, stackSize: Int = 8 << 20) throws {
        self.machine = machine
        state = try ZeroedPages(size: InstanceContextLayout.StoreState.size)
        stack = try ZeroedPages(size: Self.guardSize + stackSize + Self.hostStackSize)
        exceptions = try ZeroedPages(size: 1 << 20)
        for pages in [state, exceptions] { try add(pages) }
        try add(stack, from: Self.guardSize)
        try simulator.registerHostCall(Self.hostGateAddress)
        simulator.registersPoisonedByCalls = PoisonedRegisters(general: 1 << 16 | 1 << 17, vector: 3 << 30)
        simulator.registersPoisonedByReturns = simulator.registersPoisonedByCalls
    }

    private static let hostStackSize = 256 << 10
    /// What lies below the stack and is out of reach, so that a step beyond its end never lands in other memory.
    private static let guardSize = 64 << 10
    fileprivate static var hostGateAddress: UInt64 {
        UInt64(UInt(bitPattern: unsafeBitCast(hostGate, to: UnsafeRawPointer.self)))
    }
    fileprivate var stackLimit: UInt64 {
        stackLimitIsZero ? 0 : stackBottom + UInt64(Self.hostStackSize)
    }

    fileprivate func add(_ pages: ZeroedPages, from offset: Int = 0) throws {
        try simulator.addRegion(
            UnsafeRawBufferPointer(start: pages.start + offset, count: pages.size - offset),
            permissions: [.read, .write]
        )
    }

    func instantiate(_ module: ValidatedModule, _ configuration: PipelineConfiguration) throws -> CodeInstance {
        let compiled = try ModuleCompiler(machine.backend, configuration).compile(module)
        let instance = try CodeInstance(self, module, compiled)
        instances.append(instance)
        return instance
    }

    // MARK: Running

    /// Enters a stub; answers its code.
    fileprivate func enter(
        stub: UnsafeRawPointer,
        context: UnsafeMutableRawPointer,
        callee: UnsafeRawPointer,
        values: UnsafeMutableRawPointer
    ) throws -> UInt32 {
        let top = stack.start + stack.size - stackMisalignment
        switch machine {
        case .x86_64: return native_entry_call(stub, context, callee, values, top)
        case .arm64:
            simulator.x[0] = context.number
            simulator.x[1] = callee.number
            simulator.x[2] = values.number
            for number in 19...29 { simulator.x[number] = 0x1111 * UInt64(number) }
            for number in 8...15 { simulator.v[number] = Vector128(low: 0x2222 * UInt64(number), high: 0) }
            simulator.x[30] = ARM64Simulator.returnAddress
            simulator.sp = top.number
            var remaining: UInt64 = 500_000_000
            var stop = simulator.run(from: stub.number, remaining: &remaining)
            while case .hostCall = stop {
                let arguments = (0..<4).map { UInt(simulator.x[$0]) }
                guard let context = UnsafeMutableRawPointer(bitPattern: arguments[0]),
                    let values = UnsafeMutableRawPointer(bitPattern: arguments[2]),
                    let frame = UnsafeMutableRawPointer(bitPattern: arguments[3]), simulator.sp % 16 == 0
                else { throw Stopped(reason: stop) }
                for number in 0...18 { simulator.x[number] = 0xDEAD }
                simulator.x[0] = UInt64(hostGate(context, UInt32(truncatingIfNeeded: arguments[1]), values, frame))
                stop = simulator.resumeAfterHostCall(remaining: &remaining)
            }
            guard stop == .returned, simulator.sp == top.number,
                (19...29).allSatisfy({ simulator.x[$0] == 0x1111 * UInt64($0) }),
                (8...15).allSatisfy({ simulator.v[$0].low == 0x2222 * UInt64($0) })
            else { throw Stopped(reason: stop) }
            return UInt32(truncatingIfNeeded: simulator.x[0])
        }
    }

    struct Stopped: Error { var reason: StopReason }

    // MARK: The host

    fileprivate func hostCall(
        _ context: UnsafeMutableRawPointer,
        _ callee: UInt32,
        _ values: UnsafeMutablePointer<RawValue>,
        _ frame: UnsafeMutableRawPointer
    ) -> UInt32 {
        deepestHostCall = max(deepestHostCall, Int(stack.start.number) + stack.size - Int(frame.number))
        guard callee >= InstanceContextLayout.firstRuntimeCallee else { return host(callee, values) }
        let number = Int64(callee - InstanceContextLayout.firstRuntimeCallee)
        switch RuntimeFunction(rawValue: number) {
        case .allocateException:
            let exception = exceptions.start + exceptionCount * 1024
            exceptionCount += 1
            if let instance = instances.first(where: { $0.context == context }) {
                let tag = instance.layout.tag(TagIndex(Int(UInt32(truncatingIfNeeded: values[0].x))))
                let identity = context.load(fromByteOffset: tag, as: UInt64.self)
                exception.storeBytes(
                    of: identity,
                    toByteOffset: InstanceContextLayout.ExceptionRecord.tag,
                    as: UInt64.self
                )
            }
            values[0].x = exception.number
            return 0
        case .throwReference: return throwException(values[0].x, from: frame)
        default: return Trap.unreachable.code
        }
    }

    /// Walks the chain of frames to the first caller with a landing.
    private func throwException(_ exception: UInt64, from start: UnsafeMutableRawPointer) -> UInt32 {
        typealias State = InstanceContextLayout.StoreState
        state.start.storeBytes(of: exception, toByteOffset: State.exception, as: UInt64.self)
        let entryFrame = state.start.load(fromByteOffset: State.entryFramePointer, as: UInt64.self)
        var frame = start
        while frame.number != entryFrame {
            let returnAddress = frame.load(fromByteOffset: 8, as: UInt64.self)
            let caller = frame.load(as: UnsafeMutableRawPointer.self)
            for instance in instances where instance.codeRange.contains(returnAddress) {
                let offset = Int(returnAddress - instance.codeRange.lowerBound)
                guard let landing = instance.compiled.landing(forReturnAt: offset) else { continue }
                let address = instance.codeRange.lowerBound + UInt64(landing.landingOffset)
                state.start.storeBytes(of: address, toByteOffset: State.landingAddress, as: UInt64.self)
                state.start.storeBytes(of: caller.number, toByteOffset: State.landingFramePointer, as: UInt64.self)
                state.start.storeBytes(
                    of: caller.number - UInt64(landing.frameSize),
                    toByteOffset: State.landingStackPointer,
                    as: UInt64.self
                )
                return InstanceContextLayout.exceptionLandedCode
            }
            frame = caller
        }
        return InstanceContextLayout.uncaughtExceptionCode
    }
}

/// One instance of a compiled module: a context without memories and tables.
final class CodeInstance {
    let module: ValidatedModule
    let compiled: CompiledModule
    let layout: InstanceContextLayout
    let context: UnsafeMutableRawPointer
    /// One function record after another.
    let records: UnsafeMutableRawPointer
    let codeRange: Range<UInt64>
    private let code: ExecutableMemory
    private let pages: [ZeroedPages]
    private unowned let store: CodeStore

    fileprivate init(_ store: CodeStore, _ module: ValidatedModule, _ compiled: CompiledModule) throws {
        self.store = store
        self.module = module
        self.compiled = compiled
        layout = InstanceContextLayout(module)
        code = try ExecutableMemory(code: compiled.code)
        codeRange = code.start.number..<code.start.number + UInt64(compiled.code.count)
        let context = try ZeroedPages(size: layout.size)
        let records = try ZeroedPages(size: compiled.functionOffsets.count * InstanceContextLayout.FunctionRecord.size)
        pages = [context, records]
        self.context = context.start
        self.records = records.start
        for pages in [context, records] { try store.add(pages) }
        try store.simulator.addRegion(
            UnsafeRawBufferPointer(start: code.start, count: code.size),
            permissions: [.read, .execute]
        )
        let header: [(Int, UInt64)] = [
            (InstanceContextLayout.storeState, store.state.start.number),
            (InstanceContextLayout.stackLimit, store.stackLimit),
            (InstanceContextLayout.hostGate, CodeStore.hostGateAddress),
            (InstanceContextLayout.hostData, Unmanaged.passUnretained(store).toOpaque().number),
            (InstanceContextLayout.functionRecords, records.start.number),
        ]
        for (offset, value) in header { self.context.storeBytes(of: value, toByteOffset: offset, as: UInt64.self) }
        for tag in module.tagTypeIndices.indices {
            let cell = self.context + layout.tag(TagIndex(tag))
            cell.storeBytes(of: cell.number, as: UInt64.self)
        }
        for function in compiled.functionOffsets.indices { link(function, to: self, function) }
    }

    /// Makes a function of this instance's index space the function of another instance.
    func link(_ function: Int, to other: CodeInstance, _ otherFunction: Int) {
        let record = records + function * InstanceContextLayout.FunctionRecord.size
        let address = other.codeRange.lowerBound + UInt64(other.compiled.functionOffsets[otherFunction])
        record.storeBytes(of: address, toByteOffset: InstanceContextLayout.FunctionRecord.code, as: UInt64.self)
        let context = other.context.number
        record.storeBytes(of: context, toByteOffset: InstanceContextLayout.FunctionRecord.context, as: UInt64.self)
    }

    /// The cell of a global.
    subscript(global index: Int) -> UInt64 {
        get { context.load(fromByteOffset: layout.globalCell(GlobalIndex(index)), as: UInt64.self) }
        set { context.storeBytes(of: newValue, toByteOffset: layout.globalCell(GlobalIndex(index)), as: UInt64.self) }
    }

    /// Calls a function through its entry stub; answers the stub's code and the results.
    func call(_ function: Int, _ arguments: [RawValue], results: Int) throws -> (code: UInt32, results: [RawValue]) {
        let values = try ZeroedPages(size: 16 * max(1, arguments.count, results))
        try store.add(values)
        defer { try? store.simulator.removeRegion(at: values.start.number) }
        let slots = values.start.assumingMemoryBound(to: RawValue.self)
        for (position, argument) in arguments.enumerated() { slots[position] = argument }
        let code = try store.enter(
            stub: UnsafeRawPointer(self.code.start) + compiled.entryStubOffsets[function],
            context: context,
            callee: UnsafeRawPointer(self.code.start) + compiled.functionOffsets[function],
            values: values.start
        )
        return (code, (0..<results).map { slots[$0] })
    }
}

/// The C function behind the host gate of all test stores.
private let hostGate:
    @convention(c) (UnsafeMutableRawPointer, UInt32, UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> UInt32 = {
        context,
        callee,
        values,
        frame in
        let data = context.load(fromByteOffset: InstanceContextLayout.hostData, as: UnsafeRawPointer.self)
        let store = Unmanaged<CodeStore>.fromOpaque(data).takeUnretainedValue()
        return store.hostCall(context, callee, values.assumingMemoryBound(to: RawValue.self), frame)
    }

extension UnsafeRawPointer {
    /// The address as a number.
    var number: UInt64 { UInt64(UInt(bitPattern: self)) }
}

extension UnsafeMutableRawPointer {
    /// The address as a number.
    var number: UInt64 { UInt64(UInt(bitPattern: self)) }
}
