import Campaign
import InTreeEngines
import WorkerIsolation

/// Makes corpora smaller, and says how large they were and are.
enum CorpusReport {
    /// Leaves out of a corpus what teaches nothing, and takes what teaches something from others.
    static func minimize(_ options: CampaignOptions) async throws {
        let minimization: CorpusMinimization
        var options = options
        options.shippedWorker = Installation.ofThisProgram?.worker
        do {
            minimization = try await Campaign.minimizeCorpus(options, InTreeEngines.registry())
        } catch let error as CampaignMisuse {
            throw CommandFailure("--\(error.option.rawValue): \(error)")
        } catch {
            throw CommandFailure(error.oneLine, status: .nothingCompared)
        }
        StandardStream.output.writeOrExit(minimization.text + "\n")
        if minimization.wasInterrupted { try ExitStatus.interrupted.end() }
    }
}
