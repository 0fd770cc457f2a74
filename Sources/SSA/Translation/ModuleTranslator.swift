import WasmFormats
import WasmModel

/// Translates the functions of a module to SSA form.
///
/// What is the same for all functions is computed once, here: the layout of the instance context and the signatures.
public struct ModuleTranslator: Sendable {
    public let module: ValidatedModule
    /// Where the functions find their instance's state.
    public let layout: InstanceContextLayout
    /// By type index; empty where the type is no function type.
    public let signatures: [Signature]
    /// By type index, the first type index with the same signature.
    public let firstTypes: [TypeIndex]
    /// Whether a function of the module may return what a function of another instance returns to it.
    public let mayLeaveInstanceByTailCall: Bool
    /// See ``IRFunction/contextMinimums``: the lengths of memories, which never shrink.
    private let contextMinimums: [Int64: UInt64]

    /// Prepares the translation of a module.
    public init(_ module: ValidatedModule) {
        self.module = module
        self.layout = InstanceContextLayout(module)
        var minimums: [Int64: UInt64] = [:]
        for (position, memory) in module.memoryTypes.enumerated() {
            // Nobody has a memory of more bytes than that.
            let pages = min(memory.limits.minimum, 1 << 40)
            if pages > 0 { minimums[Int64(layout.memoryLength(MemoryIndex(position)))] = pages << 16 }
        }
        contextMinimums = minimums
        let signatures = module.module.types.map { $0.functionType.map(Signature.init) ?? Signature() }
        var firstOf: [Signature: TypeIndex] = [:]
        firstOf.reserveCapacity(signatures.count)
        firstTypes = signatures.enumerated().map { position, signature in
            let type = TypeIndex(position)
            if let first = firstOf[signature] { return first }
            firstOf[signature] = type
            return type
        }
        self.signatures = signatures
        mayLeaveInstanceByTailCall = module.mayLeaveInstanceByTailCall
    }

    /// The signature of a function of the whole index space.
    public func signature(of function: FunctionIndex) -> Signature {
        signatures[module.functionTypeIndices[function.position].position]
    }

    /// Translates a function that the module defines, with explicit checks for everything that may trap.
    /// - Parameters:
    ///   - position: the function's position in ``Module/functions``.
    ///   - stages: what control instructions do with the operand stack.
    /// - Returns: a function that ``Verifier`` accepts, in which only jumps carry arguments.
    /// - Throws: the first instruction that is not supported, by its name.
    public func translate(
        defined position: Int,
        stages: TranslationStages = TranslationStages()
    ) throws(TranslationError) -> IRFunction {
        var translator = try FunctionTranslator(self, defined: position, stages: stages)
        var function = try translator.translate().reducingParameters()
        function.contextMinimums = contextMinimums
        return function
    }

    /// The name of a function in listings: its name in the name section or `$` and its index.
    public func name(of function: FunctionIndex) -> String {
        module.module.names.functions[function] ?? "$\(function)"
    }
}

extension InstanceContextLayout {
    /// The layout for a module's index spaces.
    public init(_ module: ValidatedModule) {
        self.init(
            memories: module.memoryTypes.count,
            tables: module.tableTypes.count,
            globals: module.globalTypes.count,
            tags: module.tagTypeIndices.count,
            types: module.module.types.count
        )
    }
}

extension ValidatedModule {
    /// Whether a function of the module may return what a function of another instance returns to it.
    fileprivate var mayLeaveInstanceByTailCall: Bool {
        for function in module.functions {
            for instruction in function.body {
                switch instruction.opcode {
                case .returnCallIndirect, .returnCallRef: return true
                case .returnCall:
                    if case .function(let index) = instruction.immediate, index.position < importCounts.functions {
                        return true
                    }
                default: break
                }
            }
        }
        return false
    }
}
