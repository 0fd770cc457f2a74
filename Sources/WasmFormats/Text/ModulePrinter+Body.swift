import WasmModel

extension ModulePrinter {
    private static let largestLocalCount = 1_000_000

    mutating func functions() {
        for (position, function) in module.functions.enumerated() {
            let index = FunctionIndex(imported.functions + position)
            localNames = names.locals[index] ?? [:]
            labels = LabelScope()
            writer.line("(func \(Self.definition(index.position, names.functions))")
            let parameterCount = signature(function.type)
            writer.indentation += 1
            locals(function.locals, from: parameterCount)
            body(function.body, labelNames: names.labels[index] ?? [:])
            writer.indentation -= 1
            writer.line(")")
        }
        localNames = [:]
        labels = LabelScope()
    }

    /// Writes the type of a function with its parameters and results; returns how many parameters there are.
    @discardableResult
    mutating func signature(_ type: TypeIndex) -> Int {
        writer.item("(type \(reference(type)))")
        guard type.position < module.types.count, let function = module.types[type.position].functionType else {
            return 0
        }
        if localNames.isEmpty {
            list("param", function.parameters)
        } else {
            named("param", function.parameters, from: 0)
        }
        list("result", function.results)
        return function.parameters.count
    }

    /// Writes parameters or locals: those with a name in parentheses of their own.
    private mutating func named(_ keyword: String, _ types: [ValueType], from first: Int) {
        var start = 0
        for position in 0...types.count {
            let name = position < types.count ? localNames[LocalIndex(first + position)] : nil
            guard position == types.count || name != nil else { continue }
            list(keyword, Array(types[start..<position]))
            if let name { writer.item("(\(keyword) \(Self.identifier(name)) \(text(types[position])))") }
            start = position + 1
        }
    }

    private mutating func locals(_ runs: [LocalRun], from parameterCount: Int) {
        let count = runs.reduce(0) { $0 + Int($1.count) }
        guard count > 0 else { return }
        var types: [ValueType] = []
        types.reserveCapacity(min(count, Self.largestLocalCount))
        for run in runs {
            let room = Self.largestLocalCount - types.count
            types.append(contentsOf: repeatElement(run.type, count: min(Int(run.count), room)))
        }
        writer.line("")
        named("local", types, from: parameterCount)
        if count > types.count { writer.line(";; \(count - types.count) further locals are left out") }
    }

    // MARK: Expressions

    /// The one instruction of an expression, where it has one that can be folded.
    private func single(_ expression: Expression) -> Instruction? {
        guard expression.count == 2, expression[1].opcode == .end else { return nil }
        let opcode = expression[0].opcode
        return opcode.opensBlock || opcode == .else || opcode == .end ? nil : expression[0]
    }

    private mutating func flat(_ expression: Expression) {
        let count = expression.last?.opcode == .end ? expression.count - 1 : expression.count
        for instruction in expression.prefix(count) { writer.item(text(instruction)) }
    }

    /// Writes the initial value of a global or a table.
    mutating func expression(_ expression: Expression) {
        if let instruction = single(expression) { writer.item("(\(text(instruction)))") } else { flat(expression) }
    }

    /// Writes the offset of a segment.
    mutating func offset(_ expression: Expression) { wrapped(expression, "offset") }

    /// Writes an element of a segment.
    mutating func item(_ expression: Expression) { wrapped(expression, "item") }

    private mutating func wrapped(_ expression: Expression, _ keyword: String) {
        if let instruction = single(expression) {
            writer.item("(\(text(instruction)))")
        } else {
            writer.item("(\(keyword)")
            flat(expression)
            writer.append(")")
        }
    }

    private mutating func body(_ body: [Instruction], labelNames: [UInt32: String]) {
        let outside = writer.indentation
        var blockCount: UInt32 = 0
        let count = body.last?.opcode == .end ? body.count - 1 : body.count
        for instruction in body.prefix(count) {
            if instruction.opcode.opensBlock {
                let label = labelNames[blockCount]
                blockCount += 1
                writer.line(instruction.opcode.row.name)
                if let label { writer.item(Self.identifier(label)) }
                blockType(instruction.immediate)
                labels.push(label.map(Identifier.init))
                writer.indentation += 1
            } else if instruction.opcode == .end {
                labels.pop()
                writer.indentation = max(writer.indentation - 1, outside)
                writer.line("end")
            } else if instruction.opcode == .else {
                writer.indentation = max(writer.indentation - 1, outside)
                writer.line("else")
                writer.indentation += 1
            } else if case .labelTable(let targets) = instruction.immediate {
                writer.line(instruction.opcode.row.name)
                for target in targets { writer.item(text(target)) }
            } else if case .selectTypes(let types) = instruction.immediate {
                writer.line(instruction.opcode.row.name)
                resultList(types)
            } else {
                writer.line(text(instruction))
            }
        }
        writer.indentation = outside
    }

    private mutating func blockType(_ immediate: Immediate) {
        let type: BlockType
        var clauses: [CatchClause] = []
        switch immediate {
        case .block(let blockType): type = blockType
        case .tryTable(let blockType, let catchClauses):
            type = blockType
            clauses = catchClauses
        default: return
        }
        switch type {
        case .empty: break
        case .result(let type): writer.item("(result \(text(type)))")
        case .type(let index):
            writer.item("(type \(reference(index)))")
            if index.position < module.types.count, let function = module.types[index.position].functionType,
                function.parameters.count + function.results.count <= 16
            {
                list("param", function.parameters)
                list("result", function.results)
            }
        }
        for clause in clauses { writer.item(text(clause)) }
    }

