import Differential
import Execution
import Foundation
import TestedEngines
import Testing
import Triage
import WasmGenerator
import WorkerIsolation

@testable import Campaign

struct DeathTests {
    @Test func `an assertion is looked at twice, whatever its numbers`() {
        var limits = DeathLimits()
        let seen = (0..<5).map {
            limits.isWorthwhile(.signalled(4), lastOutput: ["", "assertion failed: \($0) is real, F:1"])
        }
        #expect(seen == [true, true, false, false, false])
        let isOtherSeen = limits.isWorthwhile(.signalled(4), lastOutput: ["assertion failed: other, F:1"])
        #expect(isOtherSeen)
    }

    @Test func `hangs are looked at twice, other deaths more often`() {
        var limits = DeathLimits()
        let hangs: [Termination] = [.signalled(SIGALRM), .exited(status: 70), .signalled(SIGALRM)]
        #expect(hangs.map { limits.isWorthwhile($0, lastOutput: []) } == [true, true, false])
        let others = (0..<9).map { _ in limits.isWorthwhile(.signalled(SIGSEGV), lastOutput: []) }
        #expect(others.filter(\.self).count == 8)
    }

    @Test func `a death is read as it was written`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/deaths-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let recipe = CaseRecipe(edges: [.loop], parameters: [.f32], results: [.i32, .f64], seed: 9)
        let death = Death(Case(recipe), specimen: "bug")
        let path = try death.write(to: folder)
        #expect(Death.files(in: folder) == [path])
        #expect(try Death(reading: path) == death)
    }
}

/// Campaigns whose workers are shell scripts.
struct CampaignTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/campaign-\(UUID().uuidString)"

    private func options(_ script: String) throws -> CampaignOptions {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try script.write(toFile: "\(folder)/worker", atomically: true, encoding: .utf8)
        var options = CampaignOptions()
        options.crashes = "\(folder)/crashes"
        options.corpus = "\(folder)/corpus"
        options.usesCoverage = false
        options.fuzzes = false
        options.workers = 1
        // The scripts end by themselves, however late they get to run.
        options.seconds = 600
        options.isQuiet = true
        options.reductionSeconds = 1
        options.engines = ["x86_64:loads"]
        options.fallbackWorker = ["/bin/sh", "\(folder)/worker"]
        return options
    }

    @Test func `a clean campaign counts its cases and ends with status 0`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let options = try options(
            #"echo 'report {"cases":3,"programs":1,"verdicts":{"agreements":2,"divergences":0,"refusals":3,"undecided":{"open":1}},"newCells":["loop 1","loop 2"]}'"#
        )
        let summary = try await Campaign.run(options, TestedEngines.registry)
        #expect(summary.cases == 3)
        #expect(summary.programs == 1)
        #expect(summary.refusedRate == 0.5)
        #expect(summary.verdicts.undecided == ["open": 1])
        #expect(summary.text.contains("50.0 % refused, 16.7 % undecided"))
        #expect(summary.edgesByArities == 2)
        #expect(summary.exitStatus == 0)
    }

    /// The worker dies in its first case; in isolation the engine crashes always, and the oracle returns nothing.
    @Test func `a case that kills its worker twice becomes one crash`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = """
            if [ "$1" = serve ]; then
                while read -r line; do
                    case "$line" in
                    *'"interpreter"'*) echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[],"instances":[{}]}}}' ;;
                    *) echo 'phase compile x86_64:none:loads' >&2; echo 'assertion failed: it works, F:1' >&2; kill -ILL $$ ;;
                    esac
                done
                exit 0
            fi
            current=$(echo "$FUZZ_MULTIVALUE_WORKER" | sed 's/.*"currentCase":"\\([^"]*\\)".*/\\1/; s/\\\\//g')
            first=$(echo "$FUZZ_MULTIVALUE_WORKER" | sed 's/.*"firstCase":\\([0-9]*\\).*/\\1/')
            if [ "$first" -ge 2 ]; then exit 0; fi
            echo "sweep $first" > "$current"
            echo 'assertion failed: it works, F:1' >&2
            kill -ILL $$
            """
        let summary = try await Campaign.run(try options(script), TestedEngines.registry)
        #expect(summary.restarts == 2)
        #expect(summary.findings.map(\.signature.description) == ["compile: assertion failed: it works, F:N"])
        #expect(summary.problems == [])
        #expect(summary.exitStatus == 1)
        #expect(try CrashStore(path: "\(folder)/crashes").content().folders.count == 1)
        #expect(try CrashStore(path: "\(folder)/crashes").inbox.content().items == [])
    }

    @Test func `a worker that cannot begin is a problem, not an endless restart`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let summary = try await Campaign.run(
            try options("echo 'error: unknown specimen' >&2; exit 2"),
            TestedEngines.registry
        )
        #expect(summary.problems == ["worker 0 could not work: error: unknown specimen"])
        #expect(summary.exitStatus == 1)
    }
}
