import Execution
import Foundation
import WasmModel

/// What a command wrote while it ran a case, and what that means.
struct CommandText {
    /// Of standard error, and then of standard output.
    let lines: [String]

    /// - Parameter folder: of the files of the case, whose path may hold any word.
    init(_ lines: [String], folder: String) {
        self.lines = lines.map { $0.replacing("\(folder)/", with: "").trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    /// What a line says.
    enum Sign: Hashable {
        /// A feature or a limit that the engine does not have.
        case refusal
        /// The stack, or what else the engine has a bound for, was used up.
        case exhaustion
        case trap(Trap)
    }

    /// The first line that says something of the kind, and what it says.
    var firstSign: (line: String, sign: Sign)? {
        for line in lines { if let sign = Self.sign(of: line) { return (line, sign) } }
        return nil
    }

    static func sign(of line: String) -> Sign? {
        let text = line.lowercased()
        if exhaustions.contains(where: text.contains) { return .exhaustion }
        if RefusalText.isRefusal(text) { return .refusal }
        return traps.first { text.contains($0.part) }.map { .trap($0.trap) }
    }

    /// Source: the texts of Wasmtime, wabt, WasmKit, wasm3, V8 and the specification's own interpreter.
    private static let exhaustions = [
        "stack exhausted", "stack overflow", "maximum call stack", "too much recursion", "fuel consumed",
    ]

    /// In the order in which they are looked for.
    private static let traps: [(part: String, trap: Trap)] = [
        ("memory access out of bounds", .outOfBoundsMemoryAccess),
        ("out of bounds memory access", .outOfBoundsMemoryAccess),
        ("out of bounds table access", .outOfBoundsTableAccess),
        ("table access out of bounds", .outOfBoundsTableAccess),
        ("undefined element", .undefinedElement),
        ("uninitialized element", .uninitializedElement),
        ("indirect call type mismatch", .indirectCallTypeMismatch),
        ("indirect call signature mismatch", .indirectCallTypeMismatch),
        ("divide by zero", .integerDivideByZero),
        ("division by zero", .integerDivideByZero),
        ("integer overflow", .integerOverflow),
        ("invalid conversion to integer", .invalidConversionToInteger),
        ("null function reference", .nullFunctionReference),
        ("cast failure", .castFailure),
        ("unreachable", .unreachable),
    ]

    /// Whether the program complains, whatever its exit status is.
    var complains: Bool {
        lines.contains { line in
            let text = line.lowercased()
            return text.contains("error") || text.contains("trap")
        }
    }

    /// Whether the program says of a module that it took it, and found no function in it to start with.
    var tellsOfNoStart: Bool {
        lines.contains { line in
            let text = line.lowercased()
            return text.contains("no function specified") || text.contains("_start")
        }
    }

    /// One line that tells most: the first with a word for a mistake, or else the first.
    var telling: String {
        let line = lines.first { line in
            let text = line.lowercased()
            return ["error", "fail", "invalid", "mismatch", "unexpected", "expected"].contains(where: text.contains)
        }
        return String((line ?? lines.first ?? "nothing said").prefix(Self.longestLine))
    }

    private static let longestLine = 300

    // MARK: Scripts

    /// The lines of the script that the text names, by `FILE:LINE`, without those of which it says that they passed.
    func failures(of file: String) -> [(number: Int, text: String)] {
        var failures: [(number: Int, text: String)] = []
        for (position, line) in lines.enumerated() {
            guard let place = line.range(of: "\(file):") else { continue }
            let digits = line[place.upperBound...].prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits), !line.contains(" passed") else { continue }
            let rest = line[place.upperBound...].dropFirst(digits.count).drop { $0 == ":" || $0 == " " }
            // What is wrong may stand in the lines behind.
            let text = ([rest.isEmpty ? "" : String(rest)] + lines[(position + 1)...].prefix(3)).filter { !$0.isEmpty }
            let said = rest.isEmpty ? text.joined(separator: " ") : text[0]
            failures.append((number, String(said.prefix(Self.longestLine))))
        }
        return failures
    }

    /// How many tests passed of how many, where the program counts them.
    var passed: (count: Int, all: Int)? {
        for line in lines {
            guard let match = line.firstMatch(of: /^(\d+)\/(\d+) tests passed/), let count = Int(match.1),
                let all = Int(match.2)
            else { continue }
            return (count, all)
        }
        return nil
    }

    /// Whether a line says that what is asserted is not so.
    static func tellsOfMismatch(_ line: String) -> Bool {
        let text = line.lowercased()
        return mismatches.contains(where: text.contains)
    }

    /// Source: the texts of Wasmtime (`wasmtime wast`), wabt (`spectest-interp`) and the specification's own interpreter.
    private static let mismatches = [
        "didn't match", "mismatch in result", "expected trap", "unexpected trap", "expected an exception",
        "unexpected exception", "wrong return values", "expected runtime error", "assertion failure",
        "assertion failed",
    ]
}
