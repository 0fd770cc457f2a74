/// The slots of a frame, read and written as numbers.
///
/// Every write fills the whole slot, so that narrow numbers are zero-extended.
typealias Slots = UnsafeMutablePointer<UInt64>

extension UnsafeMutablePointer where Pointee == UInt64 {
    @inline(__always) func u64(_ slot: UInt32) -> UInt64 { self[Int(slot)] }
    @inline(__always) func s64(_ slot: UInt32) -> Int64 { Int64(bitPattern: self[Int(slot)]) }
    @inline(__always) func u32(_ slot: UInt32) -> UInt32 { UInt32(truncatingIfNeeded: self[Int(slot)]) }
    @inline(__always) func s32(_ slot: UInt32) -> Int32 { Int32(truncatingIfNeeded: self[Int(slot)]) }
    @inline(__always) func f32(_ slot: UInt32) -> Float { Float(bitPattern: u32(slot)) }
    @inline(__always) func f64(_ slot: UInt32) -> Double { Double(bitPattern: self[Int(slot)]) }

    @inline(__always) func set(_ slot: UInt32, _ value: UInt64) { self[Int(slot)] = value }
    @inline(__always) func set(_ slot: UInt32, _ value: Int64) { self[Int(slot)] = UInt64(bitPattern: value) }
    @inline(__always) func set(_ slot: UInt32, _ value: UInt32) { self[Int(slot)] = UInt64(value) }
    @inline(__always) func set(_ slot: UInt32, _ value: Int32) { self[Int(slot)] = UInt64(UInt32(bitPattern: value)) }
    @inline(__always) func set(_ slot: UInt32, _ value: Bool) { self[Int(slot)] = value ? 1 : 0 }
    /// Writes the result of an arithmetic operation: a NaN becomes the canonical one.
    @inline(__always) func set(_ slot: UInt32, _ value: Float) {
        self[Int(slot)] = value == value ? UInt64(value.bitPattern) : 0x7FC0_0000
    }
    /// Writes the result of an arithmetic operation: a NaN becomes the canonical one.
    @inline(__always) func set(_ slot: UInt32, _ value: Double) {
        self[Int(slot)] = value == value ? value.bitPattern : 0x7FF8_0000_0000_0000
    }
}
