/// What two instructions have in common that give the same result.
struct ExpressionKey: Hashable {
    var operation: Operation
    var type: IRType
    var immediate: Int64
    var first: UInt32
    var second: UInt32
    var third: UInt32

    init(_ instruction: InstructionRecord, _ first: UInt32, _ second: UInt32, _ third: UInt32) {
        operation = instruction.operation
        type = instruction.type
        immediate = instruction.immediate
        self.first = first
        self.second = second
        self.third = third
    }
}
