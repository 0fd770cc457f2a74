import Execution
import WasmFormats
import WasmModel

/// Writes a module that checks calls.
struct SelfCheckWriter {
    /// What a check gives where all is right, as the bits of -1.
    static let right = UInt32.max
    /// What it gives where a call did not end as it had to, as the bits of -2.
    static let otherEnding = UInt32.max - 1

    private let source: ValidatedModule
    private var carried: CarriedModule
    private let exports: VisibleExports
    private let digest: GlobalIndex
    private let mix: FunctionIndex

    init(_ source: ValidatedModule, _ features: FeatureSet) throws(CarriageObstacle) {
        self.source = source
        carried = try CarriedModule(source, features: features)
        exports = VisibleExports(source)
        digest = GlobalIndex(carried.module.globals.count)
        carried.module.globals.append(
            Global(
                type: GlobalType(.i64, isMutable: true),
                initializer: [Instruction(.i64Const, .i64(0)), Instruction(.end)]
            )
        )
        var code = CodeWriter(parameterCount: 1)
        ValueDigest.writeMix(into: digest, &code)
        mix = carried.add(code, FunctionType(parameters: [.i64]))
    }

    /// The module that checks some of the calls.
    mutating func part(
        _ calls: [CarriedCall],
        _ expected: Observation,
        _ range: Range<Int>,
        _ state: InstanceState
    ) throws(CarriageObstacle) -> SelfCheck.Part {
        try carried.checkStart()
        try carried.addReferenceCodes(for: seenTypes(calls[range], expected.invocations[range]))
        try carried.setBodies(.digest(mix: mix))
        var newExports: [Export] = []
        var start = CodeWriter()
        var startIsCutShort = false
        var startedCalls: Set<Int> = []
        func require(_ check: FunctionIndex) {
            start.call(check)
            start.number(-1)
            start.emit(.i32Ne)
            start.emit(.if, .block(.empty))
            start.emit(.unreachable)
            start.emit(.end)
        }
        for number in range {
            let check = try addCheck(of: calls[number], expected.invocations[number])
            newExports.append(Export(name: "check-\(number)", item: .function(check)))
            if case .trapped = expected.invocations[number] {
                startIsCutShort = startIsCutShort || !source.isStateless
            } else if !startIsCutShort {
                require(check)
                startedCalls.insert(number)
            }
        }
        let parts = stateParts
        if !parts.isEmpty {
            let check = try addStateCheck(state)
            newExports.append(Export(name: "check-state", item: .function(check)))
            if !startIsCutShort { require(check) }
        }
        newExports.append(Export(name: "_start", item: .function(carried.add(start, FunctionType()))))
        carried.module.exports = newExports
        carried.declareFunctions()
        let names = range.map { "check-\($0)" } + (parts.isEmpty ? [] : ["check-state"])
        return SelfCheck.Part(
            test: TestCase(
                wasm: BinaryEncoder.encode(carried.module),
                invocations: names.map { Invocation(export: $0, arguments: []) }
            ),
            calls: range,
            state: parts,
            isOneOfMany: range.count < calls.count,
            startedCalls: startedCalls,
            startChecksState: !parts.isEmpty && !startIsCutShort
        )
    }

    private func seenTypes(
        _ calls: ArraySlice<CarriedCall>,
        _ endings: ArraySlice<InvocationOutcome>
    ) -> Set<ValueType> {
        var types: Set<ValueType> = []
        for function in Set(calls.map(\.function)) { types.formUnion(source.functionType(of: function).results) }
        for case .threw(let tag?, _) in endings where Int(tag) < source.tagTypeIndices.count {
            types.formUnion(source.functionType(of: TagIndex(tag)).parameters)
        }
        for bound in carried.boundFunctions { types.formUnion(bound.function.type.parameters) }
        for global in exports.globals { types.insert(source.globalTypes[global.global.position].valueType) }
        for table in exports.tables { types.insert(.reference(source.tableTypes[table.table.position].element)) }
        return types
    }

    // MARK: Calls

