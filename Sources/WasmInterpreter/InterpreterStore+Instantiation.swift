import Invariants
import WasmFormats
import WasmModel

extension InterpreterStore {
    /// Instantiates a module: links its imports, allocates what it defines, copies its active segments, and calls its
    /// start function.
    ///
    /// Where a segment does not fit or the start function does not return, what was written before stays written, as
    /// the specification has it.
    /// - Parameters:
    ///   - module: the module.
    ///   - resolve: the item behind an import; nil where there is none.
    public func instantiate(
        _ module: ValidatedModule,
        resolving resolve: (Import) -> ExternalValue?
    ) throws(InstantiationError) -> ModuleInstance {
        var imports: [ExternalValue] = []
        for (position, item) in module.module.imports.enumerated() {
            guard let value = resolve(item) else {
                throw .unknownImport(position: position, module: item.module, name: item.name)
            }
            imports.append(value)
        }
        return try instantiate(module, imports: imports)
    }

    /// Instantiates a module with the items behind its imports, in their order.
    public func instantiate(
        _ module: ValidatedModule,
        imports: [ExternalValue] = []
    ) throws(InstantiationError) -> ModuleInstance {
        let instance = ModuleInstance(module: module, types: types.register(module))
        try link(instance, imports)
        allocateFunctions(of: instance)
        for (position, type) in module.module.memories.enumerated() {
            let mostPages = module.mostPages(
                ofMemory: position,
                within: limits.memoryPages,
                unseen: limits.unseenMemoryPages
            )
            instance.memories.append(try allocateMemory(type, mostPages: mostPages))
        }
        for tag in module.module.tags { instance.tags.append(allocateTag(instance.types[tag.position])) }
        for index in instance.functions.indices.dropFirst(module.importCounts.functions) {
            functions.base[instance.functions[index].position].memory = instance.memories.first?.position ?? 0
        }
        for global in module.module.globals {
            let bits = try evaluate(global.initializer, in: instance)
            let type = TypeRegistry.resolve(global.type.valueType, instance.types)
            instance.globals.append(allocateGlobal(GlobalType(type, isMutable: global.type.isMutable), bits))
        }
        for table in module.module.tables {
            let element = try table.initializer.map { (expression) throws(InstantiationError) in
                try evaluate(expression, in: instance).low
            }
            var type = table.type
            type.element = TypeRegistry.resolve(type.element, instance.types)
            instance.tables.append(try allocateTable(type, filledWith: element ?? 0))
        }
        bindExports(of: instance)
        try allocateSegments(of: instance)
        try copyActiveSegments(of: instance)
        if let start = module.module.start {
            switch invoke(instance.functions[start.position]) {
            case .returned: break
            case .trapped(let trap): throw .trapped(trap)
            case .threw(let tag, let payload): throw .threw(tag, payload)
            case .exhausted(let limit): throw .exhausted(limit)
            case .exited(let code): throw .exited(code)
            }
        }
        return instance
    }

    private func link(_ instance: ModuleInstance, _ imports: [ExternalValue]) throws(InstantiationError) {
        for (position, item) in instance.module.module.imports.enumerated() {
            guard position < imports.count else {
                throw .unknownImport(position: position, module: item.module, name: item.name)
            }
            guard matches(imports[position], item.type, of: instance) else {
                throw .incompatibleImport(position: position, module: item.module, name: item.name)
            }
            switch imports[position] {
            case .function(let address):
                instance.functions.append(address)
                if functionInstances[address.position] == nil { functionInstances[address.position] = instance }
            case .table(let address): instance.tables.append(address)
            case .memory(let address): instance.memories.append(address)
            case .global(let address): instance.globals.append(address)
            case .tag(let address): instance.tags.append(address)
            }
        }
    }

    /// Whether an item may stand for an import.
    ///
    /// Spec: core 3.0, section 3.3.12 "External Types".
    private func matches(_ value: ExternalValue, _ type: ExternalType, of instance: ModuleInstance) -> Bool {
        switch (value, type) {
        case (.function(let address), .function(let index)):
            return types.isSubtype(functions[address.position].type, of: instance.types[index.position])
        case (.table(let address), .table(let type)):
            let record = tables[address.position]
            return record.type.addressType == type.addressType
                && record.type.element == TypeRegistry.resolve(type.element, instance.types)
                && matches(record.count, record.type.limits.maximum, type.limits)
        case (.memory(let address), .memory(let type)):
            let record = memories[address.position]
            return record.type.addressType == type.addressType
                && matches(record.byteCount >> 16, record.type.limits.maximum, type.limits)
        case (.global(let address), .global(let type)):
            let actual = globalTypes[address.position]
            let expected = TypeRegistry.resolve(type.valueType, instance.types)
            guard actual.isMutable == type.isMutable else { return false }
            return type.isMutable ? actual.valueType == expected : types.matches(actual.valueType, expected)
        case (.tag(let address), .tag(let index)):
            return tagTypes[address.position] == instance.types[index.position]
        case (.function, _), (.table, _), (.memory, _), (.global, _), (.tag, _): return false
        }
    }

    private func matches(_ size: UInt64, _ maximum: UInt64?, _ limits: Limits) -> Bool {
        guard size >= limits.minimum else { return false }
        guard let bound = limits.maximum else { return true }
        return maximum.map { $0 <= bound } ?? false
    }

