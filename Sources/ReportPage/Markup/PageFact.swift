/// A name with what there is to say, as in a list of definitions.
struct PageFact {
    let term: String
    let text: String
    /// Whether it is text of a machine.
    var isCode = false
    /// An address outside; nil for none.
    var address: String?

    /// An address that a browser follows to a page, and to nothing else; any other text stays text.
    static func link(_ term: String, _ text: String) -> PageFact {
        let isAddress =
            ["https://", "http://"].contains { text.hasPrefix($0) } && !text.contains(where: \.isWhitespace)
        return PageFact(term: term, text: text, address: isAddress ? text : nil)
    }
}
