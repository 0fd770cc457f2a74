import Foundation

/// What a program said of its own end, in the words of its language or of its sanitizer: the telling line, and the first functions of the
/// engine where the program prints its stack.
struct PanicText: Hashable, Sendable {
    /// One line, e.g. `panicked at src/machinst/vcode.rs:1021:9: assertion failed: x.is_real()`.
    let message: String

    /// Finds what was said among the lines of standard error; nil where nothing is known for the end of a program.
    init?(_ lines: [String]) {
        for (position, line) in lines.enumerated() {
            let next = position + 1 < lines.count ? lines[position + 1] : ""
            guard let said = Self.said(line, next) else { continue }
            let frames = Self.frames(lines[(position + 1)...])
            message = (said + (frames.isEmpty ? "" : " in " + frames.joined(separator: " < "))).displayedInLine
            return
        }
        return nil
    }

    private static func said(_ line: String, _ next: String) -> String? {
        if let panic = line.tail(from: "panicked at ") {
            // Rust: the message is behind the place, on the next line, or before it in the releases before 1.73.
            return panic.hasSuffix(":") && !next.isEmpty ? "\(panic) \(next)" : panic
        }
        if let report = line.tail(from: "SUMMARY: ") { return report }
        if let report = line.tail(from: "ERROR: AddressSanitizer: ") ?? line.tail(from: "ERROR: MemorySanitizer: ") {
            // What comes behind are addresses, which are others each time.
            return "sanitizer: \(report.prefix { $0 != " " })"
        }
        if let error = line.tail(from: "runtime error: ") { return error }
        // V8: the place on one line, the check that failed on the next.
        if let place = line.tail(from: "Fatal error in ") {
            return "fatal error in \(place): \(next.drop { $0 == "#" || $0 == " " })"
        }
        // JavaScriptCore, and glibc's assert.
        if let condition = line.tail(from: "ASSERTION FAILED: ") {
            return "assertion failed: \(condition)\(next.isEmpty ? "" : ", \(next)")"
        }
        if line.contains(": Assertion `"), line.contains("' failed"), let start = line.firstIndex(of: ":") {
            return "assertion failed:\(line[line.index(after: start)...])"
        }
        // SpiderMonkey.
        for sign in ["Assertion failure: ", "Hit MOZ_CRASH"] {
            if let condition = line.tail(from: sign) { return "\(sign)\(condition.hasPrefix(sign) ? "" : condition)" }
        }
        // C++, Go, and bun.
        if let thrown = line.tail(from: "terminate called ") { return "terminate called \(thrown) \(next.trimmed)" }
        if let place = line.tail(from: "panic(") { return "panic(\(place)" }
        if line.hasPrefix("panic: ") { return line }
        return nil
    }

    /// The names of the first functions of a stack that belong to the engine, as sanitizers and V8 print it: `#3 0x55 in name place`.
    private static func frames(_ lines: ArraySlice<String>) -> [String] {
        let foreign = [
            "__interceptor", "__asan", "__sanitizer", "abort", "raise", "__libc", "__assert", "std::", "core::",
        ]
        var names: [String] = []
        for line in lines {
            let words = line.split(separator: " ")
            guard words.count >= 4, words[0].hasPrefix("#"), words[1].hasPrefix("0x"), words[2] == "in" else {
                continue
            }
            let name = words[3]
            if !foreign.contains(where: { name.hasPrefix($0) }) { names.append(String(name)) }
            if names.count == 3 { break }
        }
        return names
    }
}

extension String {
    /// What follows the first occurrence of a text; nil where it does not occur.
    fileprivate func tail(from sign: String) -> String? {
        guard let range = range(of: sign) else { return nil }
        return String(self[range.upperBound...])
    }

    fileprivate var trimmed: Substring { drop { $0 == " " } }

    /// Without line ends, and not endless.
    fileprivate var displayedInLine: String { String(prefix(400).map { $0.isNewline ? " " : $0 }) }
}
