import Execution
import WasmFormats
import WasmModel

extension CarriedCase {
    /// A case by calls without parameters, whose results are in exported globals: for engines with one memory at most.
    ///
    /// The module imports nothing, and exports `call-K` for each call K, `state`, which stores what exported globals hold, the
    /// mutable globals `value-N` of type `i64`, and the exported memories as `memory-N`.
    /// - Parameters:
    ///   - test: the case.
    ///   - module: its module.
    ///   - features: what the rewritten module may use beyond what the module uses.
    /// - Throws: where functions are imported, a table is exported, there are too many values, or a value cannot be made in wasm.
    public static func globals(
        _ test: TestCase,
        module: ValidatedModule,
        features: FeatureSet = .wasm3
    ) throws(CarriageObstacle) -> CarriedCase {
        var carriage = try GlobalsCarriage(test, module, features)
        try carriage.build()
        return carriage.carriedCase()
    }
}

/// Rewrites a case so that values go through globals.
struct GlobalsCarriage {
    /// So many globals at most are added.
    private static let bound = 100_000

    private let test: TestCase
    private let source: ValidatedModule
    private let calls: [CarriedCall]
    private let tags: [TagIndex]
    private var carried: CarriedModule
    private let exports: VisibleExports
    /// The position of the status of each call among the added globals.
    private var records: [Int] = []
    /// The position of the values of exported globals.
    private var stateStart = 0
    private var count = 0
    private let firstGlobal: Int

    init(_ test: TestCase, _ source: ValidatedModule, _ features: FeatureSet) throws(CarriageObstacle) {
        self.test = test
        self.source = source
        calls = try test.carriedCalls(source)
        carried = try CarriedModule(source, features: features)
        tags = carried.catchableTags
        exports = VisibleExports(source)
        firstGlobal = carried.module.globals.count
        guard carried.boundFunctions.isEmpty else {
            throw CarriageObstacle("calls of imported functions have no place in globals")
        }
        guard exports.tables.isEmpty else { throw CarriageObstacle("elements of tables have no place in globals") }
    }

    mutating func build() throws(CarriageObstacle) {
        let payload = tags.map { source.functionType(of: $0).parameters.globalCount }.max() ?? 0
        for call in calls {
            records.append(count)
            count += 1 + max(call.type.results.globalCount, payload)
        }
        stateStart = count
        let stateTypes = exports.globals.map { source.globalTypes[$0.global.position].valueType }
        count += stateTypes.globalCount
        guard count <= Self.bound else {
            throw CarriageObstacle("\(count) globals for results are more than \(Self.bound)")
        }
        try carried.addReferenceCodes(for: seenTypes)
        carried.module.globals += repeatElement(
            Global(
                type: GlobalType(.i64, isMutable: true),
                initializer: [Instruction(.i64Const, .i64(0)), Instruction(.end)]
            ),
            count: count
        )
        var newExports = exports.memories.enumerated().map { position, export in
            Export(name: VisibleExports.memoryName(position), item: .memory(carried.merged(export.memory)))
        }
        for position in 0..<count {
            let index = GlobalIndex(firstGlobal + position)
            newExports.append(Export(name: Self.globalName(position), item: .global(index)))
        }
        for number in calls.indices {
            newExports.append(Export(name: VisibleExports.callName(number), item: .function(try addCall(number))))
        }
        if exports.needState {
            newExports.append(Export(name: VisibleExports.stateName, item: .function(addState())))
        }
        carried.module.exports = newExports
        carried.declareFunctions()
    }

    /// The name of an added global.
    static func globalName(_ position: Int) -> String { "value-\(position)" }

    private var seenTypes: Set<ValueType> {
        var types: Set<ValueType> = []
        for function in Set(calls.map(\.function)) { types.formUnion(source.functionType(of: function).results) }
        for tag in tags { types.formUnion(source.functionType(of: tag).parameters) }
        for global in exports.globals { types.insert(source.globalTypes[global.global.position].valueType) }
        return types
    }

    private mutating func addCall(_ number: Int) throws(CarriageObstacle) -> FunctionIndex {
        let call = calls[number]
        var code = CodeWriter()
        carried.beginCatching(tags, &code)
        try carried.pushArguments(of: call, &code)
        code.call(carried.merged(call.function))
        store(call.type.results, status: CarriageStatus.returned, number, &code)
        code.emit(.return)
        carried.endTry(tags, &code)
        for tag in tags {
            code.emit(.end)
            let status = CarriageStatus.threw + tag.rawValue
            store(source.functionType(of: tag).parameters, status: status, number, &code)
            code.emit(.return)
        }
        try CarriedModule.checkLocals(code)
        return carried.add(code, FunctionType())
    }

    /// Stores the values on the stack, and the status after them.
    private func store(_ types: [ValueType], status: UInt32, _ number: Int, _ code: inout CodeWriter) {
        let first = code.popToLocals(types)
        var place = records[number] + 1
        for (position, type) in types.enumerated() {
            code.get(first + position)
            storeTop(type, at: &place, &code)
        }
        code.wideNumber(UInt64(status))
        code.emit(.globalSet, .global(GlobalIndex(firstGlobal + records[number])))
    }

    /// Stores the value on top of the stack.
    private func storeTop(_ type: ValueType, at place: inout Int, _ code: inout CodeWriter) {
        switch type {
        case .i32, .i64, .f32, .f64: code.widen(type)
        case .v128:
            let vector = code.addLocal(.v128)
            code.emit(.localTee, .local(LocalIndex(vector)))
            code.emit(.i64x2ExtractLane, .lane(0))
            code.emit(.globalSet, .global(GlobalIndex(firstGlobal + place)))
            code.get(vector)
            code.emit(.i64x2ExtractLane, .lane(1))
            place += 1
        case .reference(let reference): carried.writeCode(of: reference, &code)
        }
        code.emit(.globalSet, .global(GlobalIndex(firstGlobal + place)))
        place += 1
    }

    private mutating func addState() -> FunctionIndex {
        var code = CodeWriter()
        var place = stateStart
        for export in exports.globals {
            code.emit(.globalGet, .global(carried.merged(export.global)))
            storeTop(source.globalTypes[export.global.position].valueType, at: &place, &code)
        }
        return carried.add(code, FunctionType())
    }

    func carriedCase() -> CarriedCase {
        let places = GlobalsPlan(records: records, stateStart: stateStart, count: count)
        let reading = CarriedReading(.globals(places), test, source, calls, exports)
        let tests = reading.plan.tests(BinaryEncoder.encode(carried.module), callCount: calls.count, exports)
        return CarriedCase(.globals, tests, .stored(reading))
    }
}

extension [ValueType] {
    /// How many globals hold values of these types.
    fileprivate var globalCount: Int { reduce(0) { $0 + ($1 == .v128 ? 2 : 1) } }
}
