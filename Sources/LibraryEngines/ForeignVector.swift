/// A vector of `wasm.h`: a number of elements and where they are.
///
/// Source: `wasm.h`, `WASM_DECLARE_VEC`.
struct ForeignVector {
    var count = 0
    var elements: ForeignPointer?

    /// The elements of a vector of bytes.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: elements, count: elements == nil ? 0 : count)
    }

    /// The elements of a vector of bytes as text, up to a zero, where there is one.
    var text: String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }

    /// An element of a vector of pointers.
    func pointer(at position: Int) -> ForeignPointer? {
        elements?.load(fromByteOffset: position * MemoryLayout<ForeignPointer?>.stride, as: ForeignPointer?.self)
    }
}
