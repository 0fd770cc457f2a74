import Execution
import WasmFormats
import WasmModel

extension CarriedCase {
    /// A case by its calls as they are; its module as it is, too, where it imports nothing that the host cannot provide, and
    /// no function and no exception can be seen.
    ///
    /// Imported memories, tables, globals and tags become definitions. So do imported functions, which then note their calls
    /// in an exported memory, where the host cannot stand behind all of them. A table of all functions is exported where references to
    /// functions can be seen (``functionTable``), and all tags where exceptions can be (``tagNames``).
    ///
    /// Without exact NaNs those in results and in the log are whatever the host makes of them.
    /// - Parameters:
    ///   - test: the case.
    ///   - module: its module.
    ///   - boundary: what the host can carry.
    ///   - features: what the rewritten module may use beyond what the module uses.
    /// - Throws: where something that can be seen is of a type that the host cannot carry, or a value cannot be made.
    public static func direct(
        _ test: TestCase,
        module: ValidatedModule,
        boundary: BoundaryCapabilities,
        features: FeatureSet = .wasm3
    ) throws(CarriageObstacle) -> CarriedCase {
        try DirectCarriage(test, module, boundary, features).carriedCase()
    }
}

/// Makes a direct carriage.
private struct DirectCarriage {
    private let test: TestCase
    private let source: ValidatedModule
    private let boundary: BoundaryCapabilities
    private let features: FeatureSet
    private let calls: [CarriedCall]
    private let facts: ModuleFacts

    init(
        _ test: TestCase,
        _ source: ValidatedModule,
        _ boundary: BoundaryCapabilities,
        _ features: FeatureSet
    ) throws(CarriageObstacle) {
        self.test = test
        self.source = source
        self.boundary = boundary
        self.features = features
        calls = try test.carriedCalls(source)
        facts = ModuleFacts(source.module)
    }

    func carriedCase() throws(CarriageObstacle) -> CarriedCase {
        let seen = try seenTypes()
        try checkArguments()
        let functions = hostFunctions()
        let keepsFunctions = canProvide(functions)
        let showsFunctions =
            (seen + (keepsFunctions ? functions.flatMap(\.signatureTypes) : [])).contains {
                source.boundaryType(of: $0) == .functionReference
            }
        let showsTags = facts.throwsExceptions && !source.tagTypeIndices.isEmpty
        let bindsImports = source.module.imports.contains { !$0.isFunction }
        let isBound = bindsImports || (!functions.isEmpty && !keepsFunctions)
        if !isBound {
            // System functions are found where imports are bound.
            try checkSystemFunctions()
        }
        var names = FreeNames(source.module)
        let functionTable = showsFunctions ? names.free("functions") : nil
        var carried: CarriedModule?
        var log: MemoryPlan?
        if isBound {
            var rewriting = try CarriedModule(
                source,
                features: features,
                keepsFunctions: keepsFunctions,
                makesExternals: false
            )
            if rewriting.boundFunctions.contains(where: { !$0.function.canReturn }) {
                throw CarriageObstacle("a function of the host has no value to answer with, and the host cannot say so")
            }
            if !rewriting.boundFunctions.isEmpty {
                let layout = CarriageLayout(values: [], globals: 0, tables: 0)
                let memory = try CarriageMemory(layout, in: &rewriting, grows: true)
                let logged = rewriting.boundFunctions.flatMap(\.function.type.parameters)
                if logged.contains(where: { source.boundaryType(of: $0) == .externalReference }) {
                    throw CarriageObstacle(
                        "wasm cannot tell references of the host apart that functions are called with"
                    )
                }
                try rewriting.addReferenceCodes(for: logged)
                try rewriting.setBodies(.memory(memory))
                let name = names.free(MemoryCarriage.memoryName)
                rewriting.module.exports.append(Export(name: name, item: .memory(memory.index)))
                log = MemoryPlan(name: name, layout: layout, parameterTypes: rewriting.parametersByOrdinal)
            }
            carried = rewriting
        }
        var module = carried?.module ?? source.module
        if let functionTable { addTable(named: functionTable, to: &module) }
        let tagNames = showsTags ? addTags(to: &module, &names) : []
        let isChanged = isBound || functionTable != nil || showsTags
        let rewritten = TestCase(
            wasm: isChanged ? BinaryEncoder.encode(module) : test.wasm,
            invocations: test.invocations,
            usesFreshInstances: test.usesFreshInstances
        )
        let imported = zip(source.module.imports.filter(\.isFunction), functions).map {
            CarriedCase.ImportedFunction(module: $0.module, name: $0.name, function: $1)
        }
        let reading = DirectReading(
            log: log,
            functionTable: functionTable,
            isStateless: source.isStateless && test.usesFreshInstances
        )
        return CarriedCase(
            .direct,
            [rewritten],
            .direct(reading),
            importedFunctions: keepsFunctions ? imported : [],
            functionTable: functionTable,
            tagNames: tagNames
        )
    }

    // MARK: What can be seen

