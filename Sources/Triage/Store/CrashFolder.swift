import Differential
import Execution
import Foundation

/// A crash in the store.
public struct CrashFolder: Hashable, Sendable {
    /// Where it is.
    public let path: String
    /// The number at the beginning of its name.
    public let number: Int
    public let report: CrashReport

    /// The names of the files in the folder.
    public enum File {
        public static let module = "module.wasm"
        public static let text = "module.wat"
        public static let script = "regression.wast"
        public static let report = "report.json"
        public static let original = "original.wasm"
    }

    /// The name of the folder.
    public var name: String { (path as NSString).lastPathComponent }

    /// Reads the report of a folder and sees that its module is there.
    /// - Throws: an error that names the file and the reason.
    public init(reading path: String) throws(CrashStoreError) {
        self.path = path
        let name = (path as NSString).lastPathComponent
        guard let number = Self.number(ofFolder: name) else {
            throw CrashStoreError(
                path: path,
                reason: Self.isName(name)
                    ? "the number of a crash is from \(Self.numbers.lowerBound) to \(Self.numbers.upperBound)"
                    : "the name is not a number, a hyphen and words, as in 0001-wrong-result"
            )
        }
        self.number = number
        let file = "\(path)/\(File.report)"
        report = try ReportText.decode(CrashReport.self, try StoredFile.report.read(file), path: file)
        guard report.schemaVersion <= CrashReport.newestSchemaVersion else {
            throw CrashStoreError(
                path: file,
                reason:
                    "schema version \(report.schemaVersion) is newer than \(CrashReport.newestSchemaVersion), the newest that is known"
            )
        }
        let module = "\(path)/\(File.module)"
        var status = stat()
        guard lstat(module, &status) == 0 else { throw CrashStoreError(path: module, reason: "the file is missing") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CrashStoreError(path: module, reason: "is not a regular file")
        }
        try checkSize(Int(status.st_size))
    }

    /// A module of another size is not that of the report.
    private func checkSize(_ count: Int) throws(CrashStoreError) {
        guard count == report.reducedSize else {
            throw CrashStoreError(
                path: "\(path)/\(File.module)",
                reason: "\(count) bytes, but the report says \(report.reducedSize) (reducedSize)"
            )
        }
    }

    /// The reduced module with the calls to make.
    /// - Throws: where the module cannot be read, or has not the size that the report says.
    public func testCase() throws(CrashStoreError) -> TestCase {
        let module = "\(path)/\(File.module)"
        let wasm = try StoredFile.module.read(module)
        try checkSize(wasm.count)
        return TestCase(
            wasm: wasm,
            invocations: report.invocations,
            companions: report.companions?.map { [UInt8]($0) } ?? [],
            usesFreshInstances: report.freshInstances ?? false
        )
    }

    /// What `module.wat` says.
    /// - Throws: where it cannot be read.
    public func moduleText() throws(CrashStoreError) -> String {
        String(decoding: try StoredFile.text.read("\(path)/\(File.text)"), as: UTF8.self)
    }

    /// The crash as a case: with its recipe, where that gives the module.
    /// - Throws: as ``testCase()`` does.
    public func subject() throws(CrashStoreError) -> Case {
        let test = try testCase()
        if let recipe = report.recipe {
            let subject = Case(recipe)
            if subject.test == test { return subject }
        }
        if let origin = report.origin, let subject = Case(origin.test, repeating: origin.steps), subject.test == test {
            return subject
        }
        return Case(test)
    }

    /// The numbers that crashes have; a folder with another one is no crash.
    static let numbers = 1...999_999_999

    /// Whether a folder's name is meant to be that of a crash: at least four digits and a hyphen.
    static func isName(_ name: String) -> Bool {
        let digits = name.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return digits.count >= 4 && name.utf8.dropFirst(digits.count).first == UInt8(ascii: "-")
    }

    /// The number of a folder's name; nil where the name is not that of a crash, or the number is not one of ``numbers``.
    static func number(ofFolder name: String) -> Int? {
        guard isName(name), let number = Int(name.prefix { $0 != "-" }), numbers.contains(number) else { return nil }
        return number
    }
}
