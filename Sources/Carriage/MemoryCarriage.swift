import Execution
import WasmFormats
import WasmModel

extension CarriedCase {
    /// A case by calls without parameters, whose results are in an exported memory.
    ///
    /// The module imports nothing, and exports `call-K` for each call K, `state`, which stores what exported globals and tables hold,
    /// the memory `carriage`, and the exported memories as `memory-N`. The tests call these exports in order.
    /// - Parameters:
    ///   - test: the case.
    ///   - module: its module.
    ///   - features: what the rewritten module may use beyond what the module uses.
    /// - Throws: where the features do not suffice, or a value cannot be made in wasm.
    public static func memory(
        _ test: TestCase,
        module: ValidatedModule,
        features: FeatureSet = .wasm3
    ) throws(CarriageObstacle) -> CarriedCase {
        var carriage = try MemoryCarriage(test, module, features)
        try carriage.build()
        return carriage.carriedCase()
    }
}

/// Rewrites a case so that values go through a memory.
struct MemoryCarriage {
    /// The name of the added memory.
    static let memoryName = "carriage"

    private let test: TestCase
    private let source: ValidatedModule
    private let calls: [CarriedCall]
    private let tags: [TagIndex]
    private var carried: CarriedModule
    private var memory: CarriageMemory
    private let exports: VisibleExports

    init(_ test: TestCase, _ source: ValidatedModule, _ features: FeatureSet) throws(CarriageObstacle) {
        self.test = test
        self.source = source
        calls = try test.carriedCalls(source)
        carried = try CarriedModule(source, features: features)
        tags = carried.catchableTags
        exports = VisibleExports(source)
        let payload = tags.map { source.functionType(of: $0).parameters.count }.max() ?? 0
        let layout = CarriageLayout(
            values: calls.map { max($0.type.results.count, payload) },
            globals: exports.globals.count,
            tables: exports.tables.count
        )
        if !exports.tables.isEmpty, !features.contains(.referenceTypes) {
            throw CarriageObstacle("a table is exported, and to read it needs reference types")
        }
        let grows = !carried.boundFunctions.isEmpty || !exports.tables.isEmpty
        memory = try CarriageMemory(layout, in: &carried, grows: grows)
    }

    mutating func build() throws(CarriageObstacle) {
        try carried.checkStart()
        try carried.addReferenceCodes(for: seenTypes)
        try carried.setBodies(.memory(memory))
        var newExports = exports.memories.enumerated().map { position, export in
            Export(name: VisibleExports.memoryName(position), item: .memory(carried.merged(export.memory)))
        }
        newExports.append(Export(name: Self.memoryName, item: .memory(memory.index)))
        var storing: [FunctionIndex: FunctionIndex] = [:]
        for (number, call) in calls.enumerated() {
            let index: FunctionIndex
            if let known = storing[call.function] {
                index = known
            } else {
                index = try addStoringCall(of: call)
                storing[call.function] = index
            }
            var code = CodeWriter()
            let word = CarriageLayout.Word.currentRecord.rawValue
            memory.storeNumber(memory.layout.records[number], .zero, offset: word, &code)
            try carried.pushArguments(of: call, &code)
            code.call(index)
            newExports.append(
                Export(name: VisibleExports.callName(number), item: .function(carried.add(code, FunctionType())))
            )
        }
        if exports.needState {
            newExports.append(Export(name: VisibleExports.stateName, item: .function(addState())))
        }
        carried.module.exports = newExports
        carried.declareFunctions()
    }

    /// The types of all values that are stored.
    private var seenTypes: Set<ValueType> {
        var types: Set<ValueType> = []
        for function in Set(calls.map(\.function)) { types.formUnion(source.functionType(of: function).results) }
        for tag in tags { types.formUnion(source.functionType(of: tag).parameters) }
        for bound in carried.boundFunctions { types.formUnion(bound.function.type.parameters) }
        for global in exports.globals { types.insert(source.globalTypes[global.global.position].valueType) }
        for table in exports.tables { types.insert(.reference(source.tableTypes[table.table.position].element)) }
        return types
    }

    /// Adds a function with the parameters of a call that makes it and stores how it ends in the present record.
    private mutating func addStoringCall(of call: CarriedCall) throws(CarriageObstacle) -> FunctionIndex {
        var code = CodeWriter(parameterCount: call.type.parameters.count)
        let base = code.addLocal(.i32)
        code.number(0)
        let word = CarriageLayout.Word.currentRecord.rawValue
        code.access(.i32Load, memory.index, offset: word, alignment: 2)
        code.set(base)
        carried.beginCatching(tags, &code)
        code.parameters(call.type.parameters.count)
        code.call(carried.merged(call.function))
        store(call.type.results, status: CarriageStatus.returned, base, &code)
        code.emit(.return)
        carried.endTry(tags, &code)
        for tag in tags {
            code.emit(.end)
            let status = CarriageStatus.threw + tag.rawValue
            store(source.functionType(of: tag).parameters, status: status, base, &code)
            code.emit(.return)
        }
        try CarriedModule.checkLocals(code)
        return carried.add(code, FunctionType(parameters: call.type.parameters))
    }

    /// Stores the values on the stack, and the status after them.
    private func store(_ types: [ValueType], status: UInt32, _ base: Int, _ code: inout CodeWriter) {
        let first = code.popToLocals(types)
        let slot = CarriageLayout.slotSize
        for (position, type) in types.enumerated() {
            memory.store(first + position, type, .local(base), offset: (1 + position) * slot, carried, &code)
        }
        memory.storeNumber(Int(status), .local(base), offset: 0, &code)
    }

