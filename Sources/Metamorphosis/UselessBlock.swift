import WasmModel

extension ModuleRewriting {
    /// Puts a part of a body, which may be empty, into a block that takes the operands and leaves what the part leaves.
    ///
    /// A block runs its instructions behind a label that nothing branches to, and then the label is gone; so does a loop, and a `try_table`
    /// without clauses, which handles nothing. An `if` whose condition is not zero is a block. Labels outside are one further away.
    ///
    /// Spec: core 3.0, section 4.6.4 "Control Instructions".
    mutating func addUselessBlock() -> String? {
        for _ in 0..<4 {
            guard let place = choosePlace(atMost: 60) else { continue }
            let part = module.functions[place.function].body[place.range]
            // What a block initialises is not initialised behind it.
            guard uninitializedLocals(ofDefined: place.function).isDisjoint(with: part.writtenLocals) else { continue }
            var kinds: [Opcode] = [.block, .loop, .if]
            if features.contains(.exceptions) { kinds.append(.tryTable) }
            guard let kind = choose(kinds) else { continue }
            for height in heights(of: place) where wrap(place, part, in: kind, from: height) {
                return "putting instructions \(place.range.lowerBound)..<\(place.range.upperBound) "
                    + "of function \(index(ofDefined: place.function)) into a \(kind.row.name)"
            }
        }
        return nil
    }

    private mutating func wrap(
        _ place: Place,
        _ part: ArraySlice<Instruction>,
        in kind: Opcode,
        from height: Int
    ) -> Bool {
        let parameters = Array(place.before[height...])
        let results = Array(place.behind[height...])
        guard max(parameters.count, results.count) <= maximumArity else { return false }
        return attempt { rewriting in
            let type = rewriting.module.blockType(parameters, results)
            var code: [Instruction] = []
            switch kind {
            case .if:
                code += rewriting.opaqueZero() + [Instruction(.i32Eqz), Instruction(.if, .block(type))]
                code += part.inBlock + [Instruction(.else), Instruction(.unreachable)]
            case .tryTable: code += [Instruction(.tryTable, .tryTable(type, []))] + part.inBlock
            default: code += [Instruction(kind, .block(type))] + part.inBlock
            }
            code.append(Instruction(.end))
            rewriting.module.functions[place.function].body.replaceSubrange(place.range, with: code)
        }
    }

    /// Pushes a zero that only the state tells: a mutable global that nothing writes.
    mutating func opaqueZero() -> [Instruction] { [Instruction(.globalGet, .global(addGlobal(.i32)))] }
}
