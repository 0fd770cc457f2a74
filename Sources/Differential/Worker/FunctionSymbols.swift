import Foundation

/// The names of the functions in an executable file in ELF.
///
/// Source: System V Application Binary Interface, chapter 4, "Symbol Table" and "Sections".
struct FunctionSymbols {
    private let bytes: Data
    /// Of the symbols and of their names, in the file.
    private let symbols: Range<Int>
    private let names: Range<Int>

    private static let symbolSize = 24

    /// Finds the symbol table of a file; nil where it is no 64-bit little-endian ELF file, or has none.
    init?(path: String) {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
            bytes.count >= 64, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
        else { return nil }
        self.bytes = bytes
        func read<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type) -> Int? {
            Self.number(in: bytes, at: offset, as: type)
        }
        guard let table = read(0x28, as: UInt64.self), let size = read(0x3A, as: UInt16.self),
            let count = read(0x3C, as: UInt16.self), size >= 64
        else { return nil }
        func section(_ number: Int) -> (type: Int, link: Int, content: Range<Int>)? {
            let header = table + number * size
            guard number < count, let type = read(header + 4, as: UInt32.self),
                let start = read(header + 0x18, as: UInt64.self), let length = read(header + 0x20, as: UInt64.self),
                let link = read(header + 0x28, as: UInt32.self), start <= bytes.count, length <= bytes.count - start
            else { return nil }
            return (type, link, start..<start + length)
        }
        let symbolTableType = 2
        for number in 0..<count {
            guard let found = section(number), found.type == symbolTableType, let names = section(found.link) else {
                continue
            }
            symbols = found.content
            self.names = names.content
            return
        }
        return nil
    }

    private static func number<Number: FixedWidthInteger>(in bytes: Data, at offset: Int, as: Number.Type) -> Int? {
        let size = Number.bitWidth / 8
        guard offset >= 0, offset <= bytes.count - size else { return nil }
        let number = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
        return Int(exactly: Number(littleEndian: number))
    }

    /// The name of the function that an address in the file belongs to, as linkers know it.
    func name(at address: Int) -> String? {
        let functionType: UInt8 = 2
        return bytes.withUnsafeBytes { file in
            let table = UnsafeRawBufferPointer(rebasing: file[symbols])
            for offset in stride(from: 0, through: table.count - Self.symbolSize, by: Self.symbolSize) {
                guard table[offset + 4] & 15 == functionType else { continue }
                let start = UInt64(littleEndian: table.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
                let size = UInt64(littleEndian: table.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
                guard start <= UInt64(address), UInt64(address) - start < size else { continue }
                let name = UInt32(littleEndian: table.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                guard Int(name) < names.count else { continue }
                return String(decoding: file[names].dropFirst(Int(name)).prefix { $0 != 0 }, as: UTF8.self)
            }
            return nil
        }
    }
}
