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

    /// Calls compiled code.
    /// - Parameters:
    ///   - callee: the register with the callee's address, for ``CallTarget/register``.
    ///   - results: as many registers as the signature has results.
    mutating func lowerCall(
        _ target: CallTarget,
        callee: VirtualRegister?,
        signature: Signature,
        arguments: [VirtualRegister],
        results: [VirtualRegister]
    ) throws(CompilationError) {
        let layout = try layout(of: signature)
        invariant(arguments.count == layout.parameters.count, "a call has an argument for every parameter")
        invariant(results.count == layout.results.count, "a call has a register for every result")
        machineFunction.outgoingArgumentSize = max(machineFunction.outgoingArgumentSize, layout.stackArgumentSize)
        machineFunction.resultAreaSize = max(machineFunction.resultAreaSize, layout.resultAreaSize)

        for (position, place) in layout.parameters.enumerated() {
            guard case .memory(let offset) = place else { continue }
            use(arguments[position], .any)
            finish(
                .storeFrame,
                auxiliary: MachineInstruction.auxiliary(signature.parameters[position], .outgoingArguments),
                immediate: Int64(offset)
            )
        }
        var area: (VirtualRegister, PhysicalRegister)?
        if let register = layout.resultAreaPointer {
            let address = temporary(.i64)
            define(address)
            finish(.frameAddress, auxiliary: MachineInstruction.auxiliary(.i64, .results))
            area = (address, register)
        }

        if let callee { use(callee) }
        for (place, argument) in zip(layout.parameters, arguments) {
            if case .register(let register) = place { use(argument, .fixed(register)) }
        }
        if let (address, register) = area { use(address, .fixed(register)) }
        for (place, result) in zip(layout.results, results) {
            if case .register(let register) = place { define(result, .fixed(register)) }
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
        machineFunction.callSites.append(
            CallSite(
                target: target,
                poppedSize: stages.adjustmentAfterCall(layout),
                firstStackResult: firstStackResult,
                stackResults: stackResultStart..<machineFunction.stackResults.count
            )
        )
        finish(.call, immediate: Int64(machineFunction.callSites.count - 1), clobbers: machine.allocatable)
        switch stages.resultStrategy {
        case .definitions: break
        case .loads:
            for (position, place) in layout.results.enumerated() {
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
}
