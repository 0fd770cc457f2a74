/// A stretch of the program in which a value is needed, in points.
///
/// Instruction `i` has the points `2 * i`, at which early operands are read or written, and `2 * i + 1` for late ones.
/// Moves before instruction `i` happen between the points `2 * i - 1` and `2 * i`.
struct LiveRange: Hashable {
    /// The first point.
    var from: Int32
    /// The point after the last one.
    var to: Int32
    var value: Int32
}

/// A stretch in which a value must be in a register because an operand says so.
///
/// Instruction `i` has the points `2 * i`, at which early operands are read or written, and `2 * i + 1` for late ones.
public struct Anchor: Hashable, Sendable {
    /// The first point.
    public var from: Int32
    /// The point after the last one.
    public var to: Int32
    /// What it costs to be without a register.
    var weight: Float
}

/// What the operands of a problem demand of one value; together, as passes look at most of it for each operand.
struct LiveValue {
    /// The position of the first range.
    var firstRange: Int32 = 0
    /// The position of the first anchor.
    var firstAnchor: Int32 = 0
    /// The first point of the value's life; -1 where it is never defined.
    var start: Int32 = -1
    /// The instruction that defines it; -1 for block parameters.
    var definition: Int32 = -1
    /// The block that defines it.
    var home: Int32 = -1
    /// The least point after its life, even if nothing uses it.
    var leastEnd: Int32 = 0
    /// What its operands weigh together.
    var weight: Float = 0
    /// The register of a fixed operand, or 255.
    var hint: UInt8 = 255
    /// Whether an operand demands that it is in its slot.
    var isInSlot = false
}

/// What the operands of a problem demand, by value: where each value lives, and where it must be in a register.
///
/// A fixed use counts as a copy of the value that is made before the instruction, and so does a use whose register a
/// definition takes over; a fixed definition counts as a copy that is made after the instruction. What is left demands
/// a register of no particular number, or nothing. Linear in operands plus the number of blocks in which each value
/// lives.
struct LiveRanges {
    /// The ranges of all values, each value's in ascending order in a row.
    var ranges: [LiveRange] = []
    var anchors: [Anchor] = []
    /// All values, by their numbers; one more at the end, for where the last one's ranges and anchors end.
    var values: [LiveValue]
    /// By instruction, its block.
    var blockOf: [Int32]
    /// By block, how many loops it is in, as far as the layout shows.
    var depth: [Int32]
    /// By block, the first and the last block of the innermost loop around it, as the layout shows; itself where there
    /// is none.
    private var loops: [(first: Int32, last: Int32)] = []
    /// By block, the point at which it begins; one more at the end.
    var blockStart: [Int32] = []
    /// By block, the position in ``predecessors`` of its first predecessor; one more at the end.
    var firstPredecessor: [Int32]
    /// The edges that lead to each block, as positions of blocks that they come from.
    var predecessors: [Int32]

    /// Finds the ranges of all values of a problem.
    init(_ problem: AllocationProblem) {
        let blockCount = problem.blocks.count
        values = [LiveValue](repeating: LiveValue(), count: problem.registerKinds.count + 1)
        blockOf = [Int32](repeating: 0, count: problem.instructions.count)
        depth = [Int32](repeating: 0, count: blockCount)
        firstPredecessor = [Int32](repeating: 0, count: blockCount + 1)
        predecessors = [Int32](repeating: 0, count: problem.edges.count)
        findPredecessorsAndLoops(problem)
        var survey = OperandSurvey()
        survey.collect(problem, &self)
        fillAnchors(survey)
        fillRanges(problem, survey)
    }

    /// The number of values.
    var valueCount: Int { values.count - 1 }

    /// The positions of a value's ranges.
    func rangePositions(of value: Int) -> Range<Int> {
        Int(values[value].firstRange)..<Int(values[value + 1].firstRange)
    }

    /// The weight of an operand in a block.
    func operandWeight(inBlock block: Int) -> Float {
        switch min(depth[block], 4) {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        default: 10_000
        }
    }

