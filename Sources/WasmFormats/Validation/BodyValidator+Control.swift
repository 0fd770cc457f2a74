import WasmModel

/// Blocks, branches, calls and exceptions.
///
/// Spec: core 3.0, section 3.4 "Instructions", control and exception instructions.
extension BodyValidator {
    mutating func checkControl(_ instruction: Instruction) throws(ValidationError) {
        switch (instruction.opcode, instruction.immediate) {
        case (.unreachable, _): setUnreachable()
        case (.block, .block(let type)): try openBlock(.block, type)
        case (.loop, .block(let type)): try openBlock(.loop, type)
        case (.if, .block(let type)):
            let (parameters, results) = try lists(type)
            try pop(.i32)
            try pop(parameters)
            try pushFrame(.if, parameters: parameters, results: results)
        case (.else, _):
            guard frames[frames.count - 1].kind == .if else { throw fail("END opcode expected: else without if") }
            let frame = try popFrame()
            try pushFrame(.else, parameters: frame.parameters, results: frame.results)
        case (.end, _): try checkEnd()
        case (.br, .label(let label)):
            try pop(try labelTypes(label))
            setUnreachable()
        case (.brIf, .label(let label)):
            try pop(.i32)
            try passThrough(try labelTypes(label))
        case (.brTable, .labelTable(let labels)): try checkTable(labels)
        case (.return, _):
            try pop(functionResults)
            setUnreachable()
        case (.call, .function(let index)): try call(try functionSignature(of: index))
        case (.callIndirect, .callIndirect(let type, let table)):
            let signature = try popCallee(type, table)
            try call(signature)
        case (.returnCall, .function(let index)): try tailCall(try functionSignature(of: index))
        case (.returnCallIndirect, .callIndirect(let type, let table)):
            let signature = try popCallee(type, table)
            try tailCall(signature)
        case (.callRef, .type(let index)):
            let signature = try popCallee(index)
            try call(signature)
        case (.returnCallRef, .type(let index)):
            let signature = try popCallee(index)
            try tailCall(signature)
        case (.throw, .tag(let index)):
            try pop(try tagParameters(index))
            setUnreachable()
        case (.throwRef, _):
            try pop(.nullableException)
            setUnreachable()
        case (.tryTable, .tryTable(let type, let clauses)):
            for clause in clauses { try check(clause) }
            try openBlock(.tryTable, type)
        case (.brOnNull, .label(let label)):
            let types = try labelTypes(label)
            let type = try popReference()
            try passThrough(types)
            push(type == .bottom ? PackedType(isNullable: false, .bottom) : type.withoutNull)
        case (.brOnNonNull, .label(let label)):
            let types = try labelTypes(label)
            guard types.count > 0 else { throw mismatch("a label with a reference", "[]") }
            let type = try popReference()
            let carried = type == .bottom ? type : type.withoutNull
            let last = pool[types.start + types.count - 1]
            guard last.isReference, spaces.types.isSubtype(carried, of: last) else { throw mismatch(last, carried) }
            try passThrough(TypeRun(start: types.start, count: types.count - 1))
        case (.brOnCast, .castBranch(let label, let source, let target)):
            try checkCastBranch(label, from: source, to: target, branchesOnSuccess: true)
        case (.brOnCastFail, .castBranch(let label, let source, let target)):
            try checkCastBranch(label, from: source, to: target, branchesOnSuccess: false)
        default: throw unsupported(instruction)
        }
    }

    // MARK: Blocks

    mutating func checkEnd() throws(ValidationError) {
        let frame = try popFrame()
        // An `if` without `else` passes its parameters on.
        if frame.kind == .if && !matches(frame.parameters, frame.results) {
            let (results, parameters) = (text(frame.results), text(frame.parameters))
            throw mismatch("\(results) of an if without else", "its parameters \(parameters)")
        }
        try push(frame.results)
    }

    private mutating func openBlock(_ kind: ControlFrame.Kind, _ type: BlockType) throws(ValidationError) {
        let (parameters, results) = try lists(type)
        try pop(parameters)
        try pushFrame(kind, parameters: parameters, results: results)
    }

