import RegisterAllocation
import SSA

/// Where a parameter or a result travels.
public enum CallPlace: Hashable, Sendable {
    case register(PhysicalRegister)
    /// At this offset in bytes: a parameter from the start of the stack arguments, a result from the start of the
    /// result area.
    case memory(Int)
}

/// Where the parameters and results of a signature travel between compiled functions.
///
/// Parameters and results take registers of their class in turn; those beyond the registers are in memory, each in a
/// slot of 8 bytes, vectors in an aligned slot of 16. Stack arguments lie at the bottom of the caller's frame and are
/// popped by the callee. Results in memory lie in an area of the caller's frame; its address is a hidden first integer
/// argument.
public struct CallLayout: Hashable, Sendable {
    public var parameters: [CallPlace]
    public var results: [CallPlace]
    /// The register of the address of the result area; nil where no result is in memory.
    public var resultAreaPointer: PhysicalRegister?
    /// The size of the stack arguments, in bytes, a multiple of 16.
    public var stackArgumentSize: Int
    /// The size of the result area, in bytes, a multiple of 16.
    public var resultAreaSize: Int

    /// Computes the layout that compiled code of the machine uses.
    /// - Parameters:
    ///   - parameterSlots: of stack arguments.
    ///   - resultSlots: of results in memory.
    public init(
        _ signature: Signature,
        on machine: MachineDescription,
        parameterSlots: CallSlots = .standard,
        resultSlots: CallSlots = .standard
    ) {
        var resultPlaces = PlaceAssignment(
            integers: machine.integerResults,
            vectors: machine.vectorResults,
            slots: resultSlots
        )
        results = signature.results.map { resultPlaces.place($0) }
        resultAreaSize = resultPlaces.alignedMemorySize
        var parameterPlaces = PlaceAssignment(
            integers: machine.integerArguments,
            vectors: machine.vectorArguments,
            slots: parameterSlots
        )
        if resultAreaSize > 0 {
            // At least one integer argument register exists on every machine.
            if case .register(let register) = parameterPlaces.place(.i64) { resultAreaPointer = register }
        }
        parameters = signature.parameters.map { parameterPlaces.place($0) }
        stackArgumentSize = parameterPlaces.alignedMemorySize
    }
}

/// What a parameter or a result takes in memory, by its type and in bytes.
public struct CallSlots: Sendable {
    public var size: @Sendable (IRType) -> Int
    /// What the offset of a slot is a multiple of: a power of two.
    public var alignment: @Sendable (IRType) -> Int

    /// Makes slots.
    public init(size: @escaping @Sendable (IRType) -> Int, alignment: @escaping @Sendable (IRType) -> Int) {
        self.size = size
        self.alignment = alignment
    }

    /// 8 bytes, for vectors 16, aligned to their size.
    public static let standard = CallSlots(
        size: { $0 == .v128 ? 16 : 8 },
        alignment: { $0 == .v128 ? 16 : 8 }
    )
}

/// Gives out registers of each class in turn, then slots.
private struct PlaceAssignment {
    let integers: [PhysicalRegister]
    let vectors: [PhysicalRegister]
    let slots: CallSlots
    var usedIntegers = 0
    var usedVectors = 0
    var memorySize = 0

    init(integers: [PhysicalRegister], vectors: [PhysicalRegister], slots: CallSlots) {
        self.integers = integers
        self.vectors = vectors
        self.slots = slots
    }

    mutating func place(_ type: IRType) -> CallPlace {
        if type.isInteger {
            if usedIntegers < integers.count {
                usedIntegers += 1
                return .register(integers[usedIntegers - 1])
            }
        } else if usedVectors < vectors.count {
            usedVectors += 1
            return .register(vectors[usedVectors - 1])
        }
        let offset = aligned(memorySize, to: slots.alignment(type))
        memorySize = offset + slots.size(type)
        return .memory(offset)
    }

    var alignedMemorySize: Int { aligned(memorySize, to: MachineDescription.stackAlignment) }
}

/// The least multiple of a power of two that is not below a size.
func aligned(_ size: Int, to alignment: Int) -> Int { (size + alignment - 1) & ~(alignment - 1) }
