import Invariants
import RegisterAllocation
import SSA

/// The convention of compiled code, in instructions: the only place that reads a ``CallLayout``.
extension Selection {
    /// The layout of a signature, when it is within the limits.
    func layout(of signature: Signature) throws(CompilationError) -> CallLayout {
        guard signature.parameters.count <= limits.parameterCount else {
            throw CompilationError(
                .limit(.parameterCount, actual: signature.parameters.count, limit: limits.parameterCount)
            )
        }
        guard signature.results.count <= limits.resultCount else {
            throw CompilationError(.limit(.resultCount, actual: signature.results.count, limit: limits.resultCount))
        }
        return stages.callLayout(signature, machine)
    }

    /// Begins a function that compiled code calls: defines its parameters, and keeps the address of its result area.
    mutating func lowerEntry(_ signature: Signature, parameters: [VirtualRegister]) throws(CompilationError) {
        let layout = try layout(of: signature)
        if let register = layout.resultAreaPointer {
            let pointer = temporary(.i64)
            define(pointer, .fixed(register))
            resultAreaPointer = pointer
        }
        for (place, parameter) in zip(layout.parameters, parameters) {
            if case .register(let register) = place { define(parameter, .fixed(register)) }
        }
        finish(.entry)
        for (position, place) in layout.parameters.enumerated() {
            guard case .memory(let offset) = place else { continue }
            define(parameters[position], .any)
            finish(
                .loadFrame,
                auxiliary: MachineInstruction.auxiliary(signature.parameters[position], .incomingArguments),
                immediate: Int64(offset)
            )
        }
        machineFunction.incomingArgumentSize = layout.stackArgumentSize
        ownSignature = signature
        ownLayout = layout
    }

    /// Returns from a function that began with ``lowerEntry(_:parameters:)``.
    mutating func lowerReturn(_ results: [VirtualRegister]) {
        guard let layout = ownLayout else { invariantFailed("the function has an entry") }
        for (position, place) in layout.results.enumerated() {
            guard case .memory(let offset) = place else { continue }
            guard let pointer = resultAreaPointer else { invariantFailed("result area has an address") }
            use(results[position], .any)
            use(pointer)
            finish(
                .storeAddress,
                auxiliary: MachineInstruction.auxiliary(stages.resultStore(ownSignature.results[position])),
                immediate: Int64(offset)
            )
        }
        for (place, result) in zip(layout.results, results) {
            if case .register(let register) = place { use(result, .fixed(register)) }
        }
        finish(.return)
    }

    /// Calls compiled code, and goes on in the same block.
    /// - Parameters:
    ///   - callee: the register with the address of the callee or of its record, for such targets.
    ///   - results: as many registers as the signature has results.
    mutating func lowerCall(
        _ target: CallTarget,
        callee: VirtualRegister?,
        signature: Signature,
        arguments: [VirtualRegister],
        results: [VirtualRegister]
    ) throws(CompilationError) {
        try addCall(.call, target, callee: callee, signature: signature, arguments: arguments, results: results)
        try lowerResultLoads(signature, results)
    }

    /// Calls compiled code that may throw, as the terminator of a block. Where the call returns to,
    /// ``lowerResultLoads(_:_:)`` comes first.
    mutating func lowerTryCall(
        _ target: CallTarget,
        callee: VirtualRegister?,
        signature: Signature,
        arguments: [VirtualRegister],
        results: [VirtualRegister]
    ) throws(CompilationError) {
        try addCall(.tryCall, target, callee: callee, signature: signature, arguments: arguments, results: results)
    }

    /// Loads the stack results of a call that did not define them.
    mutating func lowerResultLoads(_ signature: Signature, _ results: [VirtualRegister]) throws(CompilationError) {
        switch stages.resultStrategy {
        case .definitions: break
        case .loads:
            for (position, place) in try layout(of: signature).results.enumerated() {
                guard case .memory(let offset) = place else { continue }
                define(results[position], .any)
                finish(
                    .loadFrame,
                    auxiliary: MachineInstruction.auxiliary(stages.resultLoad(signature.results[position]), .results),
                    immediate: Int64(offset)
                )
            }
        }
    }

