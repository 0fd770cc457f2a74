import Foundation

/// The times that compilers take for the same modules, taken in turns.
struct CompileTimes {
    let engines: [any ComparedEngine]
    /// Each compiler compiles each module so often at least.
    let rounds: Int
    /// The compiler that the others are compared with.
    let reference: String
    /// The compiler whose growth beyond the limits of others is shown.
    let own: [any ComparedEngine]

    static let arities = [1, 10, 100, 300, 1000]
    private static let beyond = 10_000

    /// Prints a table for each kind of module.
    func print() throws {
        for module in [ComparedModule.results, .chain] {
            try printComparison(module)
            try printGrowth(module)
        }
    }

    private func printComparison(_ module: ComparedModule) throws {
        Swift.print(
            "Compile time of \(module.title), from wasm to executable code: milliseconds, the least of at least"
        )
        Swift.print("\(rounds) rounds in which the compilers take turns; in parentheses relative to \(reference)")
        Swift.print("")
        Swift.print("| n | \(engines.map(\.name).joined(separator: " | ")) |")
        Swift.print("|---|\(engines.map { _ in "---|" }.joined())")
        let base = engines.firstIndex { $0.name == reference }
        for arity in Self.arities {
            let times = try leastTimes(of: engines, module.wasm(arity: arity))
            let cells = times.map { time in
                let relative = base.map { " (\(Self.rounded(time / times[$0])))" } ?? ""
                return Self.rounded(time * 1000) + relative
            }
            Swift.print("| \(arity) | \(cells.joined(separator: " | ")) |")
        }
        Swift.print("")
    }

    /// How time grows between ten times as many results each.
    private func printGrowth(_ module: ComparedModule) throws {
        let arities = [100, 1000, Self.beyond]
        Swift.print("Growth of \(module.title): milliseconds, and the exponent of n in the time")
        Swift.print("")
        Swift.print(
            "| compiler | 100 | 1000 | \(Self.beyond) | 100 to 1000 | 1000 to \(Self.beyond) | 100 to \(Self.beyond) |"
        )
        Swift.print("|---|---|---|---|---|---|---|")
        var rows = own.map { _ in [Double]() }
        for arity in arities {
            let times = try leastTimes(of: own, module.wasm(arity: arity))
            for (position, time) in times.enumerated() { rows[position].append(time) }
        }
        for (engine, times) in zip(own, rows) {
            let exponents = [log10(times[1] / times[0]), log10(times[2] / times[1]), log10(times[2] / times[0]) / 2]
            let cells = (times.map { $0 * 1000 } + exponents).map(Self.rounded).joined(separator: " | ")
            Swift.print("| \(engine.name) | \(cells) |")
        }
        Swift.print("")
    }

    /// The least time of each compiler, in seconds.
    private func leastTimes(of engines: [any ComparedEngine], _ wasm: [UInt8]) throws -> [Double] {
        var least = [Double](repeating: .infinity, count: engines.count)
        for engine in engines { _ = try engine.compile(wasm) }
        // Short times need more rounds until the least of them is one without disturbance.
        let deadline = ContinuousClock.now + .milliseconds(500)
        var round = 0
        while round < rounds || ContinuousClock.now < deadline && round < rounds * 100 {
            for (position, engine) in engines.enumerated() {
                let start = ContinuousClock.now
                let code = try engine.compile(wasm)
                let seconds = (ContinuousClock.now - start).inSeconds
                withExtendedLifetime(code) {}
                least[position] = min(least[position], seconds)
            }
            round += 1
        }
        return least
    }

    static func rounded(_ number: Double) -> String {
        String(format: number < 10 ? "%.2f" : "%.1f", number)
    }
}