    private mutating func findPredecessorsAndLoops(_ problem: AllocationProblem) {
        for edge in problem.edges { firstPredecessor[edge.target + 1] += 1 }
        for block in problem.blocks.indices { firstPredecessor[block + 1] += firstPredecessor[block] }
        var next = firstPredecessor
        var change = [Int32](repeating: 0, count: problem.blocks.count + 1)
        for (block, shape) in problem.blocks.enumerated() {
            for instruction in shape.instructions { blockOf[instruction] = Int32(block) }
            for edge in shape.successors {
                let target = problem.edges[edge].target
                predecessors[Int(next[target])] = Int32(block)
                next[target] += 1
                if target <= block {
                    change[target] += 1
                    change[block + 1] -= 1
                }
            }
        }
        var level: Int32 = 0
        for block in problem.blocks.indices {
            level += change[block]
            depth[block] = level
        }
        blockStart = problem.blocks.map { Int32($0.instructions.lowerBound) * 2 }
        blockStart.append(Int32(problem.instructions.count) * 2)
        findLoops(problem)
    }

    private mutating func findLoops(_ problem: AllocationProblem) {
        // By block, the last block of the largest loop that begins there.
        var lastOfLoop = [Int32](repeating: -1, count: problem.blocks.count)
        for (block, shape) in problem.blocks.enumerated() {
            for edge in shape.successors where problem.edges[edge].target <= block {
                lastOfLoop[problem.edges[edge].target] = Int32(block)
            }
        }
        var open: [(first: Int32, last: Int32)] = []
        loops.reserveCapacity(problem.blocks.count)
        for block in Int32(0)..<Int32(problem.blocks.count) {
            while let last = open.last, last.last < block { open.removeLast() }
            if lastOfLoop[Int(block)] >= 0 { open.append((block, lastOfLoop[Int(block)])) }
            loops.append(open.last ?? (block, block))
        }
    }

    /// The points of the innermost loop around a point; nothing but the point where there is none.
    func loop(of point: Int32) -> (from: Int32, to: Int32) {
        let block = Int(blockOf[Int(point / 2)])
        if depth[block] == 0 { return (point, point + 1) }
        return (blockStart[Int(loops[block].first)], blockStart[Int(loops[block].last) + 1])
    }

    private mutating func fillAnchors(_ survey: OperandSurvey) {
        for (value, _) in survey.anchors { values[Int(value) + 1].firstAnchor += 1 }
        for value in values.indices.dropLast() { values[value + 1].firstAnchor += values[value].firstAnchor }
        var next = values.map(\.firstAnchor)
        anchors = [Anchor](repeating: Anchor(from: 0, to: 0, weight: 0), count: survey.anchors.count)
        for (value, anchor) in survey.anchors {
            anchors[Int(next[Int(value)])] = anchor
            next[Int(value)] += 1
        }
    }

    /// Follows each value from its uses back to its definition.
    private mutating func fillRanges(_ problem: AllocationProblem, _ survey: OperandSurvey) {
        var firstUse = [Int32](repeating: 0, count: valueCount + 1)
        for use in survey.uses { firstUse[Int(use.value) + 1] += 1 }
        for value in values.indices.dropLast() { firstUse[value + 1] += firstUse[value] }
        var next = firstUse
        var ends = [Int32](repeating: 0, count: survey.uses.count)
        for use in survey.uses {
            ends[Int(next[Int(use.value)])] = use.end
            next[Int(use.value)] += 1
        }
        ranges.reserveCapacity(valueCount)
        var walk = LivenessWalk(blockCount: problem.blocks.count)
        for value in values.indices.dropLast() {
            values[value].firstRange = Int32(ranges.count)
            guard values[value].start >= 0 else { continue }
            let uses = Int(firstUse[value])..<Int(firstUse[value + 1])
            let home = values[value].home
            var last = values[value].start
            var isLocal = true
            for use in uses {
                if blockOf[Int(ends[use] - 1) / 2] == home { last = max(last, ends[use]) } else { isLocal = false }
            }
            if isLocal {
                last = max(last, values[value].leastEnd)
                if last > values[value].start {
                    ranges.append(LiveRange(from: values[value].start, to: last, value: Int32(value)))
                }
                continue
            }
            walk.follow(value, home: home, ends: ends[uses], problem, &self)
        }
        values[valueCount].firstRange = Int32(ranges.count)
    }
}

