import Invariants
import WasmFormats
import WasmModel

/// Vector instructions: those without memory access are one operation; those with are split into an access and such an operation.
///
/// Spec: core 3.0, sections 4.6.8 "Vector Instructions" and 4.6.9 "Memory Instructions".
extension FunctionTranslator {
    mutating func translateVector(_ opcode: Opcode, _ immediate: Immediate) {
        guard let signature = VectorSignature(opcode) else { invariantFailed("the opcode is one of vectors") }
        let count = signature.operandCount
        let first = stack[stack.count - count]
        let second = count > 1 ? stack[stack.count - count + 1] : first
        let third = count > 2 ? stack[stack.count - 1] : first
        stack.removeLast(count)
        let operation = Operation.vector(opcode)
        let type = signature.result
        let lane: Int64
        switch signature.immediate {
        case .shuffle:
            let mask = immediate.lanes
            push(builder.shuffle(first, second, mask: (mask.low, mask.high)))
            return
        case .lane: lane = Int64(immediate.lane)
        case .none: lane = 0
        }
        switch count {
        case 1: push(builder.emit(operation, type, first, immediate: lane))
        case 2: push(builder.emit(operation, type, first, second, immediate: lane))
        default: push(builder.emit(operation, type, first, second, third, immediate: lane))
        }
    }

    mutating func translate(_ access: VectorAccess, _ immediate: Immediate) {
        switch access {
        case .extend(let opcode):
            translateLoad(.full, .f64, immediate.memoryArgument)
            let low = builder.emit(.vectorFromScalar, .f64, pop())
            push(builder.emit(.vector(opcode), .v128, low))
        case .splat(let width, let type, let opcode):
            translateLoad(width, type, immediate.memoryArgument)
            push(builder.emit(.vector(opcode), .v128, pop()))
        case .zero(let type):
            translateLoad(.full, type, immediate.memoryArgument)
            push(builder.emit(.vectorFromScalar, type, pop()))
        case .loadLane(let width, let type, let opcode):
            let (argument, lane) = immediate.memoryArgumentAndLane
            let vector = pop()
            translateLoad(width, type, argument)
            push(builder.emit(.vector(opcode), .v128, vector, pop(), immediate: Int64(lane)))
        case .storeLane(let width, let type, let opcode):
            let (argument, lane) = immediate.memoryArgumentAndLane
            let vector = pop()
            push(builder.emit(.vector(opcode), type, vector, immediate: Int64(lane)))
            translateStore(width, type, argument)
        }
    }
}
