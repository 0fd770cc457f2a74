import WasmModel

/// A module with something in every section and an instruction with every kind of immediate; it is not valid as a whole.
func sampleModule() -> Module {
    var module = Module()
    let pair = module.addType(FunctionType(parameters: [.i32, .i64], results: [.f32, .f64, .v128]))
    let empty = module.addType(FunctionType())
    module.types.append(
        SubType(
            isFinal: false,
            .structure([FieldType(.packedI8, isMutable: true), FieldType(.value(.i64), isMutable: false)])
        )
    )
    let element = ValueType.reference(ReferenceType(isNullable: false, .defined(2)))
    module.types.append(SubType(supertypes: [2], .array(FieldType(.value(element), isMutable: true))))
    module.recursionGroups.append(2..<4)
    module.imports = [
        Import(module: "m", name: "f", type: .function(empty)),
        Import(
            module: "m",
            name: "t",
            type: .table(TableType(limits: Limits(minimum: 1, maximum: 2), element: .external))
        ),
        Import(module: "m", name: "€", type: .memory(MemoryType(addressType: .i64, limits: Limits(minimum: 1 << 40)))),
        Import(module: "m", name: "g", type: .global(GlobalType(.exceptionReference, isMutable: true))),
        Import(module: "m", name: "e", type: .tag(empty)),
    ]
    module.functions = [
        Function(
            type: pair,
            locals: [LocalRun(count: 300, type: .i32), LocalRun(count: 0, type: element)],
            body: sampleBody()
        )
    ]
    let zero: Expression = [Instruction(.i32Const, .i32(0)), Instruction(.end)]
    let reference: Expression = [Instruction(.refFunc, .function(1)), Instruction(.end)]
    module.tables = [
        Table(type: TableType(limits: Limits(minimum: 10), element: .function)),
        Table(
            type: TableType(
                addressType: .i64,
                limits: Limits(minimum: 1),
                element: ReferenceType(isNullable: false, .function)
            ),
            initializer: reference
        ),
    ]
    module.memories = [MemoryType(limits: Limits(minimum: 1, maximum: 65536))]
    module.tags = [empty]
    module.globals = [Global(type: GlobalType(.i32, isMutable: false), initializer: zero)]
    module.exports = [
        Export(name: "", item: .function(1)), Export(name: "t", item: .table(0)), Export(name: "m", item: .memory(0)),
        Export(name: "g", item: .global(200)), Export(name: "e", item: .tag(0)),
    ]
    module.start = 0
    let listed = ReferenceType(isNullable: false, .function)
    let modes: [ElementMode] = [.passive, .declarative, .active(0, offset: zero), .active(3, offset: zero)]
    for mode in modes {
        module.elements.append(ElementSegment(type: listed, items: .functions([0, 1]), mode: mode))
        module.elements.append(ElementSegment(type: .function, items: .expressions([reference]), mode: mode))
        module.elements.append(ElementSegment(type: .external, items: .expressions([]), mode: mode))
    }
    module.data = [
        DataSegment(bytes: [1, 2, 3], mode: .passive), DataSegment(bytes: [], mode: .active(0, offset: zero)),
        DataSegment(bytes: Array(repeating: 7, count: 200), mode: .active(1, offset: zero)),
    ]
    module.dataCount = 3
    module.names.module = "sample"
    module.names.functions = [0: "imported", 1: "defined"]
    module.names.locals = [1: [0: "a", 1: "b"]]
    module.names.labels = [1: [0: "block"]]
    module.names.types = [2: "structure"]
    module.names.fields = [2: [0: "byte"]]
    module.names.tags = [1: "tag"]
    module.customSections = [
        CustomSection(name: "first", bytes: [1]), CustomSection(name: "middle", bytes: [], followsSection: 3),
        CustomSection(name: "last", bytes: [2, 3], followsSection: 11),
    ]
    return module
}

/// Every opcode once, with immediates that differ from their defaults, and blocks closed.
private func sampleBody() -> [Instruction] {
    var body: [Instruction] = []
    for row in OpcodeTable.rows where row.opcode != .end && row.opcode != .else {
        for immediate in sampleImmediates(row.immediate) {
            body.append(Instruction(row.opcode, immediate))
            switch row.opcode {
            case .if: body += [Instruction(.else), Instruction(.end)]
            case .block, .loop, .tryTable: body.append(Instruction(.end))
            default: break
            }
        }
    }
    return body + [Instruction(.end)]
}

/// Immediates of a kind that differ from their defaults.
func sampleImmediates(_ kind: ImmediateKind) -> [Immediate] {
    let clauses: [CatchClause] = [.tag(1, 2), .tagWithReference(3, 4), .all(5), .allWithReference(6)]
    let argument = MemoryArgument(offset: 1 << 33, memory: 5, alignment: 3)
    let vector = V128(low: 0x0102_0304_0506_0708, high: 0x1112_1314_1516_1718)
    let target = ReferenceType(isNullable: true, .structure)
    return switch kind {
    case .none: [.none]
    case .i32: [.i32(.min), .i32(64), .i32(-65)]
    case .i64: [.i64(.min), .i64(.max)]
    case .f32: [.f32(0x7FA0_0001)]
    case .f64: [.f64(0x7FF4_0000_0000_0001)]
    case .v128: [.v128(vector)]
    case .block:
        [.block(.empty), .block(.result(.functionReference)), .block(.type(64)), .block(.result(.reference(target)))]
    case .tryTable: [.tryTable(.type(1), clauses), .tryTable(.empty, [])]
    case .label: [.label(300)]
    case .labelTable: [.labelTable([1, 2, 3]), .labelTable([128])]
    case .local: [.local(50_000)]
    case .global: [.global(1)]
    case .function: [.function(129)]
    case .callIndirect: [.callIndirect(1, 2)]
    case .tag: [.tag(9)]
    case .type: [.type(4)]
    case .types: [.types(4, 5)]
    case .typeAndField: [.typeAndField(4, 5)]
    case .typeAndLength: [.typeAndLength(4, .max)]
    case .typeAndData: [.typeAndData(4, 5)]
    case .typeAndElement: [.typeAndElement(4, 5)]
    case .table: [.table(6)]
    case .tables: [.tables(6, 7)]
    case .elementAndTable: [.elementAndTable(6, 7)]
    case .element: [.element(6)]
    case .memory: [.memory(6)]
    case .memories: [.memories(6, 7)]
    case .dataAndMemory: [.dataAndMemory(6, 7)]
    case .data: [.data(6)]
    case .memoryArgument: [.memoryArgument(argument), .memoryArgument(MemoryArgument(alignment: 0))]
    case .memoryArgumentAndLane: [.memoryArgumentAndLane(argument, 7)]
    case .lane: [.lane(3)]
    case .lanes: [.lanes(vector)]
    case .selectTypes: [.selectTypes([.i32, .externalReference])]
    case .heapType: [.heapType(.none), .heapType(.defined(200))]
    case .castBranch: [.castBranch(3, ReferenceType(isNullable: false, .any), target)]
    }
}