    /// Calls compiled code in place of this function, as the terminator of a block. The callee's results are those of
    /// this function.
    mutating func lowerTailCall(
        _ target: CallTarget,
        callee: VirtualRegister?,
        signature: Signature,
        arguments: [VirtualRegister]
    ) throws(CompilationError) {
        let layout = try layout(of: signature)
        guard let own = ownLayout else { invariantFailed("the function has an entry") }
        invariant(layout.results == own.results, "a tail call has the results of its function")
        storeStackArguments(layout, signature, arguments)
        if let callee { use(callee) }
        useRegisterArguments(layout, arguments)
        if let register = layout.resultAreaPointer {
            guard let pointer = resultAreaPointer else { invariantFailed("result area has an address") }
            use(pointer, .fixed(register))
        }
        machineFunction.callSites.append(
            CallSite(
                target: target,
                argumentSize: layout.stackArgumentSize,
                poppedSize: 0,
                resultSize: 0,
                restoresContext: false,
                resultRegisters: RegisterSet(),
                firstStackResult: pendingOperandCount,
                stackResults: 0..<0
            )
        )
        finish(.tailCall, immediate: Int64(machineFunction.callSites.count - 1))
    }

    /// Stores the arguments that do not travel in registers in the area of outgoing arguments.
    private mutating func storeStackArguments(
        _ layout: CallLayout,
        _ signature: Signature,
        _ arguments: [VirtualRegister]
    ) {
        invariant(arguments.count == layout.parameters.count, "a call has an argument for every parameter")
        machineFunction.outgoingArgumentSize = max(machineFunction.outgoingArgumentSize, layout.stackArgumentSize)
        for (position, place) in layout.parameters.enumerated() {
            guard case .memory(let offset) = place else { continue }
            use(arguments[position], .any)
            finish(
                .storeFrame,
                auxiliary: MachineInstruction.auxiliary(signature.parameters[position], .outgoingArguments),
                immediate: Int64(offset)
            )
        }
    }

    private mutating func useRegisterArguments(_ layout: CallLayout, _ arguments: [VirtualRegister]) {
        for (place, argument) in zip(layout.parameters, arguments) {
            if case .register(let register) = place { use(argument, .fixed(register)) }
        }
    }

    /// Adds a call instruction.
    /// - Parameter form: `call` or `tryCall`.
    private mutating func addCall(
        _ form: SharedForm,
        _ target: CallTarget,
        callee: VirtualRegister?,
        signature: Signature,
        arguments: [VirtualRegister],
        results: [VirtualRegister]
    ) throws(CompilationError) {
        let layout = try layout(of: signature)
        invariant(results.count == layout.results.count, "a call has a register for every result")
        machineFunction.resultAreaSize = max(machineFunction.resultAreaSize, layout.resultAreaSize)
        storeStackArguments(layout, signature, arguments)
        var area: (VirtualRegister, PhysicalRegister)?
        if let register = layout.resultAreaPointer {
            let address = temporary(.i64)
            define(address)
            finish(.frameAddress, auxiliary: MachineInstruction.auxiliary(.i64, .results))
            area = (address, register)
            machineFunction.dependsOnResultStrategy = true
        }

        if let callee { use(callee) }
        useRegisterArguments(layout, arguments)
        if let (address, register) = area { use(address, .fixed(register)) }
        var resultRegisters = RegisterSet()
        for (place, result) in zip(layout.results, results) {
            guard case .register(let register) = place else { continue }
            define(result, .fixed(register))
            resultRegisters.insert(register)
        }
        let firstStackResult = pendingOperandCount
        let stackResultStart = machineFunction.stackResults.count
        switch stages.resultStrategy {
        case .definitions:
            for (position, place) in layout.results.enumerated() {
                guard case .memory(let offset) = place else { continue }
                define(results[position], .any)
                machineFunction.stackResults.append(
                    StackResult(type: stages.resultLoad(signature.results[position]), offset: offset)
                )
            }
        case .loads: break
        }
        let restoresContext: Bool
        switch target {
        case .record: restoresContext = true
        case .symbol(.function): restoresContext = stages.directCallsMaySwitchContext
        case .symbol(.runtime), .symbol(.trapExit), .register: restoresContext = false
        }
        if restoresContext { machineFunction.keepsContext = true }
        machineFunction.callSites.append(
            CallSite(
                target: target,
                argumentSize: layout.stackArgumentSize,
                poppedSize: stages.adjustmentAfterCall(layout),
                resultSize: layout.resultAreaSize,
                restoresContext: restoresContext,
                resultRegisters: resultRegisters,
                firstStackResult: firstStackResult,
                stackResults: stackResultStart..<machineFunction.stackResults.count
            )
        )
        finish(form, immediate: Int64(machineFunction.callSites.count - 1), clobbers: machine.allocatable)
    }
}
