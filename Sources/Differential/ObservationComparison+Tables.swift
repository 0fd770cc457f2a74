import Execution
import WasmModel

extension ObservationComparison {
    /// Where exported tables differ first; nil where they are the same.
    static func divergence(ofTables observed: [NamedElements], from expected: [NamedElements]) -> Divergence? {
        for (left, right) in zip(observed, expected) where left != right { return divergence(left, right) }
        guard observed.count != expected.count else { return nil }
        let longer = observed.count > expected.count ? observed : expected
        let name = longer[min(observed.count, expected.count)].name
        return Divergence(
            observable: .element(table: name, position: 0),
            expected: "\(expected.count) exported tables",
            observed: "\(observed.count) exported tables"
        )
    }

    private static func divergence(_ observed: NamedElements, _ expected: NamedElements) -> Divergence {
        func text(_ table: NamedElements, _ position: Int) -> String {
            if position >= table.count { return "\(table.count) elements" }
            return table.elements.first { $0.position == position }?.value.description ?? "ref:null"
        }
        let pairs = zip(observed.elements, expected.elements)
        let index = pairs.enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let next = index ?? min(observed.elements.count, expected.elements.count)
        let positions = [observed.elements, expected.elements].compactMap {
            next < $0.count ? $0[next].position : nil
        }
        let position = positions.min() ?? min(observed.count, expected.count)
        return Divergence(
            observable: .element(table: expected.name, position: position),
            expected: text(expected, position),
            observed: text(observed, position)
        )
    }
}
