import WasmModel

extension ModuleParser {
    /// Reads `(type $t (sub final $u (func ...)))`.
    mutating func parseTypeDefinition() throws(TextError) {
        let index = TypeIndex(module.types.count)
        reader.advance()
        reader.advance()
        _ = reader.identifier()
        var type = SubType(.function(FunctionType()))
        if reader.enters("sub") {
            type.isFinal = reader.takes("final")
            while isIndex { type.supertypes.append(try typeIndex()) }
            type.composite = try compositeType(of: index)
            try reader.expectRight()
        } else {
            type.composite = try compositeType(of: index)
        }
        try reader.expectRight()
        module.types.append(type)
    }

    private mutating func compositeType(of index: TypeIndex) throws(TextError) -> CompositeType {
        let composite: CompositeType
        if reader.enters("func") {
            var type = FunctionType()
            try parameters(into: &type.parameters) { _, _ in }
            try results(into: &type.results)
            composite = .function(type)
        } else if reader.enters("struct") {
            composite = .structure(try structureFields(of: index))
        } else if reader.enters("array") {
            composite = .array(try fieldType())
        } else {
            if reader.kind == .leftParenthesis { reader.advance() }
            throw reader.unexpected()
        }
        try reader.expectRight()
        return composite
    }

    private mutating func structureFields(of index: TypeIndex) throws(TextError) -> [FieldType] {
        var types: [FieldType] = []
        var scope = NameScope<IndexSpace.Fields>("field")
        while reader.enters("field") {
            let place = reader.position
            if let identifier = reader.identifier() {
                guard scope.bind(identifier, to: FieldIndex(types.count)) else {
                    throw reader.fail("duplicate field $\(identifier.text)", at: place)
                }
                types.append(try fieldType())
            } else {
                while reader.kind != .rightParenthesis { types.append(try fieldType()) }
            }
            try reader.expectRight()
        }
        fields[index] = scope
        return types
    }

    private mutating func fieldType() throws(TextError) -> FieldType {
        if reader.enters("mut") {
            let type = FieldType(try storageType(), isMutable: true)
            try reader.expectRight()
            return type
        }
        return FieldType(try storageType(), isMutable: false)
    }

    private mutating func storageType() throws(TextError) -> StorageType {
        if reader.takes("i8") { return .packedI8 }
        if reader.takes("i16") { return .packedI16 }
        return .value(try valueType())
    }

    /// Reads `(param $x i32) (param i32 i64)`; calls back with each name and the position of its parameter.
    mutating func parameters(
        into types: inout [ValueType],
        onName: (Identifier, Int) throws(TextError) -> Void
    ) throws(TextError) {
        while reader.enters("param") {
            let place = reader.position
            if let identifier = reader.identifier() {
                do throws(TextError) {
                    try onName(identifier, types.count)
                } catch {
                    throw reader.fail(error.reason, at: place)
                }
                types.append(try valueType())
            } else {
                while reader.kind != .rightParenthesis { types.append(try valueType()) }
            }
            try reader.expectRight()
        }
    }

    /// Reads `(result i32) (result i32 i64)`.
    mutating func results(into types: inout [ValueType]) throws(TextError) {
        while reader.enters("result") {
            while reader.kind != .rightParenthesis { types.append(try valueType()) }
            try reader.expectRight()
        }
    }

    mutating func valueType() throws(TextError) -> ValueType {
        if reader.takes("i32") { return .i32 }
        if reader.takes("i64") { return .i64 }
        if reader.takes("f32") { return .f32 }
        if reader.takes("f64") { return .f64 }
        if reader.takes("v128") { return .v128 }
        return .reference(try referenceType())
    }

    /// Whether a reference type is at hand.
    var isReferenceType: Bool {
        reader.isList("ref") || reader.kind == .word && Self.referenceTypes[reader.text] != nil
    }

    mutating func referenceType() throws(TextError) -> ReferenceType {
        if reader.enters("ref") {
            let isNullable = reader.takes("null")
            let type = ReferenceType(isNullable: isNullable, try heapType())
            try reader.expectRight()
            return type
        }
        guard reader.kind == .word, let heapType = Self.referenceTypes[reader.text] else { throw reader.unexpected() }
        reader.advance()
        return ReferenceType(isNullable: true, heapType)
    }

