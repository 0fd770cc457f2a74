import Foundation
import Testing

@testable import Triage

/// What a terminal and a page say of a crash.
struct CrashStatementsTests {
    @Test func `a report without commands has the one that runs it again`() throws {
        var report = SampleCrash.record().report
        report.specimen = "lost-moves"
        #expect(CrashStatements(report).commands == ["fuzz-multivalue replay \"$PWD\" --inject lost-moves"])
        report.commands = ["own"]
        #expect(CrashStatements(report).commands == ["own"])
    }

    @Test func `arguments are those of a shell`() {
        var report = SampleCrash.record().report
        report.provenance = Provenance(program: "p 1", revision: nil, host: "h", arguments: ["reduce", "a b", ""])
        let statements = CrashStatements(report).rest.filter { ["Found by", "Arguments"].contains($0.term) }
        #expect(statements.map(\.text) == ["p 1; h", "reduce 'a b' ''"])
    }

    @Test func `words of commands are quoted where a shell needs it`() {
        #expect(ShellWord.command(["replay", "a b/0001-x", "it's", ""]) == #"replay 'a b/0001-x' 'it'\''s' ''"#)
    }
}
