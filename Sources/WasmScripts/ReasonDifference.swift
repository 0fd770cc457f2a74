/// A reason for which this project rejects what the test suite expects to be rejected for another one.
///
/// Everywhere else the message begins with the suite's text.
public struct ReasonDifference: Hashable, Sendable {
    /// The text of the assertion.
    public var suite: String
    /// The beginning of the message here.
    public var message: String
    /// Why the two differ.
    public var why: String

    /// All differences; the tests demand that every one of them occurs in the suite.
    public static let all: [ReasonDifference] = [
        ReasonDifference(
            suite: "uninitialized element 2",
            message: "uninitialized element",
            why: "traps of compiled code are numbers, so that the index of the element is not known"
        ),
        ReasonDifference(
            suite: "global is immutable",
            message: "immutable global",
            why: "the text is that of release 2.0; that of 3.0 is the message here"
        ),
        ReasonDifference(
            suite: "illegal opcode",
            message: "unexpected end of section or function",
            why: "of release 2.0: a byte where the body of a function was cut off begins an opcode of release 3.0"
        ),
    ]

    /// The position in ``all`` of the difference between a text of the suite and a message; nil where none is listed.
    static func position(suite: String, message: String) -> Int? {
        all.firstIndex { $0.suite == suite && message.hasPrefix($0.message) }
    }
}
