import Foundation
import Testing
import WorkerIsolation

@testable import Campaign

struct CampaignHistoryTests {
    @Test func `a history goes on from campaign to campaign, and one that cannot be read is begun anew`() throws {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/history"
        #expect(CampaignHistory(readingFrom: path) == CampaignHistory())
        let first = CampaignHistory().adding(cases: 7, seconds: 1.5, DomainMap())
        try first.write(to: path)
        #expect(CampaignHistory(readingFrom: path) == first)
        let second = CampaignHistory(readingFrom: path).adding(cases: 3, seconds: 1, DomainMap())
        #expect(second.campaigns == 2 && second.cases == 10 && second.seconds == 2.5)
        #expect(
            CampaignSummary.SoFar(second).text == "so far, in 2 campaigns: 10 cases in 2.5 s, 0 cells of the domain"
        )
        for text in ["", #"{"version":2,"campaigns":1,"cases":1,"seconds":1,"domain":{"cells":{},"engines":[]}}"#] {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(CampaignHistory(readingFrom: path) == CampaignHistory())
        }
    }

    @Test func `the summary of a second campaign with a store counts the first one as well`() async throws {
        let verdicts = #""agreements":2,"divergences":0,"refusals":3,"undecided":{"open":1},"notRun":0"#
        let campaign = try ScriptedCampaign(ScriptedCampaign.report(verdicts))
        let first = try await campaign.run()
        #expect(first.soFar?.campaigns == 1 && !first.text.contains("so far"))
        let second = try await campaign.run()
        #expect(second.cases == 3 && second.soFar?.cases == 6 && second.soFar?.campaigns == 2)
        #expect(second.text.contains("\n  so far, in 2 campaigns: 6 cases in "))
    }
}
