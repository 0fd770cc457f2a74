/// A map as a worker sends it, once a second: by numbers, which the program that reads them has, too.
struct SentDomainMap: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case engines = "engines"
        case counts = "counts"
    }

    var map = DomainMap()

    init() {}

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(map.engines, forKey: .engines)
        try container.encode(Self.text(map.counts), forKey: .counts)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        map = DomainMap(
            try container.decode([String].self, forKey: .engines),
            counts: Self.counts(try container.decode(String.self, forKey: .counts))
        )
    }

    /// Each place with its counts, as in `17 0 3;18 2`.
    private static func text(_ counts: [Int: [Int]]) -> String {
        var text = ""
        for (place, counts) in counts {
            if !text.isEmpty { text += ";" }
            text += String(place)
            for count in counts {
                text += " "
                text += String(count)
            }
        }
        return text
    }

    private static func counts(_ text: String) -> [Int: [Int]] {
        var counts: [Int: [Int]] = [:]
        for entry in text.utf8.split(separator: UInt8(ascii: ";")) {
            let numbers = entry.split(separator: UInt8(ascii: " ")).compactMap { Int(Substring($0)) }
            if let place = numbers.first { counts[place] = Array(numbers.dropFirst()) }
        }
        return counts
    }
}