    /// Adds the function that stores what exported globals and tables hold.
    private mutating func addState() -> FunctionIndex {
        var code = CodeWriter()
        code.number(0)
        code.number(0)
        code.access(.i32Load, memory.index, offset: CarriageLayout.Word.used.rawValue, alignment: 2)
        code.access(.i32Store, memory.index, offset: CarriageLayout.Word.logEnd.rawValue, alignment: 2)
        for (position, export) in exports.globals.enumerated() {
            code.number(0)
            code.emit(.globalGet, .global(carried.merged(export.global)))
            let offset = memory.layout.globals + position * CarriageLayout.slotSize
            memory.storeTop(source.globalTypes[export.global.position].valueType, offset: offset, carried, &code)
        }
        if !exports.tables.isEmpty {
            let locals = TableLocals(
                position: code.addLocal(.i64),
                end: code.addLocal(.i64),
                code: code.addLocal(.i64),
                found: code.addLocal(.i64),
                place: code.addLocal(.i32)
            )
            for (number, export) in exports.tables.enumerated() { writeTable(number, export.table, locals, &code) }
        }
        return carried.add(code, FunctionType())
    }

    private struct TableLocals {
        var position: Int
        var end: Int
        var code: Int
        var found: Int
        var place: Int
    }

    /// Stores the size of a table and its elements that are not null.
    private func writeTable(_ number: Int, _ table: TableIndex, _ locals: TableLocals, _ code: inout CodeWriter) {
        let offset = memory.layout.tables + number * CarriageLayout.slotSize
        let slot = CarriageLayout.slotSize
        code.wideNumber(0)
        code.set(locals.found)
        carried.writeElementLoop(table, position: locals.position, end: locals.end, code: locals.code, &code)
        code.get(locals.code)
        code.emit(.i64Eqz)
        code.emit(.i32Eqz)
        code.emit(.if, .block(.empty))
        code.number(slot)
        if let reserve = memory.reserve { code.call(reserve) }
        code.emit(.localTee, .local(LocalIndex(locals.place)))
        code.number(0)
        code.emit(.i32LtS)
        // What finds no place is not looked at any more.
        code.emit(.if, .block(.empty))
        code.emit(.return)
        code.emit(.end)
        for (local, displacement) in [(locals.position, 0), (locals.code, slot / 2)] {
            code.get(locals.place)
            code.get(local)
            code.access(.i64Store, memory.index, offset: memory.layout.growth + displacement, alignment: 3)
        }
        code.get(locals.found)
        code.wideNumber(1)
        code.emit(.i64Add)
        code.set(locals.found)
        code.emit(.end)
        CarriedModule.endElementLoop(position: locals.position, &code)
        for (local, displacement) in [(locals.end, 0), (locals.found, slot / 2)] {
            code.number(0)
            code.get(local)
            code.access(.i64Store, memory.index, offset: offset + displacement, alignment: 3)
        }
    }

    // MARK: The case

    func carriedCase() -> CarriedCase {
        let places = MemoryPlan(
            name: Self.memoryName,
            layout: memory.layout,
            parameterTypes: carried.parametersByOrdinal,
            tables: exports.tables.map(\.name)
        )
        let reading = CarriedReading(.memory(places), test, source, calls, exports)
        let tests = reading.plan.tests(BinaryEncoder.encode(carried.module), callCount: calls.count, exports)
        return CarriedCase(.memory, tests, .stored(reading))
    }
}

extension CarriedModule {
    /// Begins a loop over the elements of a table: in each round their position, as a number of 64 bits, and their code are in locals.
    func writeElementLoop(_ table: TableIndex, position: Int, end: Int, code codeLocal: Int, _ code: inout CodeWriter) {
        let type = source.tableTypes[table.position]
        let table = merged(table)
        code.emit(.tableSize, .table(table))
        if type.addressType == .i32 { code.emit(.i64ExtendI32U) }
        code.set(end)
        code.wideNumber(0)
        code.set(position)
        code.emit(.block, .block(.empty))
        code.emit(.loop, .block(.empty))
        code.get(position)
        code.get(end)
        code.emit(.i64GeU)
        code.emit(.brIf, .label(1))
        code.get(position)
        if type.addressType == .i32 { code.emit(.i32WrapI64) }
        code.emit(.tableGet, .table(table))
        writeCode(of: type.element, &code)
        code.set(codeLocal)
    }

    /// Ends the loop.
    static func endElementLoop(position: Int, _ code: inout CodeWriter) {
        code.get(position)
        code.wideNumber(1)
        code.emit(.i64Add)
        code.set(position)
        code.emit(.br, .label(0))
        code.emit(.end)
        code.emit(.end)
    }

    func merged(_ index: MemoryIndex) -> MemoryIndex { merging.merged(index) }
    func merged(_ index: GlobalIndex) -> GlobalIndex { merging.merged(index) }
    func merged(_ index: TableIndex) -> TableIndex { merging.merged(index) }

    /// The parameters of the functions of the host that the module defines, by their ordinals.
    var parametersByOrdinal: [Int: [ValueType]] {
        var parameters: [Int: [ValueType]] = [:]
        for bound in boundFunctions { parameters[bound.function.importOrdinal] = bound.function.type.parameters }
        return parameters
    }

    /// A start function may not need a value that the host does not have: nobody could say why it trapped.
    func checkStart() throws(CarriageObstacle) {
        if module.start != nil, boundFunctions.contains(where: { !$0.function.canReturn }) {
            throw CarriageObstacle(
                "a start function could call a function of the host that has no value to answer with"
            )
        }
    }
}
