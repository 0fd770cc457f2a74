import ArgumentParser
import Foundation
import InTreeEngines
import Triage
import WorkerIsolation

/// The commands, one file each in `Commands`.
struct FuzzMultivalue: ParsableCommand {
    /// Of the program.
    static let version = "0.1.0"
    /// The program, as it says of itself.
    static let nameAndVersion = "fuzz-multivalue \(version)"

    /// The same with the revision, where it is known, for who asks for it: to find it takes a look at the checkout.
    private static var shownVersion: String {
        guard CommandLine.arguments.contains("--version"), let revision = Revision.ofThisProgram else {
            return nameAndVersion
        }
        return "\(nameAndVersion) (\(revision.short))"
    }

    static let configuration = CommandConfiguration(
        commandName: "fuzz-multivalue",
        abstract: "Finds bugs of WebAssembly compilers that only show with many parameters and results.",
        discussion: """
            Exit statuses of all commands:
            \(ExitStatus.table)
            """,
        version: shownVersion,
        subcommands: [
            Fuzz.self,
            Generate.self,
            Run.self,
            Compile.self,
            Print.self,
            Objdump.self,
            Replay.self,
            Reduce.self,
            FindBoundary.self,
            TriageCommands.self,
            Corpus.self,
            Report.self,
            Zoo.self,
            Wast.self,
            ShowEngines.self,
            CheckHost.self,
            Bisect.self,
            Worker.self,
        ],
        defaultSubcommand: Fuzz.self
    )
}

/// Runs the command; every failure is one line on standard error, and the status is one of ``ExitStatus``.
@main
enum Main {
    static func main() async {
        // Beyond the limit of the shell, a write is an error like that of a full disk, and not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        AllocatorTuning.keepLargeBlocks()
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            var command = try FuzzMultivalue.parseAsRoot(InvocationOptions.markingNegativeValues(arguments))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.agreement.rawValue)
        } catch let failure as CommandFailure where failure.status == .agreement {
            StandardStream.output.writeOrExit(failure.description.displayed + "\n")
            exit(ExitStatus.agreement.rawValue)
        } catch let failure as CommandFailure {
            StandardStream.error.report(failure.description)
            exit(failure.status.rawValue)
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch {
            if FuzzMultivalue.exitCode(for: error) == .success {
                StandardStream.output.writeOrExit(FuzzMultivalue.fullMessage(for: error) + "\n")
                exit(ExitStatus.agreement.rawValue)
            }
            StandardStream.error.report(FuzzMultivalue.message(for: error))
            exit(ExitStatus.misuse.rawValue)
        }
    }

    /// Ends the process, with the status of an interruption where the user has interrupted what was done.
    private static func exit(_ status: Int32) -> Never {
        StandardStream.exit(Interruption.signals.isRequested ? ExitStatus.interrupted.rawValue : status)
    }
}
