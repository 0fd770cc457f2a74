import WasmModel

/// Some types in a row, as a part of a pool.
struct TypeRun: Hashable, Sendable {
    private var storedStart: UInt32
    private var storedCount: UInt32

    init(start: Int, count: Int) {
        storedStart = UInt32(start)
        storedCount = UInt32(count)
    }

    var start: Int { Int(storedStart) }
    var count: Int { Int(storedCount) }

    /// The last so many, which there must be.
    func suffix(_ length: Int) -> TypeRun { TypeRun(start: start + count - length, count: length) }
}

/// The types of a module, checked, with their canonical identity and what matching needs.
///
/// Spec: core 3.0, sections 3.1 "Types" and 3.3 "Matching".
struct TypeSpace: Sendable {
    enum Kind: UInt8 {
        case function, structure, array
    }

    /// A function type as two parts of ``pool``; empty for other types.
    struct Signature {
        var parameters = TypeRun(start: 0, count: 0)
        var results = TypeRun(start: 0, count: 0)
    }

    let types: [SubType]
    let features: FeatureSet
    private(set) var kinds: [Kind] = []
    /// By type, the first type of the module that is the same.
    private(set) var canonical: [UInt32] = []
    /// By type, its supertype; -1 where it has none.
    private(set) var supertypes: [Int32] = []
    private(set) var signatures: [Signature] = []
    /// The five number and vector types, then the parameters and results of all function types.
    private(set) var pool: [PackedType] = [.i32, .i64, .f32, .f64, .v128]
    private var depths: [Int] = []
    /// By type, the fields of a structure or the element of an array: their unpacked types in ``pool``.
    private var memberLists: [TypeRun] = []
    /// By type, where the fields stand in ``fieldPool``.
    private var fieldStarts: [Int] = []
    private var fieldPool: [FieldType] = []
    /// By type, whether all fields have a default.
    private var areDefaultable: [Bool] = []
    private var groups = RecursionGroupTable()

    /// Checks the types of a module.
    init(of module: Module, features: FeatureSet) throws(ValidationError) {
        types = module.types
        self.features = features
        var covered = 0
        for group in module.recursionGroups {
            guard group.lowerBound == covered, group.upperBound <= types.count else {
                throw ValidationError("recursion groups do not cover the types")
            }
            covered = group.upperBound
            if group.count != 1 { try need(.garbageCollection, "recursion group") }
            try add(group)
        }
        guard covered == types.count else { throw ValidationError("recursion groups do not cover the types") }
    }

    // MARK: Adding

    private mutating func add(_ group: Range<Int>) throws(ValidationError) {
        for position in group {
            let type = types[position]
            switch type.composite {
            case .function: kinds.append(.function)
            case .structure: kinds.append(.structure)
            case .array: kinds.append(.array)
            }
            if !type.isFinal || !type.supertypes.isEmpty { try need(.garbageCollection, "sub type") }
            guard type.supertypes.count <= 1 else { throw ValidationError("sub type: more than one supertype") }
            if let supertype = type.supertypes.first {
                guard supertype.position < position else {
                    throw ValidationError("unknown type \(supertype), as the supertype of type \(position)")
                }
                supertypes.append(Int32(supertype.rawValue))
                depths.append(depths[supertype.position] + 1)
            } else {
                supertypes.append(-1)
                depths.append(0)
            }
            if depths[position] > ModuleLimits.subtypeDepth {
                let limit = ModuleLimits.subtypeDepth
                throw ValidationError("implementation limit: sub type depth \(depths[position]) exceeds \(limit)")
            }
        }
        for position in group { try checkComponents(of: types[position].composite, below: group.upperBound) }
        canonicalize(group)
        for position in group { try checkSupertype(of: position) }
    }

    private func checkComponents(of type: CompositeType, below bound: Int) throws(ValidationError) {
        switch type {
        case .function(let function):
            if function.results.count > 1 { try need(.multiValue, "invalid result arity: a list of several results") }
            for type in function.parameters { try check(type, below: bound) }
            for type in function.results { try check(type, below: bound) }
        case .structure(let fields):
            try need(.garbageCollection, "structure type")
            for field in fields { try check(field.storage, below: bound) }
        case .array(let element):
            try need(.garbageCollection, "array type")
            try check(element.storage, below: bound)
        }
    }

    /// Adds the lists of a type that no earlier one equals.
    private mutating func addLists(of type: CompositeType) {
        var signature = Signature()
        var members = TypeRun(start: pool.count, count: 0)
        var isDefaultable = true
        fieldStarts.append(fieldPool.count)
        switch type {
        case .function(let function):
            signature.parameters = add(function.parameters)
            signature.results = add(function.results)
        case .structure(let fields):
            members = TypeRun(start: pool.count, count: fields.count)
            for field in fields { isDefaultable = add(field) && isDefaultable }
        case .array(let element):
            members = TypeRun(start: pool.count, count: 1)
            isDefaultable = add(element)
        }
        signatures.append(signature)
        memberLists.append(members)
        areDefaultable.append(isDefaultable)
    }