    private mutating func lists(_ type: BlockType) throws(ValidationError) -> (TypeRun, TypeRun) {
        let empty = TypeRun(start: 0, count: 0)
        switch type {
        case .empty: return (empty, empty)
        case .result(let type):
            try checkType(type)
            let packed = PackedType(type)
            if !packed.isReference { return (empty, TypeRun(start: Int(packed.rawValue) - 1, count: 1)) }
            pool.append(packed)
            return (empty, TypeRun(start: pool.count - 1, count: 1))
        case .type(let index):
            try need(.multiValue, "block type with an index")
            let signature = try functionSignature(at: index)
            return (signature.parameters, signature.results)
        }
    }

    // MARK: Branches

    /// Pops operands and pushes them again with the types that a branch gives them.
    private mutating func passThrough(_ types: TypeRun) throws(ValidationError) {
        try pop(types)
        try push(types)
    }

    private mutating func checkTable(_ labels: [LabelIndex]) throws(ValidationError) {
        guard let last = labels.last else { throw fail("unknown label: br_table without a default") }
        try pop(.i32)
        let expected = try labelTypes(last)
        let table = UInt32(truncatingIfNeeded: position)
        var isExpectedChecked = false
        for label in labels {
            let frame = try framePosition(label)
            if frames[frame].lastTable == table { continue }
            frames[frame].lastTable = table
            let types = frames[frame].labelTypes
            if types == expected {
                if !isExpectedChecked { try checkTop(types) }
                isExpectedChecked = true
                continue
            }
            guard types.count == expected.count else { throw fail("type mismatch: targets of different arity") }
            if !features.contains(.referenceTypes), !matches(types, expected) {
                try need(.referenceTypes, "type mismatch: br_table to labels of different types")
            }
            try checkTop(types)
        }
        setUnreachable()
    }

    // MARK: Calls

    private mutating func call(_ signature: TypeSpace.Signature) throws(ValidationError) {
        try pop(signature.parameters)
        try push(signature.results)
    }

    private mutating func tailCall(_ signature: TypeSpace.Signature) throws(ValidationError) {
        let results = signature.results
        let count = min(results.count, functionResults.count)
        guard spaces.rules.tailCallMayReturn(results.count, functionResults.count),
            matches(results.suffix(count), functionResults.suffix(count))
        else {
            throw mismatch("the results \(text(functionResults))", text(signature.results))
        }
        try pop(signature.parameters)
        setUnreachable()
    }

    private mutating func popCallee(
        _ type: TypeIndex,
        _ index: TableIndex
    ) throws(ValidationError) -> TypeSpace.Signature {
        let table = try table(index)
        if index != 0 { try need(.referenceTypes, "use of several tables") }
        let signature = try functionSignature(at: type)
        let element = PackedType(table.element)
        guard spaces.types.isSubtype(element, of: .nullableFunction) else {
            throw mismatch("a table of functions", "one of \(element)")
        }
        try pop(PackedType(table.addressType))
        return signature
    }

    private mutating func popCallee(_ type: TypeIndex) throws(ValidationError) -> TypeSpace.Signature {
        let signature = try functionSignature(at: type)
        try pop(PackedType(isNullable: true, PackedHeapType(rawValue: type.rawValue)))
        return signature
    }

    // MARK: Exceptions

    private mutating func check(_ clause: CatchClause) throws(ValidationError) {
        let parameters: TypeRun
        let hasReference: Bool
        switch clause {
        case .tag(let tag, _): (parameters, hasReference) = (try tagParameters(tag), false)
        case .tagWithReference(let tag, _): (parameters, hasReference) = (try tagParameters(tag), true)
        case .all: (parameters, hasReference) = (TypeRun(start: 0, count: 0), false)
        case .allWithReference: (parameters, hasReference) = (TypeRun(start: 0, count: 0), true)
        }
        let target = try labelTypes(clause.label)
        let reference = hasReference ? " and (ref exn)" : ""
        guard target.count == parameters.count + (hasReference ? 1 : 0),
            matches(parameters, TypeRun(start: target.start, count: parameters.count))
        else { throw mismatch("a label of \(text(parameters))\(reference)", text(target)) }
        if hasReference {
            let last = pool[target.start + target.count - 1]
            let exception = PackedType(isNullable: false, .exception)
            guard spaces.types.isSubtype(exception, of: last) else { throw mismatch(last, exception) }
        }
    }
}
