import Invariants
import RegisterAllocation

extension Specimen {
    /// Before a jump whatever is in no argument's register holds nothing that anybody reads again; in the end there is no
    /// such register.
    static let noScratchForMemoryMoves = Specimen(
        "no-scratch-for-memory-moves",
        references: ["bytecodealliance/wasmtime#12399"],
        trigger:
            "a branch with values in all registers of a class and one that goes from slot to slot, at the level none",
        mechanism: "no register is kept for moves from memory to memory: they take one that no other move names",
        limits: .noCount
    ) { pipeline in
        if pipeline.isOptimizing { return }
        // As in the original, nothing proves the allocation.
        pipeline.check = nil
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            let resolver = ParallelMoveResolver { moves, scratch in
                var scratch = scratch
                for kind in [RegisterClass.integer, .vector] {
                    let own = moves.filter { $0.kind.registerClass == kind && $0.source != $0.destination }
                    guard own.contains(where: { $0.source.isMemory && $0.destination.isMemory }) else { continue }
                    let free = (UInt8(0)..<32).map { PhysicalRegister(kind, $0) }.first { register in
                        problem.allocatable.contains(register)
                            && !own.contains { [$0.source, $0.destination].contains(.register(register)) }
                    }
                    guard let free else { invariantFailed("a register is left for moves from memory to memory") }
                    scratch[Int(kind.rawValue)] = free
                }
                return ParallelMoveResolver.standard.resolve(moves, scratch)
            }
            return try SinglePassAllocator(resolver: resolver).allocate(problem)
        }
    }
}
