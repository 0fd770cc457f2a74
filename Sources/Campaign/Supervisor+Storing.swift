import Foundation
import Triage

extension Supervisor {
    /// What an earlier campaign left in the inbox.
    mutating func takeUpLeftovers() throws {
        deaths.removeLeftovers()
        let content = try store.inbox.content()
        for item in content.items {
            triage.add(TriageThread.Task(kind: .finding, path: item.path, engine: item.finding.engine))
        }
        for problem in content.problems { tell(Problem(text: "a finding that cannot be read: \(problem)")) }
        for problem in try store.content().problems {
            tell(Problem(text: "a crash folder that cannot be read: \(problem)"))
        }
        for path in deaths.files { triage.add(TriageThread.Task(kind: .death, path: path)) }
    }

    /// Goes on with what is left until a few seconds behind the time of the campaign, or behind its interruption; the end of that, or a
    /// second interruption, leaves the rest to the next start.
    mutating func finishTriage() {
        var deadline = options.storingSeconds.map { seconds in
            (options.seconds.map { start + .seconds($0) } ?? .now) + .seconds(seconds)
        }
        var isInterrupted = false
        while !triage.isIdle, !interruption.isUrgent {
            if interruption.isRequested, !isInterrupted {
                isInterrupted = true
                let last =
                    ContinuousClock.now + .seconds(options.storingSeconds ?? Self.secondsOfStoringWhenInterrupted)
                deadline = deadline.map { min($0, last) } ?? last
            }
            if let deadline, ContinuousClock.now >= deadline { break }
            if options.stopsAtFirstFinding, hasFound { break }
            usleep(20_000)
            readUpdate()
            let (backlog, secondsLeft) = (triage.backlog, deadline.map { -Campaign.seconds(since: $0) })
            status.update(CampaignProgress.storing(backlog, secondsLeft: secondsLeft))
        }
        triage.cancel()
        readUpdate()
        let left = triage.waitingCount
        summary.notStored += left
        if left > 0, !options.stopsAtFirstFinding || !hasFound {
            tell(
                Problem(
                    text: "\(left) \(left == 1 ? "finding is" : "findings are") not stored yet: "
                        + "the next start with \(options.crashes) goes on with what is in \(store.inbox.path)"
                )
            )
        }
    }

    /// Where storing has no limit otherwise.
    private static let secondsOfStoringWhenInterrupted = 3.0

    /// Whether this campaign has found something that was not known before.
    var hasFound: Bool { summary.findings.contains { !$0.isKnown } }

    mutating func readUpdate() {
        let update = triage.takeUpdate()
        for finding in update.findings {
            summary.findings.removeAll { finding.replaced.contains($0.folder) }
            summary.findings.append(finding)
            status.say(finding.announcement.displayed)
        }
        for (engine, count) in update.heldBack.sorted(by: { $0.key < $1.key }) {
            if summary.heldBack[engine] == nil {
                status.say(
                    "\(engine): findings wait from now on, as its open folders are as severe, and may be the same mistake"
                )
            }
            summary.heldBack[engine, default: 0] += count
        }
        summary.tooLong += update.tooLong
        if update.settled > 0 { summary.settled = (summary.settled ?? 0) + update.settled }
        for problem in update.problems { tell(problem) }
    }
}
