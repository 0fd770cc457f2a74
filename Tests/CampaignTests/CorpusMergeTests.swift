import Foundation
import Testing
import WorkerIsolation

@testable import Campaign

struct CorpusMergeTests {
    private let scratch: ScratchFolder
    private let folder: WorkFolder
    private var corpus: String { "\(scratch.path)/corpus" }
    private var other: String { "\(scratch.path)/other" }

    init() throws {
        scratch = try ScratchFolder()
        folder = try WorkFolder(corpus: "\(scratch.path)/corpus")
        try FileManager.default.createDirectory(atPath: "\(scratch.path)/other", withIntermediateDirectories: true)
        for (name, size) in [("corpus/a", 1), ("corpus/b", 2), ("corpus/c", 3), ("other/d", 1), ("other/e", 2)] {
            let input = String(repeating: "x", count: size)
            try input.write(toFile: "\(scratch.path)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    private func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    /// A worker that does what a script says with the control file, its first argument.
    private func worker(_ script: String) -> (String) throws -> WorkerProcess {
        { try WorkerProcess(WorkerInvocation(executable: "/bin/sh", arguments: ["-c", script, "sh", $0])) }
    }

    @Test(.timeLimit(.minutes(10)))
    func `what covers nothing new is removed, and what another corpus has more is taken`() throws {
        var merge = try CorpusMerge(corpus: corpus, others: [other], in: folder)
        let script = """
            test "$(head -2 "$1" | tr '\\n' ' ')" = "5 3 " || exit 1
            printf 'STARTED 0 1\\nFT 0 7 8\\nCOV 0 1\\nSTARTED 1 2\\nFT 1 7\\nSTARTED 2 3\\nFT 2 9\\n' >> "$1"
            printf 'STARTED 3 1\\nFT 3 9 7\\nSTARTED 4 2\\nFT 4 8 10\\n' >> "$1"
            """
        let result = try merge.run(isStopped: { false }, start: worker(script), progress: { _, _ in })
        #expect(result == CorpusMerge.Result(run: 5, inputs: 5, removed: 1, taken: 1))
        #expect(try names(corpus) == ["a", "c", "e"] && names(other) == ["d", "e"])
    }

    @Test(.timeLimit(.minutes(10)))
    func `an input of another corpus is taken, if its name is that of other bytes here`() throws {
        try "y".write(toFile: "\(other)/a", atomically: true, encoding: .utf8)
        try "xx".write(toFile: "\(other)/b", atomically: true, encoding: .utf8)
        // The other a is new, and the other b is the one that is here.
        let script = """
            for number in 0 1 2 3 4 5 6; do printf "STARTED $number 1\nFT $number $number\n"; done >> "$1"
            """
        for taken in [3, 0] {
            var merge = try CorpusMerge(corpus: corpus, others: [other], in: folder)
            let result = try merge.run(isStopped: { false }, start: worker(script), progress: { _, _ in })
            #expect(result.taken == taken)
            let inputs = try names(corpus)
            #expect(inputs.count == 6 && inputs.starts(with: ["a"]) && inputs[1].hasPrefix("a-"), "\(inputs)")
            #expect(try String(contentsOfFile: "\(corpus)/\(inputs[1])", encoding: .utf8) == "y")
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `an input that ends the worker is passed over, and what was not run stays`() throws {
        var merge = try CorpusMerge(corpus: corpus, others: [], in: folder)
        let script = """
            case $(grep -c STARTED "$1") in
            0) printf 'STARTED 0 1\\nFT 0 7\\nSTARTED 1 2\\n' >> "$1"; kill -SEGV $$ ;;
            1) exit 1 ;;
            2) printf 'STARTED 2 3\\n' >> "$1"; kill -SEGV $$ ;;
            *) exit 1 ;;
            esac
            """
        let result = try merge.run(isStopped: { false }, start: worker(script), progress: { _, _ in })
        #expect(result == CorpusMerge.Result(run: 1, inputs: 3, removed: 0, taken: 0))
        #expect(try names(corpus) == ["a", "b", "c"])
    }

    @Test(.timeLimit(.minutes(10)))
    func `what a killed worker wrote in part does not count, also where the next one wrote behind it`() throws {
        var merge = try CorpusMerge(corpus: corpus, others: [], in: folder)
        let script = """
            case $(grep -c STARTED "$1") in
            0) printf 'STARTED 0 1\\nFT 0 7 8\\nSTARTED 1 2\\nFT 1 7' >> "$1"; kill -KILL $$ ;;
            *) printf 'STARTED 2 3\\nFT 2 9\\nCOV 2 1\\nFT 2 8' >> "$1" ;;
            esac
            """
        let result = try merge.run(isStopped: { false }, start: worker(script), progress: { _, _ in })
        // Of the second only half of what it covers is known, and the third has more than the first.
        #expect(result == CorpusMerge.Result(run: 2, inputs: 3, removed: 0, taken: 0))
        #expect(try names(corpus) == ["a", "b", "c"])
    }

    @Test(.timeLimit(.minutes(10)))
    func `inputs are run without a change to the corpus, and what was taken is whole`() throws {
        var merge = try CorpusMerge(corpus: corpus, others: [other], in: folder)
        let script = """
            for number in 0 1 2 3 4; do printf "STARTED $number 1\\nFT $number $((number % 4))\\n"; done >> "$1"
            """
        #expect(try merge.runInputs(isStopped: { false }, start: worker(script), progress: { _, _ in }))
        #expect(try names(corpus) == ["a", "b", "c"])
        #expect(CorpusMerge.size(corpus) == CorpusMinimization.Size(inputs: 3, bytes: 6))
        #expect(try merge.finish() == CorpusMerge.Result(run: 5, inputs: 5, removed: 0, taken: 1))
        #expect(try names(corpus) == ["a", "b", "c", "d"])
        #expect(try !names(scratch.path).contains { $0.contains("taken") })
        #expect(try String(contentsOfFile: "\(corpus)/d", encoding: .utf8) == "x")
    }

    @Test func `nothing is run once it is to stop`() throws {
        var merge = try CorpusMerge(corpus: corpus, others: [], in: folder)
        let result = try merge.run(isStopped: { true }, start: worker("exit 1"), progress: { _, _ in })
        #expect(result == CorpusMerge.Result(run: 0, inputs: 3, removed: 0, taken: 0))
        #expect(CorpusMerge.count(corpus) == 3 && CorpusMerge.count("\(corpus)/nothing") == 0)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a merge goes on in steps beside others, and what was run when it is ended counts`() throws {
        var merge = try CorpusMerge(corpus: corpus, others: [], in: folder)
        let script = """
            printf 'STARTED 0 1\nFT 0 7\nSTARTED 1 2\nFT 1 7\nSTARTED 2 3\n' >> "$1"; touch "$1.begun"; exec sleep 1000
            """
        #expect(try !merge.advance(worker(script)))
        while !FileManager.default.fileExists(atPath: "\(folder.run.path)/merge.begun") { usleep(10_000) }
        #expect(try !merge.advance(worker(script)))
        #expect(try merge.finish() == CorpusMerge.Result(run: 2, inputs: 3, removed: 1, taken: 0))
        #expect(try names(corpus) == ["a", "c"])
    }
}
