import WasmModel

/// Deletes what uses up one value, with what made it, however far above; a value that is one of several is dropped instead.
///
/// Where a body leaves values on the stack for what follows much later, as programs that put results together do, neither is an expression, nor
/// does either leave the stack as it was.
struct RemoveSinks: ReductionPass {
    let name = "sinks"
    let walk = ReductionWalk.anywhere

    private func sinks(_ module: Module) -> [[OperandSinks.Sink]] {
        let effects = StackEffects(module)
        return module.functions.map { function in
            OperandSinks(function, effects).sinks.filter { sink in
                // A drop of what cannot be taken away stays.
                sink.source != nil || sink.range.count > 1 || function.body[sink.range.lowerBound].opcode != .drop
            }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [sinks(subject.module).reduce(0) { $0 + $1.count }] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for (number, chosen) in sinks(subject.module).selection(range) {
            let function = subject.module.functions[number]
            var isRemoved = [Bool](repeating: false, count: function.body.count)
            var drops: Set<Int> = []
            // Of those that have instructions in common only the first, each being looked at as often as it is chosen.
            for sink in chosen where !isRemoved[sink.range.lowerBound] && !isRemoved[sink.range.upperBound - 1] {
                if let source = sink.source, !isRemoved[source.lowerBound], !isRemoved[source.upperBound - 1] {
                    for position in source { isRemoved[position] = true }
                } else {
                    drops.insert(sink.range.lowerBound)
                }
                for position in sink.range { isRemoved[position] = true }
            }
            var body: [Instruction] = []
            body.reserveCapacity(function.body.count)
            for position in function.body.indices {
                if drops.contains(position) { body.append(Instruction(.drop)) }
                if !isRemoved[position] { body.append(function.body[position]) }
            }
            simpler.module.functions[number] = Function(type: function.type, locals: function.locals, body: body)
        }
        return simpler
    }
}

/// The shortest ranges of a body after which the operand stack is one lower than before, never having been lower than that.
struct OperandSinks {
    /// A range, and the instructions that make the value which it uses up.
    struct Sink {
        var range: Range<Int>
        /// Nil where the value is one of several, or a parameter of a block.
        var source: Range<Int>?
    }

    /// In the order in which they end.
    private(set) var sinks: [Sink] = []

    private struct Frame {
        /// What the block makes, up to where it begins; nil where that is not known.
        var start: Int?
        /// The height without the block's parameters.
        var base: Int
        var parameters = 0
        var results: Int
        var isReached = true
        /// What made the value around the block that it uses up, if it uses up one.
        var used: Range<Int>?
        /// By the height above the base, the last instruction before which the stack was so high.
        var last: [Int?] = []

        /// Notes that the stack is so high before an instruction.
        mutating func note(_ position: Int, height: Int) {
            last.removeLast(max(0, last.count - height - 1))
            last += [Int?](repeating: nil, count: max(0, height + 1 - last.count))
            last[height] = position
        }
    }

    /// What made each value of the stack; nil for one of several.
    private var stack: [Range<Int>?] = []
    private var frames: [Frame]

    init(_ function: Function, _ effects: StackEffects) {
        frames = [Frame(base: 0, results: 0)]
        for (position, instruction) in function.body.enumerated() {
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable: open(position, instruction, effects.counts(of: instruction))
            case .else: reopen()
            case .end:
                close(position)
                if frames.isEmpty { return }
            default: pass(position, effects.effect(of: instruction))
            }
        }
    }

    private var height: Int { stack.count - frames[frames.count - 1].base }

    /// Where an instruction that takes so many values off the stack begins with its operands; nil where that is not known.
    private func start(of position: Int, taking count: Int) -> Int? {
        if count == 0 { return position }
        let operands = stack.suffix(count)
        return operands.contains { $0 == nil } ? nil : operands.first.flatMap { $0?.lowerBound }
    }

    /// The value that an instruction uses up, which takes and gives so many.
    private func used(taking taken: Int, giving given: Int) -> Range<Int>? {
        taken > given ? stack[stack.count - taken + given] : nil
    }

    /// Adds the sink that ends with an instruction, if the stack is lower behind it.
    private mutating func addSink(endingAt position: Int, _ used: Range<Int>?) {
        let last = frames[frames.count - 1].last
        guard height + 1 < last.count, let start = last[height + 1] else { return }
        sinks.append(Sink(range: start..<position + 1, source: used))
    }

    private mutating func pass(_ position: Int, _ effect: (pops: Int, pushes: Int)?) {
        guard frames[frames.count - 1].isReached else { return }
        guard let effect, height >= effect.pops else {
            frames[frames.count - 1].isReached = false
            return
        }
        frames[frames.count - 1].note(position, height: height)
        let used = used(taking: effect.pops, giving: effect.pushes)
        let start = effect.pushes == 1 ? start(of: position, taking: effect.pops) : nil
        stack.removeLast(effect.pops)
        stack += [Range<Int>?](repeating: start.map { $0..<position + 1 }, count: effect.pushes)
        addSink(endingAt: position, used)
    }

    private mutating func open(
        _ position: Int,
        _ instruction: Instruction,
        _ counts: (parameters: Int, results: Int)
    ) {
        let taken = counts.parameters + (instruction.opcode == .if ? 1 : 0)
        let isReached = frames[frames.count - 1].isReached && height >= taken
        var frame = Frame(base: stack.count, parameters: counts.parameters, results: counts.results)
        frame.isReached = isReached
        if isReached {
            frames[frames.count - 1].note(position, height: height)
            frame.start = start(of: position, taking: taken)
            frame.used = used(taking: taken, giving: counts.results)
            stack.removeLast(taken)
            frame.base = stack.count
        } else {
            frames[frames.count - 1].isReached = false
        }
        frames.append(frame)
        stack += [Range<Int>?](repeating: nil, count: counts.parameters)
    }

    private mutating func reopen() {
        let frame = frames[frames.count - 1]
        stack.removeLast(max(0, height))
        stack += [Range<Int>?](repeating: nil, count: frame.parameters)
        frames[frames.count - 1].last = []
        frames[frames.count - 1].isReached = frames.count > 1 && frames[frames.count - 2].isReached
    }

    private mutating func close(_ position: Int) {
        stack.removeLast(max(0, height))
        let frame = frames.removeLast()
        guard let outer = frames.last else { return }
        let source = frame.results == 1 ? frame.start.map { $0..<position + 1 } : nil
        stack += [Range<Int>?](repeating: source, count: frame.results)
        if outer.isReached { addSink(endingAt: position, frame.used) }
    }
}
