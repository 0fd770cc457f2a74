import RegisterAllocation
import SSA

/// The functions at the edge of compiled code, made through the same selection, allocation and emission as any other.
///
/// Values cross the edge in an array of 16-byte little-endian slots; the bytes of a slot beyond the size of the type
/// are unspecified.
public enum Stubs {
    /// What an entry stub is made from: the signature of the functions that it can call.
    public static func entry(
        _ signature: Signature,
        on machine: MachineDescription,
        stages: SelectionStages,
        limits: CompilationLimits
    ) throws(CompilationError) -> MachineFunction {
        var selection = stub("entry stub", .entryStub, machine, stages, limits)
        let callee = selection.temporary(.i64)
        let values = selection.temporary(.i64)
        selection.define(callee, .fixed(machine.hostArguments[1]))
        selection.define(values, .fixed(machine.hostArguments[2]))
        selection.finish(.entry)

        var arguments: [VirtualRegister] = []
        arguments.reserveCapacity(signature.parameters.count)
        for (position, type) in signature.parameters.enumerated() {
            let argument = selection.temporary(type)
            selection.define(argument, .any)
            selection.use(values)
            selection.finish(
                .loadAddress,
                auxiliary: MachineInstruction.auxiliary(type),
                immediate: Int64(position) * 16
            )
            arguments.append(argument)
        }
        let results = signature.results.map { selection.temporary($0) }
        try selection.lowerCall(
            .register,
            callee: callee,
            signature: signature,
            arguments: arguments,
            results: results
        )
        for (position, type) in signature.results.enumerated() {
            selection.use(results[position], .any)
            selection.use(values)
            selection.finish(
                .storeAddress,
                auxiliary: MachineInstruction.auxiliary(type),
                immediate: Int64(position) * 16
            )
        }
        let code = selection.temporary(.i32)
        selection.define(code)
        selection.finish(.loadImmediate, immediate: 0)
        selection.use(code, .fixed(machine.hostResult))
        selection.finish(.returnToHost)
        selection.finishBlock()
        return selection.machineFunction
    }

    /// A function with the convention of compiled code that calls the host gate.
    /// - Parameter calleeNumber: the function index of an import, or ``InstanceContextLayout/firstRuntimeCallee`` plus
    ///   a runtime function.
    public static func exit(
        _ signature: Signature,
        calleeNumber: UInt32,
        on machine: MachineDescription,
        stages: SelectionStages,
        limits: CompilationLimits
    ) throws(CompilationError) -> MachineFunction {
        var selection = stub("exit stub \(calleeNumber)", .compiled, machine, stages, limits)
        let parameters = signature.parameters.map { selection.temporary($0) }
        try selection.lowerEntry(signature, parameters: parameters)
        selection.machineFunction.valuesAreaSize = 16 * max(signature.parameters.count, signature.results.count)
        for (position, type) in signature.parameters.enumerated() {
            selection.use(parameters[position], .any)
            selection.finish(
                .storeFrame,
                auxiliary: MachineInstruction.auxiliary(type, .values),
                immediate: Int64(position) * 16
            )
        }
        let context = selection.temporary(.i64)
        selection.define(context)
        selection.finish(.contextAddress)
        let number = selection.temporary(.i32)
        selection.define(number)
        selection.finish(.loadImmediate, immediate: Int64(calleeNumber))
        let values = selection.temporary(.i64)
        selection.define(values)
        selection.finish(.frameAddress, auxiliary: MachineInstruction.auxiliary(.i64, .values))
        selection.use(context, .fixed(machine.hostArguments[0]))
        selection.use(number, .fixed(machine.hostArguments[1]))
        selection.use(values, .fixed(machine.hostArguments[2]))
        let code = selection.temporary(.i32)
        selection.define(code, .fixed(machine.hostResult))
        selection.finish(.callHost, clobbers: machine.allocatable)
        selection.use(code, .fixed(machine.hostResult))
        selection.finish(.leaveIfNotZero)

        var results: [VirtualRegister] = []
        results.reserveCapacity(signature.results.count)
        for (position, type) in signature.results.enumerated() {
            let result = selection.temporary(type)
            selection.define(result, .any)
            selection.finish(
                .loadFrame,
                auxiliary: MachineInstruction.auxiliary(type, .values),
                immediate: Int64(position) * 16
            )
            results.append(result)
        }
        selection.lowerReturn(results)
        selection.finishBlock()
        return selection.machineFunction
    }

    private static func stub(
        _ name: String,
        _ shape: MachineFunctionShape,
        _ machine: MachineDescription,
        _ stages: SelectionStages,
        _ limits: CompilationLimits
    ) -> Selection {
        Selection(
            name: name,
            shape: shape,
            function: IRFunction(name: name, signature: Signature()),
            machine: machine,
            stages: stages,
            limits: limits
        )
    }
}
