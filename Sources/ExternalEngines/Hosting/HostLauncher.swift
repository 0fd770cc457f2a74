import Foundation
import WorkerIsolation

/// How the hosts of engines are started.
public struct HostLauncher: Sendable {
    /// This program with the arguments by which it is a host of a shared library, to which the path and `option=value` are appended.
    private let libraryHost: [String]

    /// Makes a launcher.
    public init(libraryHost: [String]) { self.libraryHost = libraryHost }

    /// Looks for the files of an engine.
    /// - Throws: what is missing, in one line.
    func check(_ kind: EngineDefinition.Kind) throws(WorkerError) {
        switch kind {
        case .library(let path, _): try check(library: path)
        case .javaScript(let command), .host(let command), .command(let command, _): _ = try executable(command)
        }
    }

    private func check(library path: String) throws(WorkerError) {
        guard FileManager.default.isReadableFile(atPath: path) else { throw WorkerError("\(path): no such library") }
    }

    /// The start of the process that is the host of an engine; nil for an engine that is a command for each case.
    /// - Throws: what is missing, in one line.
    func invocation(of kind: EngineDefinition.Kind) throws(WorkerError) -> WorkerInvocation? {
        switch kind {
        case .library(let path, let options):
            try check(library: path)
            return invocation(
                libraryHost[0],
                Array(libraryHost.dropFirst()) + [path] + options.map { "\($0.name)=\($0.value)" }
            )
        case .javaScript(let command):
            let script: String
            do { script = try HostScript.javaScript.path() } catch {
                throw WorkerError("the script of the host cannot be written: \(error.localizedDescription)")
            }
            return invocation(try executable(command), command.arguments + [script], command.variables)
        case .host(let command):
            return invocation(try executable(command), command.arguments, command.variables)
        case .command: return nil
        }
    }

    /// The start of a command with the path of the file in the place that its template has for it.
    /// - Throws: where there is no such program.
    func invocation(
        of command: Command,
        _ place: EngineDefinition.FilePlace,
        file: String
    ) throws(WorkerError) -> WorkerInvocation {
        let arguments = command.arguments.map { $0.replacing(place.placeholder, with: file) }
        return invocation(try executable(command), arguments, command.variables)
    }

    private func executable(_ command: Command) throws(WorkerError) -> String {
        guard let executable = command.executable else { throw WorkerError("\(command.program): no such program") }
        return executable
    }

    private func invocation(
        _ executable: String,
        _ arguments: [String],
        _ variables: [String: String] = [:]
    ) -> WorkerInvocation {
        let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "LANG"].contains($0.key) }
        var invocation = WorkerInvocation(
            executable: executable,
            arguments: arguments,
            environment: inherited.merging(Self.quiet) { $1 }.merging(variables) { $1 }
        )
        invocation.memory = .resident
        invocation.fileBytes = Self.greatestFile
        return invocation
    }

    /// Engines write caches, and nothing that matters here; in bytes.
    private static let greatestFile: UInt64 = 64 << 20

    /// What keeps engines from saying more than what matters.
    private static let quiet = ["RUST_BACKTRACE": "0", "NO_COLOR": "1", "DENO_NO_UPDATE_CHECK": "1"]
}

/// The scripts that are part of this program.
struct HostScript: Sendable {
    let name: String
    let content: [UInt8]

    /// A host for every JavaScript shell.
    static let javaScript = HostScript(name: "javascript-host.js", content: PackageResources.javascript_host_js)

    /// A host for engines of JavaScript that are Python packages, which are given the script above.
    static let python = HostScript(name: "python-host.py", content: PackageResources.python_host_py)

    /// A host for the engine of the Python package wasmer-sdk.
    static let wasmer = HostScript(name: "wasmer-host.py", content: PackageResources.wasmer_host_py)

    /// Where the script is a file; it is written where it is not there.
    func path() throws -> String { try HostCache.standard.path(ofScript: name, content) }
}
