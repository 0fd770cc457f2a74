import Invariants
import SSA
import WasmModel

/// Puts functions and stubs behind each other and fills in the references between them.
struct ModuleLinker {
    /// What has been placed so far; function offsets are appended in the order of their indices.
    var module = CompiledModule()
    private let filler: UInt8
    private let limits: CompilationLimits
    private var relocations: [Relocation] = []
    /// By the raw value of ``RuntimeFunction``, whether the code placed so far refers to it.
    private var isReferenced = [Bool](repeating: false, count: RuntimeFunction.allCases.count)

    init(filler: UInt8, limits: CompilationLimits) {
        self.filler = filler
        self.limits = limits
    }

    /// Appends code that needs no allocation.
    mutating func place(trapExit: CodeBuffer) throws(CompilationError) {
        module.trapExitOffset = try append(trapExit.bytes, trapExit.relocations)
        module.regions.append(
            CodeRegion(
                kind: .trapExit,
                name: "trap exit",
                range: module.trapExitOffset..<module.code.count,
                frameSize: 0,
                trapSites: [],
                wasmOffsets: [],
                dataRanges: []
            )
        )
    }

    /// Appends a function or stub.
    mutating func place(_ function: CompiledFunction, as kind: CodeRegion.Kind) throws(CompilationError) {
        let offset = try append(function.bytes, function.relocations)
        switch kind {
        case .function(let index), .exitStub(let index):
            invariant(module.functionOffsets.count == index.position, "functions are placed in order")
            module.functionOffsets.append(offset)
        case .runtimeStub(let function): module.runtimeStubOffsets[Int(function.rawValue)] = offset
        case .entryStub, .trapExit: break
        }
        for handler in function.exceptionHandlers {
            module.exceptionLandings.append(
                ExceptionLanding(
                    returnOffset: offset + handler.returnOffset,
                    landingOffset: offset + handler.landingOffset,
                    frameSize: function.frame.size
                )
            )
        }
        module.regions.append(
            CodeRegion(
                kind: kind,
                name: function.name,
                range: offset..<module.code.count,
                frameSize: function.frame.size,
                trapSites: function.trapSites,
                wasmOffsets: function.wasmOffsets,
                dataRanges: function.dataRanges
            )
        )
    }

    /// Where what was placed last begins.
    var offsetOfLastRegion: Int { module.regions.last?.range.lowerBound ?? 0 }

    private mutating func append(_ bytes: [UInt8], _ added: [Relocation]) throws(CompilationError) -> Int {
        while module.code.count & 15 != 0 { module.code.append(filler) }
        let offset = module.code.count
        guard offset + bytes.count <= limits.moduleCodeSize else {
            throw CompilationError(
                .limit(.moduleCodeSize, actual: offset + bytes.count, limit: limits.moduleCodeSize)
            )
        }
        module.code.append(contentsOf: bytes)
        for relocation in added {
            if case .runtime(let function) = relocation.symbol { isReferenced[Int(function.rawValue)] = true }
            relocations.append(
                Relocation(offset: offset + relocation.offset, kind: relocation.kind, symbol: relocation.symbol)
            )
        }
        return offset
    }

    /// The functions of the runtime that the code placed so far refers to and that have no stub, in their order.
    var missingRuntimeFunctions: [RuntimeFunction] {
        RuntimeFunction.allCases.filter {
            isReferenced[Int($0.rawValue)] && module.runtimeStubOffsets[Int($0.rawValue)] < 0
        }
    }

    /// Fills in all references.
    mutating func link() throws(CompilationError) -> CompiledModule {
        for relocation in relocations {
            let target =
                switch relocation.symbol {
                case .function(let index): module.functionOffsets[Int(index)]
                case .runtime(let function): module.runtimeStubOffsets[Int(function.rawValue)]
                case .trapExit: module.trapExitOffset
                }
            do {
                try CodeBuffer.write(
                    relocation.kind,
                    at: relocation.offset,
                    from: relocation.offset,
                    to: target,
                    in: &module.code
                )
            } catch {
                throw CompilationError(
                    .limit(.branchDistance, actual: abs(error.distance), limit: relocation.kind.reach.upperBound)
                )
            }
        }
        return module
    }
}
