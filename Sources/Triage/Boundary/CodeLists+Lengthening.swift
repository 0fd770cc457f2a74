import WasmModel

extension CodeLists {
    /// A case whose lists of the kind were cut to a base, with those of that length longer again, by what changes nothing but the length: locals
    /// that are written and checked, labels that are the default, clauses and elements that are the last one again, fields and operands of arrays
    /// with values of their own, blocks around the body.
    /// - Parameter original: the case before it was cut.
    static func lengthened(
        _ subject: DecodedCase,
        of original: DecodedCase,
        _ variable: Boundary.Variable,
        from base: Int,
        to count: Int
    ) -> DecodedCase {
        var result = subject
        switch variable {
        case .elements: lengthenElements(&result.module, from: base, by: count - base)
        case .fields:
            for position in result.module.types.indices where result.module.types[position].fields.count == base {
                let whole = original.module.types[position].fields
                result.module.types[position].composite = .structure(
                    Array(whole.prefix(base)) + whole.continued(from: base, to: count)
                )
            }
        default: break
        }
        for number in subject.module.functions.indices {
            let function = subject.module.functions[number]
            if variable == .locals {
                let types = original.module.functions[number].locals.flatMap { run in
                    repeatElement(run.type, count: Int(run.count))
                }
                let parameterCount = subject.module.parameterCount(of: function)
                let added = function.localCount == base ? types.continued(from: base, to: count) : []
                result.module.functions[number] = function.checking(added, firstLocal: parameterCount + base)
                continue
            }
            if variable == .nestedBlocks {
                guard BlockNesting.depth(of: function.body) == base else { continue }
                result.module.functions[number] = BlockNesting.wrap(function, in: count - base, &result.module)
                continue
            }
            result.module.functions[number].body = function.body.flatMap { instruction -> [Instruction] in
                switch (variable, instruction.immediate) {
                case (.labels, .labelTable(let labels)) where labels.count - 1 == base:
                    let added = [LabelIndex](repeating: labels[base], count: count - base)
                    return [Instruction(.brTable, .labelTable(labels + added))]
                case (.handlers, .tryTable(let type, let clauses)) where clauses.count == base && base > 0:
                    let added = [CatchClause](repeating: clauses[base - 1], count: count - base)
                    return [Instruction(.tryTable, .tryTable(type, clauses + added))]
                case (.fields, .type(let index)) where instruction.opcode == .structNew:
                    let fields = original.module.types[index.position].fields
                    guard subject.module.types[index.position].fields.count == base else { return [instruction] }
                    let added = fields.continued(from: base, to: count).map(\.storage.unpacked)
                    return Instruction.sentinels(of: added) + [instruction]
                case (.arrayOperands, .typeAndLength(let type, let length)) where Int(length) == base:
                    guard case .array(let element) = subject.module.types[type.position].composite else {
                        return [instruction]
                    }
                    let added = [ValueType](repeating: element.storage.unpacked, count: count - base)
                    return Instruction.sentinels(of: added)
                        + [Instruction(.arrayNewFixed, .typeAndLength(type, UInt32(count)))]
                default: return [instruction]
                }
            }
        }
        return result
    }

    /// Tables are large enough for their segments at the least offset that they may have.
    private static func lengthenElements(_ module: inout Module, from base: Int, by count: Int) {
        for number in module.elements.indices
        where module.elements[number].isOfTable && module.elements[number].items.count == base {
            module.elements[number].items.repeatLast(count)
        }
        for number in module.tables.indices {
            module.tables[number].type.limits.minimum += UInt64(count)
            if let maximum = module.tables[number].type.limits.maximum {
                module.tables[number].type.limits.maximum = maximum + UInt64(count)
            }
        }
    }
}

extension Function {
    /// How many locals it declares.
    var localCount: Int { locals.reduce(0) { $0 + Int($1.count) } }

    /// The function with locals more, behind those that it has, each written first of all and checked before the end.
    fileprivate func checking(_ added: [ValueType], firstLocal: Int) -> Function {
        if added.isEmpty { return self }
        let first = added.indices.flatMap { number -> [Instruction] in
            [
                .constant(.sentinel(number: number, of: added[number]), type: added[number]),
                Instruction(.localSet, .local(LocalIndex(firstLocal + number))),
            ]
        }
        let last = added.indices.flatMap { number -> [Instruction] in
            [Instruction(.localGet, .local(LocalIndex(firstLocal + number)))]
                + Instruction.checkOfSentinel(number: number, of: added[number])
        }
        return Function(
            type: type,
            locals: LocalRun.runs(locals.flatMap { repeatElement($0.type, count: Int($0.count)) } + added),
            body: first + body.dropLast() + last + body.suffix(1)
        )
    }
}
