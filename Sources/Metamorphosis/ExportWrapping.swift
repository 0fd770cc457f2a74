import WasmModel

extension ModuleRewriting {
    /// Exports in the place of a function another one that calls it with all its arguments and returns all its results.
    ///
    /// The host calls by the name of the export, and sees no more of the function than what it does.
    ///
    /// Spec: core 3.0, section 4.7.6 "Invocation".
    mutating func wrapExport() -> String? {
        let exports = module.exports.indices.filter {
            guard case .function(let function) = module.exports[$0].item else { return false }
            let type = original.functionType(of: function)
            return max(type.parameters.count, type.results.count) <= maximumArity
        }
        guard let position = choose(exports), case .function(let function) = module.exports[position].item else {
            return nil
        }
        var forms: [CallForm] = [.call, .indirect]
        if features.contains(.typedFunctionReferences) { forms.append(.reference) }
        if features.contains(.exceptions) { forms.append(.guarded) }
        if features.contains(.tailCalls) {
            forms += [.tail, .tailIndirect]
            if features.contains(.typedFunctionReferences) { forms.append(.tailReference) }
        }
        guard let form = choose(forms) else { return nil }
        let type = original.functionType(of: function)
        // The export declared it for `ref.func`.
        if isNamedByReference(function) { declare(function) }
        let arguments = form == .guarded ? [] : [Instruction].getLocals(from: 0, count: type.parameters.count)
        let call = code(calling: function, type, as: form)
        let wrapper = addFunction(type, locals: [], arguments + call)
        module.exports[position].item = .function(wrapper)
        return "wrapping the export '\(module.exports[position].name)' with \(form.rawValue)"
    }

    private func isNamedByReference(_ function: FunctionIndex) -> Bool {
        module.functions.contains { $0.body.contains(Instruction(.refFunc, .function(function))) }
    }
}