    private mutating func add(_ list: [ValueType]) -> TypeRun {
        let start = pool.count
        for type in list { pool.append(packed(type)) }
        return TypeRun(start: start, count: list.count)
    }

    /// - Returns: whether the field has a default.
    private mutating func add(_ field: FieldType) -> Bool {
        let type = packed(field.storage.unpacked)
        pool.append(type)
        fieldPool.append(field)
        return type.isDefaultable
    }

    /// The packed form that equal types share.
    private func packed(_ type: ValueType) -> PackedType {
        let packed = PackedType(type)
        guard packed.isReference, let position = packed.heapType.definedPosition else { return packed }
        return PackedType(isNullable: packed.isNullable, PackedHeapType(rawValue: canonical[position]))
    }

    private func checkSupertype(of position: Int) throws(ValidationError) {
        let supertype = Int(supertypes[position])
        guard supertype >= 0 else { return }
        let isAllowed = !types[supertype].isFinal && matches(types[position].composite, types[supertype].composite)
        guard isAllowed else { throw ValidationError("sub type \(position) does not match super type \(supertype)") }
    }

    /// Gives the types of a group the identity of the first group of the same shape.
    ///
    /// Spec: core 3.0, section 3.1.3 "Recursive Types" (rolling).
    private mutating func canonicalize(_ group: Range<Int>) {
        var shape = groups.takeShape()
        for position in group {
            // The bits keep apart what could be mistaken for each other: the kind, and the number of what follows.
            shape.append(types[position].isFinal ? 1 : 0)
            shape.append(supertypes[position] < 0 ? .max : rolled(UInt32(supertypes[position]), in: group))
            switch types[position].composite {
            case .function(let function):
                shape.append(UInt32(Kind.function.rawValue))
                shape.append(UInt32(function.parameters.count))
                for type in function.parameters { shape.append(rolled(type, in: group)) }
                shape.append(UInt32(function.results.count))
                for type in function.results { shape.append(rolled(type, in: group)) }
            case .structure(let fields):
                shape.append(UInt32(Kind.structure.rawValue))
                shape.append(UInt32(fields.count))
                for field in fields { append(field, to: &shape, in: group) }
            case .array(let element):
                shape.append(UInt32(Kind.array.rawValue))
                append(element, to: &shape, in: group)
            }
        }
        let first = groups.first(like: shape, at: group.lowerBound)
        groups.giveBack(shape)
        for position in group { canonical.append(UInt32(first + position - group.lowerBound)) }
        for position in group {
            let same = first + position - group.lowerBound
            if same == position {
                addLists(of: types[position].composite)
            } else {
                signatures.append(signatures[same])
                memberLists.append(memberLists[same])
                areDefaultable.append(areDefaultable[same])
                fieldStarts.append(fieldStarts[same])
            }
        }
    }

    private func append(_ field: FieldType, to shape: inout [UInt32], in group: Range<Int>) {
        switch field.storage {
        case .value(let type): shape.append(rolled(type, in: group))
        case .packedI8: shape.append(8)
        case .packedI16: shape.append(16)
        }
        shape.append(field.isMutable ? 1 : 0)
    }

    /// A type index relative to the group where it is in it, and canonical where it is before it.
    private func rolled(_ index: UInt32, in group: Range<Int>) -> UInt32 {
        index >= group.lowerBound ? (index - UInt32(group.lowerBound)) | 1 << 28 : canonical[Int(index)]
    }

    private func rolled(_ type: ValueType, in group: Range<Int>) -> UInt32 {
        let packed = PackedType(type)
        guard packed.isReference, let position = packed.heapType.definedPosition else { return packed.rawValue }
        let heapType = PackedHeapType(rawValue: rolled(UInt32(position), in: group))
        return PackedType(isNullable: packed.isNullable, heapType).rawValue
    }

    // MARK: Members

    /// The unpacked types of the fields of a structure, or of the element of an array, as a part of ``pool``.
    func members(_ position: Int) -> TypeRun { memberLists[position] }

    /// A field of a structure, or the element of an array.
    func field(_ number: Int, of position: Int) -> FieldType { fieldPool[fieldStarts[position] + number] }

    /// Whether all fields of a structure have a default.
    func areAllDefaultable(_ position: Int) -> Bool { areDefaultable[position] }

    // MARK: Checking

    /// Checks that a feature is on.
    func need(_ feature: FeatureSet, _ reason: String) throws(ValidationError) {
        if !features.isSuperset(of: feature) {
            let missing = feature.subtracting(features)
            throw ValidationError("\(reason) requires feature \(missing.names)", missingFeatures: missing)
        }
    }

    private func check(_ type: StorageType, below bound: Int) throws(ValidationError) {
        if case .value(let type) = type { try check(type, below: bound) }
    }

