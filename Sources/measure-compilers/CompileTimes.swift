import Foundation

/// The times that compilers take for the same modules, taken in turns.
struct CompileTimes {
    let table: ComparisonTable
    /// How many turns each compiler has at least, for each module.
    let rounds: Int
    /// The compilers whose growth beyond the limits of others is shown.
    let own: [ComparedCompiler]
    let kernels: [Kernel]

    private static let arities = [1, 10, 100, 300, 1000]
    private static let beyond = 10_000

    /// Prints a table for each kind of module.
    func print() throws {
        for module in [ComparedModule.results, .chain] {
            printTitle(module.title)
            table.printHead("n")
            for arity in Self.arities {
                table.printRow(String(arity), try leastTimes(of: table.compilers, module.wasm(arity: arity)))
            }
            Swift.print("")
            try printGrowth(module)
        }
        printTitle("the kernels")
        table.printHead("kernel")
        for kernel in kernels { table.printRow(kernel.name, try leastTimes(of: table.compilers, kernel.wasm)) }
        Swift.print("")
    }

    private func printTitle(_ what: String) {
        Swift.print(
            "Compile time of \(what), from wasm to executable code: milliseconds, the least of at least \(rounds)"
        )
        Swift.print("turns of two compilations each, which the compilers take in rounds\(table.relation)")
        Swift.print("")
    }

    /// How time grows between ten times as many results each.
    private func printGrowth(_ module: ComparedModule) throws {
        let arities = [100, 1000, Self.beyond]
        Swift.print("Growth of \(module.title): milliseconds, and the exponent of n in the time")
        Swift.print("")
        let spans = "100 to 1000 | 1000 to \(Self.beyond) | 100 to \(Self.beyond)"
        Swift.print("| compiler | 100 | 1000 | \(Self.beyond) | \(spans) |")
        Swift.print("|---|---|---|---|---|---|---|")
        var rows = own.map { _ in [Double]() }
        for arity in arities {
            let times = try leastTimes(of: own, module.wasm(arity: arity))
            for (position, time) in times.enumerated() { rows[position].append(time ?? .nan) }
        }
        for (engine, times) in zip(own, rows) {
            let exponents = [log10(times[1] / times[0]), log10(times[2] / times[1]), log10(times[2] / times[0]) / 2]
            let cells = (times.map { $0 * 1000 } + exponents).map(ComparisonTable.rounded).joined(separator: " | ")
            Swift.print("| \(engine.title) | \(cells) |")
        }
        Swift.print("")
    }

    /// The least time of each compiler, in seconds; nil where it refuses the module.
    private func leastTimes(of engines: [ComparedCompiler], _ wasm: [UInt8]) throws -> [Double?] {
        let takesPart = engines.map { (try? $0.compile(wasm)) != nil }
        var least = [Double?](repeating: nil, count: engines.count)
        // Short times need more turns until the least of them is one without disturbance.
        let deadline = ContinuousClock.now + .milliseconds(500)
        var round = 0
        while round < rounds || ContinuousClock.now < deadline && round < rounds * 100 {
            for (position, engine) in engines.enumerated() where takesPart[position] {
                // The first compilation of a turn finds the caches full of what another compiler left.
                for _ in 0..<2 {
                    let seconds = try Self.time(of: engine, wasm)
                    least[position] = min(least[position] ?? .infinity, seconds)
                }
            }
            round += 1
        }
        return least
    }

    /// Compiles a module for five seconds and prints the least time.
    static func compileRepeatedly(_ engine: ComparedCompiler, _ wasm: [UInt8]) throws {
        let deadline = ContinuousClock.now + .seconds(5)
        var least = Double.infinity
        while ContinuousClock.now < deadline { least = min(least, try time(of: engine, wasm)) }
        Swift.print("\(engine.title): \(ComparisonTable.rounded(least * 1000)) ms")
    }

    /// In seconds; without taking away what was made.
    private static func time(of engine: ComparedCompiler, _ wasm: [UInt8]) throws -> Double {
        let start = ContinuousClock.now
        let code = try engine.compile(wasm)
        let seconds = (ContinuousClock.now - start).inSeconds
        withExtendedLifetime(code) {}
        return seconds
    }
}
