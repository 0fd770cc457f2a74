import MachineCode
import SSA
import WasmFormats
import WasmModel

/// An instance of a compiled module: its context, memories, tables and globals at the addresses that compiled code expects.
///
/// Imports are functions only. ``SSA/InstanceContextLayout`` says what lies where.
public final class CompiledInstance {
    /// What the module is.
    public let module: ValidatedModule
    /// The compiled code, as it was emitted.
    public let compiled: CompiledModule
    /// Where the parts of the context are.
    public let layout: InstanceContextLayout
    /// The pages that hold the code.
    public let code: ExecutableMemory
    /// The calls of imported functions so far, in order.
    public private(set) var hostCalls: [(importOrdinal: Int, arguments: [WasmValue])] = []

    let contextPages: ZeroedPages
    let storeStatePages: ZeroedPages
    let functionRecords: ZeroedPages
    let stack: ZeroedPages
    var tables: [ZeroedPages] = []
    private(set) var memories: [LinearMemory] = []
    private let runner: any CodeRunner
    private let hostFunctions: [HostFunction]
    private var values: ZeroedPages

    /// The part of the stack that compiled code leaves to functions of the host, in bytes.
    private static let hostStackSize = 256 << 10

    /// What an instance may use.
    public struct Limits: Hashable, Sendable {
        /// The stack of compiled code, in bytes.
        public var stackBytes: Int
        /// Of each memory, in pages of 65,536 bytes.
        public var memoryPages: UInt64

        /// Makes limits.
        public init(stackBytes: Int, memoryPages: UInt64) {
            self.stackBytes = stackBytes
            self.memoryPages = memoryPages
        }
    }

    /// Makes an instance: memories, tables, globals and segments as the module says; the start function is not called.
    /// - Throws: ``RuntimeFailure``.
    public init(
        _ module: ValidatedModule,
        compiled: CompiledModule,
        runner: any CodeRunner,
        limits: Limits
    ) throws(RuntimeFailure) {
        self.module = module
        self.compiled = compiled
        self.runner = runner
        layout = InstanceContextLayout(module)
        var hosts: [HostFunction] = []
        for item in module.module.imports {
            guard case .function(let type) = item.type else {
                throw RuntimeFailure.unknownImport(module: item.module, name: item.name)
            }
            hosts.append(HostFunction(importOrdinal: hosts.count, type: module.functionType(at: type)))
        }
        hostFunctions = hosts
        code = try ExecutableMemory(code: compiled.code)
        contextPages = try ZeroedPages(size: layout.size)
        storeStatePages = try ZeroedPages(size: InstanceContextLayout.StoreState.size)
        functionRecords = try ZeroedPages(
            size: module.functionTypeIndices.count * InstanceContextLayout.FunctionRecord.size
        )
        stack = try ZeroedPages(size: limits.stackBytes + Self.hostStackSize + Self.guardSize)
        stack.protectStart(bytes: Self.guardSize)
        values = try ZeroedPages(size: 4096)
        for type in module.memoryTypes {
            memories.append(try LinearMemory(type, maximumPages: limits.memoryPages))
        }
        for type in module.tableTypes {
            guard type.limits.minimum <= 10_000_000 else {
                throw RuntimeFailure.unsupported("a table of over 10,000,000 elements")
            }
            tables.append(try ZeroedPages(size: Int(type.limits.minimum) * 8))
        }
        fillContext()
        fillFunctionRecords()
        try initializeGlobalsAndSegments()
    }

    private static let guardSize = 64 << 10

    /// The instance context, to which the pinned register points.
    public var context: UnsafeMutableRawPointer { contextPages.start }

    /// The first address above the stack of compiled code; a multiple of 16.
    public var stackTop: UnsafeMutableRawPointer { stack.start + stack.size }

    /// The memory that code may read and write.
    public var dataRegions: [UnsafeMutableRawBufferPointer] {
        var regions = ([contextPages, storeStatePages, functionRecords, stack, values] + tables).map {
            UnsafeMutableRawBufferPointer(start: $0.start, count: $0.size)
        }
        regions.append(
            contentsOf: memories.map { UnsafeMutableRawBufferPointer(start: $0.pages.start, count: $0.byteCount) }
        )
        return regions
    }

    /// The address of the host gate that compiled code calls.
    public static var hostGateAddress: UnsafeRawPointer { unsafeBitCast(hostGate, to: UnsafeRawPointer.self) }

