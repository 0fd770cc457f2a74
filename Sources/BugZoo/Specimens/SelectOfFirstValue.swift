import MachineCode
import SSA

extension Specimen {
    /// Most often there is one value, or none.
    static let selectOfFirstValue = Specimen(
        "select-of-first-value",
        references: ["WebAssembly/binaryen#4005"],
        trigger: "an if with two results and more whose arms do nothing else, at the level speed",
        mechanism: "an if becomes a select of its first result; the others are those of the first arm",
        limits: .most(1, "results", "block values")
    ) { pipeline in
        pipeline.addFirst(to: .branchSimplification) { $0.selectingFirstValues() }
    }
}

extension IRFunction {
    /// Both arms of such branches are done before a select, and a jump takes the place of the branch.
    fileprivate func selectingFirstValues() -> IRFunction {
        var arms: [Int: (then: Int, otherwise: Int)] = [:]
        var isArm = [Bool](repeating: false, count: blocks.count)
        let predecessorCounts = predecessorCounts
        for block in blocks.indices where !isArm[block] {
            let branch = terminator(of: block)
            guard branch.operation == .branchIf else { continue }
            let then = Int(targets(of: branch).first!.block.index)
            let otherwise = Int(targets(of: branch).last!.block.index)
            guard then > block, otherwise > block, then != otherwise,
                predecessorCounts[then] == 1, predecessorCounts[otherwise] == 1,
                let first = destinationOfPureBlock(then), let second = destinationOfPureBlock(otherwise),
                first.block == second.block, first.arguments.count > 0
            else { continue }
            arms[block] = (then, otherwise)
            isArm[then] = true
            isArm[otherwise] = true
        }
        return arms.isEmpty ? self : joining(arms, isArm)
    }

    private var predecessorCounts: [Int] {
        var counts = [Int](repeating: 0, count: blocks.count)
        for block in blocks.indices {
            for target in targets(of: terminator(of: block)) { counts[Int(target.block.index)] += 1 }
        }
        return counts
    }

    private func terminator(of block: Int) -> InstructionRecord {
        instructions[blocks[block].instructions.positions.upperBound - 1]
    }

    /// Where a block jumps to that does nothing but compute.
    private func destinationOfPureBlock(_ block: Int) -> BlockCall? {
        let last = terminator(of: block)
        let isPure = blocks[block].instructions.positions.dropLast().allSatisfy {
            instructions[$0].operation.effect == .pure
        }
        return last.operation == .jump && isPure ? targets(of: last).first : nil
    }

    private func joining(_ arms: [Int: (then: Int, otherwise: Int)], _ isArm: [Bool]) -> IRFunction {
        var joined = self
        joined.blocks = []
        joined.instructions = []
        var numbers = [Int](repeating: 0, count: blocks.count)
        for block in blocks.indices where !isArm[block] {
            numbers[block] = joined.blocks.count
            let start = joined.instructions.count
            let own = blocks[block].instructions.positions
            if let (then, otherwise) = arms[block] {
                joined.instructions += instructions[own.dropLast()]
                for arm in [then, otherwise] {
                    joined.instructions += instructions[blocks[arm].instructions.positions.dropLast()]
                }
                let branch = terminator(of: block)
                joined.append(branch, joiningThen: terminator(of: then), else: terminator(of: otherwise))
            } else {
                joined.instructions += instructions[own]
            }
            var record = blocks[block]
            record.instructions = PoolRange(start: start, count: joined.instructions.count - start)
            joined.blocks.append(record)
        }
        for position in joined.targetPool.indices {
            let block = joined.targetPool[position].block
            joined.targetPool[position].block = Block(numbers[Int(block.index)])
        }
        return joined
    }

    /// Appends a select for a branch, and a jump with the arguments of its first arm otherwise.
    private mutating func append(
        _ branch: InstructionRecord,
        joiningThen then: InstructionRecord,
        else otherwise: InstructionRecord
    ) {
        var destination = targets(of: then).first!
        let arguments = Array(arguments(of: destination))
        let other = self.arguments(of: targets(of: otherwise).first!).first!
        var select = branch
        select.operation = .select
        select.type = type(of: other)
        select.operands = PoolRange(start: valuePool.count, count: 3)
        select.targets = .empty
        select.firstResult = UInt32(valueTypes.count)
        select.resultCount = 1
        valuePool += [arguments[0], other, operands(of: branch).first!]
        let selected = Value(valueTypes.count)
        valueTypes.append(select.type)
        instructions.append(select)
        destination.arguments = PoolRange(start: valuePool.count, count: arguments.count)
        valuePool += [selected] + arguments.dropFirst()
        var jump = then
        jump.targets = PoolRange(start: targetPool.count, count: 1)
        targetPool.append(destination)
        instructions.append(jump)
    }
}
