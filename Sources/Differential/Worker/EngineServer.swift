import Engines
import Foundation
import TrapReport

/// Finds the engines, with a deliberate bug injected where one is named.
///
/// Given from outside: the names of deliberate bugs are not known here.
public typealias CatalogOfSpecimen = @Sendable (_ specimen: String?) throws -> EngineCatalog

/// The serving worker: runs cases as lines of standard input ask for it, and answers on standard output.
public enum EngineServer {
    /// Serves until standard input ends. Engines at fault take the process with them; the reader of standard error knows the phase.
    public static func serve(_ catalog: CatalogOfSpecimen) {
        AllocatorTuning.keepLargeBlocks()
        trap_report_install()
        PhaseTrace.observer = { phase, engine in
            FileDescriptorLine.write(PhaseMarker.line(phase, engine: engine), to: 2)
        }
        while let line = readLine() {
            FileDescriptorLine.write(response(to: line, catalog), to: 1)
        }
    }

    /// The answer to a line, without its line feed.
    static func response(to line: String, _ catalog: CatalogOfSpecimen) -> String {
        let response: ServeResponse
        do {
            let request = try JSONLine.decode(ServeRequest.self, line)
            let engines = try catalog(request.specimen).engines(named: request.engine)
            response =
                engines.count == 1
                ? .outcome(engines[0].run(request.test, within: request.budget))
                : .failed(reason: "'\(request.engine)' stands for \(engines.count) engines")
        } catch {
            response = .failed(reason: "\(error)")
        }
        do {
            return String(decoding: try JSONLine.encode(response).dropLast(), as: UTF8.self)
        } catch {
            // Nothing of a response has a value that JSON cannot hold.
            return "{\"failed\":{\"reason\":\"no JSON\"}}"
        }
    }
}

/// Whole lines, written at once, past all buffers: what was said is said when the process dies.
public enum FileDescriptorLine {
    /// Writes a line; where nobody reads any more, nothing happens.
    public static func write(_ line: String, to descriptor: Int32) { writeText(line + "\n", to: descriptor) }

    /// Writes a text as it is.
    public static func writeText(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + offset, $0.count - offset) }
            if written < 0, errno != EINTR { return }
            offset += max(written, 0)
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
