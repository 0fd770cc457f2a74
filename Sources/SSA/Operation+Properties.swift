/// What the passes and the back ends ask of an operation; the table answers.
///
/// What is asked for each instruction is inlined: it is a comparison or two of the operation's number.
extension Operation {
    /// The type of the one result of an instruction with this operation and a record of some type; nil where there is none.
    ///
    /// Calls have the results of their signature, and answer nil here.
    public func resultType(_ type: IRType) -> IRType? {
        switch row.results {
        case .none, .signature, .returned: nil
        case .type: type
        case .always(let type): type
        case .opcode: vectorSignature?.result
        }
    }

    /// What the operation does beside computing its results.
    public var effect: OperationEffect { row.effect }

    /// Whether the operation ends a block.
    @inline(__always)
    public var isTerminator: Bool { row.targets != nil }

    /// Whether an instruction with this operation has the signature that its record names.
    @inline(__always)
    public var isCall: Bool {
        switch row.operands {
        case .arguments, .calleeArguments: true
        case .none, .one, .two, .three, .opcode, .returned: false
        }
    }

    /// Whether the operation is a call with a normal and an exceptional target.
    public var isTryCall: Bool { isCall && row.targets == .two }

    /// Whether the operation is a call that returns in the function's place.
    public var isTailCall: Bool { isCall && row.targets == .zero }

    /// Whether the operation has no effect and always the same result for the same operands and immediate, so that it can be done
    /// once for several times, or not at all.
    @inline(__always)
    var isPure: Bool { row.effect == .pure }

    /// Whether a pure operation may be done where the checks before it have not been: it cannot fault for any operands.
    var isSpeculative: Bool { isPure && !row.marks.contains(.guarded) }

    /// Whether an instruction with the operation goes where nothing uses its results.
    var isRemovable: Bool {
        switch row.effect {
        case .pure, .readsMemory, .readsContext: true
        case .writesMemory, .writesContext, .leaves: false
        }
    }

    /// Whether the two operands can change places.
    @inline(__always)
    var isCommutative: Bool { row.marks.contains(.commutative) }

    /// The operation that gives the same with its two operands exchanged; nil where there is none, or where it is left alone.
    var mirrored: Operation? {
        if case .compare(let condition) = self { return .compare(condition.mirrored) }
        return isCommutative ? self : nil
    }

    /// What the immediate of an instruction with the operation is.
    var immediate: OperationImmediate {
        let immediate = row.immediate
        return immediate == .opcode ? vectorSignature?.immediate ?? .none : immediate
    }

    /// Whether the immediate is the position of a vector in ``IRFunction/vectorConstants``.
    @inline(__always)
    var namesVector: Bool {
        row.immediate == .vector || row.immediate == .opcode && vectorSignature?.immediate == .vector
    }

    /// Of the wasm instruction that the operation is.
    var vectorSignature: VectorSignature? {
        guard case .vector(let opcode) = self else { return nil }
        return VectorSignature(opcode)
    }
}
