import WasmModel

/// The slots of a frame, read and written as vectors of lanes; a vector takes the slot that is named and the next one.
///
/// Lane 0 is in the lowest byte, as hosts are little-endian. A result may be in the slots of an operand, so operands
/// are read whole before anything is written.
///
/// Spec: core 3.0, section 4.3.1.3 "Vectors".
extension UnsafeMutablePointer where Pointee == UInt64 {
    @inline(__always)
    private func vector<Lanes: BitwiseCopyable>(_ slot: UInt32) -> Lanes {
        UnsafeRawPointer(self + Int(slot)).loadUnaligned(as: Lanes.self)
    }

    @inline(__always) func s8x16(_ slot: UInt32) -> SIMD16<Int8> { vector(slot) }
    @inline(__always) func u8x16(_ slot: UInt32) -> SIMD16<UInt8> { vector(slot) }
    @inline(__always) func s16x8(_ slot: UInt32) -> SIMD8<Int16> { vector(slot) }
    @inline(__always) func u16x8(_ slot: UInt32) -> SIMD8<UInt16> { vector(slot) }
    @inline(__always) func s32x4(_ slot: UInt32) -> SIMD4<Int32> { vector(slot) }
    @inline(__always) func u32x4(_ slot: UInt32) -> SIMD4<UInt32> { vector(slot) }
    @inline(__always) func s64x2(_ slot: UInt32) -> SIMD2<Int64> { vector(slot) }
    @inline(__always) func u64x2(_ slot: UInt32) -> SIMD2<UInt64> { vector(slot) }
    @inline(__always) func f32x4(_ slot: UInt32) -> SIMD4<Float> { vector(slot) }
    @inline(__always) func f64x2(_ slot: UInt32) -> SIMD2<Double> { vector(slot) }

    /// Writes integer lanes.
    @inline(__always)
    func set<Lanes: SIMD & BitwiseCopyable>(_ slot: UInt32, _ lanes: Lanes) where Lanes.Scalar: FixedWidthInteger {
        UnsafeMutableRawPointer(self + Int(slot)).storeBytes(of: lanes, as: Lanes.self)
    }

    /// Writes all ones to the lanes where a comparison holds, zero to the others.
    @inline(__always)
    func set<Lanes: SIMD & BitwiseCopyable>(_ slot: UInt32, _ mask: SIMDMask<Lanes>)
    where Lanes.Scalar: FixedWidthInteger & SignedInteger, Lanes.MaskStorage == Lanes {
        set(slot, Lanes(repeating: 0).replacing(with: -1, where: mask))
    }

    /// Writes the results of arithmetic operations: a NaN becomes the canonical one.
    @inline(__always)
    func set(_ slot: UInt32, _ lanes: SIMD4<Float>) {
        let bits = unsafeBitCast(lanes, to: SIMD4<UInt32>.self)
        set(slot, bits.replacing(with: 0x7FC0_0000, where: lanes .!= lanes))
    }

    /// Writes the results of arithmetic operations: a NaN becomes the canonical one.
    @inline(__always)
    func set(_ slot: UInt32, _ lanes: SIMD2<Double>) {
        let bits = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
        set(slot, bits.replacing(with: 0x7FF8_0000_0000_0000, where: lanes .!= lanes))
    }
}