    private mutating func addCheck(
        of call: CarriedCall,
        _ expected: InvocationOutcome
    ) throws(CarriageObstacle) -> FunctionIndex {
        var code = CodeWriter()
        switch expected {
        case .returned(let values):
            try carried.pushArguments(of: call, &code)
            code.call(carried.merged(call.function))
            try compareTop(call.type.results, with: values, &code)
        case .trapped:
            try carried.pushArguments(of: call, &code)
            code.call(carried.merged(call.function))
            for _ in call.type.results { code.emit(.drop) }
            code.number(Int(Int32(bitPattern: Self.otherEnding)))
        case .threw(let tag, let payload):
            guard let tag, Int(tag) < source.tagTypeIndices.count else {
                throw CarriageObstacle("the tag of the expected exception has no index")
            }
            let tags = [TagIndex(tag)]
            carried.beginCatching(tags, &code)
            try carried.pushArguments(of: call, &code)
            code.call(carried.merged(call.function))
            for _ in call.type.results { code.emit(.drop) }
            code.number(Int(Int32(bitPattern: Self.otherEnding)))
            code.emit(.return)
            carried.endTry(tags, &code)
            code.emit(.end)
            try compareTop(source.functionType(of: TagIndex(tag)).parameters, with: payload, &code)
        case .exhausted, .exited, .mismatched, .unseen:
            throw CarriageObstacle("a call is expected to end with the budget or the program")
        }
        try CarriedModule.checkLocals(code)
        return carried.add(code, FunctionType(results: [.i32]))
    }

    /// Compares the values on the stack, and leaves -1 or the first wrong position; without a branch.
    private func compareTop(
        _ types: [ValueType],
        with values: [WasmValue],
        _ code: inout CodeWriter
    ) throws(CarriageObstacle) {
        guard types.count == values.count else { throw CarriageObstacle("as many values are expected as there are") }
        let first = code.popToLocals(types)
        code.number(-1)
        for position in types.indices.reversed() {
            code.number(position)
            try equal(first + position, types[position], values[position], &code)
            code.emit(.select)
        }
    }

    /// Leaves whether a local is a constant.
    private func equal(
        _ local: Int,
        _ type: ValueType,
        _ value: WasmValue,
        _ code: inout CodeWriter
    ) throws(CarriageObstacle) {
        code.get(local)
        switch (type, value) {
        case (.i32, .i32(let bits)):
            code.number(Int(Int32(bitPattern: bits)))
            code.emit(.i32Eq)
        case (.f32, .f32(let bits)):
            code.emit(.i32ReinterpretF32)
            code.number(Int(Int32(bitPattern: bits)))
            code.emit(.i32Eq)
        case (.i64, .i64(let bits)):
            code.wideNumber(bits)
            code.emit(.i64Eq)
        case (.f64, .f64(let bits)):
            code.emit(.i64ReinterpretF64)
            code.wideNumber(bits)
            code.emit(.i64Eq)
        case (.v128, .v128):
            code.append([.constant(value, type: type)])
            code.emit(.i8x16Eq)
            code.emit(.i8x16AllTrue)
        case (.reference(let type), .reference(let reference)):
            carried.writeCode(of: type, &code)
            code.wideNumber(try reference.checkedCode())
            code.emit(.i64Eq)
        case (.i32, _), (.i64, _), (.f32, _), (.f64, _), (.v128, _), (.reference, _):
            throw CarriageObstacle("an expected value is not of the type that it has to be of")
        }
    }

    // MARK: State

    /// What is compared, in the order of positions.
    private var stateParts: [SelfCheck.StatePart] {
        var parts: [SelfCheck.StatePart] = []
        for export in exports.globals { parts.append(.global(export.name)) }
        for export in exports.memories { parts.append(.memory(export.name)) }
        for export in exports.tables { parts.append(.table(export.name)) }
        if !carried.boundFunctions.isEmpty { parts.append(.hostCalls) }
        return parts
    }

    private struct StateLocals {
        var position: Int
        var end: Int
        var code: Int
    }

