import WasmFormats
import WasmGenerator
import WasmModel

/// A module while it is transformed, with the decisions that choose the places.
struct ModuleRewriting {
    /// The module before the change.
    let original: ValidatedModule
    var module: Module
    var decisions: SplitMix64
    let features: FeatureSet
    /// Of the lists of types that are new.
    let maximumArity: Int

    /// Functions with more instructions are left alone, as a change of them takes long.
    static let longestBody = 20_000

    init(_ original: ValidatedModule, seed: UInt64, features: FeatureSet, maximumArity: Int) {
        self.original = original
        self.features = features
        self.maximumArity = maximumArity
        decisions = SplitMix64(seed: seed)
        module = original.module
        // Offsets in the binary are of the module before the change.
        for index in module.functions.indices { module.functions[index].offsets = InstructionOffsets() }
    }

    // MARK: Decisions

    mutating func choose<Choices: Collection>(_ elements: Choices) -> Choices.Element? {
        elements.randomElement(using: &decisions)
    }

    mutating func choose(below count: Int) -> Int { Int.random(in: 0..<count, using: &decisions) }

    mutating func oneIn(_ count: Int) -> Bool { choose(below: count) == 0 }

    /// The positions of the functions that can be changed.
    var changeable: [Int] { module.functions.indices.filter { module.functions[$0].body.count <= Self.longestBody } }

    // MARK: What there is

    func index(ofDefined position: Int) -> FunctionIndex { original.functionIndex(ofDefined: position) }

    func type(ofDefined position: Int) -> FunctionType { original.functionType(at: module.functions[position].type) }

    /// The types of all locals of a function of the original module, parameters first.
    func localTypes(ofDefined position: Int) -> [ValueType] { original.localTypes(ofDefined: position) }

    /// Those locals of a function that have no value where it begins.
    func uninitializedLocals(ofDefined position: Int) -> Set<LocalIndex> {
        let parameterCount = type(ofDefined: position).parameters.count
        var locals: Set<LocalIndex> = []
        for (local, type) in localTypes(ofDefined: position).enumerated().dropFirst(parameterCount)
        where !type.isDefaultable {
            locals.insert(LocalIndex(local))
        }
        return locals
    }

    /// The calls of functions that the module defines: caller, position of the instruction, callee, the last by its definition.
    var directCalls: [(caller: Int, position: Int, callee: Int)] {
        var calls: [(caller: Int, position: Int, callee: Int)] = []
        for caller in changeable {
            for (position, instruction) in module.functions[caller].body.enumerated() where instruction.opcode == .call
            {
                guard case .function(let index) = instruction.immediate,
                    let callee = original.definedPosition(of: index), callee < original.module.functions.count
                else { continue }
                calls.append((caller, position, callee))
            }
        }
        return calls
    }

    // MARK: What is added

    /// Adds a function behind all others.
    mutating func addFunction(_ type: FunctionType, locals: [ValueType], _ body: [Instruction]) -> FunctionIndex {
        module.functions.append(
            Function(
                type: module.addType(type),
                locals: locals.map { LocalRun(count: 1, type: $0) },
                body: body + [Instruction(.end)]
            )
        )
        return FunctionIndex(original.importCounts.functions + module.functions.count - 1)
    }

    /// Adds locals behind all others of a function.
    /// - Returns: the first of them.
    mutating func addLocals(_ types: [ValueType], toDefined position: Int) -> LocalIndex {
        let declared = module.functions[position].locals.reduce(0) { $0 + Int($1.count) }
        let parameters = module.types[module.functions[position].type.position].functionType?.parameters.count ?? 0
        module.functions[position].locals += types.map { LocalRun(count: 1, type: $0) }
        return LocalIndex(parameters + declared)
    }

    /// Adds a global with a default value, which is not exported.
    mutating func addGlobal(_ type: ValueType) -> GlobalIndex {
        module.globals.append(
            Global(type: GlobalType(type, isMutable: true), initializer: [.zero(of: type), Instruction(.end)])
        )
        return GlobalIndex(original.importCounts.globals + module.globals.count - 1)
    }

    /// Adds a memory of one page, which is not exported.
    mutating func addMemory() -> MemoryIndex {
        module.memories.append(MemoryType(limits: Limits(minimum: 1, maximum: 1)))
        return MemoryIndex(original.importCounts.memories + module.memories.count - 1)
    }

    /// Adds a table with one function in it, which is not exported.
    mutating func addTable(of function: FunctionIndex) -> TableIndex {
        let index = TableIndex(original.importCounts.tables + module.tables.count)
        module.tables.append(
            Table(type: TableType(limits: Limits(minimum: 1, maximum: 1), element: .function))
        )
        module.elements.append(
            ElementSegment(
                type: .function,
                items: .functions([function]),
                mode: .active(index, offset: [Instruction(.i32Const, .i32(0)), Instruction(.end)])
            )
        )
        return index
    }

    /// Lets bodies name a function in `ref.func`.
    mutating func declare(_ function: FunctionIndex) {
        module.elements.append(ElementSegment(type: .function, items: .functions([function]), mode: .declarative))
    }

    // MARK: Places

    /// A part of a body whose instructions all belong to one block, with the blocks in it whole, and what stands on the stack at both ends.
    struct Place {
        var function: Int
        var range: Range<Int>
        /// The operands of the innermost block before the part, and behind it.
        var before: [ValueType]
        var behind: [ValueType]
    }

    /// A part of a body that is reached at both ends; nil where none was found.
    /// - Parameter longest: how many instructions it has at most, the blocks in it counted as one.
    mutating func choosePlace(atMost longest: Int) -> Place? {
        guard let function = choose(changeable) else { return nil }
        let body = module.functions[function].body
        for _ in 0..<8 {
            let start = choose(below: body.count)
            let ends = body.ends(ofPartsFrom: start, atMost: longest)
            guard let end = choose(ends) else { continue }
            let states = Validator.operandStates(
                of: original,
                inDefined: function,
                before: start == end ? [start] : [start, end]
            )
            guard let first = states.first?.operands, let last = states.last?.operands,
                states.count == (start == end ? 1 : 2)
            else { continue }
            return Place(function: function, range: start..<end, before: first, behind: last)
        }
        return nil
    }

    /// By how many operands below those that a part leaves alone it is enough to go: some number of them first, then all, which always is.
    mutating func heights(of place: Place) -> [Int] {
        let most = min(place.before.count, place.behind.count)
        var common = 0
        while common < most, place.before[common] == place.behind[common] { common += 1 }
        return common == 0 ? [0] : [Int.random(in: 0...common, using: &decisions), 0]
    }

    /// Makes a change that need not be valid, and takes it back where it is not.
    mutating func attempt(_ change: (inout ModuleRewriting) -> Void) -> Bool {
        let kept = module
        change(&self)
        if (try? Validator.validate(module, features: features)) != nil { return true }
        module = kept
        return false
    }
}
