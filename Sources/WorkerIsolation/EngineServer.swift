import Execution
import Foundation
import TrapReport

/// Finds the engines, with a deliberate bug injected where one is named.
///
/// Given from outside: neither concrete engines nor the names of deliberate bugs are known here.
public typealias RegistryOfSpecimen = @Sendable (_ specimen: String?) throws -> EngineRegistry

/// The serving worker: runs cases as lines of standard input ask for it, and answers on standard output.
public enum EngineServer {
    /// Serves until standard input ends. Engines at fault take the process with them; the reader of standard error knows the phase.
    public static func serve(_ registry: RegistryOfSpecimen) {
        trap_report_install()
        PhaseTrace.observer = { phase, engine in
            FileDescriptorLine.write(PhaseMarker.line(phase, engine: engine), to: 2)
        }
        while let line = readLine() {
            FileDescriptorLine.write(response(to: line, registry), to: 1)
        }
    }

    /// The answer to a line, without its line feed.
    static func response(to line: String, _ registry: RegistryOfSpecimen) -> String {
        let response: HostResponse
        do {
            let request = try JSONLine.decode(HostRequest.self, line)
            if request.version == HostProtocol.version {
                let engine = try registry(request.specimen).engine(named: request.engine)
                response = .outcome(engine.run(request.test, within: request.budget))
            } else {
                response = .failed(
                    reason: "version \(request.version) of the protocol, not \(HostProtocol.version)"
                )
            }
        } catch {
            response = .failed(reason: "\(error)")
        }
        do {
            return String(decoding: try JSONLine.encode(response).dropLast(), as: UTF8.self)
        } catch {
            // Nothing of a response has a value that JSON cannot hold.
            return "{\"version\":\(HostProtocol.version),\"failure\":\"no JSON\"}"
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
