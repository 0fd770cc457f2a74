import Foundation
import Testing

@testable import Campaign
@testable import ReportPage
@testable import Triage

/// What is on the page, and what is left out where there is nothing to say.
struct ContentTests {
    @Test func `failures come first, open and severe ones before others, each with its boundary and its text`() throws {
        try SamplePage.withWholePage { html in
            let article = try #require(html.range(of: "<article")?.lowerBound)
            #expect(article < (try #require(html.range(of: "id=\"campaign\"")?.lowerBound)))
            for part in [
                "3 open, 0 accepted, 0 fixed", "2 results pass, 3 fail, but 7 passes", "No boundary: ", "(module",
                "i32:1 three results", "i32:2", "host-import (i32,f64) -&gt; (i32,f64,f32) in-order",
                "fuzz-multivalue run module.wasm three results", "sh show.sh three results",
                "fuzz-multivalue replay &quot;$PWD&quot; --engine &#39;mine=host:three results&#39;",
                "Fits an index of 1 bit three results", "wrong since folding three results in function 1",
                "fuzz-multivalue 1; a host three results", "reduce &#39;three results&#39;",
                "differs: i32:2 instead of three results",
                "memory safety (goes to the vendor first, in private)",
                "1 failure on this page is a matter of memory safety", "Cannot be read: x/0009-three results",
                "<a href=\"https://example.org/1\">", "<th scope=\"row\">elsewhere/0007-three results</th>",
            ] { #expect(html.contains(part), "\(part)") }
            let order = ["memory safety (goes", "class=\"badge plain\">miscompilation"].map { html.range(of: $0) }
            #expect((try #require(order[0])).lowerBound < (try #require(order[1])).lowerBound)
        }
    }

    @Test func `crashes of compilers in this program have the code of both machines, the one at fault first`() throws {
        try SamplePage.withStore([SamplePage.record(engine: "arm64:none:loads")]) { store in
            let html = SamplePage.html(store, nil)
            let titles = html.matches(of: /<h5>(.*?)<\/h5>/).map { String($0.1) }
            #expect(titles == ["arm64:none:loads", "x86_64:none:loads"])
            #expect(html.contains("function 0 &lt;f&gt;") && html.contains("; arm64:none:loads"))
            #expect(html.contains("left out: entry stub for 0 -&gt; 9 values (501 lines)"))
            #expect(!html.contains("  499  nop"))
        }
        try SamplePage.withStore([SamplePage.record(engine: "interpreter")]) { store in
            #expect(!SamplePage.html(store, nil).contains("Compiled code"))
        }
    }

    @Test func `a crash begins with what fails, its boundary with what it fits, its stage and its text`() throws {
        try SamplePage.withStore([SamplePage.record()]) { store in
            let html = SamplePage.html(store, nil)
            let article = html[(try #require(html.range(of: "<article"))).lowerBound...]
            let parts = [
                "result 1 of call 0", "i32:1 three results", "2 results pass, 3 fail", "Fits an index",
                "wrong since folding", "(module", "<h4>More</h4>", "fuzz-multivalue run", "What each engine does",
                "The code of x86_64", "a host three results",
            ]
            let places = try parts.map { part in try #require(article.range(of: part)?.lowerBound, "\(part)") }
            #expect(places == places.sorted())
            let more = try #require(article.range(of: "<h4>More</h4>")?.upperBound)
            let outside = article[more...].replacing(/(?s)<details>.*?<\/details>/, with: "")
            #expect(outside.split(whereSeparator: \.isWhitespace).first == "</article>", "\(outside.prefix(99))")
        }
    }

    @Test func `the function at fault comes first in listings, and alone where no more is asked for`() {
        let lines = SamplePage.code(SamplePage.request()).lines
        var request = SamplePage.request()
        #expect(ListingExcerpt(of: request, .listing(lines), scope: .room(400)).text?.hasPrefix("function 0 ") == true)
        request = SamplePage.request(culprits: [1])
        let excerpt = ListingExcerpt(of: request, .listing(lines), scope: .room(400))
        #expect(excerpt.text?.hasPrefix("function 1 g") == true && excerpt.text?.contains("function 0 ") == true)
        #expect(excerpt.remark?.hasPrefix("at fault: function 1; left out: entry stub") == true)
        let focused = ListingExcerpt(of: request, .listing(lines), scope: .focus)
        #expect(focused.text == "function 1 g, 0x9..<0xa" && focused.remark == "at fault: function 1")
    }

    @Test func `code that is too long, or cannot be had, is said`() {
        let long = ["; x", "", "function 0 f, 0x0"] + (0..<500).map { "\($0)" }
        let excerpt = ListingExcerpt(of: SamplePage.request(), .listing(long), scope: .room(400))
        #expect(excerpt.text == nil && excerpt.remark == "not shown: 503 lines are more than 400")
        let none = ListingExcerpt(of: SamplePage.request(), .unavailable("the compiler crashes"), scope: .focus)
        #expect(none.text == nil && none.remark == "the compiler crashes")
    }

    @Test func `parts without data are left out`() throws {
        let empty = SamplePage.html(ReportPage.Store(path: "Crashes", content: CrashStore.Content()), nil)
        #expect(empty.contains("No open crash.") && empty.contains("There are none."))
        let bare = SamplePage.html(nil, CampaignSummary())
        #expect(bare.contains("id=\"campaign\"") && !bare.contains("<article"))
        for html in [empty, bare] {
            let outline = try PageOutline(html)
            #expect(outline.count("svg") == 0 && outline.count("table") == 0 && outline.count("article") == 0)
            #expect(!html.contains("id=\"domain\"") && !html.contains("Over time") && !html.contains("Compile time"))
        }
    }

    @Test func `a crash that the campaign found again says so, and is not in the other table`() throws {
        try SamplePage.withStore([SamplePage.record()]) { store in
            var summary = try SamplePage.summary()
            summary.findings[0].folder = "some/where/\(store.content.folders[0].name)"
            summary.add(met: [summary.findings[0].signature.description: 3])
            let html = SamplePage.html(store, summary)
            #expect(html.contains("new, met 3 times, first after 1.5 s and 7 cases"))
            #expect(!html.contains("What the campaign found"))
        }
    }

    @Test func `the heat map has the figures of the domain`() throws {
        let map = try #require(HeatMap(try SamplePage.domain()))
        #expect(map.whole.columns == ["Edge", "0", "1", "9-32"])
        #expect(map.whole.rows.map(\.head) == ["export", "block", "loop"])
        #expect(
            map.whole.rows.map { $0.cells.map(\.text) } == [["0 %", "–", "–"], ["–", "–", "–"], ["–", "–", "25 %"]]
        )
        #expect(map.whole.rows[2].cells[2].note == "1 of 4" && map.whole.rows[2].cells[2].kind == "heat-2")
        #expect(map.byOutcome.map { $0.rows[2].cells[2].text } == ["50 %", "0 %", "0"])
        #expect(map.byOutcome[2].rows[1].cells[1].text == "1,234")
        #expect(map.text.hasPrefix("1 of 6 places were met (16 %)."))
    }

    @Test func `only all is a hundred percent, and only nothing is none`() {
        #expect(PageNumber.percent(999, of: 1000) == "99 %" && PageNumber.percent(1000, of: 1000) == "100 %")
        #expect(PageNumber.percent(1, of: 1000) == "<1 %" && PageNumber.percent(0, of: 9) == "0 %")
        #expect(PageNumber.percent(0, of: 0) == nil)
        let levels = [0, 1, 249, 250, 500, 750, 999, 1000].map { HeatMap.level(.init(possible: 1000, met: $0)) }
        #expect(levels == [0, 1, 1, 2, 3, 4, 4, 5])
        #expect(PageNumber.grouped(-1_234_567) == "-1,234,567" && PageNumber.grouped(.min).hasPrefix("-9,223"))
    }

    @Test func `a long module is cut, and that is said`() {
        let text = (0..<5000).map { "line \($0)\n" }.joined()
        let excerpt = Excerpt(text, name: "module.wat")
        #expect(excerpt.head.hasSuffix("line 11"))
        #expect(excerpt.whole?.summary == "The first 2000 lines of module.wat" && excerpt.whole?.cut != nil)
        let short = Excerpt("a\nb\n", name: "module.wat")
        #expect(short.head == "a\nb" && short.whole == nil)
    }
}