    /// Checks that a value type mentions known types and features that are on.
    func check(_ type: ValueType, below bound: Int? = nil) throws(ValidationError) {
        switch type {
        case .i32, .i64, .f32, .f64: break
        case .v128: try need(.simd, "v128")
        case .reference(let reference):
            try need(.referenceTypes, "reference type")
            try check(reference, below: bound)
        }
    }

    /// Checks that a reference type mentions known types and features that are on.
    func check(_ type: ReferenceType, below bound: Int? = nil) throws(ValidationError) {
        try check(type.heapType, below: bound)
        if !type.isNullable { try need(.typedFunctionReferences, "reference type without null") }
    }

    /// Checks that a heap type is known and its feature is on.
    func check(_ type: HeapType, below bound: Int? = nil) throws(ValidationError) {
        switch type {
        case .function: break
        case .external: try need(.referenceTypes, "extern")
        case .exception, .noException: try need(.exceptions, "exn")
        case .defined(let index):
            try need(.typedFunctionReferences, "defined heap type")
            if index.position >= bound ?? types.count { throw ValidationError("unknown type \(index)") }
        case .noFunction, .noExternal, .any, .equatable, .i31, .structure, .array, .none:
            try need(.garbageCollection, "heap type \(PackedHeapType(type))")
        }
    }

    // MARK: Matching

    /// Whether a value of one type may stand where another is expected.
    ///
    /// Spec: core 3.0, section 3.3 "Matching".
    @inline(__always)
    func isSubtype(_ type: PackedType, of other: PackedType) -> Bool {
        type == other || type == .bottom || isReferenceSubtype(type, of: other)
    }

    private func isReferenceSubtype(_ type: PackedType, of other: PackedType) -> Bool {
        guard type.isReference && other.isReference else { return false }
        if type.isNullable && !other.isNullable { return false }
        return isSubtype(type.heapType, of: other.heapType)
    }

    /// Whether everything that one heap type points to is also pointed to by another.
    func isSubtype(_ type: PackedHeapType, of other: PackedHeapType) -> Bool {
        if type == other { return true }
        switch (type.definedPosition, other.definedPosition) {
        case (nil, nil): return PackedHeapType.abstractSupertypes[type.abstractNumber] & other.bit != 0
        case (nil, let position?):
            switch kinds[position] {
            case .function: return type == .noFunction || type == .bottom
            case .structure, .array: return type == .none || type == .bottom
            }
        case (let position?, nil):
            let kind: PackedHeapType =
                switch kinds[position] {
                case .function: .function
                case .structure: .structure
                case .array: .array
                }
            return PackedHeapType.abstractSupertypes[kind.abstractNumber] & other.bit != 0
        case (let position?, let target?): return isDefinedSubtype(position, of: target)
        }
    }

    /// The heap type that everything in the hierarchy of another is below.
    func top(of type: PackedHeapType) -> PackedHeapType {
        if isSubtype(type, of: .any) { return .any }
        if isSubtype(type, of: .function) { return .function }
        return isSubtype(type, of: .external) ? .external : .exception
    }

    private func isDefinedSubtype(_ position: Int, of target: Int) -> Bool {
        var current = position
        while canonical[current] != canonical[target] {
            if supertypes[current] < 0 { return false }
            current = Int(supertypes[current])
        }
        return true
    }

    private func matches(_ type: CompositeType, _ other: CompositeType) -> Bool {
        switch (type, other) {
        case (.function(let type), .function(let other)):
            matches(other.parameters, type.parameters) && matches(type.results, other.results)
        case (.structure(let fields), .structure(let others)):
            fields.count >= others.count && zip(fields, others).allSatisfy { matches($0, $1) }
        case (.array(let element), .array(let other)): matches(element, other)
        case (.function, _), (.structure, _), (.array, _): false
        }
    }

    private func matches(_ types: [ValueType], _ others: [ValueType]) -> Bool {
        types.count == others.count
            && zip(types, others).allSatisfy { isSubtype(PackedType($0), of: PackedType($1)) }
    }

    private func matches(_ field: FieldType, _ other: FieldType) -> Bool {
        guard field.isMutable == other.isMutable else { return false }
        return matches(field.storage, other.storage) && (!field.isMutable || matches(other.storage, field.storage))
    }

    /// Whether an element of one storage type may be copied to another.
    func matches(_ storage: StorageType, _ other: StorageType) -> Bool {
        switch (storage, other) {
        case (.packedI8, .packedI8), (.packedI16, .packedI16): true
        case (.value(let type), .value(let other)): isSubtype(PackedType(type), of: PackedType(other))
        case (.packedI8, _), (.packedI16, _), (.value, _): false
        }
    }
}

extension FeatureSet {
    /// The names of the features in the set, with commas between.
    var names: String {
        FeatureSet.named.filter { contains($0.feature) }.map(\.name).joined(separator: ", ")
    }
}