    private mutating func addStateCheck(_ expected: InstanceState) throws(CarriageObstacle) -> FunctionIndex {
        guard expected.globals.count == exports.globals.count, expected.memories.count == exports.memories.count,
            expected.tables.count == exports.tables.count, expected.hostCalls.isWhole
        else { throw CarriageObstacle("the expected state is not known as a whole") }
        var code = CodeWriter()
        let log = code.addLocal(.i64)
        let locals = StateLocals(
            position: code.addLocal(.i64),
            end: code.addLocal(.i64),
            code: code.addLocal(.i64)
        )
        code.emit(.globalGet, .global(digest))
        code.set(log)
        var results: [Int] = []
        for (export, value) in zip(exports.globals, expected.globals) {
            let type = source.globalTypes[export.global.position].valueType
            let local = code.addLocal(type)
            code.emit(.globalGet, .global(carried.merged(export.global)))
            code.set(local)
            try equal(local, type, value.value, &code)
            results.append(setResult(&code))
        }
        for (export, memory) in zip(exports.memories, expected.memories) {
            var digest = ValueDigest()
            digest.mix(memory.bytes)
            restartDigest(&code)
            mixMemory(export.memory, locals, &code)
            results.append(compareDigest(digest, &code))
        }
        for (export, table) in zip(exports.tables, expected.tables) {
            restartDigest(&code)
            mixTable(export.table, locals, &code)
            results.append(compareDigest(try Self.digest(of: table), &code))
        }
        if !carried.boundFunctions.isEmpty {
            var digest = ValueDigest()
            for call in expected.hostCalls.first {
                digest.mix(UInt64(call.importOrdinal))
                for argument in call.arguments { try digest.mix(argument) }
            }
            code.get(log)
            code.wideNumber(digest.word)
            code.emit(.i64Eq)
            results.append(setResult(&code))
        }
        // The log goes on where it was.
        code.get(log)
        code.emit(.globalSet, .global(digest))
        code.number(-1)
        for position in results.indices.reversed() {
            code.number(position)
            code.get(results[position])
            code.emit(.select)
        }
        return carried.add(code, FunctionType(results: [.i32]))
    }

    private func setResult(_ code: inout CodeWriter) -> Int {
        let result = code.addLocal(.i32)
        code.set(result)
        return result
    }

    private func restartDigest(_ code: inout CodeWriter) {
        code.wideNumber(0)
        code.emit(.globalSet, .global(digest))
    }

    private func compareDigest(_ expected: ValueDigest, _ code: inout CodeWriter) -> Int {
        code.emit(.globalGet, .global(digest))
        code.wideNumber(expected.word)
        code.emit(.i64Eq)
        return setResult(&code)
    }

    private func mixMemory(_ memory: MemoryIndex, _ locals: StateLocals, _ code: inout CodeWriter) {
        let isWide = source.memoryTypes[memory.position].addressType == .i64
        let memory = carried.merged(memory)
        code.emit(.memorySize, .memory(memory))
        if !isWide { code.emit(.i64ExtendI32U) }
        code.wideNumber(16)
        code.emit(.i64Shl)
        code.emit(.localTee, .local(LocalIndex(locals.end)))
        code.call(mix)
        code.wideNumber(0)
        code.set(locals.position)
        code.emit(.block, .block(.empty))
        code.emit(.loop, .block(.empty))
        code.get(locals.position)
        code.get(locals.end)
        code.emit(.i64GeU)
        code.emit(.brIf, .label(1))
        code.get(locals.position)
        if !isWide { code.emit(.i32WrapI64) }
        code.access(.i64Load, memory, offset: 0, alignment: 3)
        code.call(mix)
        code.get(locals.position)
        code.wideNumber(8)
        code.emit(.i64Add)
        code.set(locals.position)
        code.emit(.br, .label(0))
        code.emit(.end)
        code.emit(.end)
    }

    private func mixTable(_ table: TableIndex, _ locals: StateLocals, _ code: inout CodeWriter) {
        let (position, end) = (locals.position, locals.end)
        carried.writeElementLoop(table, position: position, end: end, code: locals.code, &code)
        code.get(locals.code)
        code.call(mix)
        CarriedModule.endElementLoop(position: position, &code)
        code.get(end)
        code.call(mix)
    }

    private static func digest(of table: NamedElements) throws(CarriageObstacle) -> ValueDigest {
        var digest = ValueDigest()
        var position = 0
        for element in table.elements {
            while position < element.position {
                digest.mix(0)
                position += 1
            }
            try digest.mix(element.value)
            position += 1
        }
        while position < table.count {
            digest.mix(0)
            position += 1
        }
        digest.mix(UInt64(table.count))
        return digest
    }
}
