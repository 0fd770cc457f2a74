import Foundation
import Testing
import WasmFormats
import WasmModel

/// Where the specification's test suite is: the variable SPEC_TESTS, or a folder beside the checkout.
let specificationTests: URL = {
    if let path = ProcessInfo.processInfo.environment["SPEC_TESTS"] { return URL(fileURLWithPath: path) }
    let root = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized
    return root.appending(path: "../shared/spec-tests").standardized
}()

let hasSpecificationTests = FileManager.default.fileExists(atPath: specificationTests.appending(path: "core").path)

/// A part of a script: an atom, a string as bytes, or a list.
private indirect enum ScriptPart {
    case atom(String)
    case string([UInt8])
    case list([ScriptPart])

    var atom: String? { if case .atom(let text) = self { text } else { nil } }
    var string: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }
    var list: [ScriptPart]? { if case .list(let parts) = self { parts } else { nil } }

    /// The bytes of a `(module binary ...)`; nil for anything else.
    var binaryModule: [UInt8]? {
        guard let list, list.first?.atom == "module" else { return nil }
        guard list.dropFirst().prefix(3).contains(where: { $0.atom == "binary" }) else { return nil }
        return list.compactMap(\.string).flatMap { $0 }
    }

    /// Reads scripts well enough to find binary modules in them.
    static func parse(_ text: [UInt8]) -> [ScriptPart] {
        var open: [[ScriptPart]] = [[]]
        var at = 0
        while at < text.count {
            switch text[at] {
            case UInt8(ascii: "("):
                if at + 1 < text.count, text[at + 1] == UInt8(ascii: ";") {
                    while !(text[at] == UInt8(ascii: ";") && text[at + 1] == UInt8(ascii: ")"))
                        || text[at - 1] == UInt8(ascii: "(")
                    {
                        at += 1
                    }
                    at += 2
                } else {
                    open.append([])
                    at += 1
                }
            case UInt8(ascii: ")"):
                let list = open.removeLast()
                open[open.count - 1].append(.list(list))
                at += 1
            case UInt8(ascii: ";"):
                while at < text.count && text[at] != 10 { at += 1 }
            case UInt8(ascii: "\""): open[open.count - 1].append(.string(string(text, &at)))
            case 9, 10, 13, 32: at += 1
            default:
                let start = at
                while at < text.count, text[at] > 32, !"()\";".utf8.contains(text[at]) { at += 1 }
                open[open.count - 1].append(.atom(String(decoding: text[start..<at], as: UTF8.self)))
            }
        }
        return open[0]
    }

    private static func string(_ text: [UInt8], _ at: inout Int) -> [UInt8] {
        var bytes: [UInt8] = []
        at += 1
        while text[at] != UInt8(ascii: "\"") {
            if text[at] == UInt8(ascii: "\\") {
                let digits = String(decoding: text[at + 1...at + 2], as: UTF8.self)
                if let byte = UInt8(digits, radix: 16) {
                    bytes.append(byte)
                    at += 3
                } else {
                    bytes.append(text[at + 1])
                    at += 2
                }
            } else {
                bytes.append(text[at])
                at += 1
            }
        }
        at += 1
        return bytes
    }
}

@Suite(.enabled(if: hasSpecificationTests, "the specification's test suite is not beside the checkout"))
struct SpecificationBinaryTests {
    private static let files = [
        "binary", "binary-leb128", "custom", "utf8-custom-section-id", "utf8-import-field", "utf8-import-module",
        "global", "data", "elem", "memory", "table", "align", "ref_func", "func", "simd/simd_const",
    ]

    @Test(arguments: files)
    func `the binary modules of a script are read, refused and kept as it says`(file: String) throws {
        let url = specificationTests.appending(path: "core/\(file).wast")
        let text = Array(try Data(contentsOf: url))
        for command in ScriptPart.parse(text) {
            guard let list = command.list else { continue }
            if let bytes = command.binaryModule {
                do {
                    let module = try BinaryDecoder.decode(bytes)
                    #expect(try BinaryDecoder.decode(BinaryEncoder.encode(module)) == module)
                    _ = try Validator.validate(module)
                } catch {
                    Issue.record("\(error): \(bytes)")
                }
            } else if list.count == 3, let bytes = list[1].binaryModule, let expected = list[2].string {
                let reason = String(decoding: expected, as: UTF8.self)
                if list[0].atom == "assert_malformed" {
                    let error = #expect(throws: DecodingError.self) { try BinaryDecoder.decode(bytes) }
                    #expect(
                        error?.reason.hasPrefix(reason) == true,
                        "\(error?.description ?? "") for \(reason): \(bytes)"
                    )
                } else if list[0].atom == "assert_invalid" {
                    let module = try BinaryDecoder.decode(bytes)
                    let error = #expect(throws: ValidationError.self) { try Validator.validate(module) }
                    #expect(
                        error?.reason.hasPrefix(reason) == true,
                        "\(error?.description ?? "") for \(reason): \(bytes)"
                    )
                }
            }
        }
    }
}
