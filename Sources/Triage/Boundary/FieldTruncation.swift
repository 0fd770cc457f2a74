import WasmModel

/// Cuts the fields of structures, or the operands of `array.new_fixed`, and makes all code fit: what is too much is dropped, and zeros
/// stand in for fields that are no more.
struct FieldTruncation {
    private let module: Module
    private let mostFields: Int
    private let mostArrayOperands: Int

    init(_ module: Module, fields: Int = .max, arrayOperands: Int = .max) {
        self.module = module
        mostFields = fields
        mostArrayOperands = arrayOperands
    }

    /// The number of fields of the largest structure.
    static func mostFields(of module: Module) -> Int { module.types.map { $0.fields.count }.max() ?? 0 }

    /// The length of the longest `array.new_fixed`.
    static func mostArrayOperands(of module: Module) -> Int {
        module.functions.lazy.flatMap(\.body).map { instruction in
            if case .typeAndLength(_, let length) = instruction.immediate { Int(length) } else { 0 }
        }.max() ?? 0
    }

    /// The module; it need not be valid.
    var truncated: Module {
        var result = module
        for position in module.types.indices where module.types[position].fields.count > mostFields {
            result.types[position].composite = .structure(Array(module.types[position].fields.prefix(mostFields)))
        }
        for position in module.functions.indices {
            let function = module.functions[position]
            let parameterCount = module.parameterCount(of: function)
            var body = RewrittenBody(
                parameterCount: parameterCount,
                locals: function.locals,
                capacity: function.body.count
            )
            for instruction in function.body { rewrite(instruction, &body) }
            result.functions[position] = Function(type: function.type, locals: body.locals, body: body.instructions)
        }
        return result
    }

    private func rewrite(_ instruction: Instruction, _ body: inout RewrittenBody) {
        switch (instruction.opcode, instruction.immediate) {
        case (.structNew, .type(let type)):
            body.drop(max(0, fields(type).count - mostFields))
            body.append(instruction)
        case (.structGet, .typeAndField(let type, let field)), (.structGetS, .typeAndField(let type, let field)),
            (.structGetU, .typeAndField(let type, let field)):
            guard field.position >= mostFields, field.position < fields(type).count else {
                return body.append(instruction)
            }
            body.drop(1)
            body.pushZeros([fields(type)[field.position].storage.unpacked])
        case (.structSet, .typeAndField(_, let field)) where field.position >= mostFields: body.drop(2)
        case (.arrayNewFixed, .typeAndLength(let type, let length)) where Int(length) > mostArrayOperands:
            body.drop(Int(length) - mostArrayOperands)
            body.append(Instruction(.arrayNewFixed, .typeAndLength(type, UInt32(mostArrayOperands))))
        default: body.append(instruction)
        }
    }

    private func fields(_ type: TypeIndex) -> [FieldType] {
        type.position < module.types.count ? module.types[type.position].fields : []
    }
}

extension SubType {
    /// Of a structure; none of anything else.
    var fields: [FieldType] {
        if case .structure(let fields) = composite { fields } else { [] }
    }
}
