import WasmModel

/// Edges on which values are in structures and arrays, and come out of them as they were.
extension ModuleGenerator {
    // MARK: Structures

    /// A field, and the parameter that is in it.
    private struct Field {
        var type: FieldType
        var parameter: Int
    }

    /// A field for each parameter; every second integer of 32 bits is in a packed one as well.
    private var fields: [Field] {
        recipe.parameters.enumerated().flatMap { position, type in
            let field = Field(type: FieldType(.value(type), isMutable: true), parameter: position)
            guard type == .i32, position % 2 == 1 else { return [field] }
            let packed = FieldType(position % 4 == 1 ? .packedI8 : .packedI16, isMutable: true)
            return [field, Field(type: packed, parameter: position)]
        }
    }

    /// Puts the parameters into a structure and takes them out.
    mutating func structureNew(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        let type = module.addType(SubType(.structure(fields.map(\.type))))
        let object = allocateStructure(type, source, &body)
        pushParameters(of: object, type, &body)
        cross(level + 1, .onStack, &body)
    }

    /// Puts the parameters into a structure, forgets its type, and takes them out behind a cast.
    mutating func structureCast(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        let (upper, lower, other) = addHierarchy()
        let object = allocateStructure(lower, source, &body)
        let general = ReferenceType(
            isNullable: true,
            [.any, .equatable, .structure, .defined(upper)][recipe.parameters.count % 4]
        )
        let hidden = body.addLocal(.reference(general))
        body.emit(.localGet, .local(object))
        body.emit(.localSet, .local(hidden))
        let found = body.addLocal(.reference(ReferenceType(isNullable: true, .defined(lower))))
        cast(hidden, general, to: lower, into: found, butNot: other, &body)
        pushParameters(of: found, lower, &body)
        cross(level + 1, .onStack, &body)
    }

    /// A structure of the first half of the fields, one of all of them below it, and a third beside that.
    private mutating func addHierarchy() -> (upper: TypeIndex, lower: TypeIndex, other: TypeIndex) {
        let all = fields.map(\.type)
        let upper = module.addType(SubType(isFinal: false, .structure(Array(all[..<(all.count / 2)]))))
        let lower = module.addType(SubType(supertypes: [upper], .structure(all)))
        let beside = all + [FieldType(.packedI8, isMutable: false)]
        return (upper, lower, module.addType(SubType(supertypes: [upper], .structure(beside))))
    }

    private mutating func cast(
        _ hidden: LocalIndex,
        _ general: ReferenceType,
        to lower: TypeIndex,
        into found: LocalIndex,
        butNot other: TypeIndex,
        _ body: inout BodyBuilder
    ) {
        let target = ReferenceType(isNullable: false, .defined(lower))
        switch recipe.castKind {
        case .cast:
            body.emit(.localGet, .local(hidden))
            body.emit(.refCast, .heapType(.defined(lower)))
        case .branch:
            body.emit(.block, .block(.result(.reference(target))))
            body.emit(.localGet, .local(hidden))
            body.emit(.brOnCast, .castBranch(0, general, target))
            body.emit(.unreachable)
            body.emit(.end)
        case .branchOnFailure:
            body.emit(.block, .block(.result(.reference(target))))
            body.emit(.block, .block(.result(.reference(general))))
            body.emit(.localGet, .local(hidden))
            body.emit(.brOnCastFail, .castBranch(0, general, target))
            body.emit(.br, .label(1))
            body.emit(.end)
            body.emit(.unreachable)
            body.emit(.end)
        case .test:
            body.emit(.localGet, .local(hidden))
            body.emit(.refTest, .heapType(.defined(lower)))
            body.emit(.i32Eqz)
            body.emit(.localGet, .local(hidden))
            body.emit(.refTestNull, .heapType(.defined(other)))
            body.emit(.i32Or)
            trapIf(&body)
            body.emit(.localGet, .local(hidden))
            body.emit(.refCastNull, .heapType(.defined(lower)))
        }
        body.emit(.localSet, .local(found))
    }

    /// Makes a structure of all ``fields``.
    private mutating func allocateStructure(
        _ type: TypeIndex,
        _ source: Source,
        _ body: inout BodyBuilder
    ) -> LocalIndex {
        let first = locals(source, &body)
        let parameters = fields.map(\.parameter)
        return allocate(ReferenceType(isNullable: true, .defined(type)), &body) { body in
            for parameter in parameters { body.emit(.localGet, .local(LocalIndex(first + parameter))) }
            body.emit(.structNew, .type(type))
        }
    }

    /// Pushes all parameters out of the fields of a structure.
    private func pushParameters(of object: LocalIndex, _ type: TypeIndex, _ body: inout BodyBuilder) {
        let fields = fields
        func get(_ opcode: Opcode, _ field: Int) {
            body.emit(.localGet, .local(object))
            body.emit(opcode, .typeAndField(type, FieldIndex(field)))
        }
        for (position, field) in fields.enumerated() {
            switch field.type.storage {
            case .value: get(.structGet, position)
            case .packedI8, .packedI16:
                // The number, and what its packed part differs in from what is in the packed field.
                let isByte = field.type.storage == .packedI8
                get(.structGet, position - 1)
                if field.parameter % 8 < 4 {
                    body.emit(.i32Const, .i32(isByte ? 0xFF : 0xFFFF))
                    body.emit(.i32And)
                    get(.structGetU, position)
                } else {
                    body.emit(isByte ? .i32Extend8S : .i32Extend16S)
                    get(.structGetS, position)
                }
                body.emit(.i32Xor)
                body.emit(.i32Xor)
            }
        }
    }

