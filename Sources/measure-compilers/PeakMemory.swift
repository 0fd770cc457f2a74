import Foundation

/// The memory that compiling a chain takes, in a process of its own for each compiler and size.
enum PeakMemory {
    /// The first argument of a process that compiles once and prints what it took.
    static let argument = "--compile-once"

    /// Prints a table of compilers by sizes.
    static func print(_ engines: [ComparedCompiler], passing arguments: [String]) throws {
        let arities = [100, 1000, 10_000]
        Swift.print("Peak memory of compiling \(ComparedModule.chain.title): MiB above what the process had before")
        Swift.print("")
        Swift.print("| compiler | \(arities.map(String.init).joined(separator: " | ")) | 1000 to 10000 |")
        Swift.print("|---|\(arities.map { _ in "---|" }.joined())---|")
        for engine in engines {
            var cells: [String] = []
            var peaks: [Double] = []
            for arity in arities {
                if let limit = engine.resultLimit, arity > limit {
                    cells.append("over its limit")
                    continue
                }
                let mebibytes = try measure([argument, engine.title, String(arity)] + arguments)
                peaks.append(mebibytes)
                cells.append(ComparisonTable.rounded(mebibytes))
            }
            let growth = peaks.count == 3 ? "\(ComparisonTable.rounded(peaks[2] / peaks[1])) times" : "-"
            Swift.print("| \(engine.title) | \(cells.joined(separator: " | ")) | \(growth) |")
        }
        Swift.print("")
    }

    /// Compiles and prints by how much the process's peak has risen, in MiB.
    static func compileOnce(_ engine: ComparedCompiler, arity: Int) throws {
        // What is made once in a process is not of this module.
        _ = try engine.compile(ComparedModule.chain.wasm(arity: 1))
        let wasm = ComparedModule.chain.wasm(arity: arity)
        let before = peak()
        let code = try engine.compile(wasm)
        Swift.print(peak() - before)
        withExtendedLifetime(code) {}
    }

    private static func measure(_ arguments: [String]) throws -> Double {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let number = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
        guard process.terminationStatus == 0, let number else {
            throw ComparisonError("\(arguments) ended with status \(process.terminationStatus): \(text)")
        }
        return number
    }

    /// The most memory that the process has had in pages of its own, in MiB.
    private static func peak() -> Double {
        // What getrusage says of a process on Linux begins with the peak of the one that started it.
        if let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(separator: " ").compactMap({ Double($0) }).first
        {
            return kibibytes / 1024
        }
        var usage = rusage()
        // RUSAGE_SELF, whose type differs between systems. In bytes on Darwin.
        getrusage(0, &usage)
        return Double(usage.ru_maxrss) / Double(1 << 20)
    }
}
