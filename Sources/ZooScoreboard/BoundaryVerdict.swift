import Triage

/// What is to be said of the boundary that a report of a specimen has.
public enum BoundaryVerdict: String, Hashable, Sendable, Codable {
    /// It is one of those that the specimen has, or there is none, as no count decides.
    case right = "right"
    /// It is another one, or no count decides.
    case wrong = "wrong"
    /// There is none in the report, but the specimen has one.
    case missing = "missing"

    /// - Parameters:
    ///   - boundary: that of the report; nil for none.
    ///   - permitted: what still works, such as `254 results`; none where no count decides.
    init(_ boundary: Boundary?, permitted: Set<String>) {
        self =
            switch boundary {
            case nil: permitted.isEmpty ? .right : .missing
            case .some(let boundary):
                boundary.greatestGood.map(permitted.contains) ?? false ? .right : .wrong
            }
    }
}

extension Boundary {
    /// What still works, such as `254 results`.
    fileprivate var greatestGood: String? {
        lastGood.map { "\($0) \(variable.noun)" }
    }
}
