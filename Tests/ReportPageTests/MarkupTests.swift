import Foundation
import Testing

@testable import ReportPage
@testable import Triage

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The page as a document: well-formed, and nothing of a file is markup.
struct MarkupTests {
    @Test func `a page with all parts is well-formed XML, whatever is in the files`() throws {
        for text in ["three results", SamplePage.hostile] {
            try SamplePage.withWholePage(text) { html in
                let outline = try PageOutline(html)
                #expect(outline.count("article") == 3 && outline.count("svg") >= 5 && outline.count("table") > 8)
                #expect(outline.count("script") == 0)
                #expect(outline.attributes.allSatisfy { !$0.hasPrefix("on") })
            }
        }
    }

    @Test func `a title with a script is text`() throws {
        try SamplePage.withWholePage(SamplePage.hostile) { html in
            #expect(!html.contains("<script"))
            #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;\u{301} onload=&#39;x&#39; &amp; "))
            #expect(html.contains("\\u{0}\\u{202E}\\u{FFFF} {{title}}"))
        }
    }

    @Test func `nothing of the page is elsewhere, and only what the style sheet knows is a class`() throws {
        try SamplePage.withWholePage { html in
            let outline = try PageOutline(html)
            #expect(outline.attributes.isDisjoint(with: ["src", "srcset", "data", "style", "background"]))
            #expect(outline.links.filter { !$0.hasPrefix("#") } == ["https://example.org/1"])
            #expect(!styleSheet.contains("url(") && !styleSheet.contains("@import"))
            for name in outline.classes where !["number", "known", "plain", "crash", "verdict"].contains(name) {
                #expect(styleSheet.contains(".\(name)"), "\(name)")
            }
        }
    }

    @Test func `headings are in order, and what leads on this page leads somewhere`() throws {
        try SamplePage.withWholePage { html in
            let outline = try PageOutline(html)
            #expect(outline.headings.first == 1 && outline.headings.count { $0 == 1 } == 1)
            for (last, next) in zip(outline.headings, outline.headings.dropFirst()) {
                #expect(next <= last + 1, "\(outline.headings)")
            }
            #expect(Set(outline.anchors).count == outline.anchors.count)
            for link in outline.links where link.hasPrefix("#") {
                #expect(outline.anchors.contains(String(link.dropFirst())), "\(link)")
            }
            for name in outline.named { #expect(outline.anchors.contains(name), "\(name)") }
        }
    }

    @Test func `each heading of a table has a scope, each table a caption, and each box is reached by keys`() throws {
        try SamplePage.withWholePage { html in
            let outline = try PageOutline(html)
            #expect(outline.count("th") > 40 && outline.scopes == outline.count("th"))
            #expect(outline.count("caption") == outline.count("table"))
            #expect(outline.boxes == outline.count("table") + outline.count("pre"))
            #expect(html.contains("<html lang=\"en\">") && outline.count("main") == 1 && outline.count("header") == 1)
        }
    }

    @Test func `what is no address of a page is no link`() {
        #expect(PageFact.link("Upstream", "https://example.org/1").address == "https://example.org/1")
        for text in ["javascript:alert(1)", "JAVASCRIPT:x", "see https://example.org", "https://a b", ""] {
            #expect(PageFact.link("Upstream", text).address == nil)
        }
    }
}
