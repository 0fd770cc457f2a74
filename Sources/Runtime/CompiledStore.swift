import MachineCode
import SSA
import WasmFormats
import WasmModel

/// Instances of compiled modules that can call each other and share memories, tables, globals and tags; and what is one for all of
/// them: the stack, the exceptions, the types, the machine.
///
/// A store and what belongs to it are used by one thread at a time. ``SSA/InstanceContextLayout`` says how compiled code sees it.
///
/// Spec: core 3.0, section 4.2.3 "Store".
public final class CompiledStore {
    /// What the instances of a store may use.
    public struct Limits: Hashable, Sendable {
        /// The stack of compiled code, in bytes.
        public var stackBytes: Int
        /// Of each memory, in pages of 65,536 bytes.
        public var memoryPages: UInt64
        /// At which a memory may begin that is not exported, where that is more than ``memoryPages``.
        public var unseenMemoryPages: UInt64
        /// Of each table.
        public var tableElements: UInt64
        /// All exceptions that are alive, and those that were not freed yet, in bytes.
        public var exceptionBytes: Int
        /// The number of calls of logged host functions.
        public var hostCalls: Int
        /// How often loops and functions may begin in one call from outside, of code that counts
        /// (``MachineCode/PipelineConfiguration/countsFuel``); calls that functions of the host make belong to it. Of any code, what functions
        /// of the host charge.
        public var fuel: UInt64

        /// Makes limits; the defaults let every sane program end.
        public init(
            stackBytes: Int = 8 << 20,
            memoryPages: UInt64 = 65_536,
            unseenMemoryPages: UInt64 = 0,
            tableElements: UInt64 = 10_000_000,
            exceptionBytes: Int = 256 << 20,
            hostCalls: Int = 1_000_000,
            fuel: UInt64 = .max
        ) {
            self.stackBytes = stackBytes
            self.memoryPages = memoryPages
            self.unseenMemoryPages = unseenMemoryPages
            self.tableElements = tableElements
            self.exceptionBytes = exceptionBytes
            self.hostCalls = hostCalls
            self.fuel = fuel
        }
    }

    public let limits: Limits
    /// The calls of functions that were made from a ``WasmModel/HostFunction`` so far, in order.
    public var hostCallLog = HostCallLog()
    /// Changes whenever ``regions`` does.
    public private(set) var regionsVersion = 0

    var types = TypeRegistry()
    let state: UnsafeMutableRawPointer
    var exceptions: ExceptionHeap
    private(set) var instances: [InstanceState] = []
    /// The code of all instances.
    private(set) var codeRanges = AddressRanges()
    /// The function records of all instances.
    private(set) var recordRanges = AddressRanges()
    /// By the number of a function, its type.
    var functionTypes: [UInt32] = []
    /// By the identity of a tag, its type.
    var tagTypes: [UInt64: UInt32] = [:]
    /// Why the host ended a call, beside a trap or an exception.
    var hostEnd: CallEnd?
    /// How often code has called the host gate, whose functions run on the same stack.
    private(set) var hostGateCount = 0

    /// Notes a call of the host gate.
    func noteHostGate() { hostGateCount &+= 1 }

    /// See ``charge(_:)``.
    var hostCharge: UInt64 = 0

    /// What the host made.
    var hostItems = HostItems()

    private var opaqueReferenceCount: UInt64 = 0
    private let runner: any CodeRunner
    /// Where the stack pointer is when an exception has arrived.
    let landingStackPointer: PipelineConfiguration.LandingStackPointer
    private let statePages: ZeroedPages
    private let stack: ZeroedPages
    /// The array of values of every call from outside that has not ended, the outermost first, and those of earlier ones.
    private var values: [ZeroedPages] = []
    private var depth = 0
    /// The arrays of values of the calls from outside that have not ended.
    var valuesInUse: ArraySlice<ZeroedPages> { values.prefix(depth) }

    /// The part of the stack that compiled code leaves to functions of the host, in bytes.
    private static let hostStackSize = 256 << 10
    private static let guardSize = 64 << 10
    /// How the end of the fuel is called.
    public static let fuelExhaustion = "fuel exhausted"
    /// How the end of the stack is called.
    public static let stackExhaustion = "call stack exhausted"
    /// The answer of the host gate for what ``hostEnd`` says; no other code has this value.
    static let hostEndedCode: UInt32 = 0x1800

