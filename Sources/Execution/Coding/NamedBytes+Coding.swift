import Foundation

/// Memories are large and mostly zero: only the pages that are not are written, in Base64.
extension NamedBytes: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, size, pages
    }

    private struct Page: Codable {
        /// In pages.
        var offset: Int
        var bytes: Data
    }

    private static let pageSize = 65_536

    /// Writes the name, the size in bytes, and the pages that are not zero.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(bytes.count, forKey: .size)
        let zeros = [UInt8](repeating: 0, count: Self.pageSize)
        var pages: [Page] = []
        bytes.withUnsafeBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: Self.pageSize) {
                let page = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Self.pageSize, bytes.count)])
                guard let address = page.baseAddress, memcmp(address, zeros, page.count) != 0 else { continue }
                pages.append(Page(offset: start / Self.pageSize, bytes: Data(bytes: address, count: page.count)))
            }
        }
        try container.encode(pages, forKey: .pages)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        let size = try container.decode(Int.self, forKey: .size)
        guard (0...1 << 32).contains(size) else {
            throw DecodingError.dataCorruptedError(forKey: .size, in: container, debugDescription: "no size")
        }
        bytes = [UInt8](repeating: 0, count: size)
        for page in try container.decode([Page].self, forKey: .pages) {
            let (start, overflow) = page.offset.multipliedReportingOverflow(by: Self.pageSize)
            guard !overflow, start >= 0, start <= size, page.bytes.count <= size - start else {
                throw DecodingError.dataCorruptedError(
                    forKey: .pages,
                    in: container,
                    debugDescription: "a page lies outside of the memory"
                )
            }
            bytes.withUnsafeMutableBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: bytes[start..<(start + page.bytes.count)])
                    .copyBytes(from: page.bytes)
            }
        }
    }
}
