import Differential
import Execution
import Foundation
import LibraryEngines
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

/// A real engine's library, where one is here: in the folder that the variable `LIBRARY_ENGINES` names, else in `.engines`.
struct TestedLibrary {
    /// The path of the file in the folder.
    let file: String

    static let wasmtime = TestedLibrary(file: "wasmtime/libwasmtime.so")
    static let wasm3 = TestedLibrary(file: "wasm3/libwasm3.so")

    private static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["LIBRARY_ENGINES"] { return URL(filePath: path) }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: ".engines")
    }()

    var path: String { Self.folder.appending(path: file).path() }

    var isHere: Bool { FileManager.default.isReadableFile(atPath: path) }

    /// Why tests are skipped.
    var absence: Comment { "no \(file) in .engines or in the folder of LIBRARY_ENGINES" }

    /// An engine with options.
    func engine(_ options: [String: String] = [:]) throws -> LibraryEngine {
        try LibraryEngine(library: path, options: options, name: EngineName(family: "library"))
    }

    /// Runs the text of a module in the library and in the interpreter, and compares; gives what both do.
    func observation(
        _ text: String,
        _ calls: [Invocation] = [Invocation(export: "f", arguments: [])],
        _ options: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) throws -> Observation? {
        let test = TestCase(wasm: BinaryEncoder.encode(try TextParser.module(text)), invocations: calls)
        let outcome = try engine(options).run(test, within: Budget())
        guard case .completed(let observed) = outcome,
            case .completed(let expected) = TestedEngines.oracle.run(test, within: Budget())
        else {
            Issue.record("\(outcome)", sourceLocation: location)
            return nil
        }
        #expect(observed == expected, sourceLocation: location)
        return expected
    }
}

/// What generated cases came to in a library.
struct LibraryTally {
    var agreements = 0
    /// What the engine says of cases that it does not take.
    var refusals: [String] = []
    var differences: [String] = []

    /// Runs generated cases in an engine, and compares with the interpreter.
    init(
        _ engine: LibraryEngine,
        profile name: String,
        count: Int,
        maximumArity: Int,
        namesReferences: Bool
    ) throws {
        let profile = try #require(Profile(named: name)).portable
        for seed in 0..<UInt64(count) {
            var decisions = DecisionSource(seed: seed)
            let generated = Case(profile.decidedCase(from: &decisions, maximumArity: maximumArity).inOneInstance)
            add(namesReferences ? try generated.namingReferences() : generated, "seed \(seed)", engine)
        }
    }

    /// Runs cases in an engine, and compares with the interpreter.
    init(_ engine: LibraryEngine, _ subjects: [Case]) {
        for subject in subjects { add(subject, subject.summary, engine) }
    }

    private mutating func add(_ subject: Case, _ name: String, _ engine: LibraryEngine) {
        let judge = Judge(oracle: TestedEngines.oracle, confirmationFactor: nil)
        var trial = judge.trial(of: subject)
        let (outcome, verdict) = trial.judge(engine)
        switch (outcome, verdict) {
        case (.refused(let reason)?, _), (.rejected(let reason)?, _): refusals.append(reason)
        case (_, .agreement): agreements += 1
        case (_, .divergence): differences.append("\(name): \(verdict)")
        case (_, .inconclusive): break
        }
    }
}
