#if arch(x86_64) && os(Linux)
    import Foundation
    import Runtime
    import Testing

    @Suite struct ProcessorFeaturesTests {
        private static let flags: [Substring] =
            (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
            .split(separator: "\n").first { $0.hasPrefix("flags") }?.split(separator: " ") ?? []

        @Test(.enabled(if: !flags.isEmpty, "/proc/cpuinfo lists the processor's flags"))
        func `the processor has the extensions that the kernel lists`() {
            let names: [(ProcessorFeatures, Substring)] = [
                (.sse42, "sse4_2"), (.popcnt, "popcnt"), (.lzcnt, "abm"), (.bmi1, "bmi1"), (.avx, "avx"),
                (.avx2, "avx2"), (.fma, "fma"),
            ]
            for (feature, name) in names {
                #expect(ProcessorFeatures.ofHost.contains(feature) == Self.flags.contains(name), "\(feature)")
            }
        }

        @Test func `extensions are named as in the manual`() {
            #expect(ProcessorFeatures.required.description == "SSE4.2, POPCNT, LZCNT, BMI1")
            #expect(ProcessorFeatures([]).description == "")
        }
    }
#endif
