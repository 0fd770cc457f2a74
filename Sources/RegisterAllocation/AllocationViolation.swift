/// What the checker found wrong with an allocation, and where. Positions of operands count from 0 in their instruction.
public struct AllocationViolation: Error, Hashable, Sendable, CustomStringConvertible {
    public var reason: Reason
    public var instruction: Int?
    public var operand: Int?
    /// In ``Allocation/edits``.
    public var edit: Int?

    /// Makes a violation.
    public init(_ reason: Reason, instruction: Int? = nil, operand: Int? = nil, edit: Int? = nil) {
        self.reason = reason
        self.instruction = instruction
        self.operand = operand
        self.edit = edit
    }

    /// The kinds of violation.
    public enum Reason: Hashable, Sendable {
        /// There are more or fewer locations than operands.
        case locationCount(expected: Int, found: Int)
        /// An operand is not where its constraint demands.
        case constraint(OperandConstraint, found: Location)
        /// The register is not of the value's class, not allocatable, or for a move neither that nor a scratch
        /// register.
        case unsuitableRegister(PhysicalRegister, VirtualRegisterKind)
        /// A slot outside the spill area, or one of 128 bits at an odd offset.
        case slotOutsideArea(UInt32, slotCount: Int)
        /// Two operands share a location, or a part of it, at the same position.
        case sharedLocation(Location, otherOperand: Int)
        /// The operand is in a register that the instruction clobbers while the operand is needed.
        case clobbered(PhysicalRegister)
        /// A use reads a location that does not, or not on every path, hold the value; `found` is what it holds.
        case wrongValue(expected: VirtualRegister, in: Location, found: [VirtualRegister])
        /// The edits are not in the order of their points.
        case unsortedEdits
        /// An edit after a terminator or after the last instruction.
        case editOutsideBlock
        /// An edit that moves from a slot to a slot, or from or to nowhere.
        case unsupportedMove(from: Location, to: Location)
        /// A value that is defined twice.
        case definedTwice(VirtualRegister)
    }

    /// What is wrong, in one line.
    public var description: String {
        var place: [String] = []
        if let instruction { place.append("instruction \(instruction)") }
        if let operand { place.append("operand \(operand)") }
        if let edit { place.append("edit \(edit)") }
        let prefix = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
        return prefix + reasonText
    }

    private var reasonText: String {
        switch reason {
        case .locationCount(let expected, let found):
            return "\(expected) operands have \(found) locations"
        case .constraint(let constraint, let found):
            return "expected \(constraint), found \(found)"
        case .unsuitableRegister(let register, let kind):
            return "register \(register) may not hold a value of kind \(kind)"
        case .slotOutsideArea(let slot, let slotCount):
            return "slot \(slot) is misaligned or outside of the \(slotCount) slots"
        case .sharedLocation(let location, let otherOperand):
            return "\(location) is shared with operand \(otherOperand)"
        case .clobbered(let register):
            return "register \(register) is clobbered"
        case .wrongValue(let expected, let location, let found):
            let values = found.isEmpty ? "no value" : found.prefix(8).map(\.description).joined(separator: ", ")
            return "expected \(expected) in \(location), found \(values)"
        case .unsortedEdits:
            return "edits are not sorted"
        case .editOutsideBlock:
            return "an edit after the end of a block"
        case .unsupportedMove(let source, let destination):
            return "no move from \(source) to \(destination)"
        case .definedTwice(let register):
            return "\(register) is defined twice"
        }
    }
}
