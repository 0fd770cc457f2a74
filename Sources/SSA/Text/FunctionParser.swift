import WasmModel

/// Why a text is not the text form of a function, and where.
public struct FunctionSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    public var reason: String
    /// Counted from 1.
    public var line: Int

    /// The line and the reason.
    public var description: String { "line \(line): \(reason)" }
}

/// Reads the text form of functions, as ``IRFunction/description`` writes it.
///
/// Values and blocks keep their numbers; a function that breaks the rules of SSA form can be read, ``Verifier`` refuses it. `;` begins a
/// comment up to the end of the line.
public struct FunctionParser {
    private var scanner: FunctionScanner
    private var function = IRFunction(name: "", signature: Signature())
    private var signatureNumbers: [Signature: UInt32] = [:]
    private let valueLimit: Int

    /// Reads one function.
    public static func parse(_ text: String) throws(FunctionSyntaxError) -> IRFunction {
        var parser = FunctionParser(text)
        let function = try parser.parseFunction()
        if !parser.scanner.isAtEnd { throw parser.scanner.error("something after the function") }
        return function
    }

    private init(_ text: String) {
        scanner = FunctionScanner(text)
        // A type run makes many values from few characters, so the bound on value numbers is generous.
        valueLimit = 1 << 24
    }

    private mutating func parseFunction() throws(FunctionSyntaxError) -> IRFunction {
        try scanner.expect("function")
        function.name = try scanner.string()
        function.signature = try parseSignature()
        try scanner.expect("{")
        while try scanner.accept("}") == false { try parseBlock() }
        return function
    }

    // MARK: Blocks

    private mutating func parseBlock() throws(FunctionSyntaxError) {
        let block = try parseBlockNumber()
        guard block.position == function.blocks.count else {
            throw scanner.error("\(block) where block\(function.blocks.count) comes next")
        }
        var parameters = ValueRange(first: 0, count: 0)
        if try scanner.accept("(") {
            repeat {
                let value = try parseValue()
                try scanner.expect(":")
                let type = try parseType()
                if parameters.isEmpty { parameters.lowerBound = value.index }
                guard value.index == parameters.lowerBound + parameters.length else {
                    throw scanner.error("the parameters of a block are consecutive values")
                }
                parameters.length += 1
                try define(value, type)
            } while try scanner.accept(",")
            try scanner.expect(")")
        }
        try scanner.expect(":")
        let start = function.instructions.count
        while !scanner.isAtBlockOrBrace { try parseInstruction() }
        function.blocks.append(
            BlockRecord(
                firstParameter: parameters.lowerBound,
                parameterCount: parameters.length,
                instructions: PoolRange(start: start, count: function.instructions.count - start)
            )
        )
    }

    private mutating func define(_ value: Value, _ type: IRType) throws(FunctionSyntaxError) {
        guard value.position < valueLimit else { throw scanner.error("\(value) is beyond the limit of \(valueLimit)") }
        if value.position >= function.valueTypes.count {
            let missing = value.position + 1 - function.valueTypes.count
            function.valueTypes.append(contentsOf: repeatElement(.i32, count: missing))
        }
        function.valueTypes[value.position] = type
    }

    // MARK: Instructions

    private mutating func parseInstruction() throws(FunctionSyntaxError) {
        let results = try parseResults()
        let mnemonic = try scanner.word()
        let (operation, statedType) = try parseMnemonic(mnemonic)
        let immediate = try parseImmediate(operation, statedType)
        let operands = try parseOperands()
        let targets = try parseTargets(afterOperand: operands.count > 0)
        var record = InstructionRecord(
            operation: operation,
            type: statedType ?? operation.resultType(.i32) ?? .i32,
            operands: operands,
            firstResult: results?.lowerBound ?? 0,
            resultCount: results?.length ?? 0,
            targets: targets,
            signature: 0,
            immediate: immediate,
            wasmOffset: .max
        )
        if operation.isCall {
            try scanner.expect(":")
            let signature = try parseSignature()
            record.signature = number(of: signature)
            record.type = signature.results.first ?? .i32
            guard results?.count ?? 0 == (operation.isTailCall ? 0 : signature.results.count) else {
                throw scanner.error("a call has the results of its signature, and a tail call has none")
            }
            for (result, type) in zip(results ?? ValueRange(first: 0, count: 0), signature.results) {
                try define(result, type)
            }
        } else {
            let type = operation.resultType(record.type)
            guard (results?.count ?? 0) == (type == nil ? 0 : 1) else {
                throw scanner.error("\(operation.name) has \(type == nil ? "no result" : "one result")")
            }
            if let result = results?.first, let type { try define(result, type) }
        }
        if try scanner.accept("@") {
            guard let offset = UInt32(exactly: try scanner.bits()) else { throw scanner.error("offset beyond 32 bits") }
            record.wasmOffset = offset
        }
        function.instructions.append(record)
    }

    private mutating func parseResults() throws(FunctionSyntaxError) -> ValueRange? {
        guard scanner.isAtValue else { return nil }
        let first = try parseValue()
        var last = first
        if try scanner.accept("..") { last = try parseValue() }
        try scanner.expect("=")
        guard last.index >= first.index, last.position < valueLimit else {
            throw scanner.error("the range \(first)..\(last) is no range")
        }
        return ValueRange(first: first.index, count: last.index - first.index + 1)
    }