    /// Writes the types of a `select`; an empty list is written too.
    private mutating func resultList(_ types: [ValueType]) {
        writer.item("(result")
        for type in types { writer.item(text(type)) }
        writer.append(")")
    }

    private func text(_ clause: CatchClause) -> String {
        switch clause {
        case .tag(let tag, let label): "(catch \(Self.reference(tag, names.tags)) \(text(label)))"
        case .tagWithReference(let tag, let label): "(catch_ref \(Self.reference(tag, names.tags)) \(text(label)))"
        case .all(let label): "(catch_all \(text(label)))"
        case .allWithReference(let label): "(catch_all_ref \(text(label)))"
        }
    }

    private func text(_ label: LabelIndex) -> String {
        if let name = labels.name(at: label), labels[name] == label { return Self.identifier(name.text) }
        return label.description
    }

    /// One instruction with its immediates.
    private mutating func text(_ instruction: Instruction) -> String {
        var text = instruction.opcode.row.name
        switch instruction.opcode {
        case .refTest, .refCast, .refTestNull, .refCastNull:
            guard case .heapType(let type) = instruction.immediate else { break }
            let isNullable = instruction.opcode == .refTestNull || instruction.opcode == .refCastNull
            return "\(text) \(self.text(ReferenceType(isNullable: isNullable, type)))"
        default: break
        }
        let immediate = self.text(instruction.immediate, of: instruction.opcode)
        if !immediate.isEmpty {
            text += " "
            text += immediate
        }
        return text
    }

    private mutating func text(_ immediate: Immediate, of opcode: Opcode) -> String {
        switch immediate {
        case .none: return ""
        case .i32(let number): return String(number)
        case .i64(let number): return String(number)
        case .f32(let bits): return NumberText.commentedFloat(UInt64(bits), format: .single)
        case .f64(let bits): return NumberText.commentedFloat(bits, format: .double)
        case .v128(let vector): return NumberText.vector(vector)
        case .block(let type): return text(type)
        case .tryTable(let type, let clauses):
            return ([text(type)] + clauses.map(text)).filter { !$0.isEmpty }.joined(separator: " ")
        case .label(let label): return text(label)
        case .labelTable(let labels): return labels.map(text).joined(separator: " ")
        case .local(let index): return Self.reference(index, localNames)
        case .global(let index): return Self.reference(index, names.globals)
        case .function(let index): return Self.reference(index, names.functions)
        case .callIndirect(let type, let table):
            return "\(optional(table, names.tables))(type \(reference(type)))"
        case .type(let type): return reference(type)
        case .types(let first, let second): return "\(reference(first)) \(reference(second))"
        case .typeAndField(let type, let field):
            return "\(reference(type)) \(Self.reference(field, names.fields[type] ?? [:]))"
        case .typeAndLength(let type, let length): return "\(reference(type)) \(length)"
        case .typeAndData(let type, let data):
            usesData = true
            return "\(reference(type)) \(Self.reference(data, names.data))"
        case .typeAndElement(let type, let element):
            return "\(reference(type)) \(Self.reference(element, names.elements))"
        case .table(let table): return Self.reference(table, names.tables)
        case .tables(let destination, let source):
            return "\(Self.reference(destination, names.tables)) \(Self.reference(source, names.tables))"
        case .elementAndTable(let element, let table):
            return "\(optional(table, names.tables))\(Self.reference(element, names.elements))"
        case .element(let element): return Self.reference(element, names.elements)
        case .memory(let memory): return memory == 0 ? "" : Self.reference(memory, names.memories)
        case .memories(let destination, let source):
            guard destination != 0 || source != 0 else { return "" }
            return "\(Self.reference(destination, names.memories)) \(Self.reference(source, names.memories))"
        case .dataAndMemory(let data, let memory):
            usesData = true
            return "\(optional(memory, names.memories))\(Self.reference(data, names.data))"
        case .data(let data):
            usesData = true
            return Self.reference(data, names.data)
        case .memoryArgument(let argument): return text(argument, of: opcode)
        case .memoryArgumentAndLane(let argument, let lane):
            let argument = text(argument, of: opcode)
            return argument.isEmpty ? "\(lane)" : "\(argument) \(lane)"
        case .lane(let lane): return "\(lane)"
        case .lanes(let lanes): return (0..<16).map { String(lanes.lane($0, width: 8)) }.joined(separator: " ")
        case .tag(let tag): return Self.reference(tag, names.tags)
        case .selectTypes(let types): return "(result \(types.map(text).joined(separator: " ")))"
        case .heapType(let type): return text(type)
        case .castBranch(let label, let source, let target):
            return "\(text(label)) \(text(source)) \(text(target))"
        }
    }

    private func text(_ type: BlockType) -> String {
        switch type {
        case .empty: ""
        case .result(let type): "(result \(text(type)))"
        case .type(let index): "(type \(reference(index)))"
        }
    }

    /// An index and a space, or nothing for index zero.
    private func optional<Space>(_ index: Index<Space>, _ names: [Index<Space>: String]) -> String {
        index == 0 ? "" : Self.reference(index, names) + " "
    }

    private func text(_ argument: MemoryArgument, of opcode: Opcode) -> String {
        var parts: [String] = []
        if argument.memory != 0 { parts.append(Self.reference(argument.memory, names.memories)) }
        if argument.offset != 0 { parts.append("offset=\(argument.offset)") }
        if argument.alignment != OpcodeSignatures.all.of(opcode).pointee.naturalAlignment {
            parts.append("align=\(UInt64(1) << UInt64(argument.alignment))")
        }
        return parts.joined(separator: " ")
    }
}
