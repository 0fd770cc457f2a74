import RegisterAllocation
import SSA
import WasmFormats
import WasmModel

/// How a module is compiled: options, limits, and the stages as values, each of which can be replaced or wrapped.
public struct PipelineConfiguration: Sendable {
    public var limits = CompilationLimits()
    /// The conventions that compiled functions follow.
    public var selection = SelectionStages()
    /// Decodes a module.
    public var decode: Decode = { (bytes) throws(DecodingError) in try BinaryDecoder.decode(bytes) }
    {
        didSet { isReadingReplaced = true }
    }
    /// Validates what was decoded.
    public var validate: Validate = { (module) throws(ValidationError) in try Validator.validate(module) }
    {
        didSet { isReadingReplaced = true }
    }
    /// Whether ``decode`` or ``validate`` was ever set, so that modules may be read as others than by other pipelines.
    public private(set) var isReadingReplaced = false
    /// Translates the function at a position among the module's definitions.
    public var translate: @Sendable (ModuleTranslator, Int) throws(TranslationError) -> IRFunction = {
        (translator, position) throws(TranslationError) in
        try translator.translate(defined: position)
    }
    {
        didSet { isTranslationReplaced = true }
    }
    /// Improves a translated function by some of the passes; nil for none.
    public var optimize: Optimize? {
        didSet { isOptimizationReplaced = true }
    }
    /// The passes that ``optimize`` is to use.
    public var optimizationPasses = OptimizationPasses.all
    /// Whether ``translate`` was ever set, so that it may do something else than those of other pipelines.
    private(set) var isTranslationReplaced = false
    /// Whether ``optimize`` was ever set, so that it may do something else than those of other pipelines of the level.
    private(set) var isOptimizationReplaced = false
    /// Selects machine instructions for a function.
    public var select: Select = {
        (function, backend, stages, limits) throws(CompilationError) in
        try SelectionDriver.select(function, for: backend, stages: stages, limits: limits)
    }
    /// Puts something around the back end; nil for the back end as it is.
    public var wrapBackend: (@Sendable (any MachineBackend) -> any MachineBackend)?
    /// How allocated functions become code.
    public var emission = EmissionStages()
    /// Changes a function's code before it is linked; nil for no change.
    public var changeCode: (@Sendable (inout CompiledFunction, MachineDescription) -> Void)?
    /// Builds the entry stub of a signature.
    public var buildEntryStub: BuildEntryStub = {
        (signature, machine, stages, limits) throws(CompilationError) in
        try Stubs.entry(signature, on: machine, stages: stages, limits: limits)
    }
    /// Builds the function that calls the host for a signature and a callee number.
    public var buildExitStub: BuildExitStub = {
        (signature, callee, machine, stages, limits) throws(CompilationError) in
        try Stubs.exit(signature, calleeNumber: callee, on: machine, stages: stages, limits: limits)
    }
    /// Solves the allocation problem of every function and stub.
    public var allocator = RegisterAllocator.singlePass()
    /// Where the stack pointer is when an exception has arrived.
    public var landingStackPointer: LandingStackPointer = { $0.framePointer - UInt($0.frameSize) }
    /// Proves every solution; nil for none.
    public var check: (@Sendable (AllocationProblem, Allocation) throws(AllocationViolation) -> Void)? = {
        (problem, allocation) throws(AllocationViolation) in
        try AllocationChecker().check(problem, allocation)
    }
    /// Whether the code checks the convention of calls while it runs, and leaves with the code of an ``AuditViolation``.
    public var isAudited = false
    /// Whether the code counts the beginnings of loops and functions, and leaves with
    /// ``SSA/InstanceContextLayout/fuelExhaustedCode`` when the fuel in the ``SSA/InstanceContextLayout/StoreState`` is
    /// used up. Such code always ends.
    public var countsFuel = false

    public typealias Decode = @Sendable ([UInt8]) throws(DecodingError) -> Module
    public typealias Validate = @Sendable (Module) throws(ValidationError) -> ValidatedModule
    public typealias LandingStackPointer = @Sendable (CatchingFrame) -> UInt
    public typealias Optimize = @Sendable (IRFunction, OptimizationPasses) -> IRFunction
    public typealias Select =
        @Sendable (IRFunction, any MachineBackend, SelectionStages, CompilationLimits) throws(CompilationError) ->
        MachineFunction
    public typealias BuildEntryStub =
        @Sendable (Signature, MachineDescription, SelectionStages, CompilationLimits) throws(CompilationError) ->
        MachineFunction
    public typealias BuildExitStub =
        @Sendable (Signature, UInt32, MachineDescription, SelectionStages, CompilationLimits) throws(CompilationError)
        -> MachineFunction

    /// Makes the healthy pipeline of a level, with the checker on.
    public init(_ level: OptimizationLevel = .none, resultStrategy: ResultStrategy = .definitions) {
        selection.resultStrategy = resultStrategy
        switch level {
        case .none: break
        case .speed:
            optimize = { $0.optimized($1) }
            selection.foldsOperands = true
            allocator = .backtracking()
        }
    }
}

/// How much is done for fast code.
public enum OptimizationLevel: String, Hashable, Sendable, CaseIterable {
    /// Each instruction by itself, with the single-pass allocator.
    case none
    /// The passes of ``SSA/Function/optimized()`` and the backtracking allocator.
    case speed
}
