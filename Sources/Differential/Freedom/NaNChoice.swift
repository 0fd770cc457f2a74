/// Which of the allowed NaNs arithmetic instructions make.
///
/// The oracle makes the positive canonical one. To see what of an outcome that decides, a module is rewritten so that behind every
/// instruction that makes NaNs another one is chosen, and run again: bits that are the same with every choice were moved or computed
/// without a NaN, and have to be the same in every engine.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation.
enum NaNChoice: Hashable, Sendable {
    /// The positive canonical one, which the oracle makes by itself: the rewritten module must do as the original does.
    case positive
    /// The canonical NaN with its sign set.
    case negative
    /// Where an operand is a NaN that is not canonical, one of the arithmetic NaNs; otherwise the positive canonical one.
    case arithmetic
    /// As ``arithmetic``, with the opposite of each bit that is open.
    case contrary
    /// Each bit that is open as chance has it, in each execution of an instruction and each lane anew.
    ///
    /// The other choices give all NaNs the same bits, and what a program computes from two of them may not show that: the difference
    /// of their signs is the same with every one of these choices, and another where the two come from different instructions of a machine.
    case mixed(seed: UInt64)

    /// The ways in which NaNs are ``mixed(seed:)`` before they count as not to be seen: two signs that differ stay hidden from all of
    /// them once in 65,536 times.
    static let mixtures = (1...16 as ClosedRange<UInt64>).map { mixed(seed: $0) }

    /// Those of a NaN, or some of them, in a value of 32 and in one of 64 bits.
    typealias Bits = (narrow: UInt32, wide: UInt64)

    static let canonicalBits: Bits = (0x7FC0_0000, 0x7FF8_0000_0000_0000)
    /// What ``arithmetic`` gives: quiet, and nothing that a program has by accident.
    static let arithmeticBits: Bits = (0x7FD2_B4C3, 0x7FFD_2B4C_3A59_6877)
    /// What of a NaN is open where all operands that are NaNs are canonical.
    static let sign: Bits = (1 << 31, 1 << 63)
    /// What of a NaN is open where an operand is another one.
    static let signAndPayload: Bits = (0x803F_FFFF, 0x8007_FFFF_FFFF_FFFF)
}
