import WasmModel

/// Gives constants that are zero, or the same as one before them, values of their own.
struct DistinctConstants: ReductionPass {
    let name = "distinct constants"
    let walk = ReductionWalk.anywhere

    /// Where such a constant is, and its number among all constants of the module.
    private struct Place {
        var function: Int
        var position: Int
        var number: Int
    }

    private func places(_ module: Module) -> [Place] {
        var places: [Place] = []
        var seen: Set<Instruction> = []
        var number = 0
        for (function, body) in module.functions.map(\.body).enumerated() {
            for (position, instruction) in body.enumerated() {
                guard let type = instruction.typeOfConstant else { continue }
                if instruction == .zero(of: type) || !seen.insert(instruction).inserted {
                    places.append(Place(function: function, position: position, number: number))
                }
                number += 1
            }
        }
        return places
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [places(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var changed = subject
        for place in places(subject.module)[range] {
            let instruction = subject.module.functions[place.function].body[place.position]
            guard let type = instruction.typeOfConstant else { return nil }
            let value = Instruction.constant(.distinct(place.number + 1, type), type: type)
            if value == instruction { return nil }
            changed.module.functions[place.function].body[place.position] = value
        }
        return changed
    }
}

extension Instruction {
    /// The type of the number or vector that the instruction is; nil where it is none.
    fileprivate var typeOfConstant: ValueType? {
        switch opcode {
        case .i32Const: .i32
        case .i64Const: .i64
        case .f32Const: .f32
        case .f64Const: .f64
        case .v128Const: .v128
        default: nil
        }
    }
}
