import Execution
import LibraryEngines
import WorkerIsolation

/// The process in which an engine of a shared library runs.
enum LibraryHost {
    /// Loads a library, and answers until standard input ends.
    /// - Parameter arguments: the path of the library, and options of the form `name=value`.
    static func serve(_ arguments: [String]) throws {
        guard let path = arguments.first else { throw CommandFailure("worker library: needs the path of a library") }
        var options: [String: String] = [:]
        for argument in arguments.dropFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw CommandFailure("worker library: '\(argument)' is not name=value") }
            options[parts[0]] = parts[1]
        }
        let engine: LibraryEngine
        do {
            engine = try LibraryEngine(library: path, options: options, name: "library")
        } catch {
            throw CommandFailure("\(error)")
        }
        let boundary = engine.boundary
        let capabilities = engine.capabilities
        var description = HostDescription(name: capabilities.summary, release: capabilities.version)
        description.values = boundary.values
        description.exactNaNs = boundary.exactNaNs
        description.providesFunctions = boundary.providesFunctions
        description.showsGlobals = boundary.showsGlobals
        description.showsTables = boundary.showsTables
        description.namesTraps = boundary.namesTraps
        HostServer.serve(description) { test, _, budget in engine.run(test, within: budget) }
    }
}
