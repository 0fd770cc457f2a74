import WasmModel

/// Cuts the lists of function types, and makes all code fit: what is too much is dropped before it crosses, and zeros stand in for
/// what no longer comes.
///
/// A parameter that is cut becomes a local, so that all local indices stay. Time and the size of what is added are linear in the
/// size of the module and the number of values that its instructions move.
struct SignatureTruncation {
    private let module: Module
    /// By type index, what is kept of each list; the whole lists where nothing is cut.
    private let keptParameters: [Int]
    private let keptResults: [Int]
    fileprivate let items: ItemTypes

    /// - Parameter kept: how many parameters and results of a function type are kept; more than there are means all.
    init(_ module: Module, kept: (_ index: TypeIndex, _ type: FunctionType) -> (parameters: Int, results: Int)) {
        self.module = module
        var keptParameters: [Int] = []
        var keptResults: [Int] = []
        for (position, type) in module.types.enumerated() {
            guard let type = type.functionType else {
                keptParameters.append(0)
                keptResults.append(0)
                continue
            }
            let counts = kept(TypeIndex(position), type)
            keptParameters.append(min(counts.parameters, type.parameters.count))
            keptResults.append(min(counts.results, type.results.count))
        }
        self.keptParameters = keptParameters
        self.keptResults = keptResults
        items = ItemTypes(module)
    }

    /// The case with the types cut, the code rewritten and the arguments cut; nil where an index is out of range.
    static func apply(
        to subject: DecodedCase,
        kept: (_ index: TypeIndex, _ type: FunctionType) -> (parameters: Int, results: Int)
    ) -> DecodedCase? {
        let truncation = SignatureTruncation(subject.module, kept: kept)
        guard let module = truncation.truncated() else { return nil }
        var result = subject
        result.module = module
        let exported = subject.module.exportedFunctions
        for position in result.invocations.indices {
            guard let function = exported[result.invocations[position].export],
                let type = truncation.items.type(of: function)
            else { return nil }
            let count = truncation.keptParameters[type.position]
            result.invocations[position].arguments = Array(result.invocations[position].arguments.prefix(count))
        }
        return result
    }

    /// The case with some blocks' types empty and the code rewritten; all other signatures stay.
    static func emptyBlocks(
        of subject: DecodedCase,
        _ selection: [(function: Int, positions: ArraySlice<Int>)]
    ) -> DecodedCase? {
        let truncation = SignatureTruncation(subject.module) { _, _ in (.max, .max) }
        var result = subject
        for (number, positions) in selection {
            var rewriter = BodyTruncation(truncation, subject.module.functions[number], emptied: Set(positions))
            guard let function = rewriter.rewritten() else { return nil }
            result.module.functions[number] = function
        }
        return result
    }

    private func truncated() -> Module? {
        guard items.areFunctions(of: module) else { return nil }
        var result = module
        for position in module.types.indices {
            guard var type = module.types[position].functionType else { continue }
            type.parameters.removeLast(type.parameters.count - keptParameters[position])
            type.results.removeLast(type.results.count - keptResults[position])
            result.types[position].composite = .function(type)
        }
        for position in module.functions.indices {
            var rewriter = BodyTruncation(self, module.functions[position])
            guard let function = rewriter.rewritten() else { return nil }
            result.functions[position] = function
        }
        return result
    }

    // MARK: What is cut

    fileprivate func cutParameters(_ type: TypeIndex) -> ArraySlice<ValueType> {
        guard let function = module.functionType(at: type) else { return [] }
        return function.parameters[keptParameters[type.position]...]
    }

    fileprivate func cutResults(_ type: TypeIndex) -> ArraySlice<ValueType> {
        guard let function = module.functionType(at: type) else { return [] }
        return function.results[keptResults[type.position]...]
    }

    fileprivate func wholeType(_ type: TypeIndex) -> FunctionType? { module.functionType(at: type) }
}

/// The rewriting of one body.
private struct BodyTruncation {
    private let truncation: SignatureTruncation
    private let function: Function
    private var body: RewrittenBody
    private var frames: [Frame] = []
    /// The positions of blocks whose type becomes empty.
    private let emptied: Set<Int>

    /// A block that is open; the lists are those that are cut from its type.
    private struct Frame {
        var parameters: ArraySlice<ValueType>
        var results: ArraySlice<ValueType>
        var isLoop = false

        var label: ArraySlice<ValueType> { isLoop ? parameters : results }
    }

    init(_ truncation: SignatureTruncation, _ function: Function, emptied: Set<Int> = []) {
        self.emptied = emptied
        self.truncation = truncation
        self.function = function
        let cut = truncation.cutParameters(function.type)
        // The parameters that are cut are the first declared locals, at their old indices.
        body = RewrittenBody(
            parameterCount: cut.startIndex,
            locals: LocalRun.runs(cut) + function.locals,
            capacity: function.body.count
        )
        frames = [Frame(parameters: [], results: truncation.cutResults(function.type))]
    }