    /// Performs a call of the host gate; what the gate's function does, for runners that cannot call it natively.
    public static func performHostCall(
        context: UnsafeMutableRawPointer,
        callee: UInt32,
        values: UnsafeMutableRawPointer
    ) -> UInt32 {
        let data = context.load(fromByteOffset: InstanceContextLayout.hostData, as: UnsafeRawPointer.self)
        return Unmanaged<CompiledInstance>.fromOpaque(data).takeUnretainedValue().hostCall(callee, values)
    }

    // MARK: Calls

    /// Calls a function from outside.
    /// - Parameter arguments: as many as the function has parameters, of their types.
    public func call(_ function: FunctionIndex, _ arguments: [WasmValue]) throws(RuntimeFailure) -> CallEnd {
        let type = module.functionType(of: function)
        let stubOffset = compiled.entryStubOffsets[function.position]
        let calleeOffset = compiled.functionOffsets[function.position]
        guard stubOffset >= 0 else {
            throw RuntimeFailure.unsupported("a call from outside of function \(function), which has no entry stub")
        }
        let count = max(arguments.count, type.results.count)
        if count * 16 > values.size { values = try ZeroedPages(size: count * 16) }
        for (position, argument) in arguments.enumerated() {
            let bits = argument.rawBits
            values.start.storeBytes(of: bits.low, toByteOffset: position * 16, as: UInt64.self)
            values.start.storeBytes(of: bits.high, toByteOffset: position * 16 + 8, as: UInt64.self)
        }
        let end = runner.call(
            stub: UnsafeRawPointer(code.start) + stubOffset,
            callee: UnsafeRawPointer(code.start) + calleeOffset,
            values: UnsafeMutableRawBufferPointer(start: values.start, count: values.size),
            in: self
        )
        switch end {
        case .code(0):
            return .returned(type.results.enumerated().map { value(at: values.start + $0.offset * 16, of: $0.element) })
        case .code(InstanceContextLayout.stackExhaustedCode):
            return .exhausted("call stack exhausted")
        case .code(let code):
            if let violation = AuditViolation(rawValue: code) { return .fault(violation.description) }
            guard let trap = Trap(code: code) else { return .fault("unknown trap code \(code)") }
            return .trapped(trap)
        case .exhausted(let reason): return .exhausted(reason)
        case .fault(let text): return .fault(text)
        }
    }

    /// How a call from outside ended.
    public enum CallEnd: Hashable, Sendable {
        case returned([WasmValue])
        case trapped(Trap)
        case exhausted(String)
        /// The machine refused to go on: a mistake of the compiler.
        case fault(String)
    }

    // MARK: State

    /// The value of a global.
    public func globalValue(_ global: GlobalIndex) -> WasmValue {
        value(at: context + layout.globalCell(global), of: module.globalTypes[global.position].valueType)
    }

    /// The bytes of a memory.
    public func memoryBytes(_ memory: MemoryIndex) -> [UInt8] {
        let linear = memories[memory.position]
        return [UInt8](UnsafeRawBufferPointer(start: linear.pages.start, count: linear.byteCount))
    }

    func value(at address: UnsafeRawPointer, of type: ValueType) -> WasmValue {
        let bits = V128(
            low: address.load(as: UInt64.self),
            high: address.load(fromByteOffset: 8, as: UInt64.self)
        )
        if let number = WasmValue(rawBits: bits, numberOf: type) { return number }
        if bits.low == 0 { return .reference(.null) }
        let records = UInt64(UInt(bitPattern: functionRecords.start))
        let distance = bits.low &- records
        if distance < UInt64(functionRecords.size) {
            return .reference(.function(FunctionIndex(Int(distance) / InstanceContextLayout.FunctionRecord.size)))
        }
        return .reference(.external(UInt32(truncatingIfNeeded: bits.low >> 1)))
    }

    // MARK: Host calls

    private func hostCall(_ callee: UInt32, _ values: UnsafeMutableRawPointer) -> UInt32 {
        if callee >= InstanceContextLayout.firstRuntimeCallee {
            return runtimeCall(callee - InstanceContextLayout.firstRuntimeCallee, values)
        }
        let host = hostFunctions[Int(callee)]
        let arguments = host.type.parameters.enumerated().map { value(at: values + $0.offset * 16, of: $0.element) }
        hostCalls.append((host.importOrdinal, arguments))
        for (position, result) in host.results(for: arguments).enumerated() {
            let bits = result.rawBits
            values.storeBytes(of: bits.low, toByteOffset: position * 16, as: UInt64.self)
            values.storeBytes(of: bits.high, toByteOffset: position * 16 + 8, as: UInt64.self)
        }
        return 0
    }

