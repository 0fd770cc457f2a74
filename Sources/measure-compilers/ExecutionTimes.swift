import Execution

/// The times that compiled kernels take, in turns.
struct ExecutionTimes {
    let table: ComparisonTable
    let rounds: Int
    let kernels: [Kernel]

    /// Prints a table of all kernels.
    /// - Throws: where two compilers' code gives different results.
    func print() throws {
        Swift.print(
            "Executed code: milliseconds, the least of \(rounds) rounds in which the compilers take turns\(table.relation)"
        )
        Swift.print("")
        table.printHead("kernel")
        for kernel in kernels { table.printRow(kernel.name, try leastTimes(kernel)) }
        Swift.print("")
    }

    /// The least time of each compiler's code in seconds; nil where the compiler refuses the module.
    private func leastTimes(_ kernel: Kernel) throws -> [Double?] {
        var codes: [(any PreparedModule)?] = []
        for engine in table.compilers {
            do {
                codes.append(try engine.compile(kernel.wasm))
            } catch {
                Swift.print("\(engine.title) refuses \(kernel.name): \(error)")
                codes.append(nil)
            }
        }
        var least = [Double?](repeating: nil, count: codes.count)
        var expected: UInt64?
        for _ in 0..<max(1, rounds) {
            for (position, code) in codes.enumerated() {
                guard let code else { continue }
                let (result, seconds) = try table.compilers[position].timedRun(code)
                guard result == expected ?? result else {
                    throw ComparisonError(
                        "\(kernel.name): \(table.compilers[position].title) gives \(result), not \(expected ?? 0) as those before"
                    )
                }
                expected = result
                least[position] = min(least[position] ?? .infinity, seconds)
            }
        }
        return least
    }
}
