import MachineCode
import RegisterAllocation
import SSA

/// The places of the pipeline where mechanisms go in.
extension PipelineConfiguration {
    /// Whether the level is one with passes and the backtracking allocator.
    var isOptimizing: Bool { optimize != nil }

    /// Changes what translation gives.
    mutating func rewriteTranslation(_ rewrite: @escaping @Sendable (IRFunction) -> IRFunction) {
        let translate = translate
        self.translate = { (translator, position) throws(TranslationError) in
            rewrite(try translate(translator, position))
        }
    }

    /// Translates with other stages.
    mutating func changeTranslationStages(_ change: (inout TranslationStages) -> Void) {
        var stages = TranslationStages()
        change(&stages)
        translate = { [stages] (translator, position) throws(TranslationError) in
            try translator.translate(defined: position, stages: stages)
        }
    }

    /// Changes the entry stubs that are built.
    /// - Parameter change: gets the stub, its signature, its machine and the stages that it was built with.
    mutating func changeEntryStubs(
        _ change:
            @escaping @Sendable (inout MachineFunction, Signature, MachineDescription, SelectionStages)
            throws(CompilationError) -> Void
    ) {
        let build = buildEntryStub
        buildEntryStub = { (signature, machine, stages, limits) throws(CompilationError) in
            var stub = try build(signature, machine, stages, limits)
            try change(&stub, signature, machine, stages)
            return stub
        }
    }

    /// Builds entry stubs with another layout of calls than that of the functions that they call.
    mutating func changeLayoutInEntryStubs(
        _ change: @escaping @Sendable (inout CallLayout, Signature, MachineDescription) -> Void
    ) {
        let build = buildEntryStub
        buildEntryStub = { (signature, machine, stages, limits) throws(CompilationError) in
            var broken = stages
            let healthy = stages.callLayout
            broken.callLayout = { signature, machine in
                var layout = healthy(signature, machine)
                change(&layout, signature, machine)
                return layout
            }
            return try build(signature, machine, broken, limits)
        }
    }

    /// Puts a part into one of the passes, where there are any, which is done before all of them.
    mutating func addFirst(to part: OptimizationPasses, _ pass: @escaping @Sendable (IRFunction) -> IRFunction) {
        guard let optimize else { return }
        self.optimize = { optimize($1.isSuperset(of: part) ? pass($0) : $0, $1) }
    }

    /// Adds a rule to one of the passes, where there are any.
    mutating func addRule(to part: OptimizationPasses, _ rule: @escaping WrongRule) {
        addFirst(to: part) { FunctionRewriting.rewrite($0, rule) }
    }

    /// Puts a part into one of the passes, where there are any, which is done behind all of them.
    mutating func addLast(to part: OptimizationPasses, _ pass: @escaping @Sendable (IRFunction) -> IRFunction) {
        guard let optimize else { return }
        self.optimize = { $1.isSuperset(of: part) ? pass(optimize($0, $1)) : optimize($0, $1) }
    }

    /// Changes selected functions, not stubs.
    mutating func changeSelected(_ change: @escaping @Sendable (inout MachineFunction) -> Void) {
        changeSelected { selected, _, _ in change(&selected) }
    }

    /// Changes selected functions, not stubs.
    /// - Parameter change: gets the selected function, what it was selected from, and the machine.
    mutating func changeSelected(
        _ change: @escaping @Sendable (inout MachineFunction, IRFunction, MachineDescription) -> Void
    ) {
        let select = select
        self.select = { (function, backend, stages, limits) throws(CompilationError) in
            var selected = try select(function, backend, stages, limits)
            change(&selected, function, backend.machine)
            return selected
        }
    }

    /// Puts an altered back end in the place of the healthy one.
    /// - Parameter machine: the only machine that has the bug; nil for both.
    mutating func alterBackend(
        of machine: String? = nil,
        _ alter: @escaping @Sendable (inout AlteredBackend) -> Void
    ) {
        wrapBackend = { backend in
            guard machine == nil || backend.machine.name == machine else { return backend }
            var altered = AlteredBackend(backend)
            alter(&altered)
            return altered
        }
    }

    /// Changes the 32-bit instructions of ARM64 code.
    mutating func changeARM64Words(_ change: @escaping @Sendable (UInt32) -> UInt32) {
        changeCode = { compiled, machine in
            guard machine.name == "arm64" else { return }
            compiled.changeWords(change)
        }
    }

    /// Relies on a size of the code that instructions of some forms become.
    mutating func limitCode(of forms: [SharedForm], toBytes size: Int) {
        let limited = Set(forms.map(\.rawValue))
        emission.worstCaseSize = { instruction, _ in limited.contains(instruction.form) ? size : .max }
    }

    /// Gives both allocators another resolver of moves; as for who wrote the bug, nothing proves the allocation.
    mutating func useResolver(_ resolver: ParallelMoveResolver) {
        check = nil
        allocator = isOptimizing ? .backtracking(resolver) : .singlePass(resolver)
    }

    /// Changes problems before and solutions after they are solved, which nothing proves.
    mutating func changeAllocation(
        problem changeProblem: @escaping @Sendable (inout AllocationProblem) -> Void = { _ in },
        solution changeSolution: @escaping @Sendable (inout Allocation, AllocationProblem) -> Void = { _, _ in }
    ) {
        check = nil
        let allocator = allocator
        self.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            var changed = problem
            changeProblem(&changed)
            var allocation = try allocator.allocate(changed)
            changeSolution(&allocation, changed)
            return allocation
        }
    }
}

extension CompiledFunction {
    /// Changes the code in words of 32 bits, and no data.
    fileprivate mutating func changeWords(_ change: (UInt32) -> UInt32) {
        var data = dataRanges[...]
        for offset in stride(from: 0, to: bytes.count & ~3, by: 4) {
            while let range = data.first, range.upperBound <= offset { data.removeFirst() }
            if let range = data.first, range.lowerBound <= offset { continue }
            let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
            let changed = change(word)
            if changed == word { continue }
            for byte in 0..<4 { bytes[offset + byte] = UInt8(truncatingIfNeeded: changed >> UInt32(8 * byte)) }
        }
    }
}
