import WasmModel

/// A kind of clause of `try_table`.
///
/// The raw values are names in stored recipes.
public enum CatchKind: String, Hashable, Sendable, CaseIterable, Codable {
    case tag = "catch"
    case tagWithReference = "catch_ref"
    case all = "catch_all"
    case allWithReference = "catch_all_ref"

    /// Whether the handler gets the payload.
    var hasPayload: Bool {
        switch self {
        case .tag, .tagWithReference: true
        case .all, .allWithReference: false
        }
    }

    /// Whether the handler gets a reference to the exception.
    var hasReference: Bool {
        switch self {
        case .tag, .all: false
        case .tagWithReference, .allWithReference: true
        }
    }

    /// The clause that branches to a block around the `try_table`, by default the innermost.
    func clause(_ tag: TagIndex, _ label: LabelIndex = 0) -> CatchClause {
        switch self {
        case .tag: .tag(tag, label)
        case .tagWithReference: .tagWithReference(tag, label)
        case .all: .all(label)
        case .allWithReference: .allWithReference(label)
        }
    }
}
