/// One instruction: its form and the values of the form's fields; fields that the form lacks are ignored.
public struct ARM64Instruction: Hashable, Sendable {
    public var form: ARM64Form
    /// Field sf: 64-bit general-purpose registers, as against 32-bit ones.
    public var is64: Bool
    /// Field ftype: double precision, as against single.
    public var isDouble: Bool
    /// Rd or Rt, by the hardware number.
    public var d: UInt8
    /// Rn.
    public var n: UInt8
    /// Rm.
    public var m: UInt8
    /// Ra or Rt2.
    public var a: UInt8
    /// The raw value of an ``ARM64Shift``, ``ARM64Extension``, ``ARM64Condition`` or ``ARM64Arrangement``, by the form.
    public var modifier: UInt8
    /// The second number of the form: the amount of a shift in bits, imms, nzcv, the tested bit, or the second lane.
    public var amount: UInt8
    /// The immediate, an offset in bytes, the distance of a branch in bytes from the instruction, immr, or the lane.
    public var immediate: Int64

    /// An instruction from its fields.
    @inlinable
    public init(
        _ form: ARM64Form,
        is64: Bool = true,
        isDouble: Bool = false,
        d: UInt8 = 0,
        n: UInt8 = 0,
        m: UInt8 = 0,
        a: UInt8 = 0,
        modifier: UInt8 = 0,
        amount: UInt8 = 0,
        immediate: Int64 = 0
    ) {
        self.form = form
        self.is64 = is64
        self.isDouble = isDouble
        self.d = d
        self.n = n
        self.m = m
        self.a = a
        self.modifier = modifier
        self.amount = amount
        self.immediate = immediate
    }
}
