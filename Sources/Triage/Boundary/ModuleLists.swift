import Execution
import WasmFormats
import WasmModel

/// Makes the lists of a module shorter and longer.
enum ModuleLists {
    /// The length of the longest list of the kind.
    static func arity(of subject: DecodedCase, _ variable: Boundary.Variable) -> Int {
        guard variable.isOfTypes else { return CodeLists.count(of: subject.module, variable) }
        let uses = SignatureUses(subject.module)
        return subject.module.types.indices.map { position in
            uses.lists(of: variable, TypeIndex(position)).map { list in
                subject.module.types[position].functionType?[keyPath: list].count ?? 0
            }.max() ?? 0
        }.max() ?? 0
    }

    /// The case with no list of the kind longer than an arity; nil where it would not be valid, or where blocks that code branches to are deeper.
    static func truncated(_ subject: DecodedCase, _ variable: Boundary.Variable, to arity: Int) -> DecodedCase? {
        let cut: DecodedCase?
        if variable.isOfTypes {
            let uses = SignatureUses(subject.module)
            cut = SignatureTruncation.apply(to: subject) { index, _ in
                let lists = uses.lists(of: variable, index)
                return (
                    lists.contains(\.parameters) ? arity : .max,
                    lists.contains(\.results) ? arity : .max
                )
            }
        } else {
            cut = CodeLists.cut(subject, variable, to: arity)
        }
        return cut.flatMap(valid).flatMap { self.arity(of: $0, variable) <= arity ? $0 : nil }
    }

    /// A case whose lists were cut to a base with those of that length longer again, by values that nothing but their own check depends on.
    /// - Parameter original: the case before it was cut, which says what the values are of.
    /// - Returns: nil where it would not be valid.
    static func lengthened(
        _ subject: DecodedCase,
        of original: DecodedCase,
        _ variable: Boundary.Variable,
        from base: Int,
        to arity: Int
    ) -> DecodedCase? {
        guard variable.isOfTypes else {
            return valid(CodeLists.lengthened(subject, of: original, variable, from: base, to: arity))
        }
        let uses = SignatureUses(original.module)
        return SignatureExtension.apply(to: subject) { index, type in
            var addition = SignatureExtension.Addition()
            guard let whole = original.module.types[index.position].functionType else { return addition }
            let lists = uses.lists(of: variable, index)
            if lists.contains(\.parameters), type.parameters.count == base {
                addition.parameters = whole.parameters.continued(from: base, to: arity)
            }
            if lists.contains(\.results), type.results.count == base {
                addition.results = whole.results.continued(from: base, to: arity)
            }
            return addition
        }.flatMap(valid)
    }

    private static func valid(_ subject: DecodedCase) -> DecodedCase? {
        (try? Validator.validate(subject.module)) == nil ? nil : subject
    }
}

extension Array {
    /// What follows the first so many elements up to a length, with the last one again where there are no more; nothing of a list that ends
    /// there or before.
    func continued(from base: Int, to length: Int) -> [Element] {
        guard count > base, length > base, let last else { return [] }
        return Array(self[base..<Swift.min(length, count)])
            + Array(repeating: last, count: Swift.max(0, length - count))
    }
}

extension Boundary.Variable {
    /// Whether it is a list of function types.
    fileprivate var isOfTypes: Bool {
        switch self {
        case .results, .parameters, .blockValues, .tagValues: true
        case .locals, .labels, .handlers, .elements, .fields, .arrayOperands, .nestedBlocks: false
        }
    }
}
