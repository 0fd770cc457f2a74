import WasmModel

extension ModuleRewriting {
    /// Makes a call another form of call of the same function; see ``code(calling:_:as:)``.
    mutating func replaceCall() -> String? {
        var forms: [CallForm] = [.indirect]
        if features.contains(.typedFunctionReferences) { forms.append(.reference) }
        guard let call = choose(directCalls), let form = choose(forms) else { return nil }
        let callee = index(ofDefined: call.callee)
        let code = code(calling: callee, type(ofDefined: call.callee), as: form)
        module.functions[call.caller].body.replaceSubrange(call.position...call.position, with: code)
        return "making the call of function \(callee) at instruction \(call.position) "
            + "of function \(index(ofDefined: call.caller)) \(form.rawValue)"
    }
}
