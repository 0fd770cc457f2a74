import Invariants
import WasmModel

/// The meaning of vector instructions, by groups that the execution loop names.
///
/// Every group is a function of its own, so that the loop stays small.
///
/// Spec: core 3.0, section 4.6 "Instructions".
enum VectorExecution {}

/// Loads and stores of vectors and lanes.
///
/// Spec: core 3.0, section 4.6.6 "Memory Instructions".
extension VectorExecution {
    /// How many bytes an instruction accesses.
    @inline(__always)
    private static func width(_ opcode: Opcode) -> UInt64 {
        switch opcode {
        case .v128Load, .v128Store: 16
        case .v128Load8Splat, .v128Load8Lane, .v128Store8Lane: 1
        case .v128Load16Splat, .v128Load16Lane, .v128Store16Lane: 2
        case .v128Load32Splat, .v128Load32Lane, .v128Store32Lane, .v128Load32Zero: 4
        default: 8
        }
    }

    /// The bytes of an access; nil where it leaves the memory.
    @inline(__always)
    private static func place(
        _ address: UInt64,
        _ width: UInt64,
        _ base: UnsafeMutableRawPointer,
        _ size: UInt64
    ) -> UnsafeMutableRawPointer? {
        size < width || address > size &- width ? nil : base + Int(truncatingIfNeeded: address)
    }

    /// Loads: `a` the result, `b` the address, `c` the offset.
    /// - Returns: whether the access was within the memory.
    @inline(never)
    static func load(
        _ word: FlatInstruction,
        _ slots: Slots,
        _ base: UnsafeMutableRawPointer,
        _ size: UInt64
    ) -> Bool {
        let address = slots.u64(word.b) &+ UInt64(word.c)
        guard let place = place(address, width(word.opcode), base, size) else { return false }
        switch word.opcode {
        case .v128Load: slots.set(word.a, place.loadUnaligned(as: SIMD2<UInt64>.self))
        case .v128Load8x8S:
            slots.set(word.a, SIMD8<Int16>(truncatingIfNeeded: place.loadUnaligned(as: SIMD8<Int8>.self)))
        case .v128Load8x8U:
            slots.set(word.a, SIMD8<UInt16>(truncatingIfNeeded: place.loadUnaligned(as: SIMD8<UInt8>.self)))
        case .v128Load16x4S:
            slots.set(word.a, SIMD4<Int32>(truncatingIfNeeded: place.loadUnaligned(as: SIMD4<Int16>.self)))
        case .v128Load16x4U:
            slots.set(word.a, SIMD4<UInt32>(truncatingIfNeeded: place.loadUnaligned(as: SIMD4<UInt16>.self)))
        case .v128Load32x2S:
            slots.set(word.a, SIMD2<Int64>(truncatingIfNeeded: place.loadUnaligned(as: SIMD2<Int32>.self)))
        case .v128Load32x2U:
            slots.set(word.a, SIMD2<UInt64>(truncatingIfNeeded: place.loadUnaligned(as: SIMD2<UInt32>.self)))
        case .v128Load8Splat: slots.set(word.a, SIMD16(repeating: place.loadUnaligned(as: UInt8.self)))
        case .v128Load16Splat: slots.set(word.a, SIMD8(repeating: place.loadUnaligned(as: UInt16.self)))
        case .v128Load32Splat: slots.set(word.a, SIMD4(repeating: place.loadUnaligned(as: UInt32.self)))
        case .v128Load64Splat: slots.set(word.a, SIMD2(repeating: place.loadUnaligned(as: UInt64.self)))
        case .v128Load32Zero: slots.set(word.a, SIMD2(UInt64(place.loadUnaligned(as: UInt32.self)), 0))
        case .v128Load64Zero: slots.set(word.a, SIMD2(place.loadUnaligned(as: UInt64.self), 0))
        default: invariantFailed("vector load without a meaning")
        }
        return true
    }

    /// Loads of one lane: `a` the result, `b` the address, `c` the offset, `small` the lane.
    /// - Parameter operand: the slot of the vector that gives the other lanes.
    /// - Returns: whether the access was within the memory.
    @inline(never)
    static func loadLane(
        _ word: FlatInstruction,
        _ operand: UInt32,
        _ slots: Slots,
        _ base: UnsafeMutableRawPointer,
        _ size: UInt64
    ) -> Bool {
        let address = slots.u64(word.b) &+ UInt64(word.c)
        guard let place = place(address, width(word.opcode), base, size) else { return false }
        let lane = Int(word.small)
        switch word.opcode {
        case .v128Load8Lane:
            var lanes = slots.u8x16(operand)
            lanes[lane] = place.loadUnaligned(as: UInt8.self)
            slots.set(word.a, lanes)
        case .v128Load16Lane:
            var lanes = slots.u16x8(operand)
            lanes[lane] = place.loadUnaligned(as: UInt16.self)
            slots.set(word.a, lanes)
        case .v128Load32Lane:
            var lanes = slots.u32x4(operand)
            lanes[lane] = place.loadUnaligned(as: UInt32.self)
            slots.set(word.a, lanes)
        case .v128Load64Lane:
            var lanes = slots.u64x2(operand)
            lanes[lane] = place.loadUnaligned(as: UInt64.self)
            slots.set(word.a, lanes)
        default: invariantFailed("load of a lane without a meaning")
        }
        return true
    }

    /// Stores: `a` the address, `b` the vector, `c` the offset, `small` the lane where one is stored.
    /// - Returns: whether the access was within the memory.
    @inline(never)
    static func store(
        _ word: FlatInstruction,
        _ slots: Slots,
        _ base: UnsafeMutableRawPointer,
        _ size: UInt64
    ) -> Bool {
        let address = slots.u64(word.a) &+ UInt64(word.c)
        guard let place = place(address, width(word.opcode), base, size) else { return false }
        let lane = Int(word.small)
        switch word.opcode {
        case .v128Store: place.storeBytes(of: slots.u64x2(word.b), as: SIMD2<UInt64>.self)
        case .v128Store8Lane: place.storeBytes(of: slots.u8x16(word.b)[lane], as: UInt8.self)
        case .v128Store16Lane: place.storeBytes(of: slots.u16x8(word.b)[lane], as: UInt16.self)
        case .v128Store32Lane: place.storeBytes(of: slots.u32x4(word.b)[lane], as: UInt32.self)
        case .v128Store64Lane: place.storeBytes(of: slots.u64x2(word.b)[lane], as: UInt64.self)
        default: invariantFailed("vector store without a meaning")
        }
        return true
    }
}
