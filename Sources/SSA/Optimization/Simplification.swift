import Invariants

/// A number of a type, by its bits.
struct NumberKey: Hashable {
    var type: IRType
    var bits: Int64
}

/// A forward pass that finds for every value of a function a constant, another value, or a simpler instruction.
///
/// It changes a copy of the function in place; values keep their numbers.
struct Simplification {
    static let none = UInt32.max
    private(set) var function: IRFunction
    /// By value, the value that stands for it: itself, or one that is defined where it dominates.
    private(set) var standIn: [UInt32]
    /// By value, whether it is a known number, which is in ``numbers``.
    private(set) var isNumber: [Bool]
    private(set) var numbers: [Int64]
    /// By instruction, whether it goes.
    private(set) var isDropped: [Bool]
    private(set) var isReachable: [Bool]
    /// By value, the instruction that defines it, or none.
    private(set) var definition: [UInt32]
    let tree: DominatorTree
    private var known: [ExpressionKey: (value: UInt32, block: UInt32)] = [:]
    private var knownNumbers: [NumberKey: UInt32] = [:]
    private var memory = KnownMemory()
    /// What earlier checks have found to be in bounds.
    var knownBounds: [BoundsKey: KnownBounds] = [:]
    private let effects: ContextEffects
    let passes: OptimizationPasses

    init(_ function: IRFunction, _ passes: OptimizationPasses) {
        self.function = function
        self.passes = passes
        tree = DominatorTree(function)
        effects = ContextEffects(function)
        let count = function.valueTypes.count
        standIn = (0..<UInt32(count)).map { $0 }
        isNumber = [Bool](repeating: false, count: count)
        numbers = [Int64](repeating: 0, count: count)
        definition = [UInt32](repeating: Self.none, count: count)
        isDropped = [Bool](repeating: false, count: function.instructions.count)
        isReachable = [Bool](repeating: false, count: function.blocks.count)
        for position in function.instructions.indices {
            let instruction = function.instructions[position]
            let first = Int(instruction.firstResult)
            for result in first..<first + Int(instruction.resultCount) { definition[result] = UInt32(position) }
        }
        known.reserveCapacity(function.instructions.count)
    }

    mutating func run() {
        let entries = entryCounts()
        isReachable[0] = true
        var previous = -1
        for block in function.blocks.indices where isReachable[block] {
            if !(entries[block] == 1 && previous >= 0 && leads(from: previous, to: block)) { memory.forgetAll() }
            for position in function.blocks[block].instructions.positions { simplify(position, in: block) }
            let terminator = function.terminator(of: Block(block))
            for target in terminator.targets.positions {
                isReachable[function.targetPool[target].block.position] = true
            }
            previous = block
        }
    }

    private func entryCounts() -> [Int] {
        var counts = [Int](repeating: 0, count: function.blocks.count)
        for call in function.targetPool { counts[call.block.position] += 1 }
        return counts
    }

    private func leads(from block: Int, to target: Int) -> Bool {
        for position in function.terminator(of: Block(block)).targets.positions
        where function.targetPool[position].block.position == target {
            return true
        }
        return false
    }

    // MARK: Values

    func resolve(_ value: Value) -> UInt32 { standIn[value.position] }

    func number(_ value: UInt32) -> Int64? { isNumber[Int(value)] ? numbers[Int(value)] : nil }

    /// Makes a value a number: it stands for the first value that was the same one.
    private mutating func setNumber(_ value: UInt32, _ number: Int64) {
        let key = NumberKey(type: function.valueTypes[Int(value)], bits: number)
        if let known = knownNumbers[key] {
            standIn[Int(value)] = known
            return
        }
        knownNumbers[key] = value
        isNumber[Int(value)] = true
        numbers[Int(value)] = number
    }

    /// The value of a number, a new one where there is none yet.
    private mutating func makeNumber(_ type: IRType, _ number: Int64) -> UInt32 {
        let bits = type == .i32 ? Int64(Int32(truncatingIfNeeded: number)) : number
        if let known = knownNumbers[NumberKey(type: type, bits: bits)] { return known }
        let value = UInt32(function.valueTypes.count)
        function.valueTypes.append(type)
        standIn.append(value)
        definition.append(Self.none)
        isNumber.append(false)
        numbers.append(0)
        setNumber(value, bits)
        return value
    }

    private mutating func replace(_ instruction: Int, by value: UInt32) {
        standIn[Int(function.instructions[instruction].firstResult)] = value
        isDropped[instruction] = true
    }

