import WasmGenerator
import WasmModel

extension ModuleRewriting {
    /// Adds code that is never run: behind an unconditional branch, or in an `if` whose condition is a global that is always zero.
    ///
    /// A branch leaves its block, so that what stands behind it there is not run; it is validated with a polymorphic stack. The global is
    /// not exported, and nothing writes it.
    ///
    /// Spec: core 3.0, sections 4.6.4 "Control Instructions" and 3.4.14 "Instruction Sequences".
    mutating func addDeadCode() -> String? {
        guard let function = choose(changeable) else { return nil }
        let body = module.functions[function].body
        let behindBranches = body.indices.filter { $0 > 0 && body[$0 - 1].opcode.isUnconditionalBranch }
        let position: Int
        let code: [Instruction]
        if let chosen = choose(behindBranches), !oneIn(3) {
            position = chosen
            code = oneIn(2) ? polymorphicCode() : deadCode()
        } else {
            position = choose(below: body.count)
            code = opaqueZero() + [Instruction(.if, .block(.empty))] + deadCode() + [Instruction(.end)]
        }
        module.functions[function].body.insert(contentsOf: code, at: position)
        return "adding dead code before instruction \(position) of function \(index(ofDefined: function))"
    }

    /// Instructions that take operands from a polymorphic stack, and leave none.
    private mutating func polymorphicCode() -> [Instruction] {
        switch choose(below: 4) {
        case 0: [Instruction(.i64Add), Instruction(.drop)]
        case 1: [Instruction(.select), Instruction(.drop)]
        case 2: [Instruction(.f64ConvertI32S), Instruction(.f64Mul), Instruction(.drop), Instruction(.drop)]
        default: [Instruction(.unreachable), Instruction(.i32Eqz), Instruction(.drop)]
        }
    }

    /// Instructions that need no operands, and leave none.
    private mutating func deadCode() -> [Instruction] {
        let callees = original.functionTypeIndices.indices.filter { position in
            let type = original.functionType(of: FunctionIndex(position))
            return type.parameters.allSatisfy(\.isDefaultable)
                && type.parameters.count + type.results.count <= maximumArity
        }
        switch choose(below: 4) {
        case 0: return [Instruction(.unreachable)]
        case 1: return [Instruction(.loop, .block(.empty)), Instruction(.br, .label(0)), Instruction(.end)]
        case 2:
            guard let callee = choose(callees) else { return [Instruction(.nop)] }
            let type = original.functionType(of: FunctionIndex(callee))
            return type.parameters.map { .zero(of: $0) } + [Instruction(.call, .function(FunctionIndex(callee)))]
                + type.results.map { _ in Instruction(.drop) }
        default:
            let arities = features.contains(.multiValue) ? ArityBoundary.upTo(min(maximumArity, 257)) : [0, 1]
            let arity = choose(arities) ?? 0
            let types = (0..<arity).map { [ValueType.i32, .i64, .f32, .f64][$0 % 4] }
            return [Instruction(.block, .block(module.blockType([], types)))] + types.map { .zero(of: $0) }
                + [Instruction(.br, .label(0)), Instruction(.end)] + types.map { _ in Instruction(.drop) }
        }
    }
}