    mutating func heapType() throws(TextError) -> HeapType {
        if isIndex { return .defined(try typeIndex()) }
        guard reader.kind == .word, let type = Self.heapTypes[reader.text] else { throw reader.unexpected() }
        reader.advance()
        return type
    }

    /// Spec: core 3.0, section 6.4.3 "Heap Types".
    static let heapTypes = Dictionary(uniqueKeysWithValues: HeapType.abstractTypes.map { ($0.description, $0) })

    /// The abbreviations of types that may be null. Spec: core 3.0, section 6.4.4 "Reference Types".
    static let referenceTypes = Dictionary(
        uniqueKeysWithValues: HeapType.abstractTypes.compactMap { type in type.nullableAbbreviation.map { ($0, type) } }
    )

    // MARK: Limits and types of items

    private mutating func addressType() -> AddressType {
        if reader.takes("i64") { return .i64 }
        _ = reader.takes("i32")
        return .i32
    }

    private mutating func limits() throws(TextError) -> Limits {
        let minimum = try reader.natural(width: 64)
        return Limits(minimum: minimum, maximum: reader.isNatural ? try reader.natural(width: 64) : nil)
    }

    mutating func memoryType() throws(TextError) -> MemoryType {
        let addressType = addressType()
        return MemoryType(addressType: addressType, limits: try limits())
    }

    /// Reads the address type where the size follows from inline content.
    mutating func addressTypeBeforeContent() -> AddressType { addressType() }

    mutating func tableType() throws(TextError) -> TableType {
        let addressType = addressType()
        let limits = try limits()
        return TableType(addressType: addressType, limits: limits, element: try referenceType())
    }

    mutating func globalType() throws(TextError) -> GlobalType {
        if reader.enters("mut") {
            let type = GlobalType(try valueType(), isMutable: true)
            try reader.expectRight()
            return type
        }
        return GlobalType(try valueType(), isMutable: false)
    }

    // MARK: Type uses

    /// What stands where a function type is used.
    struct TypeUse {
        var explicit: TypeIndex?
        var type = FunctionType()
        /// The token after the explicit index, for errors.
        var place = 0
    }

    /// Reads `(type $t) (param ...) (result ...)`; calls back with each name of a parameter.
    mutating func typeUse(
        onName: (Identifier, Int) throws(TextError) -> Void
    ) throws(TextError) -> TypeUse {
        var use = TypeUse(place: reader.position)
        if reader.enters("type") {
            use.explicit = try typeIndex()
            try reader.expectRight()
        }
        try parameters(into: &use.type.parameters, onName: onName)
        try results(into: &use.type.results)
        if reader.isList("type") || reader.isList("param") || reader.isList("result") {
            reader.advance()
            throw reader.unexpected()
        }
        return use
    }

    /// Reads a type use in which parameters may not be named.
    mutating func typeUseWithoutNames() throws(TextError) -> TypeUse {
        try typeUse { (identifier, _) throws(TextError) in
            throw TextError("unexpected token $\(identifier.text)", line: 0, column: 0)
        }
    }

    /// The index that a type use stands for; a type that does not exist yet is added at the end.
    ///
    /// Spec: core 3.0, section 6.6.4 "Type Uses", "Abbreviations".
    mutating func resolve(_ use: TypeUse) throws(TextError) -> TypeIndex {
        let isEmpty = use.type.parameters.isEmpty && use.type.results.isEmpty
        if let explicit = use.explicit {
            if isEmpty { return explicit }
            guard explicit.position < module.types.count else {
                throw reader.fail("unknown type \(explicit)", at: use.place)
            }
            guard module.types[explicit.position].functionType == use.type else {
                throw reader.fail("inline function type differs from type \(explicit)", at: use.place)
            }
            return explicit
        }
        if let known = functionTypes[use.type] { return known }
        let index = module.addType(use.type)
        functionTypes[use.type] = index
        return index
    }

    /// The number of parameters of a type use, where it is known.
    func parameterCount(of use: TypeUse, _ index: TypeIndex) -> Int {
        guard index.position < module.types.count else { return use.type.parameters.count }
        return module.types[index.position].functionType?.parameters.count ?? 0
    }
}