    /// Makes a store without instances.
    /// - Parameter landingStackPointer: see ``MachineCode/PipelineConfiguration/landingStackPointer``.
    /// - Throws: ``RuntimeFailure`` when the system gives no memory.
    public init(
        runner: any CodeRunner,
        limits: Limits = Limits(),
        landingStackPointer: @escaping PipelineConfiguration.LandingStackPointer =
            PipelineConfiguration().landingStackPointer
    ) throws(RuntimeFailure) {
        self.runner = runner
        self.landingStackPointer = landingStackPointer
        self.limits = limits
        statePages = try ZeroedPages(size: InstanceContextLayout.StoreState.size)
        state = statePages.start
        stack = try ZeroedPages(
            size: limits.stackBytes + Self.hostStackSize + Self.guardSize,
            guardSize: Self.guardSize
        )
        exceptions = try ExceptionHeap(limitInBytes: limits.exceptionBytes)
    }

    // MARK: What machines need

    /// The first address above the stack of compiled code; a multiple of 16.
    public var stackTop: UnsafeMutableRawPointer { stack.start + stack.size }
    /// The lowest address that a frame of compiled code may reach.
    public var stackLimit: UInt { UInt(bitPattern: lowestFrame) }
    private var lowestFrame: UnsafeMutableRawPointer { stack.start + Self.guardSize + Self.hostStackSize }

    /// The memory that compiled code may use, without overlaps.
    public var regions: [CodeMemoryRegion] {
        var regions = [
            CodeMemoryRegion(state, InstanceContextLayout.StoreState.size, .readWrite),
            CodeMemoryRegion(stack.start + Self.guardSize, stack.size - Self.guardSize, .readWrite),
            exceptions.region,
        ]
        for pages in values { regions.append(CodeMemoryRegion(pages.start, pages.size, .readWrite)) }
        hostItems.addRegions(to: &regions)
        for instance in instances { instance.addRegions(to: &regions) }
        return regions.filter { $0.byteCount > 0 }
    }

    /// Notes that the memory that code may use has changed.
    func regionsChanged() { regionsVersion += 1 }

    /// The address of the host gate that compiled code calls.
    public static var hostGateAddress: UnsafeRawPointer { unsafeBitCast(hostGate, to: UnsafeRawPointer.self) }

    /// Performs a call of the host gate; what the gate's function does, for machines that cannot call it natively.
    public static func performHostCall(
        context: UnsafeMutableRawPointer,
        callee: UInt32,
        values: UnsafeMutableRawPointer,
        frame: UnsafeMutableRawPointer
    ) -> UInt32 {
        let data = context.load(fromByteOffset: InstanceContextLayout.hostData, as: UnsafeRawPointer.self)
        return Unmanaged<InstanceState>.fromOpaque(data).takeUnretainedValue().hostCall(callee, values, frame)
    }

    // MARK: Instances

    /// Takes an instance in, for good.
    func add(_ instance: InstanceState) {
        let position = instances.count
        instances.append(instance)
        codeRanges.insert(start: instance.code.start, byteCount: instance.compiled.code.count, owner: position)
        recordRanges.insert(start: instance.records, byteCount: instance.recordsSize, owner: position)
        regionsChanged()
    }

    /// Gives a function a number.
    func addFunction(ofType type: UInt32) -> Int {
        functionTypes.append(type)
        return functionTypes.count - 1
    }

    /// The number of the function that a reference points to; nil where it points to none.
    func functionNumber(of reference: UInt64) -> Int? {
        let size = InstanceContextLayout.FunctionRecord.size
        guard let (owner, offset) = recordRanges.find(reference), offset % size == 0 else { return nil }
        return instances[owner].functions[offset / size]
    }

    /// A reference that no other is equal to, to an object that nobody looks into.
    func makeOpaqueReference(_ kind: OpaqueReference.Kind) -> UInt64 {
        opaqueReferenceCount += 1
        return OpaqueReference.object(kind, number: opaqueReferenceCount)
    }

    // MARK: Calls

    /// What the last call from outside has left of ``Limits/fuel``, or what the present one has left so far.
    public internal(set) var remainingFuel: UInt64 {
        get { state.load(fromByteOffset: InstanceContextLayout.StoreState.fuel, as: UInt64.self) }
        set { state.storeBytes(of: newValue, toByteOffset: InstanceContextLayout.StoreState.fuel, as: UInt64.self) }
    }

