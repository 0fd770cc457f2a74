import WasmModel

extension ElementItems {
    /// The number of references.
    var count: Int {
        switch self {
        case .functions(let functions): functions.count
        case .expressions(let expressions): expressions.count
        }
    }

    /// Adds the last reference so many times more; nothing where there is none.
    mutating func repeatLast(_ count: Int) {
        self =
            switch self {
            case .functions(let functions):
                .functions(functions + functions.suffix(1).flatMap { Array(repeating: $0, count: count) })
            case .expressions(let expressions):
                .expressions(expressions + expressions.suffix(1).flatMap { Array(repeating: $0, count: count) })
            }
    }

    /// Keeps the first so many references.
    mutating func keep(_ count: Int) {
        self =
            switch self {
            case .functions(let functions): .functions(Array(functions.prefix(count)))
            case .expressions(let expressions): .expressions(Array(expressions.prefix(count)))
            }
    }
}
