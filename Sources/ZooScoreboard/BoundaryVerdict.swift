import BugZoo
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
    ///   - limits: those of the specimen; none where no count decides.
    init(_ boundary: Boundary?, limits: [SpecimenLimit]) {
        guard let boundary else {
            self = limits.isEmpty ? .right : .missing
            return
        }
        self = limits.contains { $0.permits(boundary) } ? .right : .wrong
    }
}

extension SpecimenLimit {
    fileprivate func permits(_ boundary: Boundary) -> Bool {
        switch self {
        case .counts(let counts, let noun):
            boundary.variable.noun == noun && boundary.lastGood.map(counts.contains) ?? false
        case .frame(let bytes): boundary.frames.map { $0.lastGood <= bytes && $0.firstBad > bytes } ?? false
        }
    }
}
