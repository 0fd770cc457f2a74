import WasmModel

/// The types of all modules of a store, each once, so that equality across modules is equality of numbers.
///
/// The types that it holds name each other by these numbers.
///
/// Spec: core 3.0, section 3.1.5 "Rolling and Unrolling" and section 3.3 "Matching".
public struct TypeRegistry: Sendable {
    /// By number.
    public private(set) var types: [SubType] = []
    /// The number of every type's supertype; ``none`` where there is none.
    private var supertypes: [UInt32] = []
    private var groups: [[SubType]: UInt32] = [:]
    /// The module that was registered last, and the numbers of its types, which never change.
    private var last: (module: ValidatedModule, numbers: [UInt32])?

    /// Stands for a supertype that is not there.
    private static let none = UInt32.max
    /// Marks a reference to a type of the same group, by its place in the group.
    private static let groupMark: UInt32 = 1 << 31

    /// Makes a registry without types.
    public init() {}

    /// Registers the types of a module.
    /// - Returns: the number of every type.
    public mutating func register(_ module: ValidatedModule) -> [UInt32] {
        if let last, last.module === module { return last.numbers }
        let numbers: [UInt32]
        if types.isEmpty {
            // Most stores have one module, and many stores have the same one.
            (self, numbers) = module.registeredAlone
        } else {
            numbers = register(module.module)
        }
        last = (module, numbers)
        return numbers
    }

    /// Registers the types of a module, which are not registered yet.
    mutating func register(_ module: Module) -> [UInt32] {
        var numbers: [UInt32] = []
        numbers.reserveCapacity(module.types.count)
        for group in module.recursionGroups {
            let key = module.types[group].map { type in
                Self.rewrite(type) { index in
                    group.contains(index.position)
                        ? TypeIndex(Self.groupMark | UInt32(index.position - group.lowerBound))
                        : TypeIndex(numbers[index.position])
                }
            }
            numbers += register(group: key)
        }
        return numbers
    }

    /// Registers a function type whose references to types are numbers already.
    public mutating func register(_ type: FunctionType) -> UInt32 { register(group: [SubType(.function(type))])[0] }

    private mutating func register(group key: [SubType]) -> [UInt32] {
        let first: UInt32
        if let known = groups[key] {
            first = known
        } else {
            first = UInt32(types.count)
            groups[key] = first
            types += key.map { type in
                Self.rewrite(type) { index in
                    index.rawValue & Self.groupMark == 0 ? index : TypeIndex(first + (index.rawValue & ~Self.groupMark))
                }
            }
            supertypes += types[Int(first)...].map { $0.supertypes.first?.rawValue ?? Self.none }
        }
        return key.indices.map { first + UInt32($0) }
    }

    /// The function type of a number; the number must be one of a function type.
    public func functionType(_ number: UInt32) -> FunctionType { types[Int(number)].functionType ?? FunctionType() }

    /// Whether a type is another one or was declared as its subtype.
    public func isSubtype(_ number: UInt32, of other: UInt32) -> Bool {
        var number = number
        while number != other {
            if number == Self.none { return false }
            number = supertypes[Int(number)]
        }
        return true
    }

    /// Whether a value type matches another; both name types by number.
    public func matches(_ type: ValueType, _ other: ValueType) -> Bool {
        if type == other { return true }
        guard case .reference(let reference) = type, case .reference(let target) = other else { return false }
        return matches(reference, target)
    }

    /// Whether a reference type matches another; both name types by number.
    public func matches(_ type: ReferenceType, _ other: ReferenceType) -> Bool {
        (other.isNullable || !type.isNullable) && matches(type.heapType, other.heapType)
    }

    private func matches(_ type: HeapType, _ other: HeapType) -> Bool {
        if type == other { return true }
        switch (type, other) {
        case (.noFunction, .function), (.noExternal, .external), (.noException, .exception): return true
        case (.equatable, .any), (.i31, .any), (.structure, .any), (.array, .any), (.none, .any): return true
        case (.i31, .equatable), (.structure, .equatable), (.array, .equatable), (.none, .equatable): return true
        case (.none, .i31), (.none, .structure), (.none, .array): return true
        case (.defined(let number), .defined(let target)): return isSubtype(number.rawValue, of: target.rawValue)
        case (.defined(let number), _):
            switch types[number.position].composite {
            case .function: return other == .function
            case .structure: return other == .structure || other == .equatable || other == .any
            case .array: return other == .array || other == .equatable || other == .any
            }
        case (.noFunction, .defined(let number)):
            if case .function = types[number.position].composite { return true }
            return false
        case (.none, .defined(let number)):
            if case .function = types[number.position].composite { return false }
            return true
        case (_, _): return false
        }
    }

    // MARK: Names of types

    /// A value type of a module with store numbers for its type indices.
    public static func resolve(_ type: ValueType, _ numbers: [UInt32]) -> ValueType {
        rewrite(type) { TypeIndex(numbers[$0.position]) }
    }

    /// A reference type of a module with store numbers for its type indices.
    public static func resolve(_ type: ReferenceType, _ numbers: [UInt32]) -> ReferenceType {
        guard case .defined(let index) = type.heapType else { return type }
        return ReferenceType(isNullable: type.isNullable, .defined(TypeIndex(numbers[index.position])))
    }

    private static func rewrite(_ type: ValueType, _ rename: (TypeIndex) -> TypeIndex) -> ValueType {
        guard case .reference(let reference) = type, case .defined(let index) = reference.heapType else { return type }
        return .reference(ReferenceType(isNullable: reference.isNullable, .defined(rename(index))))
    }

    private static func rewrite(_ field: FieldType, _ rename: (TypeIndex) -> TypeIndex) -> FieldType {
        guard case .value(let type) = field.storage else { return field }
        return FieldType(.value(rewrite(type, rename)), isMutable: field.isMutable)
    }

    private static func rewrite(_ type: SubType, _ rename: (TypeIndex) -> TypeIndex) -> SubType {
        let composite: CompositeType =
            switch type.composite {
            case .function(let function):
                .function(
                    FunctionType(
                        parameters: function.parameters.map { rewrite($0, rename) },
                        results: function.results.map { rewrite($0, rename) }
                    )
                )
            case .structure(let fields): .structure(fields.map { rewrite($0, rename) })
            case .array(let field): .array(rewrite(field, rename))
            }
        return SubType(isFinal: type.isFinal, supertypes: type.supertypes.map(rename), composite)
    }
}
