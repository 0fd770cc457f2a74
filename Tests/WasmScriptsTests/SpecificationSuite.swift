import Foundation
import Testing
import WasmScripts

/// The specification's test suite, where it is at hand: in the folder that the variable SPEC_TESTS names, or in
/// `../shared/spec-tests` beside the package.
enum SpecificationSuite {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["SPEC_TESTS"] { return URL(fileURLWithPath: path) }
        return URL(fileURLWithPath: #filePath).appending(path: "../../../../shared/spec-tests").standardizedFileURL
    }()

    static let core = folder.appending(path: "core")
    static let conversion = folder.appending(path: "core-json.tar.xz")

    static let isPresent = FileManager.default.fileExists(atPath: core.path)
    static let hasConversion = FileManager.default.fileExists(atPath: conversion.path)

    static let absence: Comment =
        "the specification's tests are neither in the folder SPEC_TESTS nor in ../shared/spec-tests"

    /// All of them with SLOW_TESTS; without, the scripts that are not large, so that a debug build is done in seconds.
    static let runsAll = ProcessInfo.processInfo.environment["SLOW_TESTS"] != nil

    /// The scripts, by their paths below ``core``.
    static let scripts: [String] = {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: core.path)) ?? []
        return paths.filter { path in
            guard path.hasSuffix(".wast") else { return false }
            let attributes = try? FileManager.default.attributesOfItem(atPath: core.appending(path: path).path)
            return runsAll || (attributes?[.size] as? Int ?? 0) <= 100_000
        }.sorted()
    }()

    static func content(_ path: String) throws -> ScriptFile.Content {
        try ScriptFile(path: core.appending(path: path).path).content()
    }

    /// Unpacks the conversion into a new folder, which the caller removes.
    static func unpackConversion() throws -> URL {
        let target = FileManager.default.temporaryDirectory.appending(path: "conversion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tar", "-xf", conversion.path, "-C", target.path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "tar unpacks the conversion")
        return target
    }
}
