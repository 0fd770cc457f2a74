import Execution
import WasmFormats
import WasmModel

/// What shows a failure of an engine in this program, for somebody who is in the folder of the crash.
enum ReproductionCommands {
    static func commands(of report: CrashReport, _ test: TestCase) -> [String] {
        let module = CrashFolder.File.module
        let bug = report.specimen.map { " --inject \($0)" } ?? ""
        let engines = " --engines \(report.engine)\(bug)"
        // Other modules and several calls are in the report alone, which replay reads.
        guard test.companions.isEmpty, test.invocations.count <= 1 else {
            return ["fuzz-multivalue replay \"$PWD\"\(bug)"] + listing(report, module)
        }
        let call = test.invocations.first.map { invocation in
            " --invoke "
                + ([invocation.export] + invocation.arguments.map(\.description)).map(quoted).joined(separator: " ")
        }
        return ["fuzz-multivalue replay \"$PWD\"\(bug)", "fuzz-multivalue run \(module)\(engines)\(call ?? "")"]
            + listing(report, module)
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

    private static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || ":.,-_x".unicodeScalars.contains(scalar))
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
