/// A bank of physical registers that cannot be used for each other.
public enum RegisterClass: UInt8, Hashable, Sendable, CaseIterable {
    /// General-purpose registers.
    case integer
    /// Floating-point and vector registers.
    case vector
}

/// A physical register: numbers 0 to 31 are general-purpose, 32 to 63 floating-point and vector registers.
@frozen
public struct PhysicalRegister: Hashable, Sendable {
    public var number: UInt8

    /// Makes the register with an encoding of 0 to 31 in its class.
    @inlinable
    public init(_ registerClass: RegisterClass, _ encoding: UInt8) {
        number = registerClass == .integer ? encoding : encoding + 32
    }

    /// Makes the register with a number of 0 to 63.
    @inlinable
    public init(number: UInt8) { self.number = number }

    /// The number that the instruction set gives the register.
    @inlinable
    public var encoding: UInt8 { number & 31 }

    /// The bank that the register belongs to.
    @inlinable
    public var registerClass: RegisterClass { number < 32 ? .integer : .vector }
}

/// A set of physical registers, one bit each.
@frozen
public struct RegisterSet: Hashable, Sendable {
    /// Bit `n` stands for the register with the number `n`.
    public var bits: UInt64

    @inlinable public init(bits: UInt64 = 0) { self.bits = bits }

    /// Makes a set from its members.
    @inlinable
    public init(_ registers: [PhysicalRegister]) {
        bits = 0
        for register in registers { bits |= 1 << UInt64(register.number) }
    }

    @inlinable public func contains(_ register: PhysicalRegister) -> Bool { bits >> UInt64(register.number) & 1 != 0 }
    @inlinable public mutating func insert(_ register: PhysicalRegister) { bits |= 1 << UInt64(register.number) }
    @inlinable public mutating func remove(_ register: PhysicalRegister) { bits &= ~(1 << UInt64(register.number)) }
    @inlinable public var isEmpty: Bool { bits == 0 }
    /// The member with the lowest number.
    @inlinable public var first: PhysicalRegister? {
        bits == 0 ? nil : PhysicalRegister(number: UInt8(bits.trailingZeroBitCount))
    }
    @inlinable public static func | (left: Self, right: Self) -> Self { Self(bits: left.bits | right.bits) }
    @inlinable public static func & (left: Self, right: Self) -> Self { Self(bits: left.bits & right.bits) }
    /// The members of the left set that are not in the right one.
    @inlinable public static func - (left: Self, right: Self) -> Self { Self(bits: left.bits & ~right.bits) }
}

/// What a virtual register holds: the class of registers that it needs and the size of a spill slot for it.
@frozen
public enum VirtualRegisterKind: UInt8, Hashable, Sendable {
    /// Up to 64 bits in a general-purpose register.
    case integer
    /// Up to 64 bits in a floating-point register.
    case float
    /// 128 bits in a vector register.
    case vector

    /// The class of registers that can hold it.
    @inlinable public var registerClass: RegisterClass { self == .integer ? .integer : .vector }
    /// In units of 8 bytes.
    @inlinable public var slotCount: Int { self == .vector ? 2 : 1 }
}

/// A value of the machine function before allocation; each is defined once, by an instruction or as a block parameter.
@frozen
public struct VirtualRegister: Hashable, Sendable, CustomStringConvertible {
    public var index: UInt32
    @inlinable public init(_ index: Int) { self.index = UInt32(index) }
    @inlinable public var position: Int { Int(index) }
    /// `%7`.
    public var description: String { "%\(index)" }
}