    private func allocateFunctions(of instance: ModuleInstance) {
        let module = instance.module
        for (position, function) in module.module.functions.enumerated() {
            let type = module.functionType(at: function.type)
            var record = FunctionRecord(type: instance.types[function.type.position], definition: position)
            record.parameterSlots = type.parameters.slotCount
            record.resultSlots = type.results.slotCount
            functions.append(record)
            functionInstances.append(instance)
            instance.functions.append(FunctionAddress(functions.count - 1))
        }
    }

    private func bindExports(of instance: ModuleInstance) {
        for export in instance.module.module.exports {
            let value: ExternalValue =
                switch export.item {
                case .function(let index): .function(instance.functions[index.position])
                case .table(let index): .table(instance.tables[index.position])
                case .memory(let index): .memory(instance.memories[index.position])
                case .global(let index): .global(instance.globals[index.position])
                case .tag(let index): .tag(instance.tags[index.position])
                }
            instance.exports.append(value)
            instance.exportsByName[ExactName(export.name)] = value
        }
    }

    private func allocateSegments(of instance: ModuleInstance) throws(InstantiationError) {
        instance.firstElementSegment = elementSegments.count
        for segment in instance.module.module.elements {
            switch segment.items {
            case .functions(let indices):
                elementSegments.append(indices.map { UInt64(instance.functions[$0.position].rawValue) + 1 })
            case .expressions(let expressions):
                var references: [UInt64] = []
                references.reserveCapacity(expressions.count)
                for expression in expressions { references.append(try evaluate(expression, in: instance).low) }
                elementSegments.append(references)
            }
        }
        instance.firstDataSegment = dataSegments.count
        dataSegments += instance.module.module.data.map(\.bytes)
    }

    private func copyActiveSegments(of instance: ModuleInstance) throws(InstantiationError) {
        for (position, segment) in instance.module.module.elements.enumerated() {
            let address = instance.firstElementSegment + position
            switch segment.mode {
            case .passive: continue
            case .declarative: break
            case .active(let table, let offset):
                let target = try evaluate(offset, in: instance).low
                let count = UInt64(elementSegments[address].count)
                if let trap = initializeTable(instance.tables[table.position].position, target, address, 0, count) {
                    throw .trapped(trap)
                }
            }
            elementSegments[address] = []
        }
        for (position, segment) in instance.module.module.data.enumerated() {
            let address = instance.firstDataSegment + position
            guard case .active(let memory, let offset) = segment.mode else { continue }
            let target = try evaluate(offset, in: instance).low
            let count = UInt64(dataSegments[address].count)
            if let trap = initializeMemory(instance.memories[memory.position].position, target, address, 0, count) {
                throw .trapped(trap)
            }
            dataSegments[address] = []
        }
    }

    /// The value of a constant expression, as it stands in slots.
    ///
    /// Spec: core 3.0, section 3.3.10.2 "Constant Expressions".
    private func evaluate(_ expression: Expression, in instance: ModuleInstance) throws(InstantiationError) -> V128 {
        var stack: [V128] = []
        func combine(_ body: (UInt64, UInt64) -> UInt64) {
            let right = stack.removeLast().low
            let left = stack.removeLast().low
            stack.append(V128(low: body(left, right), high: 0))
        }
        for instruction in expression {
            switch (instruction.opcode, instruction.immediate) {
            case (.end, _), (.nop, _): break
            case (_, .i32(let value)): stack.append(V128(low: UInt64(UInt32(bitPattern: value)), high: 0))
            case (_, .i64(let value)): stack.append(V128(low: UInt64(bitPattern: value), high: 0))
            case (_, .f32(let bits)): stack.append(V128(low: UInt64(bits), high: 0))
            case (_, .f64(let bits)): stack.append(V128(low: bits, high: 0))
            case (_, .v128(let vector)): stack.append(vector)
            case (.refNull, _): stack.append(V128(low: 0, high: 0))
            case (.refFunc, .function(let index)):
                stack.append(V128(low: UInt64(instance.functions[index.position].rawValue) + 1, high: 0))
            case (.globalGet, .global(let index)):
                let position = instance.globals[index.position].position
                stack.append(V128(low: globals[position * 2], high: globals[position * 2 + 1]))
            case (.i32Add, _): combine { ($0 &+ $1) & 0xFFFF_FFFF }
            case (.i32Sub, _): combine { ($0 &- $1) & 0xFFFF_FFFF }
            case (.i32Mul, _): combine { ($0 &* $1) & 0xFFFF_FFFF }
            case (.i64Add, _): combine { $0 &+ $1 }
            case (.i64Sub, _): combine { $0 &- $1 }
            case (.i64Mul, _): combine { $0 &* $1 }
            case (.anyConvertExtern, _), (.externConvertAny, _): break
            case (.refI31, _):
                let value = UInt32(truncatingIfNeeded: stack.removeLast().low)
                stack.append(V128(low: ReferenceBits.integer(value), high: 0))
            case (_, .type), (_, .typeAndLength):
                try evaluateAggregate(instruction, in: instance, &stack)
            case (_, _): invariantFailed("a constant expression holds constant instructions only")
            }
        }
        return stack[stack.count - 1]
    }
}
