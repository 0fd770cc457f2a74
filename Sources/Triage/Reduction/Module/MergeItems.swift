import WasmModel

/// Has code and segments name the first of several types that are equal, or of several functions of one type, so that nothing names the others.
struct MergeItems: ReductionPass {
    let name = "merged items"
    let walk = ReductionWalk.anywhere

    /// Types first, whose merging changes nothing, then functions.
    func listSizes(of subject: DecodedCase) -> [Int] {
        [mergedTypes(subject.module).count, mergedFunctions(subject.module).count]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let space: ItemSpace = list == 0 ? .types : .functions
        let merged = list == 0 ? mergedTypes(subject.module) : mergedFunctions(subject.module)
        let targets = Dictionary(uniqueKeysWithValues: merged[range].map { ($0.position, $0.target) })
        var map = ReferenceMap { other, position in other == space ? targets[position] ?? position : position }
        var simpler = subject
        simpler.module = map.mapped(subject.module)
        if space == .functions {
            // What is called from outside is still that.
            simpler.module.exports = subject.module.exports
            simpler.module.start = subject.module.start
        }
        return simpler
    }

    private struct Merging {
        var position: Int
        var target: Int
    }

    /// Types that are named and equal one before them; those that are alone in their recursion group.
    private func mergedTypes(_ module: Module) -> [Merging] {
        let named = positions(namedIn: module, .types)
        var first: [SubType: Int] = [:]
        var merged: [Merging] = []
        for group in module.recursionGroups where group.count == 1 {
            let position = group.lowerBound
            guard let target = first[module.types[position]] else {
                first[module.types[position]] = position
                continue
            }
            if named.contains(position) { merged.append(Merging(position: position, target: target)) }
        }
        return merged
    }

    /// Functions that code or a segment names, and that have the type of one before them.
    private func mergedFunctions(_ module: Module) -> [Merging] {
        var inner = module
        inner.exports = []
        inner.start = nil
        let named = positions(namedIn: inner, .functions)
        var first: [TypeIndex: Int] = [:]
        var merged: [Merging] = []
        for (position, type) in module.functionTypeIndices.enumerated() {
            guard let target = first[type] else {
                first[type] = position
                continue
            }
            if named.contains(position) { merged.append(Merging(position: position, target: target)) }
        }
        return merged
    }

    private func positions(namedIn module: Module, _ space: ItemSpace) -> Set<Int> {
        var positions: Set<Int> = []
        var visitor = ReferenceMap { other, position in
            if other == space { positions.insert(position) }
            return position
        }
        visitor.visit(module)
        return positions
    }
}