    /// Performs a runtime function; answers a trap code, 0 for none.
    private func runtimeCall(_ number: UInt32, _ values: UnsafeMutableRawPointer) -> UInt32 {
        switch RuntimeFunction(rawValue: Int64(number)) {
        case .memoryGrow:
            let memory = MemoryIndex(values.load(as: UInt32.self))
            let delta = values.load(fromByteOffset: 16, as: UInt64.self)
            let old = memories[memory.position].grow(byPages: delta)
            publishMemory(memory)
            values.storeBytes(of: UInt64(bitPattern: old), as: UInt64.self)
            return 0
        case .memoryCopy, .memoryFill, .memoryInit, .dataDrop, .tableGrow, .tableFill, .tableCopy, .tableInit,
            .elementDrop,
            .allocateException, .throwReference, .isSubtype:
            // Translation does not call these yet.
            return Trap.unreachable.code
        case nil:
            preconditionFailure("runtime function \(number) exists")
        }
    }

    func publishMemory(_ memory: MemoryIndex) {
        let linear = memories[memory.position]
        context.storeBytes(
            of: linear.pages.start,
            toByteOffset: layout.memoryBase(memory),
            as: UnsafeMutableRawPointer.self
        )
        context.storeBytes(of: UInt64(linear.byteCount), toByteOffset: layout.memoryLength(memory), as: UInt64.self)
    }

    private func fillContext() {
        let limit = UInt(bitPattern: stack.start) + UInt(Self.guardSize + Self.hostStackSize)
        context.storeBytes(of: UInt64(limit), toByteOffset: InstanceContextLayout.stackLimit, as: UInt64.self)
        context.storeBytes(
            of: storeStatePages.start,
            toByteOffset: InstanceContextLayout.storeState,
            as: UnsafeMutableRawPointer.self
        )
        context.storeBytes(
            of: functionRecords.start,
            toByteOffset: InstanceContextLayout.functionRecords,
            as: UnsafeMutableRawPointer.self
        )
        for position in module.tagTypeIndices.indices {
            let cell = context + layout.tag(TagIndex(position))
            cell.storeBytes(of: cell, as: UnsafeMutableRawPointer.self)
        }
        context.storeBytes(
            of: Self.hostGateAddress,
            toByteOffset: InstanceContextLayout.hostGate,
            as: UnsafeRawPointer.self
        )
        context.storeBytes(
            of: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()),
            toByteOffset: InstanceContextLayout.hostData,
            as: UnsafeRawPointer.self
        )
        for position in memories.indices { publishMemory(MemoryIndex(position)) }
        for (position, table) in tables.enumerated() {
            let index = TableIndex(position)
            context.storeBytes(of: table.start, toByteOffset: layout.tableBase(index), as: UnsafeMutableRawPointer.self)
            context.storeBytes(
                of: module.tableTypes[position].limits.minimum,
                toByteOffset: layout.tableLength(index),
                as: UInt64.self
            )
        }
        for position in module.module.types.indices {
            let identifier = module.canonicalTypes[position].rawValue
            context.storeBytes(
                of: identifier,
                toByteOffset: layout.typeIdentifier(TypeIndex(position)),
                as: UInt32.self
            )
        }
    }

    private func fillFunctionRecords() {
        for (position, type) in module.functionTypeIndices.enumerated() {
            let record = functionRecords.start + position * InstanceContextLayout.FunctionRecord.size
            let address = UnsafeRawPointer(code.start) + compiled.functionOffsets[position]
            record.storeBytes(
                of: address,
                toByteOffset: InstanceContextLayout.FunctionRecord.code,
                as: UnsafeRawPointer.self
            )
            record.storeBytes(
                of: context,
                toByteOffset: InstanceContextLayout.FunctionRecord.context,
                as: UnsafeMutableRawPointer.self
            )
            record.storeBytes(
                of: UInt64(module.canonicalTypes[type.position].rawValue),
                toByteOffset: InstanceContextLayout.FunctionRecord.typeIdentifier,
                as: UInt64.self
            )
        }
    }
}

/// The C function behind the host gate.
private let hostGate: @convention(c) (UnsafeMutableRawPointer, UInt32, UnsafeMutableRawPointer) -> UInt32 = {
    context,
    callee,
    values in
    CompiledInstance.performHostCall(context: context, callee: callee, values: values)
}
