import WasmModel

/// What is known at a point of a body.
struct BodyState {
    var locals = NameScope<IndexSpace.Locals>("local")
    var labels = LabelScope()
    /// The names of labels by the position of their instruction among the `block`, `loop`, `if` and `try_table` of the body.
    var labelNames: [UInt32: String] = [:]
    var blockCount: UInt32 = 0
    private(set) var instructions: [Instruction] = []
    /// Whether ``places`` are kept.
    let keepsPlaces: Bool
    /// Of each instruction the token that it begins with.
    private(set) var places: [UInt32] = []
    var frames: [BodyFrame] = []

    init(keepsPlaces: Bool = false) { self.keepsPlaces = keepsPlaces }

    /// Adds an instruction.
    /// - Parameter place: its token.
    mutating func append(_ instruction: Instruction, at place: Int) {
        instructions.append(instruction)
        if keepsPlaces { places.append(UInt32(truncatingIfNeeded: place)) }
    }
}

/// An instruction whose end has not been read.
enum BodyFrame {
    /// Ended by `end`.
    case block
    /// Ended by `else` or `end`.
    case flatThen
    /// Ended by a parenthesis, before which only folded operands may stand; with the token of the instruction.
    case folded(Instruction, place: Int)
    /// Ended by a parenthesis.
    case foldedBlock
    /// `(if` before its `(then`; with the token `if`.
    case foldedCondition(Instruction, Identifier?, place: Int)
    /// `(if` after its `(then ...)`; another `(else ...)` may follow or not.
    case foldedIf(mayHaveElse: Bool)
    /// `(then` or `(else`.
    case foldedArm
}

/// The labels that are in scope, found in constant time however deep the nesting is.
struct LabelScope {
    private var stack: [Identifier?] = []
    private var levels: [Identifier: [Int]] = [:]

    mutating func push(_ label: Identifier?) {
        if let label { levels[label, default: []].append(stack.count) }
        stack.append(label)
    }

    mutating func pop() {
        guard let last = stack.popLast(), let label = last else { return }
        levels[label]!.removeLast()
    }

    /// The name of the innermost label.
    var innermost: Identifier? { stack.last ?? nil }

    /// The name of the label at a depth.
    func name(at label: LabelIndex) -> Identifier? {
        label.position < stack.count ? stack[stack.count - 1 - label.position] : nil
    }

    /// The nesting depth of the innermost label with a name.
    subscript(_ label: Identifier) -> LabelIndex? {
        guard let level = levels[label]?.last else { return nil }
        return LabelIndex(stack.count - 1 - level)
    }
}

extension ModuleParser {
    /// Reads instructions, flat or folded, up to the parenthesis that closes the enclosing list, and adds the final `end`.
    ///
    /// Spec: core 3.0, section 6.5 "Instructions".
    mutating func parseInstructions(onlyOne: Bool = false) throws(TextError) -> [Instruction] {
        repeat {
            switch reader.kind {
            case .leftParenthesis: try openFolded()
            case .rightParenthesis:
                guard let frame = body.frames.popLast() else {
                    body.append(Instruction(.end), at: reader.position)
                    return body.instructions
                }
                try closeFolded(frame)
                reader.advance()
            case .word:
                switch body.frames.last {
                case nil, .block, .flatThen, .foldedBlock, .foldedArm: try flatInstruction()
                case .folded, .foldedCondition, .foldedIf: throw reader.unexpected()
                }
            case .string, .identifier, .reserved, .end: throw reader.unexpected()
            }
        } while !(onlyOne && body.frames.isEmpty)
        body.append(Instruction(.end), at: reader.position)
        return body.instructions
    }

    private mutating func openFolded() throws(TextError) {
        reader.advance()
        let place = reader.position
        if case .foldedIf(let mayHaveElse) = body.frames.last {
            guard mayHaveElse, reader.takes("else") else { throw reader.unexpected() }
            body.frames[body.frames.count - 1] = .foldedIf(mayHaveElse: false)
            body.frames.append(.foldedArm)
            body.append(Instruction(.else), at: place)
            return
        }
        guard reader.kind == .word else { throw reader.unexpected() }
        if reader.isWord("then") {
            guard case .foldedCondition(let instruction, let label, let place) = body.frames.last else {
                throw reader.unexpected()
            }
            reader.advance()
            body.frames[body.frames.count - 1] = .foldedIf(mayHaveElse: true)
            body.frames.append(.foldedArm)
            beginBlock(instruction, label, at: place)
            return
        }
        if reader.takes("if") {
            let label = reader.identifier()
            body.frames.append(.foldedCondition(Instruction(.if, .block(try blockType())), label, place: place))
            return
        }
        if let (instruction, label) = try structuredInstruction() {
            body.frames.append(.foldedBlock)
            beginBlock(instruction, label, at: place)
            return
        }
        body.frames.append(.folded(try plainInstruction(), place: place))
    }