/// The operands of a problem, sorted by what they mean for the values.
struct OperandSurvey {
    struct Use {
        var value: Int32
        /// The point after the last one at which the value is needed.
        var end: Int32
    }
    var uses: [Use] = []
    var anchors: [(value: Int32, anchor: Anchor)] = []

    mutating func collect(_ problem: AllocationProblem, _ ranges: inout LiveRanges) {
        uses.reserveCapacity(problem.operands.count)
        for (block, shape) in problem.blocks.enumerated() {
            let weight = ranges.operandWeight(inBlock: block)
            let first = Int32(shape.instructions.lowerBound) * 2
            for position in shape.parameters {
                let value = problem.blockParameters[position].position
                ranges.values[value].home = Int32(block)
                ranges.values[value].start = first
            }
            for instruction in shape.instructions {
                collect(instruction, block, weight, first, problem, &ranges)
            }
            let terminator = Int32(shape.instructions.upperBound) - 1
            for edge in shape.successors {
                let target = problem.edges[edge].target
                let isBefore =
                    switch EdgeSite(from: block, to: target, problem, ranges) {
                    case .beforeTerminator, .beforeOperands: true
                    case .atTarget, .nowhere: false
                    }
                for position in problem.edges[edge].arguments {
                    let value = Int32(problem.edgeArguments[position].index)
                    uses.append(Use(value: value, end: terminator * 2 + (isBefore ? 1 : 2)))
                    ranges.values[Int(value)].weight += weight * 0.5
                }
            }
        }
    }

    private mutating func collect(
        _ instruction: Int,
        _ block: Int,
        _ weight: Float,
        _ blockStart: Int32,
        _ problem: AllocationProblem,
        _ ranges: inout LiveRanges
    ) {
        let operands = problem.instructions[instruction].operands
        let early = Int32(instruction) * 2
        var reused: UInt64 = 0
        for position in operands {
            if case .reuse(let use) = problem.operands[position].constraint, use < 64 { reused |= 1 << UInt64(use) }
        }
        for position in operands {
            let operand = problem.operands[position]
            let value = operand.register.position
            let isLate = operand.position == .late
            switch operand.role {
            case .definition:
                ranges.values[value].home = Int32(block)
                ranges.values[value].definition = Int32(instruction)
                var from = isLate ? early + 1 : early
                var isAnchor = false
                switch operand.constraint {
                case .any: break
                case .stack: ranges.values[value].isInSlot = true
                case .register: isAnchor = true
                case .reuse:
                    from = early
                    isAnchor = true
                case .fixed(let register):
                    ranges.values[value].hint = register.number
                    from = early + 2
                }
                ranges.values[value].start = from
                ranges.values[value].leastEnd = early + 2
                ranges.values[value].weight += isAnchor ? weight : weight * 0.5
                if isAnchor { anchors.append((Int32(value), Anchor(from: from, to: early + 2, weight: weight))) }
            case .use:
                var end = isLate ? early + 2 : early + 1
                var isAnchor = false
                switch operand.constraint {
                case .any, .reuse: break
                case .stack: ranges.values[value].isInSlot = true
                case .fixed(let register):
                    if ranges.values[value].hint == 255 { ranges.values[value].hint = register.number }
                case .register:
                    let index = position - operands.lowerBound
                    if index < 64, reused >> UInt64(index) & 1 != 0 {
                        // A copy; where the value ends with it, the copy may be in the same register.
                        let since = ranges.values[value].home == Int32(block) ? ranges.values[value].start : blockStart
                        if since < early, !ranges.values[value].isInSlot, isOnlyUse(position, in: operands, problem) {
                            end = early
                        }
                    } else {
                        isAnchor = true
                    }
                }
                uses.append(Use(value: Int32(value), end: end))
                ranges.values[value].weight += isAnchor ? weight : weight * 0.5
                if isAnchor { anchors.append((Int32(value), Anchor(from: early, to: end, weight: weight))) }
            }
        }
    }

