import Testing
import Triage

struct RevisionTests {
    @Test(arguments: [
        ("0123456789abcdef", Revision.Changes.none, "0123456789ab"), ("0123456789abcdef+", .some, "0123456789ab+"),
        ("0123456789abcdef?", .unknown, "0123456789ab?"), ("", .none, ""), ("+", .some, "+"),
    ])
    func `a revision is read and written, and is short for people`(
        _ text: String,
        _ changes: Revision.Changes,
        _ short: String
    ) {
        let revision = Revision(text)
        #expect(revision.description == text && revision.changes == changes && revision.short == short)
    }
}
