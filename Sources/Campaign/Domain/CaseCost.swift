import Differential
import WasmGenerator

/// How much running a case costs, as far as that is known before: the least case costs 1.
enum CaseCost {
    /// By the measured speeds: a thousand parameters and as many results take thirteen times as long as one of each.
    static func of(_ recipe: CaseRecipe) -> Double { 1 + Double(recipe.parameters.count + recipe.results.count) / 170 }

    /// Of a program of so many instructions.
    static func of(instructions: Int) -> Double { 1 + Double(instructions) / 600 }

    /// Of a case that was run.
    static func of(_ subject: Case) -> Double {
        subject.recipe.map(of) ?? of(instructions: subject.test.wasm.count / bytesPerInstruction)
    }

    private static let bytesPerInstruction = 3
}

extension DecidedCase {
    /// Where it is in the domain.
    var cells: Set<DomainCell> {
        switch self {
        case .recipe(let recipe): DomainCell.cells(of: recipe)
        case .program(let program): DomainCell.cells(of: program.module)
        }
    }

    /// Whether it is a program, and no recipe.
    var isProgram: Bool {
        switch self {
        case .recipe: false
        case .program: true
        }
    }

    var cost: Double {
        switch self {
        case .recipe(let recipe): CaseCost.of(recipe)
        case .program(let program): CaseCost.of(instructions: program.module.functions.reduce(0) { $0 + $1.body.count })
        }
    }
}
