import Testing

@testable import Campaign

struct LibFuzzerStatusTests {
    @Test func `a status line gives coverage, features and the size of the corpus`() throws {
        let line =
            "#4096\tREDUCE cov: 345 ft: 1678 corp: 12/345b lim: 64 exec/s: 409 rss: 60Mb L: 3/64 MS: 1 EraseBytes-"
        let status = try #require(LibFuzzerStatus(line: line))
        #expect(status.coverage == 345)
        #expect(status.features == 1678)
        #expect(status.corpusSize == 12)
    }

    @Test(arguments: ["INFO: seed corpus: files: 64", "#2 INITED exec/s: 0", "", "cov: 1 ft: 2"])
    func `other lines are no status`(_ line: String) {
        #expect(LibFuzzerStatus(line: line) == nil)
    }
}