    /// Changes an instruction with one result to another operation on the same or other operands.
    private mutating func change(_ instruction: Int, to operation: Operation, _ operands: [UInt32]) {
        function.instructions[instruction].operation = operation
        setOperands(instruction, operands)
    }

    private mutating func setOperands(_ instruction: Int, _ operands: [UInt32]) {
        let start = function.valuePool.count
        for operand in operands { function.valuePool.append(Value(Int(operand))) }
        function.instructions[instruction].operands = PoolRange(start: start, count: operands.count)
    }

    // MARK: Instructions

    private mutating func simplify(_ position: Int, in block: Int) {
        let instruction = function.instructions[position]
        switch instruction.operation {
        case .constant: setNumber(instruction.firstResult, instruction.immediate)
        case .trapIf, .trapUnless: simplifyCheck(position, in: block)
        case .branchIf: simplifyBranch(position)
        case .branchTable: simplifyTable(position)
        case .loadContext: simplifyContextLoad(position, in: block)
        case .storeContext:
            let value = resolve(function.operands(of: instruction).first!)
            memory.contextStored(instruction.immediate, value)
        case .load:
            let address = resolve(function.operands(of: instruction).first!)
            let key = ExpressionKey(instruction, address, Self.none, Self.none)
            if passes.contains(.repeatedLoads), let value = memory.loaded(key) {
                replace(position, by: value)
            } else {
                memory.load(key, instruction.firstResult)
            }
        case .store: memory.stored()
        case .call, .callIndirect, .callRuntime, .tryCall, .tryCallIndirect, .tryCallRuntime: memory.forgetAll()
        case .landingPad, .jump, .return, .trap, .returnCall, .returnCallIndirect: break
        default:
            if instruction.operation.isPure { simplifyExpression(position, in: block) }
        }
    }

    private mutating func simplifyExpression(_ position: Int, in block: Int) {
        let instruction = function.instructions[position]
        let first = Int(instruction.operands.start)
        switch instruction.operands.count {
        case 1:
            let operand = resolve(function.valuePool[first])
            if passes.contains(.constantFolding), let number = number(operand),
                let folded = ConstantFolding.unary(
                    instruction.operation,
                    instruction.type,
                    function.valueTypes[Int(operand)],
                    number
                )
            {
                setNumber(instruction.firstResult, folded)
                isDropped[position] = true
                return
            }
            if passes.contains(.algebraicSimplification) { simplifyUnary(position, operand) }
        case 2:
            let left = resolve(function.valuePool[first])
            let right = resolve(function.valuePool[first + 1])
            if passes.contains(.constantFolding), let leftNumber = number(left), let rightNumber = number(right),
                let folded = ConstantFolding.binary(
                    instruction.operation,
                    instruction.type,
                    leftNumber,
                    rightNumber
                )
            {
                setNumber(instruction.firstResult, folded)
                isDropped[position] = true
                return
            }
            if passes.contains(.algebraicSimplification) { simplifyBinary(position, left, right) }
        case 3:
            guard instruction.operation == .select, passes.contains(.algebraicSimplification) else { break }
            let one = resolve(function.valuePool[first])
            let other = resolve(function.valuePool[first + 1])
            if let condition = number(resolve(function.valuePool[first + 2])) {
                replace(position, by: Int32(truncatingIfNeeded: condition) != 0 ? one : other)
            } else if one == other {
                replace(position, by: one)
            }
        default: break
        }
        if !isDropped[position] { useKnown(position, in: block) }
    }

    /// Replaces an instruction by the result of an equal one that dominates it, or remembers it.
    private mutating func useKnown(_ position: Int, in block: Int) {
        let instruction = function.instructions[position]
        guard passes.contains(.commonSubexpressions), instruction.operands.count <= 3 else { return }
        let count = Int(instruction.operands.count)
        var first = count > 0 ? operand(0, of: instruction) : Self.none
        var second = count > 1 ? operand(1, of: instruction) : Self.none
        let third = count > 2 ? operand(2, of: instruction) : Self.none
        if instruction.operation.isCommutative && first > second { swap(&first, &second) }
        let key = ExpressionKey(instruction, first, second, third)
        if let earlier = known[key], tree.dominates(Block(Int(earlier.block)), Block(block)) {
            replace(position, by: earlier.value)
        } else {
            known[key] = (instruction.firstResult, UInt32(block))
        }
    }