    private func parseMnemonic(_ text: String) throws(FunctionSyntaxError) -> (Operation, IRType?) {
        if let operation = Operation(name: text) {
            if operation.row.types.isInText { throw scanner.error("\(text) lacks its type") }
            return (operation, nil)
        }
        if let dot = text.lastIndex(of: "."), let operation = Operation(name: String(text[..<dot])),
            operation.row.types.isInText, let type = IRType(name: text[text.index(after: dot)...])
        {
            return (operation, type)
        }
        throw scanner.error("unknown operation \(text)")
    }

    private mutating func parseImmediate(
        _ operation: Operation,
        _ type: IRType?
    ) throws(FunctionSyntaxError) -> Int64 {
        let kind = operation.immediate
        if kind == .none { return 0 }
        guard try scanner.accept("[") else {
            if kind == .optionalOffset { return 0 }
            throw scanner.error("\(operation.name) lacks its immediate")
        }
        let immediate: Int64
        switch kind {
        case .none, .opcode: immediate = 0
        case .number:
            let bits = Int64(bitPattern: try scanner.bits())
            immediate = type == .i32 || type == .f32 ? Int64(Int32(truncatingIfNeeded: bits)) : bits
        case .vector:
            let vector = try scanner.wideBits()
            function.vectorConstants.append(vector)
            immediate = Int64(function.vectorConstants.count - 1)
        case .optionalOffset, .offset, .function, .lane: immediate = Int64(bitPattern: try scanner.bits())
        case .runtime:
            if scanner.isAtNumber {
                immediate = Int64(bitPattern: try scanner.bits())
            } else {
                let name = try scanner.word()
                guard let known = RuntimeFunction.allCases.first(where: { "\($0)" == name }) else {
                    throw scanner.error("unknown runtime function \(name)")
                }
                immediate = known.rawValue
            }
        case .trap:
            if scanner.isAtNumber {
                immediate = Int64(bitPattern: try scanner.bits())
            } else {
                let text = try scanner.string()
                guard let trap = Trap(rawValue: text) else { throw scanner.error("unknown trap \(text)") }
                immediate = Int64(trap.code)
            }
        }
        try scanner.expect("]")
        return immediate
    }

    private mutating func parseOperands() throws(FunctionSyntaxError) -> PoolRange {
        let start = function.valuePool.count
        // A value that begins the next instruction is followed by `=` or a range, and stands on its own line.
        guard scanner.isAtValue && !scanner.isAtLineStart else { return PoolRange(start: start, count: 0) }
        repeat {
            if !scanner.isAtValue { break }
            function.valuePool.append(try parseValue())
        } while try scanner.accept(",")
        return PoolRange(start: start, count: function.valuePool.count - start)
    }

    private mutating func parseTargets(afterOperand: Bool) throws(FunctionSyntaxError) -> PoolRange {
        var calls: [BlockCall] = []
        if scanner.isAtBlock && !scanner.isAtLineStart {
            repeat {
                let block = try parseBlockNumber()
                let start = function.valuePool.count
                if try scanner.accept("(") {
                    repeat { function.valuePool.append(try parseValue()) } while try scanner.accept(",")
                    try scanner.expect(")")
                }
                let arguments = PoolRange(start: start, count: function.valuePool.count - start)
                calls.append(BlockCall(block: block, arguments: arguments))
            } while try scanner.accept(",")
        }
        let start = function.targetPool.count
        function.targetPool.append(contentsOf: calls)
        return PoolRange(start: start, count: calls.count)
    }

    // MARK: Names and types

    private mutating func parseValue() throws(FunctionSyntaxError) -> Value {
        Value(Int(try scanner.numbered("v")))
    }

    private mutating func parseBlockNumber() throws(FunctionSyntaxError) -> Block {
        Block(Int(try scanner.numbered("block")))
    }

    private mutating func parseType() throws(FunctionSyntaxError) -> IRType {
        let name = try scanner.word()
        guard let type = IRType(name: name[...]) else { throw scanner.error("unknown type \(name)") }
        return type
    }

    private mutating func parseSignature() throws(FunctionSyntaxError) -> Signature {
        let parameters = try parseTypes()
        try scanner.expect("->")
        return Signature(parameters: parameters, results: try parseTypes())
    }

    private mutating func parseTypes() throws(FunctionSyntaxError) -> [IRType] {
        var types: [IRType] = []
        try scanner.expect("(")
        if try scanner.accept(")") { return types }
        repeat {
            if scanner.isAtNumber {
                let count = try scanner.bits()
                try scanner.expect("*")
                guard count <= UInt64(valueLimit) else { throw scanner.error("a run of \(count) types") }
                types.append(contentsOf: repeatElement(try parseType(), count: Int(count)))
            } else {
                types.append(try parseType())
            }
        } while try scanner.accept(",")
        try scanner.expect(")")
        return types
    }

    private mutating func number(of signature: Signature) -> UInt32 {
        if let known = signatureNumbers[signature] { return known }
        let number = UInt32(function.signatures.count)
        function.signatures.append(signature)
        signatureNumbers[signature] = number
        return number
    }
}

extension IRType {
    /// The type with a name in the text form.
    init?(name: Substring) {
        guard let type = Self.allCases.first(where: { "\($0)" == name }) else { return nil }
        self = type
    }
}