    mutating func rewritten() -> Function? {
        for (position, instruction) in function.body.enumerated() {
            let isEmptied = emptied.contains(position)
            guard
                rewrite(
                    isEmptied ? instruction.withEmptyBlockType : instruction,
                    emptied: isEmptied ? instruction : nil
                )
            else { return nil }
        }
        return Function(type: function.type, locals: body.locals, body: body.instructions)
    }

    private func frame(_ label: LabelIndex) -> Frame? {
        label.position < frames.count ? frames[frames.count - 1 - label.position] : nil
    }

    /// - Parameter emptied: the block as it was, where its type becomes empty.
    private func openedFrame(_ type: BlockType, isLoop: Bool = false, emptied: Instruction?) -> Frame {
        if let emptied {
            switch emptied.immediate {
            case .block(.result(let type)), .tryTable(.result(let type), _):
                return Frame(parameters: [], results: [type], isLoop: isLoop)
            case .block(.type(let index)), .tryTable(.type(let index), _):
                guard let type = truncation.wholeType(index) else { break }
                return Frame(parameters: type.parameters[...], results: type.results[...], isLoop: isLoop)
            default: break
            }
        }
        return switch type {
        case .empty, .result: Frame(parameters: [], results: [], isLoop: isLoop)
        case .type(let index):
            Frame(
                parameters: truncation.cutParameters(index),
                results: truncation.cutResults(index),
                isLoop: isLoop
            )
        }
    }

    private mutating func rewrite(_ instruction: Instruction, emptied: Instruction?) -> Bool {
        switch (instruction.opcode, instruction.immediate) {
        case (.block, .block(let type)), (.tryTable, .tryTable(let type, _)):
            open(instruction, openedFrame(type, emptied: emptied))
        case (.loop, .block(let type)): open(instruction, openedFrame(type, isLoop: true, emptied: emptied))
        case (.if, .block(let type)):
            let frame = openedFrame(type, emptied: emptied)
            body.dropBelowTop(frame.parameters.count, type: .i32)
            body.append(instruction)
            frames.append(frame)
            body.pushZeros(frame.parameters)
        case (.else, _):
            guard let frame = frames.last else { return false }
            body.drop(frame.results.count)
            body.append(instruction)
            body.pushZeros(frame.parameters)
        case (.end, _):
            guard let frame = frames.popLast() else { return false }
            body.drop(frame.results.count)
            body.append(instruction)
            if !frames.isEmpty { body.pushZeros(frame.results) }
        case (.br, .label(let label)):
            guard let frame = frame(label) else { return false }
            body.drop(frame.label.count)
            body.append(instruction)
        case (.brIf, .label(let label)):
            guard let frame = frame(label) else { return false }
            body.dropBelowTop(frame.label.count, type: .i32)
            body.append(instruction)
            body.pushZeros(frame.label)
        case (.brTable, .labelTable(let labels)):
            guard let label = labels.last, let frame = frame(label) else { return false }
            body.dropBelowTop(frame.label.count, type: .i32)
            body.append(instruction)
        case (.return, _):
            body.drop(frames.first?.results.count ?? 0)
            body.append(instruction)
        case (.call, .function(let callee)), (.returnCall, .function(let callee)):
            guard let type = truncation.items.type(of: callee) else { return false }
            body.drop(truncation.cutParameters(type).count)
            call(instruction, type)
        case (.callIndirect, .callIndirect(let type, let table)),
            (.returnCallIndirect, .callIndirect(let type, let table)):
            body.dropBelowTop(truncation.cutParameters(type).count, type: truncation.items.addressType(of: table))
            call(instruction, type)
        case (.callRef, .type(let type)), (.returnCallRef, .type(let type)):
            let reference = ReferenceType(isNullable: true, .defined(type))
            body.dropBelowTop(truncation.cutParameters(type).count, type: .reference(reference))
            call(instruction, type)
        case (.throw, .tag(let tag)):
            guard let type = truncation.items.type(of: tag) else { return false }
            body.drop(truncation.cutParameters(type).count)
            body.append(instruction)
        default: body.append(instruction)
        }
        return true
    }

    private mutating func open(_ instruction: Instruction, _ frame: Frame) {
        body.drop(frame.parameters.count)
        body.append(instruction)
        frames.append(frame)
        body.pushZeros(frame.parameters)
    }

    private mutating func call(_ instruction: Instruction, _ type: TypeIndex) {
        body.append(instruction)
        switch instruction.opcode {
        case .call, .callIndirect, .callRef: body.pushZeros(truncation.cutResults(type))
        default: break
        }
    }
}

extension Instruction {
    /// The block without parameters and results.
    fileprivate var withEmptyBlockType: Instruction {
        switch immediate {
        case .block: Instruction(opcode, .block(.empty))
        case .tryTable(_, let clauses): Instruction(opcode, .tryTable(.empty, clauses))
        default: self
        }
    }
}

extension LocalRun {
    /// Types as runs.
    static func runs(_ types: some Sequence<ValueType>) -> [LocalRun] {
        var runs: [LocalRun] = []
        for type in types {
            if runs.last?.type == type {
                runs[runs.count - 1].count += 1
            } else {
                runs.append(LocalRun(count: 1, type: type))
            }
        }
        return runs
    }
}
