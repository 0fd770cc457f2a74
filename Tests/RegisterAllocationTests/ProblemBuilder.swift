import RegisterAllocation

func i(_ encoding: UInt8) -> PhysicalRegister { PhysicalRegister(.integer, encoding) }
func v(_ encoding: UInt8) -> PhysicalRegister { PhysicalRegister(.vector, encoding) }

/// Builds problems block by block; blocks are named by labels, which may be used before their blocks begin.
struct ProblemBuilder {
    private(set) var problem = AllocationProblem()
    private var labelCount = 0
    private var blockOfLabel: [Int: Int] = [:]
    private var labelOfEdge: [Int] = []
    private var firstInstruction = 0
    private var parameters = 0..<0

    init(integers: Int, vectors: Int) {
        problem.scratch = [i(31), v(31)]
        problem.allocatable = RegisterSet(
            (0..<integers).map { i(UInt8($0)) } + (0..<vectors).map { v(UInt8($0)) }
        )
    }

    mutating func value(_ kind: VirtualRegisterKind = .integer) -> VirtualRegister {
        problem.registerKinds.append(kind)
        return VirtualRegister(problem.registerKinds.count - 1)
    }

    mutating func label() -> Int {
        labelCount += 1
        return labelCount
    }

    mutating func begin(_ label: Int, parameters values: [VirtualRegister] = []) {
        blockOfLabel[label] = problem.blocks.count
        firstInstruction = problem.instructions.count
        parameters = problem.blockParameters.count..<problem.blockParameters.count + values.count
        problem.blockParameters += values
    }

    mutating func instruction(_ operands: [Operand], clobbers: RegisterSet = RegisterSet()) {
        problem.instructions.append(
            AllocationInstruction(
                firstOperand: problem.operands.count,
                operandCount: operands.count,
                clobbers: clobbers
            )
        )
        problem.operands += operands
    }

    /// Ends the block; its last instruction is the terminator.
    /// - Parameter exceptional: the position of the edge that is taken by an exception.
    mutating func end(_ edges: [(label: Int, arguments: [VirtualRegister])] = [], exceptional: Int? = nil) {
        let firstEdge = problem.edges.count
        for (position, edge) in edges.enumerated() {
            let first = problem.edgeArguments.count
            problem.edgeArguments += edge.arguments
            problem.edges.append(
                AllocationEdge(
                    target: -1,
                    arguments: first..<problem.edgeArguments.count,
                    isExceptional: position == exceptional
                )
            )
            labelOfEdge.append(edge.label)
        }
        problem.blocks.append(
            AllocationBlock(
                instructions: firstInstruction..<problem.instructions.count,
                parameters: parameters,
                successors: firstEdge..<problem.edges.count
            )
        )
    }

    /// The problem, all of whose labels have begun.
    func finished() -> AllocationProblem {
        var result = problem
        for edge in result.edges.indices { result.edges[edge].target = blockOfLabel[labelOfEdge[edge]]! }
        return result
    }
}