    private mutating func closeFolded(_ frame: BodyFrame) throws(TextError) {
        switch frame {
        case .folded(let instruction, let place): body.append(instruction, at: place)
        case .foldedBlock, .foldedIf: endBlock(at: reader.position)
        case .foldedArm: break
        case .block, .flatThen, .foldedCondition: throw reader.unexpected()
        }
    }

    private mutating func flatInstruction() throws(TextError) {
        let place = reader.position
        if reader.isWord("end") {
            switch body.frames.last {
            case .block, .flatThen: break
            case nil, .folded, .foldedBlock, .foldedCondition, .foldedIf, .foldedArm: throw reader.unexpected()
            }
            reader.advance()
            try closingLabel()
            body.frames.removeLast()
            endBlock(at: place)
        } else if reader.isWord("else") {
            guard case .flatThen = body.frames.last else { throw reader.unexpected() }
            reader.advance()
            try closingLabel()
            body.frames[body.frames.count - 1] = .block
            body.append(Instruction(.else), at: place)
        } else if reader.takes("if") {
            let label = reader.identifier()
            let instruction = Instruction(.if, .block(try blockType()))
            body.frames.append(.flatThen)
            beginBlock(instruction, label, at: place)
        } else if let (instruction, label) = try structuredInstruction() {
            body.frames.append(.block)
            beginBlock(instruction, label, at: place)
        } else {
            body.append(try plainInstruction(), at: place)
        }
    }

    /// Reads the label that may be repeated after `else` and `end`.
    private mutating func closingLabel() throws(TextError) {
        let place = reader.position
        guard let label = reader.identifier() else { return }
        if body.labels.innermost != label { throw reader.fail("mismatching label $\(label.text)", at: place) }
    }

    private mutating func beginBlock(_ instruction: Instruction, _ label: Identifier?, at place: Int) {
        if let label { body.labelNames[body.blockCount] = label.text }
        body.blockCount += 1
        body.labels.push(label)
        body.append(instruction, at: place)
    }

    private mutating func endBlock(at place: Int) {
        body.labels.pop()
        body.append(Instruction(.end), at: place)
    }

    /// Reads the head of a `block`, `loop` or `try_table`, where one is at hand.
    private mutating func structuredInstruction() throws(TextError) -> (Instruction, Identifier?)? {
        if reader.takes("block") {
            let label = reader.identifier()
            return (Instruction(.block, .block(try blockType())), label)
        }
        if reader.takes("loop") {
            let label = reader.identifier()
            return (Instruction(.loop, .block(try blockType())), label)
        }
        if reader.takes("try_table") {
            let label = reader.identifier()
            let type = try blockType()
            return (Instruction(.tryTable, .tryTable(type, try catchClauses())), label)
        }
        return nil
    }

    private mutating func blockType() throws(TextError) -> BlockType {
        let use = try typeUseWithoutNames()
        if use.explicit == nil, use.type.parameters.isEmpty, use.type.results.count <= 1 {
            return use.type.results.first.map { .result($0) } ?? .empty
        }
        return .type(try resolve(use))
    }

    /// Reads the clauses of a `try_table`; their labels are those outside of it.
    private mutating func catchClauses() throws(TextError) -> [CatchClause] {
        var clauses: [CatchClause] = []
        while true {
            if reader.enters("catch") {
                let tag = try tagIndex()
                clauses.append(.tag(tag, try label()))
            } else if reader.enters("catch_ref") {
                let tag = try tagIndex()
                clauses.append(.tagWithReference(tag, try label()))
            } else if reader.enters("catch_all") {
                clauses.append(.all(try label()))
            } else if reader.enters("catch_all_ref") {
                clauses.append(.allWithReference(try label()))
            } else {
                return clauses
            }
            try reader.expectRight()
        }
    }

    /// Reads a label by its name or its depth.
    mutating func label() throws(TextError) -> LabelIndex {
        let place = reader.position
        if let identifier = reader.identifier() {
            guard let index = body.labels[identifier] else {
                throw reader.fail("unknown label $\(identifier.text)", at: place)
            }
            return index
        }
        return LabelIndex(UInt32(truncatingIfNeeded: try reader.natural(width: 32)))
    }
}
