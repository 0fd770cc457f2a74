import MachineCode
import RegisterAllocation
import SSA
import WasmFormats
import WasmModel

/// The stages of a module's compilation as text, which is written as it is made: a function is forgotten before the next one comes.
public struct ModuleListing: Sendable {
    let module: ValidatedModule
    let compiler: ModuleCompiler
    let instructionSet: InstructionSet

    /// Prepares listings of a module as the compiler makes it.
    /// - Parameter instructionSet: that of the compiler's back end.
    public init(_ module: ValidatedModule, _ compiler: ModuleCompiler, instructionSet: InstructionSet) {
        self.module = module
        self.compiler = compiler
        self.instructionSet = instructionSet
    }

    /// The functions after translation, in the text form of ``SSA/Function``.
    /// - Parameter function: the only one that is written; one that is imported has no such form.
    public func writeSSA(of function: FunctionIndex? = nil, to write: (String) throws -> Void) throws {
        let translator = ModuleTranslator(module)
        let only = function.flatMap { module.definedPosition(of: $0) }
        let positions = function == nil ? module.module.functions.indices : only.map { $0..<$0 + 1 } ?? 0..<0
        for position in positions {
            let text = try compiler.translate(translator, position).description
            try write((position > positions.lowerBound ? "\n" : "") + text + (text.last == "\n" ? "" : "\n"))
        }
    }

    /// Every function and stub: machine instructions over virtual registers, the layout of its calls, instructions with
    /// locations and moves, the map of its frame.
    /// - Parameter function: the only one that is written; one that is imported is its exit stub.
    public func writeMachine(of function: FunctionIndex? = nil, to write: (String) throws -> Void) throws {
        var compilation = try ModuleCompilation(of: module, by: compiler)
        var text = ""
        while let (kind, detail) = try compilation.next() {
            if let function, !Self.isCode(kind, of: function) { continue }
            text += "; \(Self.title(of: kind, detail.machineFunction.name))\n"
            if let signature = signature(of: kind) {
                text += callLayoutText(CallLayout(signature, on: compiler.backend.machine), signature)
            }
            text += "; selected\n"
            text += detail.machineFunction.text(for: compiler.backend)
            text += "; allocated\n"
            text += detail.machineFunction.text(for: compiler.backend, with: detail.allocation)
            text += frameText(of: detail)
            try write(text)
            // No other piece is code of the function.
            if function != nil { return }
            text = "\n"
        }
    }

    /// The layout of the calls of each piece of code, and the map of its frame.
    func layouts(marking value: MarkedValue?) throws -> [CodeRegion.Kind: String] {
        var compilation = try ModuleCompilation(of: module, by: compiler)
        var texts: [CodeRegion.Kind: String] = [:]
        while let (kind, detail) = try compilation.next() {
            var text = ""
            if let signature = signature(of: kind) {
                let layout = CallLayout(signature, on: compiler.backend.machine)
                text += callLayoutText(layout, signature)
                if let value, Self.isCode(kind, of: value.function) { text += value.text(layout, signature) }
            }
            texts[kind] = text + frameText(of: detail)
        }
        return texts
    }

    /// Whether a piece of code is what a function is compiled to.
    static func isCode(_ kind: CodeRegion.Kind, of function: FunctionIndex) -> Bool {
        switch kind {
        case .function(let index), .exitStub(let index): index == function
        case .entryStub, .runtimeStub, .trapExit: false
        }
    }

    static func title(of kind: CodeRegion.Kind, _ name: String) -> String {
        switch kind {
        case .function(let index): "function \(index) \(name)"
        case .entryStub(let signature):
            "entry stub for \(signature.parameters.count) -> \(signature.results.count) values"
        case .exitStub(let index): "exit stub of import \(index) \(name)"
        case .runtimeStub(let function): "runtime stub \(function)"
        case .trapExit: "trap exit"
        }
    }

    private func signature(of kind: CodeRegion.Kind) -> Signature? {
        switch kind {
        case .function(let index), .exitStub(let index): Signature(module.functionType(of: index))
        case .entryStub(let signature): signature
        case .runtimeStub(let function): function.signature
        case .trapExit: nil
        }
    }

    // MARK: Layouts

    private func callLayoutText(_ layout: CallLayout, _ signature: Signature) -> String {
        var text = "; call layout: \(layout.stackArgumentSize) bytes of stack arguments, "
        text += "\(layout.resultAreaSize) bytes of result area"
        if let pointer = layout.resultAreaPointer { text += " at \(pointer)" }
        text += "\n"
        text += placesText("parameters", layout.parameters, signature.parameters)
        text += placesText("results", layout.results, signature.results)
        return text
    }

    private func placesText(_ what: String, _ places: [CallPlace], _ types: [IRType]) -> String {
        guard !places.isEmpty else { return "" }
        let texts = zip(places, types).map(Self.text)
        return ";   \(what): \(texts.joined(separator: ", "))\n"
    }

    /// `i32 rax`, `f64 +8`.
    static func text(_ place: CallPlace, _ type: IRType) -> String {
        switch place {
        case .register(let register): "\(type) \(register)"
        case .memory(let offset): "\(type) +\(offset)"
        }
    }

    private func frameText(of detail: CompilationDetail) -> String {
        let frame = detail.compiled.frame
        let function = detail.machineFunction
        let copySize = frame.valuesAreaOffset - frame.savedCopyOffset
        let areas: [(name: String, offset: Int, size: Int)] = [
            ("outgoing arguments", 0, function.outgoingArgumentSize),
            ("canaries", frame.guardOffset, frame.isAudited ? 16 : 0),
            ("result area of calls", frame.resultAreaOffset, function.resultAreaSize),
            ("canaries", frame.resultGuardOffset, frame.isAudited ? 16 : 0),
            ("copy of the registers of the host", frame.savedCopyOffset, copySize),
            ("values for the host", frame.valuesAreaOffset, function.valuesAreaSize),
            ("spill slots", frame.spillAreaOffset, detail.allocation.spillSlotCount * 8),
            ("context", frame.size + FrameLayout.contextSlot, function.keepsContext ? 8 : 0),
            ("registers of the host", frame.size - frame.entrySize, frame.entrySize),
        ]
        var text = "; frame of \(frame.size) bytes, pops \(frame.incomingArgumentSize) bytes\n"
        for area in areas where area.size > 0 {
            text += ";   sp+\(area.offset): \(area.name), \(area.size) bytes\n"
        }
        return text
    }
}
