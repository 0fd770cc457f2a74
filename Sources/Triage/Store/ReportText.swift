import Foundation

/// The JSON of reports and findings: pretty-printed, keys sorted, a line end at the end.
enum ReportText {
    static func encode(_ value: some Encodable, path: String) throws(CrashStoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
        } catch {
            throw CrashStoreError(path: path, reason: "holds a value that JSON has not")
        }
    }

    /// Reads JSON; the error names the key that is missing or wrong.
    static func decode<Value: Decodable>(
        _ type: Value.Type,
        _ bytes: [UInt8],
        path: String
    ) throws(CrashStoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw CrashStoreError(path: path, reason: reason(of: error))
        }
    }

    private static func reason(of error: any Error) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty ? "the top level" : "'" + path.map(\.stringValue).joined(separator: ".") + "'"
        }
        guard let error = error as? DecodingError else { return "is not readable" }
        switch error {
        case .keyNotFound(let key, let place):
            return "key '\((place.codingPath + [key]).map(\.stringValue).joined(separator: "."))' is missing"
        case .valueNotFound(_, let context): return "no value at \(place(context.codingPath))"
        case .typeMismatch(_, let context): return "wrong type at \(place(context.codingPath))"
        case .dataCorrupted(let context):
            let detail = (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
            return "malformed at \(place(context.codingPath)): \(detail ?? context.debugDescription)"
        @unknown default: return "is not readable"
        }
    }
}