    /// Notes what the present call of a function of the host costs, in units of fuel, whether the code counts or not.
    public func charge(_ units: UInt64) { hostCharge = units }

    /// Pays for a call of a function of the host; false where the fuel is not enough, and then nothing is left.
    func payHostCharge() -> Bool {
        let left = remainingFuel
        remainingFuel = left - min(left, hostCharge)
        return hostCharge <= left
    }

    /// Calls a function from outside, through the entry stub that its instance has for it.
    func call(
        _ instance: InstanceState,
        _ function: FunctionIndex,
        _ arguments: [WasmValue]
    ) throws(RuntimeFailure) -> CallEnd {
        let type = instance.module.functionType(of: function)
        let stub = instance.compiled.entryStubOffsets[function.position]
        guard stub >= 0 else {
            throw .unsupported("a call from outside of function \(function), which has no entry stub")
        }
        if depth == 0 { remainingFuel = limits.fuel }
        let slots = try takeValues(count: max(type.parameters.count, type.results.count))
        defer { depth -= 1 }
        instance.write(arguments, to: slots)
        hostEnd = nil
        // A machine that gives up leaves no entry stub behind it that would put this right.
        let entryFramePointer = InstanceContextLayout.StoreState.entryFramePointer
        let outerEntryFrame = state.load(fromByteOffset: entryFramePointer, as: UInt64.self)
        defer { state.storeBytes(of: outerEntryFrame, toByteOffset: entryFramePointer, as: UInt64.self) }
        let record = instance.records + function.position * InstanceContextLayout.FunctionRecord.size
        let sentinel = depth == 1 ? StackSentinel(below: lowestFrame - MachineDescription.linkageSize) : nil
        let callsOfHost = hostGateCount
        sentinel?.fill()
        let end = runner.call(
            EntryCall(
                stub: UnsafeRawPointer(instance.code.start) + stub,
                context: record.load(
                    fromByteOffset: InstanceContextLayout.FunctionRecord.context,
                    as: UnsafeMutableRawPointer.self
                ),
                callee: record.load(
                    fromByteOffset: InstanceContextLayout.FunctionRecord.code,
                    as: UnsafeRawPointer.self
                ),
                values: slots
            ),
            in: self
        )
        if hostGateCount == callsOfHost, let depth = sentinel?.depthOfChange() {
            return .fault("audit: code wrote \(depth.counted("byte")) below the stack limit")
        }
        switch end {
        case .code(0): return .returned(instance.values(of: type.results, at: slots))
        case .code(InstanceContextLayout.stackExhaustedCode): return .exhausted(Self.stackExhaustion)
        case .code(InstanceContextLayout.fuelExhaustedCode):
            // The count went below zero; whoever called the host finds nothing left.
            remainingFuel = 0
            return .exhausted(Self.fuelExhaustion)
        case .code(InstanceContextLayout.uncaughtExceptionCode):
            let reference = state.load(
                fromByteOffset: InstanceContextLayout.StoreState.exception,
                as: UInt64.self
            )
            guard let exception = thrownException(reference, in: instance) else {
                return .fault("runtime: the exception \(reference) does not exist")
            }
            return .threw(exception)
        case .code(Self.hostEndedCode): return hostEnd ?? .fault("runtime: the host ended the call without a reason")
        case .code(let code):
            if let violation = AuditViolation(rawValue: code) { return .fault(violation.description) }
            guard let trap = Trap(code: code) else { return .fault("runtime: unknown trap code \(code)") }
            return .trapped(trap)
        case .exhausted(let reason): return .exhausted(reason)
        case .fault(let text): return .fault(text)
        }
    }

    /// An array of 16-byte values for a call from outside that begins.
    private func takeValues(count: Int) throws(RuntimeFailure) -> UnsafeMutableRawPointer {
        if depth == values.count {
            values.append(try ZeroedPages(size: max(4096, count * 16)))
            regionsChanged()
        } else if values[depth].size < count * 16 {
            values[depth] = try ZeroedPages(size: count * 16)
            regionsChanged()
        }
        depth += 1
        return values[depth - 1].start
    }
}

/// The C function behind the host gate.
private let hostGate:
    @convention(c) (UnsafeMutableRawPointer, UInt32, UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> UInt32 = {
        context,
        callee,
        values,
        frame in
        CompiledStore.performHostCall(context: context, callee: callee, values: values, frame: frame)
    }
