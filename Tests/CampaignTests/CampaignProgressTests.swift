import Testing

@testable import Campaign

struct CampaignProgressTests {
    @Test func `nothing is said before there is something to say`() {
        #expect(!CampaignProgress(ofSeconds: 60).isWorthTelling)
        #expect(!CampaignProgress(seconds: 4, ofSeconds: 60).isWorthTelling)
        let worth = [
            CampaignProgress(cases: 1), CampaignProgress(found: 1), CampaignProgress(accepted: 1),
            CampaignProgress(inWork: 1), CampaignProgress(seconds: 5),
        ]
        #expect(worth.filter(\.isWorthTelling) == worth)
    }

    @Test func `a line says how far it is, and what was found`() {
        var progress = CampaignProgress(isSweeping: true, seconds: 5, ofSeconds: 60, cases: 100, edgesByArities: 7)
        #expect(progress.text == "sweep 5/60 s  100 cases  20/s  7 edges x arities  0 found")
        progress.isSweeping = false
        progress.coverage = 9
        (progress.found, progress.accepted, progress.inWork) = (1, 2, 3)
        progress.refusedRate = 0.25
        #expect(
            progress.text
                == "fuzz 5/60 s  100 cases  20/s  7 edges x arities  cov 9  1 found, 2 accepted (3 in work)  25.0 % refused"
        )
    }

    @Test func `a line says how many cases there are to be, and no end where time has none`() {
        let progress = CampaignProgress(seconds: 5, cases: 10, ofCases: 40)
        #expect(progress.text == "fuzz 5 s  10/40 cases  2/s  0 edges x arities  0 found")
        #expect(CampaignProgress.storing(2, secondsLeft: nil) == "storing findings, 2 to go")
    }

    @Test func `storing says how many are left, and how long that may take`() {
        #expect(CampaignProgress.storing(6, secondsLeft: 44.2) == "storing findings, 6 to go, at most 45 s")
        #expect(CampaignProgress.storing(1, secondsLeft: -0.1) == "storing findings, 1 to go, at most 0 s")
    }
}