    /// The types of what the host gives and takes, but for imported functions.
    private func seenTypes() throws(CarriageObstacle) -> [ValueType] {
        var seen: [ValueType] = []
        for function in Set(calls.map(\.function)) {
            let type = source.functionType(of: function)
            try check(type.parameters, "a parameter")
            try check(type.results, "a result")
            seen += type.parameters + type.results
        }
        if facts.throwsExceptions {
            for index in source.tagTypeIndices.indices {
                let payload = source.functionType(of: TagIndex(index)).parameters
                try check(payload, "a value of an exception")
                seen += payload
            }
        }
        let exports = VisibleExports(source)
        if !exports.globals.isEmpty, !boundary.showsGlobals {
            throw CarriageObstacle("the host does not show globals")
        }
        if !exports.tables.isEmpty, !boundary.showsTables {
            throw CarriageObstacle("the host does not show tables")
        }
        let globals = exports.globals.map { source.globalTypes[$0.global.position].valueType }
        let elements = exports.tables.map { ValueType.reference(source.tableTypes[$0.table.position].element) }
        try check(globals, "an exported global")
        try check(elements, "an element of an exported table")
        return seen + globals + elements
    }

    private func check(_ types: [ValueType], _ what: String) throws(CarriageObstacle) {
        for type in types where !isCarried(type) {
            throw CarriageObstacle("\(what) is of a type that the host does not carry: \(TypeList.name(of: type))")
        }
    }

    private func isCarried(_ type: ValueType) -> Bool {
        source.boundaryType(of: type).map(boundary.values.contains) ?? false
    }

    private func checkArguments() throws(CarriageObstacle) {
        for call in calls {
            for argument in call.invocation.arguments {
                if !boundary.hasExactNaNs, argument.isNaN {
                    throw CarriageObstacle("an argument is a NaN, and the host does not keep its bits")
                }
                if case .reference(.opaque(let kind)) = argument {
                    throw CarriageObstacle("no host can give a reference to '\(kind)'")
                }
            }
        }
    }

    // MARK: Imported functions

    /// The functions of the host behind the function imports, in their order.
    private func hostFunctions() -> [HostFunction] {
        guard source.importCounts.functions > 0 else { return [] }
        return source.hostImports().compactMap { if case .function(let function, _) = $0 { function } else { nil } }
    }

    private func checkSystemFunctions() throws(CarriageObstacle) {
        for (position, item) in source.module.imports.filter(\.isFunction).enumerated() {
            guard case .function(let type) = item.type else { continue }
            if SystemFunction(item, type: source.functionType(at: type), importOrdinal: position) != nil {
                throw CarriageObstacle("'\(item.name)' is a function of the system interface")
            }
        }
    }

    /// Whether the host can stand behind all functions.
    private func canProvide(_ functions: [HostFunction]) -> Bool {
        guard boundary.providesFunctions else { return false }
        // The host finds functions in an export, which is not there before the start function has returned.
        let isEarly = source.module.start != nil
        if source.hostImports().contains(where: { $0.valueFunction != nil }) { return false }
        return functions.allSatisfy { function in
            function.signatureTypes.allSatisfy { type in
                isCarried(type) && !(isEarly && source.boundaryType(of: type) == .functionReference)
            } && (boundary.hasExactNaNs || !function.passesFloats)
        }
    }

    // MARK: Additions

    private func addTable(named name: String, to module: inout Module) {
        let count = source.functionTypeIndices.count
        let index = TableIndex(module.tables.count)
        let functions = ElementItems.functions((0..<count).map { FunctionIndex($0) })
        let limits = Limits(minimum: UInt64(count), maximum: UInt64(count))
        module.tables.append(Table(type: TableType(limits: limits, element: .function)))
        module.elements.append(
            ElementSegment(
                type: ReferenceType(isNullable: false, .function),
                items: functions,
                mode: .active(index, offset: [Instruction(.i32Const, .i32(0)), Instruction(.end)])
            )
        )
        module.exports.append(Export(name: name, item: .table(index)))
    }

    /// Exports all tags, and returns the names.
    private func addTags(to module: inout Module, _ names: inout FreeNames) -> [String] {
        source.tagTypeIndices.indices.map { position in
            let name = names.free("tag-\(position)")
            module.exports.append(Export(name: name, item: .tag(TagIndex(position))))
            return name
        }
    }
}

/// Names that no export has.
private struct FreeNames {
    private var taken: Set<[UInt8]>

    init(_ module: Module) { taken = Set(module.exports.map { Array($0.name.utf8) }) }

    /// A name, with apostrophes where it is taken.
    mutating func free(_ name: String) -> String {
        var name = name
        while !taken.insert(Array(name.utf8)).inserted { name += "'" }
        return name
    }
}

extension Import {
    var isFunction: Bool {
        if case .function = type { true } else { false }
    }
}

extension HostFunction {
    fileprivate var signatureTypes: [ValueType] { type.parameters + type.results }

    /// Whether the function answers with a number that may be a NaN.
    fileprivate var passesFloats: Bool {
        zip(answers, type.results).contains { answer, type in
            guard case .parameter = answer else { return false }
            return type == .f32 || type == .f64
        }
    }
}

extension WasmValue {
    fileprivate var isNaN: Bool {
        switch self {
        case .f32(let bits): Float(bitPattern: bits).isNaN
        case .f64(let bits): Double(bitPattern: bits).isNaN
        case .i32, .i64, .v128, .reference: false
        }
    }
}
