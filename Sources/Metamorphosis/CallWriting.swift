import WasmModel

/// A way to call a function that is known.
enum CallForm: String, CaseIterable {
    case call = "a call"
    case indirect = "a call through a table"
    case reference = "a call of a reference"
    case guarded = "a call whose exceptions are caught and thrown again"
    case tail = "a tail call"
    case tailIndirect = "a tail call through a table"
    case tailReference = "a tail call of a reference"
}

extension ModuleRewriting {
    /// Calls a function whose arguments are on the stack, or for ``CallForm/guarded`` in the first locals.
    ///
    /// All forms invoke the same function instance with the same arguments: the table is the module's own, holds nothing but that function, and
    /// is never written. `catch_all_ref` gives the exception itself, which `throw_ref` throws again; it does not catch traps.
    ///
    /// Spec: core 3.0, section 4.6.4 "Control Instructions".
    mutating func code(calling function: FunctionIndex, _ type: FunctionType, as form: CallForm) -> [Instruction] {
        switch form {
        case .call: return [Instruction(.call, .function(function))]
        case .tail: return [Instruction(.returnCall, .function(function))]
        case .indirect, .tailIndirect:
            let immediate = Immediate.callIndirect(
                original.functionTypeIndices[function.position],
                addTable(of: function)
            )
            return [
                Instruction(.i32Const, .i32(0)),
                Instruction(form == .indirect ? .callIndirect : .returnCallIndirect, immediate),
            ]
        case .reference, .tailReference:
            declare(function)
            let immediate = Immediate.type(original.functionTypeIndices[function.position])
            return [
                Instruction(.refFunc, .function(function)),
                Instruction(form == .reference ? .callRef : .returnCallRef, immediate),
            ]
        case .guarded:
            let exception = ValueType.reference(ReferenceType(isNullable: true, .exception))
            return [
                Instruction(.block, .block(.result(exception))),
                Instruction(.tryTable, .tryTable(module.blockType([], type.results), [.allWithReference(0)])),
            ] + .getLocals(from: 0, count: type.parameters.count) + [
                Instruction(.call, .function(function)), Instruction(.end), Instruction(.return), Instruction(.end),
                Instruction(.throwRef),
            ]
        }
    }
}
