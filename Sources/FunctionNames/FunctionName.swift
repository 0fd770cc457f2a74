import Foundation

/// What people call a function.
public enum FunctionName {
    /// A symbol without what the compiler added, the module, and the types, e.g. `ConstantFolding.rotateRight`.
    public static func short(ofSymbol symbol: String) -> String {
        var name = demangled(symbol) ?? symbol
        // What is specialised, merged or inlined of a function is named before it, and so is what goes on behind a wait.
        while let range = name.range(of: "> of ") { name = String(name[range.upperBound...]) }
        name = name.replacing(/^\(\d+\) \w+ resume partial function for\s/, with: "")
        // Private names carry a mark of their file: (name in _0123).
        name = name.replacing(/\((\w+) in _\w+\)/) { String($0.output.1) }
        name = name.replacing(/\(extension in \w+\):/, with: "")
        // Closures and local functions have a number, and are told by what they are in.
        while let range = name.range(of: " in "), name[..<range.lowerBound].contains(" #") {
            name = String(name[range.upperBound...])
        }
        for word in ["@objc ", "merged ", "static "] where name.hasPrefix(word) {
            name = String(name.dropFirst(word.count))
        }
        name = String(name.prefix { $0 != "(" && $0 != "<" })
        if let end = name.range(of: " : ") { name = String(name[..<end.lowerBound]) }
        let parts = name.split(separator: ".")
        return parts.suffix(2).joined(separator: ".")
    }

    private static func demangled(_ symbol: String) -> String? {
        var name = Array(symbol.utf8CString)
        guard let text = swiftDemangle(&name, UInt(symbol.utf8.count), nil, nil, 0) else { return nil }
        defer { text.deallocate() }
        return String(cString: text)
    }
}

/// Source: Swift's runtime, `swift_demangle` in swift/Demangling/Demangle.h; the result is allocated with malloc.
@_silgen_name("swift_demangle")
private func swiftDemangle(
    _ name: UnsafePointer<CChar>,
    _ length: UInt,
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ bufferSize: UnsafeMutablePointer<UInt>?,
    _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?
