/// The choices that relaxed instructions leave to an implementation; they are the same during a whole execution.
///
/// The first case of every parameter is that of the deterministic profile, which is what the initialiser takes. The
/// set of results that a program may have is that of its results under all ``choices(for:)`` of its module.
///
/// Spec: core 3.0, section 4.3.6 "Relaxed Operations".
public struct RelaxedParameters: Hashable, Sendable {
    /// Whether a product is rounded before it is added.
    public enum MultiplyAdd: UInt8, Hashable, Sendable, CaseIterable {
        case unfused, fused
    }
    /// The minimum or maximum where an operand is a NaN, or where they are zeros of different signs.
    public enum Extremum: UInt8, Hashable, Sendable, CaseIterable {
        /// As the instruction that is not relaxed.
        case standard
        case left
        case right
        /// The operand that is a number; of zeros the negative one is less.
        case number
    }
    /// How a dot product reads the lanes of its second operand.
    public enum Dot: UInt8, Hashable, Sendable, CaseIterable {
        case signed, unsigned
    }
    /// The product of two fractions that are minus one.
    public enum Fraction: UInt8, Hashable, Sendable, CaseIterable {
        case saturated, wrapped
    }
    /// The unsigned integer that stands for what has no integer part in the range.
    public enum UnsignedTruncation: UInt8, Hashable, Sendable, CaseIterable {
        case saturated, greatest, greatestLessOne, signBit
    }
    /// The signed integer that stands for what has no integer part in the range.
    public enum SignedTruncation: UInt8, Hashable, Sendable, CaseIterable {
        case saturated, least
    }
    /// The byte for an index between 16 and 127.
    public enum Swizzle: UInt8, Hashable, Sendable, CaseIterable {
        case zero, modulo
    }
    /// What of a mask's lane decides about the lane.
    public enum LaneSelection: UInt8, Hashable, Sendable, CaseIterable {
        case everyBit, highestBit
    }

    public var multiplyAdd = MultiplyAdd.unfused
    public var minimum = Extremum.standard
    public var maximum = Extremum.standard
    public var dot = Dot.signed
    public var fraction = Fraction.saturated
    public var unsignedTruncation = UnsignedTruncation.saturated
    public var signedTruncation = SignedTruncation.saturated
    public var swizzle = Swizzle.zero
    public var laneSelection = LaneSelection.everyBit

    /// Makes the parameters of the deterministic profile.
    public init() {}

    /// Every way in which an implementation may execute a module, that of the deterministic profile first.
    ///
    /// One for a module without relaxed instructions; every parameter that an instruction of the module depends on
    /// multiplies their number by two or four.
    public static func choices(for module: Module) -> [RelaxedParameters] { choices(for: [module]) }

    /// Every way in which an implementation may execute modules that run together; see ``choices(for:)-(Module)``.
    public static func choices(for modules: [Module]) -> [RelaxedParameters] {
        var choices = [RelaxedParameters()]
        func vary<Choice>(_ parameter: WritableKeyPath<RelaxedParameters, Choice>, _ all: [Choice]) {
            choices = choices.flatMap { choice in
                all.map { value in
                    var varied = choice
                    varied[keyPath: parameter] = value
                    return varied
                }
            }
        }
        var used = Set<Opcode>()
        for function in modules.flatMap(\.functions) {
            for instruction in function.body where instruction.opcode.row.feature == .relaxedSIMD {
                used.insert(instruction.opcode)
            }
        }
        func uses(_ opcodes: Opcode...) -> Bool { opcodes.contains(where: used.contains) }
        if uses(.f32x4RelaxedMadd, .f32x4RelaxedNmadd, .f64x2RelaxedMadd, .f64x2RelaxedNmadd) {
            vary(\.multiplyAdd, MultiplyAdd.allCases)
        }
        if uses(.f32x4RelaxedMin, .f64x2RelaxedMin) { vary(\.minimum, Extremum.allCases) }
        if uses(.f32x4RelaxedMax, .f64x2RelaxedMax) { vary(\.maximum, Extremum.allCases) }
        if uses(.i16x8RelaxedDotI8x16I7x16S, .i32x4RelaxedDotI8x16I7x16AddS) { vary(\.dot, Dot.allCases) }
        if uses(.i16x8RelaxedQ15mulrS) { vary(\.fraction, Fraction.allCases) }
        if uses(.i32x4RelaxedTruncF32x4U, .i32x4RelaxedTruncF64x2UZero) {
            vary(\.unsignedTruncation, UnsignedTruncation.allCases)
        }
        if uses(.i32x4RelaxedTruncF32x4S, .i32x4RelaxedTruncF64x2SZero) {
            vary(\.signedTruncation, SignedTruncation.allCases)
        }
        if uses(.i8x16RelaxedSwizzle) { vary(\.swizzle, Swizzle.allCases) }
        if uses(.i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect, .i64x2RelaxedLaneselect) {
            vary(\.laneSelection, LaneSelection.allCases)
        }
        return choices
    }
}

extension RelaxedParameters {
    /// A number that stands for the choice; that of the deterministic profile is 0.
    public var number: UInt32 {
        var number: UInt32 = 0
        func add(_ choice: UInt8, of count: Int) { number = number * UInt32(count) + UInt32(choice) }
        add(multiplyAdd.rawValue, of: MultiplyAdd.allCases.count)
        add(minimum.rawValue, of: Extremum.allCases.count)
        add(maximum.rawValue, of: Extremum.allCases.count)
        add(dot.rawValue, of: Dot.allCases.count)
        add(fraction.rawValue, of: Fraction.allCases.count)
        add(unsignedTruncation.rawValue, of: UnsignedTruncation.allCases.count)
        add(signedTruncation.rawValue, of: SignedTruncation.allCases.count)
        add(swizzle.rawValue, of: Swizzle.allCases.count)
        add(laneSelection.rawValue, of: LaneSelection.allCases.count)
        return number
    }

    /// The choice that a ``number`` stands for; nil where it is none.
    public init?(number: UInt32) {
        self.init()
        var rest = Int(number)
        func take<Choice: CaseIterable>() -> Choice where Choice.AllCases == [Choice] {
            let all = Choice.allCases
            defer { rest /= all.count }
            return all[rest % all.count]
        }
        laneSelection = take()
        swizzle = take()
        signedTruncation = take()
        unsignedTruncation = take()
        fraction = take()
        dot = take()
        maximum = take()
        minimum = take()
        multiplyAdd = take()
        guard rest == 0 else { return nil }
    }
}
