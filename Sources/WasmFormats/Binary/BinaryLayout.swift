import ByteCoding

/// Where the sections of a module are, and the functions in its code.
///
/// Nothing inside of the sections is looked at but what is counted here, so that a module which is malformed further in has a layout, too.
///
/// Spec: core 3.0, section 5.5.2 "Sections".
public struct BinaryLayout: Hashable, Sendable {
    /// A section.
    public struct Section: Hashable, Sendable {
        /// As the specification has it, as `data count`; of a custom section `custom`.
        public var name: String
        /// The bytes of the whole section, from its identifier on.
        public var range: Range<Int>
        /// The bytes behind its size.
        public var content: Range<Int>
        /// How many items it has; nil for a custom section, the start function and the count of data segments.
        public var itemCount: Int?
        /// The name of a custom section.
        public var customName: String?
    }

    public var sections: [Section] = []
    /// The entries of the code section, each from its size on.
    public var bodies: [Range<Int>] = []

    /// Walks through a module.
    /// - Throws: where the header, the size of a section or what is counted is malformed.
    public init(_ bytes: [UInt8]) throws(DecodingError) {
        let result = bytes.withUnsafeBytes { buffer -> Result<BinaryLayout, DecodingError> in
            var layout = BinaryLayout()
            do {
                try layout.walk(ByteReader(buffer))
                return .success(layout)
            } catch let error as DecodingError {
                return .failure(error)
            } catch let error as ByteReadError {
                return .failure(DecodingError(error.reason.rawValue, offset: error.offset))
            } catch {
                return .failure(DecodingError("\(error)", offset: 0))
            }
        }
        self = try result.get()
    }

    private init() {}

    private mutating func walk(_ whole: ByteReader) throws {
        var reader = whole
        try BinaryHeader.skip(in: &reader)
        while !reader.isAtEnd {
            let start = reader.position
            guard let identifier = SectionIdentifier(rawValue: try reader.byte()) else {
                throw DecodingError("malformed section id", offset: start)
            }
            let size = try reader.length()
            let content = reader.position..<reader.position + size
            reader.position = content.upperBound
            var inner = ByteReader(whole.buffer, range: content)
            var section = Section(name: identifier.name, range: start..<content.upperBound, content: content)
            switch identifier {
            case .custom: section.customName = try inner.name()
            case .start, .dataCount: break
            case .code:
                section.itemCount = Int(try inner.u32())
                while !inner.isAtEnd {
                    let start = inner.position
                    let size = try inner.length()
                    _ = try inner.bytes(size)
                    bodies.append(start..<inner.position)
                }
            default: section.itemCount = Int(try inner.u32())
            }
            sections.append(section)
        }
    }
}

extension SectionIdentifier {
    fileprivate var name: String { self == .dataCount ? "data count" : "\(self)" }
}
