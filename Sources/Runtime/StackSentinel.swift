import Foundation

/// The bytes right below the stack limit, which no frame of compiled code may reach: they are filled before a call from outside, and looked at
/// after it.
///
/// A page out of reach would not do, as functions of the host run there: a call that makes one says nothing.
struct StackSentinel {
    /// In bytes: a frame that begins too low writes somewhere in it, however sparsely.
    static let size = 4096
    private static let filler: Int32 = 0xA5

    /// The first byte that compiled code may use: a call puts the return address and the frame pointer on the stack before the callee
    /// compares.
    private let end: UnsafeMutableRawPointer

    /// - Parameter end: the lowest byte that calls may reach.
    init(below end: UnsafeMutableRawPointer) { self.end = end }

    func fill() { memset(end - Self.size, Self.filler, Self.size) }

    /// How far below the end the highest byte lies that was written; nil where none was.
    func depthOfChange() -> Int? {
        let start = end - Self.size
        // Each byte is that before it, and the first is the filler: most calls change nothing.
        if start.load(as: UInt8.self) == UInt8(Self.filler), memcmp(start, start + 1, Self.size - 1) == 0 { return nil }
        return (1...Self.size).first { (end - $0).load(as: UInt8.self) != UInt8(Self.filler) }
    }
}
