import Invariants
import WasmFormats
import WasmModel

/// Vector instructions: those without memory access are one operation; those with are split into an access and such an operation.
///
/// Spec: core 3.0, sections 4.6.8 "Vector Instructions" and 4.6.9 "Memory Instructions".
extension FunctionTranslator {
    mutating func translateVector(_ opcode: Opcode, _ immediate: Immediate) {
        let operation = Operation.vector(opcode)
        guard let signature = operation.vectorSignature else { invariantFailed("the opcode is one of vectors") }
        let number: Int64
        if signature.immediate == .vector {
            let mask = immediate.lanes
            number = builder.number(of: (mask.low, mask.high))
        } else {
            number = signature.immediate == .lane ? Int64(immediate.lane) : 0
        }
        let operands = stack.suffix(signature.operandCount)
        let result = builder.emit(operation, signature.result, operands: operands, immediate: number)
        stack.removeLast(signature.operandCount)
        push(result)
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
