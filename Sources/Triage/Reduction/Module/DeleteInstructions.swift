import WasmModel

/// Deletes instructions that leave the operand stack as high as they found it, and jumps.
struct DeleteInstructions: ReductionPass {
    let name = "instructions"
    let walk = ReductionWalk.anywhere

    private func segments(_ module: Module) -> [[Range<Int>]] {
        let effects = StackEffects(module)
        return module.functions.map { NeutralSegments($0, effects).ranges }
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        [segments(subject.module).reduce(0) { $0 + $1.count }]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for (number, chosen) in segments(subject.module).selection(range) {
            simpler.module.functions[number] = subject.module.functions[number].removing(chosen)
        }
        return simpler
    }
}

extension Function {
    /// The function without some instructions.
    /// - Parameter ranges: sorted by their beginnings, and each inside another one or apart from it.
    func removing(_ ranges: ArraySlice<Range<Int>>) -> Function {
        var left: [Instruction] = []
        left.reserveCapacity(body.count)
        var kept = 0
        for removed in ranges where removed.upperBound > kept {
            if removed.lowerBound > kept { left += body[kept..<removed.lowerBound] }
            kept = removed.upperBound
        }
        left += body[kept...]
        return Function(type: type, locals: locals, body: left)
    }
}

/// The shortest ranges of a body after which the operand stack is as high as before, never having been lower.
struct NeutralSegments {
    /// Sorted by where they begin; jumps, and an `else` without anything, are ranges of one.
    let ranges: [Range<Int>]

    private struct Position {
        var instruction: Int
        var depth: Int
        var height: Int
    }

    private struct Frame {
        /// The height without the block's parameters; nil in code that is not reached, or where it is not known.
        var base: Int?
        var parameters: Int
        var results: Int
    }

    init(_ function: Function, _ effects: StackEffects) {
        var ranges: [Range<Int>] = []
        var frames = [Frame(base: 0, parameters: 0, results: effects.resultCount(function.type))]
        var height: Int? = 0
        var open: [Position] = []
        for (number, instruction) in function.body.enumerated() {
            let depth = frames.count
            // Close and open ranges between this instruction and the one before.
            while let last = open.last,
                last.depth > depth || (last.depth == depth && (height.map { last.height > $0 } ?? true))
            {
                open.removeLast()
            }
            if let height {
                if let last = open.last, last.depth == depth, last.height == height {
                    open.removeLast()
                    ranges.append(last.instruction..<number)
                }
                open.append(Position(instruction: number, depth: depth, height: height))
            }
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable:
                let counts = effects.counts(of: instruction)
                if instruction.opcode == .if { height = height.map { $0 - 1 } }
                frames.append(
                    Frame(
                        base: height.map { $0 - counts.parameters },
                        parameters: counts.parameters,
                        results: counts.results
                    )
                )
            case .else:
                // An arm that does nothing need not be there.
                if number + 1 < function.body.count, function.body[number + 1].opcode == .end {
                    ranges.append(number..<number + 1)
                }
                if let frame = frames.last { height = frame.base.map { $0 + frame.parameters } }
                while let last = open.last, last.depth >= depth { open.removeLast() }
            case .end:
                guard let frame = frames.popLast() else { break }
                height = frame.base.map { $0 + frame.results }
            case let opcode where opcode.isUnconditionalBranch:
                ranges.append(number..<number + 1)
                height = nil
            default:
                if let effect = effects.effect(of: instruction), let before = height {
                    height = before - effect.pops + effect.pushes
                } else {
                    height = nil
                }
            }
            if frames.isEmpty { break }
        }
        self.ranges = ranges.sorted {
            ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound)
        }
    }
}

/// How many values instructions pop and push.
struct StackEffects {
    private let module: Module
    private let functionTypes: [TypeIndex]

    init(_ module: Module) {
        self.module = module
        functionTypes = module.functionTypeIndices
    }

    func resultCount(_ type: TypeIndex) -> Int { module.functionType(at: type)?.results.count ?? 0 }

    /// The numbers of parameters and results of a block.
    func counts(of instruction: Instruction) -> (parameters: Int, results: Int) {
        let type: BlockType
        switch instruction.immediate {
        case .block(let block), .tryTable(let block, _): type = block
        default: return (0, 0)
        }
        switch type {
        case .empty: return (0, 0)
        case .result: return (0, 1)
        case .type(let index):
            guard let type = module.functionType(at: index) else { return (0, 0) }
            return (type.parameters.count, type.results.count)
        }
    }

    /// The effect of an instruction that is no block and does not leave for elsewhere for good; nil where it is not known.
    func effect(of instruction: Instruction) -> (pops: Int, pushes: Int)? {
        switch (instruction.opcode, instruction.immediate) {
        case (.nop, _): return (0, 0)
        case (.drop, _), (.localSet, _), (.globalSet, _), (.brIf, _): return (1, 0)
        case (.select, _), (.selectTyped, _): return (3, 1)
        case (.localGet, _), (.globalGet, _), (.refNull, _), (.refFunc, _), (.tableSize, _): return (0, 1)
        case (.localTee, _), (.tableGet, _), (.refIsNull, _), (.refAsNonNull, _), (.refTest, _), (.refTestNull, _),
            (.refCast, _), (.refCastNull, _), (.brOnCast, _), (.brOnCastFail, _), (.brOnNull, _), (.refI31, _),
            (.i31GetS, _), (.i31GetU, _), (.anyConvertExtern, _), (.externConvertAny, _), (.arrayLen, _),
            (.structGet, _), (.structGetS, _), (.structGetU, _), (.arrayNewDefault, _):
            return (1, 1)
        case (.tableSet, _), (.structSet, _): return (2, 0)
        case (.refEq, _), (.tableGrow, _), (.arrayGet, _), (.arrayGetS, _), (.arrayGetU, _), (.arrayNew, _),
            (.arrayNewData, _), (.arrayNewElem, _):
            return (2, 1)
        case (.memoryInit, _), (.memoryCopy, _), (.memoryFill, _), (.tableInit, _), (.tableCopy, _), (.tableFill, _),
            (.arraySet, _):
            return (3, 0)
        case (.arrayFill, _), (.arrayInitData, _), (.arrayInitElem, _): return (4, 0)
        case (.arrayCopy, _): return (5, 0)
        case (.structNewDefault, _): return (0, 1)
        case (.arrayNewFixed, .typeAndLength(_, let length)): return (Int(length), 1)
        case (.call, .function(let callee)):
            guard callee.position < functionTypes.count else { return nil }
            return effect(functionTypes[callee.position], extra: 0)
        case (.callIndirect, .callIndirect(let type, _)), (.callRef, .type(let type)): return effect(type, extra: 1)
        default:
            guard let operands = instruction.opcode.row.operands, let results = instruction.opcode.row.results else {
                return nil
            }
            return (operands.count, results.count)
        }
    }

    private func effect(_ type: TypeIndex, extra: Int) -> (pops: Int, pushes: Int)? {
        module.functionType(at: type).map { ($0.parameters.count + extra, $0.results.count) }
    }
}
