import WasmModel

/// Actions, their arguments, and what results may be.
extension ScriptParser {
    mutating func action() throws(TextError) -> ScriptAction {
        try reader.expectLeft()
        let isInvocation = reader.takes("invoke")
        if !isInvocation { try reader.expect("get") }
        let instance = reader.identifier()?.text
        let export = try reader.name()
        var arguments: [WasmValue] = []
        while isInvocation, reader.kind == .leftParenthesis {
            let place = reader.position
            let pattern = try pattern()
            if case .exactly(let value) = pattern {
                arguments.append(value)
            } else if case .reference(.null) = pattern {
                arguments.append(.reference(.null))
            } else {
                throw reader.unexpected(at: place + 1)
            }
        }
        try reader.expectRight()
        return isInvocation
            ? .invoke(instance: instance, export: export, arguments: arguments)
            : .get(instance: instance, export: export)
    }

    mutating func pattern() throws(TextError) -> ResultPattern {
        try reader.expectLeft()
        let pattern: ResultPattern
        if reader.takes("i32.const") {
            pattern = .exactly(.i32(UInt32(truncatingIfNeeded: try reader.integer(width: 32))))
        } else if reader.takes("i64.const") {
            pattern = .exactly(.i64(try reader.integer(width: 64)))
        } else if reader.takes("f32.const") {
            let float = try floatPattern(.single)
            if case .bits(let bits) = float {
                pattern = .exactly(.f32(UInt32(truncatingIfNeeded: bits)))
            } else {
                pattern = .f32(float)
            }
        } else if reader.takes("f64.const") {
            let float = try floatPattern(.double)
            if case .bits(let bits) = float { pattern = .exactly(.f64(bits)) } else { pattern = .f64(float) }
        } else if reader.takes("v128.const") {
            pattern = try vectorPattern()
        } else if reader.takes("either") {
            try enterList()
            defer { leaveList() }
            var patterns: [ResultPattern] = []
            while reader.kind == .leftParenthesis { patterns.append(try self.pattern()) }
            pattern = .either(patterns)
        } else {
            pattern = try referencePattern()
        }
        try reader.expectRight()
        return pattern
    }

    private mutating func floatPattern(_ format: FloatFormat) throws(TextError) -> FloatPattern {
        if reader.takes("nan:canonical") { return .canonicalNaN }
        if reader.takes("nan:arithmetic") { return .arithmeticNaN }
        return .bits(try reader.float(format))
    }

    private mutating func vectorPattern() throws(TextError) -> ResultPattern {
        let start = reader.position
        let shape = try reader.vectorShape()
        var hasClasses = false
        for distance in 0..<shape.laneCount {
            hasClasses =
                hasClasses || reader.isWord(at: reader.position + distance, "nan:canonical")
                || reader.isWord(at: reader.position + distance, "nan:arithmetic")
        }
        guard hasClasses, shape == .f32x4 || shape == .f64x2 else {
            reader.move(to: start)
            return .exactly(.v128(try reader.vector()))
        }
        var lanes: [FloatPattern] = []
        for _ in 0..<shape.laneCount { lanes.append(try floatPattern(shape == .f32x4 ? .single : .double)) }
        return .vector(shape, lanes)
    }

    private mutating func referencePattern() throws(TextError) -> ResultPattern {
        if reader.takes("ref.null") {
            guard reader.kind != .rightParenthesis else { return .reference(.null(nil)) }
            let type = reader.kind == .word ? ModuleParser.heapTypes[reader.text] : nil
            if type == nil, reader.kind != .identifier, !reader.isNatural { throw reader.unexpected() }
            reader.advance()
            return .reference(.null(type))
        }
        if reader.takes("ref.extern") {
            guard reader.kind == .word else { return .reference(.external) }
            return .exactly(.reference(.external(UInt32(truncatingIfNeeded: try reader.natural(width: 32)))))
        }
        if reader.takes("ref.host") {
            let number = try reader.natural(width: 32)
            return .exactly(.reference(.opaque("host \(number)")))
        }
        if reader.takes("ref.func") {
            if reader.kind == .identifier || reader.isNatural { reader.advance() }
            return .reference(.function)
        }
        if reader.takes("ref") { return .reference(.nonNull) }
        if reader.takes("ref.exn") { return .reference(.exception) }
        if reader.takes("ref.any") { return .reference(.any) }
        if reader.takes("ref.eq") { return .reference(.equatable) }
        if reader.takes("ref.i31") { return .reference(.i31) }
        if reader.takes("ref.struct") { return .reference(.structure) }
        if reader.takes("ref.array") { return .reference(.array) }
        throw reader.unexpected()
    }
}
