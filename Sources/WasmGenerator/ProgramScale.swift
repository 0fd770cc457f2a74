/// How long the lists of a program's types become, and how much code it has.
///
/// Most programs are small, as a fault of most kinds needs little, and a byte of a large one costs as much as one of a small one.
enum ProgramScale {
    case usual, wide, large

    /// A scale; the smallest choice is the usual one.
    static func choose(from decisions: inout DecisionSource) -> ProgramScale {
        switch decisions.choose(64) {
        case 0..<50: .usual
        case 50..<62: .wide
        default: .large
        }
    }

    /// How many parameters, results, values of exceptions or values on the stack there are at most.
    var longestList: Int {
        switch self {
        case .usual: 40
        case .wide: 300
        case .large: 4_097
        }
    }

    /// How many instructions a function has before no more are begun.
    var mostInstructions: Int {
        switch self {
        case .usual: 700
        case .wide: 6_000
        case .large: 40_000
        }
    }
}
