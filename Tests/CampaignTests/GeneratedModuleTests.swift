import Foundation
import Testing
import WasmFormats
import WasmGenerator

@testable import Campaign

/// What a campaign generates is valid: recipes, programs, and transformed ones; all but what is meant to be rejected.
struct GeneratedModuleTests {
    /// How many modules; a million takes minutes in a release build.
    private static let count = Int(number("GENERATED_MODULES", otherwise: 300))
    private static let seed = number("GENERATED_SEED", otherwise: 1)

    private static func number(_ variable: String, otherwise number: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) } ?? number
    }

    @Test func `every module of the random stream is valid`() async {
        var settings = WorkerSettings()
        settings.seed = Self.seed
        let processors = ProcessInfo.processInfo.activeProcessorCount
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<processors {
                group.addTask { [settings] in
                    for number in stride(from: worker, to: Self.count, by: processors) {
                        let subject = settings.subject(ofRandomCase: number)
                        guard subject.isGenerated else { continue }
                        for wasm in [subject.test.wasm] + subject.test.companions {
                            do {
                                _ = try Validator.validate(try BinaryDecoder.decode(wasm))
                            } catch {
                                Issue.record("\(error), for random case \(number) of seed \(Self.seed)")
                            }
                        }
                    }
                }
            }
        }
    }
}
