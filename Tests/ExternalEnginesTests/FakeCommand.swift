import Execution
import Foundation
import TestedEngines
import WasmFormats
import WasmModel
import WorkerIsolation

@testable import ExternalEngines

/// A shell script that stands for an engine.
final class FakeCommand {
    let folder: String
    let engine: ExternalEngine

    /// - Parameters:
    ///   - place: what it is given.
    ///   - body: what it does with the file `$1` of a case; it takes every module that calls nothing, and tells what is wrong when it is tried.
    init(_ place: EngineDefinition.FilePlace, _ body: String) throws {
        let path = "\(FileManager.default.temporaryDirectory.path)/fake-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let script = """
            #!/bin/sh
            grep -q -e trap -e 74.72.61.70 -e wrong "$(dirname "$1")"/* && ! grep -q -e check- -e '"f"' "$1" && { echo 'trap: unreachable'; exit 1; }
            grep -q -e check- -e assert_ "$1" || exit 0
            \(body)
            """
        try Data(script.utf8).write(to: URL(fileURLWithPath: "\(path)/engine"))
        var settings = HostSettings(launcher: HostLauncher(libraryHost: ["none"]), oracle: FakeCommand.oracle)
        settings.cache = HostCache(folder: path)
        folder = path
        engine = ExternalEngine(
            try EngineDefinition("fake=command:/bin/sh \(path)/engine \(place.placeholder)"),
            settings
        )
    }

    static var oracle: any Oracle { TestedEngines.oracle }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// Cases for commands.
enum CommandCases {
    static func test(_ text: String, calls: [String]) throws -> TestCase {
        TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(text)),
            invocations: calls.map { Invocation(export: $0, arguments: []) }
        )
    }

    /// Three calls on one instance, which shows a global.
    static func counting() throws -> TestCase {
        try test(
            """
            (module (global $g (export "g") (mut i32) (i32.const 0))
              (func (export "next") (result i32 i32)
                (global.set $g (i32.add (global.get $g) (i32.const 1))) global.get $g i32.const 5))
            """,
            calls: ["next", "next", "next"]
        )
    }

    static let returned: [InvocationOutcome] = [1, 2, 3].map { .returned([.i32($0), .i32(5)]) }
}

extension Outcome {
    var observation: Observation? { if case .completed(let observation) = self { observation } else { nil } }
}
