import WasmGenerator
import WasmModel

/// Puts one fault into a module. Nothing is changed where a method says that it did not, and what is changed may be valid nevertheless.
struct FaultWriter {
    var module: Module
    var decisions: SplitMix64

    init(_ module: Module, _ decisions: SplitMix64) {
        self.module = module
        self.decisions = decisions
    }

    mutating func write(_ fault: ModuleFault) -> Bool {
        switch fault {
        case .call: changeCall()
        case .tailCall: changeTailCall()
        case .block: changeBlock()
        case .function: changeFunction()
        case .label: changeLabel()
        case .clause: changeClause()
        case .missingArm: removeArm()
        case .missingInstruction: removeInstruction()
        case .surplusInstruction: insertInstruction()
        case .type: changeType()
        case .unsetLocal: unsetLocal()
        case .index: changeIndex()
        case .alignment: align()
        case .lane: changeLane()
        case .mutability: freezeGlobal()
        case .declaration: removeDeclaration()
        case .export: changeExport()
        case .start: changeStart()
        case .tag: changeTag()
        case .segment: changeSegment()
        case .limits: changeLimits()
        case .initializer: changeInitializer()
        }
    }

    // MARK: Choices

    mutating func choose<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &decisions) }

    mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &decisions) == 0 }

    /// An instruction, by its function among the definitions and its position in the body.
    struct Place {
        var function: Int
        var position: Int
    }

    /// One of the instructions for which something is so.
    mutating func place(_ isWanted: (Instruction) -> Bool) -> Place? {
        // Of each with the same chance, without a list of all.
        var (chosen, count): (Place?, Int) = (nil, 0)
        for (function, content) in module.functions.enumerated() {
            for (position, instruction) in content.body.enumerated() where isWanted(instruction) {
                count += 1
                if oneIn(count) { chosen = Place(function: function, position: position) }
            }
        }
        return chosen
    }

    subscript(_ place: Place) -> Instruction {
        get { module.functions[place.function].body[place.position] }
        set { module.functions[place.function].body[place.position] = newValue }
    }

    static let numbers: [ValueType] = [.i32, .i64, .f32, .f64]

    /// A type of numbers that is not this one.
    mutating func otherType(than type: ValueType) -> ValueType {
        choose(Self.numbers.filter { $0 != type }) ?? type
    }

    /// The list with a value more or fewer at one of its ends, or with another type somewhere.
    private mutating func changed(_ list: [ValueType]) -> [ValueType] {
        var list = list
        switch Int.random(in: 0..<5, using: &decisions) {
        case 0 where !list.isEmpty: list.removeFirst()
        case 1 where !list.isEmpty: list.removeLast()
        case 2 where !list.isEmpty:
            let position = Int.random(in: 0..<list.count, using: &decisions)
            list[position] = otherType(than: list[position])
        case 3: list.insert(list.first ?? .i32, at: 0)
        default: list.append(oneIn(2) ? list.last ?? .i32 : choose(Self.numbers) ?? .i32)
        }
        return list
    }

    /// The type with one of its lists changed.
    mutating func changed(_ type: FunctionType) -> FunctionType {
        var type = type
        if oneIn(2) {
            type.parameters = changed(type.parameters)
        } else {
            type.results = changed(type.results)
        }
        return type
    }

    // MARK: Calls

    private mutating func changeCall() -> Bool {
        let calls: Set<Opcode> = [.call, .callIndirect, .callRef]
        guard let place = place({ calls.contains($0.opcode) }) else { return false }
        return changeCallee(at: place) { writer, type in type = writer.changed(type) }
    }

    private mutating func changeTailCall() -> Bool {
        let calls: Set<Opcode> = [.returnCall, .returnCallIndirect, .returnCallRef]
        guard let place = place({ calls.contains($0.opcode) }) else { return false }
        return changeCallee(at: place) { writer, type in type.results = writer.changed(type.results) }
    }

    /// Has a call be of a function of another type, which comes to the module where it is named.
    private mutating func changeCallee(
        at place: Place,
        _ change: (inout FaultWriter, inout FunctionType) -> Void
    ) -> Bool {
        func type(_ index: TypeIndex) -> FunctionType? { module.functionType(index) }
        switch self[place].immediate {
        case .function(let callee):
            let types = module.functionTypeIndices
            guard callee.position < types.count, var type = type(types[callee.position]) else { return false }
            change(&self, &type)
            self[place].immediate = .function(module.addFunction(type, [Instruction(.unreachable)]))
        case .callIndirect(let index, let table):
            guard var type = type(index) else { return false }
            change(&self, &type)
            self[place].immediate = .callIndirect(module.addType(type), table)
        case .type(let index):
            guard var type = type(index) else { return false }
            change(&self, &type)
            self[place].immediate = .type(module.addType(type))
        default: return false
        }
        return true
    }

    private mutating func changeFunction() -> Bool {
        guard let function = choose(Array(module.functions.indices)),
            let type = module.functionType(module.functions[function].type)
        else { return false }
        module.functions[function].type = module.addType(changed(type))
        return true
    }

    // MARK: Blocks

    private func signature(_ type: BlockType) -> FunctionType? {
        switch type {
        case .empty: FunctionType()
        case .result(let result): FunctionType(results: [result])
        case .type(let index): module.functionType(index)
        }
    }

    private mutating func changeBlock() -> Bool {
        guard let place = place({ $0.opcode.opensBlock }) else { return false }
        switch self[place].immediate {
        case .block(let type):
            guard let type = signature(type).map({ changed($0) }) else { return false }
            self[place].immediate = .block(module.blockType(type.parameters, type.results))
        case .tryTable(let type, let clauses):
            guard let type = signature(type).map({ changed($0) }) else { return false }
            self[place].immediate = .tryTable(module.blockType(type.parameters, type.results), clauses)
        default: return false
        }
        return true
    }

    private mutating func changeLabel() -> Bool {
        let branches: Set<Opcode> = [.br, .brIf, .brTable, .brOnNull, .brOnNonNull]
        guard let place = place({ branches.contains($0.opcode) }) else { return false }
        switch self[place].immediate {
        case .label(let label): self[place].immediate = .label(further(label))
        case .labelTable(var labels):
            let position = Int.random(in: 0..<labels.count, using: &decisions)
            labels[position] = further(labels[position])
            self[place].immediate = .labelTable(labels)
        default: return false
        }
        return true
    }

    private func further(_ label: LabelIndex) -> LabelIndex { LabelIndex(label.position + 1) }

    private mutating func changeClause() -> Bool {
        let place = place { instruction in
            if case .tryTable(_, let clauses) = instruction.immediate { !clauses.isEmpty } else { false }
        }
        guard let place, case .tryTable(let type, var clauses) = self[place].immediate else { return false }
        let position = Int.random(in: 0..<clauses.count, using: &decisions)
        clauses[position] =
            switch (clauses[position], Int.random(in: 0..<3, using: &decisions)) {
            case (.tag(let tag, let label), 0): .tagWithReference(tag, label)
            case (.tag(let tag, let label), 1): .tag(TagIndex(tag.position + 1), label)
            case (.tag(let tag, let label), _): .tag(tag, further(label))
            case (.tagWithReference(let tag, let label), 0): .tag(tag, label)
            case (.tagWithReference(let tag, let label), 1): .tagWithReference(TagIndex(tag.position + 1), label)
            case (.tagWithReference(let tag, let label), _): .tagWithReference(tag, further(label))
            case (.all(let label), 0): .all(further(label))
            case (.all(let label), _): .allWithReference(label)
            case (.allWithReference(let label), 0): .allWithReference(further(label))
            case (.allWithReference(let label), _): .all(label)
            }
        self[place].immediate = .tryTable(type, clauses)
        return true
    }

    /// Takes the second arm of an `if` away.
    private mutating func removeArm() -> Bool {
        guard let place = place({ $0.opcode == .else }) else { return false }
        let body = module.functions[place.function].body
        var (end, depth) = (place.position, 1)
        while depth > 0, end + 1 < body.count {
            end += 1
            if body[end].opcode.opensBlock { depth += 1 }
            if body[end].opcode == .end { depth -= 1 }
        }
        module.functions[place.function].body.removeSubrange(place.position..<end)
        return true
    }
}

extension Opcode {
    /// Whether an `end` belongs to it.
    var opensBlock: Bool {
        switch self {
        case .block, .loop, .if, .tryTable: true
        default: false
        }
    }
}
