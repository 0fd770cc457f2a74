import WasmModel

/// Defines what the last imports of a kind have, with zeros, so that all indices stay as they are: functions that return zeros, memories and
/// tables of zeros, and globals of zero.
struct DefineImports: ReductionPass {
    let name = "imports"
    let walk = ReductionWalk.tail

    private enum Kind: Int, CaseIterable {
        case function, table, memory, global, tag

        init(_ type: ExternalType) {
            self =
                switch type {
                case .function: .function
                case .table: .table
                case .memory: .memory
                case .global: .global
                case .tag: .tag
                }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        Kind.allCases.map { kind in subject.module.imports.count { Kind($0.type) == kind } }
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        var number = 0
        var defined: [ExternalType] = []
        simpler.module.imports.removeAll { item in
            guard Kind(item.type).rawValue == list else { return false }
            defer { number += 1 }
            if range.contains(number) { defined.append(item.type) }
            return range.contains(number)
        }
        for type in defined.reversed() { define(type, in: &simpler.module) }
        return simpler
    }

    /// Puts a definition before all others of its kind.
    private func define(_ type: ExternalType, in module: inout Module) {
        switch type {
        case .function(let index):
            let results = module.functionType(at: index)?.results ?? []
            let body = results.map(Instruction.zero(of:)) + [Instruction(.end)]
            module.functions.insert(Function(type: index, body: body), at: 0)
        case .table(let type): module.tables.insert(Table(type: type), at: 0)
        case .memory(let type): module.memories.insert(type, at: 0)
        case .global(let type):
            let initializer = [Instruction.zero(of: type.valueType), Instruction(.end)]
            module.globals.insert(Global(type: type, initializer: initializer), at: 0)
        case .tag(let index): module.tags.insert(index, at: 0)
        }
    }
}
