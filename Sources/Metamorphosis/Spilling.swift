import WasmModel

extension ModuleRewriting {
    /// Moves operands to locals of their own, and back.
    ///
    /// Spec: core 3.0, section 4.6.2 "Variable Instructions".
    mutating func spillOperands() -> String? {
        for _ in 0..<4 {
            guard let place = choosePlace(atMost: 0), !place.before.isEmpty else { continue }
            let count = min(1 + choose(below: place.before.count), maximumArity)
            let first = addLocals(place.before.suffix(count), toDefined: place.function)
            module.functions[place.function].body.insert(
                contentsOf: .setLocals(from: first, count: count) + .getLocals(from: first, count: count),
                at: place.range.lowerBound
            )
            return "spilling \(count.counted("operand")) before instruction \(place.range.lowerBound) "
                + "of function \(index(ofDefined: place.function))"
        }
        return nil
    }
}