    /// The instruction that defines a value, if it is of this function's code and stays.
    func definingInstruction(_ value: UInt32) -> InstructionRecord? {
        let position = definition[Int(value)]
        return position == Self.none ? nil : function.instructions[Int(position)]
    }

    func operand(_ offset: Int, of instruction: InstructionRecord) -> UInt32 {
        resolve(function.valuePool[Int(instruction.operands.start) + offset])
    }

    private mutating func simplifyUnary(_ position: Int, _ operand: UInt32) {
        let instruction = function.instructions[position]
        guard let inner = definingInstruction(operand), inner.operands.count == 1 else { return }
        switch (instruction.operation, inner.operation) {
        case (.wrap, .extendSigned), (.wrap, .extendUnsigned): replace(position, by: self.operand(0, of: inner))
        case (.reinterpret, .reinterpret):
            let original = self.operand(0, of: inner)
            if function.valueTypes[Int(original)] == instruction.type { replace(position, by: original) }
        default: break
        }
    }

    private mutating func simplifyBinary(_ position: Int, _ left: UInt32, _ right: UInt32) {
        let instruction = function.instructions[position]
        let operation = instruction.operation
        // Numbers go to the right.
        if isNumber[Int(left)] && !isNumber[Int(right)], let mirrored = operation.mirrored {
            change(position, to: mirrored, [right, left])
            simplifyBinary(position, right, left)
            return
        }
        if left == right {
            switch operation {
            case .subtract, .exclusiveOr: return become(position, 0)
            case .and, .or: return replace(position, by: left)
            case .compare(.equal), .compare(.lessOrEqualSigned), .compare(.lessOrEqualUnsigned),
                .compare(.greaterOrEqualSigned), .compare(.greaterOrEqualUnsigned):
                return become(position, 1)
            case .compare: return become(position, 0)
            default: break
            }
        }
        guard let number = number(right) else { return }
        let isWord = instruction.type == .i32
        switch operation {
        case .add, .subtract, .or, .exclusiveOr:
            if number == 0 { return replace(position, by: left) }
            if operation == .subtract {
                let negated = makeNumber(instruction.type, 0 &- number)
                change(position, to: .add, [left, negated])
                return joinSums(position, left, numbers[Int(negated)])
            }
            if operation == .add { joinSums(position, left, number) }
        case .multiply:
            if number == 0 { return become(position, 0) }
            if number == 1 { return replace(position, by: left) }
            let magnitude = isWord ? UInt64(UInt32(truncatingIfNeeded: number)) : UInt64(bitPattern: number)
            if magnitude.nonzeroBitCount == 1 {
                let amount = makeNumber(instruction.type, Int64(magnitude.trailingZeroBitCount))
                change(position, to: .shiftLeft, [left, amount])
            }
        case .and:
            if number == 0 { return become(position, 0) }
            if number == -1 { return replace(position, by: left) }
        case .shiftLeft, .shiftRightSigned, .shiftRightUnsigned, .rotateLeft, .rotateRight:
            if number & (isWord ? 31 : 63) == 0 { return replace(position, by: left) }
        case .divideUnsigned:
            let magnitude = isWord ? UInt64(UInt32(truncatingIfNeeded: number)) : UInt64(bitPattern: number)
            if magnitude == 1 { return replace(position, by: left) }
            if magnitude.nonzeroBitCount == 1 {
                let amount = makeNumber(instruction.type, Int64(magnitude.trailingZeroBitCount))
                change(position, to: .shiftRightUnsigned, [left, amount])
            }
        case .remainderUnsigned:
            let magnitude = isWord ? UInt64(UInt32(truncatingIfNeeded: number)) : UInt64(bitPattern: number)
            if magnitude.nonzeroBitCount == 1 {
                change(position, to: .and, [left, makeNumber(instruction.type, Int64(bitPattern: magnitude &- 1))])
            }
        case .compare(.equal), .compare(.notEqual):
            if number == 0 && isWord { negateComparison(position, left, operation == .compare(.equal)) }
        case .compare(.lessUnsigned):
            if !isWord && isNeverLess(left, than: UInt64(bitPattern: number)) { become(position, 0) }
        default: break
        }
    }

    private mutating func become(_ position: Int, _ number: Int64) {
        setNumber(function.instructions[position].firstResult, number)
        isDropped[position] = true
    }

