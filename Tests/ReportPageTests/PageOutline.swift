import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a page consists of, as an XML parser sees it.
final class PageOutline: NSObject, XMLParserDelegate {
    struct Malformed: Error { let reason: String }

    private var elements: [String: Int] = [:]
    private(set) var attributes: Set<String> = []
    private(set) var classes: Set<String> = []
    /// The levels, in their order.
    private(set) var headings: [Int] = []
    private(set) var anchors: [String] = []
    private(set) var links: [String] = []
    /// Anchors that elements are named by.
    private(set) var named: [String] = []
    /// How many headings of tables have a scope.
    private(set) var scopes = 0
    /// How many regions with a name are reached by keys.
    private(set) var boxes = 0

    init(_ html: String) throws {
        super.init()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = self
        guard parser.parse() else {
            let reason = parser.parserError.map { "\($0)" } ?? "unknown"
            throw Malformed(reason: "line \(parser.lineNumber): \(reason)")
        }
    }

    func count(_ element: String) -> Int { elements[element, default: 0] }

    func parser(
        _ parser: XMLParser,
        didStartElement element: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes found: [String: String]
    ) {
        elements[element, default: 0] += 1
        attributes.formUnion(found.keys)
        classes.formUnion((found["class"] ?? "").split(separator: " ").map(String.init))
        if element.count == 2, element.hasPrefix("h"), let level = Int(element.dropFirst()) { headings.append(level) }
        if let id = found["id"] { anchors.append(id) }
        if let link = found["href"] { links.append(link) }
        named += (found["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
        if element == "th", ["row", "col"].contains(found["scope"]) { scopes += 1 }
        if found["role"] == "region", found["tabindex"] == "0", found["aria-label"]?.isEmpty == false { boxes += 1 }
    }
}
