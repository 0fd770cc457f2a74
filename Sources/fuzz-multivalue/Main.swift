import ArgumentParser
import InTreeEngines

/// The commands, one file each in `Commands`.
struct FuzzMultivalue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz-multivalue",
        abstract: "Finds bugs of WebAssembly compilers that only show with many parameters and results.",
        discussion: """
            Exit statuses of all commands:
            \(ExitStatus.table)
            """,
        subcommands: [
            Fuzz.self,
            Generate.self,
            Run.self,
            Compile.self,
            Replay.self,
            Reduce.self,
            FindBoundary.self,
            TriageTable.self,
            Zoo.self,
            Wast.self,
            ShowEngines.self,
            Worker.self,
        ],
        defaultSubcommand: Fuzz.self
    )
}

/// Runs the command; every failure is one line on standard error, and the status is one of ``ExitStatus``.
@main
enum Main {
    static func main() async {
        AllocatorTuning.keepLargeBlocks()
        do {
            var command = try FuzzMultivalue.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure where failure.status == .agreement {
            StandardStream.output.writeOrExit(failure.description.displayed + "\n")
            StandardStream.exit(failure.status.rawValue)
        } catch let failure as CommandFailure {
            StandardStream.error.report(failure.description)
            StandardStream.exit(failure.status.rawValue)
        } catch let status as ExitCode {
            StandardStream.exit(status.rawValue)
        } catch {
            if FuzzMultivalue.exitCode(for: error) == .success {
                StandardStream.output.writeOrExit(FuzzMultivalue.fullMessage(for: error) + "\n")
                StandardStream.exit(0)
            }
            StandardStream.error.report(FuzzMultivalue.message(for: error))
            StandardStream.exit(ExitStatus.misuse.rawValue)
        }
    }
}
