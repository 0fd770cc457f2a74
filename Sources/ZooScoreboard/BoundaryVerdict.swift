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
    ///   - limits: those of the specimen.
    init(_ boundary: Boundary?, limits: [SpecimenLimit]) {
        guard let boundary else {
            self = limits.contains(.noCount) ? .right : .missing
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
        case .frame(let bytes): boundary.frames.map { $0.leave(bytes) } ?? false
        case .noCount: false
        }
    }
}

extension Boundary.Frames {
    /// Whether the frame at fault becomes larger than so many bytes, the largest one being up to an eighth more. Where no code is made then, or
    /// where the mistake makes the frame small, the one before has to be as near from below.
    fileprivate func leave(_ bytes: Int) -> Bool {
        guard lastGood <= bytes + bytes / 8 else { return false }
        guard let firstBad, firstBad >= lastGood else { return lastGood >= bytes - bytes / 8 }
        return firstBad > bytes
    }
}
