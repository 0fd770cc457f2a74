import Differential
import Execution
import InTreeEngines
import MachineCode
import WasmFormats
import WasmGenerator
import WasmModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Prints figures of the documentation: cases per second of one core, and compile time against the number of results.
///
/// Run it in release: `swift run -c release measure-speed`, with `formats` after it for the binary format, or with `cases` and arities for
/// cases of these alone, as for a profiler. Figures of one run can be compared with each other, not with those of another.
@main
enum MeasureSpeed {
    static func main() throws {
        AllocatorTuning.keepLargeBlocks()
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "formats": try FormatSpeed.print(words: Array(arguments.dropFirst()))
        case "cases": printCasesPerSecond(arguments.dropFirst().compactMap { Int($0) })
        default:
            printCasesPerSecond([1, 8, 30, 300, 1000])
            try printCompileTimes()
        }
    }

    private static let types: [ValueType] = [.f32, .i32, .f64, .i64]

    private static func recipe(_ edge: Edge, parameters: Int, results: Int, seed: UInt64 = 1) -> CaseRecipe {
        let mix = TypeMix.alternating(types)
        return CaseRecipe(
            edges: [edge],
            parameters: mix.list(count: parameters),
            results: mix.list(count: results),
            seed: seed
        )
    }

    // MARK: Cases per second

    private static func printCasesPerSecond(_ arities: [Int]) {
        print(
            "Cases per second on one core: generate, encode, interpret, compile and run for x86_64 and ARM64, compare"
        )
        print("")
        print("| arity | cases per second |")
        print("|---|---|")
        let registry = InTreeEngines.registry()
        let judge = Judge(oracle: registry.oracle)
        let engines = ["x86_64:speed:definitions", "arm64:speed:definitions"].compactMap {
            try? registry.engine(named: EngineName($0))
        }
        for arity in arities {
            // Each case is another one, as engines share what they have found out about the last.
            var count = 0
            let seconds = elapsed {
                let deadline = ContinuousClock.now + .seconds(2)
                while ContinuousClock.now < deadline {
                    run(recipe(.directCall, parameters: arity, results: arity, seed: UInt64(count)), judge, engines)
                    count += 1
                }
            }
            print("| \(arity) | \(rounded(Double(count) / seconds, places: 0)) |")
        }
        print("")
    }

    private static func run(_ recipe: CaseRecipe, _ judge: Judge, _ engines: [any Engine]) {
        for entry in judge.judge(Case(recipe), in: engines).entries {
            precondition(entry.verdict == .agreement, "\(entry.engine): \(entry.verdict)")
        }
    }

    // MARK: Compile time

    private static func printCompileTimes() throws {
        let arities = [10, 100, 1000, 10_000]
        print("Compile time in milliseconds of an export with so many results, checker included; median of runs")
        print("")
        print("| target | \(arities.map(String.init).joined(separator: " | ")) | growth exponent, 100 to 10,000 |")
        print("|---|\(arities.map { _ in "---|" }.joined())---|")
        for target in CompilationTarget.allCases {
            let compiler = CompilerFactory(target).compiler(.none, .definitions)
            let times = try arities.map { arity in
                let module = try Validator.validate(recipe(.export, parameters: 0, results: arity).generate().module)
                return try medianTime(runs: max(15, 3000 / arity)) { _ = try compiler.compile(module) }
            }
            let exponent = log(times[3] / times[1]) / log(100)
            let cells = times.map { rounded($0 * 1000, places: 3) }.joined(separator: " | ")
            print("| \(target.rawValue) | \(cells) | \(rounded(exponent, places: 2)) |")
        }
    }

    private static func medianTime(runs: Int, _ body: () throws -> Void) rethrows -> Double {
        try body()
        let times = try (0..<runs).map { _ in try elapsed(body) }.sorted()
        return times[times.count / 2]
    }

    /// In seconds.
    private static func elapsed(_ body: () throws -> Void) rethrows -> Double {
        let duration = try ContinuousClock().measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    private static func rounded(_ number: Double, places: Int) -> String {
        let scale = pow(10, Double(places))
        let value = (number * scale).rounded() / scale
        return places == 0 ? String(Int(value)) : String(value)
    }
}
