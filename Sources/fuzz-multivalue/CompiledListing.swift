import Execution
import Foundation
import ReportPage
import WorkerIsolation

/// Listings of modules that may crash their compiler, or have it run without end: each is made by a process of its own.
enum CompiledListing {
    /// Of processor time; small modules take fractions of a second.
    private static let seconds = 10.0

    static func code(_ request: CodeRequest) -> CompiledCode {
        guard let specimen = request.specimen else { return run(request) }
        let code = run(request, ["--inject=\(specimen)"])
        guard case .unavailable(let reason) = code, case .listing(let lines, let remark) = run(request) else {
            return code
        }
        // What the bug breaks is better seen in the code that it does not break than not at all.
        let said = ["with the deliberate bug \(reason); this is the code without it", remark].compactMap { $0 }
        return .listing(lines, remark: said.joined(separator: "; "))
    }

    private static func run(_ request: CodeRequest, _ options: [String] = []) -> CompiledCode {
        guard let arguments = arguments(request) else { return .unavailable("no compiler has the name") }
        var invocation = WorkerInvocation(
            executable: Bundle.main.executablePath ?? CommandLine.arguments[0],
            arguments: arguments + options,
            // It is this program, which starts nothing else.
            inheritsEnvironment: true
        )
        invocation.memory = .resident
        var budget = Budget()
        budget.seconds = seconds
        let run: CommandRun
        do throws(WorkerError) { run = try CommandRun(invocation, within: budget) } catch {
            return .unavailable("the compiler could not be run: \(error)")
        }
        switch run.ending {
        case .exited(0):
            // 'compile' has neither the checks of audited code nor stages that are left out.
            let others = request.engine.options.dropFirst(2)
            let remark =
                others.isEmpty ? nil : "not compiled as the end of its name says: \(others.joined(separator: ":"))"
            return .listing(run.output, remark: remark)
        case .exited: return .unavailable("the compiler says: \(run.errors.last ?? "nothing")")
        case .failed(.crashed(let crash)): return .unavailable("the compiler crashes: \(crash.message)")
        case .failed: return .unavailable("the compiler fails")
        case .stopped: return .unavailable("the compiler has no end in \(Int(seconds)) seconds")
        case .overMemory: return .unavailable("the compiler uses more memory than it may")
        case .overOutput: return .unavailable("the code is too long to be shown")
        case .interrupted: return .unavailable("the compiler was interrupted")
        }
    }

    /// The options of `compile`; nil where the name of the engine has not the parts of one that compiles.
    private static func arguments(_ request: CodeRequest) -> [String]? {
        let options = request.engine.options
        guard options.count >= 2 else { return nil }
        // What begins with a hyphen would be an option.
        let module = request.module.hasPrefix("-") ? "./\(request.module)" : request.module
        return ["compile", module, "--target", request.engine.family]
            + ["--optimize=\(options[0])", "--results=\(options[1])", "--emit", "listing", "--layouts"]
            + (request.focus.value.map { ["--mark=\($0.function):\($0.list.rawValue):\($0.index)"] } ?? [])
    }
}
