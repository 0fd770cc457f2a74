import Differential
import Execution
import Foundation
import InTreeEngines
import Triage
import WorkerIsolation

// A worker whose engines misbehave, and a supervisor that is to be killed.
//
//     isolation-probe serve                     what a serving worker does
//     isolation-probe supervise PROGRAM...      starts a worker, says what it says, and waits for ever
//     isolation-probe keep STORE                puts a finding of a mebibyte into the inbox of a crash store, and says what came of it
let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case "serve":
    for number in [SIGSEGV, SIGILL, SIGTRAP] { signal(number, SIG_DFL) }
    EngineServer.serve { _ in
        let registry = InTreeEngines.registry()
        return EngineRegistry(
            oracle: registry.oracle,
            factories: registry.factories + [MisbehavingFactory(), FragileFactory()]
        )
    }
case "supervise":
    let program = Array(arguments.dropFirst())
    let process = try WorkerProcess(WorkerInvocation(executable: program[0], arguments: Array(program.dropFirst())))
    FileDescriptorLine.write("\(process.identifier)", to: 1)
    while true {
        for line in process.lines(waitingMilliseconds: 1000).output { FileDescriptorLine.write(line, to: 1) }
    }
case "keep":
    let test = TestCase(wasm: [UInt8](repeating: 7, count: 1 << 20), invocations: [])
    let divergence = Divergence(observable: .rejection, expected: "valid", observed: "rejected")
    do {
        try CrashStore(path: arguments.last ?? "").inbox.put(Finding(Case(test), engine: "any", divergence: divergence))
        FileDescriptorLine.write("kept", to: 1)
    } catch {
        FileDescriptorLine.write("\(error)", to: 1)
    }
default:
    FileDescriptorLine.write("serve, supervise or keep", to: 2)
    exit(2)
}
