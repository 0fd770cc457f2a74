import Execution
import Foundation

/// The other side of a host in Swift: answers what standard input asks for, one line after the other, until it ends.
public enum HostServer {
    /// Serves in a sandbox; what the engine needs of files has to be open.
    /// - Parameters:
    ///   - description: what the host says of itself.
    ///   - readable: files and folders that the engine reads later on.
    ///   - run: runs a case; may take the process down.
    public static func serve(
        _ description: HostDescription,
        readable: [String] = [],
        run: (TestCase, EngineName, Budget) -> Outcome
    ) {
        Sandbox(readable: readable).enter()
        EngineServer.endWithParent()
        PhaseTrace.observer = { phase, engine in
            FileDescriptorLine.write(PhaseMarker.line(phase, engine: engine), to: 2)
        }
        while let line = readLine() {
            let response: HostResponse
            do {
                let request = try JSONLine.decode(HostRequest.self, line)
                switch request.task {
                case .description: response = .description(description)
                case .test(let hosted): response = .outcome(run(hosted.test, request.engine, request.budget))
                case .script: response = .failed(reason: "this host runs no scripts")
                case .compilation: response = .failed(reason: "this host compiles nothing alone")
                }
            } catch let error as DecodingError {
                response = .failed(reason: error.reason(of: "request"))
            } catch {
                response = .failed(reason: "\(error)")
            }
            FileDescriptorLine.write(response.line, to: 1)
        }
    }
}
