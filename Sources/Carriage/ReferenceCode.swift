import WasmFormats
import WasmModel

/// What a reference is, as a number of 64 bits: the kind below, above it the number of a reference of the host.
enum ReferenceKind: UInt32 {
    case null = 0
    case function = 1
    case external = 2
    case exception = 3
    case integer = 4
    case structure = 5
    case array = 6
    case other = 7

    /// The reference with a code; nil where no carriage writes such a code.
    static func reference(of code: UInt64) -> WasmReference? {
        guard let kind = ReferenceKind(rawValue: UInt32(truncatingIfNeeded: code)) else { return nil }
        return switch kind {
        case .null: .null
        case .function: .opaque("func")
        case .external: .external(UInt32(code >> 32))
        case .exception: .opaque("exn")
        case .integer: .opaque("i31")
        case .structure: .opaque("struct")
        case .array: .opaque("array")
        case .other: .opaque("other")
        }
    }

    /// The code of a reference that ``reference(of:)`` gives back, functions as far as they are functions; nil for others.
    static func code(of reference: WasmReference) -> UInt64? {
        switch reference {
        case .null: UInt64(ReferenceKind.null.rawValue)
        case .function: UInt64(ReferenceKind.function.rawValue)
        case .external(let number): UInt64(ReferenceKind.external.rawValue) | UInt64(number) << 32
        case .opaque("func"): UInt64(ReferenceKind.function.rawValue)
        case .opaque("exn"): UInt64(ReferenceKind.exception.rawValue)
        case .opaque("i31"): UInt64(ReferenceKind.integer.rawValue)
        case .opaque("struct"): UInt64(ReferenceKind.structure.rawValue)
        case .opaque("array"): UInt64(ReferenceKind.array.rawValue)
        case .opaque: nil
        }
    }
}

extension CarriedModule {
    /// Adds the functions that tell kinds of references apart, where the types that are seen need them.
    /// - Throws: where a reference of the host and one of wasm could not be told apart.
    mutating func addReferenceCodes(for types: some Sequence<ValueType>) throws(CarriageObstacle) {
        var families: Set<ReferenceFamily> = []
        for case .reference(let type) in types { families.insert(source.family(of: type.heapType)) }
        if families.contains(.external), features.contains(.garbageCollection) {
            if facts.makesExternals {
                throw CarriageObstacle("references of wasm and of the host can both be behind extern")
            }
            codeOfExternal = codeOfExternal ?? addCodeOfExternal()
        }
        if families.contains(.any) {
            if facts.looksIntoExternals {
                throw CarriageObstacle("references of wasm and of the host can both be behind any")
            }
            codeOfAny = codeOfAny ?? addCodeOfAny()
        }
    }

    private mutating func addCodeOfExternal() -> FunctionIndex {
        var code = CodeWriter(parameterCount: 1)
        let anyReference = ReferenceType(isNullable: true, .any)
        let object = code.addLocal(.reference(anyReference))
        code.get(0)
        code.emit(.anyConvertExtern)
        code.emit(.localTee, .local(LocalIndex(object)))
        code.emit(.refTest, .heapType(.i31))
        code.emit(.if, .block(.result(.i64)))
        code.get(object)
        code.emit(.refCast, .heapType(.i31))
        code.emit(.i31GetU)
        code.emit(.i64ExtendI32U)
        code.wideNumber(32)
        code.emit(.i64Shl)
        code.wideNumber(UInt64(ReferenceKind.external.rawValue))
        code.emit(.i64Or)
        code.emit(.else)
        code.kind(.other, unlessNull: object)
        code.emit(.end)
        return add(code, FunctionType(parameters: [.externalReference], results: [.i64]))
    }

    private mutating func addCodeOfAny() -> FunctionIndex {
        var code = CodeWriter(parameterCount: 1)
        let kinds: [(HeapType, ReferenceKind)] = [(.i31, .integer), (.structure, .structure), (.array, .array)]
        for (type, kind) in kinds {
            code.get(0)
            code.emit(.refTest, .heapType(type))
            code.emit(.if, .block(.empty))
            code.wideNumber(UInt64(kind.rawValue))
            code.emit(.return)
            code.emit(.end)
        }
        code.kind(.other, unlessNull: 0)
        let type = ValueType.reference(ReferenceType(isNullable: true, .any))
        return add(code, FunctionType(parameters: [type], results: [.i64]))
    }

    /// Makes a code of the reference on top of the stack.
    func writeCode(of type: ReferenceType, _ code: inout CodeWriter) {
        switch source.family(of: type.heapType) {
        case .function: code.kindOfTop(.function)
        case .exception: code.kindOfTop(.exception)
        case .external: if let codeOfExternal { code.call(codeOfExternal) } else { code.kindOfTop(.other) }
        case .any: if let codeOfAny { code.call(codeOfAny) } else { code.kindOfTop(.other) }
        }
    }
}

extension CodeWriter {
    /// Makes a code of the reference on top of the stack, which is of one kind.
    fileprivate mutating func kindOfTop(_ kind: ReferenceKind) {
        emit(.refIsNull)
        emit(.i64ExtendI32U)
        wideNumber(1)
        emit(.i64Xor)
        if kind.rawValue != 1 {
            wideNumber(UInt64(kind.rawValue))
            emit(.i64Mul)
        }
    }

    fileprivate mutating func kind(_ kind: ReferenceKind, unlessNull local: Int) {
        get(local)
        kindOfTop(kind)
    }
}
