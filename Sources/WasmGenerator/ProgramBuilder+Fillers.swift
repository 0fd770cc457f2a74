import WasmModel

/// How many items of a kind there are in front of those that a program uses.
struct Fillers {
    /// Each type of numbers and vectors in turn; they are not exported.
    var globals = 0
    /// Their indices: behind the functions of recipes, and in front of those that the program makes.
    var functions = 0..<0
}

/// Many items in front of most of those that the program uses, so that it has large indices, and keeps its state far from where an
/// instance begins.
extension ProgramBuilder {
    /// Numbers around which an index, or the offset of what takes 8 or 16 bytes, needs more bits.
    private static let usualNumbers = [130, 260, 520]
    /// Engines take at most 100 tables.
    private static let numberOfTables = 90
    private static let numbersOfGlobals = usualNumbers + [1_030, 2_060, 2_060, 4_110]

    /// Adds globals and tables, and says how many functions are to come, in one program of many.
    mutating func addFillers() {
        guard decisions.oneIn(12) else { return }
        if decisions.oneIn(2) { addFillerGlobals(decisions.choose(from: Self.numbersOfGlobals)) }
        if decisions.oneIn(3), features.contains(.referenceTypes) {
            let table = Table(type: TableType(limits: Limits(minimum: 1, maximum: 1), element: .function))
            module.tables += Array(repeating: table, count: Self.numberOfTables)
        }
        if decisions.oneIn(2) {
            let numbers = Self.usualNumbers + (scale == .large ? [1_030, 4_110] : [])
            fillers.functions = 0..<decisions.choose(from: numbers)
        }
    }

    private mutating func addFillerGlobals(_ count: Int) {
        // As many of each type, so that those of the program follow each other as they do without fillers.
        let count = count / types.count * types.count
        fillers.globals = count
        for number in 0..<count {
            let type = types[number % types.count]
            globals.append(type)
            distinctConstant(number, type)
            emit(.end)
            module.globals.append(Global(type: GlobalType(type, isMutable: true), initializer: body))
            body = []
        }
    }

    /// Adds tags with the types of the others, where globals have fillers, too.
    mutating func addFillerTags() {
        guard fillers.globals > 0, decisions.oneIn(2) else { return }
        let short = payloads.filter { $0.count < 3 }
        payloads += (0..<decisions.choose(from: Self.usualNumbers)).map { short[$0 % short.count] }
    }

    /// Adds the functions, each of a type of its own: none and up to five parameters, and a result that tells it from the others.
    mutating func addFillerFunctions() {
        let count = fillers.functions.count
        fillers.functions = signatures.count..<signatures.count + count
        let types = [ValueType.i32, .i64, .f32, .f64]
        for number in 0..<count {
            var parameters: [ValueType] = []
            var rest = number
            while rest > 0 {
                parameters.append(types[rest % types.count])
                rest /= types.count
            }
            addFunction(FunctionType(parameters: parameters, results: [.i32])) { $0.distinctConstant(number, .i32) }
        }
    }

    /// Emits a constant that differs from those of other numbers.
    mutating func distinctConstant(_ number: Int, _ type: ValueType) {
        let bits = UInt64(number + 1) &* 0x9E37_79B9
        switch type {
        case .i32, .i64: self.number(Int64(bitPattern: bits), type)
        case .f32: emit(.f32Const, .f32(Float(number).bitPattern))
        case .f64: emit(.f64Const, .f64(Double(number).bitPattern))
        case .v128: emit(.v128Const, .v128(V128(low: bits, high: ~bits)))
        case .reference: break
        }
    }

    /// A function below an index; where there are fillers, one of them in one case of four.
    mutating func chooseFunction(below limit: Int) -> Int {
        guard !fillers.functions.isEmpty, limit > fillers.functions.upperBound, !decisions.oneIn(4) else {
            return decisions.choose(limit)
        }
        let index = decisions.choose(limit - fillers.functions.count)
        return index < fillers.functions.lowerBound ? index : index + fillers.functions.count
    }
}
