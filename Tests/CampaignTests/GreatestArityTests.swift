import Differential
import Testing
import WasmGenerator

@testable import Campaign

/// The greatest number of parameters and results, which is asked for or that a profile has.
struct GreatestArityTests {
    @Test(arguments: [("everything", 20), ("capped-20", 10_000)])
    func `no list of a signature is longer than what is permitted`(profile: String, maximumArity: Int) {
        var settings = WorkerSettings()
        settings.profiles = [profile]
        settings.maximumArity = maximumArity
        settings.mixesSweep = true
        #expect(settings.greatestArity == 20)
        for index in 0..<120 {
            let subject = settings.subject(ofRandomCase: index)
            // A fault may be one value more.
            let isValid = !subject.test.invocations.isEmpty
            #expect(subject.longestList <= (isValid ? 20 : 21), "random case \(index)")
            #expect(settings.subject(ofSweptCase: index)?.longestList ?? 0 <= 20, "swept case \(index)")
        }
    }
}
