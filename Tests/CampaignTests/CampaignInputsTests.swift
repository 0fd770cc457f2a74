import Foundation
import Testing

@testable import Campaign

struct CampaignInputsTests {
    @Test func `the JSON of inputs has these names`() throws {
        var options = CampaignOptions()
        options.revision = "1.2"
        options.seed = 7
        options.workers = 3
        options.profiles = [ProfileWeight("everything", weight: 3), ProfileWeight("calls")]
        options.specimen = "x"
        options.mergedCorpora = ["other"]
        var inputs = CampaignSummary.Inputs(options, engines: ["arm64:none:loads"], corpus: "c")
        inputs.host.architecture = "z80"
        inputs.host.processors = 2
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(inputs), as: UTF8.self)
        #expect(
            text
                == #"{"corpus":"c","crashes":"Crashes","engines":["arm64:none:loads"],"host":{"architecture":"z80","processors":2},"#
                + #""maximumArity":10000,"mergedCorpora":["other"],"profiles":[{"name":"everything","weight":3},{"name":"calls","weight":1}],"#
                + #""revision":"1.2","seconds":60,"seed":7,"specimen":"x","usesCoverage":true,"workers":3}"#
        )
        #expect(try JSONDecoder().decode(CampaignSummary.Inputs.self, from: Data(text.utf8)) == inputs)
    }

    @Test func `coverage guides no campaign of so many cases, and time does not end it`() {
        var options = CampaignOptions()
        options.caseCount = 9
        options.seconds = nil
        let inputs = CampaignSummary.Inputs(options, engines: [], corpus: nil)
        #expect(!inputs.usesCoverage && inputs.seconds == nil && inputs.cases == 9)
        #expect(inputs.host.processors > 0 && inputs.workers == inputs.host.processors)
    }
}
