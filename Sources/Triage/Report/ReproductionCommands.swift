import Execution
import WasmFormats
import WasmModel

/// What shows a failure with this program, for somebody who is in the folder of the crash.
enum ReproductionCommands {
    /// What runs a crash of any engine again.
    static func replay(_ report: CrashReport) -> String {
        let options =
            (report.specimen.map { ["--inject", $0] } ?? [])
            + (report.account.map { ["--engine", $0.definition] } ?? [])
        return (["fuzz-multivalue replay \"$PWD\""] + options.map(ShellWord.quoted)).joined(separator: " ")
    }

    /// Of an engine in this program.
    static func commands(of report: CrashReport, _ test: TestCase) -> [String] {
        let module = CrashFolder.File.module
        let bug = report.specimen.map { " --inject \($0)" } ?? ""
        let engines = " --engines \(report.engine)\(bug)"
        // Other modules and several calls are in the report alone, which replay reads.
        guard test.companions.isEmpty, test.invocations.count <= 1 else {
            return [replay(report)] + listing(report, module)
        }
        let call = test.invocations.first.map { invocation in
            " --invoke " + ShellWord.command([invocation.export] + invocation.arguments.map(\.description))
        }
        return [replay(report), "fuzz-multivalue run \(module)\(engines)\(call ?? "")"] + listing(report, module)
    }

    /// What shows the code of a compiler.
    private static func listing(_ report: CrashReport, _ module: String) -> [String] {
        let options = report.engine.options
        guard options.count >= 2 else { return [] }
        let bug = report.specimen.map { " --inject \($0)" } ?? ""
        return [
            "fuzz-multivalue compile \(module)\(bug) --target \(report.engine.family) --optimize \(options[0]) --results \(options[1]) --emit listing"
        ]
    }
}
