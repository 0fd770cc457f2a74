import WasmModel

/// Why a module cannot be compiled.
public struct CompilationError: Error, Hashable, Sendable, CustomStringConvertible {
    public var reason: Reason
    /// The function that could not be compiled, where it is one.
    public var function: FunctionIndex?

    /// Makes an error.
    public init(_ reason: Reason, function: FunctionIndex? = nil) {
        self.reason = reason
        self.function = function
    }

    /// The kinds of reasons.
    public enum Reason: Hashable, Sendable {
        /// Something that the compiler does not do, by name.
        case unsupported(String)
        /// So many of something are more than the implementation allows.
        case limit(CompilationLimit, actual: Int, limit: Int)
        /// The compiler found out that it is wrong itself: the allocator could not solve a problem, or the checker
        /// refuted its solution.
        case brokenInvariant(String)
    }

    /// One line with the figures.
    public var description: String {
        let place = function.map { "function \($0): " } ?? ""
        return switch reason {
        case .unsupported(let what): "\(place)\(what) is not supported"
        case .limit(let limit, let actual, let most):
            "\(place)\(limit.rawValue) of \(actual) exceeds the implementation limit of \(most)"
        case .brokenInvariant(let text): "\(place)assertion failed: \(text)"
        }
    }
}

/// The implementation limits; the raw value is what messages call the figure.
public enum CompilationLimit: String, Hashable, Sendable, CaseIterable {
    case parameterCount = "parameter count"
    case resultCount = "result count"
    case frameSize = "frame size in bytes"
    case functionCodeSize = "function code size in bytes"
    case moduleCodeSize = "module code size in bytes"
    case branchCount = "number of branches"
    case branchTableLabelCount = "number of labels of branch tables"
    case branchArgumentCount = "number of values on all branches"
    case branchDistance = "branch distance in bytes"
}

/// The figures of the implementation limits.
public struct CompilationLimits: Hashable, Sendable {
    /// Of one function or signature.
    public var parameterCount = 50_000
    /// Of one function or signature.
    public var resultCount = 50_000
    /// Of one function: where control may go one way or another, at `if`, conditional branches, branch tables and calls
    /// that a handler may catch exceptions of.
    public var branchCount = 250_000
    /// Of all branch tables of one function.
    public var branchTableLabelCount = 4_000_000
    /// In bytes, outgoing areas included.
    public var frameSize = 1 << 30
    /// In bytes; within the reach of unconditional branches of every machine.
    public var functionCodeSize = 100 << 20
    /// In bytes; within the reach of calls of every machine.
    public var moduleCodeSize = 120 << 20

    /// Makes the default limits.
    public init() {}

    /// Throws where a function has more branches than its compilation has memory for.
    func check(_ function: WasmModel.Function) throws(CompilationError) {
        var branches = 0
        var labels = 0
        var calls = 0
        var hasHandlers = false
        for instruction in function.body {
            switch instruction.opcode {
            case .if, .brIf, .brOnNull, .brOnNonNull, .brOnCast, .brOnCastFail: branches += 1
            case .brTable:
                branches += 1
                if case .labelTable(let targets) = instruction.immediate { labels += targets.count }
            case .tryTable: hasHandlers = true
            case .call, .callIndirect, .callRef, .throw, .throwRef: calls += 1
            default: break
            }
        }
        if hasHandlers { branches += calls }
        if branches > branchCount {
            throw CompilationError(.limit(.branchCount, actual: branches, limit: branchCount))
        }
        if labels > branchTableLabelCount {
            throw CompilationError(.limit(.branchTableLabelCount, actual: labels, limit: branchTableLabelCount))
        }
    }
}
