import Foundation

/// The names of the functions in an executable file in ELF.
///
/// Source: System V Application Binary Interface, chapter 4, "Symbol Table" and "Sections".
public struct FunctionSymbols {
    private let bytes: Data
    /// Of the symbols and of their names, in the file.
    private let symbols: Range<Int>
    private let names: Range<Int>

    private static let symbolSize = 24

    /// Finds the symbol table of a file; nil where it is no 64-bit little-endian ELF file, or has none.
    public init?(path: String) {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
            bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]),
            let found = bytes.withUnsafeBytes(Self.symbolTable)
        else { return nil }
        self.bytes = bytes
        (symbols, names) = found
    }

    /// The places of the symbols and of their names.
    private static func symbolTable(in file: UnsafeRawBufferPointer) -> (symbols: Range<Int>, names: Range<Int>)? {
        guard let table = number(UInt64.self, in: file, at: 0x28), table <= file.count,
            let size = number(UInt16.self, in: file, at: 0x3A), size >= 64,
            let count = number(UInt16.self, in: file, at: 0x3C)
        else { return nil }
        func section(_ position: Int) -> (type: Int, link: Int, content: Range<Int>)? {
            let header = table + position * size
            guard position < count, let type = number(UInt32.self, in: file, at: header + 4),
                let start = number(UInt64.self, in: file, at: header + 0x18), start <= file.count,
                let length = number(UInt64.self, in: file, at: header + 0x20), length <= file.count - start,
                let link = number(UInt32.self, in: file, at: header + 0x28)
            else { return nil }
            return (type, link, start..<start + length)
        }
        let symbolTableType = 2
        for position in 0..<count {
            guard let found = section(position), found.type == symbolTableType, let names = section(found.link) else {
                continue
            }
            return (found.content, names.content)
        }
        return nil
    }

    /// A little-endian number; nil where it is not within the bytes, or greater than an `Int`.
    private static func number<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type,
        in bytes: UnsafeRawBufferPointer,
        at offset: Int
    ) -> Int? {
        guard offset <= bytes.count - Number.bitWidth / 8 else { return nil }
        return Int(exactly: Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type)))
    }

    /// The name of the function that an address in the file belongs to, as linkers know it.
    public func name(at address: Int) -> String? {
        let functionType: UInt8 = 2
        return bytes.withUnsafeBytes { file in
            let table = UnsafeRawBufferPointer(rebasing: file[symbols])
            for offset in stride(from: 0, through: table.count - Self.symbolSize, by: Self.symbolSize) {
                guard table[offset + 4] & 15 == functionType,
                    let start = Self.number(UInt64.self, in: table, at: offset + 8), start <= address,
                    let size = Self.number(UInt64.self, in: table, at: offset + 16), address - start < size,
                    let name = Self.number(UInt32.self, in: table, at: offset), name < names.count
                else { continue }
                return String(decoding: file[names].dropFirst(name).prefix { $0 != 0 }, as: UTF8.self)
            }
            return nil
        }
    }
}
