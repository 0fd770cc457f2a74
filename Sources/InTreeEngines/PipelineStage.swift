import Execution
import MachineCode
import SSA
import WasmModel

/// A stage of the compilers in the tree that a configuration can do without, or by the means of the other level.
enum PipelineStage: String, CaseIterable {
    case optimization = "optimisation"
    case constantFolding = "constant-folding"
    case algebraicSimplification = "algebraic-simplification"
    case commonSubexpressions = "common-subexpressions"
    case repeatedLoads = "repeated-loads"
    case repeatedChecks = "repeated-checks"
    case branchSimplification = "branch-simplification"
    case codeMotion = "code-motion"
    case parameterReduction = "parameter-reduction"
    case operandFolding = "operand-folding"
    case allocation = "allocation"

    /// The stages of a level.
    static func all(of level: OptimizationLevel) -> [PipelineStage] {
        switch level {
        case .none: [.allocation]
        case .speed: allCases
        }
    }

    /// For people.
    func description(at level: OptimizationLevel) -> String {
        switch self {
        case .optimization: "the optimiser"
        case .constantFolding: "constant folding"
        case .algebraicSimplification: "algebraic simplification"
        case .commonSubexpressions: "common subexpressions"
        case .repeatedLoads: "repeated loads"
        case .repeatedChecks: "repeated checks"
        case .branchSimplification: "simplification of branches"
        case .codeMotion: "loop-invariant code motion"
        case .parameterReduction: "reduction of block parameters"
        case .operandFolding: "folding of operands into instructions"
        case .allocation:
            switch level {
            case .none: "single-pass register allocation"
            case .speed: "backtracking register allocation"
            }
        }
    }

    /// The part of the optimiser that it is; nil where it is none.
    private var pass: OptimizationPasses? {
        switch self {
        case .constantFolding: .constantFolding
        case .algebraicSimplification: .algebraicSimplification
        case .commonSubexpressions: .commonSubexpressions
        case .repeatedLoads: .repeatedLoads
        case .repeatedChecks: .repeatedChecks
        case .branchSimplification: .branchSimplification
        case .codeMotion: .codeMotion
        case .parameterReduction: .parameterReduction
        case .optimization, .operandFolding, .allocation: nil
        }
    }

    /// What it is called where an engine's name leaves it out.
    func stage(of level: OptimizationLevel) -> CompilerStage {
        CompilerStage(
            option: StageExclusion.beginning + rawValue,
            description: description(at: level),
            isPart: pass != nil
        )
    }

    /// Leaves the stage out of a configuration of a level.
    func leaveOut(of configuration: inout PipelineConfiguration, at level: OptimizationLevel) {
        switch self {
        case .optimization: configuration.optimize = nil
        case .operandFolding: configuration.selection.foldsOperands = false
        case .allocation:
            switch level {
            case .none: configuration.allocator = .backtracking()
            case .speed: configuration.allocator = .singlePass()
            }
        case .constantFolding, .algebraicSimplification, .commonSubexpressions, .repeatedLoads, .repeatedChecks,
            .branchSimplification, .codeMotion, .parameterReduction:
            guard let pass else { return }
            configuration.optimizationPasses.subtract(pass)
        }
    }
}

/// What the name of an engine leaves out: a stage, of all functions or of one.
struct StageExclusion {
    var stage: PipelineStage
    /// The only function that is compiled without; nil for all.
    var function: FunctionIndex?

    fileprivate static let beginning = "without-"

    /// Reads an option such as `without-code-motion` or `without-code-motion-in-3`; nil for any other.
    init?(_ option: String, at level: OptimizationLevel) {
        guard option.hasPrefix(Self.beginning) else { return nil }
        var name = option.dropFirst(Self.beginning.count)
        if let range = name.range(of: CompilerStage.place) {
            let digits = name[range.upperBound...]
            // An engine has one name: no sign, and no zeros in front.
            guard let position = UInt32(digits), String(position) == digits else { return nil }
            function = FunctionIndex(Int(position))
            name = name[..<range.lowerBound]
        }
        guard let stage = PipelineStage.all(of: level).first(where: { $0.rawValue == name }) else { return nil }
        self.stage = stage
    }
}
