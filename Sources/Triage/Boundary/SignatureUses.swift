import WasmModel

/// What the function types of a module are used for.
struct SignatureUses {
    private var isOfFunction: [Bool]
    private var isOfTag: [Bool]
    private var isOfBlock: [Bool]
    /// Of blocks that get the payload of an exception as their results.
    private var isOfReceiver: [Bool]

    init(_ module: Module) {
        isOfFunction = [Bool](repeating: false, count: module.types.count)
        isOfTag = isOfFunction
        isOfBlock = isOfFunction
        isOfReceiver = isOfFunction
        for index in module.functionTypeIndices { Self.mark(index, in: &isOfFunction) }
        for index in module.tagTypeIndices { Self.mark(index, in: &isOfTag) }
        for function in module.functions { mark(function) }
    }

    private static func mark(_ index: TypeIndex, in list: inout [Bool]) {
        if index.position < list.count { list[index.position] = true }
    }

    private mutating func mark(_ function: Function) {
        var frames: [TypeIndex?] = [function.type]
        for instruction in function.body {
            switch instruction.immediate {
            case .block(let type): frames.append(open(type))
            case .tryTable(let type, let clauses):
                for clause in clauses {
                    guard case .tag(_, let label) = clause, label.position < frames.count else { continue }
                    if let type = frames[frames.count - 1 - label.position] { Self.mark(type, in: &isOfReceiver) }
                }
                frames.append(open(type))
            case .callIndirect(let index, _), .type(let index): Self.mark(index, in: &isOfFunction)
            default: if instruction.opcode == .end { _ = frames.popLast() }
            }
        }
    }

    private mutating func open(_ type: BlockType) -> TypeIndex? {
        guard case .type(let index) = type else { return nil }
        Self.mark(index, in: &isOfBlock)
        return index
    }

    /// Which lists of a type are of a kind. A type that functions have is theirs, whatever else it is used for, and so is one that nothing uses.
    func lists(of variable: Boundary.Variable, _ type: TypeIndex) -> [KeyPath<FunctionType, [ValueType]>] {
        guard type.position < isOfFunction.count else { return [] }
        let (isFunction, isTag, isBlock) = (
            isOfFunction[type.position], isOfTag[type.position], isOfBlock[type.position]
        )
        let isOther = !isFunction && (isTag || isBlock)
        return switch variable {
        case .results: isOther ? [] : [\.results]
        case .parameters: isOther ? [] : [\.parameters]
        case .blockValues: isOther && !isTag ? [\.parameters, \.results] : []
        case .tagValues:
            (isOther && isTag ? [\.parameters] : []) + (isOther && isOfReceiver[type.position] ? [\.results] : [])
        default: []
        }
    }
}
