extension DecodingError {
    /// What is wrong with a message, in a few words.
    /// - Parameter message: what it is: a request or an answer.
    func reason(of message: String) -> String {
        switch self {
        case .keyNotFound(let key, let context):
            "no '\((context.codingPath + [key]).dotted)' in the \(message)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "the \(message) is no JSON"
                : "'\(context.codingPath.dotted)' of the \(message): \(context.debugDescription)"
        @unknown default: "the \(message) cannot be read"
        }
    }
}

extension [any CodingKey] {
    /// As in `result.observation.invocations[2].end`.
    fileprivate var dotted: String {
        reduce(into: "") { text, key in
            if let position = key.intValue {
                text += "[\(position)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
    }
}
