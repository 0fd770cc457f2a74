import Foundation
import WasmFormats

/// The times that compiled kernels take, in turns.
struct ExecutionTimes {
    let engines: [any ComparedEngine]
    let rounds: Int
    /// The compiler that the others are compared with.
    let reference: String
    /// The paths of modules in the text format, each with an export `run` that gives an i64.
    let kernels: [String]

    /// Prints a table of all kernels.
    /// - Throws: where two compilers' code gives different results.
    func print() throws {
        let base = engines.firstIndex { $0.name == reference }
        let relation = base == nil ? "" : "; in parentheses relative to \(reference)"
        Swift.print(
            "Executed code: milliseconds, the least of \(rounds) rounds in which the compilers take turns\(relation)"
        )
        Swift.print("")
        Swift.print("| kernel | \(engines.map(\.name).joined(separator: " | ")) |")
        Swift.print("|---|\(engines.map { _ in "---|" }.joined())")
        for kernel in kernels {
            let source = [UInt8](try Data(contentsOf: URL(fileURLWithPath: kernel)))
            let name = URL(fileURLWithPath: kernel).deletingPathExtension().lastPathComponent
            let times = try leastTimes(BinaryEncoder.encode(try TextParser.module(source)), name)
            let cells = times.map { time in
                guard let time else { return "refused" }
                guard let base, let other = times[base] else { return CompileTimes.rounded(time * 1000) }
                return "\(CompileTimes.rounded(time * 1000)) (\(CompileTimes.rounded(time / other)))"
            }
            Swift.print("| \(name) | \(cells.joined(separator: " | ")) |")
        }
        Swift.print("")
    }

    /// The least time of each compiler's code in seconds; nil where the compiler refuses the module.
    private func leastTimes(_ wasm: [UInt8], _ name: String) throws -> [Double?] {
        var codes: [(any CompiledCode)?] = []
        for engine in engines {
            do {
                codes.append(try engine.compile(wasm))
            } catch {
                Swift.print("\(engine.name) refuses \(name): \(error)")
                codes.append(nil)
            }
        }
        var least = [Double?](repeating: nil, count: engines.count)
        var expected: UInt64?
        for _ in 0..<max(1, rounds) {
            for (position, code) in codes.enumerated() {
                guard let code else { continue }
                let (result, seconds) = try code.timedRun()
                guard result == expected ?? result else {
                    throw ComparisonError(
                        "\(name): \(engines[position].name) gives \(result), not \(expected ?? 0) as those before"
                    )
                }
                expected = result
                least[position] = min(least[position] ?? .infinity, seconds)
            }
        }
        return least
    }
}
