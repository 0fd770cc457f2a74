import Invariants
import WasmFormats
import WasmModel

extension FunctionTranslator {
    /// What a call names.
    enum Callee {
        /// A function that the module defines.
        case defined(FunctionIndex)
        /// The address of a function record that is not null.
        case record(Value)
    }

    /// The callee of a function index: imported functions are called through their records.
    mutating func callee(_ function: FunctionIndex) -> Callee {
        module.module.definedPosition(of: function) == nil ? .record(recordAddress(function)) : .defined(function)
    }

    /// The address of a function's record, an i64.
    mutating func recordAddress(_ function: FunctionIndex) -> Value {
        let records = builder.emit(.loadContext, .i64, immediate: Int64(InstanceContextLayout.functionRecords))
        let offset = function.position * InstanceContextLayout.FunctionRecord.size
        return offset == 0 ? records : builder.emit(.add, .i64, records, builder.constant(.i64, Int64(offset)))
    }

    /// Calls a function with the arguments on top of the stack, which its results replace.
    mutating func translateCall(_ callee: Callee, _ signature: Signature) throws(TranslationError) {
        let arguments = stack.suffix(signature.parameters.count)
        let operands = CallOperands(callee, arguments)
        let results = try emitCall(
            operands.record == nil ? (.call, .tryCall) : (.callIndirect, .tryCallIndirect),
            signature,
            operands: operands,
            immediate: callee.immediate
        )
        stack.removeLast(signature.parameters.count)
        stack.append(contentsOf: results)
    }

    /// Calls with the second operation in the body of a handler, where the call ends the block and another begins, and with the first
    /// elsewhere.
    mutating func emitCall(
        _ operations: (outside: Operation, inHandler: Operation),
        _ signature: Signature,
        operands: some Sequence<Value>,
        immediate: Int64
    ) throws(TranslationError) -> ValueRange {
        guard let handler = handlers.last else {
            return builder.emitCall(operations.outside, signature, operands: operands, immediate: immediate)
        }
        let normal = builder.makeBlock()
        let landing = builder.makeBlock()
        let results = builder.tryCall(
            operations.inHandler,
            signature,
            operands: operands,
            immediate: immediate,
            normal: normal,
            exceptional: landing
        )
        try addLanding(landing, atFrame: handler)
        builder.begin(normal)
        return results
    }

    /// Leaves the function for another with the arguments on top of the stack; handlers of this function do not see its exceptions.
    mutating func translateTailCall(_ callee: Callee, _ signature: Signature) {
        let operands = CallOperands(callee, stack.suffix(signature.parameters.count))
        builder.returnCall(
            operands.record == nil ? .returnCall : .returnCallIndirect,
            signature,
            operands: operands,
            immediate: callee.immediate
        )
        becomeUnreachable()
    }

    /// The callee of an index on top of the stack, after the checks of the index, for null and of the type.
    ///
    /// Spec: core 3.0, section 4.6.2 "Control Instructions" (`call_indirect`).
    mutating func popTableCallee(_ type: TypeIndex, _ table: TableIndex) -> Callee {
        let address = elementAddress(table, popIndex(addressType(of: table)), beyond: .undefinedElement)
        let record = builder.emit(.load(.full), .reference, address)
        trap(.uninitializedElement, if: isNull(record))
        let field = Int64(InstanceContextLayout.FunctionRecord.typeIdentifier)
        let actual = builder.emit(.load(.full), .i32, record, immediate: field)
        let expected = builder.emit(.loadContext, .i32, immediate: Int64(module.layout.typeIdentifier(type)))
        let differs = builder.emit(.compare(.notEqual), .i32, actual, expected)
        if module.module.module.types[type.position].isFinal {
            trap(.indirectCallTypeMismatch, if: differs)
        } else {
            // A type that may have subtypes: only where the two differ the runtime is asked.
            let question = builder.makeBlock()
            let answer = builder.makeBlock()
            builder.branchIf(differs, then: question, else: answer)
            builder.begin(question)
            let isSubtype = callRuntime(.isSubtype, [actual, expected])[0]
            trap(.indirectCallTypeMismatch, unless: isSubtype)
            builder.jump(to: answer)
            builder.begin(answer)
        }
        return .record(record)
    }

    /// The callee of the reference on top of the stack, after the check for null.
    mutating func popReferenceCallee() -> Callee {
        let record = pop()
        trap(.nullFunctionReference, if: isNull(record))
        return .record(record)
    }

    /// Calls a function of the runtime that does not throw.
    @discardableResult
    mutating func callRuntime(_ function: RuntimeFunction, _ operands: [Value]) -> ValueRange {
        builder.emitCall(.callRuntime, function.signature, operands: operands, immediate: function.rawValue)
    }

    /// A constant that names an item of an index space to the runtime.
    mutating func indexConstant(_ index: UInt32) -> Value {
        builder.constant(.i32, Int64(index))
    }
}

extension FunctionTranslator.Callee {
    fileprivate var immediate: Int64 {
        switch self {
        case .defined(let function): Int64(function.rawValue)
        case .record: 0
        }
    }
}

/// The operands of a call: the callee's record where it has one, then the arguments.
private struct CallOperands: RandomAccessCollection {
    let record: Value?
    private let arguments: ArraySlice<Value>
    private let shift: Int

    init(_ callee: FunctionTranslator.Callee, _ arguments: ArraySlice<Value>) {
        self.arguments = arguments
        switch callee {
        case .defined: (record, shift) = (nil, 0)
        case .record(let value): (record, shift) = (value, 1)
        }
    }

    var startIndex: Int { 0 }
    var endIndex: Int { arguments.count + shift }
    subscript(position: Int) -> Value {
        if position == 0, let record { return record }
        return arguments[arguments.startIndex + position - shift]
    }
}
