import WasmModel

/// The first name under which each item of a module is exported.
struct ExportNames {
    private var names: [ExternalIndex: String] = [:]

    init(_ module: Module) {
        names.reserveCapacity(module.exports.count)
        for export in module.exports where names[export.item] == nil { names[export.item] = export.name }
    }

    /// The name of an item; nil where it is not exported.
    subscript(item: ExternalIndex) -> String? { names[item] }
}