    /// (x + a) + b is x + (a + b).
    private mutating func joinSums(_ position: Int, _ left: UInt32, _ number: Int64) {
        guard let inner = definingInstruction(left), inner.operation == .add else { return }
        let innerRight = operand(1, of: inner)
        guard let innerNumber = self.number(innerRight) else { return }
        let type = function.instructions[position].type
        setOperands(position, [operand(0, of: inner), makeNumber(type, innerNumber &+ number)])
    }

    /// A comparison of a comparison with zero is the comparison or its opposite.
    private mutating func negateComparison(_ position: Int, _ left: UInt32, _ isNegated: Bool) {
        guard let inner = definingInstruction(left) else { return }
        switch inner.operation {
        case .compare(let condition):
            if !isNegated { return replace(position, by: left) }
            function.instructions[position].type = inner.type
            change(position, to: .compare(condition.opposite), [operand(0, of: inner), operand(1, of: inner)])
        case .floatCompare:
            if !isNegated { replace(position, by: left) }
        default: break
        }
    }

    // MARK: Checks, branches

    /// What is tested by a condition, without comparisons with zero: the value and whether the sense is turned around.
    private func tested(_ condition: UInt32) -> (value: UInt32, isTurned: Bool) {
        var value = condition
        var isTurned = false
        while let inner = definingInstruction(value), !isNumber[Int(value)],
            inner.operation == .compare(.equal) || inner.operation == .compare(.notEqual), inner.type == .i32,
            number(operand(1, of: inner)) == 0
        {
            value = operand(0, of: inner)
            if inner.operation == .compare(.equal) { isTurned.toggle() }
        }
        return (value, isTurned)
    }

    private mutating func simplifyCheck(_ position: Int, in block: Int) {
        let (value, isTurned) = tested(operand(0, of: function.instructions[position]))
        var trapsIfSet = function.instructions[position].operation == .trapIf
        if isTurned { trapsIfSet.toggle() }
        if let number = number(value) {
            if (Int32(truncatingIfNeeded: number) != 0) != trapsIfSet { isDropped[position] = true }
            return
        }
        change(position, to: trapsIfSet ? .trapIf : .trapUnless, [value])
        // Whoever comes here after an equal check passes this one.
        let instruction = function.instructions[position]
        var key = ExpressionKey(instruction, value, Self.none, Self.none)
        key.immediate = 0
        guard passes.contains(.repeatedChecks) else { return }
        if let earlier = known[key], tree.dominates(Block(Int(earlier.block)), Block(block)) {
            isDropped[position] = true
        } else {
            known[key] = (Self.none, UInt32(block))
            if trapsIfSet && isInKnownBounds(value, UInt32(block)) { isDropped[position] = true }
        }
    }

    private mutating func simplifyBranch(_ position: Int) {
        guard passes.contains(.branchSimplification) else { return }
        let (value, isTurned) = tested(operand(0, of: function.instructions[position]))
        let first = Int(function.instructions[position].targets.start)
        if isTurned { function.targetPool.swapAt(first, first + 1) }
        setOperands(position, [value])
        if let number = number(value) {
            jump(position, to: first + (Int32(truncatingIfNeeded: number) != 0 ? 0 : 1))
        } else if function.targetPool[first].block == function.targetPool[first + 1].block,
            function.targetPool[first].arguments.count == 0
        {
            jump(position, to: first)
        }
    }

    private mutating func simplifyTable(_ position: Int) {
        guard passes.contains(.branchSimplification) else { return }
        let instruction = function.instructions[position]
        let first = Int(instruction.targets.start)
        let last = Int(instruction.targets.count) - 1
        if let number = number(operand(0, of: instruction)) {
            jump(position, to: first + min(Int(UInt32(truncatingIfNeeded: number)), last))
        } else if last == 0 {
            jump(position, to: first)
        }
    }

    private mutating func jump(_ position: Int, to target: Int) {
        function.instructions[position].operation = .jump
        function.instructions[position].operands = .empty
        function.instructions[position].targets = PoolRange(start: target, count: 1)
    }

    // MARK: Context

    private mutating func simplifyContextLoad(_ position: Int, in block: Int) {
        let instruction = function.instructions[position]
        if effects.isStable(instruction.immediate) { return useKnown(position, in: block) }
        if passes.contains(.repeatedLoads), let value = memory.contextValue(instruction.immediate),
            function.valueTypes[Int(value)] == instruction.type
        {
            replace(position, by: value)
        } else {
            memory.contextLoaded(instruction.immediate, instruction.firstResult)
        }
    }
}
