/// Which of the allowed NaNs arithmetic instructions make.
///
/// The oracle makes the positive canonical one. To see what of an outcome that decides, a module is rewritten so that behind every
/// instruction that makes NaNs another one is chosen, and run again: bits that are the same with every choice were moved or computed
/// without a NaN, and have to be the same in every engine.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation.
enum NaNChoice: Sendable {
    /// The positive canonical one, which the oracle makes by itself: the rewritten module must do as the original does.
    case positive
    /// The canonical NaN with its sign set.
    case negative
    /// Where an operand is a NaN that is not canonical, one of the arithmetic NaNs; otherwise the positive canonical one.
    case arithmetic
    /// As ``arithmetic``, with the opposite of each bit that is open.
    case contrary

    /// The bits that ``arithmetic`` gives a result of 32 bits: quiet, and nothing that a program has by accident.
    static let arithmetic32: UInt32 = 0x7FD2_B4C3
    /// The bits that ``arithmetic`` gives a result of 64 bits.
    static let arithmetic64: UInt64 = 0x7FFD_2B4C_3A59_6877
    static let canonical32: UInt32 = 0x7FC0_0000
    static let canonical64: UInt64 = 0x7FF8_0000_0000_0000

    /// What a NaN of 32 and of 64 bits becomes; with ``arithmetic`` and ``contrary`` only where an operand is a NaN that is not canonical.
    var bits: (narrow: UInt32, wide: UInt64) {
        switch self {
        case .positive: (Self.canonical32, Self.canonical64)
        case .negative: (Self.canonical32 | 1 << 31, Self.canonical64 | 1 << 63)
        case .arithmetic: (Self.arithmetic32, Self.arithmetic64)
        case .contrary: (Self.arithmetic32 ^ 0x803F_FFFF, Self.arithmetic64 ^ 0x8007_FFFF_FFFF_FFFF)
        }
    }
}
