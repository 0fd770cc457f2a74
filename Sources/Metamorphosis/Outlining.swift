import WasmModel

extension ModuleRewriting {
    /// Makes a function of a part of a body: it takes operands and the locals that occur, and returns operands and the locals that are written.
    ///
    /// Nothing branches out of the part, so it ends at its end, traps or throws. Locals are the frame's own and are lost with it in a trap; where
    /// the part may throw in a `try_table` of the body, whose handler would see what was written until then, it writes none.
    ///
    /// Spec: core 3.0, sections 4.6.10 "Function Calls" and 4.6.2 "Variable Instructions".
    mutating func outline() -> String? {
        for _ in 0..<4 {
            guard let place = choosePlace(atMost: 40), !place.range.isEmpty else { continue }
            let body = module.functions[place.function].body
            let part = body[place.range]
            let used = part.usedLocals.sorted()
            let written = part.writtenLocals.sorted()
            guard !part.isLeft, uninitializedLocals(ofDefined: place.function).isDisjoint(with: used),
                written.isEmpty || !part.contains(where: { $0.opcode.mayThrow })
                    || !body.isInTry(place.range.lowerBound)
            else { continue }
            for height in heights(of: place) where outline(place, part, used, written, from: height) {
                return "outlining instructions \(place.range.lowerBound) to \(place.range.upperBound - 1) "
                    + "of function \(index(ofDefined: place.function))"
            }
        }
        return nil
    }

    private mutating func outline(
        _ place: Place,
        _ part: ArraySlice<Instruction>,
        _ used: [LocalIndex],
        _ written: [LocalIndex],
        from height: Int
    ) -> Bool {
        let types = localTypes(ofDefined: place.function)
        let operands = Array(place.before[height...])
        let results = Array(place.behind[height...])
        let type = FunctionType(
            parameters: operands + used.map { types[$0.position] },
            results: results + written.map { types[$0.position] }
        )
        guard max(type.parameters.count, type.results.count) <= maximumArity else { return false }
        let numbers = Dictionary(
            uniqueKeysWithValues: used.enumerated().map { ($0.element, LocalIndex(operands.count + $0.offset)) }
        )
        return attempt { rewriting in
            let get = { (local: LocalIndex) in Instruction(.localGet, .local(local)) }
            let outlined = rewriting.addFunction(
                type,
                locals: [],
                .getLocals(from: 0, count: operands.count)
                    + part.map { $0.mapLocal { numbers[$0] ?? $0 } }
                    + written.map { get(numbers[$0] ?? $0) }
            )
            let code =
                used.map(get) + [Instruction(.call, .function(outlined))]
                + written.reversed().map { Instruction(.localSet, .local($0)) }
            rewriting.module.functions[place.function].body.replaceSubrange(place.range, with: code)
        }
    }
}
