import Execution
import WasmFormats
import WasmModel

/// Modules that are instantiated, or must not be.
extension ScriptRunner {
    mutating func instantiate(_ module: ScriptModule) throws(ScriptObstacle) {
        // A module that fails leaves no instance, not the one before it.
        names.forgetInstance(module.name)
        // The module is a definition of the name as well.
        try define(module)
        try instantiate(definition: nil, name: module.name)
    }

    mutating func instantiate(definition: String?, name: String?) throws(ScriptObstacle) {
        names.forgetInstance(name)
        let module = try names.definition(definition)
        do throws(LinkFailure) {
            names.add(try link(module), as: name)
        } catch {
            throw error.obstacle ?? .failure(expected: "an instance", got: error.description)
        }
    }

    /// The latest instance stays the latest.
    mutating func assertNoInstance(
        of validated: ValidatedModule,
        _ expected: String,
        _ text: String
    ) throws(ScriptObstacle) {
        do throws(LinkFailure) {
            _ = try link(validated)
        } catch {
            if let obstacle = error.obstacle { throw obstacle }
            if isReason(error.description, text) { return }
            throw .failure(expected: expected, got: error.description)
        }
        throw .failure(expected: expected, got: "an instance")
    }

    /// Finds a module's imports by their names and instantiates it.
    private mutating func link(_ module: ValidatedModule) throws(LinkFailure) -> ScriptInstance {
        var imports: [ImportedItem] = []
        imports.reserveCapacity(module.module.imports.count)
        for item in module.module.imports { imports.append(try value(of: item, in: module)) }
        let exporters = Set(imports.compactMap(\.exporter)).sorted { $0.position < $1.position }
        used += exporters
        do throws(InstantiationFailure) {
            let prepared: any PreparedModule
            do { prepared = try engine.prepare(module) } catch { throw .engine(error) }
            let handle = try store.instantiate(prepared, imports: imports)
            sharedState.join(handle, to: exporters)
            return ScriptInstance(handle: handle, module: module)
        } catch {
            let failure = LinkFailure(error, of: module)
            if failure.obstacle != nil { sharedState.markIncomplete(exporters) }
            throw failure
        }
    }

    /// What an import names.
    private mutating func value(of item: Import, in module: ValidatedModule) throws(LinkFailure) -> ImportedItem {
        if let instance = names.registered(as: item.module) {
            guard let index = instance[export: item.name] else { throw .unknownImport(item) }
            return .item(index, of: instance.handle)
        }
        if names.isRegistrationRefused(as: item.module) { throw .refused(nil) }
        guard item.module == SpectestModule.name else { throw .unknownImport(item) }
        do {
            if let value = try host.item(item.name, of: engine, in: store) { return value }
        } catch {
            throw .init(error, of: module)
        }
        throw .unknownImport(item)
    }
}