    private func isOnlyUse(_ position: Int, in operands: Range<Int>, _ problem: AllocationProblem) -> Bool {
        let register = problem.operands[position].register
        return operands.allSatisfy {
            $0 == position || problem.operands[$0].role == .definition || problem.operands[$0].register != register
        }
    }
}

/// Where the moves of an edge are done.
enum EdgeSite {
    case beforeTerminator
    /// Before a terminator that reads operands, which the moves must not overwrite: they may write slots only.
    case beforeOperands
    case atTarget
    /// Nowhere: the block before has several successors or a terminator with definitions, the one after several
    /// predecessors.
    case nowhere

    init(from block: Int, to target: Int, _ problem: AllocationProblem, _ ranges: LiveRanges) {
        let shape = problem.blocks[block]
        let operands = problem.instructions[shape.instructions.upperBound - 1].operands
        if shape.successors.count == 1 && operands.isEmpty {
            self = .beforeTerminator
        } else if ranges.firstPredecessor[target + 1] - ranges.firstPredecessor[target] == 1 {
            self = .atTarget
        } else if shape.successors.count == 1 && operands.allSatisfy({ problem.operands[$0].role == .use }) {
            self = .beforeOperands
        } else {
            self = .nowhere
        }
    }
}

/// Finds the blocks in which one value after the other lives.
private struct LivenessWalk {
    /// By block, the last value (plus one) that was found to live at its start, and at its end.
    var startMark: [Int32]
    var endMark: [Int32]
    /// By block, the end of the last use of the present value, if the mark says that it is of the present value.
    var useEnd: [Int32]
    var useMark: [Int32]
    var touched: [Int32] = []
    var pending: [Int32] = []

    init(blockCount: Int) {
        startMark = [Int32](repeating: 0, count: blockCount)
        endMark = startMark
        useEnd = startMark
        useMark = startMark
    }

    mutating func follow(
        _ value: Int,
        home: Int32,
        ends: ArraySlice<Int32>,
        _ problem: AllocationProblem,
        _ ranges: inout LiveRanges
    ) {
        let mark = Int32(value) + 1
        touched.removeAll(keepingCapacity: true)
        touch(Int(home), mark)
        for end in ends {
            let block = Int(ranges.blockOf[Int(end - 1) / 2])
            touch(block, mark)
            useEnd[block] = max(useEnd[block], end)
            enter(block, home, mark)
        }
        while let block = pending.popLast() {
            for position in ranges.firstPredecessor[Int(block)]..<ranges.firstPredecessor[Int(block) + 1] {
                let before = Int(ranges.predecessors[Int(position)])
                if endMark[before] == mark { continue }
                endMark[before] = mark
                touch(before, mark)
                enter(before, home, mark)
            }
        }
        touched.sort()
        for block in touched {
            let instructions = problem.blocks[Int(block)].instructions
            let from = block == home ? ranges.values[value].start : Int32(instructions.lowerBound) * 2
            let to = endMark[Int(block)] == mark ? Int32(instructions.upperBound) * 2 : useEnd[Int(block)]
            guard from < to else { continue }
            if let last = ranges.ranges.last, last.value == Int32(value), last.to == from {
                ranges.ranges[ranges.ranges.count - 1].to = to
            } else {
                ranges.ranges.append(LiveRange(from: from, to: to, value: Int32(value)))
            }
        }
    }

    private mutating func touch(_ block: Int, _ mark: Int32) {
        guard useMark[block] != mark else { return }
        useMark[block] = mark
        useEnd[block] = 0
        touched.append(Int32(block))
    }

    /// Notes that the value lives at the start of a block, unless it begins there.
    private mutating func enter(_ block: Int, _ home: Int32, _ mark: Int32) {
        guard Int32(block) != home, startMark[block] != mark else { return }
        startMark[block] = mark
        pending.append(Int32(block))
    }
}