    // MARK: Arrays

    /// Puts the parameters of each type into an array and takes them out.
    mutating func arrayNewFixed(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        let first = locals(source, &body)
        var arrays: [ValueType: (type: TypeIndex, object: LocalIndex, taken: Int32)] = [:]
        for element in recipe.distinctParameters {
            let type = module.addType(SubType(.array(FieldType(.value(element), isMutable: true))))
            let positions = recipe.parameters.indices.filter { recipe.parameters[$0] == element }
            let object = allocate(ReferenceType(isNullable: true, .defined(type)), &body) { body in
                for position in positions { body.emit(.localGet, .local(LocalIndex(first + position))) }
                body.emit(.arrayNewFixed, .typeAndLength(type, UInt32(positions.count)))
            }
            body.emit(.localGet, .local(object))
            body.emit(.arrayLen)
            body.emit(.i32Const, .i32(Int32(positions.count)))
            body.emit(.i32Ne)
            trapIf(&body)
            arrays[element] = (type, object, 0)
        }
        for element in recipe.parameters {
            guard let array = arrays[element] else { continue }
            body.emit(.localGet, .local(array.object))
            body.emit(.i32Const, .i32(array.taken))
            body.emit(.arrayGet, .type(array.type))
            arrays[element]?.taken += 1
        }
        cross(level + 1, .onStack, &body)
    }

    // MARK: Chains

    /// Puts each parameter into an object that refers to the one of the next parameter, and takes them out along the chain.
    mutating func objectChain(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        let first = locals(source, &body)
        let next = ReferenceType(isNullable: true, .equatable)
        var nodes: [ValueType: (type: TypeIndex, object: LocalIndex)] = [:]
        for value in recipe.distinctParameters {
            let fields = [
                FieldType(.value(.reference(next)), isMutable: true), FieldType(.value(value), isMutable: true),
            ]
            let type = module.addType(SubType(.structure(fields)))
            nodes[value] = (type, body.addLocal(.reference(ReferenceType(isNullable: true, .defined(type)))))
        }
        let parameters = recipe.parameters
        let head = allocate(next, &body) { body in
            body.emit(.refNull, .heapType(.none))
            for (position, value) in parameters.enumerated().reversed() {
                guard let node = nodes[value] else { continue }
                body.emit(.localGet, .local(LocalIndex(first + position)))
                body.emit(.structNew, .type(node.type))
            }
        }
        for value in recipe.parameters {
            guard let node = nodes[value] else { continue }
            body.emit(.localGet, .local(head))
            body.emit(.refCast, .heapType(.defined(node.type)))
            body.emit(.localTee, .local(node.object))
            body.emit(.structGet, .typeAndField(node.type, 1))
            body.emit(.localGet, .local(node.object))
            body.emit(.structGet, .typeAndField(node.type, 0))
            body.emit(.localSet, .local(head))
        }
        body.emit(.localGet, .local(head))
        body.emit(.refIsNull)
        body.emit(.i32Eqz)
        trapIf(&body)
        cross(level + 1, .onStack, &body)
    }

    // MARK: Objects

    /// Makes an object, as often as the recipe says, and keeps the last one in a local; by way of a global where it escapes.
    private mutating func allocate(
        _ type: ReferenceType,
        _ body: inout BodyBuilder,
        _ make: (inout BodyBuilder) -> Void
    ) -> LocalIndex {
        let object = body.addLocal(.reference(type))
        let global = recipe.escapes ? addGlobal(of: type, Instruction(.refNull, .heapType(type.heapType))) : nil
        repeated(&body) { body in
            make(&body)
            if let global {
                body.emit(.globalSet, .global(global))
                body.emit(.globalGet, .global(global))
            }
            body.emit(.localSet, .local(object))
        }
        return object
    }

    /// Goes as often through what makes objects as the recipe says, so that all but the last become garbage.
    private func repeated(_ body: inout BodyBuilder, _ make: (inout BodyBuilder) -> Void) {
        guard recipe.allocations > 1 else { return make(&body) }
        let left = body.addLocal(.i32)
        body.emit(.i32Const, .i32(Int32(recipe.allocations)))
        body.emit(.localSet, .local(left))
        body.emit(.loop, .block(.empty))
        make(&body)
        body.emit(.localGet, .local(left))
        body.emit(.i32Const, .i32(1))
        body.emit(.i32Sub)
        body.emit(.localTee, .local(left))
        body.emit(.brIf, .label(0))
        body.emit(.end)
    }

    private func trapIf(_ body: inout BodyBuilder) {
        body.emit(.if, .block(.empty))
        body.emit(.unreachable)
        body.emit(.end)
    }
}

extension CaseRecipe {
    /// The types of the parameters, each once, in the order in which they come.
    fileprivate var distinctParameters: [ValueType] {
        var seen: Set<ValueType> = []
        return parameters.filter { seen.insert($0).inserted }
    }
}
