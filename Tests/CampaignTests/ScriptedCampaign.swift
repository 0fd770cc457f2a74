import Execution
import Foundation
import TestedEngines
import WorkerIsolation

@testable import Campaign

/// A campaign whose workers are a shell script, in a folder of its own.
struct ScriptedCampaign {
    let folder: ScratchFolder
    var options: CampaignOptions
    var registry = TestedEngines.registry

    var crashes: String { options.crashes }

    /// - Parameter worker: what a worker does; `$1` is `serve` or `sweep`.
    init(_ worker: String) throws {
        folder = try ScratchFolder()
        try worker.write(toFile: "\(folder.path)/worker", atomically: true, encoding: .utf8)
        options = CampaignOptions()
        options.crashes = "\(folder.path)/crashes"
        options.usesCoverage = false
        options.fuzzes = false
        options.workers = 1
        // The scripts end by themselves, however late they get to run.
        options.seconds = 600
        options.storingSeconds = 600
        options.isQuiet = true
        options.reductionSeconds = 1
        options.engines = ["arm64:none:loads"]
        options.fallbackWorker = ["/bin/sh", "\(folder.path)/worker"]
    }

    func run(_ interruption: Interruption = Interruption { 0 }) async throws -> CampaignSummary {
        try await Campaign.run(options, registry, interruption: interruption)
    }

    /// The files in a folder of the inbox.
    func pending(_ name: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "\(crashes)/.pending/\(name)")
        return (names ?? []).filter { $0.hasSuffix(".json") }.sorted()
    }

    /// A worker's report of three cases in one engine.
    static func report(_ verdicts: String, engine: String = "arm64:none:loads") -> String {
        "echo 'report "
            + #"{"cases":3,"programs":1,"swept":0,"verdicts":{\#(verdicts)},"newCells":["loop 1","loop 2"],"met":{"x":2},"domain":{"counts":"","engines":[]},"compileTimes":[{"engine":"\#(engine)","arity":125,"milliseconds":2.5}],"#
            + #""engines":{"\#(engine)":{"verdicts":{\#(verdicts)},"refusals":{},"carriages":{}}}}'"#
    }

    /// A worker that dies in its first cases, and one that answers each request with a line, or does something else.
    static func dying(cases: Int, serve: String) -> String {
        """
        if [ "$1" = serve ]; then
            while read -r line; do
                case "$line" in
                *'"engine":"interpreter"'*) engine=oracle ;;
                *) engine=compiler ;;
                esac
                \(serve)
            done
            exit 0
        fi
        current=$(echo "$FUZZ_MULTIVALUE_WORKER" | sed 's/.*"currentCase":"\\([^"]*\\)".*/\\1/; s/\\\\//g')
        first=$(echo "$FUZZ_MULTIVALUE_WORKER" | sed 's/.*"firstCase":\\([0-9]*\\).*/\\1/')
        \(report(#""agreements":3,"divergences":0,"refusals":0,"undecided":{},"notRun":0"#))
        if [ "$first" -ge \(cases) ]; then exit 0; fi
        echo "sweep $first" > "$current"
        kill -SEGV $$
        """
    }

    /// Of a serving worker: an instance that shows nothing.
    static let completes =
        #"echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[],"instances":[{}]}}}'"#

    /// Of a serving worker: the oracle shows an instance, and every other engine fails an assertion.
    static let breaks = """
        if [ $engine = oracle ]; then \(completes); continue; fi
        echo 'phase compile arm64:none:loads' >&2; echo 'assertion failed: it works, F:1' >&2; kill -ILL $$
        """
}
